"""Odd surroundings: no home, no locale, closed streams, narrow terminals."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import Ran
from tests.faults.place import Place, Tally, Tallying
from tests.rights import unknown_user, without_rights

COMMANDS = (
    [],
    ["next"],
    ["next", "--json"],
    ["roadmap", "--all"],
    ["show", "adding"],
    ["list", "--limit", "0"],
    ["search", "sums"],
    ["report"],
    ["notes"],
    ["log"],
    ["config"],
    ["doctor"],
    ["done", "adding-paper", "--minutes", "1"],
    ["note", "counting", "«naïve» — ✓ 你好 \u202e"],
    ["undo"],
    ["--help"],
    ["next", "--help"],
)
ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "no HOME": {"HOME": None},
    "HOME nowhere": {"HOME": "/nonexistent/home"},
    "no locale": {"LC_ALL": None, "LANG": None},
    "LC_ALL=C, ascii": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    "POSIX without coercion": {
        "LC_ALL": "POSIX",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    },
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "COLUMNS=20": {"COLUMNS": "20"},
    "COLUMNS=0": {"COLUMNS": "0"},
    "TERM unset": {"TERM": None},
    "an unknown zone": {"TZ": "Nowhere/Land"},
    "names that are no text": {"LOGNAME": "a\udcffb", "USER": "\udc80"},
}


def surroundings(folder: Path, one_in: int = 1) -> Tally:
    """Give one in *one_in* of the commands in every surrounding."""
    tallying = Tallying("odd surroundings")
    place = Place(folder / "place")
    place.must("done", "counting-video", "--note", "kept")
    for number, (name, environ) in enumerate(ENVIRONMENTS.items()):
        for words in COMMANDS[number % one_in :: one_in]:
            ran = place.run(*words, environ=environ)
            tallying.ran(ran, (0,))
            tallying.check(bool(ran.out), f"{name}: {words}: nothing on stdout")
            widest = max(map(len, ran.out.splitlines()), default=0)
            if name == "COLUMNS=20" and words and words[0] in ("next", "show") and len(words) < 3:
                tallying.check("--" in words[-1] or widest <= 40, f"{words}: {widest} columns")
    _homes(folder, tallying)
    _streams(place, tallying)
    tallying.wrong += place.complaints()
    return tallying.tally()


def _homes(folder: Path, tallying: Tallying) -> None:
    """Give first commands where there is no place for a database, or no name for the learner."""
    prefix, unknown = without_rights(), unknown_user()
    bare = Place(folder / "bare")
    bare.folder.chmod(0o555)
    environ: dict[str, str | None] = {"LLMPATH_HOME": None, "HOME": str(bare.folder)}
    ran = bare.run("next", environ=environ, prefix=prefix)
    tallying.ran(ran, (5,))
    tallying.check("Cannot create" in ran.err, f"HOME read-only: {ran.err}")
    ran = bare.run(
        "next",
        environ={"LLMPATH_HOME": None, "HOME": None, "XDG_DATA_HOME": "here"},
        prefix=unknown,
    )
    tallying.ran(ran, (0, 5))
    open_ = Place(folder / "open")
    ran = open_.run(
        "user",
        environ={"LOGNAME": None},
        prefix=unknown,
    )
    tallying.ran(ran, (0,))
    if unknown:
        tallying.check("learner" in ran.out, f"an unknown uid: {ran.out}")


def _streams(place: Place, tallying: Tallying) -> None:
    """Close or fill the streams: what is to be kept is kept all the same."""
    program = f"{sys.executable} -m llmpath"
    for redirection, code in (
        ("<&-", 0),
        (">&-", None),
        ("2>&-", 0),
        ("<&- >&- 2>&-", None),
        ("> /dev/full", 1),
        ("2> /dev/full", 0),
        ("| true", None),
    ):
        text = f"through {redirection}"
        done = subprocess.run(
            ["sh", "-c", f"{program} note counting '{text}' {redirection}"],
            env=place.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        ran = Ran(done.returncode, done.stdout, done.stderr)
        tallying.ran(ran, (0, 1) if code is None else (code,))
        tallying.lost += text not in place.must("notes", environ={"COLUMNS": "100"})
        told = (
            "" if ran.code == 0 else "llmpath: It was stored, but the output could not be written"
        )
        tallying.check(ran.err.startswith(told), f"{redirection}: {ran.err}")
    ran = place.run("note", "counting", "-", stdin=b"from a pipe \x1b[31m")
    tallying.ran(ran, (0,))
    for damaged in (b"from a pipe \xff", b"from a pipe \x00"):
        tallying.ran(place.run("note", "counting", "-", stdin=damaged), (4,))
