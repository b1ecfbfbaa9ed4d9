"""Broken and hostile YAML and JSON: refused in bounded time and memory, with an exact message."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.conftest import SMALL, Ran
from tests.faults.place import Place, Tally, Tallying

ROADMAP = (SMALL / "roadmap.yaml").read_text(encoding="utf-8")
MESSAGES = Path(__file__).with_name("hostile.txt")
# What a terminal would obey or hide: controls but line feed and tab, C1, bidirectional marks.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LINES = 5  # of a refusal are held against what was written
EXPORT = Path(__file__).parents[1] / "store" / "fixtures" / "first.json"


class Hostile(NamedTuple):
    """A file: its name for people, its format and its content, or its size when that is all."""

    name: str
    suffix: str
    content: Callable[[], bytes] | int


class Refusal(NamedTuple):
    """What became of a file: exit code, messages, seconds and megabytes."""

    code: int
    err: str
    seconds: float
    megabytes: float


def _yaml(text: str) -> Callable[[], bytes]:
    return lambda: text.encode("utf-8", "surrogatepass")


def _topic(old: str, new: str) -> Callable[[], bytes]:
    """Return the small roadmap with *old* replaced by *new* once."""
    assert old in ROADMAP
    return _yaml(ROADMAP.replace(old, new, 1))


def _export(change: Callable[[dict[str, list[dict[str, object]]]], object]) -> Callable[[], bytes]:
    """Return an export with its tables changed."""

    def content() -> bytes:
        document = json.loads(EXPORT.read_text(encoding="utf-8"))
        change(document["tables"])
        return json.dumps(document).encode()

    return content


def _set(table: str, column: str, value: object) -> Callable[[], bytes]:
    return _export(lambda tables: tables[table][0].update({column: value}))


def _event(column: str, **values: object) -> Callable[[], bytes]:
    def change(tables: dict[str, list[dict[str, object]]]) -> None:
        row = tables["event"][0]
        row[column] = json.dumps({**json.loads(str(row[column])), **values})

    return _export(change)


MEASURED = """
import os, sys, time
start = time.perf_counter()
nowhere = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[nowhere])
_, status, usage = os.wait4(process, 0)
print(os.waitstatus_to_exitcode(status), time.perf_counter() - start, usage.ru_maxrss)
"""
MEGABYTE = 1_000_000
LONG = "x" * MEGABYTE
CASES = [
    Hostile("200,000 nested lists", "yaml", _yaml("[" * 200_000)),
    Hostile("nested mappings", "yaml", _yaml("".join(" " * i + "a:\n" for i in range(2000)))),
    Hostile("a billion laughs", "yaml", _yaml("a: &a [x]\n" + "b: [*a, *a]\n" * 9)),
    Hostile("an anchor", "yaml", _topic("title: Counting", "title: &t Counting")),
    Hostile("a merge key", "yaml", _topic("title: Counting", "<<: {title: x}")),
    Hostile("a tag that runs code", "yaml", _yaml("!!python/object/apply:os.system [id]\n")),
    Hostile("a repeated key", "yaml", _topic("title: Counting", "title: A\n    title: B")),
    Hostile("an escape sequence", "yaml", _topic("title: Counting", 'title: "a\\e[31mb"')),
    Hostile("a raw escape", "yaml", _topic("title: Counting", "title: a\x1b[31mb")),
    Hostile("a C1 control", "yaml", _topic("title: Counting", "title: a\x9b31mb")),
    Hostile("right-to-left override", "yaml", _topic("title: Counting", "title: a\u202eb")),
    Hostile("a NUL", "yaml", _topic("title: Counting", "title: a\0b")),
    Hostile("an encoded surrogate", "yaml", _topic("title: Counting", "title: a\ud800b")),
    Hostile("latin-1", "yaml", lambda: ROADMAP.replace("Counting", "Zählen").encode("latin-1")),
    Hostile("UTF-16", "yaml", lambda: ROADMAP.encode("utf-16")),
    Hostile("../ in an id", "yaml", _topic("id: counting", "id: ../../etc/passwd")),
    Hostile("a line of a megabyte", "yaml", _topic("title: Counting", "title: " + "x" * MEGABYTE)),
    Hostile("a key of a megabyte", "yaml", _topic("title: Counting", f"{LONG}: 1")),
    Hostile(
        "a million items",
        "yaml",
        lambda: b"version: 1\ntracks: []\ntopics:\n" + b"- x\n" * MEGABYTE,
    ),
    Hostile("65 megabytes", "yaml", 65 * 1024 * 1024),
    Hostile("a number of 5,000 digits", "yaml", _topic("version: 1", "version: " + "9" * 5000)),
    Hostile("a list instead", "yaml", _yaml("- topics\n")),
    Hostile("200,000 nested lists", "json", lambda: b"[" * 200_000),
    Hostile("nested objects", "json", lambda: b'{"a":' * 100_000),
    Hostile("257 megabytes", "json", 257 * 1024 * 1024),
    Hostile("20 million objects", "json", lambda: b"[" + b"{}," * (20 * MEGABYTE) + b"{}]"),
    Hostile("a repeated key", "json", lambda: b'{"format": 1, "format": 2}'),
    Hostile("not a number", "json", lambda: b'{"version": NaN}'),
    Hostile("a number of 5,000 digits", "json", lambda: b'{"version": ' + b"9" * 5000 + b"}"),
    Hostile("cut in the middle", "json", lambda: EXPORT.read_bytes()[:3000]),
    Hostile("not UTF-8", "json", lambda: b'{"format": "\xff"}'),
    Hostile("another document", "json", lambda: b'{"hello": "world"}'),
    Hostile("half a surrogate pair", "json", _set("note", "body", "a\ud800b")),
    Hostile("a NUL", "json", _set("note", "body", "a\0b")),
    Hostile("../ in an id", "json", _set("learner", "id", "../../etc/passwd")),
    Hostile("an escape in a name", "json", _set("learner", "name", "a\x1b[31mb")),
    Hostile("a text for a number", "json", _set("progress", "minutes", "many")),
    Hostile("an unknown column", "json", _set("goal", "x; DROP TABLE goal", 1)),
    Hostile("an unknown table", "json", _export(lambda tables: tables.update({"cats": []}))),
    Hostile("a time that is none", "json", _set("command", "at", "yesterday")),
    Hostile("a status that is none", "json", _set("progress", "status", "finished")),
    Hostile("a row of nobody", "json", _set("goal", "learner_id", "nobody")),
    Hostile("an event of another learner", "json", _event("key", learner_id="mallory")),
    Hostile("an event on another table", "json", _set("event", "entity", "sqlite_master")),
    Hostile("an event with other columns", "json", _event("after", seq=1)),
    Hostile("a row without an event", "json", _export(lambda tables: tables["event"].pop(0))),
]


def refuse(place: Place, hostile: Hostile) -> Refusal:
    """Give *hostile* to the command that reads such files; FILE stands for its path in errors."""
    file = place.folder / f"hostile.{hostile.suffix}"
    if isinstance(hostile.content, int):
        with file.open("wb") as sparse:
            sparse.truncate(hostile.content)
    else:
        file.write_bytes(hostile.content())
    words = ["catalog", "validate"] if hostile.suffix == "yaml" else ["import"]
    arguments = [sys.executable, "-m", "llmpath", *words, str(file)]
    # In a child of a small process: what a process has at most is its own, but for what the one
    # that started it has.
    done = subprocess.run(
        [sys.executable, "-S", "-c", MEASURED, *arguments],
        env=place.environ,
        capture_output=True,
        check=True,
    )
    code, seconds, kilobytes = done.stdout.split()
    return Refusal(
        int(code),
        done.stderr.decode("utf-8").replace(str(file), "FILE"),
        float(seconds),
        int(kilobytes) / 1024,
    )


def told(refusal: Refusal) -> str:
    """Return what a learner reads first of a refusal."""
    rows = refusal.err.splitlines()
    return "".join(f"{row[:160]}\n" for row in rows[:LINES])


def written() -> dict[str, str]:
    """Return the messages that are expected, by format and name."""
    blocks = MESSAGES.read_text(encoding="utf-8").split("\n# ")
    return {name: text for name, _, text in (block.partition("\n") for block in blocks[1:])}


def refused(folder: Path, one_in: int = 1) -> Tally:
    """Give one in *one_in* of the files: refused with the message that is expected, all bounded."""
    tallying = Tallying(f"hostile YAML and JSON, {len(CASES[::one_in])} kinds")
    place = Place(folder / "place")
    place.must("done", "counting-video", "--note", "kept")
    before, expected = place.snapshot(), written()
    slowest, largest = (0.0, ""), (0.0, "")
    for hostile in CASES[::one_in]:
        name = f"{hostile.suffix}: {hostile.name}"
        refusal = refuse(place, hostile)
        tallying.ran(Ran(refusal.code, "", refusal.err), (4,))
        tallying.check(told(refusal).rstrip() == expected[name].rstrip(), f"{name}: {refusal.err}")
        slowest = max(slowest, (refusal.seconds, name))
        largest = max(largest, (refusal.megabytes, name))
    tallying.lost += place.snapshot() != before
    tallying.wrong += place.complaints()
    tallying.message = (
        f"at most {slowest[0]:.1f} s ({slowest[1]}) and {largest[0]:.0f} MB ({largest[1]})"
    )
    return tallying.tally()


def main() -> None:
    """Write the messages anew; read the difference before it is kept."""
    text = "What the files of hostile.py are refused with: python -m tests.faults.hostile\n"
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder) / "place")
        place.must("next")
        for hostile in CASES:
            text += f"\n# {hostile.suffix}: {hostile.name}\n{told(refuse(place, hostile))}"
    MESSAGES.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
