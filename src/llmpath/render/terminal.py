"""Put lines on stdout: drawn by Rich on a terminal, plain into a pipe."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from llmpath.render.layout import Line, harmless, told

# What each style means to the eye; colours of the terminal's own palette, so themes are kept.
STYLES = {
    "heading": "bold",
    "title": "bold",
    "number": "cyan",
    "id": "cyan",
    "dim": "dim",
    "link": "cyan",
    "done": "green",
    "doing": "yellow",
    "ready": "bold cyan",
    "locked": "dim",
    "skipped": "dim strike",
    "must": "magenta",
    "bar": "green",
    "bar-rest": "dim",
    "tree": "dim",
    "legend": "dim",
    "warn": "yellow",
    "error": "bold red",
    "hit": "bold underline",
}

BARS = ("bar", "bar-rest")
WIDEST = 100  # lines of prose longer than this are hard to read
NARROWEST = 20

# What stands in for a sign that the output's encoding lacks.
SPELLED_OUT = {
    "━": "#",
    "─": "-",
    "│": "|",
    "├": "|",
    "└": "`",
    "…": "...",
    "·": "-",
    "–": "-",
    "—": "-",
    "→": "->",
    "✓": "x",
    "◐": "~",
    "○": "o",
    "●": "*",
    "★": "*",
    "⌂": "^",
    "’": "'",
    "“": '"',
    "”": '"',
}


def is_drawn(stream: TextIO, color: str) -> bool:
    """Say whether *stream* is a terminal to draw on rather than a pipe or file."""
    if color == "always":
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the columns to lay out for: COLUMNS, else the terminal's, else 80; at most WIDEST."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        found = int(columns)
    else:
        found = shutil.get_terminal_size((80, 24)).columns
    return max(NARROWEST, min(found, WIDEST))


def show(
    lines: Iterable[Line],
    color: str = "auto",
    stream: TextIO | None = None,
    links: bool = True,
    plain: bool = False,
) -> None:
    """Write *lines* to *stream* (stdout): in colour and with *links* where it is a terminal.

    Where there is to be no *color*, no escape is sent at all. Into a pipe go no bars and trees,
    which say nothing that the words do not; in *plain* mode all signs are words.
    """
    stream = stream or sys.stdout
    if plain:
        from llmpath.render import plainly  # few ask for it

        rows = plainly.rows(lines, width() if stream.isatty() else 0)
    elif not is_drawn(stream, color):
        rows = (_undrawn(row) for row in lines)
    elif color == "never":
        rows = ("".join(harmless(span.text) for span in row) for row in lines)
    else:
        _draw(lines, color, links, stream)
        return
    stream.write(speakable("".join(row.rstrip() + "\n" for row in rows), stream))


def _undrawn(row: Line) -> str:
    """Return *row* without bars, and blanks for trees; what a line begins with moves up."""
    text = ""
    moved = False
    for span in row:
        if span.style in BARS:
            moved = not text.strip()
            continue
        shown = harmless(span.text)
        if span.style == "tree":
            shown = " " * len(shown)
        text += shown.lstrip() if moved else shown
        moved = False
    return text


def remark(text: str, start: str = "") -> None:
    """Write *text* to stderr behind *start*, broken between words where that is a terminal.

    Commands and paths in it stay whole. Into a pipe or file it goes as one line.
    """
    stream = sys.stderr
    rows = told(text, width() - len(start), 2 - len(start)) if stream.isatty() else [harmless(text)]
    stream.write("".join(f"{start}{speakable(row, stream)}\n" for row in rows))


def put(text: str) -> None:
    """Write *text*, which has its own lines and layout, to stdout: of controls, tabs alone stay."""
    rows = ("\t".join(map(harmless, row.split("\t"))) for row in text.split("\n"))
    sys.stdout.write(speakable("\n".join(rows), sys.stdout))


def speakable(text: str, stream: TextIO) -> str:
    """Return *text* in signs that the encoding of *stream* has."""
    encoding = stream.encoding or "utf-8"
    if encoding.lower().replace("-", "") == "utf8" or text.isascii():
        return text
    for sign, spelled in SPELLED_OUT.items():
        if sign in text:
            try:
                sign.encode(encoding)
            except UnicodeEncodeError:
                text = text.replace(sign, spelled)
    return text.encode(encoding, "replace").decode(encoding)


def _draw(lines: Iterable[Line], color: str, links: bool, stream: TextIO) -> None:
    from rich.console import Console  # 15 ms, and only a terminal needs it
    from rich.segment import Segment, Segments
    from rich.style import Style

    options: dict[str, Any] = {"force_terminal": True} if color == "always" else {}
    console = Console(file=stream, highlight=False, soft_wrap=True, markup=False, **options)
    styles = {name: Style.parse(style) for name, style in STYLES.items()}
    styles[""] = Style.null()
    drawn: list[Segment] = []  # not a Text, which would look where to wrap what is laid out
    for row in lines:
        for span in row:
            style = styles[span.style]
            if links and span.link.startswith(("https://", "http://")):
                style += Style(link=harmless(span.link))
            drawn.append(Segment(speakable(harmless(span.text), stream), style))
        drawn.append(Segment.line())
    console.print(Segments(drawn), end="", crop=False, overflow="ignore")
