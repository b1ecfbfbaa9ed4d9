"""Time the daily commands of a learner with a great deal of data: `python -m bench.scale_log`.

The learner has 100,000 events in the log, 5,000 notes on the resources of the shipped catalog and
one note of 10 MB. Each command may take twice the floor.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from pathlib import Path

from tests.faults.place import Place
from tests.faults.scale import fill

from bench.commands import LARGE, Case, cases, measure, surroundings
from llmpath.catalog import locate
from llmpath.store.opening import open_database

EVENTS, NOTES, LONGEST = 100_000, 5_000, 10_000_000
READ = "illustrated-transformer"  # what all the progress is on, and the long note


def spread(connection: sqlite3.Connection) -> None:
    """Give the learner's notes to the resources of the catalog, and the progress to one of them.

    The trial that makes the data uses a small catalog; what it wrote stays as long and as many.
    """
    (size,) = connection.execute("SELECT count(*) FROM resource").fetchone()
    connection.execute("BEGIN")
    connection.execute(
        "UPDATE note SET target = CASE WHEN length(body) > 100000 THEN ?"
        " ELSE (SELECT id FROM resource WHERE position = 1 + number % ?) END",
        (READ, size),
    )
    connection.execute(
        "UPDATE event SET after = json_set(after, '$.target', (SELECT target FROM note"
        " WHERE note.id = json_extract(key, '$.id'))) WHERE entity = 'note'"
    )
    connection.execute("UPDATE progress SET resource_id = ?", (READ,))
    connection.execute(
        "UPDATE event SET key = json_set(key, '$.resource_id', ?) WHERE entity = 'progress'",
        (READ,),
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def build(folder: Path, events: int, notes: int, longest: int) -> Path:
    """Make such a learner's database below *folder*; return where llmpath finds it."""
    place = Place(folder)
    fill(place, events, notes, longest)
    connection = open_database(place.database, locate.files()).connection
    spread(connection)
    connection.close()
    return place.data


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each command")
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--notes", type=int, default=NOTES)
    parser.add_argument("--longest", type=int, default=LONGEST, help="bytes of the longest note")
    parser.add_argument("--folder", type=Path, help="where to make the database")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="llmpath-log-", dir=options.folder))
    try:
        home = build(folder, options.events, options.notes, options.longest)
        size = (home / "llmpath.db").stat().st_size / 1e6
        title = f"{options.events:,} events, {options.notes:,} notes, {size:.0f} MB"
        environ = {**surroundings(home), "LOGNAME": "ada"}
        rows = [case._replace(budget=LARGE) for case in cases() if case.daily]
        rows += [
            Case(f"{' '.join(words)}, terminal", words, True, LARGE)
            for words in (["show", READ], ["log"], ["list"], ["search", "queries", "ask"])
        ]
        measure(title, rows, environ, options.runs)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
