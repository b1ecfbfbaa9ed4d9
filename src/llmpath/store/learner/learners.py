"""Who learns: several learners share one database and never see each other's data."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping

from llmpath.errors import NotFound, arguments
from llmpath.identity import Learner, clean_name, id_of
from llmpath.store.database.connection import transaction
from llmpath.store.database.failures import failed
from llmpath.store.history.ledger import WELCOMED


def login_name(environ: Mapping[str, str]) -> str:
    """Return the name of who is logged in, or 'learner' when nobody can tell."""
    for variable in ("LOGNAME", "USER", "USERNAME"):
        name = clean_name(environ.get(variable, ""))
        if name:
            return name
    try:
        import pwd

        return clean_name(pwd.getpwuid(os.getuid()).pw_name) or "learner"
    except (ImportError, KeyError, AttributeError):
        return "learner"


def present(connection: sqlite3.Connection, wanted: str | None, login: str, now: str) -> Learner:
    """Return the learner a command is for: *wanted*, else the one in use, else *login*.

    The one named by login is added on first use; a *wanted* one must exist, or NotFound is raised.
    """
    if wanted:
        return named(connection, wanted)
    row = connection.execute(
        "SELECT learner.id, learner.name FROM meta JOIN learner AS used ON used.id = meta.value"
        " JOIN learner ON learner.id = coalesce(used.same_as, used.id)"
        " WHERE meta.key = 'learner' AND learner.removed_at IS NULL"
    ).fetchone()
    if row:
        return Learner(*row)
    row = by_name(connection, login)
    if row and not row[2]:
        return Learner(*row[:2])
    try:
        with transaction(connection):
            return insert(connection, login, now)
    except sqlite3.IntegrityError:
        # The login's name belongs to a removed learner, or another command was quicker.
        return _fallback(connection, login)
    except sqlite3.OperationalError as error:
        if failed(error, "SQLITE_READONLY"):
            return Learner("", login)  # nothing to read of theirs, and nothing can be written
        raise


def _fallback(connection: sqlite3.Connection, login: str) -> Learner:
    row = connection.execute(
        "SELECT id, name FROM learner WHERE removed_at IS NULL AND same_as IS NULL"
        " ORDER BY name != ?, created_at",
        (login,),
    ).fetchone()
    if not row:
        raise _removed(login)
    return Learner(*row)


def first_time(connection: sqlite3.Connection, learner: Learner) -> bool:
    """Say whether *learner* was not welcomed before, and remember that they are now.

    Nothing that they did, and so not in their log. Where it cannot be written, it is never the
    first time.
    """
    try:
        with transaction(connection):
            added = connection.execute(
                "INSERT OR IGNORE INTO meta (key, value) VALUES (?, '')", (WELCOMED + learner.id,)
            )
    except sqlite3.OperationalError:
        return False
    return added.rowcount > 0


def by_name(connection: sqlite3.Connection, name: str) -> tuple[str, str, str | None] | None:
    """Return the id and name of who is, or was, called *name*, and since when they are removed."""
    row: tuple[str, str, str | None] | None = connection.execute(
        "SELECT learner.id, learner.name, learner.removed_at FROM learner AS called"
        " JOIN learner ON learner.id = coalesce(called.same_as, called.id) WHERE called.name = ?",
        (name,),
    ).fetchone()
    return row


def named(connection: sqlite3.Connection, name: str) -> Learner:
    """Return the learner called *name*, be it by another name of theirs, or raise NotFound."""
    row = by_name(connection, name)
    if not row:
        raise NotFound(
            f"No learner {name!r}.", f"Add them with: llmpath user add {arguments(name)}"
        )
    if row[2]:
        raise _removed(name)
    return Learner(row[0], row[1])


def _removed(name: str) -> NotFound:
    return NotFound(
        f"The learner {name!r} was removed.",
        f"Bring them back with: llmpath user restore {arguments(name)}",
    )


def insert(connection: sqlite3.Connection, name: str, now: str) -> Learner:
    """Write a new learner inside the caller's transaction; return them."""
    id_ = id_of(name)
    if connection.execute("SELECT 1 FROM learner WHERE id = ?", (id_,)).fetchone():
        id_ = os.urandom(8).hex()  # one of that name goes by another now
    connection.execute(
        "INSERT INTO learner (id, name, created_at) VALUES (?, ?, ?)", (id_, name, now)
    )
    return Learner(id_, name)
