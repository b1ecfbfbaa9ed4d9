"""Every set of topics that somebody could know: how many there are, and one drawn from them.

A state of knowledge is a set of topics with all that they require. They are counted topic by
topic, keeping apart only what still matters: which of the topics met so far, that have neighbours
not met yet, are in the set. On the shipped map few do at a time, so that 10 to the 32nd
states are counted, and drawn from evenly, in a fraction of a second.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from itertools import accumulate

from llmpath.study.graph import Roadmap

Kept = tuple[bool, ...]  # which topics on the frontier are known


class Downsets:
    """All states of knowledge of a map."""

    def __init__(self, roadmap: Roadmap) -> None:
        self.roadmap = roadmap
        self._near = {
            id_: {*node.requires, *roadmap.dependents[id_]} for id_, node in roadmap.nodes.items()
        }
        self._order = self._best_order()
        self._fronts, self._tables = self._count()

    @property
    def count(self) -> int:
        """The number of states."""
        return sum(self._tables[-1].values())

    def draw(self, chance: random.Random) -> set[str]:
        """Return a state; each is as likely as any other."""
        known: set[str] = set()
        after: Kept = ()
        for i in reversed(range(len(self._order))):
            topic, front, later = self._order[i], self._fronts[i], self._fronts[i + 1]
            ways = [
                (count, kept, has)
                for kept, count in self._tables[i].items()
                for has in (False, True)
                if self._step(topic, front, later, kept, has) == after
            ]
            reached = list(accumulate(count for count, _, _ in ways))
            _, kept, has = ways[bisect_right(reached, chance.randrange(reached[-1]))]
            if has:
                known.add(topic)
            after = kept
        return known

    def _count(self) -> tuple[list[list[str]], list[dict[Kept, int]]]:
        """Return the frontier before each topic of the order, and the ways to each state of it."""
        fronts: list[list[str]] = [[]]
        tables: list[dict[Kept, int]] = [{(): 1}]
        left = set(self._order)
        for topic in self._order:
            left.discard(topic)
            later = [id_ for id_ in [*fronts[-1], topic] if self._near[id_] & left]
            table: dict[Kept, int] = {}
            for kept, count in tables[-1].items():
                for has in (False, True):
                    state = self._step(topic, fronts[-1], later, kept, has)
                    if state is not None:
                        table[state] = table.get(state, 0) + count
            fronts.append(later)
            tables.append(table)
        return fronts, tables

    def _step(
        self, topic: str, front: list[str], later: list[str], kept: Kept, has: bool
    ) -> Kept | None:
        """Return the frontier's state after *topic* is known or not; None where that cannot be."""
        known = dict(zip(front, kept, strict=True))
        if has and not all(known.get(id_, True) for id_ in self.roadmap.nodes[topic].requires):
            return None
        if not has and any(known.get(id_, False) for id_ in self.roadmap.dependents[topic]):
            return None
        known[topic] = has
        return tuple(known[id_] for id_ in later)

    def _best_order(self) -> list[str]:
        """Return an order whose frontiers are small: the best of those that start at each topic."""
        best: tuple[int, list[str]] | None = None
        for start in self.roadmap.nodes:
            cost, order = self._greedy(start)
            if best is None or cost < best[0]:
                best = (cost, order)
        return best[1] if best else []

    def _greedy(self, start: str) -> tuple[int, list[str]]:
        order, left, front, cost = [], set(self.roadmap.nodes), set[str](), 0
        topic = start
        while True:
            order.append(topic)
            left.discard(topic)
            front = {id_ for id_ in front | {topic} if self._near[id_] & left}
            cost += 1 << len(front)
            if not left:
                return cost, order
            following = set[str]().union(*(self._near[id_] & left for id_ in front)) or left
            topic = min(sorted(following), key=lambda id_: self._width(front, left, id_))

    def _width(self, front: set[str], left: set[str], topic: str) -> int:
        rest = left - {topic}
        return sum(bool(self._near[id_] & rest) for id_ in front | {topic})


def most_right(states: int, topics: int, bits: float) -> float:
    """Return a share of topics that no method can beat on average over *states*, told *bits*.

    Shannon's lower bound on the rate of a code with distortion: to name an evenly drawn one of
    *states* sets of *topics* with a share d of them wrong takes log2(states) - topics * h(d) bits
    at least, h the binary entropy ("Coding theorems for a discrete source with a fidelity
    criterion", 1959).
    """
    low, high = 0.0, 0.5
    for _ in range(60):
        d = (low + high) / 2
        entropy = -d * math.log2(d) - (1 - d) * math.log2(1 - d)
        low, high = (d, high) if math.log2(states) - topics * entropy > bits else (low, d)
    return 1 - high
