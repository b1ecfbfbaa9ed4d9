"""Find the comments of a YAML file, and the part that each of them is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from llmpath.catalog.document import Document, Location

_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#.*)")  # of a block of text: its comment is on this line
_COMMENT = re.compile(r"#.*")


class Comments(NamedTuple):
    """The comments of a file by what they are about.

    `before` has the lines above each part, '' for an empty line between two of them; `beside` the
    comment at the end of its first line; `end` the lines after everything.
    """

    before: dict[Location, list[str]]
    beside: dict[Location, str]
    end: list[str]

    def within(self, location: Location) -> bool:
        """Say whether a part of what is at *location* has a comment of its own."""
        size = len(location)
        return any(
            len(one) > size and one[:size] == location
            for kept in (self.before, self.beside)
            for one in kept
        )


def comments(document: Document) -> Comments:
    """Return the comments of *document*.

    One that stands alone belongs to the part below it, one at the end of a line to the part that
    begins on this line; where a part and the first of its own parts begin together, to the whole.
    """
    found = Comments({}, {}, [])
    parts = sorted(
        (mark[0], mark[1], len(location), number)
        for number, (location, mark) in enumerate(document.marks.items())
    )
    locations = list(document.marks)
    starts = [(line, column) for line, column, _, _ in parts]
    lines = document.text.split("\n")
    last: tuple[list[str], int] | None = None
    for offset_line, column, text in _places(document.text):
        if lines[offset_line - 1][: column - 1].strip(" \t-"):
            at = bisect_right(starts, (offset_line, column)) - 1
            line = parts[at][0] if at >= 0 else 0
            first = next((part for part in parts[: at + 1] if part[0] == line and part[2]), None)
            if first is None:  # beside a directive, or nothing at all
                found.before.setdefault((), []).append(text)
                continue
            location = locations[first[3]]
            kept = found.beside.get(location)
            found.beside[location] = f"{kept} {text}" if kept else text
            continue
        at = bisect_right(starts, (offset_line, column))
        above = (
            found.before.setdefault(locations[parts[at][3]], []) if at < len(parts) else found.end
        )
        if last and last[0] is above and offset_line > last[1] + 1:
            above.append("")
        above.append(text)
        last = above, offset_line
    return found


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and text of each comment: it stands where no token does."""
    end = 0
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for token in yaml.scan(text, Loader=loader):
        start = token.start_mark.index
        if start > end:
            yield from _between(text, end, start)
        is_block = isinstance(token, yaml.ScalarToken) and text[start : start + 1] in ("|", ">")
        if is_block and (header := _HEADER.match(text, start)):
            yield _place(text, header.start(1), header[1])
        end = max(end, token.end_mark.index)
    yield from _between(text, end, len(text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in _COMMENT.finditer(text, start, end):
        yield _place(text, found.start(), found[0])


def _place(text: str, offset: int, comment: str) -> tuple[int, int, str]:
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset), comment.rstrip()
