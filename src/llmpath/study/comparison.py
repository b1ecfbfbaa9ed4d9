"""Hold topics of the map against each other: what they share, what one needs alone. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from llmpath.study.graph import Roadmap
from llmpath.words import STOP_WORDS, singular, words_of


class Lead(NamedTuple):
    """A topic that comes before another, and the shortest way there, both ends included."""

    before: str
    after: str
    way: tuple[str, ...]


class Comparison(NamedTuple):
    """What several topics need, and what each opens.

    `needs` has every topic that one of `topics` requires, directly or not, none of them itself,
    in study order, and which of `topics` require it. `opens` has what requires each directly.
    """

    topics: tuple[str, ...]
    needs: Mapping[str, tuple[str, ...]]
    opens: Mapping[str, tuple[str, ...]]

    @property
    def shared(self) -> list[str]:
        """What all of them need."""
        return [id_ for id_, by in self.needs.items() if len(by) == len(self.topics)]

    def alone(self, topic: str) -> list[str]:
        """Return what *topic* needs and none of the others does."""
        return [id_ for id_, by in self.needs.items() if by == (topic,)]

    def in_part(self) -> list[str]:
        """Return what several of them need, and not all."""
        return [id_ for id_, by in self.needs.items() if 1 < len(by) < len(self.topics)]


def compare(roadmap: Roadmap, topics: Sequence[str]) -> Comparison:
    """Return how *topics*, each named once, stand to each other on *roadmap*."""
    behind = {id_: roadmap.behind([id_]) for id_ in topics}
    wanted = set().union(*behind.values()) - set(topics)
    return Comparison(
        tuple(topics),
        {
            id_: tuple(topic for topic in topics if id_ in behind[topic])
            for id_ in roadmap.in_study_order(wanted)
        },
        {id_: tuple(t for t in roadmap.dependents[id_] if t not in behind) for id_ in topics},
    )


def nearest(roadmap: Roadmap, topics: Collection[str]) -> list[str]:
    """Return those of *topics* that no other of them builds on, in map order."""
    return roadmap.in_order(set(topics) - roadmap.behind(topics))


def leads(roadmap: Roadmap, topics: Sequence[str]) -> list[Lead]:
    """Return which of *topics* come before which others of them.

    Where a third of them lies on the way, that is told by its own leads.
    """
    found = []
    for after in topics:
        ways = _ways_to(roadmap, after)
        for before in topics:
            way = ways.get(before, ())
            if before != after and way and set(way[1:-1]).isdisjoint(topics):
                found.append(Lead(before, after, way))
    return found


def _ways_to(roadmap: Roadmap, topic: str) -> dict[str, tuple[str, ...]]:
    """Return the shortest way to *topic* from each topic behind it."""
    ways: dict[str, tuple[str, ...]] = {topic: (topic,)}
    queue = [topic]
    for id_ in queue:
        for need in roadmap.nodes[id_].requires:
            if need not in ways:
                ways[need] = (need, *ways[id_])
                queue.append(need)
    return ways


def mentions(text: str, names: Iterable[str]) -> bool:
    """Say whether *text* has one of *names* as words of its own, in the singular or the plural."""
    said = _key(text)
    return any(key in said for key in map(_key, names) if key.strip())


def _key(text: str) -> str:
    return f" {' '.join(map(singular, words_of(text)))} "


def names_in(title: str) -> list[str]:
    """Return a title and the names that it lists: `Encoder models and BERT` has two."""
    parts = [title]
    for sign in (": ", ", ", " and "):
        parts = [piece for part in parts for piece in part.split(sign)]
    telling = [part for part in parts if not STOP_WORDS.issuperset(words_of(part))]
    return list(dict.fromkeys([title, *telling]))
