"""Count what the catalog holds, and how complete it is."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from llmpath.catalog import graph
from llmpath.store.catalog import replaced

EDITORS = "editors"  # the source of what no study guide names

FIELDS = ("title", "url", "kind", "level", "topics", "authors", "year", "minutes", "summary")
VARYING = ("authors", "year", "minutes", "summary")  # fields that not every resource need have

# What a topic may have, and whether it does.
_PARTS = {
    "summary": "summary != ''",
    "aliases": "EXISTS (SELECT 1 FROM alias WHERE alias.topic = topic.id)",
    "prerequisites": "EXISTS (SELECT 1 FROM requirement WHERE requirement.topic = topic.id)",
    "core": "core != ''",
    "cards": "EXISTS (SELECT 1 FROM card WHERE card.topic = topic.id)",
    "insights": "EXISTS (SELECT 1 FROM insight WHERE insight.topic = topic.id)",
}


class Counts(NamedTuple):
    """How many there are of everything; the mappings go from a name to a number.

    `filled` counts the resources that have each field, `filled_by_kind` those of each kind for
    the fields that need not be there, `topics_filled` the topics that have each part. `roots` are
    the topics without prerequisites, `longest_chain` the most topics each required by the next.
    `added` counts by home topic the resources that the editors added to the study guides'.
    """

    totals: dict[str, int]
    by_track: dict[str, int]
    by_kind: dict[str, int]
    by_level: dict[str, int]
    by_source: dict[str, int]
    filled: dict[str, int]
    filled_by_kind: dict[str, dict[str, int]]
    topics_filled: dict[str, int]
    edges_with_reason: int
    roots: list[str]
    longest_chain: list[str]
    added: dict[str, int]
    edition: str = ""


def count(connection: sqlite3.Connection) -> Counts:
    """Return the catalog's figures."""

    def pairs(sql: str) -> dict[str, int]:
        return dict(connection.execute(sql).fetchall())

    def one(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    totals = {
        name: one(f"SELECT count(*) FROM {table}")
        for name, table in {
            "resources": "resource",
            "topics": "topic",
            "modules": "module",
            "tracks": "track",
            "prerequisites": "requirement",
            "goals": "destination",
            "cards": "card",
            "insights": "insight",
            "aliases": "alias",
        }.items()
    }
    requires: dict[str, list[str]] = {
        topic: [] for (topic,) in connection.execute("SELECT id FROM topic ORDER BY position")
    }
    for topic, need in connection.execute(
        "SELECT topic, requires FROM requirement ORDER BY topic, position"
    ):
        requires[topic].append(need)
    by_kind = pairs(
        "SELECT kind, count(*) FROM resource GROUP BY kind ORDER BY count(*) DESC, kind"
    )
    return Counts(
        totals=totals,
        by_track=pairs("SELECT track, count(*) FROM topic GROUP BY track ORDER BY min(position)"),
        by_kind=by_kind,
        by_level=pairs(
            "SELECT level, count(*) FROM resource GROUP BY level ORDER BY count(*) DESC, level"
        ),
        by_source=pairs(
            "SELECT catalog_source.id, count(*) FROM catalog_source JOIN resource"
            " ON instr(' ' || sources || ' ', ' ' || catalog_source.id || ' ')"
            " GROUP BY 1 ORDER BY catalog_source.position"
        ),
        filled=_filled(connection, FIELDS),
        filled_by_kind={kind: _filled(connection, VARYING, kind) for kind in by_kind},
        topics_filled={
            part: one(f"SELECT count(*) FROM topic WHERE {test}") for part, test in _PARTS.items()
        },
        edges_with_reason=one("SELECT count(*) FROM requirement WHERE because != ''"),
        roots=[topic for topic, needs in requires.items() if not needs],
        longest_chain=graph.longest_chain(requires),
        added=pairs(
            "SELECT home, count(*) FROM resource JOIN topic ON topic.id = home"
            f" WHERE sources = '{EDITORS}' GROUP BY home ORDER BY topic.position"
        ),
        edition=replaced.edition(connection),
    )


def _filled(
    connection: sqlite3.Connection, fields: tuple[str, ...], kind: str | None = None
) -> dict[str, int]:
    """Return how many resources, of one *kind* if given, have each of *fields*."""
    tests = ", ".join(f"sum({name} IS NOT NULL AND {name} != '')" for name in fields)
    row = connection.execute(
        f"SELECT {tests} FROM resource WHERE kind = :kind OR :kind IS NULL", {"kind": kind}
    ).fetchone()
    return dict(zip(fields, (int(value or 0) for value in row), strict=True))
