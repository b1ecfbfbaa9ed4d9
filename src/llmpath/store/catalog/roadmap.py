"""Read the roadmap as a graph: apart from `reading`, whose values take 1 ms to define."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from llmpath.model import Goal, Node

_NODE = (
    "SELECT id, title, module, track, requires, core, enough, understand, further, aim,"
    " overview FROM topic"
)


def nodes(connection: sqlite3.Connection) -> list[Node]:
    """Return the roadmap as the graph needs it, in map order."""
    return _nodes(connection.execute(f"{_NODE} ORDER BY position"))


def topic_ids(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of all topics."""
    return frozenset(id_ for (id_,) in connection.execute("SELECT id FROM topic"))


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


def as_goals(connection: sqlite3.Connection, ids: Sequence[str], aim: str = "") -> list[Goal]:
    """Return the topics, outcomes, modules and tracks with *ids* as goals, in that order.

    Others are left out. They have the *aim*, where none is given that of their track, or of the
    outcome.
    """
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(
        f"SELECT id, title, {_within('track.id', 'track')}, aim FROM track WHERE id IN ({marks})"
        f" UNION ALL SELECT module.id, module.title, {_within('module.id', 'module')}, track.aim"
        f" FROM module JOIN track ON track.id = module.track WHERE module.id IN ({marks})"
        f" UNION ALL SELECT id, title, topics, aim FROM destination WHERE id IN ({marks})"
        f" UNION ALL SELECT id, title, id, aim FROM topic WHERE id IN ({marks})",
        [*ids, *ids, *ids, *ids],
    )
    found = {
        id_: Goal(id_, title, tuple((topics or "").split()), aim or its_own)
        for id_, title, topics, its_own in rows  # of one id, a topic is the last, and meant
    }
    return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]


def _within(id_: str, part: str) -> str:
    """Return SQL for the ids of all topics of a module or track, in map order."""
    topics = f"SELECT topic.id FROM topic WHERE topic.{part} = {id_} ORDER BY topic.position"
    return f"(SELECT group_concat(id, ' ') FROM ({topics}))"
