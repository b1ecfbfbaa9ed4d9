"""What the catalog is made of besides resources: tracks, topics, cards and the whole of it."""

from typing import NamedTuple

from llmpath.model import Node, Resource


class Source(NamedTuple):
    """A study guide the catalog was built from; author and address may be unknown ('')."""

    id: str
    title: str
    author: str
    url: str


class Track(NamedTuple):
    """A course of modules: foundations, scientist, engineer, ..."""

    id: str
    title: str
    summary: str


class Module(NamedTuple):
    """A chapter of a track."""

    id: str
    title: str
    track: str


class Card(NamedTuple):
    """A recall question on a topic."""

    id: str
    ask: str
    answer: str


class Insight(NamedTuple):
    """A practical lesson on a topic, and who draws it."""

    text: str
    by: str
    opinion: bool


class Prerequisite(NamedTuple):
    """What one must know before a topic, and why."""

    topic: str
    because: str


class Topic(NamedTuple):
    """One thing to learn, of about 3 to 20 hours."""

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


class Catalog(NamedTuple):
    """The whole checked catalog, each list in its curated order."""

    sources: tuple[Source, ...]
    tracks: tuple[Track, ...]
    modules: tuple[Module, ...]
    topics: tuple[Topic, ...]
    resources: tuple[Resource, ...]
    glossary: tuple[Term, ...] = ()
    everyday: tuple[Everyday, ...] = ()

    def in_map_order(self) -> list[Topic]:
        """Return the topics by module, in the order of the map."""
        order = {module.id: place for place, module in enumerate(self.modules)}
        return sorted(self.topics, key=lambda topic: order[topic.module])

    def nodes(self) -> list[Node]:
        """Return the topics as the graph sees them, in map order."""
        track = {module.id: module.track for module in self.modules}
        return [
            Node(
                topic.id,
                topic.title,
                topic.module,
                track[topic.module],
                tuple(edge.topic for edge in topic.requires),
                topic.core,
                topic.enough,
            )
            for topic in self.in_map_order()
        ]
