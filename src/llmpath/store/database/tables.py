"""The learner's tables, declared once: the schema of a new database comes from here.

Imported only to create a database or rebuild the catalog (300 ms); daily commands use plain SQL,
and a test holds every statement of theirs against what stands here.

Learner tables never refer to catalog tables, so that the catalog can be dropped and rebuilt.
Those stand in `catalog_tables`.
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
    "sitting",
    "meta",
)


class Meta(SQLModel, table=True):
    """Facts about the database itself."""

    key: str = Field(primary_key=True)
    value: str


class Learner(SQLModel, table=True):
    """Somebody who learns. A removed learner keeps everything and can be restored.

    One who is the `same_as` another has all of their data under that one's id.
    """

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    created_at: str
    removed_at: str | None = None
    same_as: str | None = None


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
    """One row of a learner table as it was before a command and as it was after.

    Where a merge has put the row together from what several machines know, `said` is the part of
    it that this command said: {"before": row, "after": row}, as the machine wrote them.
    """

    __table_args__ = (Index("event_by_command", "command_seq"),)

    seq: int | None = Field(default=None, primary_key=True)
    command_seq: int = Field(foreign_key="command.seq")
    entity: str
    key: str
    before: str | None = None
    after: str | None = None
    said: str | None = None


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
    """What a learner is on the way to; without an `aim`, that of its track.

    `until` is the day to reach it by; a lower `place` comes first, where one was given.
    """

    __table_args__ = (CheckConstraint("aim IN ('use', 'understand')", name="goal_aim"),)

    learner_id: str = Field(primary_key=True, foreign_key="learner.id")
    topic_id: str = Field(primary_key=True)
    set_at: str
    aim: str | None = None
    until: str | None = None
    place: int | None = None


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
    """What a learner's plan is for; `topics` are those it was asked for, none for the goals.

    `off` are the days without study, ranges separated by spaces: 2026-12-21..2027-01-03.
    """

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
    off: str | None = None


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


class Sitting(SQLModel, table=True):
    """Time spent on a resource on one of the learner's own days (YYYY-MM-DD)."""

    __table_args__ = (
        CheckConstraint("minutes > 0", name="sitting_minutes"),
        Index("sitting_by_resource", "learner_id", "resource_id"),
    )

    id: str = Field(primary_key=True)
    learner_id: str = Field(foreign_key="learner.id")
    resource_id: str
    day: str
    minutes: int
    logged_at: str
