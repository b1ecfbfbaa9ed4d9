"""What it took to reach a goal, and what to go for next. Imported only when one is reached."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap
from llmpath.actions.workspace import Workspace
from llmpath.model import Goal
from llmpath.store.catalog import reading, resources
from llmpath.store.learner import learning
from llmpath.study import goals, sittings
from llmpath.study.graph import PASSED
from llmpath.vocab import Status


class Reached(NamedTuple):
    """A goal that is reached, the topics passed on its path, and the minutes they took."""

    id: str
    title: str
    topics: int
    minutes: int


class Proposal(NamedTuple):
    """A goal to go for next."""

    id: str
    title: str


def reached(w: Workspace, point: LearnerMap, ends: Sequence[Goal]) -> list[Reached]:
    """Return what each of the goals *ends* took to reach.

    The minutes are those logged for what was done on its path, or else what is estimated.
    """
    done = {
        one.resource: one
        for one in learning.progress(w.connection, w.learner.id)
        if one.status is Status.DONE
    }
    spent = learning.spent(w.connection, w.learner.id)
    works = resources.by_id(w.connection, list(done))
    found = []
    for goal in ends:
        behind = point.roadmap.on_the_way(goal.topics)
        passed = [id_ for id_ in behind if point.states[id_] in PASSED]
        core = {work for id_ in passed for work in point.roadmap.nodes[id_].core if work in works}
        minutes = sum(
            sittings.total(done[id_], spent.get(id_, sittings.NOTHING)) or works[id_].minutes or 0
            for id_ in core
        )
        found.append(Reached(goal.id, goal.title, len(passed), minutes))
    return found


def proposals(w: Workspace, point: LearnerMap, ends: Sequence[Goal]) -> list[Proposal]:
    """Return up to three goals to go for after the goals *ends*."""
    own = [goal.id for goal in point.goals]
    outcomes = reading.destinations(w.connection)
    found = goals.proposals(point.roadmap, point.states, ends, own, outcomes)
    return [Proposal(*pair) for pair in found]
