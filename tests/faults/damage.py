"""Databases that are damaged, cut, something else, or too new: refused, untouched, restorable."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from pathlib import Path

from tests.faults.place import Place, Tally, Tallying

COMMANDS = (["next"], ["notes"], ["note", "counting", "new"], ["done", "adding-paper"], ["undo"])


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def _another(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cats (name)")
    connection.commit()
    connection.close()


def refused(folder: Path, one_in: int = 1) -> Tally:
    """Put what is no database of ours in its place: refused, untouched, and the way back named.

    Does so in one in *one_in* of the ways there are.
    """
    tallying = Tallying("no database, a newer one, or a cut one")
    template = _template(folder)
    whole = template.database.read_bytes()
    changes = {
        "empty": lambda path: path.write_bytes(b""),
        "a text": lambda path: path.write_text("dear diary\n" * 999),
        "newer": _newer,
        "another program's": _another,
        "zeros": lambda path: path.write_bytes(bytes(len(whole))),
        "header alone": lambda path: path.write_bytes(whole[:100]),
        "a few bytes": lambda path: path.write_bytes(whole[:50]),
        "cut within a page": lambda path: path.write_bytes(whole[: len(whole) // 2 + 99]),
        "cut after a page": lambda path: path.write_bytes(whole[:8192]),
        "first page zero": lambda path: path.write_bytes(bytes(4096) + whole[4096:]),
    }
    for number, (name, change) in enumerate(list(changes.items())[::one_in]):
        place = template.copy(folder / str(number))
        change(place.database)
        before = place.database.read_bytes()
        for words in COMMANDS:
            ran = place.run(*words)
            tallying.ran(ran, (5,))
            tallying.check("llmpath restore" in ran.err, f"{name}: no way back in: {ran.err}")
            tallying.check(len(ran.err.splitlines()) == 2, f"{name}: {ran.err}")
            tallying.check(place.database.read_bytes() == before, f"{name}: bytes changed")
        doctor = place.run("doctor")
        tallying.ran(doctor, (5,))
        tallying.check(place.database.read_bytes() == before, f"{name}: doctor changed bytes")
        _restore(place, template, tallying, name)
    return tallying.tally()


def flipped(folder: Path, rounds: int, seed: int = 0) -> Tally:
    """Flip 1 to 64 random bits: a command works or refuses, and none makes it worse."""
    chance = random.Random(seed)
    tallying = Tallying("bits flipped at random")
    template = _template(folder)
    whole = template.database.read_bytes()
    data = template.snapshot()
    outcomes: Counter[str] = Counter()
    for number in range(rounds):
        place = template.copy(folder / "flipped")
        content = bytearray(whole)
        for _ in range(2 ** chance.randrange(7)):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        place.database.write_bytes(content)
        doctor = place.run("doctor", "--json")
        tallying.ran(doctor)
        tallying.check(place.database.read_bytes() == content, f"{number}: doctor changed bytes")
        outcomes[_outcome(place, data, doctor.code)] += 1
        for words in COMMANDS:
            before = place.database.read_bytes()
            ran = place.run(*words)
            tallying.ran(ran, (0, 3, 5))
            if ran.code:
                tallying.check(place.database.read_bytes() == before, f"{number}: bytes changed")
        _restore(place, template, tallying, str(number))
        place.remove()
    tallying.message = ", ".join(f"{count} {what}" for what, count in outcomes.most_common())
    return tallying.tally()


def _outcome(place: Place, data: object, code: int) -> str:
    """Return whether doctor found the damage, and if not whether there was any to data."""
    if code:
        return "found by doctor"
    try:
        return "harmless" if place.snapshot() == data else "NOT FOUND"
    except sqlite3.Error:
        return "NOT FOUND"


def _template(folder: Path) -> Place:
    place = Place(folder / "template")
    place.must("done", "counting-video", "--minutes", "9", "--note", "kept")
    place.must("know", "reading")
    for number in range(30):
        place.must("note", "adding", f"note {number} " * 20)
    place.must("undo", "3")
    place.must("backup", "-o", str(place.folder / "good.db"))
    return place


def _restore(place: Place, template: Place, tallying: Tallying, name: str) -> None:
    """Restore the good backup; then take that back, byte for byte."""
    broken = place.database.read_bytes()
    ran = place.run("restore", str(template.folder / "good.db"))
    tallying.ran(ran, (0,))
    if ran.code:
        return
    tallying.check(place.snapshot() == template.snapshot(), f"{name}: not restored")
    tallying.wrong += place.complaints()
    listed = json.loads(place.must("backup", "list", "--json"))["backups"]
    asides = [Path(one["path"]) for one in listed if one["kind"] == "before a restore"]
    tallying.check(len(asides) == 1, f"{name}: nothing was kept aside")
    kept = asides[0].read_bytes() if asides else b""
    if kept != broken:  # one that could still be opened is kept as SQLite copied it
        again = place.run("restore", str(asides[0]))
        tallying.ran(again, (0,))
