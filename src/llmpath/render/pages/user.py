"""Show the learners of a database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llmpath.model import Learner
from llmpath.render.layout import Line, Span, line, pad, plural, width_of
from llmpath.store.learner.members import Member


def lines(members: Sequence[Member], present: Learner, width: int) -> list[Line]:
    """Return the learners, the *present* one marked."""
    column = min(max(width_of(member.learner.name) for member in members), max(width - 32, 8))
    rows: list[Line] = []
    for member in members:
        mark = Span("● ", "ready") if member.learner.id == present.id else Span("  ")
        figures = f"  {plural(member.done, 'resource')} done, {plural(member.notes, 'note')}"
        if member.removed_at:
            figures += ", removed"
        rows.append(line(mark, pad(member.learner.name, column), (figures, "dim")))
    return rows


def data(members: Sequence[Member], present: Learner) -> dict[str, Any]:
    """Return the learners for other programs."""
    return {
        "learners": [
            {
                "name": member.learner.name,
                "in_use": member.learner.id == present.id,
                "created_at": member.created_at,
                "removed_at": member.removed_at,
                "resources_done": member.done,
                "notes": member.notes,
            }
            for member in members
        ]
    }
