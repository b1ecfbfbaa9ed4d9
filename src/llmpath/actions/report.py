"""All that a progress report tells of."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions import planning
from llmpath.actions.learner_map import learner_map, topic_standings
from llmpath.actions.next import choose
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Module, Track
from llmpath.model import Goal, Note, Progress, Resource, TopicStanding
from llmpath.plans import Plan, Slot
from llmpath.store.catalog import naming, reading, resources
from llmpath.store.learner import learning
from llmpath.study import stats
from llmpath.study.graph import Roadmap
from llmpath.study.recommend import Pick
from llmpath.study.sittings import NOTHING, total
from llmpath.study.standing import SlotStanding


class Report(NamedTuple):
    """All that a report tells of; `today` and the streak are the learner's own dates.

    The minutes of `progress` are all that were spent, in sittings too.
    """

    learner: str
    today: str
    streak: int
    roadmap: Roadmap
    standings: Mapping[str, TopicStanding]
    tracks: Sequence[Track]
    modules: Sequence[Module]
    goals: Sequence[Goal]
    progress: Sequence[Progress]
    works: Mapping[str, Resource]
    plan: Plan | None
    planned: Sequence[tuple[Slot, SlotStanding]]
    through: str
    picks: Sequence[Pick]
    notes: Sequence[Note]
    titles: Mapping[str, str]


def report(w: Workspace) -> Report:
    """Return the learner's progress as it is now."""
    connection, learner = w.connection, w.learner.id
    point = learner_map(w)
    spent = learning.spent(connection, learner)
    progress = [
        one._replace(minutes=total(one, spent.get(one.resource, NOTHING)))
        for one in learning.progress(connection, learner)
    ]
    notes = learning.notes(connection, learner)
    made = planning.present(w) if learning.has_plan(connection, learner) else None
    planned = made.numbered if made else ()
    return Report(
        learner=w.learner.name,
        today=w.today,
        streak=stats.streak(learning.active_dates(connection, learner), w.today),
        roadmap=point.roadmap,
        standings=topic_standings(w, point),
        tracks=reading.tracks(connection),
        modules=reading.modules(connection),
        goals=point.goals,
        progress=progress,
        works=resources.by_id(connection, [*(one.resource for one in progress), *planned]),
        plan=made.plan if made else None,
        planned=made.standings if made else (),
        through=made.through if made else "",
        picks=choose(w).picks,
        notes=notes,
        titles=naming.titles(connection, [note.target for note in notes]),
    )
