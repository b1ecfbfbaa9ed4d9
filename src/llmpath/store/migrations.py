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
from llmpath.store.database import VERSION

# The number a step leads to -> the step. Version 1 is the first that was ever written.
STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {}


def migrate(connection: sqlite3.Connection, path: Path, found: int) -> Path:
    """Bring the database at *path* from version *found* to VERSION; return the backup's path.

    Raises DatabaseTrouble when the backup is not whole; nothing has been changed then.
    """
    backup = back_up(connection, path, found)
    connection.execute("PRAGMA foreign_keys = OFF")  # a step may rebuild a table others refer to
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(now + 1, VERSION + 1):
            STEPS[number](connection)
            connection.execute(f"PRAGMA user_version = {number}")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise DatabaseTrouble(
                f"{path} cannot be brought up to date: rows refer to what is not there.",
                "Nothing was changed. See what is wrong with: llmpath doctor",
            )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA foreign_keys = ON")
    return backup


def back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database to a file beside it, check the copy and return its path."""
    from llmpath.store import backups

    return backups.copy(
        connection, path.with_name(f"{path.stem}-before-version-{VERSION}-from-{version}.db")
    )
