"""How deep a file may be nested is ours to say, whatever the parser in use makes of depth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from llmpath.catalog import document

DEEP = "nested more than 20 deep. Flatten it."
KEY = "a key must be a word. Put text that starts with it in quotes."
FILE = Path("FILE")
MANY = 1500


def parser(limit: int) -> Any:
    """Return a loader that gives up past *limit* levels while it reads ahead, as libyaml does."""

    class Limited(yaml.SafeLoader):
        def fetch_flow_collection_start(self, kind: Any) -> None:
            if self.flow_level + len(self.indents) >= limit:
                mark = self.get_mark()
                raise yaml.scanner.ScannerError(
                    "while increasing flow level", mark, "exceeded maximum nesting depth", mark
                )
            super().fetch_flow_collection_start(kind)

        def add_indent(self, column: int) -> bool:
            if self.flow_level + len(self.indents) >= limit and self.indent < column:
                mark = self.get_mark()
                raise yaml.scanner.ScannerError(
                    "while increasing block level", mark, "exceeded maximum nesting depth", mark
                )
            return bool(super().add_indent(column))

    return Limited


PARSERS = {
    "installed": document._loader(),
    "Python's": yaml.SafeLoader,
    "limit 21": parser(21),
    "limit 25": parser(25),
    "limit 100": parser(100),
    "limit 1000": parser(1000),
}


@pytest.fixture(params=PARSERS)
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Read a text with one parser after the other; return what is wrong with it."""
    monkeypatch.setattr(document, "_loader", lambda: PARSERS[request.param])

    def read(text: str) -> list[str]:
        try:
            return [str(fault) for fault in document.read_text(FILE, text).faults]
        except document.Unreadable as refused:
            return [str(problem) for problem in refused.problems]

    return read


LATE = "version: 1\nitems:\n" + '  - id: "ä [[[["\n    list: [a, {b: c}]\n' * 10
SYNTAX = "not valid YAML: "

CASES = {
    "lists": ("[" * MANY, f"1:21: {DEEP}"),
    "lists just too deep": ("[" * 21 + "]" * 21, f"1:21: {DEEP}"),
    "mappings": ("{a: " * MANY, f"1:81: {DEEP}"),
    "dashes": ("- " * MANY, f"1:41: {DEEP}"),
    "dashes, then lists": ("- - - - - " + "[" * MANY, f"1:26: {DEEP}"),
    "lists of mappings": ("[{a: " * MANY, f"1:51: {DEEP}"),
    "pairs": ("[a: " * MANY, f"1:41: {DEEP}"),
    "pairs and lists": ("[a: [" * MANY, f"1:35: {DEEP}"),
    "spaced": ("[ \n" * MANY, f"21:1: {DEEP}"),
    "a value": ("a: " + "[" * MANY, f"1:23: {DEEP}"),
    "a value of a list's mapping": ("- a: " + "[" * MANY, f"1:24: {DEEP}"),
    "a later item of a list in brackets": (
        "[\n  ok, [fine], {also: fine}\n  , " + "[" * MANY,
        f"3:24: {DEEP}",
    ),
    "closed before": ("[" + "[x], " * 100 + "[" * MANY, f"1:521: {DEEP}"),
    "late in a file": (LATE + "  - " + "[" * MANY, f"23:23: {DEEP}"),
    "after a long comment": ("# " + "é" * 9000 + "\n" + "[" * MANY, f"2:21: {DEEP}"),
    "brackets in quotes first": ('[ "[[[{{{[[[", ' + "[" * MANY, f"1:35: {DEEP}"),
    "a mistake further in": ("[" * 22 + "@", f"1:21: {DEEP}"),
    "an open quote further in": ("[" * 22 + '"' + "x[" * 9000, f"1:21: {DEEP}"),
    # Where only a key can stand, and where nothing can.
    "for a key": ("a: 1\n" + "[" * MANY, f"2:20: {DEEP}"),
    "for a key that is indented": ("a:\n  b: {c: d}\n  " + "{a: " * MANY, f"3:75: {DEEP}"),
    "for an item": ("- a\n" + "[" * MANY, f"2:20: {DEEP}"),
    "for a key, with an open quote": ("a: 1\n" + "[" * 22 + "'" + "x[" * 9000, f"2:20: {DEEP}"),
    "as a key": ("{" * MANY, f"1:2: {KEY}"),
    "after a missing comma": (
        '["a" "b" ' + "[" * MANY,
        f"1:1: {SYNTAX}a list that is not closed, or is missing a comma. Fix it.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_too_deep_is_told_of_at_the_first_that_is(read: Any, name: str) -> None:
    text, told = CASES[name]
    assert read(text) == [f"FILE:{told}"]


def test_what_stands_after_the_end_is_told_of_where_it_starts(read: Any) -> None:
    for start in ('"a"\n', '[a, "b"]\n', 'a: "b"\n  '):
        (told,) = read(start + "[" * MANY)
        assert told.startswith(f"FILE:2:{start.count(' ') or 1}: {SYNTAX}")
        assert "nest" not in told


SOUND = {
    "twenty deep": "[" * 20 + "]" * 20,
    "as much in quotes": f"[\"{'[' * 500}\", '{'{' * 500}']",
    "as much in a comment": f"a: b  # {'[' * MANY}",
    "as much in a text": f"a: b{'[' * 2000}",
    "as much side by side": f"[{'[], ' * 500}]",
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_not_nested_is_not_counted(read: Any, name: str) -> None:
    assert read(SOUND[name]) == []


CLOSE = "a list that is not closed, or is missing a comma. Fix it."
MISTAKES = {
    "a sign": (f"{'[' * 12}@", "1:13: text cannot start with this character. Put it in quotes."),
    "a quote": (f"{'[' * 12}'[[[[[[[[[[", "1:13: a quote that is never closed. Close it."),
    "a sign after quotes": (
        f'["{"[" * 500}", @',
        "1:506: text cannot start with this character. Put it in quotes.",
    ),
    "a comma": (f"{'[' * 12}'{'[' * 50}' b]", f"1:12: {CLOSE}"),
    "late": (
        LATE + "  - " + "[" * 12 + "@",
        "23:17: text cannot start with this character. Put it in quotes.",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_within_brackets_that_are_not_too_deep_keeps_its_words(
    read: Any, name: str
) -> None:
    text, told = MISTAKES[name]
    place, _, sentence = told.partition(": ")
    assert read(text) == [f"FILE:{place}: {SYNTAX}{sentence}"]


def test_a_bracket_for_a_key_is_told_of_as_before(read: Any) -> None:
    told = "a key without its ': '. Add it, or indent the line."
    assert read("a:\n[[b, c], [[d], e]]\nf: g\n") == [f"FILE:3:1: {SYNTAX}{told}"]


def test_what_was_noted_before_is_told_with_it_once(read: Any) -> None:
    start = "a: &x 1\na: 2\nb: \x07"
    before = [
        "FILE:3:4: U+0007, a control character, is not allowed in text. Remove it.",
        "FILE:1:4: anchor &x is not allowed. Write each value out.",
        "FILE:2:1: key 'a' is already on line 1. Keep one of the two.",
    ]
    assert read(start + "[" * MANY) == [*before, f"FILE:3:24: {DEEP}"]
    anchors = [
        f"FILE:4:{1 + 4 * i}: anchor &x is not allowed. Write each value out." for i in range(20)
    ]
    assert read(start + "\n" + "&x [" * MANY) == [*before, *anchors, f"FILE:4:77: {DEEP}"]
