"""Say what a sitting adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.phrases import clock, duration, exactly
from llmpath.render.layout import Line, paragraph
from llmpath.render.pages import outcome
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.actions.sittings import Logged, Tally


def lines(page: Logged, width: int, asked: bool = False) -> list[Line]:
    """Return what was spent on each resource, and what comes next unless that is *asked*."""
    rows: list[Line] = []
    for one in page.tallies:
        rows += outcome.marked(f"{_spent(one)}: {one.title}", width)
        if one.status is Status.DONE:
            rows += paragraph("done already; it stays done", width, 2)
        elif one.is_reached and not asked:
            rows += paragraph(f"Finished? llmpath done {one.id}", width, 2)
        elif one.length and not one.is_reached:
            rows += paragraph(f"go on at {clock(one.spent.minutes)}", width, 2)
    return rows + outcome.unlocked(page.outcome, width)


def _spent(one: Tally) -> str:
    """Return the time spent on a resource, and how long that takes where it is known."""
    if one.status is Status.DONE or not one.length:
        return f"{exactly(one.total)} in all"
    return f"{exactly(one.spent.minutes)} of {duration(one.length)}"


def data(page: Logged) -> dict[str, Any]:
    """Return what a sitting adds up to for other programs."""
    return outcome.data(
        page.outcome,
        minutes=page.minutes,
        day=page.day,
        spent=[
            {
                "id": one.id,
                "title": one.title,
                "status": str(one.status),
                "sittings": one.spent.sittings,
                "minutes_spent": one.total,
                "from": None if one.length is None else min(one.spent.minutes, one.length),
                "of": one.length,
            }
            for one in page.tallies
        ],
    )
