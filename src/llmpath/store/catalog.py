"""Read the catalog out of the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from llmpath.model import (
    Card,
    Dataset,
    Insight,
    Module,
    Node,
    Prerequisite,
    Resource,
    Source,
    Topic,
    Track,
)
from llmpath.store.selection import Selection, where

_RESOURCE = (
    "resource.id, resource.title, url, kind, level, topics, authors, year, resource.minutes,"
    " essential, summary, sources, also, dataset_rows, dataset_category, dataset_released"
)
_PROGRESS = (
    "LEFT JOIN progress ON progress.resource_id = resource.id AND progress.learner_id = ?"
)

# How `list --sort` orders; the curated order settles ties.
ORDERS = {
    "roadmap": "(SELECT position FROM topic WHERE id = home), resource.position",
    "title": "title COLLATE NOCASE",
    "minutes": "resource.minutes IS NULL, resource.minutes",
    "year": "year IS NULL, year DESC",
    "level": "CASE level WHEN 'beginner' THEN 1 WHEN 'intermediate' THEN 2 ELSE 3 END",
}


def nodes(connection: sqlite3.Connection) -> list[Node]:
    """Return the roadmap as the graph needs it, in map order."""
    rows = connection.execute(
        "SELECT id, title, module, track, requires, core, enough FROM topic ORDER BY position"
    )
    return [Node(a, b, c, d, tuple(e.split()), tuple(f.split()), g) for a, b, c, d, e, f, g in rows]


def tracks(connection: sqlite3.Connection) -> list[Track]:
    """Return the tracks in order."""
    return [
        Track(*row)
        for row in connection.execute("SELECT id, title, summary FROM track ORDER BY position")
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


def topic(connection: sqlite3.Connection, id_: str) -> Topic:
    """Return the topic *id_* with all there is to know; raises KeyError when there is none."""
    row = connection.execute(
        "SELECT id, title, module, summary, core, enough FROM topic WHERE id = ?", (id_,)
    ).fetchone()
    if row is None:
        raise KeyError(id_)

    def rows(sql: str) -> Iterable[Any]:
        return connection.execute(sql, (id_,))

    return Topic(
        *row[:4],
        aliases=tuple(
            alias for (alias,) in rows("SELECT alias FROM alias WHERE topic = ? ORDER BY rowid")
        ),
        requires=tuple(
            Prerequisite(*edge)
            for edge in rows(
                "SELECT requires, because FROM requirement WHERE topic = ? ORDER BY position"
            )
        ),
        core=tuple(row[4].split()),
        enough=row[5],
        cards=tuple(
            Card(*card)
            for card in rows("SELECT id, ask, answer FROM card WHERE topic = ? ORDER BY position")
        ),
        insights=tuple(
            Insight(text, by, bool(opinion))
            for text, by, opinion in rows(
                'SELECT text, "by", opinion FROM insight WHERE topic = ? ORDER BY position'
            )
        ),
    )


def reasons(connection: sqlite3.Connection, needed: str) -> list[Prerequisite]:
    """Return the topics that directly require *needed*, with the reasons, in map order."""
    rows = connection.execute(
        "SELECT requirement.topic, because FROM requirement JOIN topic ON topic.id ="
        " requirement.topic WHERE requirement.requires = ? ORDER BY topic.position",
        (needed,),
    )
    return [Prerequisite(*row) for row in rows]


def resources(
    connection: sqlite3.Connection,
    learner: str,
    selection: Selection,
    order: str = "roadmap",
    limit: int = -1,
) -> list[Resource]:
    """Return the resources of *selection* for *learner*; all of them for a negative *limit*."""
    condition, parameters = where(selection)
    rows = connection.execute(
        f"SELECT {_RESOURCE} FROM resource {_PROGRESS} WHERE {condition}"
        f" ORDER BY {ORDERS[order]}, resource.position LIMIT ?",
        [learner, *parameters, limit],
    )
    return [_resource(row) for row in rows]


def count(connection: sqlite3.Connection, learner: str, selection: Selection) -> int:
    """Return how many resources *selection* means for *learner*."""
    condition, parameters = where(selection)
    row = connection.execute(
        f"SELECT count(*) FROM resource {_PROGRESS} WHERE {condition}", [learner, *parameters]
    ).fetchone()
    return int(row[0])


def by_id(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Resource]:
    """Return the resources with *ids*, by id; ids that the catalog lacks are left out."""
    found: dict[str, Resource] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ", ".join("?" * len(part))
        for row in connection.execute(
            f"SELECT {_RESOURCE} FROM resource WHERE id IN ({marks})", list(part)
        ):
            found[row[0]] = _resource(row)
    return found


def treating(
    connection: sqlite3.Connection, learner: str, topics: Sequence[str], selection: Selection
) -> dict[str, list[Resource]]:
    """Return, for each of *topics*, the resources of *selection* that treat it, in order."""
    condition, parameters = where(selection)
    found: dict[str, list[Resource]] = {}
    for start in range(0, len(topics), 500):
        part = topics[start : start + 500]
        rows = connection.execute(
            f"SELECT topic, {_RESOURCE} FROM resource_topic JOIN resource ON"
            f" resource.position = resource_position {_PROGRESS}"
            f" WHERE topic IN ({', '.join('?' * len(part))}) AND {condition}"
            " ORDER BY resource.position",
            [learner, *part, *parameters],
        )
        for row in rows:
            found.setdefault(row[0], []).append(_resource(row[1:]))
    return found


def minutes(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the minutes of each core resource whose length is known, by id."""
    return dict(
        connection.execute("SELECT id, minutes FROM resource WHERE minutes IS NOT NULL").fetchall()
    )


def _resource(row: Sequence[Any]) -> Resource:
    figures = Dataset(row[13], row[14], row[15]) if row[14] else None
    return Resource(
        *row[:5],
        tuple(row[5].split()),
        tuple(json.loads(row[6])) if row[6] else (),
        row[7],
        row[8],
        bool(row[9]),
        row[10],
        tuple(row[11].split()),
        tuple(row[12].split()),
        (),
        figures,
    )
