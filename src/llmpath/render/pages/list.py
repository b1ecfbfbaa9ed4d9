"""Show lists of resources: what `list` and `search` found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.model import Resource
from llmpath.phrases import LETTERS, duration
from llmpath.render import json as shapes
from llmpath.render.layout import (
    EMPTY,
    Line,
    Span,
    cut_apart,
    line,
    paragraph,
    plural,
    width_of,
)
from llmpath.render.signs import SIGN_OF
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.actions.listing import Listing

Row = tuple[Resource, Status]
NARROW_COLUMNS = 72  # below this, kind and level go under the title


def lines(page: Listing, width: int) -> list[Line]:
    """Return the list, numbered, and how many more there are."""
    rows, total = page.rows, page.total
    if page.noted:
        text = f"No resource has a note, but {plural(page.noted, 'topic')}"
        text += f" {'has' if page.noted == 1 else 'have'} one. To see: llmpath search has:note"
        return paragraph(text, width)
    if not rows:
        return [line("No matches."), line(("Remove a filter to see more.", "dim"))]
    shown = table(rows, width)
    if total > len(rows):
        text = f"{len(rows)} of {total}; all with: --limit 0"
        shown += [EMPTY, *paragraph(text, width, 0, "dim")]
    else:
        shown += [EMPTY, line((plural(total, "resource"), "dim"))]
    return shown


def table(rows: Sequence[Row], width: int, start: int = 1, lettered: bool = False) -> list[Line]:
    """Return resources in aligned columns: number, status, title, kind, level and length.

    *lettered* ones have letters instead of numbers, as far as there are letters.
    """
    digits = max(2, len(str(start + len(rows) - 1)))
    shown: list[Line] = []
    narrow = width < NARROW_COLUMNS
    titles = cut_apart([work.title for work, _ in rows], width - digits - 3 - (0 if narrow else 35))
    for number, ((work, status), title) in enumerate(zip(rows, titles, strict=True), start):
        label = LETTERS[number - 1 : number] if lettered else number
        head = (Span(f"{label:>{digits}} ", "number"), SIGN_OF[status], Span(" "))
        room = width - digits - 3
        length = duration(work.minutes) if work.minutes is not None else ""
        style = "skipped" if status is Status.SKIPPED else "title" if work.essential else ""
        if narrow:
            shown.append((*head, Span(title, style, work.url)))
            kept = "" if work.is_live else work.upkeep
            facts = ", ".join(filter(None, (work.kind, work.level, length, kept)))
            shown.append(line(" " * (digits + 3), (facts, "dim")))
            continue
        level = work.level if work.is_live else work.upkeep
        tail = f"  {work.kind:<11}  {level:<12}  {length:>6}"
        gap = " " * (room - len(tail) - width_of(title))
        shown.append((*head, Span(title, style, work.url), Span(gap), Span(tail, "dim")))
    return shown


def data(page: Listing) -> dict[str, Any]:
    """Return a list for other programs."""
    return {
        "total": page.total,
        "results": [shapes.resource(work, status) for work, status in page.rows],
    }
