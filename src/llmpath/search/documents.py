"""Read the texts of resources as they were written, by their rows in the index."""

import sqlite3
from collections.abc import Iterable, Sequence

# The columns of the index.
COLUMNS = ("title", "names", "authors", "topics", "aliases", "summary", "facts")


def texts(
    connection: sqlite3.Connection, rows: Iterable[int], columns: Sequence[str] = COLUMNS
) -> dict[int, list[str]]:
    """Return the texts in *columns* of the resources at *rows*, by row.

    Those that the index has folded stand beside it.
    """
    numbers, names = ", ".join(map(str, rows)), ", ".join(columns)
    found: dict[int, list[str]] = {}
    for sql in (
        f"SELECT rowid, {names} FROM resource_index WHERE rowid IN ({numbers})",
        f"SELECT position, {names} FROM written WHERE position IN ({numbers})",
    ):
        found |= {row: one for row, *one in connection.execute(sql)}
    return found
