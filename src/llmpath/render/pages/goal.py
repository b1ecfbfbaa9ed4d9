"""Show the learner's goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llmpath.render.layout import Line, Span, bar, line, paragraph
from llmpath.store.learner.learning import Goal

Row = tuple[Goal, str, int, int]  # the goal, its title, topics on its way, those passed


def lines(rows: Sequence[Row], width: int) -> list[Line]:
    """Return the goals, each with how far it is."""
    if not rows:
        return [
            line("No goals."),
            *paragraph(
                "Set one with: llmpath goal TOPIC, for example llmpath goal rag", width, 0, "dim"
            ),
        ]
    shown: list[Line] = []
    for _, title, total, passed in rows:
        shown += [line((row[-1].text, "title")) for row in paragraph(title, width)]
        figures = "reached" if passed == total else f"{passed} of {total} topics passed"
        shown.append(line("  ", *bar(passed / total, 20), Span(f"  {figures}")))
    return shown


def data(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the goals for other programs."""
    return {
        "goals": [
            {
                "id": goal.topic,
                "title": title,
                "set_at": goal.set_at,
                "topics": total,
                "passed": passed,
            }
            for goal, title, total, passed in rows
        ]
    }
