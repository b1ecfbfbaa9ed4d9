"""Show the learner's goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.render.layout import Line, Span, bar, line, paragraph
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.knowledge import GoalRow, Goals


def lines(rows: Sequence[GoalRow], width: int) -> list[Line]:
    """Return the goals, each with how far it is."""
    if not rows:
        return [
            line("No goals."),
            *paragraph(
                "Set one with: llmpath goal TOPIC, for example llmpath goal rag", width, 0, "dim"
            ),
        ]
    shown: list[Line] = []
    for goal in rows:
        shown += [line((row[-1].text, "title")) for row in paragraph(goal.title, width)]
        figures = f"{goal.passed} of {goal.topics} topics passed"
        if goal.passed == goal.topics:
            figures = "reached"
        shown.append(line("  ", *bar(goal.passed / goal.topics, 20), Span(f"  {figures}")))
    return shown


def data(page: Goals) -> dict[str, Any]:
    """Return the goals for other programs."""
    return outcome.data(page.outcome, goals=[goal._asdict() for goal in page.rows])
