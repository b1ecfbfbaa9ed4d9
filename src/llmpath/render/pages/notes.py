"""Show the learner's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.render.dates import local_day, local_minute
from llmpath.render.layout import (
    EMPTY,
    Line,
    cut,
    heading,
    line,
    paragraph,
    plural,
    verbatim,
    wrap,
)
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.notes import Notebook, Noted


def lines(page: Notebook, width: int) -> list[Line]:
    """Return the notes with their numbers and what they are on."""
    if not page.notes and page.drafts:
        return _drafts(page, width)
    if not page.notes:
        none = f"No notes on {page.missed.title}." if page.missed else "No notes."
        on = page.missed.id if page.missed else "ID"
        hint = f'Write one with: llmpath note {on} "..."'
        return [*paragraph(none, width), *paragraph(hint, width, 0, "dim")]
    rows: list[Line] = []
    if page.missed:
        verb = "has" if len(page.notes) == 1 else "have"
        text = f"No notes on {page.missed.title}; {plural(len(page.notes), 'note')} {verb} the word"
        text += "" if page.words == 1 else "s"
        rows += [*paragraph(f"{text}:", width, 0, "warn"), EMPTY]
    for note in page.notes:
        number = f"{note.number}  "
        for row in wrap(page.titles[note.target], width - len(number)):
            rows.append(line((number, "number"), (row, "title")))
            number = " " * len(number)
        day = local_day(note.created_at)
        changed = local_day(note.updated_at)
        when = day if note.updated_at == note.created_at else f"{day}, changed {changed}"
        rows.append(line("   ", (when, "dim")))
        rows += [*verbatim(note.body, width, 3), EMPTY]
    return [*rows, *_drafts(page, width)] if page.drafts else rows[:-1]


def _drafts(page: Notebook, width: int) -> list[Line]:
    """Return the drafts that were never stored, each with how to continue it."""
    rows = [heading("Unsaved drafts")]
    for one in page.drafts:
        what = page.titles[one.target]
        what = what if one.number is None else f"note {one.number} on {what}"
        size = plural(len(one.text.strip().splitlines()), "line")
        rows += paragraph(f"{what}, {local_minute(one.saved_at)}, {size}", width, 2)
        first = one.text.strip().splitlines()[0]
        rows.append(line("    ", cut(first, max(width - 4, 12))))
        rows.append(line("    ", (one.command, "dim")))
        rows.append(line("    ", (str(one.path), "dim")))
    return rows


def data(page: Notebook) -> dict[str, Any]:
    """Return the notes for other programs."""
    return {
        "notes": [{**note._asdict(), "title": page.titles[note.target]} for note in page.notes],
        "none_on": page.missed.id if page.missed else None,
        "drafts": [
            {**one._asdict(), "path": str(one.path), "title": page.titles[one.target]}
            for one in page.drafts
        ],
    }


def noted(text: str, width: int) -> list[Line]:
    """Return what was done to a note."""
    return outcome.sentence(text, width)


def noted_data(page: Noted) -> dict[str, Any]:
    """Return the same for other programs, with the note's number."""
    return outcome.data(page.outcome, number=page.number)
