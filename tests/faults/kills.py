"""`kill -9` at a random moment: what was printed is there, and nothing is half there."""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from pathlib import Path

from tests.conftest import Ran
from tests.faults.place import Place, Tally, Tallying, ended

COMMANDS = (
    ("note", "counting", "a thought"),
    ("done", "counting-video", "adding-article", "--minutes", "1", "--note", "both"),
    ("done", "adding-paper", "--minutes", "1"),
    ("undo",),
    ("note", "adding", "another thought"),
)


def killed(process: subprocess.Popen[bytes], after: float) -> Ran:
    """Return what *process* did within *after* seconds; then it is killed."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
    return ended(process)


def moments(length: float, chance: random.Random) -> float:
    """Return a moment in a command that takes *length* seconds, more often near its commit."""
    return chance.uniform(0, length) if chance.random() < 0.3 else chance.uniform(0.6, 1.2) * length


def kills(folder: Path, rounds: int, seed: int = 0) -> Tally:
    """Kill *rounds* commands that each change something."""
    chance = random.Random(seed)
    tallying = Tallying("kill -9 at a random moment")
    place = Place(folder)
    taken = []
    for number in range(5):  # the first makes the database, the second the day's backup
        start = time.perf_counter()
        place.must("note", "counting", f"number {number}")
        taken.append(time.perf_counter() - start)
    length = min(taken)
    landed: Counter[str] = Counter()
    for number in range(rounds):
        words = COMMANDS[number % len(COMMANDS)]
        before = place.snapshot()
        ran = killed(place.start(*words), moments(length, chance))
        after = place.snapshot()
        told, stored = bool(ran.out), after != before
        landed[
            "after its answer"
            if told
            else "between commit and answer"
            if stored
            else "before its commit"
        ] += 1
        tallying.tried += 1
        tallying.codes[ran.code] += 1
        tallying.lost += told and not stored
        for complaint in place.complaints():
            tallying.wrong.append(f"after a killed {' '.join(words)}: {complaint}")
        if number % 10 == 0:
            following = place.run("next")
            tallying.check(following.code == 0, f"the next command: {following.err}")
    tallying.message = ", ".join(f"{count} {where}" for where, count in landed.most_common())
    return tallying.tally()


def killed_beginnings(folder: Path, rounds: int, seed: int = 0) -> Tally:
    """Kill *rounds* first commands: there is a whole database or none."""
    chance = random.Random(seed)
    tallying = Tallying("kill -9 in the first command ever")
    start = time.perf_counter()
    Place(folder / "timed").must("next")
    length = time.perf_counter() - start
    made = 0
    for number in range(rounds):
        place = Place(folder / str(number))
        ran = killed(place.start("note", "counting", "first"), chance.uniform(0.2, 1.1) * length)
        tallying.tried += 1
        tallying.codes[ran.code] += 1
        if place.database.exists():
            made += 1
            tallying.wrong += place.complaints()
            tallying.lost += bool(ran.out) and not place.snapshot().rows
        place.age()
        following = place.run("note", "counting", "next")
        tallying.check(following.code == 0, f"the next command: {following.err}")
        left = sorted(one.name for one in place.data.iterdir() if one.name.endswith(".new"))
        tallying.check(not left, f"left behind: {left}")
    tallying.message = f"{made} left a whole database, {rounds - made} none"
    return tallying.tally()
