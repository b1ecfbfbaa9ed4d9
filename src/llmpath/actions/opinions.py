"""Disagree with the map: ignore a prerequisite, take that back, dispute it."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import learner_map
from llmpath.actions.naming import find
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import NotFound
from llmpath.store.catalog import naming, reading
from llmpath.store.catalog.naming import Named
from llmpath.store.learner import learning, writing


class Edge(NamedTuple):
    """A topic and a prerequisite that it waits for directly."""

    topic: Named
    needed: Named

    def __str__(self) -> str:
        return f"{self.needed.title} for {self.topic.title}"


class Opinion(NamedTuple):
    """What ignoring a prerequisite, or no longer doing so, did."""

    edge: Edge
    ignored: bool
    outcome: Outcome


class Dispute(NamedTuple):
    """A prerequisite with the reason that the map gives for it."""

    edge: Edge
    reason: str


def ignored(w: Workspace) -> list[Edge]:
    """Return the prerequisites that the learner ignores, in the order ignored."""
    pairs = learning.ignored(w.connection, w.learner.id)
    titles = naming.titles(w.connection, [id_ for pair in pairs for id_ in pair])
    return [Edge(*(Named("topic", id_, titles[id_]) for id_ in pair)) for pair in pairs]


def ignore(w: Workspace, topic: str, prerequisite: str, ignored: bool = True) -> Opinion:
    """Let a topic no longer wait for a prerequisite, or wait for it again where not *ignored*."""
    edge = edge_called(w, topic, prerequisite)
    action = "ignore" if ignored else "heed"  # as the log has called it since its first version
    with w.writing(action, str(edge)) as journal:
        before = learner_map(w)
        writing.ignore(journal, edge.topic.id, edge.needed.id, ignored)
    return Opinion(edge, ignored, outcome(w, action, edge, journal, before))


def dispute(w: Workspace, topic: str, prerequisite: str) -> Dispute:
    """Return the prerequisite called so, with its reason."""
    edge = edge_called(w, topic, prerequisite)
    ids = (edge.topic.id, edge.needed.id)
    return Dispute(edge, reading.because(w.connection, ids[:1])[ids])


def edge_called(w: Workspace, topic: str, prerequisite: str) -> Edge:
    """Return the edge that the two names mean; raises NotFound where there is none."""
    edge = Edge(find(w, topic, "topic"), find(w, prerequisite, "topic"))
    needed: Sequence[str] = [
        one.topic for one in reading.topic(w.connection, edge.topic.id).requires
    ]
    if edge.needed.id not in needed:
        there = f"Its prerequisites: {', '.join(needed)}." if needed else "It has no prerequisites."
        raise NotFound(
            f"{edge.needed.title} is not a direct prerequisite of {edge.topic.title}.", there
        )
    return edge
