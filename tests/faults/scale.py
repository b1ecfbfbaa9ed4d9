"""A great deal of data: a 10 MB note, 5,000 notes, 100,000 events."""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

from llmpath.identity import id_of
from llmpath.store.history.ledger import write_row
from llmpath.store.history.numbers import number
from tests.faults.place import Place, Tally, Tallying

FLOOR = "import typer, rich.console, rich.table, sqlite3"
PAGE = 100_000  # characters: what a daily command shows stays below, however much there is
WORDS = "Queries ask, keys answer, values tell what was asked for. "
DAILY = (
    [],
    ["next"],
    ["next", "--json"],
    ["search", "sums"],
    ["show", "adding-article"],
    ["show", "counting"],
    ["roadmap"],
    ["list"],
    ["start", "adding-article"],
    ["note", "reading", "a thought"],
    ["undo"],
    ["redo"],
    ["log"],
)


def fill(place: Place, events: int, notes: int, note: int) -> None:
    """Give a new learner *events* commands of an event, *notes* notes, and one of *note* bytes."""
    place.must("done", "counting-video")
    connection = sqlite3.connect(place.database, isolation_level=None)
    connection.execute("BEGIN")
    learner = id_of("ada")
    last = connection.execute("SELECT max(seq) FROM command").fetchone()[0]
    minutes, made = 0, 0
    before = json.loads(connection.execute("SELECT after FROM event").fetchone()[0])
    key = {"learner_id": learner, "resource_id": "counting-video"}
    for i in range(events - 1):
        day = f"2025-{1 + i * 12 // events:02}-{1 + i % 28:02}"
        at = f"{day}T12:00:00+00:00"
        last = number(None, last)
        connection.execute(
            "INSERT INTO command VALUES (?, ?, ?, ?, ?, ?, 'live')",
            (last, learner, at, day, "note" if i < notes else "done", f"number {i}"),
        )
        if i < notes:
            made += 1
            body = (WORDS * (1 + note // len(WORDS)))[:note] if i == 0 else f"{WORDS}{i}"
            row = {
                "learner_id": learner,
                "number": made,
                "target": "counting" if i == 0 else "counting-book",
                "body": body.strip(),
                "created_at": at,
                "updated_at": at,
            }
            event = ("note", {"id": f"{i:016x}"}, None, row)
        else:
            minutes += 1
            after = {**before, "minutes": minutes, "updated_at": at}
            event = ("progress", key, before, after)
            before = after
        table, place_, was, is_ = event
        texts = [json.dumps(one, sort_keys=True) if one else None for one in (place_, was, is_)]
        connection.execute(
            'INSERT INTO event (command_seq, entity, "key", "before", "after") VALUES (?,?,?,?,?)',
            (last, table, *texts),
        )
        if table == "note":
            write_row(connection, table, place_, is_)
    write_row(connection, "progress", key, before)
    connection.execute("COMMIT")
    connection.close()


def scale(folder: Path, events: int, notes: int, note: int, passes: int = 1) -> Tally:
    """Work among a great deal of data; look for all of it at the end.

    The daily commands are given *passes* times; the slowest is told, against the floor.
    """
    tallying = Tallying(f"{note / 1e6:g} MB note, {events:,} events, {notes:,} notes")
    place = Place(folder / "place")
    fill(place, events, notes, note)
    for target in ("adding-article", "word-problems"):  # a resource, and a topic
        ran = place.run("note", target, "-", stdin=WORDS.encode() * (note // len(WORDS)))
        tallying.ran(ran, (0,))
    before = place.snapshot()
    times: dict[str, list[float]] = {}
    for _ in range(passes):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", FLOOR], env=place.environ, check=True)
        times.setdefault("floor", []).append(time.perf_counter() - start)
        for words in DAILY:
            start = time.perf_counter()
            ran = place.run(*words)
            times.setdefault(" ".join(words) or "llmpath", []).append(time.perf_counter() - start)
            tallying.ran(ran, (0,))
            tallying.check(len(ran.out) < PAGE, f"{words}: {len(ran.out):,} characters")
    floor, *rest = ((statistics.median(taken), name) for name, taken in times.items())
    slowest = max(rest)
    tallying.message = f"slowest daily command {slowest[0] / floor[0]:.2f} x floor ({slowest[1]})"
    for words in (["notes", "--json"], ["notes"], ["doctor"], ["report"], ["undo"], ["redo"]):
        tallying.ran(place.run(*words), (0,))
    exported = place.folder / "all.json"
    tallying.ran(place.run("export", "json", "-o", str(exported)), (0,))
    other = Place(folder / "other")
    tallying.ran(other.run("import", str(exported)), (0,))
    after = other.snapshot()
    tallying.lost += len(before.rows.keys() - after.rows.keys())
    tallying.check(after == place.snapshot(), "the import is not what was exported")
    tallying.wrong += place.complaints() + other.complaints()
    return tallying.tally()
