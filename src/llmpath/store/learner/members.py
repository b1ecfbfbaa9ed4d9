"""Who there is: list, add, rename, remove and restore learners."""

from __future__ import annotations

import re
import sqlite3
from shlex import quote
from typing import NamedTuple

from llmpath.errors import NotFound, UsageError
from llmpath.identity import LONGEST_NAME, Learner, alike, clean_name
from llmpath.store.database.connection import transaction
from llmpath.store.history.ledger import LEDGER
from llmpath.store.learner.learners import WELCOMED, called, insert


class Member(NamedTuple):
    """A learner with what they have in the database."""

    learner: Learner
    created_at: str
    removed_at: str | None
    done: int
    notes: int


def members(connection: sqlite3.Connection) -> list[Member]:
    """Return every learner, removed ones too, by name, s2 before s10."""
    rows = connection.execute(
        "SELECT id, name, created_at, removed_at,"
        " (SELECT count(*) FROM progress WHERE learner_id = learner.id AND status = 'done'),"
        " (SELECT count(*) FROM note WHERE learner_id = learner.id)"
        " FROM learner"
    )
    found = [Member(Learner(row[0], row[1]), *row[2:]) for row in rows]
    return sorted(found, key=lambda one: (_natural(one.learner.name), one.learner.name))


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Return *name* as what to sort by: numbers in it by their size, letters of either case alike.

    Of 's10': [(True, 0, 's'), (False, 10, '')].
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [
        (False, int(part), "") if part[0] in "0123456789" else (True, 0, part) for part in parts
    ]


def add(connection: sqlite3.Connection, name: str, now: str) -> Learner:
    """Add a learner called *name*, or raise UsageError when that cannot be."""
    name = _checked(name)
    with transaction(connection):
        _refuse_taken(connection, name)
        return insert(connection, name, now)


def use(connection: sqlite3.Connection, learner: Learner) -> str:
    """Make *learner* the one in use; return the id of the one before, '' where there was none."""
    with transaction(connection):
        before = connection.execute("SELECT value FROM meta WHERE key = 'learner'").fetchone()
        connection.execute(
            "INSERT INTO meta (key, value) VALUES ('learner', ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (learner.id,),
        )
    return before[0] if before else ""


def rename(connection: sqlite3.Connection, learner: Learner, name: str, login: str) -> str:
    """Call *learner* by another *name* and return it, or raise UsageError when it is taken.

    Whose commands were theirs by the *login* name alone stays who they are: they are in use then.
    """
    name = _checked(name)
    with transaction(connection):
        _refuse_taken(connection, name, learner)
        connection.execute("UPDATE learner SET name = ? WHERE id = ?", (name, learner.id))
        if learner.name == login:  # one in use already is so by id
            connection.execute(
                "INSERT OR IGNORE INTO meta (key, value) VALUES ('learner', ?)", (learner.id,)
            )
    return name


def remove(connection: sqlite3.Connection, learner: Learner, now: str) -> None:
    """Put *learner* away; all of their data stays until they are restored or erased."""
    with transaction(connection):
        connection.execute("UPDATE learner SET removed_at = ? WHERE id = ?", (now, learner.id))
        connection.execute("DELETE FROM meta WHERE key = 'learner' AND value = ?", (learner.id,))


def restore(connection: sqlite3.Connection, name: str) -> None:
    """Bring back the removed learner called *name*, or raise NotFound."""
    with transaction(connection):
        found = called(connection, name)
        if not found or not found[2]:
            raise NotFound(f"No removed learner {name!r}.", "See all with: llmpath user list")
        connection.execute("UPDATE learner SET removed_at = NULL WHERE id = ?", found[:1])


def erase(connection: sqlite3.Connection, name: str) -> str:
    """Delete the removed learner called *name* with all of their data, for good.

    Returns the id that they had.
    """
    with transaction(connection):
        found = called(connection, name)
        row = found[:1] if found and found[2] else None
        if not row:
            raise NotFound(
                f"No removed learner {name!r}.", f"First: llmpath user remove {quote(name)}"
            )
        connection.execute(
            "DELETE FROM event WHERE command_seq IN (SELECT seq FROM command WHERE learner_id = ?)",
            row,
        )
        for table in ("command", *LEDGER):
            connection.execute(f"DELETE FROM {table} WHERE learner_id = ?", row)
        connection.execute("DELETE FROM meta WHERE key = ?", (WELCOMED + row[0],))
        connection.execute("DELETE FROM learner WHERE id = ?", row)
    return str(row[0])


def _checked(name: str) -> str:
    cleaned = clean_name(name)
    if not cleaned:
        raise UsageError(
            f"{name!r} cannot be a learner's name: 1 to {LONGEST_NAME} printable characters."
        )
    return cleaned


def _refuse_taken(
    connection: sqlite3.Connection, name: str, renamed: Learner | None = None
) -> None:
    """Raise UsageError where a name looks like *name*, unless it is that of who is *renamed*."""
    for id_, other, removed_at in connection.execute("SELECT id, name, removed_at FROM learner"):
        respelled = renamed is not None and id_ == renamed.id and other != name
        if respelled or alike(other) != alike(name):
            continue
        if removed_at:
            raise UsageError(
                f"There is a removed learner called {other!r}.",
                f"Bring them back with: llmpath user restore {quote(other)}",
            )
        raise UsageError(
            f"There is already a learner {other!r}.", "See all with: llmpath user list"
        )
