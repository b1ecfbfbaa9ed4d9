"""Read YAML behind a guard, remembering where each value stands.

The reader works on parser events, so that nothing is built before it is known to be harmless:
size, depth and count are bounded, and aliases, merges, tags and repeated keys are refused.
Scalars mean what they look like: `no` is a text, `1:30` is a text, `2018` is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from llmpath.catalog.syntax import explained
from llmpath.inputs import read_file

LARGEST = 64 * 1024 * 1024  # bytes; the shipped catalog is under one million
DEEPEST = 20  # levels; the catalog needs six
MOST = 5_000_000  # values
AHEAD = 1025  # characters that a parser looks for the end of a key, by the standard, and one more
FAULTS = 1000  # kept of one file; who has more will come again

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS = {"true": True, "false": False, "null": None, "": None, "~": None}
# Line feeds and tabs are text; every other control is not, nor are the bidirectional ones, the
# separators that only some programs break lines at, and what stands for no character.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_DROPPED = "\0"  # the key of a value that is read and not kept


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
    """The value of a YAML file, and the place of each part by its path of keys and indexes.

    `marks` has line and column, from 1, of each part's key, then of its value; of an item of a
    list, which has no key, of its value alone. `faults` are what the guard had
    to leave out of the value, `blind` the parts whose value is not known for it.
    """

    path: Path
    value: Any
    marks: dict[Location, tuple[int, ...]]
    faults: tuple[Problem, ...] = ()
    blind: frozenset[Location] = frozenset()
    text: str = ""

    def place(self, location: Location, key: bool = False) -> Place:
        """Return where the value at *location*, or its *key*, stands; else the part around it."""
        while location and location not in self.marks:
            location = location[:-1]
        mark = self.marks.get(location, (1, 1))
        return Place(*(mark[:2] if key else mark[-2:]))

    def problem(self, location: Location, text: str, key: bool = False) -> Problem:
        """Return the problem *text* at the value at *location*, or at its *key*."""
        return Problem(self.path, self.place(location, key), text)

    def is_blind(self, location: Location) -> bool:
        """Say whether *location* lies in a part whose value is not known."""
        return any(location[:size] in self.blind for size in range(len(location) + 1))


class Unreadable(Exception):
    """The file cannot be read at all; `problems` say where and why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(str(problems[-1]))
        self.problems = problems


def read_document(path: Path) -> Document:
    """Return the document in the file at *path*.

    Raises Unreadable where the file is no YAML, or past a limit. What can be left out without
    losing the rest (aliases, tags, repeated keys, control characters) is in the document's
    `faults` instead, so that all problems of a file can be told at once.
    """

    def refuse(text: str, place: Place = Place(1, 1)) -> Unreadable:
        return Unreadable(Problem(path, place, text))

    try:
        data = read_file(path, LARGEST)
    except OSError as error:
        raise refuse(f"cannot be read: {error.strerror or error}. Check the path.") from None
    if len(data) > LARGEST:
        raise refuse(f"the file has more than {LARGEST:,} bytes. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8").removeprefix("\ufeff")
        raise refuse("not UTF-8 from here on. Save it as UTF-8.", _after(before)) from None
    return read_text(path, text)


