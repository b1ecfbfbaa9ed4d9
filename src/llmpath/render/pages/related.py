"""Show resources that are like one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llmpath.render import json as shapes
from llmpath.render.layout import EMPTY, Line, cut, line, paragraph
from llmpath.render.pages.list import table
from llmpath.search.related import Related
from llmpath.vocab import Status

Row = tuple[Related, Status]


def lines(title: str, rows: Sequence[Row], width: int) -> list[Line]:
    """Return the resources like the one called *title*, each with the words they share."""
    if not rows:
        return [line(cut(f"Nothing is like {title}.", width))]
    shown = [*paragraph(f"Like {title}", width, 0, "heading"), EMPTY]
    for number, (hit, status) in enumerate(rows, 1):
        shown += table([(hit.resource, status)], width, number)
        text = f"{hit.likeness:.2f}, both: {', '.join(hit.shared)}"
        shown.append(line("     ", (cut(text, width - 5), "dim")))
    return shown


def data(id_: str, title: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the related resources for other programs."""
    return {
        "id": id_,
        "title": title,
        "results": [
            {
                **shapes.resource(hit.resource, status),
                "likeness": round(hit.likeness, 4),
                "shared": list(hit.shared),
            }
            for hit, status in rows
        ],
    }
