"""Show the learners of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.errors import arguments
from llmpath.phrases import listed
from llmpath.render.layout import Line, Span, line, pad, paragraph, plural, width_of
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.learners import Joined, LearnerChange, Members

ALSO_SHOWN = 3  # other names of a learner


def lines(page: Members, width: int) -> list[Line]:
    """Return the learners, the present one marked."""
    members, present = page
    column = min(max(width_of(member.learner.name) for member in members), max(width - 32, 8))
    rows: list[Line] = []
    for member in members:
        mark = Span("● ", "ready", word="in use") if member.learner.id == present.id else Span("  ")
        figures = f"  {plural(member.done, 'resource')} done, {plural(member.notes, 'note')}"
        if member.removed_at:
            figures += ", removed"
        also = f", also {listed(member.also, ALSO_SHOWN)}" if member.also else ""
        fits = column + 2 + width_of(figures + also) <= width
        rows.append(line(mark, pad(member.learner.name, column), (figures + also * fits, "dim")))
        if not fits and also:
            rows += paragraph(also.removeprefix(", "), width, 4, "dim")
    return rows


def data(page: Members) -> dict[str, Any]:
    """Return the learners for other programs."""
    return {
        "learners": [
            {
                "name": member.learner.name,
                "in_use": member.learner.id == page.present.id,
                "created_at": member.created_at,
                "removed_at": member.removed_at,
                "resources_done": member.done,
                "notes": member.notes,
                "also": list(member.also),
            }
            for member in page.everyone
        ]
    }


# What was done to a learner, by action: their name, the same for a shell, their name before.
SENTENCES = {
    "add": "Added {0}. Switch to them with: llmpath user use {1}",
    "use": "Now working as {0}",
    "rename": "{2} is now {0}",
    "remove": "Removed {0} (data kept). Undo with: llmpath user restore {1}",
    "restore": "{0} is back, with all their data",
    "erase": "Erased {0} and all their data",
}


def changed(done: LearnerChange, width: int) -> list[Line]:
    """Return what was done to a learner."""
    said = SENTENCES[done.outcome.action]
    return outcome.sentence(said.format(done.name, arguments(done.name), done.former), width)


def merged(done: Joined, width: int) -> list[Line]:
    """Return what became of two learners, and how to go back."""
    what = f": {plural(done.commands, 'command')} joined the history" if done.commands else ""
    rows = paragraph(f"{done.former} is {done.name} now{what}", width)
    if done.backup:
        rows.append(line("To undo this: llmpath restore ", (arguments(str(done.backup)), "id")))
    return rows


def merged_data(done: Joined) -> dict[str, Any]:
    """Return what became of two learners for other programs."""
    backup = str(done.backup) if done.backup else None
    return outcome.data(done.outcome, commands=done.commands, backup=backup)