def read_text(path: Path, text: str) -> Document:
    """Return the document in *text*, the content of the file at *path*; see read_document()."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults: list[Problem] = []
    line, begin = 1, 0
    for found in _UNWANTED.finditer(text):
        if breaks := text.count("\n", begin, found.start()):
            line, begin = line + breaks, text.rfind("\n", begin, found.start()) + 1
        faults.append(Problem(path, Place(line, found.start() - begin + 1), _unwanted(found[0])))
        if len(faults) == FAULTS:
            break
    if faults:
        text = _UNWANTED.sub(" ", text)  # so that the rest keeps its place
    builder = _Builder(path, faults)
    try:
        return builder.build(yaml.parse(text, Loader=_loader()))._replace(text=text)
    except yaml.MarkedYAMLError as error:
        raise _told_late(builder, text, error, faults) or builder.told(error) from None
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        problem = Problem(path, Place(1, 1), f"not valid YAML: {reason}. Fix it.")
        raise Unreadable(*builder.faults, problem) from None


def _told_late(
    builder: _Builder, text: str, error: Any, faults: list[Problem]
) -> Unreadable | None:
    """Return the Unreadable for what stands before *error* and was not told of yet, or None.

    While a bracket might start a key, the parser reads up to AHEAD characters on before it tells
    of it. What it stumbles over there, a mistake or a limit of its own on nesting, it tells of
    first, and the guard has not seen the brackets. Which limit, if any, depends on its release;
    what we say must not. So the text is read again, but only up to where the parser stumbled:
    where nothing is left to read ahead, it tells of one bracket after the other.
    """
    if error.problem_mark is None:
        return None
    end = error.problem_mark.index
    if isinstance(error, yaml.parser.ParserError) and text.startswith(tuple("[{&!"), end):
        end += AHEAD  # Python's own parser has read ahead, and takes the end of a file differently
    shown = text[:end]
    ahead = sum(shown.count(bracket, builder.taken) for bracket in "[{")
    if len(builder.stack) + 2 * ahead <= DEEPEST:  # a bracket opens two levels at most: [a: [...
        return None
    again = _Builder(builder.path, faults)
    for _ in range(3):  # as it is, without what the parser stumbles over, and alone
        try:
            # A line more, since Python's own parser does not see else that a key ends there.
            again.build(yaml.parse(shown + "\n", Loader=_loader()))
            return None
        except Unreadable as refused:
            return refused
        except yaml.MarkedYAMLError as found:
            mark: Any = found.problem_mark
            if isinstance(found, yaml.parser.ParserError):
                early = mark.index < len(shown)  # else only the rest is missing
                return again.told(found) if early else None
            mark = found.context_mark or mark
            if found.context != "while scanning a simple key":
                shown = shown[: mark.index]
                again = _Builder(builder.path, faults)
            else:
                # Only a key can stand here, so that none of it is told of before its ': ' is
                # found. Alone, at the same place and as deep, it may be anything.
                shown = "\n" * mark.line + " " * mark.column + shown[mark.index :]
                again = _Builder(builder.path, again.faults)
                again.stack = [_Frame([], (), [], [])] * len(builder.stack)
    return None


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _start(event: Any) -> Place:
    mark: Any = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _after(text: str) -> Place:
    """Return the place right after *text*, which begins the file."""
    return Place(text.count("\n") + 1, len(text) - text.rfind("\n"))


def _unwanted(character: str) -> str:
    import unicodedata  # only on the way to an error

    name = unicodedata.name(character, "a control character").lower()
    return f"U+{ord(character):04X}, {name}, is not allowed in text. Remove it."


class _Frame(NamedTuple):
    value: Any  # the list or dict being filled
    location: Location
    keys: list[str]  # of a mapping: the key that waits for its value
    marks: list[int]  # of a mapping: line and column of that key


class _Builder:
    """Turns parser events into plain values without recursion."""

    def __init__(self, path: Path, faults: Iterable[Problem]) -> None:
        self.path = path
        self.marks: dict[Location, tuple[int, ...]] = {}
        self.faults = list(faults)
        self.blind: set[Location] = set()
        self.stack: list[_Frame] = []
        self.root: Any = None
        self.count = 0
        self.documents = 0
        self.taken = 0  # after an error of the parser: characters up to the end of the last event

    def build(self, events: Iterator[Any]) -> Document:
        """Return the document that *events* tell of."""
        event = None
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    self.documents += 1
                    if self.documents > 1:
                        self._fault(event, "a second document starts here. Keep one per file.")
                        break
                self._take(event)
        except yaml.MarkedYAMLError:
            self.taken = event.end_mark.index if event else 0
            raise
        return Document(self.path, self.root, self.marks, tuple(self.faults), frozenset(self.blind))

    def fault(self, place: Place, text: str) -> None:
        """Note a problem that the rest of the file can be read in spite of."""
        if len(self.faults) < FAULTS:
            self.faults.append(Problem(self.path, place, text))

    def told(self, error: Any) -> Unreadable:
        """Return the parser's *error* in our words, after what was noted before it."""
        sentence, mark = explained(error)
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        return Unreadable(*self.faults, Problem(self.path, place, sentence))

    def _fault(self, event: Any, text: str) -> None:
        self.fault(_start(event), text)

    def _refuse(self, event: Any, text: str) -> Unreadable:
        return Unreadable(*self.faults, Problem(self.path, _start(event), text))

    def _take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if event.anchor:
                    text = f"anchor &{event.anchor} is not allowed. Write each value out."
                    self._fault(event, text)
                if event.tag and event.tag != "!":
                    self._fault(event, f"tag {event.tag} is not allowed. Remove it.")
                self._value(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self.stack.pop()
            case yaml.AliasEvent():
                self._fault(event, f"alias *{event.anchor} is not allowed. Write the value out.")
                self._value(event)

    def _value(self, event: Any) -> None:
        self.count += 1
        if self.count > MOST:
            raise self._refuse(event, f"more than {MOST:,} values. Split the file.")
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and not frame.keys:
            self._key(event, frame)
            return
        location = self._location(frame)
        start = _start(event)
        self.marks[location] = (*frame.marks, *start) if frame and frame.keys else tuple(start)
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            value = None
            self.blind.add(location)
        else:
            if len(self.stack) >= DEEPEST:
                raise self._refuse(event, f"nested more than {DEEPEST} deep. Flatten it.")
            value = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self._put(frame, value)
        if isinstance(value, list | dict):
            self.stack.append(_Frame(value, location, [], []))

    def _key(self, event: Any, frame: _Frame) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            text = "a key must be a word. Put text that starts with it in quotes."
            raise self._refuse(event, text)
        key: str = event.value
        if found := _UNWANTED.search(key):
            self._fault(event, _unwanted(found[0]))
            key = _DROPPED
        elif key == "<<":
            self._fault(event, "merge key << is not allowed. Write the values out.")
            key = _DROPPED
        elif key in frame.value:
            first = self.marks[(*frame.location, key)][0]
            self._fault(event, f"key {key!r} is already on line {first}. Keep one of the two.")
            key = _DROPPED
        frame.keys.append(key)
        frame.marks[:] = _start(event)

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
            key = frame.keys.pop()
            if key != _DROPPED:
                frame.value[key] = value
        else:
            frame.value.append(value)

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if found := _UNWANTED.search(text):  # written as an escape: the file itself is clean
            self._fault(event, _unwanted(found[0]))
            return _UNWANTED.sub(" ", text)
        if event.style:  # quoted or block: a text, whatever it looks like
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return text
