"""Say what a command did."""

from __future__ import annotations

from collections.abc import Sequence

from llmpath.phrases import listed
from llmpath.render.layout import Line, Span, paragraph, plural
from llmpath.store.learner.journal import LogLine


def done_lines(
    verb: str, titles: Sequence[str], passed: Sequence[str], opened: Sequence[str], width: int
) -> list[Line]:
    """Return what was done to resources, which topics that passed and which it opened."""
    rows: list[Line] = []
    for title in titles:
        rows += _marked(f"{verb}: {title}", width)
    if passed:
        rows += paragraph(f"passed {listed(passed, 4)}", width, 2)
    if opened:
        rows += paragraph(f"unlocks {plural(len(opened), 'topic')}: {listed(opened, 6)}", width, 2)
    return rows


def _marked(text: str, width: int) -> list[Line]:
    return [tuple(Span(span.text, "done") for span in row) for row in paragraph(text, width)]


def said(text: str, width: int) -> list[Line]:
    """Return one sentence on what was done."""
    return paragraph(text, width)


def taken(verb: str, entries: Sequence[LogLine], width: int) -> list[Line]:
    """Return which commands were taken back or brought back."""
    rows: list[Line] = []
    for entry in entries:
        rows += _marked(f"{verb}: {entry.action} {entry.summary}", width)
    return rows
