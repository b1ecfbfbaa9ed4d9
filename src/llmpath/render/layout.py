"""Lay text out in lines of a given width, each piece with a style that says what it means.

One layout serves the terminal, where Rich draws it in colour, and the pipe, where it is plain:
what is aligned, cut and wrapped here looks the same in both.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A piece of a line: its text, the name of its style, and where it links to.

    Of a sign, `word` is what is said for it in plain mode.
    """

    text: str
    style: str = ""
    link: str = ""
    word: str = ""


Line = tuple[Span, ...]
EMPTY: Line = ()
TAB = 4  # columns from one tab stop to the next

JOINERS = "\u200c\u200d"  # print nothing, but Persian and emoji are wrong without them
# From this character on some take no column or two; of those beyond, these take one.
_FIRST_COMBINING = "\u0300"
_NARROW = str.maketrans(dict.fromkeys("‐‑–—‘’“”•…✓○◐·─━│├└", "-"))


def harmless(text: str) -> str:
    """Return *text* without what a terminal would obey or hide instead of showing.

    That is controls (C0, C1), the bidirectional and other format characters, and surrogates.
    White space of any kind is a space: words stay apart.
    """
    if text.isprintable():
        return text
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isprintable() or char.isspace() or char in JOINERS
    )


def width_of(text: str) -> int:
    """Return how many columns *text* takes on a terminal."""
    text = harmless(text)
    if text.isascii() or max(text.translate(_NARROW)) < _FIRST_COMBINING:
        return len(text)
    import unicodedata  # 0.3 ms, and each character is looked up

    width = 0
    for char in text:
        if not (unicodedata.combining(char) or char in JOINERS):
            width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return width


def line(*parts: str | Span | tuple[str, str]) -> Line:
    """Return a line of *parts*: texts, (text, style) pairs and spans."""
    return tuple(
        part if isinstance(part, Span) else Span(part) if isinstance(part, str) else Span(*part)
        for part in parts
    )


def length(spans: Iterable[Span]) -> int:
    """Return how many columns *spans* take."""
    return sum(width_of(span.text) for span in spans)


def cut(text: str, width: int) -> str:
    """Return *text* within *width* columns, ending in an ellipsis where it was cut."""
    text = harmless(text)
    if width_of(text) <= width:
        return text
    kept = ""
    for char in text:
        if width_of(kept + char) > width - 1:
            break
        kept += char
    return kept.rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int, right: bool = False) -> str:
    """Return *text* cut or filled to exactly *width* columns, to the *right* if asked."""
    text = cut(text, width)
    space = " " * (width - width_of(text))
    return space + text if right else text + space


def wrap(text: str, width: int) -> list[str]:
    """Return *text* broken between words into lines of at most *width* columns."""
    rows: list[str] = []
    row, used = "", 0  # the line being filled, and its columns
    for word in harmless(" ".join(text.split())).split(" "):
        start = 0  # of what is left of a word that fits on no line
        while len(word) - start > 4 * width or width_of(word[start:]) > width:
            room = width - used - 1 if row else width
            if room < width // 3:
                rows.append(row)
                row, room = "", width
            head = word[start : start + room]
            while width_of(head) > room:
                head = head[:-1]
            rows.append(f"{row} {head}" if row else head)
            row, used = "", 0
            start += len(head)
        word = word[start:]
        wide = len(word) if word.isascii() else width_of(word)
        if row and used + 1 + wide > width:
            rows.append(row)
            row, used = word, wide
        else:
            used = used + 1 + wide if row else wide
            row = f"{row} {word}" if row else word
    return [*rows, row] if row else rows


def told(text: str, width: int, indent: int = 0) -> list[str]:
    """Return *text* broken between words, all but the first line *indent* columns in.

    A command of ours and a path stay whole, on a line of their own if need be, even where that is
    too long: they are there to be copied.
    """
    import re  # what is told so is seldom

    rows: list[str] = []
    row = ""
    whole = r"\(llmpath [^)]*\)\S*|(?<=: )llmpath .*|(?<= kept in )/.*|\S+"
    for unit in re.findall(whole, harmless(" ".join(text.split()))):
        if row.strip() and width_of(f"{row} {unit}") > width:
            rows.append(row)
            row = " " * indent + unit
        else:
            row = f"{row} {unit}" if row.strip() else row + unit
    return [*rows, row] if row else rows


