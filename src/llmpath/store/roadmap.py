"""Read the roadmap as a graph."""

from __future__ import annotations

import sqlite3

from llmpath.model import Node


def nodes(connection: sqlite3.Connection) -> list[Node]:
    """Return the roadmap as the graph needs it, in map order."""
    rows = connection.execute(
        "SELECT id, title, module, track, requires, core, enough FROM topic ORDER BY position"
    )
    return [Node(a, b, c, d, tuple(e.split()), tuple(f.split()), g) for a, b, c, d, e, f, g in rows]
