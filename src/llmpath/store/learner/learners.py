"""Who learns: several learners share one database and never see each other's data."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping

from llmpath.errors import NotFound, arguments, quoted
from llmpath.identity import Learner, alike, clean_name, id_of
from llmpath.store.database.connection import transaction
from llmpath.store.database.failures import failed
from llmpath.store.database.meta import WELCOMED


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
    found = called(connection, login)
    if found and not found[2]:
        return Learner(*found[:2])
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


def check_present(connection: sqlite3.Connection, learner: Learner) -> None:
    """Raise NotFound where *learner*, who began something, was removed meanwhile."""
    row = connection.execute(
        "SELECT removed_at FROM learner WHERE id = ?", (learner.id,)
    ).fetchone()
    if not row or row[0]:
        raise NotFound(
            f"The learner {learner.name!r} was removed meanwhile.",
            f"Bring them back with: llmpath user restore {arguments(learner.name)}" if row else "",
        )


def named(connection: sqlite3.Connection, name: str) -> Learner:
    """Return the learner called *name*, be it by another name of theirs, or raise NotFound."""
    row = called(connection, name)
    if not row:
        known = "See all with: llmpath user list"
        hint = f"Add them with: llmpath user add {arguments(name)}" if clean_name(name) else known
        raise NotFound(f"No learner {quoted(name)}.", hint)
    if row[2]:
        raise _removed(name)
    return Learner(row[0], row[1])


def called(connection: sqlite3.Connection, name: str) -> tuple[str, str, str | None] | None:
    """Return id, name and time of removal of the learner who is, or was, called *name*, or None.

    Who is called just so goes first; else a name that looks the same will do, where one does.
    """
    rows = connection.execute(
        "SELECT called.name, learner.id, learner.name, learner.removed_at FROM learner AS called"
        " JOIN learner ON learner.id = coalesce(called.same_as, called.id)"
    ).fetchall()
    found = [row[1:] for row in rows if row[0] == name]
    if not found:
        found = list({row[1:] for row in rows if alike(row[0]) == alike(name)})
    return found[0] if len(found) == 1 else None


def _removed(name: str) -> NotFound:
    return NotFound(
        f"The learner {quoted(name)} was removed.",
        f"Bring them back with: llmpath user restore {arguments(name)}",
    )


def ids(connection: sqlite3.Connection, learner: Learner) -> list[str]:
    """Return the ids that *learner* has, and has had before they were said to be one of several."""
    rows = connection.execute(
        "SELECT id FROM learner WHERE :id IN (id, same_as)", {"id": learner.id}
    )
    return [id_ for (id_,) in rows]


def insert(connection: sqlite3.Connection, name: str, now: str) -> Learner:
    """Write a new learner inside the caller's transaction; return them."""
    id_ = id_of(name)
    if connection.execute("SELECT 1 FROM learner WHERE id = ?", (id_,)).fetchone():
        id_ = os.urandom(8).hex()  # one of that name goes by another now
    connection.execute(
        "INSERT INTO learner (id, name, created_at) VALUES (?, ?, ?)", (id_, name, now)
    )
    return Learner(id_, name)
