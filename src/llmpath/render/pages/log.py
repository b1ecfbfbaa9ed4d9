"""Show the log of commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.render.dates import local_minute
from llmpath.render.layout import Line, Span, line, wrap
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.store.learner.journal import LogLine


def lines(commands: Sequence[LogLine], width: int) -> list[Line]:
    """Return the commands, newest first, with the learner's time."""
    if not commands:
        return [line("Nothing has happened yet.")]
    rows: list[Line] = []
    for command in commands:
        time = local_minute(command.at) + "  "
        undone = command.status == "undone"
        text = f"{outcome.told(command)}{' (undone)' if undone else ''}"
        for number, row in enumerate(wrap(text, max(width - len(time), 12))):
            start = Span(time, "dim") if number == 0 else Span(" " * len(time))
            rows.append((start, Span(row, "dim" if undone else "")))
    return rows


def data(commands: Sequence[LogLine]) -> dict[str, Any]:
    """Return the log for other programs."""
    return {"commands": [outcome.command_data(command) for command in commands]}
