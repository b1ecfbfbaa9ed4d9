"""Who learns: several learners share one database and never see each other's data."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from llmpath.errors import NotFound, UsageError
from llmpath.model import Learner
from llmpath.store.database import transaction

LONGEST_NAME = 60


class Member(NamedTuple):
    """A learner with what they have in the database."""

    learner: Learner
    created_at: str
    removed_at: str | None
    done: int
    notes: int


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


def clean_name(name: str) -> str:
    """Return *name* if it can be a learner's: one line of printable characters; else ''."""
    name = name.strip()
    return name if name.isprintable() and 0 < len(name) <= LONGEST_NAME else ""


def present(
    connection: sqlite3.Connection, wanted: str | None, login: str, now: str
) -> Learner:
    """Return the learner a command is for: *wanted*, else the one in use, else *login*.

    The one named by login is added on first use; a *wanted* one must exist, or NotFound is raised.
    """
    if wanted:
        return named(connection, wanted)
    row = connection.execute(
        "SELECT learner.id, learner.name FROM meta JOIN learner ON learner.id = meta.value"
        " WHERE meta.key = 'learner' AND removed_at IS NULL"
    ).fetchone()
    if row:
        return Learner(*row)
    row = connection.execute(
        "SELECT id, name FROM learner WHERE name = ? AND removed_at IS NULL", (login,)
    ).fetchone()
    if row:
        return Learner(*row)
    try:
        with transaction(connection):
            return _insert(connection, login, now)
    except sqlite3.IntegrityError:
        # The login's name belongs to a removed learner, or another command was quicker.
        return _fallback(connection, login)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_READONLY"):
            return Learner("", login)  # nothing to read of theirs, and nothing can be written
        raise


def _fallback(connection: sqlite3.Connection, login: str) -> Learner:
    row = connection.execute(
        "SELECT id, name FROM learner WHERE removed_at IS NULL ORDER BY name != ?, created_at",
        (login,),
    ).fetchone()
    if not row:
        raise NotFound(
            f"The learner {login!r} was removed.", f"Bring them back with: llmpath user restore {login}"
        )
    return Learner(*row)


def named(connection: sqlite3.Connection, name: str) -> Learner:
    """Return the learner called *name*, or raise NotFound."""
    row = connection.execute(
        "SELECT id, name, removed_at FROM learner WHERE name = ?", (name,)
    ).fetchone()
    if not row:
        raise NotFound(f"No learner {name!r}.", f"Add them with: llmpath user add {name}")
    if row[2]:
        raise NotFound(
            f"The learner {name!r} was removed.", f"Bring them back with: llmpath user restore {name}"
        )
    return Learner(row[0], row[1])


def members(connection: sqlite3.Connection) -> list[Member]:
    """Return every learner, removed ones too, by name."""
    rows = connection.execute(
        "SELECT id, name, created_at, removed_at,"
        " (SELECT count(*) FROM progress WHERE learner_id = learner.id AND status = 'done'),"
        " (SELECT count(*) FROM note WHERE learner_id = learner.id)"
        " FROM learner ORDER BY name"
    )
    return [Member(Learner(row[0], row[1]), *row[2:]) for row in rows]


def add(connection: sqlite3.Connection, name: str, now: str) -> Learner:
    """Add a learner called *name*, or raise UsageError when that cannot be."""
    name = _checked(name)
    with transaction(connection):
        _refuse_taken(connection, name)
        return _insert(connection, name, now)


def use(connection: sqlite3.Connection, learner: Learner) -> None:
    """Make *learner* the one whose commands are meant from now on."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO meta (key, value) VALUES ('learner', ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (learner.id,),
        )


def rename(connection: sqlite3.Connection, learner: Learner, name: str) -> None:
    """Call *learner* by another *name*, or raise UsageError when it is taken."""
    name = _checked(name)
    with transaction(connection):
        _refuse_taken(connection, name)
        connection.execute("UPDATE learner SET name = ? WHERE id = ?", (name, learner.id))


def remove(connection: sqlite3.Connection, learner: Learner, now: str) -> None:
    """Put *learner* away; all of their data stays until they are restored or erased."""
    with transaction(connection):
        connection.execute("UPDATE learner SET removed_at = ? WHERE id = ?", (now, learner.id))
        connection.execute(
            "DELETE FROM meta WHERE key = 'learner' AND value = ?", (learner.id,)
        )


def restore(connection: sqlite3.Connection, name: str) -> None:
    """Bring back the removed learner called *name*, or raise NotFound."""
    with transaction(connection):
        changed = connection.execute(
            "UPDATE learner SET removed_at = NULL WHERE name = ? AND removed_at IS NOT NULL", (name,)
        ).rowcount
    if not changed:
        raise NotFound(f"No removed learner {name!r}.", "See all with: llmpath user list")


def erase(connection: sqlite3.Connection, name: str) -> None:
    """Delete the removed learner called *name* with all of their data, for good."""
    with transaction(connection):
        row = connection.execute(
            "SELECT id FROM learner WHERE name = ? AND removed_at IS NOT NULL", (name,)
        ).fetchone()
        if not row:
            raise NotFound(
                f"No removed learner {name!r}.", f"First: llmpath user remove {name}"
            )
        connection.execute(
            "DELETE FROM event WHERE command_seq IN (SELECT seq FROM command WHERE learner_id = ?)",
            row,
        )
        for table in ("command", "progress", "topic_mark", "goal", "note"):
            connection.execute(f"DELETE FROM {table} WHERE learner_id = ?", row)
        connection.execute("DELETE FROM learner WHERE id = ?", row)


def _insert(connection: sqlite3.Connection, name: str, now: str) -> Learner:
    learner = Learner(os.urandom(8).hex(), name)
    connection.execute(
        "INSERT INTO learner (id, name, created_at) VALUES (?, ?, ?)", (*learner, now)
    )
    return learner


def _checked(name: str) -> str:
    cleaned = clean_name(name)
    if not cleaned:
        raise UsageError(
            f"{name!r} cannot be a learner's name: 1 to {LONGEST_NAME} printable characters."
        )
    return cleaned


def _refuse_taken(connection: sqlite3.Connection, name: str) -> None:
    row = connection.execute("SELECT removed_at FROM learner WHERE name = ?", (name,)).fetchone()
    if row and row[0]:
        raise UsageError(
            f"A removed learner is called {name!r}.", f"Bring them back with: llmpath user restore {name}"
        )
    if row:
        raise UsageError(f"There is a learner {name!r} already.", "See all with: llmpath user list")