def cut_apart(texts: Sequence[str], width: int) -> list[str]:
    """Return *texts* cut to *width* columns; what would look the same is cut in its middle."""
    cuts = [cut(text, width) for text in texts]
    first: dict[str, str] = {}
    alike = {
        shown
        for text, shown in zip(texts, cuts, strict=True)
        if first.setdefault(shown, text) != text
    }
    return [
        _middle_cut(text, width) if shown in alike else shown
        for text, shown in zip(texts, cuts, strict=True)
    ]


def _middle_cut(text: str, width: int) -> str:
    """Return *text* within *width* columns, with its beginning and its end."""
    tail = harmless(text)
    while tail and width_of(tail) > (width - 1) // 2:
        tail = tail[1:]
    return cut(text, width - width_of(tail)) + tail.lstrip()


def paragraph(text: str, width: int, indent: int = 0, style: str = "") -> list[Line]:
    """Return *text* as wrapped lines, all of them *indent* columns in."""
    room = max(width - indent, 12)
    return [line(" " * indent, (row, style)) for row in wrap(text, room)]


def verbatim(text: str, width: int, indent: int = 0) -> list[Line]:
    """Return *text* line by line as it was written, all of it *indent* columns in.

    A line too long is broken between words; what it is indented by stays, for an item of a list
    beside its text, so that code and nested lists keep their shape.
    """
    rows: list[Line] = []
    room = max(width - indent, 12)
    for row in text.splitlines():
        row = harmless(row.expandtabs(TAB)).rstrip()
        if not row.strip():
            rows.append(EMPTY)
            continue
        if width_of(row) <= room:
            rows.append(line(" " * indent, row))
            continue
        first = row[: len(row) - len(row.lstrip())]
        mark = _list_mark(row[len(first) :])
        first = " " * min(len(first), room // 2)
        rest = " " * min(len(first) + len(mark), room // 2)
        inner = wrap(row.strip()[len(mark) :], room - len(rest)) or [""]
        for number, part in enumerate(inner):
            start = first + mark if number == 0 else rest
            rows.append(line(" " * indent, start + part))
    return rows


def _list_mark(text: str) -> str:
    """Return what *text* begins with as an item of a list, the space behind it too, or ''."""
    head, space, _ = text.partition(" ")
    is_number = head[:-1].isdecimal() and len(head) < 5 and head[-1] in ".)"
    return head + space if space and (head in ("-", "*", "+", ">") or is_number) else ""


def facts(rows: Sequence[tuple[str, str | Line]], width: int, indent: int = 0) -> list[Line]:
    """Return named facts, aligned: a dim name, then its value, wrapped beside it."""
    rows = [(name, value) for name, value in rows if value]
    column = max((width_of(name) for name, _ in rows), default=0) + 2
    result: list[Line] = []
    for name, value in rows:
        start = Span(" " * indent + pad(name, column), "dim")
        if isinstance(value, tuple):
            result.append((start, *value))
            continue
        for number, row in enumerate(wrap(value, max(width - indent - column, 12))):
            first = start if number == 0 else Span(" " * (indent + column))
            result.append((first, Span(row)))
    return result


def heading(text: str) -> Line:
    """Return a heading."""
    return line((text, "heading"))


def bar(part: float, width: int) -> tuple[Span, Span]:
    """Return a progress bar *width* columns wide, filled for *part* (0 to 1).

    Anything begun shows at least one full cell, and only what is complete fills the last one.
    """
    full = round(part * width)
    if 0 < part < 1 and width > 1:
        full = min(max(full, 1), width - 1)
    return Span("━" * full, "bar"), Span("─" * (width - full), "bar-rest")


def beside(columns: Sequence[Sequence[Line]], width: int, gap: int) -> list[Line]:
    """Return *columns* of lines next to each other, each *width* columns wide, *gap* apart."""
    rows: list[Line] = []
    for number in range(max(map(len, columns), default=0)):
        row: Line = ()
        at = 0  # where the row ends
        for place, column in enumerate(columns):
            start = place * (width + gap)
            cells = column[number] if number < len(column) else EMPTY
            if cells:
                row = (*row, Span(" " * (start - at)), *cells) if start > at else (*row, *cells)
                at = start + length(cells)
        rows.append(row)
    return rows


def plural(count: int, noun: str) -> str:
    """Return *count* with its noun: '1 topic', '3 topics'."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
