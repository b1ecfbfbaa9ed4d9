"""The day at a glance."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.choosing import picks
from llmpath.actions.learner_map import learner_map, topic_standings
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Track
from llmpath.store.catalog import reading
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning
from llmpath.study import stats
from llmpath.study.recommend import Pick
from llmpath.study.stats import Share
from llmpath.vocab import Status

PICKS_SHOWN = 3


class Dashboard(NamedTuple):
    """What a learner wants to know first thing; goals come with the topics left before them."""

    learner: str
    doing: Sequence[Pick]
    next: Sequence[Pick]
    goals: Sequence[tuple[str, int]]
    tracks: Sequence[tuple[Track, Share]]
    all: Share
    done: int
    streak: int

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return [pick.resource.id for pick in [*self.doing, *self.next]]


def dashboard(w: Workspace) -> Dashboard:
    """Return the day at a glance."""
    point = learner_map(w)
    statuses = list(point.learned.statuses.values())
    offered = picks(w, point, Selection(), statuses.count(Status.DOING) + PICKS_SHOWN)
    standing = topic_standings(w, point)
    shares = stats.by_track(point.roadmap, standing).values()
    return Dashboard(
        learner=w.learner.name,
        doing=[pick for pick in offered if pick.status is Status.DOING],
        next=[pick for pick in offered if pick.status is not Status.DOING][:PICKS_SHOWN],
        goals=[
            (goal.title, len(point.roadmap.still_to_pass(goal.topics, point.states)))
            for goal in point.goals
        ],
        tracks=list(zip(reading.tracks(w.connection), shares, strict=False)),
        all=stats.share(standing, point.roadmap.nodes),
        done=statuses.count(Status.DONE),
        streak=stats.streak(learning.active_dates(w.connection, w.learner.id), w.today),
    )
