"""Show the learner's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.render.dates import local_day
from llmpath.render.layout import EMPTY, Line, line, paragraph, plural, wrap
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.notes import Notebook, Noted


def lines(page: Notebook, width: int) -> list[Line]:
    """Return the notes with their numbers and what they are on."""
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
        for text in note.body.split("\n"):
            rows += paragraph(text, width, 3) if text.strip() else [EMPTY]
        rows.append(EMPTY)
    return rows[:-1]


def data(page: Notebook) -> dict[str, Any]:
    """Return the notes for other programs."""
    return {
        "notes": [{**note._asdict(), "title": page.titles[note.target]} for note in page.notes],
        "none_on": page.missed.id if page.missed else None,
    }


def noted(text: str, width: int) -> list[Line]:
    """Return what was done to a note."""
    return outcome.sentence(text, width)


def noted_data(page: Noted) -> dict[str, Any]:
    """Return the same for other programs, with the note's number."""
    return outcome.data(page.outcome, number=page.number)
