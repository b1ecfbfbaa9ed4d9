"""Hostile files are refused with an exact message; hostile text is shown and exported harmless."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.hostile import CASES, OBEYED, Hostile, refuse, told, written
from tests.faults.place import TIMEOUT, Place

EXPECTED = written()

# What Rich itself writes on a terminal: colours, and links that say where they lead.
DRAWN = re.compile("\x1b\\[[0-9;]*m|\x1b]8;[^\x1b\x07]*(\x1b\\\\|\x07)")

TEXTS = [
    "[bold]not bold[/bold] [/foo] [link=file:///etc/passwd]x[/link]",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;file:///etc/passwd\x1b\\x",
    "\x9b31mC1 \x90dcs\x9c",
    "abc\u202edef\u2066ghi\u2069 \u200f",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) [y](file:///etc/passwd) ![z](data:text/html,x)",
    "../../../etc/passwd",
    "\r\rover\b\b\bwritten",
    "x" * 1_000_000,
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("hostile") / "place")
    made.must("next")
    return made


@pytest.mark.parametrize("hostile", CASES, ids=lambda one: f"{one.suffix}: {one.name}")
def test_a_hostile_file_is_refused_with_its_place(place: Place, hostile: Hostile) -> None:
    before = place.database.read_bytes()
    refusal = refuse(place, hostile)
    assert refusal.code == 4
    assert told(refusal).rstrip() == EXPECTED[f"{hostile.suffix}: {hostile.name}"].rstrip()
    assert place.database.read_bytes() == before
    assert place.must("notes") == 'No notes.\nWrite one with: llmpath note ID "..."\n'


def test_there_are_thirty_kinds_and_a_message_for_each() -> None:
    assert len(CASES) >= 30
    assert set(EXPECTED) == {f"{one.suffix}: {one.name}" for one in CASES}


def on_a_terminal(place: Place, *words: str) -> str:
    main, side = pty.openpty()
    environ = {"NO_COLOR": None, "LLMPATH_COLOR": "always", "COLUMNS": "100"}
    process = place.start(*words, environ=environ, stdout=side, stderr=side)
    os.close(side)
    parts = []
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        parts.append(part)
    process.wait(TIMEOUT)
    os.close(main)
    return b"".join(parts).decode().replace("\r\n", "\n")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:20]))
def test_a_note_is_shown_and_exported_harmless(tmp_path: Path, text: str) -> None:
    place = Place(tmp_path / "place")
    place.must("note", "counting", "-", stdin=text.encode())
    place.must("done", "counting-video", "--note", "-", stdin=b"")
    for words in (["notes"], ["notes", "--json"], ["show", "counting"], ["report"], ["log"]):
        out = place.must(*words)
        assert OBEYED.search(out) is None
    kept = json.loads(place.must("notes", "--json"))["notes"][0]["body"]
    assert kept == text.replace("\r", "\n").strip()
    for words in (["notes"], ["show", "counting"]):
        drawn = on_a_terminal(place, *words)
        assert OBEYED.search(DRAWN.sub("", drawn)) is None
        assert not re.search("\x1b]8;[^;]*;(?!https?://|\x1b|\x07)", drawn)
    exported = place.must("export", "json")
    assert OBEYED.search(exported) is None
    report = place.must("report")
    assert not re.search(r"(?i)\]\(\s*<?(javascript|file|data):", report)
    assert "<script" not in report


def test_hostile_words_of_an_import_are_shown_harmless(tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    place.must("done", "counting-video")
    document = json.loads(place.must("export", "json"))
    document["tables"]["command"][0]["summary"] = "\x1b]0;title\x07[/foo]\u202e"
    text = json.dumps(document).replace("counting-video", "../\\u001b[31mx")
    (tmp_path / "theirs.json").write_text(text.replace('\\\\"', '\\\\"'), encoding="utf-8")
    ran = place.run("import", str(tmp_path / "theirs.json"), "--replace")
    assert ran.code in (0, 4)
    for words in (["log"], ["doctor"], ["list", "--status", "done"], ["report"], ["log", "--json"]):
        assert OBEYED.search(place.run(*words).out) is None
        assert OBEYED.search(DRAWN.sub("", on_a_terminal(place, *words))) is None


@pytest.mark.parametrize(
    "words",
    [
        [b"note", b"counting", b"\xff\xfe"],
        [b"note", b"\xed\xa0\x80", b"text"],
        [b"search", b"\xff"],
        [b"done", b"\xff"],
        [b"show", b"\xff\x1b[31m"],
        [b"user", b"add", b"\xff"],
        [b"--user", b"\xff", b"next"],
        [b"import", b"\xff.json"],
        [b"restore", b"\xff"],
        [b"catalog", b"validate", b"\xff"],
        [b"config", b"set", b"catalog", b"\xff"],
        [b"config", b"set", b"next.count", b"\xff"],
        [b"\xff"],
        [b"show", b"x" * 100_000],
        [b"search", b"\x1b[31m" * 1000],
        [b"restore", b"x" * 5000],
        [b"note", b"counting", b"--edit", b"99999999999999999999"],
        [b"undo", b"99999999999999999999"],
        [b"done", b"1" * 5000],
    ],
    ids=lambda words: ascii(b" ".join(words)[:30]),
)
def test_a_hostile_argument_gets_a_clear_line(
    place: Place, tmp_path: Path, words: list[bytes]
) -> None:
    own = place.copy(tmp_path / "place")  # with the list of `next`, and nothing of other tests
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"llmpath", *words],
        env=own.environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    err = done.stderr.decode()
    assert "Traceback" not in err
    assert "should not have" not in err
    assert done.returncode in (0, 2, 3, 4)
    assert OBEYED.search(err + done.stdout.decode()) is None
    assert max(map(len, err.splitlines()), default=0) < 1000
    assert done.returncode == 0 or 1 <= len(err.splitlines()) <= 3
