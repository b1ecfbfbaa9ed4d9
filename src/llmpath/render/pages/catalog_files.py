"""Show what is wrong with catalog files, and how they would be formatted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.render.layout import Line, line

if TYPE_CHECKING:
    from llmpath.actions.catalog import Checked


def no_problems(page: Checked) -> list[Line]:
    """Return that nothing is wrong."""
    return [line(f"{page.where}: no problems")]


def problems_data(page: Checked) -> dict[str, Any]:
    """Return every problem for other programs."""
    return {
        "valid": not page.problems,
        "problems": [
            {"file": str(one.path), **one.place._asdict(), "problem": one.text}
            for one in page.problems
        ],
    }
