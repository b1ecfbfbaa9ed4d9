"""Show what is wrong with catalog files, and how they would be formatted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.actions.outcome import Outcome
from llmpath.render.layout import Line, line
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.catalog import Checked
    from llmpath.catalog.formatting import Change


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


def formatted(change: Change, check: bool) -> str:
    """Return whether a file was reformatted or, as a *check*, would be."""
    verb = "would be reformatted" if check else "reformatted"
    return f"{change.path}: {verb if change.is_one else 'already formatted'}"


def formatted_data(changes: Sequence[Change], check: bool) -> dict[str, Any]:
    """Return the files for other programs, and whether each was, or would be, reformatted."""
    files = [{"path": str(change.path), "reformatted": change.is_one} for change in changes]
    return outcome.data(Outcome("format"), files=files, check=check)
