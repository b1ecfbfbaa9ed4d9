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
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(now + 1, VERSION + 1):
            STEPS[number](connection)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return backup


def back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database to a file beside it, check the copy and return its path."""
    target = path.with_name(f"{path.stem}-before-version-{VERSION}-from-{version}.db")
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    copy = sqlite3.connect(partial, isolation_level=None)
    try:
        connection.backup(copy)
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
    if verdict != "ok":
        partial.unlink()
        raise DatabaseTrouble(
            f"The backup of {path} is not whole ({verdict}); nothing was changed.",
            "See what is wrong with: llmpath doctor",
        )
    partial.replace(target)
    return target
