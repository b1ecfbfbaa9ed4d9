"""Count what the catalog holds."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Counts(NamedTuple):
    """How many there are of everything; the mappings go from a name to a number."""

    totals: dict[str, int]
    by_track: dict[str, int]
    by_kind: dict[str, int]
    by_level: dict[str, int]
    by_source: dict[str, int]
    filled: dict[str, int]


def count(connection: sqlite3.Connection) -> Counts:
    """Return the catalog's figures; `filled` counts the resources that have each field."""

    def pairs(sql: str) -> dict[str, int]:
        return dict(connection.execute(sql).fetchall())

    totals = {
        name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for name, table in {
            "resources": "resource",
            "topics": "topic",
            "modules": "module",
            "tracks": "track",
            "prerequisites": "requirement",
            "cards": "card",
            "insights": "insight",
            "aliases": "alias",
        }.items()
    }
    fields = ("title", "url", "kind", "level", "topics", "authors", "year", "minutes", "summary")
    tests = ", ".join(f"sum({name} IS NOT NULL AND {name} != '')" for name in fields)
    row = connection.execute(f"SELECT {tests} FROM resource").fetchone()
    return Counts(
        totals,
        pairs("SELECT track, count(*) FROM topic GROUP BY track ORDER BY min(position)"),
        pairs("SELECT kind, count(*) FROM resource GROUP BY kind ORDER BY count(*) DESC, kind"),
        pairs("SELECT level, count(*) FROM resource GROUP BY level ORDER BY count(*) DESC"),
        pairs(
            "SELECT catalog_source.id, count(*) FROM catalog_source JOIN resource"
            " ON instr(' ' || sources || ' ', ' ' || catalog_source.id || ' ')"
            " GROUP BY 1 ORDER BY catalog_source.position"
        ),
        dict(zip(fields, (int(value or 0) for value in row), strict=True)),
    )
