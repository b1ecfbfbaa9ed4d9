"""Read what the catalog is made of: its tracks, modules, study guides and topics."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from llmpath.curriculum import (
    Card,
    Destination,
    Insight,
    Module,
    Prerequisite,
    Source,
    Topic,
    Track,
)


def tracks(connection: sqlite3.Connection) -> list[Track]:
    """Return the tracks in order."""
    return [
        Track(*row)
        for row in connection.execute("SELECT id, title, summary, aim FROM track ORDER BY position")
    ]


def modules(connection: sqlite3.Connection) -> list[Module]:
    """Return the modules in order."""
    return [
        Module(*row)
        for row in connection.execute("SELECT id, title, track FROM module ORDER BY position")
    ]


def sources(connection: sqlite3.Connection) -> list[Source]:
    """Return the study guides in order."""
    return [
        Source(*row)
        for row in connection.execute(
            "SELECT id, title, author, url FROM catalog_source ORDER BY position"
        )
    ]


def titles_of(connection: sqlite3.Connection, part: str) -> list[tuple[str, str]]:
    """Return (id, title) of every track, module, topic or source, as *part* says, in order."""
    table = "catalog_source" if part == "source" else part
    return connection.execute(f"SELECT id, title FROM {table} ORDER BY position").fetchall()


def topic(connection: sqlite3.Connection, id_: str) -> Topic:
    """Return the topic *id_* with all there is to know; raises KeyError when there is none."""
    row = connection.execute(
        "SELECT title, module, summary, core, enough, further, size, lasting, overview"
        " FROM topic"
        " WHERE id = ?",
        (id_,),
    ).fetchone()
    if row is None:
        raise KeyError(id_)
    title, module, summary, core, enough, further, size, lasting, overview = row

    def rows(sql: str) -> list[Any]:
        return connection.execute(f"{sql} WHERE topic = ? ORDER BY position", (id_,)).fetchall()

    return Topic(
        id_,
        title,
        module,
        summary,
        aliases=tuple(alias for (alias,) in rows("SELECT alias FROM alias")),
        requires=tuple(
            Prerequisite(*edge) for edge in rows("SELECT requires, because, aim FROM requirement")
        ),
        core=tuple(core.split()),
        enough=enough,
        cards=tuple(Card(*card) for card in rows("SELECT id, ask, answer, asks FROM card")),
        insights=tuple(
            Insight(text, by, bool(opinion))
            for text, by, opinion in rows('SELECT text, "by", opinion FROM insight')
        ),
        further=tuple(further.split()),
        size=size,
        lasting=lasting,
        overview=bool(overview),
    )


def destinations(connection: sqlite3.Connection) -> list[Destination]:
    """Return the outcomes that people have as goals, in order."""
    rows = connection.execute(
        "SELECT id, title, summary, topics, aim FROM destination ORDER BY position"
    )
    return [
        Destination(id_, title, summary, tuple(topics.split()), aim)
        for id_, title, summary, topics, aim in rows
    ]


def to_understand(connection: sqlite3.Connection, topics: Sequence[str]) -> list[tuple[str, str]]:
    """Return the (topic, prerequisite) pairs of *topics* that only understanding takes."""
    found: list[tuple[str, str]] = []
    for start in range(0, len(topics), 500):
        part = topics[start : start + 500]
        found += connection.execute(
            "SELECT topic, requires FROM requirement WHERE aim = 'understand'"
            f" AND topic IN ({', '.join('?' * len(part))}) ORDER BY topic, position",
            list(part),
        ).fetchall()
    return found


def reasons(connection: sqlite3.Connection, needed: str) -> list[Prerequisite]:
    """Return the topics that directly require *needed*, with the reasons, in map order."""
    rows = connection.execute(
        "SELECT requirement.topic, because, requirement.aim FROM requirement"
        " JOIN topic ON topic.id ="
        " requirement.topic WHERE requirement.requires = ? ORDER BY topic.position",
        (needed,),
    )
    return [Prerequisite(*row) for row in rows]


def because(connection: sqlite3.Connection, topics: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the reason of each prerequisite of *topics*: (topic, prerequisite) -> reason."""
    found: dict[tuple[str, str], str] = {}
    for start in range(0, len(topics), 500):
        part = topics[start : start + 500]
        for topic, needed, reason in connection.execute(
            "SELECT topic, requires, because FROM requirement"
            f" WHERE topic IN ({', '.join('?' * len(part))})",
            list(part),
        ):
            found[topic, needed] = reason
    return found
