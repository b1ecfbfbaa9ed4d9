"""Read the roadmap as a graph: apart from `reading`, whose values take 1 ms to define."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from llmpath.model import Node

_NODE = (
    "SELECT id, title, module, track, requires, core, enough, understand, further, aim,"
    " overview FROM topic"
)


def nodes(connection: sqlite3.Connection) -> list[Node]:
    """Return the roadmap as the graph needs it, in map order."""
    return _nodes(connection.execute(f"{_NODE} ORDER BY position"))


def nodes_about(connection: sqlite3.Connection, topics: Collection[str]) -> list[Node]:
    """Return *topics* and what each requires directly, in map order."""
    marks = ", ".join("?" * len(topics))
    rows = connection.execute(
        f"{_NODE} WHERE id IN ({marks})"
        f" OR id IN (SELECT requires FROM requirement WHERE topic IN ({marks})) ORDER BY position",
        [*topics, *topics],
    )
    return _nodes(rows)


def _nodes(rows: sqlite3.Cursor) -> list[Node]:
    return [
        Node(
            id_,
            title,
            module,
            track,
            tuple(requires.split()),
            tuple(core.split()),
            enough,
            tuple(understand.split()),
            tuple(further.split()),
            aim,
            bool(overview),
        )
        for (
            id_,
            title,
            module,
            track,
            requires,
            core,
            enough,
            understand,
            further,
            aim,
            overview,
        ) in rows
    ]
