"""The roadmap as a graph: what a learner is ready for, and what lies on the way to a goal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from llmpath.model import Learned, Node, Standing
from llmpath.vocab import State, Status

PASSED = (State.KNOWN, State.LEARNED)


class Roadmap:
    """Topics with their prerequisites; `nodes` and everything derived from it is in map order."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.dependents: dict[str, list[str]] = {id_: [] for id_ in self.nodes}
        for node in self.nodes.values():
            for needed in node.requires:
                self.dependents[needed].append(node.id)

    def behind(self, topics: Iterable[str]) -> set[str]:
        """Return every topic that one of *topics* requires, directly or not."""
        return _reach(topics, lambda id_: self.nodes[id_].requires)

    def beyond(self, topic: str) -> set[str]:
        """Return every topic that requires *topic*, directly or not."""
        return _reach([topic], lambda id_: self.dependents[id_])

    def on_the_way(self, goals: Iterable[str]) -> set[str]:
        """Return the goals with all that they require."""
        wanted = set(goals)
        return wanted | self.behind(wanted)

    def in_order(self, topics: Iterable[str]) -> list[str]:
        """Return *topics* in map order."""
        wanted = set(topics)
        return [id_ for id_ in self.nodes if id_ in wanted]


def _reach(start: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    found: set[str] = set()
    queue = list(start)
    while queue:
        for id_ in step(queue.pop()):
            if id_ not in found:
                found.add(id_)
                queue.append(id_)
    return found


def done_count(node: Node, learned: Learned) -> int:
    """Return how many of the topic's core resources are done."""
    return sum(learned.statuses.get(id_) is Status.DONE for id_ in node.core)


def states(roadmap: Roadmap, learned: Learned) -> dict[str, State]:
    """Return the state of every topic for a learner.

    READY is the outer fringe of knowledge space theory (Doignon and Falmagne, 1985): not yet
    passed, and every prerequisite is. A topic without core resources is passed only by being known.
    """
    passed: dict[str, State] = {}
    for node in roadmap.nodes.values():
        if node.id in learned.known:
            passed[node.id] = State.KNOWN
        elif node.core and done_count(node, learned) >= min(node.enough, len(node.core)):
            passed[node.id] = State.LEARNED
    return {
        node.id: passed.get(node.id)
        or (State.READY if all(id_ in passed for id_ in node.requires) else State.LOCKED)
        for node in roadmap.nodes.values()
    }


def opened_by(roadmap: Roadmap, present: Mapping[str, State], topic: str) -> list[str]:
    """Return the locked topics that become ready once *topic* is passed."""
    return [
        id_
        for id_ in roadmap.dependents[topic]
        if present[id_] is State.LOCKED
        and all(need == topic or present[need] in PASSED for need in roadmap.nodes[id_].requires)
    ]


def newly_ready(before: Mapping[str, State], after: Mapping[str, State]) -> list[str]:
    """Return the topics that were locked *before* and are ready *after*."""
    return [
        id_
        for id_, state in after.items()
        if state is State.READY and before.get(id_) is State.LOCKED
    ]


def standings(
    roadmap: Roadmap,
    present: Mapping[str, State],
    learned: Learned,
    minutes: Mapping[str, int],
) -> dict[str, Standing]:
    """Return each topic's state with how many core resources are done and the minutes left.

    The minutes left are those of the first undone core resources, in reading order, until
    `enough` are done; a resource of unknown length counts nothing.
    """
    result = {}
    for node in roadmap.nodes.values():
        done = done_count(node, learned)
        left = 0
        if present[node.id] not in PASSED:
            undone = [id_ for id_ in node.core if learned.statuses.get(id_) is not Status.DONE]
            wanted = max(0, min(node.enough, len(node.core)) - done)
            left = sum(minutes.get(id_, 0) for id_ in undone[:wanted])
        result[node.id] = Standing(present[node.id], done, left)
    return result
