"""The catalog's tables, declared once: derived, dropped and rebuilt with every change of its files.

Lists that are only ever read whole (`requires`, `core`, `topics`, ...) stand in one column, ids
separated by spaces, so that a daily command reads the map with one statement.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from llmpath.store.database.tables import LEARNER_TABLES


def names() -> list[str]:
    """Return the names of the derived tables, in the order in which they are declared."""
    return [name for name in SQLModel.metadata.tables if name not in LEARNER_TABLES]


class CatalogState(SQLModel, table=True):
    """Which files the catalog was built from."""

    __tablename__ = "catalog_state"

    key: str = Field(primary_key=True)
    value: str


class CatalogSource(SQLModel, table=True):
    """A study guide."""

    __tablename__ = "catalog_source"

    id: str = Field(primary_key=True)
    position: int
    title: str
    author: str
    url: str


class Track(SQLModel, table=True):
    """A course of modules."""

    id: str = Field(primary_key=True)
    position: int
    title: str
    summary: str
    aim: str


class Module(SQLModel, table=True):
    """A chapter of a track."""

    id: str = Field(primary_key=True)
    position: int
    title: str
    track: str


class Topic(SQLModel, table=True):
    """One thing to learn."""

    id: str = Field(primary_key=True)
    position: int
    title: str
    module: str
    track: str
    summary: str
    requires: str  # to use it
    core: str
    core_minutes: str  # of each in `core`, 0 where it is not known
    enough: int
    understand: str  # what is required besides to understand it
    further: str
    aim: str  # of its track
    size: int | None = None
    lasting: str
    overview: int


class Destination(SQLModel, table=True):
    """An outcome that people have as a goal."""

    id: str = Field(primary_key=True)
    position: int
    title: str
    summary: str
    topics: str
    aim: str


class Requirement(SQLModel, table=True):
    """An edge of the roadmap, with its reason."""

    __table_args__ = (Index("requirement_by_requires", "requires"),)

    topic: str = Field(primary_key=True)
    requires: str = Field(primary_key=True)
    position: int
    because: str
    aim: str


class Alias(SQLModel, table=True):
    """Other words for a topic."""

    __table_args__ = {"sqlite_with_rowid": False}

    alias: str = Field(primary_key=True)
    topic: str = Field(primary_key=True, index=True)
    position: int


class Name(SQLModel, table=True):
    """What a thing is called, in the form in which names are compared: titles and aliases.

    `what` it is: resource, topic, goal, module or track.
    """

    __table_args__ = {"sqlite_with_rowid": False}

    phrase: str = Field(primary_key=True)
    what: str = Field(primary_key=True)
    id: str = Field(primary_key=True)


class Card(SQLModel, table=True):
    """A recall question on a topic."""

    id: str = Field(primary_key=True)
    topic: str = Field(index=True)
    position: int
    ask: str
    answer: str
    asks: str


class Insight(SQLModel, table=True):
    """A practical lesson on a topic."""

    topic: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    text: str
    by: str
    opinion: int


class Resource(SQLModel, table=True):
    """One piece of study material; `position` is the curated order and the index's row id."""

    __table_args__ = (Index("resource_by_home", "home", "position"),)

    position: int = Field(primary_key=True)
    id: str = Field(unique=True)
    title: str
    url: str
    kind: str
    level: str
    home: str
    topics: str
    authors: str
    year: int | None = None
    minutes: int | None = None
    essential: int
    summary: str
    sources: str
    also: str
    dataset_rows: str | None = None
    dataset_category: str | None = None
    dataset_released: str | None = None
    language: str
    upkeep: str
    superseded_by: str
    cost: str
    needs: str
    verified: str
    updated: int | None = None
    because: str


class ResourceTopic(SQLModel, table=True):
    """Which resources treat a topic, home or not."""

    __tablename__ = "resource_topic"
    __table_args__ = {"sqlite_with_rowid": False}

    topic: str = Field(primary_key=True)
    resource_position: int = Field(primary_key=True)
    is_home: int


class Address(SQLModel, table=True):
    """Every address a resource is known by, in canonical form."""

    __table_args__ = {"sqlite_with_rowid": False}

    canonical: str = Field(primary_key=True)
    resource: str


class Renamed(SQLModel, table=True):
    """Ids that resources and topics had before."""

    __table_args__ = {"sqlite_with_rowid": False}

    former: str = Field(primary_key=True)
    id: str


class Written(SQLModel, table=True):
    """A resource's texts as they were written, where the index has them folded."""

    position: int = Field(primary_key=True)
    title: str
    names: str
    authors: str
    topics: str
    aliases: str
    summary: str
    facts: str


class EditorWeight(SQLModel, table=True):
    """What search needs of each resource it finds, in few bytes: the editors' weight (more is
    better), kind and home."""

    __tablename__ = "editor_weight"

    position: int = Field(primary_key=True)
    weight: float
    kind: str
    home: str


class Word(SQLModel, table=True):
    """A word of the index, folded: in how many documents it stands, and whether it names a thing.

    Names are words of titles, authors, topics and the glossary. What addresses alone have is
    in no documents.
    """

    __table_args__ = (Index("word_by_start", "start", "length"), {"sqlite_with_rowid": False})

    word: str = Field(primary_key=True)
    start: str
    length: int
    documents: int
    is_name: int


class Term(SQLModel, table=True):
    """An acronym or term of the glossary."""

    id: str = Field(primary_key=True)
    position: int
    term: str
    stands_for: str
    synonyms: str
    topic: str
    definition: str


class TermName(SQLModel, table=True):
    """What a term is called: itself, what it stands for (both `same`), and its synonyms."""

    __tablename__ = "term_name"
    __table_args__ = {"sqlite_with_rowid": False}

    name: str = Field(primary_key=True)
    term: str = Field(primary_key=True)
    same: int


class Everyday(SQLModel, table=True):
    """A word that people say, and the words of the field that may be meant, one a line."""

    __table_args__ = {"sqlite_with_rowid": False}

    say: str = Field(primary_key=True)
    mean: str


class Translation(SQLModel, table=True):
    """What words of another language may mean in English, one a line; nothing for mere grammar.

    `say` has their tokens, a space between them; `size` is how many those are.
    """

    __table_args__ = {"sqlite_with_rowid": False}

    say: str = Field(primary_key=True)
    size: int
    mean: str
