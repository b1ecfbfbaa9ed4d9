"""Other programs and terminals at the same time: nothing lost, nothing doubled."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from tests.conftest import Ran
from tests.faults.place import Place, Tally, Tallying, ended

SHAPES = (
    ["note", "counting", "{}"],
    ["spent", "1", "counting-video", "--note", "{}"],
    ["spent", "1", "adding-article,", "adding-paper", "--note", "{}"],
)


def terminals(folder: Path, count: int, commands: int) -> Tally:
    """Let *count* terminals give *commands* commands each, as fast as they can."""
    tallying = Tallying(f"{count} terminals x {commands} commands")
    place = Place(folder)
    works = ("counting-video", "adding-article", "adding-paper")
    place.must("done", *works, "--minutes", "1")  # a total, which each sitting adds to
    told: list[tuple[list[str], Ran]] = []

    def terminal(name: str) -> None:
        for number in range(commands):
            shape = SHAPES[number % len(SHAPES)]
            words = [word.format(f"{name}-{number}") for word in shape]
            told.append((words, place.run(*words)))

    threads = [threading.Thread(target=terminal, args=(f"t{i}",)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection = sqlite3.connect(place.database)
    bodies = [body for (body,) in connection.execute("SELECT body FROM note")]
    numbers = [number for (number,) in connection.execute("SELECT number FROM note")]
    minutes = dict(connection.execute("SELECT resource_id, minutes FROM progress"))
    logged = connection.execute("SELECT count(*) FROM command").fetchone()[0]
    connection.close()
    done = [words for words, ran in told if ran.code == 0 and ran.out]
    for words, ran in told:
        tallying.ran(ran, (0,))
        expected = 1 + ("adding-paper" in words)
        found = bodies.count(words[-1])
        tallying.lost += max(0, expected - found) if ran.code == 0 else 0
        tallying.check(found <= expected, f"doubled: {words}")
    tallying.check(logged == len(done) + 1, f"{len(done)} done, {logged} in the log")
    tallying.check(sorted(numbers) == list(range(1, len(numbers) + 1)), "note numbers clash")
    for resource in works:
        wanted = 1 + sum(any(word.strip(",") == resource for word in words) for words in done)
        tallying.check(minutes.get(resource, 0) == wanted, f"{resource}: {minutes} for {wanted}")
    tallying.wrong += place.complaints()
    return tallying.tally()


def first_runs(folder: Path, rounds: int) -> Tally:
    """Give two first commands at once, *rounds* times."""
    tallying = Tallying("two first runs at once")
    for number in range(rounds):
        place = Place(folder / str(number))
        started = [place.start("note", "counting", f"first {i}") for i in range(2)]
        for ran in [ended(process) for process in started]:
            tallying.ran(ran, (0,))
            tallying.lost += ran.code == 0 and not ran.out
        bodies = [json for (table, _), json in place.snapshot().rows.items() if table == "note"]
        tallying.lost += 2 - len(bodies)
        tallying.wrong += place.complaints()
        names = sorted(one.name for one in place.data.iterdir() if one.name.startswith("."))
        tallying.check(not names, f"left behind: {names}")
    return tallying.tally()


def undo_against_done(folder: Path, rounds: int) -> Tally:
    """Take back in one terminal while the other goes on, *rounds* times."""
    tallying = Tallying("undo against done")
    place = Place(folder)
    place.must("note", "counting", "first")
    for number in range(rounds):
        before = place.snapshot()
        done = place.start("note", "adding", f"number {number}")
        undone = place.start("undo")
        for ran in (ended(done), ended(undone)):
            tallying.ran(ran, (0,))
        after = place.snapshot()
        # Either the new note is taken back, or the last command before it.
        tallying.check(
            len(after.rows) == len(before.rows), f"{len(before.rows)} rows, then {len(after.rows)}"
        )
        tallying.check(
            sum(standing == "live" for standing in after.standing.values())
            == sum(standing == "live" for standing in before.standing.values()),
            "live commands do not add up",
        )
        tallying.lost += len(after.standing) != len(before.standing) + 1
        tallying.wrong += place.complaints()
    return tallying.tally()


def locked(folder: Path, at_once: int) -> Tally:
    """Hold the database while *at_once* commands want to write; reading goes on meanwhile."""
    tallying = Tallying("database locked by another program")
    place = Place(folder)
    place.must("note", "counting", "first")
    before = place.snapshot()
    holder = sqlite3.connect(place.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    reading = place.run("next")
    tallying.ran(reading, (0,))
    started = [place.start("note", "counting", f"waits {i}") for i in range(at_once)]
    for process in started:
        ran = ended(process)
        tallying.ran(ran, (5,))
        tallying.check(not ran.out, f"said to be done: {ran.out}")
    patient = place.start("note", "counting", "let through")
    try:
        patient.wait(1)
    except Exception:  # it waits, as it should
        holder.execute("ROLLBACK")
    ran = ended(patient)
    tallying.ran(ran, (0,))
    holder.close()
    tallying.check(len(place.snapshot().rows) == len(before.rows) + 1, "rows do not add up")
    tallying.wrong += place.complaints()
    return tallying.tally()
