"""All that a progress report tells of."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.choosing import picks
from llmpath.actions.learner_map import learner_map, topic_standings
from llmpath.actions.paths import goals_planned
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Module, Track
from llmpath.model import Goal, Note, Progress, Resource, TopicStanding
from llmpath.plans import Plan, Slot
from llmpath.store.catalog import naming, reading, resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning, planning
from llmpath.study import stats
from llmpath.study.graph import Roadmap
from llmpath.study.plan import SlotStanding, ends_now, review, through, weeks_of
from llmpath.study.recommend import Pick
from llmpath.study.sittings import NOTHING, total


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
    made = planning.plan(connection, learner)
    planned = {slot.resource for slot in made.slots} if made else set()
    standings, end = _planned(w, made) if made else ((), "")
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
        plan=made,
        planned=standings,
        through=end,
        picks=picks(w, point, Selection(), w.settings.value("next.count")),
        notes=notes,
        titles=naming.titles(connection, [note.target for note in notes]),
    )


def _planned(w: Workspace, plan: Plan) -> tuple[list[tuple[Slot, SlotStanding]], str]:
    """Return how *plan* stands, on the map that it was made for, and the day it ends on."""
    spent = planning.spent_since(w.connection, w.learner.id)
    point = learner_map(w, goals=goals_planned(w, plan.brief))
    standings = review(plan, point.learned.statuses, point.states, w.today, spent)
    days = ends_now(plan, standings, spent, w.today)
    return standings, max(days.values(), default=through(plan.slots, weeks_of(plan)))
