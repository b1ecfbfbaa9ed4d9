"""Say what was started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.render.layout import Line, paragraph
from llmpath.render.pages import outcome
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.actions.progress import Started

SAID = {
    Status.DOING: "Already in progress: {}",
    Status.DONE: "Already done: {} (studying it again from today)",
}


def lines(page: Started, width: int) -> list[Line]:
    """Return of each thing whether it was started, or what it was before."""
    rows: list[Line] = []
    for thing in page.outcome.things:
        text = SAID.get(page.before[thing.id], "Started: {}").format(thing.title)
        rows += outcome.marked(text, width)
        if page.before[thing.id] is Status.DONE:
            hint = f"it stays done; to start over: llmpath reset {thing.id}"
            rows += paragraph(hint, width, 2, "dim")
    return rows + outcome.unlocked(page.outcome, width)


def data(page: Started) -> dict[str, Any]:
    """Return what was started for other programs."""
    return outcome.data(page.outcome)
