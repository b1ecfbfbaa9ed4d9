"""Show which topics were marked as shaky, and which could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.phrases import listed
from llmpath.render.layout import Line, paragraph
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.knowledge import Shaken

TITLES_SHOWN = 8


def lines(page: Shaken, width: int) -> list[Line]:
    """Return what was marked, and the topics that are not passed yet."""
    rows: list[Line] = []
    if page.shaken:
        names = listed([topic.title for topic in page.shaken], TITLES_SHOWN)
        rows += outcome.lines(page.outcome, width, [f"{names}; `next` offers to refresh"])
    if page.others:
        names = listed([topic.title for topic in page.others], TITLES_SHOWN)
        rows += paragraph(f"Not passed yet, so nothing to refresh: {names}", width)
    return rows


def data(page: Shaken) -> dict[str, Any]:
    """Return the same for other programs."""
    return outcome.data(page.outcome, not_passed=[topic.id for topic in page.others])
