"""Say what opening a resource did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.actions.outcome import Outcome
from llmpath.render.layout import Line
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.progress import Opened
    from llmpath.model import Resource


def lines(page: Opened, width: int) -> list[Line]:
    """Return that the resource was started."""
    return outcome.lines(page.outcome, width)


def data(work: Resource, page: Opened | None, shown: bool) -> dict[str, Any]:
    """Return what was opened, and whether a browser showed it; no *page* where that was all."""
    done = page.outcome if page else Outcome("open")
    return outcome.data(done, id=work.id, url=work.url, opened=shown)
