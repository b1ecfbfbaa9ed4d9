"""Hold what is in a database against the declaration: nothing missing, nothing that could act.

A trigger or a view can make what was stored vanish, a changed table refuse or alter it, all
without a word. What only lies there, such as a table that somebody has added, is left alone.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from llmpath.store.database import migrations

# Made by SQLite itself, behind a text index.
_PARTS_OF_INDEX = ("data", "idx", "content", "docsize", "config")


class Thing(NamedTuple):
    """A table, index or view: its kind, the table it belongs to, and its SQL."""

    kind: str
    table: str
    sql: str


def learner_faults(connection: sqlite3.Connection, version: int) -> list[str]:
    """Return what is wrong with the learner's tables in the schema *version*, and what acts."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrations.build(fresh, version)
        declared = _things(fresh)
    finally:
        fresh.close()
    found = _things(connection)
    own = {thing.table for thing in declared.values()}
    return [
        *(
            f"it has a {kind} that is not from llmpath ({name})"
            for kind, name in acting(connection)
        ),
        *_against(found, declared),
        *(
            f"the index {name} is not from llmpath"
            for name, thing in found.items()
            if thing.kind == "index" and thing.table in own and name not in declared
        ),
        *_strangers(connection, found, own),
    ]


def catalog_faults(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the derived tables, which must be in our form."""
    from llmpath.store.database import schema  # imports SQLModel: 300 ms, but seldom asked for

    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.rebuild_catalog_tables(fresh)
        return _against(_things(connection), _things(fresh))
    finally:
        fresh.close()


def _things(connection: sqlite3.Connection) -> dict[str, Thing]:
    """Return all but triggers that has SQL of its own, by name; theirs may be a table's name."""
    rows = connection.execute(
        "SELECT name, type, tbl_name, sql FROM sqlite_master"
        " WHERE sql NOT NULL AND type != 'trigger'"
    )
    return {str(name): Thing(kind, table, _alike(sql)) for name, kind, table, sql in rows}


def _alike(sql: str) -> str:
    """Return *sql* as it is written in all of the ways that mean the same here."""
    return re.sub(r"\s+|[\"`]", "", sql)


def acting(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the kind and name of each trigger and view: llmpath makes none."""
    return connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
    ).fetchall()


def _against(found: Mapping[str, Thing], declared: Mapping[str, Thing]) -> list[str]:
    faults = []
    for name, thing in declared.items():
        there = found.get(name)
        if there is None or there.kind != thing.kind:
            faults.append(f"the {thing.kind} {name} is missing")
        elif there != thing:
            faults.append(f"the {thing.kind} {name} is not as llmpath makes it")
    return faults


def _strangers(
    connection: sqlite3.Connection, found: Mapping[str, Thing], own: set[str]
) -> list[str]:
    """Return which tables that are not the learner's could act on those that are."""
    from llmpath.store.database import schema

    parts = {f"{name}_{part}" for name in schema.INDEXES for part in _PARTS_OF_INDEX}
    faults = []
    for name, thing in found.items():
        if thing.kind != "table" or name in own or name in parts:
            continue
        if thing.sql.upper().startswith("CREATEVIRTUAL"):
            if name not in schema.INDEXES or "usingfts5(" not in thing.sql.lower():
                faults.append(f"it has a virtual table that is not from llmpath ({name})")
            continue
        keys = connection.execute('SELECT "table" FROM pragma_foreign_key_list(?)', (name,))
        if any(str(to).lower() in own for (to,) in keys):
            faults.append(f"it has a table that holds on to learners' data ({name})")
    return faults
