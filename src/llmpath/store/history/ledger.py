"""The learner's tables as the log knows them: their columns, and their rows one by one."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

# Table -> its key columns and its other columns. A test holds them against the declared tables.
LEDGER: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "progress": (
        ("learner_id", "resource_id"),
        ("status", "started_at", "finished_at", "minutes", "rating", "updated_at"),
    ),
    "topic_mark": (("learner_id", "topic_id"), ("mark", "marked_at")),
    "goal": (("learner_id", "topic_id"), ("set_at", "aim", "until", "place")),
    "note": (
        ("id",),
        ("learner_id", "number", "target", "body", "created_at", "updated_at"),
    ),
    "ignored_prerequisite": (("learner_id", "topic_id", "requires_id"), ("ignored_at",)),
    "plan": (
        ("learner_id",),
        ("topics", "depth", "hours", "until", "pace", "starts_on", "made_at", "aim", "off"),
    ),
    "plan_step": (
        ("learner_id", "position"),
        ("week", "topic_id", "resource_id", "minutes", "part", "parts"),
    ),
    "sitting": (("id",), ("learner_id", "resource_id", "day", "minutes", "logged_at")),
}

# Columns that hold ids of the catalog, which it may rename.
REFERENCES = ("resource_id", "topic_id", "requires_id", "target")
UNDOING = "command"  # the entity of an event that says a command was undone or redone
FOLLOWS = "{}"  # in `said`: the event merely follows from others of its command

Row = dict[str, Any]


class Event(NamedTuple):
    """An event: a row as it was before a command and after it; texts are JSON, None is no row.

    Where a merge has put the row together from what several machines knew, `said` is what this
    command's own machine saw and wrote: {"before": row, "after": row}. None means just before and
    after, FOLLOWS that its machine wrote nothing there.
    """

    entity: str
    key: str
    before: str | None
    after: str | None
    said: str | None = None


def read_row(connection: sqlite3.Connection, table: str, key: Row) -> Row | None:
    """Return the other columns of the row of *table* under *key*, or None."""
    keys, columns = LEDGER[table]
    row = connection.execute(
        f"SELECT {', '.join(columns)} FROM {table} WHERE {' AND '.join(f'{k} = ?' for k in keys)}",
        [key[k] for k in keys],
    ).fetchone()
    return dict(zip(columns, row, strict=True)) if row else None


def write_row(connection: sqlite3.Connection, table: str, key: Row, values: Row | None) -> None:
    """Make the row of *table* under *key* have *values*, or remove it for None."""
    keys, columns = LEDGER[table]
    if values is None:
        where = " AND ".join(f"{k} = ?" for k in keys)
        connection.execute(f"DELETE FROM {table} WHERE {where}", [key[k] for k in keys])
        return
    names = (*keys, *columns)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET"
        f" {', '.join(f'{c} = excluded.{c}' for c in columns)}",
        [*(key[k] for k in keys), *(values.get(c) for c in columns)],
    )


def former_ids(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the ids that the catalog had before, and what each is now; none without a catalog."""
    try:
        return dict(connection.execute("SELECT former, id FROM renamed"))
    except sqlite3.OperationalError:
        return {}  # the derived tables are still to be made


def present_row(row: Row, names: Mapping[str, str]) -> Row:
    """Return *row* with ids of before replaced by the present ones in *names*."""
    return {
        column: names.get(value, value) if column in REFERENCES else value
        for column, value in row.items()
    }


def row_text(row: Row) -> str:
    """Return *row* as events have it."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
