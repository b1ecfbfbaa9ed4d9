"""Show the prerequisites that a learner ignores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.render.layout import Line, line, paragraph
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.opinions import Edge, Opinion


def listing(edges: Sequence[Edge], width: int) -> list[Line]:
    """Return the ignored prerequisites, each with the command that restores it."""
    if not edges:
        return [line("You ignore no prerequisites.")]
    rows: list[Line] = []
    for edge in edges:
        command = f"llmpath ignore --undo {edge.topic.id} {edge.needed.id}"
        rows += [*paragraph(str(edge), width), *paragraph(command, width, 4, "dim")]
    return rows


def lines(page: Opinion, width: int) -> list[Line]:
    """Return what ignoring a prerequisite, or no longer doing so, did."""
    rows = outcome.lines(page.outcome, width, [str(page.edge)])
    if page.ignored and page.outcome.changes:
        ids = f"{page.edge.topic.id} {page.edge.needed.id}"
        rows += paragraph(f"To tell the curators: llmpath dispute {ids}", width)
    return rows


def listing_data(edges: Sequence[Edge]) -> dict[str, Any]:
    """Return the ignored prerequisites for other programs."""
    return {"ignored": [{"topic": edge.topic.id, "requires": edge.needed.id} for edge in edges]}
