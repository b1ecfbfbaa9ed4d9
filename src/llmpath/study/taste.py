"""What a learner would rather study: kinds and a level they prefer, and the languages they read.

Taste chooses among ways into a topic. It never says which topics there are to study, and it may
make a way only so much longer.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from llmpath.model import ENGLISH, Resource
from llmpath.vocab import Level

# Taste may choose a way that takes so many times as long as the shortest, or so much longer.
ABOUT_AS_LONG = 1.5  # times
LITTLE_LONGER = 30  # minutes
MOST_COMPARED = 12  # works of a core of which every choice is looked at; the shipped one has 7
UNKNOWN = float("inf")  # the length of a work that nobody has told: no way to be sure it is short


class Taste(NamedTuple):
    """The kinds preferred, the best first; the level preferred, '' for any; languages read."""

    kinds: tuple[str, ...] = ()
    level: str = ""
    languages: tuple[str, ...] = (ENGLISH,)

    @property
    def chooses(self) -> bool:
        """Whether it prefers anything."""
        return bool(self.kinds or self.level)

    @property
    def most(self) -> float:
        """The most that `amount` can be."""
        return float(bool(self.kinds)) + float(bool(self.level))

    def reads(self, work: Resource) -> bool:
        """Say whether *work* is in a language that the learner reads."""
        return work.language in self.languages

    def amount(self, work: Resource) -> float:
        """Return how much *work* is to the taste, -1 to 2, 0 where it prefers nothing.

        A preferred kind counts 1, the second of two a half; the preferred level 1, one two levels
        away -1.
        """
        found = 0.0
        if work.kind in self.kinds:
            found += 1 - self.kinds.index(work.kind) / len(self.kinds)
        if self.level:
            levels = list(Level)
            apart = abs(levels.index(Level(work.level)) - levels.index(Level(self.level)))
            found += {0: 1.0, 2: -1.0}.get(apart, 0.0)
        return found


def among(ids: Sequence[str], count: int, works: Mapping[str, Resource], taste: Taste) -> list[str]:
    """Return the *count* of *ids* to study, in their order: the first, or others more to the taste.

    Others are chosen only where they take about as long as the shortest that would do.
    """
    if not taste.chooses or not 0 < count < len(ids):
        return list(ids[:count])
    known = {id_: works[id_] for id_ in ids if id_ in works}
    minutes = {id_: known[id_].minutes if id_ in known else None for id_ in ids}
    length = {id_: UNKNOWN if found is None else found for id_, found in minutes.items()}
    liking = {id_: taste.amount(known[id_]) if id_ in known else 0.0 for id_ in ids}
    compared = ids[: max(MOST_COMPARED, count)]
    least = sum(sorted(length[id_] for id_ in compared)[:count])
    most = max(ABOUT_AS_LONG * least, LITTLE_LONGER + least)
    first = tuple(ids[:count])
    ways = [
        way
        for way in combinations(compared, count)
        if way == first or sum(length[id_] for id_ in way) <= most
    ]
    # Of ways as much to the taste, max takes the first: that of the curated order.
    return list(max(ways, key=lambda way: sum(liking[id_] for id_ in way)))
