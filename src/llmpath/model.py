"""The values that the parts hand each other.

Named tuples rather than frozen dataclasses: as immutable, and a quarter of the time to define
(0.13 ms a class against 0.6), which every command pays at its start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from llmpath.vocab import State, Status


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


class Dataset(NamedTuple):
    """Figures of a dataset: number of rows as published, what it is about, month of release."""

    rows: str | None
    category: str
    released: str | None


class Resource(NamedTuple):
    """One piece of study material."""

    id: str
    title: str
    url: str
    kind: str
    level: str
    topics: tuple[str, ...]
    authors: tuple[str, ...] = ()
    year: int | None = None
    minutes: int | None = None
    essential: bool = False
    summary: str = ""
    sources: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    dataset: Dataset | None = None


class Catalog(NamedTuple):
    """The whole checked catalog, each list in its curated order."""

    sources: tuple[Source, ...]
    tracks: tuple[Track, ...]
    modules: tuple[Module, ...]
    topics: tuple[Topic, ...]
    resources: tuple[Resource, ...]


class Learner(NamedTuple):
    """Somebody who learns; `id` is stable, `name` may change."""

    id: str
    name: str


class Progress(NamedTuple):
    """Where a learner stands with one resource. Times are UTC, ISO 8601; minutes spent; rating 1-5."""

    resource: str
    status: Status = Status.TODO
    started_at: str | None = None
    finished_at: str | None = None
    minutes: int | None = None
    rating: int | None = None


class Note(NamedTuple):
    """A learner's note on a resource or topic; `body` is Markdown, times are UTC, ISO 8601."""

    number: int
    target: str
    body: str
    created_at: str
    updated_at: str


class Node(NamedTuple):
    """A topic as the graph sees it: where it stands, what it needs and what completes it."""

    id: str
    title: str
    module: str
    track: str
    requires: tuple[str, ...]
    core: tuple[str, ...]
    enough: int


class Standing(NamedTuple):
    """A topic's state for one learner, how many core resources are done and the minutes left."""

    state: State
    done: int
    minutes_left: int


class Learned(NamedTuple):
    """What the graph needs to know of a learner: resource statuses and topics marked as known."""

    statuses: Mapping[str, Status]
    known: frozenset[str]
