"""Show resources that are like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.render import json as shapes
from llmpath.render.layout import EMPTY, Line, cut, line, paragraph
from llmpath.render.pages.list import table

if TYPE_CHECKING:
    from llmpath.actions.related import RelatedPage


def lines(page: RelatedPage, width: int) -> list[Line]:
    """Return the resources like one, each with the words they share."""
    if not page.rows:
        return [line(cut(f"Nothing is similar to {page.thing.title}.", width))]
    shown = [*paragraph(f"Similar to {page.thing.title}", width, 0, "heading"), EMPTY]
    for number, (hit, status) in enumerate(page.rows, 1):
        shown += table([(hit.resource, status)], width, number)
        text = f"{hit.likeness:.2f}, shares: {', '.join(hit.shared)}"
        shown.append(line("     ", (cut(text, width - 5), "dim")))
    return shown


def data(page: RelatedPage) -> dict[str, Any]:
    """Return the related resources for other programs."""
    return {
        "id": page.thing.id,
        "title": page.thing.title,
        "results": [
            {
                **shapes.resource(hit.resource, status),
                "likeness": round(hit.likeness, 4),
                "shared": list(hit.shared),
            }
            for hit, status in page.rows
        ],
    }
