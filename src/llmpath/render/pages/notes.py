"""Show the learner's notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from llmpath.model import Note
from llmpath.render.dates import local_day
from llmpath.render.layout import EMPTY, Line, line, paragraph, wrap


def lines(notes: Sequence[Note], titles: Mapping[str, str], width: int) -> list[Line]:
    """Return the notes with their numbers; *titles* name what they are on."""
    if not notes:
        return [
            line("No notes."),
            *paragraph('Write one with: llmpath note ID "..."', width, 0, "dim"),
        ]
    rows: list[Line] = []
    for note in notes:
        number = f"{note.number}  "
        for row in wrap(titles[note.target], width - len(number)):
            rows.append(line((number, "number"), (row, "title")))
            number = " " * len(number)
        day = local_day(note.created_at)
        changed = local_day(note.updated_at)
        when = day if note.updated_at == note.created_at else f"{day}, changed {changed}"
        rows.append(line("   ", (when, "dim")))
        for text in note.body.split("\n"):
            rows += paragraph(text, width, 3) if text.strip() else [EMPTY]
        rows.append(EMPTY)
    return rows[:-1]


def data(notes: Sequence[Note], titles: Mapping[str, str]) -> dict[str, Any]:
    """Return the notes for other programs."""
    return {"notes": [{**note._asdict(), "title": titles[note.target]} for note in notes]}
