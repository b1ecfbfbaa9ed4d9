"""Lay a catalog file out in its one canonical way, so that changes to it stay small.

Keys in the order of the entries' definition; prose folded; lists of names in brackets; an empty
line between resources, topics and terms. Values and comments stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import dumps
from typing import Any

import yaml

from llmpath.catalog.comments import Comments, comments
from llmpath.catalog.document import Document, Location, Unreadable, read_text
from llmpath.catalog.entries import Entry, known_keys

PROSE_KEYS = ("summary", "answer", "text", "definition")  # keys whose texts are folded
ON_A_LINE = ("sources", "modules", "dataset", "everyday")  # keys whose entries stand in { }
SPACED_KEYS = ("resources", "topics", "terms")  # keys whose entries have an empty line between them
FOLD_COLUMNS = 98  # columns of folded prose, from the margin of its key
LINE_COLUMNS = 110  # columns of a list that may stay on its line
WRAPPED_COLUMNS = 100  # columns of a list that may not

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=][^\n\t]*")
_WORDS = re.compile(r"(?i)yes|no|on|off|true|false|null|y|n|~")  # not texts to every reader
# What may stand in a file as it is; everything else is written as an escape.
_ODD = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class Changed(Exception):
    """The layout would not read as the same values: it is not to be used."""


def laid_out(document: Document, file: type[Entry]) -> str:
    """Return the text of *document*, a catalog *file* with keys, in its canonical layout.

    The layout of a layout is itself. Raises Changed rather than return other values.
    """
    text = _Layout(file, comments(document)).text(document.value)
    try:
        after = read_text(document.path, text)
    except Unreadable:
        raise Changed(str(document.path)) from None
    if after.faults or _exact(after.value) != _exact(document.value):
        raise Changed(str(document.path))
    return text


def _exact(value: Any) -> str:
    return dumps(value, sort_keys=True)  # unlike ==, tells true from 1


class _Layout:
    def __init__(self, file: type[Entry], kept: Comments) -> None:
        self.file = file
        self.kept = kept

    def text(self, value: dict[str, Any]) -> str:
        rows = [*self.kept.before.get((), []), *self._mapping(value, ()), *self.kept.end]
        return "\n".join(rows) + "\n"

    def _above(self, location: Location, margin: str) -> list[str]:
        rows = self.kept.before.get(location, []) if location else []
        return [margin + row if row else "" for row in rows]

    def _beside(self, location: Location, row: str) -> str:
        comment = self.kept.beside.get(location)
        return f"{row}  {comment}" if comment else row

    def _mapping(self, entry: dict[str, Any], location: Location) -> list[str]:
        rows = []
        for key, value in self._ordered(entry, location):
            here = (*location, key)
            rows += self._above(here, _margin(location))
            rows += self._pair(key, value, here, _margin(location))
        return rows

    def _ordered(self, entry: dict[str, Any], location: Location) -> list[tuple[str, Any]]:
        rank = {key: i for i, key in enumerate(known_keys(self.file, location))}
        return sorted(entry.items(), key=lambda pair: rank.get(pair[0], len(rank)))

    def _inline(self, entry: dict[str, Any], location: Location) -> str:
        pairs = self._ordered(entry, location)
        return "{" + ", ".join(f"{scalar(k, True)}: {scalar(v, True)}" for k, v in pairs) + "}"

    def _pair(self, key: str, value: Any, here: Location, margin: str) -> list[str]:
        start = f"{margin}{scalar(key, True)}:"
        if isinstance(value, str):
            first, *rest = _text(key, value, margin)
            return [self._beside(here, f"{start} {first}"), *rest]
        if isinstance(value, list) and value and not self._flows(value, here):
            rows = [self._beside(here, start)]
            return rows + self._sequence(value, here, key)
        if isinstance(value, dict) and value:
            if key in ON_A_LINE and self._flows(value, here):
                return [self._beside(here, f"{start} {self._inline(value, here)}")]
            return [self._beside(here, start), *self._mapping(value, here)]
        if isinstance(value, list) and value:
            return self._names(start, value, here, margin)
        return [self._beside(here, f"{start} {scalar(value)}")]

    def _flows(self, value: Any, here: Location) -> bool:
        """Say whether *value* may stand in brackets: single values, without comments in a {}."""
        if isinstance(value, dict):
            parts = list(value.values())
            if self.kept.within(here):
                return False
        else:
            parts = value
        return not any(isinstance(part, list | dict) for part in parts)

    def _names(self, start: str, names: Sequence[Any], here: Location, margin: str) -> list[str]:
        items = [scalar(name, True) for name in names]
        single = f"{start} [{', '.join(items)}]"
        if self.kept.within(here):
            rows = []
            for i, item in enumerate(items):
                rows += self._above((*here, i), f"{margin}    ")
                rows.append(self._beside((*here, i), f"{margin}    {item},"))
        elif len(single) <= LINE_COLUMNS:
            return [self._beside(here, single)]
        else:
            rows = [f"{margin}    {row}," for row in _rows(items, WRAPPED_COLUMNS - len(margin))]
        return [self._beside(here, start), f"{margin}  [", *rows, f"{margin}  ]"]

    def _sequence(self, items: list[Any], location: Location, key: str) -> list[str]:
        margin = _margin(location)
        rows: list[str] = []
        for i, item in enumerate(items):
            here = (*location, i)
            if i and location in {(name,) for name in SPACED_KEYS}:
                rows.append("")
            rows += self._above(here, margin)
            if isinstance(item, dict) and item:
                if key in ON_A_LINE and self._flows(item, here):
                    rows.append(self._beside(here, f"{margin}- {self._inline(item, here)}"))
                    continue
                part = self._mapping(item, here)
            elif isinstance(item, list) and item:
                part = self._sequence(item, here, "")
            else:
                rows.append(self._beside(here, f"{margin}- {scalar(item)}"))
                continue
            while part[0].lstrip()[:1] in ("#", ""):  # above the dash, or it would not stand there
                comment = part.pop(0).lstrip()
                rows.append(margin + comment if comment else "")
            first = f"{margin}- {part[0][len(margin) + 2 :]}"
            rows += [self._beside(here, first), *part[1:]]
        return rows


def _margin(location: Location) -> str:
    """Return the indentation of the keys, or dashes, of what is at *location*."""
    return "  " * len(location)


def _rows(items: Sequence[str], width: int) -> list[str]:
    rows: list[str] = []
    for item in items:
        if rows and len(rows[-1]) + len(item) + 2 <= width:
            rows[-1] += f", {item}"
        else:
            rows.append(item)
    return rows


def _text(key: str, text: str, margin: str) -> list[str]:
    """Return the rows of a text: what stands after its key, then the rows below."""
    words = text.split(" ")
    if key in PROSE_KEYS and all(words) and not _ODD.search(text):
        rows, width = [words[0]], FOLD_COLUMNS - len(margin)
        for word in words[1:]:
            if len(rows[-1]) + len(word) + 1 <= width:
                rows[-1] += f" {word}"
            else:
                rows.append(word)
        return [">-", *(f"{margin}  {row}" for row in rows)]
    lines = text.removesuffix("\n").split("\n")
    begins = lines[0][:1] not in ("", " ") and lines[-1].strip()
    if len(lines) > 1 and begins and not any(_ODD.search(line) for line in lines):
        mark = "|" if text.endswith("\n") else "|-"
        return [mark, *(f"{margin}  {line}" if line else "" for line in lines)]
    return [scalar(text)]


def scalar(value: Any, inside: bool = False) -> str:
    """Return a single value as YAML; *inside* brackets more texts need quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, list | dict):
        return "[]" if isinstance(value, list) else "{}"
    text = str(value)
    if isinstance(value, int) or _is_plain(text, inside):
        return text
    return '"' + _ODD.sub(_escaped, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _escaped(found: re.Match[str]) -> str:
    short = {"\n": "\\n", "\t": "\\t"}
    code = ord(found[0])
    return short.get(found[0]) or (f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}")


def _is_plain(text: str, inside: bool) -> bool:
    """Say whether *text* needs no quotes, here and for readers that take `1:30` as a number."""
    if not _PLAIN.fullmatch(text) or _WORDS.fullmatch(text) or _ODD.search(text):
        return False
    if ": " in text or " #" in text or text.endswith((":", " ")):
        return False
    if inside and re.search(r"[,\[\]{}?]", text):  # PyYAML without its C part stops at the ?
        return False
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    rules = [*resolvers.get(text[0], ()), *resolvers.get(None, ())]
    return not any(rule.match(text) for _tag, rule in rules)
