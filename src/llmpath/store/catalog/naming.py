"""Find what a learner means by a name: an id, the start of one, words of a title, an address."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from llmpath.errors import Ambiguous, NotFound, shortened

CHOICES_SHOWN = 8  # shown when a name could be several things


class Named(NamedTuple):
    """A thing of the catalog: what it is (resource, topic or goal), its id and title."""

    what: str
    id: str
    title: str


def find(connection: sqlite3.Connection, name: str, numbered: list[str], what: str = "") -> Named:
    """Return the resource or topic meant by *name*; only of the sort *what* when given.

    A *what* of 'goal' means whatever can be one: topics, and outcomes that take several. In this
    order: an id; a number of the last list (*numbered* are its ids); an address; an id
    of before; a topic's alias; the start of an id; words of a title or id. At each step one hit is
    taken and several raise Ambiguous; NotFound is raised when no step has a hit, and for the id of
    an outcome where none can be meant.
    """
    name = name.strip()
    if not name:
        raise NotFound(f"Give the name of a {what or 'resource or topic'}.")
    for step in (_exact, _number, _address, _former, _alias, _prefix, _words):
        found = step(connection, name, numbered)
        hits = [hit for hit in found if hit.what in _SORTS[what]]
        if len(hits) == 1:
            return hits[0]
        if hits:
            shown = [(hit.id, hit.title) for hit in hits[:CHOICES_SHOWN]]
            raise Ambiguous(name, shown, len(hits))
        if step is _exact and found and found[0].what == "goal":
            raise NotFound(
                f"{found[0].id!r} is a goal that takes several topics.",
                f"See them with: llmpath path {found[0].id}",
            )
    if name.isdecimal():
        raise NotFound(
            f"The last list has no number {shortened(name)}."
            if numbered
            else "No list to take a number from yet.",
            "Run: llmpath next",
        )
    raise NotFound.named(_CALLED.get(what, what), name, _near(connection, name, what))


def titles(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of resources and topics by id; an id the catalog lacks titles itself."""
    wanted = list(dict.fromkeys(ids))
    found = dict(zip(wanted, wanted, strict=True))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        found |= dict(
            connection.execute(
                f"SELECT id, title FROM resource WHERE id IN ({marks})"
                f" UNION ALL SELECT id, title FROM topic WHERE id IN ({marks})"
                f" UNION ALL SELECT id, title FROM destination WHERE id IN ({marks})",
                [*part, *part, *part],
            ).fetchall()
        )
    return found


def _things(rows: sqlite3.Cursor) -> list[Named]:
    return [Named(*row) for row in rows]


_SORTS = {
    "": ("resource", "topic"),
    "resource": ("resource",),
    "topic": ("topic",),
    "goal": ("topic", "goal"),
}
_CALLED = {"": "resource or topic", "goal": "topic or goal"}
_ALL = (
    "SELECT * FROM (SELECT 'resource' AS what, id, title FROM resource"
    " UNION ALL SELECT 'topic', id, title FROM topic"
    " UNION ALL SELECT 'goal', id, title FROM destination)"
)


def _exact(connection: sqlite3.Connection, name: str, _: list[str]) -> list[Named]:
    return _things(
        connection.execute(
            "SELECT 'topic', id, title FROM topic WHERE id = ?1"
            " UNION ALL SELECT 'resource', id, title FROM resource WHERE id = ?1"
            " UNION ALL SELECT 'goal', id, title FROM destination WHERE id = ?1",
            (name.lower(),),
        )
    )


def _number(connection: sqlite3.Connection, name: str, numbered: list[str]) -> list[Named]:
    if name.isdecimal() and name.isascii() and len(name) < 9 and 0 < int(name) <= len(numbered):
        return _exact(connection, numbered[int(name) - 1], [])
    return []


def _address(connection: sqlite3.Connection, name: str, _: list[str]) -> list[Named]:
    if "://" not in name and not name.startswith("www."):
        return []
    from llmpath.catalog.address import canonical

    address = name if "://" in name else f"https://{name}"
    return _things(
        connection.execute(
            "SELECT 'resource', id, title FROM address JOIN resource ON resource.id ="
            " address.resource WHERE canonical = ?",
            (canonical(address),),
        )
    )


def _former(connection: sqlite3.Connection, name: str, _: list[str]) -> list[Named]:
    return _things(
        connection.execute(f"{_ALL} WHERE id = (SELECT id FROM renamed WHERE former = ?)", (name,))
    )


def _alias(connection: sqlite3.Connection, name: str, _: list[str]) -> list[Named]:
    return _things(
        connection.execute(
            "SELECT 'topic', topic.id, title FROM alias JOIN topic ON topic.id = alias.topic"
            " WHERE alias = ? ORDER BY topic.position",
            (name.casefold(),),
        )
    )


def _prefix(connection: sqlite3.Connection, name: str, _: list[str]) -> list[Named]:
    start = name.lower()
    return _things(
        connection.execute(f"{_ALL} WHERE id >= ? AND id < ?", (start, start + "\U0010ffff"))
    )


def _words(connection: sqlite3.Connection, name: str, _: list[str]) -> list[Named]:
    words = name.casefold().replace("-", " ").split()[:12]
    if not words:
        return []
    condition = " AND ".join(
        "instr(lower(replace(title || ' ' || id, '-', ' ')), ?)" for _word in words
    )
    hits = _things(connection.execute(f"{_ALL} WHERE {condition}", words))
    whole = [hit for hit in hits if hit.title.casefold() == name.casefold()]
    return whole or hits


def _near(connection: sqlite3.Connection, name: str, what: str) -> list[str]:
    from difflib import get_close_matches  # only on the way to an error

    ids = [row[1] for row in connection.execute(_ALL) if row[0] in _SORTS[what]]
    return get_close_matches(name.lower(), ids, 2, 0.75)
