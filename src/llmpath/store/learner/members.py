"""Who there is: list, add, rename, remove and restore learners."""

from __future__ import annotations

import re
import sqlite3
from typing import NamedTuple

from llmpath.errors import NotFound, UsageError, arguments, quoted
from llmpath.identity import LONGEST_NAME, Learner, alike, clean_name
from llmpath.store.database.connection import transaction
from llmpath.store.database.meta import OF_A_LEARNER
from llmpath.store.history.ledger import LEDGER
from llmpath.store.learner.learners import called, insert


class Member(NamedTuple):
    """A learner with what they have in the database; `also` has their other names."""

    learner: Learner
    created_at: str
    removed_at: str | None
    done: int
    notes: int
    also: tuple[str, ...] = ()


def members(connection: sqlite3.Connection) -> list[Member]:
    """Return every learner, removed ones too, by name, s2 before s10."""
    rows = connection.execute(
        "SELECT id, name, created_at, removed_at,"
        " (SELECT count(*) FROM progress WHERE learner_id = learner.id AND status = 'done'),"
        " (SELECT count(*) FROM note WHERE learner_id = learner.id)"
        " FROM learner WHERE same_as IS NULL"
    ).fetchall()
    also: dict[str, list[str]] = {}
    for id_, name in connection.execute(
        "SELECT same_as, name FROM learner WHERE same_as IS NOT NULL ORDER BY name"
    ):
        also.setdefault(id_, []).append(name)
    found = [
        Member(Learner(id_, name), since, removed, done, notes, tuple(also.get(id_, ())))
        for id_, name, since, removed, done, notes in rows
    ]
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
    name = checked(name)
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
    name = checked(name)
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
        connection.execute(
            "UPDATE learner SET removed_at = :now WHERE :id IN (id, same_as)",
            {"now": now, "id": learner.id},
        )
        connection.execute("DELETE FROM meta WHERE key = 'learner' AND value = ?", (learner.id,))


def restore(connection: sqlite3.Connection, name: str) -> str:
    """Bring back the removed learner called *name* and return their name, or raise NotFound."""
    with transaction(connection):
        row = called(connection, name)
        if not row or not row[2]:
            raise NotFound(f"No removed learner {quoted(name)}.", "See all with: llmpath user list")
        connection.execute(
            "UPDATE learner SET removed_at = NULL WHERE :id IN (id, same_as)", {"id": row[0]}
        )
    return row[1]


def erase(connection: sqlite3.Connection, name: str) -> list[str]:
    """Delete the removed learner called *name* with all of their data and names, for good.

    Returns the ids that they had.
    """
    with transaction(connection):
        row = called(connection, name)
        if not row or not row[2]:
            raise NotFound(
                f"No removed learner {quoted(name)}.",
                f"First: llmpath user remove {arguments(name)}",
            )
        connection.execute(
            "DELETE FROM event WHERE command_seq IN (SELECT seq FROM command WHERE learner_id = ?)",
            row[:1],
        )
        for table in ("command", *LEDGER):
            connection.execute(f"DELETE FROM {table} WHERE learner_id = ?", row[:1])
        others = connection.execute("SELECT id FROM learner WHERE same_as = ?", row[:1]).fetchall()
        for start in OF_A_LEARNER:
            connection.execute("DELETE FROM meta WHERE key = ?", (start + row[0],))
        connection.execute("DELETE FROM learner WHERE :id IN (id, same_as)", {"id": row[0]})
    return [row[0], *(id_ for (id_,) in others)]


def commands(connection: sqlite3.Connection, learner: Learner) -> int:
    """Return how many commands the log has of *learner*."""
    row = connection.execute(
        "SELECT count(*) FROM command WHERE learner_id = ?", (learner.id,)
    ).fetchone()
    return int(row[0])


def checked(name: str) -> str:
    """Return *name* if a learner may be called that from now on; raises UsageError."""
    cleaned = clean_name(name)
    if cleaned.startswith("-"):
        raise UsageError(
            f"{quoted(name)} cannot be a learner's name: it begins like an option.",
            "Begin it with a letter.",
        )
    if not cleaned:
        raise UsageError(
            f"{quoted(name)} cannot be a learner's name: 1 to {LONGEST_NAME} printable characters."
        )
    return cleaned


def _refuse_taken(
    connection: sqlite3.Connection, name: str, renamed: Learner | None = None
) -> None:
    """Raise UsageError where a name looks like *name*, unless it is that of who is *renamed*."""
    for id_, other, removed_at, same_as in connection.execute(
        "SELECT id, name, removed_at, same_as FROM learner"
    ):
        respelled = renamed is not None and id_ == renamed.id and other != name
        if respelled or alike(other) != alike(name):
            continue
        if removed_at:
            raise UsageError(
                f"There is a removed learner called {other!r}.",
                f"Bring them back with: llmpath user restore {arguments(other)}",
            )
        who = called(connection, other)
        if same_as and who:
            raise UsageError(
                f"{other!r} is another name of {who[1]}.", "See all with: llmpath user list"
            )
        raise UsageError(
            f"There is already a learner {other!r}.", "See all with: llmpath user list"
        )
