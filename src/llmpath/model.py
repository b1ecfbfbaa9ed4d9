"""The values that the parts hand each other.

Named tuples rather than frozen dataclasses: as immutable, and a quarter of the time to define
(0.13 ms a class against 0.6), which every command pays at its start.
"""

from collections.abc import Mapping
from typing import NamedTuple

from llmpath.vocab import Aim, State, Status, Upkeep

ENGLISH = "English"  # the language that most material is in: see `languages`


class Dataset(NamedTuple):
    """Figures of a dataset: number of rows as published, what it is about, month of release."""

    rows: str | None
    category: str
    released: str | None


class Resource(NamedTuple):
    """One piece of study material.

    `because` is the reason of the editors' choice, `verified` the month (YYYY-MM) in which the
    entry was last held against the work, `updated` the year of the newest revision seen.
    """

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
    language: str = ENGLISH
    upkeep: str = Upkeep.LIVE
    superseded_by: str = ""
    cost: str = "free"
    needs: tuple[str, ...] = ()
    verified: str = ""
    updated: int | None = None
    because: str = ""

    @property
    def is_live(self) -> bool:
        """Whether it is worth offering: neither archived, nor a stub, nor superseded."""
        return self.upkeep == Upkeep.LIVE

    @property
    def newest(self) -> int:
        """The year of its newest revision known, 0 where none is."""
        return max(self.year or 0, self.updated or 0)

    @property
    def foreign(self) -> str:
        """The language it is in, "" for English."""
        return "" if self.language == ENGLISH else str(self.language)


class Progress(NamedTuple):
    """Where a learner stands with one resource: UTC times, ISO 8601; minutes spent; rating 1-5."""

    resource: str
    status: Status = Status.TODO
    started_at: str | None = None
    finished_at: str | None = None
    minutes: int | None = None
    rating: int | None = None


class Spent(NamedTuple):
    """What the sittings with a resource come to: minutes, and how many sittings they were."""

    minutes: int
    sittings: int


class Note(NamedTuple):
    """A learner's note on a resource or topic; `body` is Markdown, times are UTC, ISO 8601."""

    number: int
    target: str
    body: str
    created_at: str
    updated_at: str


class Node(NamedTuple):
    """A topic as the graph sees it: where it stands, what it needs and what completes it.

    Of the prerequisites only those in `requires` count; those in `understand` are needed by
    somebody who wants to understand the topic, and count once `aims.counting` says so. `aim` is
    that of its track; an `overview` is what to begin with.
    """

    id: str
    title: str
    module: str
    track: str
    requires: tuple[str, ...]
    core: tuple[str, ...]
    enough: int
    understand: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    aim: str = Aim.UNDERSTAND
    overview: bool = False


class Goal(NamedTuple):
    """Where a learner wants to get: a topic, or what takes several of them, with an aim.

    `until` is the day (YYYY-MM-DD) to be there by, '' for none.
    """

    id: str
    title: str
    topics: tuple[str, ...]
    aim: str
    until: str = ""


class TopicStanding(NamedTuple):
    """A topic's state for one learner, how many core resources are done and the minutes left."""

    state: State
    done: int
    minutes_left: int


class Learned(NamedTuple):
    """What the graph needs to know of a learner: resource statuses and what was said of topics.

    A shaky topic is passed, and wants refreshing; a skipped one is left out.
    """

    statuses: Mapping[str, Status]
    known: frozenset[str]
    skipped: frozenset[str] = frozenset()
    shaky: frozenset[str] = frozenset()
