"""Show the log of commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llmpath.render.dates import local_minute
from llmpath.render.layout import Line, Span, line, wrap
from llmpath.store.learner.journal import LogLine


def lines(entries: Sequence[LogLine], width: int) -> list[Line]:
    """Return the commands, newest first, with the learner's time."""
    if not entries:
        return [line("Nothing has happened yet.")]
    rows: list[Line] = []
    for entry in entries:
        time = local_minute(entry.at) + "  "
        undone = entry.status == "undone"
        text = f"{entry.action} {entry.summary}{' (undone)' if undone else ''}"
        for number, row in enumerate(wrap(text, max(width - len(time), 12))):
            start = Span(time, "dim") if number == 0 else Span(" " * len(time))
            rows.append((start, Span(row, "dim" if undone else "")))
    return rows


def data(entries: Sequence[LogLine]) -> dict[str, Any]:
    """Return the log for other programs."""
    return {"commands": [entry._asdict() for entry in entries]}
