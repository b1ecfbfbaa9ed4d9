"""What the catalog is made of besides resources: tracks, topics, cards and the whole of it."""

from typing import NamedTuple

from llmpath.model import Node, Resource
from llmpath.vocab import Aim, Task


class Source(NamedTuple):
    """A study guide the catalog was built from; author and address may be unknown ('')."""

    id: str
    title: str
    author: str
    url: str


class Track(NamedTuple):
    """A course of modules: foundations, scientist, engineer, ...; `aim` is that of its goals."""

    id: str
    title: str
    summary: str
    aim: str = Aim.UNDERSTAND


class Module(NamedTuple):
    """A chapter of a track."""

    id: str
    title: str
    track: str


class Card(NamedTuple):
    """A question on a topic; `asks` says for what."""

    id: str
    ask: str
    answer: str
    asks: str = Task.RECALL
    former_ids: tuple[str, ...] = ()


class Insight(NamedTuple):
    """A practical lesson on a topic, and who draws it."""

    text: str
    by: str
    opinion: bool


class Prerequisite(NamedTuple):
    """What one must know before a topic, to what aim, and why."""

    topic: str
    because: str
    to: str = Aim.USE


class Topic(NamedTuple):
    """One thing to learn.

    `enough` of the works in `core` teach it, in at least `size` minutes; those in `further` round
    it off. `lasting` says why no work of late is better than the older ones. An `overview` is what
    to begin with, before anything else that is ready. `asked` are questions, wishes and errors that
    lead to it; unlike an alias, one of them may lead to other topics as well.
    """

    id: str
    title: str
    module: str
    summary: str = ""
    aliases: tuple[str, ...] = ()
    requires: tuple[Prerequisite, ...] = ()
    core: tuple[str, ...] = ()
    enough: int = 1
    cards: tuple[Card, ...] = ()
    insights: tuple[Insight, ...] = ()
    former_ids: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    size: int | None = None
    lasting: str = ""
    overview: bool = False
    asked: tuple[str, ...] = ()


class Destination(NamedTuple):
    """An outcome that people have as a goal: the topics it takes, and the aim."""

    id: str
    title: str
    summary: str
    topics: tuple[str, ...]
    aim: str
    former_ids: tuple[str, ...] = ()


class Term(NamedTuple):
    """An acronym or term of the field: what it stands for, what else it is called, its topic."""

    id: str
    term: str
    stands_for: str
    synonyms: tuple[str, ...]
    topic: str
    definition: str


class Everyday(NamedTuple):
    """A word that people say, and the words of the field that may be meant by it."""

    say: str
    mean: tuple[str, ...]


class Translation(NamedTuple):
    """Words of another language, each said for the same, and what they mean in English."""

    language: str
    say: tuple[str, ...]
    mean: tuple[str, ...]


class Catalog(NamedTuple):
    """The whole checked catalog, each list in its curated order."""

    sources: tuple[Source, ...]
    tracks: tuple[Track, ...]
    modules: tuple[Module, ...]
    topics: tuple[Topic, ...]
    resources: tuple[Resource, ...]
    glossary: tuple[Term, ...] = ()
    everyday: tuple[Everyday, ...] = ()
    destinations: tuple[Destination, ...] = ()
    edition: str = ""
    translations: tuple[Translation, ...] = ()

    def in_map_order(self) -> list[Topic]:
        """Return the topics by module, in the order of the map."""
        order = {module.id: place for place, module in enumerate(self.modules)}
        return sorted(self.topics, key=lambda topic: order[topic.module])

    def nodes(self) -> list[Node]:
        """Return the topics as the graph sees them, in map order."""
        track = {module.id: module.track for module in self.modules}
        aim = {one.id: one.aim for one in self.tracks}
        return [
            Node(
                topic.id,
                topic.title,
                topic.module,
                track[topic.module],
                tuple(edge.topic for edge in topic.requires if edge.to == Aim.USE),
                topic.core,
                topic.enough,
                tuple(edge.topic for edge in topic.requires if edge.to != Aim.USE),
                topic.further,
                aim[track[topic.module]],
                topic.overview,
            )
            for topic in self.in_map_order()
        ]
