"""Cutting, wrapping and measuring text; nothing that a terminal would obey gets through."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.render import json as shapes
from llmpath.render import terminal
from llmpath.render.layout import (
    Span,
    bar,
    beside,
    cut,
    cut_apart,
    harmless,
    length,
    line,
    pad,
    paragraph,
    told,
    width_of,
    wrap,
)

TEXTS = st.text(st.characters(exclude_categories=[]), max_size=60)
HOSTILE = "\x1b[31mred\x1b]8;;https://evil.example\x07\x9b5m\u202eabc\u2066\x00\r\n\u2028\ud800"


@given(TEXTS, st.integers(1, 40))
def test_cut_never_exceeds_the_width(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width


@given(TEXTS, st.integers(1, 40), st.booleans())
def test_pad_fills_the_width_exactly(text: str, width: int, right: bool) -> None:
    assert width_of(pad(text, width, right)) == width


@given(TEXTS, st.integers(4, 40))
def test_wrap_keeps_every_word_within_the_width(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert all(width_of(row) <= width for row in rows)
    assert "".join(rows).replace(" ", "") == harmless(" ".join(text.split())).replace(" ", "")


def test_wide_signs_take_two_columns() -> None:
    assert width_of("人工智能") == 8
    assert cut("人工智能", 5) == "人工…"
    assert width_of("e\u0301") == 1


def test_a_long_word_is_broken_where_it_fits_on_no_line() -> None:
    assert wrap("a " + "x" * 25, 10) == ["a xxxxxxxx", "xxxxxxxxxx", "xxxxxxx"]


def test_a_paragraph_is_indented() -> None:
    rows = paragraph("one two three", 11, 4)
    assert ["".join(span.text for span in row) for row in rows] == ["    one two", "    three"]


@pytest.mark.parametrize(
    ("part", "full"), [(0, 0), (0.001, 1), (0.5, 5), (0.96, 9), (0.999, 9), (1, 10)]
)
def test_a_bar_is_full_only_when_all_is_done(part: float, full: int) -> None:
    done, rest = bar(part, 10)
    assert (len(done.text), len(rest.text)) == (full, 10 - full)


def test_a_bar_without_room_is_empty() -> None:
    assert [span.text for span in bar(0.5, 0)] == ["", ""]


@given(TEXTS)
def test_what_is_shown_holds_no_control(text: str) -> None:
    out = io.StringIO()
    terminal.show([line((text, "title"))], "auto", out)
    shown = out.getvalue().removesuffix("\n")
    assert all(char.isprintable() or char in "\u200c\u200d" for char in shown)


def test_hostile_text_is_shown_harmless() -> None:
    assert harmless(HOSTILE).rstrip() == "[31mred]8;;https://evil.example5mabc"
    spaced = "no\u00a0break\u3000wide\u2028line\tstop\u200bped"
    assert harmless(spaced) == "no break wide line stopped"


def test_json_escapes_what_a_terminal_would_obey() -> None:
    text = shapes.text({"title": HOSTILE})
    assert text.isprintable() or all(char.isprintable() or char in "\n " for char in text)
    import json

    assert json.loads(text)["title"] == HOSTILE


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_colour_and_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    out = Terminal()
    terminal.show([(Span("Title", "title", "https://x.example/"),)], "auto", out)
    assert "\x1b]8;" in out.getvalue()
    assert "https://x.example/" in out.getvalue()
    assert "\x1b[1m" in out.getvalue()


def test_no_color_leaves_colour_out() -> None:
    out = Terminal()
    terminal.show([line(("ready", "ready"))], "never", out)
    assert "36m" not in out.getvalue()


def test_a_link_that_is_no_web_address_is_not_linked() -> None:
    out = Terminal()
    terminal.show([(Span("x", "", "javascript:alert(1)"),)], "always", out)
    assert "javascript" not in out.getvalue()


def test_an_output_without_the_signs_gets_others() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii", errors="strict")
    terminal.show([line("├─ ✓ Naïve … 人")], "auto", out)
    out.flush()
    assert raw.getvalue() == b"|- x Na?ve ... ?\n"


@pytest.mark.parametrize(
    ("columns", "width"), [("60", 60), ("500", 100), ("5", 20), ("x", 80), ("0", 80)]
)
def test_the_width_is_that_of_the_window_within_reason(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal.width() == width


def test_what_would_be_cut_alike_is_cut_in_its_middle() -> None:
    titles = ["Machine learning concepts", "Machine learning libraries", "Python", "Python"]
    assert cut_apart(titles, 14) == ["Machine…ncepts", "Machine…raries", "Python", "Python"]
    assert cut_apart(titles, 30) == titles


@given(st.lists(TEXTS, max_size=6), st.integers(1, 40))
def test_what_is_cut_apart_fits(texts: list[str], width: int) -> None:
    found = cut_apart(texts, width)
    assert len(found) == len(texts)
    assert all(width_of(text) <= width for text in found)


def test_a_command_and_a_path_are_told_whole() -> None:
    text = "The learner was removed. Bring them back with: llmpath user restore 'Bo Li'"
    assert told(text, 32) == [
        "The learner was removed. Bring",
        "them back with:",
        "llmpath user restore 'Bo Li'",
    ]
    assert told(text, 12)[-1] == "llmpath user restore 'Bo Li'"
    path = "/a/long/folder/with/a/long/name/llmpath.db"
    assert told(f"Cannot write {path}: no room.", 30, 2) == [
        "Cannot write",
        f"  {path}:",
        "  no room.",
    ]
    named = "Name a topic (llmpath path rag) or set one: llmpath goal rag"
    assert told(named, 24) == [
        "Name a topic",
        "(llmpath path rag) or",
        "set one:",
        "llmpath goal rag",
    ]
    assert told("", 24) == []


@given(st.text("abc :/(),", max_size=80), st.integers(1, 40), st.integers(0, 4))
def test_telling_breaks_only_between_words(text: str, width: int, indent: int) -> None:
    rows = told(text, width, indent)
    assert " ".join(" ".join(rows).split()) == " ".join(text.split())
    assert all(width_of(row) <= width or len(row.split()) == 1 for row in rows)


def test_a_path_with_spaces_stays_whole_to_be_copied() -> None:
    path = "/home/ann/my study/drafts/note.md"
    assert told(f"Your text is kept in {path}", 30) == ["Your text is kept in", path]


@given(st.lists(st.lists(TEXTS, max_size=4), min_size=1, max_size=3), st.integers(12, 30))
def test_columns_beside_each_other_begin_where_each_begins(
    texts: list[list[str]], width: int
) -> None:
    columns = [[line(cut(text, width)) for text in column] for column in texts]
    rows = beside(columns, width, 2)
    assert len(rows) == max(map(len, columns))
    for number, row in enumerate(rows):
        assert length(row) <= len(columns) * (width + 2)
        shown = "".join(span.text for span in row)
        for place, column in enumerate(columns):
            if number < len(column) and shown.isascii():
                start = place * (width + 2)
                said = column[number][0].text
                assert shown[start : start + len(said)] == said
