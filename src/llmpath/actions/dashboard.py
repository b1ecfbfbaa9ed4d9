"""The day at a glance."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from llmpath import kept
from llmpath.actions.choosing import planned_now, ranks, seated
from llmpath.actions.learner_map import LearnerMap, learner_map, topic_standings
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Destination, Track
from llmpath.store.catalog import reading, replaced
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learners, learning
from llmpath.study import stats
from llmpath.study.aims import topics_of
from llmpath.study.choices import led, varied
from llmpath.study.goals import is_reached
from llmpath.study.recommend import Pick
from llmpath.study.stats import Share
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.actions.leading import Lead
    from llmpath.actions.reaching import Proposal

PICKS_SHOWN = 3
NEWS_DAYS = 14  # for which a new edition is told of


class NewEdition(NamedTuple):
    """A new edition of the catalog: how many topics it brings, and how many lead to the goals."""

    edition: str
    topics: int
    on_the_way: int


class OwnGoal(NamedTuple):
    """A goal with the topics left, its day ('' for none), whether it is reached or late.

    One with nothing left that is not reached is skipped.
    """

    title: str
    left: int
    until: str
    reached: bool
    late: bool


class Dashboard(NamedTuple):
    """What a learner wants to know first thing.

    `news` are told for some days after an update; `offers` are goals for somebody who has none
    and has not begun; `lead` is what the plan has now; `proposals` are goals to go for, once all
    are reached.
    """

    learner: str
    doing: Sequence[Pick]
    next: Sequence[Pick]
    goals: Sequence[OwnGoal]
    tracks: Sequence[tuple[Track, Share]]
    all: Share
    done: int
    streak: int
    news: NewEdition | None = None
    offers: Sequence[Destination] = ()
    lead: "Lead | None" = None
    proposals: "Sequence[Proposal]" = ()

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return [pick.resource.id for pick in [*self.doing, *self.next]]


def claim_welcome(w: Workspace) -> bool:
    """Say whether to welcome a learner: one who has nothing yet and was not welcomed before.

    It says so once. Where that cannot be remembered, never.
    """
    begun = learning.has_begun(w.connection, w.learner.id)
    with kept.upkeep():
        return not begun and learners.first_time(w.connection, w.learner)


def dashboard(w: Workspace) -> Dashboard:
    """Return the day at a glance."""
    point = learner_map(w)
    statuses = list(point.learned.statuses.values())
    most = statuses.count(Status.DOING) + PICKS_SHOWN
    lead = planned_now(w, point)
    found = varied(ranks(w, point, Selection(), most), most)
    offered = seated(w, led(lead.picks if lead else (), found, most))
    standing = topic_standings(w, point)
    shares = stats.by_track(point.roadmap, standing).values()
    whole = stats.share(standing, point.roadmap.nodes)
    goals = [
        OwnGoal(
            goal.title,
            len(point.roadmap.still_to_pass(goal.topics, point.states)),
            goal.until,
            is_reached(goal, point.states),
            late=bool(goal.until) and goal.until < w.today,
        )
        for goal in point.goals
    ]
    new = not (point.goals or whole.passed or statuses or lead)
    return Dashboard(
        learner=w.learner.name,
        doing=[pick for pick in offered if pick.status is Status.DOING],
        next=[pick for pick in offered if pick.status is not Status.DOING][:PICKS_SHOWN],
        goals=goals,
        tracks=list(zip(reading.tracks(w.connection), shares, strict=False)),
        all=whole,
        done=statuses.count(Status.DONE),
        streak=stats.streak(learning.active_dates(w.connection, w.learner.id), w.today),
        news=_news(w, point),
        offers=reading.destinations(w.connection) if new else (),
        lead=lead,
        proposals=() if any(goal.left for goal in goals) else _proposals(w, point),
    )


def _proposals(w: Workspace, point: LearnerMap) -> "Sequence[Proposal]":
    """Return goals to go for, now that all are reached; none to somebody who had no goal."""
    if not point.goals:
        return ()
    from llmpath.actions import reaching  # 1 ms, and most goals are still to be reached

    return reaching.proposals(w, point, point.goals)


def _news(w: Workspace, point: LearnerMap) -> NewEdition | None:
    """Return the new edition of the catalog, as long as it is news."""
    found = replaced.news(w.connection)
    last = date.fromisoformat(found.since) + timedelta(days=NEWS_DAYS) if found else None
    if found is None or last is None or w.today > last.isoformat():
        return None
    way = point.roadmap.still_to_pass(topics_of(point.goals), point.states)
    return NewEdition(found.edition, len(found.topics), len(way.intersection(found.topics)))
