"""Plain mode says everything in words; a pipe gets no bars, and `color = never` no escapes."""

from __future__ import annotations

import io
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from unicodedata import category

import pytest

from llmpath.render import plainly, terminal
from llmpath.render.layout import Line, Span, bar, line
from llmpath.render.signs import SIGN_OF, SIGNS
from llmpath.vocab import State, Status
from tests.cli.story import STORIES
from tests.conftest import Run

DRAWING = re.compile("[\u2190-\u21ff\u2500-\u27bf…·\x1b]")


def plain(*rows: Line) -> list[str]:
    return list(plainly.rows(rows))


def test_signs_are_words_and_columns_are_parted() -> None:
    assert plain(line(" 1  ", SIGN_OF[Status.DOING], " ", ("A title", "title"), ("  video", "dim")))
    assert plain(
        line(Span("├─ ", "tree"), SIGNS[State.LOCKED], " ", "Attention   ", *bar(0.5, 8), "  1 h")
    ) == ["locked: Attention, 1 h"]
    assert plain(line(("  1  ", "number"), ("Learn → Build", "title"), ("  video", "dim"))) == [
        "  1: Learn → Build, video"
    ]
    topic = [Span("Topic  "), SIGNS[State.LOCKED], Span(" "), Span("Attention", "title")]
    assert plain((*topic, Span(": locked, 0 of 3 done", "dim"))) == [
        "Topic: locked: Attention: 0 of 3 done"
    ]
    assert plain((*topic, Span("  locked      3 h", "dim"))) == ["Topic: locked: Attention, 3 h"]
    assert plain((*topic, Span("  lockedness", "dim"))) == ["Topic: locked: Attention, lockedness"]
    assert plain(line(("Kind      ", "dim"), "video, → then")) == ["Kind: video, to then"]
    assert plain(line("  words         1,512")) == ["  words: 1,512"]
    assert plain(line(*bar(0.5, 20)), ()) == [""]


@pytest.mark.parametrize("name", [state for state in (*State, *Status) if state != "todo"])
def test_every_state_has_a_word(name: State | Status) -> None:
    signs = [SIGNS.get(name), SIGN_OF.get(name)]  # type: ignore[call-overload]
    assert [sign.word for sign in signs if sign] == [
        "in progress" if name == "doing" else name for sign in signs if sign
    ]


def test_a_long_line_is_broken_between_words() -> None:
    rows = list(plainly.rows([line("word " * 30)], 40))
    assert len(rows) == 5
    assert max(map(len, rows)) <= 40
    inner = list(plainly.rows([line("    " + "word " * 30)], 40))
    assert [len(row) - len(row.lstrip()) for row in inner[:2]] == [4, 6]
    assert max(map(len, inner)) <= 40


@pytest.mark.parametrize("story", STORIES)
def test_no_page_of_a_story_draws_in_plain_mode(
    story: str, shipped: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles and notes keep their own signs: what is drawn stands in what was not asked plainly."""
    monkeypatch.setenv("LLMPATH_PLAIN", "yes")
    for number, typed in enumerate(every for day in STORIES[story].values() for every in day):
        command = shlex.split(typed.partition(" < ")[0])
        if command[:1] in (["place"], ["config"]):
            continue
        monkeypatch.setenv(
            "LLMPATH_NOW", f"2026-03-{10 + number // 20}T18:{number % 60:02}:00+00:00"
        )
        out = said(run, command)
        assert not DRAWING.findall(out), typed


def said(run: Run, command: Sequence[str]) -> str:
    """Return what *command* prints, whether it succeeds or not."""
    for code in (0, 3, 2):
        try:
            ran = run(*command, code=code)
        except AssertionError:
            continue
        return ran.out + ran.err
    raise AssertionError(f"{command} fails otherwise")


EVERY = """
roadmap --all; path rag; goal; plan; next; show rag; show attention; why rag; search attention;
list --topic rag; notes; log; user list; catalog stats; doctor; today; config; report; define RAG;
related learn-python-freecodecamp; search is:known; plan --all; backup list
"""


def test_states_are_told_in_words_on_every_page(shipped: Path, run: Run) -> None:
    run("goal", "rag")
    run("plan", "--hours", "3")
    run("know", "linear-algebra", "-y")
    run("start", "attention is all you need")
    run("skip", "calculus", "-y")
    run("note", "rag", "Words.")
    run("shaky", "linear-algebra", "-y")
    for typed in EVERY.replace("\n", " ").split(";"):
        out = said(run, [*typed.split(), "--plain"])
        assert not DRAWING.findall(out), typed
        assert not any(category(char) == "So" for char in out), typed
    out = run("roadmap", "--all", "--plain").out
    for word in ("known: Linear algebra", "skipped: Calculus", "ready: ", "locked: "):
        assert word in out
    assert "in progress: Attention Is All You Need" in run("list", "is:doing", "--plain").out


@pytest.mark.parametrize("typed", ["roadmap --all", "", "goal", "catalog stats"])
def test_a_pipe_gets_neither_bars_nor_trees(shipped: Path, run: Run, typed: str) -> None:
    run("goal", "rag")
    assert not re.search("[─━├└│]", run(*typed.split()).out)


def test_columns_stay_aligned_without_bars(shipped: Path, run: Run) -> None:
    rows = run("roadmap", "--all").out.splitlines()
    ends = {len(row) for row in rows if row.endswith((" h", " min"))}
    assert len(ends) == 1


ROWS = [line(("Bold", "title"), Span(" linked", "", "https://a.example"), " ", *bar(0.5, 4))]


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("color", "links", "shown"),
    [
        ("never", True, "Bold linked ━━──\n"),
        ("always", False, "\x1b[1mBold\x1b[0m linked \x1b[32m━━\x1b[0m\x1b[2m──\x1b[0m\n"),
    ],
)
def test_no_colour_means_no_escape_and_links_can_be_turned_off(
    color: str, links: bool, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR")
    screen = Screen()
    terminal.show(ROWS, color, screen, links=links)
    assert screen.getvalue() == shown


@pytest.mark.parametrize("name", ["LLMPATH_COLOR=never", "LLMPATH_PLAIN=1", "NO_COLOR=1"])
def test_nothing_is_sent_to_a_terminal_but_text(
    shipped: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "\x1b" in run("roadmap").out
    monkeypatch.setenv(*name.split("="))
    assert "\x1b" not in run("roadmap").out


@pytest.mark.parametrize("value", ["yes", "1", "true", "on"])
def test_plain_is_switched_on_by_any_word_for_yes(
    shipped: Path, run: Run, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    run("config", "set", "plain", value)
    assert run("config", "get", "plain").out == "yes\n"
    monkeypatch.setenv("LLMPATH_PLAIN", "off")
    assert " · " in run("roadmap", "--all").out
