"""Read resources out of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from llmpath.model import Dataset, Resource
from llmpath.store.catalog.selection import Selection, where

# The columns of `resource`, as they are written by `row_of` and read by `_resource`.
COLUMNS = (
    "position",
    "id",
    "title",
    "url",
    "kind",
    "level",
    "home",
    "topics",
    "authors",
    "year",
    "minutes",
    "essential",
    "summary",
    "sources",
    "also",
    "dataset_rows",
    "dataset_category",
    "dataset_released",
    "language",
    "upkeep",
    "superseded_by",
    "cost",
    "needs",
    "verified",
    "updated",
    "because",
)
_RESOURCE = ", ".join(f"resource.{name}" for name in COLUMNS if name not in ("position", "home"))
_PROGRESS = "LEFT JOIN progress ON progress.resource_id = resource.id AND progress.learner_id = ?"

# How `list --sort` orders; the curated order settles ties.
ORDERS = {
    "roadmap": "(SELECT position FROM topic WHERE id = home), resource.position",
    "title": "resource.title COLLATE NOCASE",
    "minutes": "resource.minutes IS NULL, resource.minutes",
    "year": "year IS NULL, year DESC",
    "level": "CASE level WHEN 'beginner' THEN 1 WHEN 'intermediate' THEN 2 ELSE 3 END",
}


def order(sort: str) -> str:
    """Return the SQL for an order of ORDERS, with + (rising) or - (falling) or as it is."""
    name, direction = sort.rstrip("+-"), sort[-1:]
    if direction not in ("+", "-") or name == "roadmap":
        return ORDERS[name]
    column = ORDERS[name].removesuffix(" DESC").rpartition(", ")[2]
    missing = f"{column} IS NULL, " if name in ("year", "minutes") else ""
    return f"{missing}{column} {'DESC' if direction == '-' else 'ASC'}"


def select(
    connection: sqlite3.Connection,
    learner: str,
    selection: Selection,
    sort: str = "roadmap",
    limit: int = -1,
) -> list[Resource]:
    """Return the resources of *selection* for *learner*; all of them for a negative *limit*."""
    condition, parameters = where(selection)
    rows = connection.execute(
        f"SELECT {_RESOURCE} FROM resource {_PROGRESS} WHERE {condition}"
        f" ORDER BY {order(sort)}, resource.position LIMIT ?",
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


def by_position(connection: sqlite3.Connection, positions: Sequence[int]) -> dict[int, Resource]:
    """Return the resources at *positions* of the catalog, by position."""
    rows = connection.execute(
        f"SELECT {_RESOURCE}, resource.position FROM resource"
        f" WHERE resource.position IN ({', '.join(map(str, positions))})"
    )
    return {row[-1]: _resource(row[:-1]) for row in rows}


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
    """Return the minutes of each core resource by id, 0 for one of unknown length.

    They stand with the topics: reading all resources for a map takes 100 ms where there are
    100,000 of them.
    """
    found: dict[str, int] = {}
    for core, lengths in connection.execute("SELECT core, core_minutes FROM topic"):
        found.update(zip(core.split(), map(int, lengths.split()), strict=True))
    return found


def _resource(row: Sequence[Any]) -> Resource:
    id_, title, url, kind, level, topics, authors, year, length, essential, summary = row[:11]
    sources_, also, rows, category, released, language = row[11:17]
    upkeep, superseded_by, cost, needs, verified, updated, because = row[17:]
    return Resource(
        id_,
        title,
        url,
        kind,
        level,
        tuple(topics.split()),
        tuple(authors.split("\n")) if authors else (),
        year,
        length,
        bool(essential),
        summary,
        tuple(sources_.split()),
        tuple(also.split()),
        dataset=Dataset(rows, category, released) if category else None,
        language=language,
        upkeep=upkeep,
        superseded_by=superseded_by,
        cost=cost,
        needs=tuple(needs.split()),
        verified=verified,
        updated=updated,
        because=because,
    )


def row_of(position: int, work: Resource) -> tuple[Any, ...]:
    """Return *work*, in a *position* of the catalog, as values of COLUMNS."""
    figures = work.dataset or (None, None, None)
    return (
        position,
        work.id,
        work.title,
        work.url,
        work.kind,
        work.level,
        work.topics[0],
        " ".join(work.topics),
        "\n".join(work.authors),
        work.year,
        work.minutes,
        int(work.essential),
        work.summary,
        " ".join(work.sources),
        " ".join(work.also),
        *figures,
        work.language,
        work.upkeep,
        work.superseded_by,
        work.cost,
        " ".join(work.needs),
        work.verified,
        work.updated,
        work.because,
    )
