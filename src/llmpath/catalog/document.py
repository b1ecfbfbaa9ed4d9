"""Read YAML behind a guard, remembering where each value stands.

The reader works on parser events, so that nothing is built before it is known to be harmless:
size, depth and count are bounded, and aliases, merges, tags and repeated keys are refused.
Scalars mean what they look like: `no` is a text, `1:30` is a text, `2018` is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

LARGEST = 64 * 1024 * 1024  # bytes; the shipped catalog is under one million
DEEPEST = 20  # levels; the catalog needs six
MOST = 5_000_000  # values

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS = {"true": True, "false": False, "null": None, "": None, "~": None}
# Line feeds and tabs are text; every other control is not, nor are the bidirectional ones.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


class Place(NamedTuple):
    """Line and column, from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """What is wrong at a place of a file, and what to do about it."""

    path: Path
    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.place.line}:{self.place.column}: {self.text}"


Location = tuple[str | int, ...]


class Document(NamedTuple):
    """The value of a YAML file, and the place of each part by its path of keys and indexes."""

    path: Path
    value: Any
    places: dict[Location, Place]

    def place(self, location: Location) -> Place:
        """Return where *location*, or the nearest part around it, stands."""
        while location and location not in self.places:
            location = location[:-1]
        return self.places.get(location, Place(1, 1))

    def problem(self, location: Location, text: str) -> Problem:
        """Return the problem *text* at *location*."""
        return Problem(self.path, self.place(location), text)


class Unreadable(Exception):
    """The file cannot be read at all; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read(path: Path) -> Document:
    """Return the document in the file at *path*, or raise Unreadable."""

    def refuse(text: str, place: Place = Place(1, 1)) -> Unreadable:
        return Unreadable(Problem(path, place, text))

    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise refuse(f"the file has {size:,} bytes; at most {LARGEST:,} are read. Split it.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise refuse(f"cannot be read: {error.strerror or error}. Check the path.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        column = error.start - (error.object.rfind(b"\n", 0, error.start) + 1) + 1
        raise refuse("not UTF-8 from here on. Save it as UTF-8.", Place(line, column)) from None
    try:
        return _Builder(path).build(yaml.parse(text, Loader=_loader()))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        reason = (error.problem or error.context or "not valid YAML").replace("\n", " ")
        raise refuse(f"not valid YAML: {reason}. Check quotes and indentation.", place) from None
    except yaml.YAMLError as error:
        found = _UNWANTED.search(text)
        place = _place_of(text, found.start()) if found else Place(1, 1)
        reason = str(error).splitlines()[0]
        raise refuse(f"not valid YAML: {reason}. Remove it.", place) from None


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _start(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _place_of(text: str, offset: int) -> Place:
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


class _Frame(NamedTuple):
    value: Any  # the list or dict being filled
    location: Location
    keys: list[str]  # of a mapping: the key that waits for its value


class _Builder:
    """Turns parser events into plain values without recursion."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places: dict[Location, Place] = {}
        self.stack: list[_Frame] = []
        self.root: Any = None
        self.count = 0
        self.documents = 0

    def build(self, events: Iterator[Any]) -> Document:
        for event in events:
            self._take(event)
        return Document(self.path, self.root, self.places)

    def _refuse(self, event: Any, text: str) -> Unreadable:
        return Unreadable(Problem(self.path, _start(event), text))

    def _take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._value(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self.stack.pop()
            case yaml.AliasEvent():
                raise self._refuse(event, f"alias *{event.anchor}: write the value out.")
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise self._refuse(event, "a second document: keep one in a file.")

    def _value(self, event: Any) -> None:
        if event.anchor:
            raise self._refuse(event, f"anchor &{event.anchor}: write each value out.")
        if event.tag and event.tag != "!":
            raise self._refuse(event, f"tag {event.tag}: leave it out.")
        self.count += 1
        if self.count > MOST:
            raise self._refuse(event, f"more than {MOST:,} values. Split the file.")
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and not frame.keys:
            self._key(event, frame)
            return
        location = self._location(frame)
        if not (frame is not None and isinstance(frame.value, dict)):
            self.places[location] = _start(event)
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        else:
            if len(self.stack) >= DEEPEST:
                raise self._refuse(event, f"nested more than {DEEPEST} deep. Flatten it.")
            value = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self._put(frame, value)
        if isinstance(value, list | dict):
            self.stack.append(_Frame(value, location, []))

    def _key(self, event: Any, frame: _Frame) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(event, "a key must be a word.")
        key = event.value
        if key == "<<":
            raise self._refuse(event, "merge key <<: write the values out.")
        if key in frame.value:
            raise self._refuse(event, f"key {key!r} stands twice in one entry. Keep one.")
        self.places[(*frame.location, key)] = _start(event)
        frame.keys.append(key)

    def _location(self, frame: _Frame | None) -> Location:
        if frame is None:
            return ()
        if isinstance(frame.value, dict):
            return (*frame.location, frame.keys[-1])
        return (*frame.location, len(frame.value))

    def _put(self, frame: _Frame | None, value: Any) -> None:
        if frame is None:
            self.root = value
        elif isinstance(frame.value, dict):
            frame.value[frame.keys.pop()] = value
        else:
            frame.value.append(value)

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if found := _UNWANTED.search(text):
            raise self._refuse(
                event, f"control character U+{ord(found[0]):04X} in a text. Remove it."
            )
        if event.style:  # quoted or block: a text, whatever it looks like
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return text
