"""The tables, declared once: the schema of a new database comes from here.

Imported only to create a database or rebuild the catalog (300 ms); daily commands use plain SQL,
and a test holds every statement of theirs against what stands here.

Learner tables never refer to catalog tables, so that the catalog can be dropped and rebuilt.
Lists that are only ever read whole (`requires`, `core`, `topics`, ...) stand in one column, ids
separated by spaces, so that a daily command reads the map with one statement.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

LEARNER_TABLES = (
    "learner",
    "command",
    "event",
    "progress",
    "topic_mark",
    "goal",
    "note",
    "ignored_prerequisite",
    "plan",
    "plan_step",
    "meta",
)


class Meta(SQLModel, table=True):
    """Facts about the database itself."""

    key: str = Field(primary_key=True)
    value: str


class Learner(SQLModel, table=True):
    """Somebody who learns. A removed learner keeps everything and can be restored."""

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    created_at: str
    removed_at: str | None = None


class Command(SQLModel, table=True):
    """One command that changed something: the unit of undo."""

    __table_args__ = (
        CheckConstraint("standing IN ('live', 'undone', 'discarded')", name="command_standing"),
        Index("command_by_learner", "learner_id", "standing", "seq"),
    )

    seq: int | None = Field(default=None, primary_key=True)
    learner_id: str = Field(foreign_key="learner.id")
    at: str
    local_date: str
    action: str
    summary: str
    standing: str = "live"


class Event(SQLModel, table=True):
    """One row of a learner table as it was before a command and as it was after."""

    __table_args__ = (Index("event_by_command", "command_seq"),)

    seq: int | None = Field(default=None, primary_key=True)
    command_seq: int = Field(foreign_key="command.seq")
    entity: str
    key: str
    before: str | None = None
    after: str | None = None


class Progress(SQLModel, table=True):
    """Where a learner stands with a resource."""

    __tablename__ = "progress"
    __table_args__ = (
        CheckConstraint("status IN ('todo', 'doing', 'done', 'skipped')", name="progress_status"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="progress_rating"),
        CheckConstraint("minutes >= 0", name="progress_minutes"),
    )

    learner_id: str = Field(primary_key=True, foreign_key="learner.id")
    resource_id: str = Field(primary_key=True)
    status: str
    started_at: str | None = None
    finished_at: str | None = None
    minutes: int | None = None
    rating: int | None = None
    updated_at: str


class TopicMark(SQLModel, table=True):
    """What a learner said of a topic as a whole."""

    __tablename__ = "topic_mark"
    __table_args__ = (
        CheckConstraint("mark IN ('known', 'skipped', 'shaky')", name="topic_mark_mark"),
    )

    learner_id: str = Field(primary_key=True, foreign_key="learner.id")
    topic_id: str = Field(primary_key=True)
    mark: str
    marked_at: str


class Goal(SQLModel, table=True):
    """A topic or outcome a learner is on the way to; without an `aim`, that of its track."""

    __table_args__ = (CheckConstraint("aim IN ('use', 'understand')", name="goal_aim"),)

    learner_id: str = Field(primary_key=True, foreign_key="learner.id")
    topic_id: str = Field(primary_key=True)
    set_at: str
    aim: str | None = None


class Note(SQLModel, table=True):
    """A learner's note on a resource or topic, in Markdown."""

    __table_args__ = (
        UniqueConstraint("learner_id", "number", name="note_number"),
        Index("note_by_target", "learner_id", "target"),
    )

    id: str = Field(primary_key=True)
    learner_id: str = Field(foreign_key="learner.id")
    number: int
    target: str
    body: str
    created_at: str
    updated_at: str


class IgnoredPrerequisite(SQLModel, table=True):
    """A prerequisite a learner does not agree with: the topic does not wait for it."""

    __tablename__ = "ignored_prerequisite"

    learner_id: str = Field(primary_key=True, foreign_key="learner.id")
    topic_id: str = Field(primary_key=True)
    requires_id: str = Field(primary_key=True)
    ignored_at: str


class Plan(SQLModel, table=True):
    """What a learner's plan is for; `topics` are those it was asked for, none for the goals."""

    __table_args__ = (
        CheckConstraint("depth IN ('quick', 'enough', 'deep')", name="plan_depth"),
        CheckConstraint("hours > 0", name="plan_hours"),
        CheckConstraint("aim IN ('use', 'understand')", name="plan_aim"),
    )

    learner_id: str = Field(primary_key=True, foreign_key="learner.id")
    topics: str
    depth: str
    hours: float
    until: str | None = None
    pace: float
    starts_on: str
    made_at: str
    aim: str | None = None


class PlanStep(SQLModel, table=True):
    """A resource, or a part of it, in a week of a plan; `minutes` at the learner's pace."""

    __tablename__ = "plan_step"

    learner_id: str = Field(primary_key=True, foreign_key="learner.id")
    position: int = Field(primary_key=True)
    week: int
    topic_id: str
    resource_id: str
    minutes: int
    part: int
    parts: int


# --- the catalog: derived, dropped and rebuilt -------------------------------------------------


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

    alias: str = Field(primary_key=True)
    topic: str = Field(primary_key=True, index=True)
    position: int


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

    canonical: str = Field(primary_key=True)
    resource: str


class Renamed(SQLModel, table=True):
    """Ids that resources and topics had before."""

    former: str = Field(primary_key=True)
    id: str


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

    Names are words of titles, authors, topics and the glossary.
    """

    __table_args__ = (Index("word_by_start", "start", "length"),)

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

    name: str = Field(primary_key=True)
    term: str = Field(primary_key=True)
    same: int


class Everyday(SQLModel, table=True):
    """A word that people say, and the words of the field that may be meant, one a line."""

    say: str = Field(primary_key=True)
    mean: str


class English(SQLModel, table=True):
    """A common English word: no typing error, though the catalog may lack it."""

    word: str = Field(primary_key=True)
