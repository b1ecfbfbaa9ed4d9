"""Steps from one version of the learner's tables to the next: numbered, append-only.

A new database is created in the newest shape (`schema.py`) and carries its number in
`PRAGMA user_version`. An older one takes each missing step, all in one transaction, after a
checked backup. A step gets a connection inside that transaction and uses plain SQL alone, since
the declarations in `tables.py` go on changing and a step must not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from llmpath.errors import DatabaseTrouble
from llmpath.store.database.connection import VERSION, roll_back
from llmpath.store.database.first_schema import FIRST


def _plans(connection: sqlite3.Connection) -> None:
    """Make room for plans, for prerequisites somebody ignores, and for more marks of topics.

    A table that is there already was made before this step had a number.
    """
    for sql in (
        """
        CREATE TABLE marks (
            learner_id VARCHAR NOT NULL,
            topic_id VARCHAR NOT NULL,
            mark VARCHAR NOT NULL,
            marked_at VARCHAR NOT NULL,
            PRIMARY KEY (learner_id, topic_id),
            CONSTRAINT topic_mark_mark CHECK (mark IN ('known', 'skipped', 'shaky')),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
        "INSERT INTO marks SELECT learner_id, topic_id, mark, marked_at FROM topic_mark",
        "DROP TABLE topic_mark",
        "ALTER TABLE marks RENAME TO topic_mark",
        """
        CREATE TABLE IF NOT EXISTS ignored_prerequisite (
            learner_id VARCHAR NOT NULL,
            topic_id VARCHAR NOT NULL,
            requires_id VARCHAR NOT NULL,
            ignored_at VARCHAR NOT NULL,
            PRIMARY KEY (learner_id, topic_id, requires_id),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
        """
        CREATE TABLE IF NOT EXISTS "plan" (
            learner_id VARCHAR NOT NULL,
            topics VARCHAR NOT NULL,
            depth VARCHAR NOT NULL,
            hours FLOAT NOT NULL,
            until VARCHAR,
            pace FLOAT NOT NULL,
            starts_on VARCHAR NOT NULL,
            made_at VARCHAR NOT NULL,
            PRIMARY KEY (learner_id),
            CONSTRAINT plan_depth CHECK (depth IN ('quick', 'enough', 'deep')),
            CONSTRAINT plan_hours CHECK (hours > 0),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
        """
        CREATE TABLE IF NOT EXISTS plan_step (
            learner_id VARCHAR NOT NULL,
            position INTEGER NOT NULL,
            week INTEGER NOT NULL,
            topic_id VARCHAR NOT NULL,
            resource_id VARCHAR NOT NULL,
            minutes INTEGER NOT NULL,
            part INTEGER NOT NULL,
            parts INTEGER NOT NULL,
            PRIMARY KEY (learner_id, position),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
    ):
        connection.execute(sql)


def _aims(connection: sqlite3.Connection) -> None:
    """Make room for what a goal and a plan are for: to use a topic, or to understand it."""
    for sql in (
        """
        CREATE TABLE goals (
            learner_id VARCHAR NOT NULL,
            topic_id VARCHAR NOT NULL,
            set_at VARCHAR NOT NULL,
            aim VARCHAR,
            PRIMARY KEY (learner_id, topic_id),
            CONSTRAINT goal_aim CHECK (aim IN ('use', 'understand')),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
        "INSERT INTO goals SELECT learner_id, topic_id, set_at, NULL FROM goal",
        "DROP TABLE goal",
        "ALTER TABLE goals RENAME TO goal",
        """
        CREATE TABLE plans (
            learner_id VARCHAR NOT NULL,
            topics VARCHAR NOT NULL,
            depth VARCHAR NOT NULL,
            hours FLOAT NOT NULL,
            until VARCHAR,
            pace FLOAT NOT NULL,
            starts_on VARCHAR NOT NULL,
            made_at VARCHAR NOT NULL,
            aim VARCHAR,
            PRIMARY KEY (learner_id),
            CONSTRAINT plan_depth CHECK (depth IN ('quick', 'enough', 'deep')),
            CONSTRAINT plan_hours CHECK (hours > 0),
            CONSTRAINT plan_aim CHECK (aim IN ('use', 'understand')),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
        "INSERT INTO plans SELECT learner_id, topics, depth, hours, until, pace, starts_on,"
        ' made_at, NULL FROM "plan"',
        'DROP TABLE "plan"',
        'ALTER TABLE plans RENAME TO "plan"',
    ):
        connection.execute(sql)


def _sittings(connection: sqlite3.Connection) -> None:
    """Make room for sittings, for the order and days of goals, and for days off in a plan."""
    for sql in (
        """
        CREATE TABLE goals (
            learner_id VARCHAR NOT NULL,
            topic_id VARCHAR NOT NULL,
            set_at VARCHAR NOT NULL,
            aim VARCHAR,
            until VARCHAR,
            place INTEGER,
            PRIMARY KEY (learner_id, topic_id),
            CONSTRAINT goal_aim CHECK (aim IN ('use', 'understand')),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
        "INSERT INTO goals SELECT learner_id, topic_id, set_at, aim, NULL, NULL FROM goal",
        "DROP TABLE goal",
        "ALTER TABLE goals RENAME TO goal",
        """
        CREATE TABLE plans (
            learner_id VARCHAR NOT NULL,
            topics VARCHAR NOT NULL,
            depth VARCHAR NOT NULL,
            hours FLOAT NOT NULL,
            until VARCHAR,
            pace FLOAT NOT NULL,
            starts_on VARCHAR NOT NULL,
            made_at VARCHAR NOT NULL,
            aim VARCHAR,
            off VARCHAR,
            PRIMARY KEY (learner_id),
            CONSTRAINT plan_depth CHECK (depth IN ('quick', 'enough', 'deep')),
            CONSTRAINT plan_hours CHECK (hours > 0),
            CONSTRAINT plan_aim CHECK (aim IN ('use', 'understand')),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
        "INSERT INTO plans SELECT learner_id, topics, depth, hours, until, pace, starts_on,"
        ' made_at, aim, NULL FROM "plan"',
        'DROP TABLE "plan"',
        'ALTER TABLE plans RENAME TO "plan"',
        """
        CREATE TABLE sitting (
            id VARCHAR NOT NULL,
            learner_id VARCHAR NOT NULL,
            resource_id VARCHAR NOT NULL,
            day VARCHAR NOT NULL,
            minutes INTEGER NOT NULL,
            logged_at VARCHAR NOT NULL,
            PRIMARY KEY (id),
            CONSTRAINT sitting_minutes CHECK (minutes > 0),
            FOREIGN KEY(learner_id) REFERENCES learner (id)
        )
        """,
        "CREATE INDEX sitting_by_resource ON sitting (learner_id, resource_id)",
    ):
        connection.execute(sql)


def _said(connection: sqlite3.Connection) -> None:
    """Make room for what a command itself said, where a merge mixes it with what others said.

    And for learners who are one: the log of either goes on under the other's id.
    """
    connection.execute("ALTER TABLE event ADD COLUMN said VARCHAR")
    connection.execute("ALTER TABLE learner ADD COLUMN same_as VARCHAR")


# The number a step leads to -> the step. Version 1 is the first that was ever written.
STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {
    2: _plans,
    3: _aims,
    4: _sittings,
    5: _said,
}


def build(connection: sqlite3.Connection, version: int) -> None:
    """Make the learner's tables as they were in *version*, in an empty database."""
    for sql in FIRST:
        connection.execute(sql)
    advance(connection, 1, version)


def advance(connection: sqlite3.Connection, found: int, version: int) -> None:
    """Take the steps from *found* to *version*, inside the caller's transaction."""
    for number in range(found + 1, version + 1):
        STEPS[number](connection)
        connection.execute(f"PRAGMA user_version = {number}")


def migrate(connection: sqlite3.Connection, path: Path, found: int) -> Path:
    """Bring the database at *path* from version *found* to VERSION; return the backup's path.

    Raises DatabaseTrouble when the backup is not whole; nothing has been changed then.
    """
    backup = back_up(connection, path, found)
    connection.execute("PRAGMA foreign_keys = OFF")  # a step may rebuild a table others refer to
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = connection.execute("PRAGMA user_version").fetchone()[0]
        advance(connection, now, VERSION)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise DatabaseTrouble(
                f"{path} cannot be upgraded: rows refer to missing rows.",
                "Nothing was changed. Find out why with: llmpath doctor",
            )
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    connection.execute("PRAGMA foreign_keys = ON")
    return backup


def back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database to a file beside it, check the copy and return its path."""
    from llmpath.files import sweep
    from llmpath.store.database import backups

    sweep(path.parent)
    kept = path.with_name(f"{path.stem}-before-version-{VERSION}-from-{version}.db")
    backups.copy(connection, kept, backups.folder(path))
    return kept
