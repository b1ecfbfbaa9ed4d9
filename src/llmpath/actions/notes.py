"""Write and find notes."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.naming import find
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import Ambiguous, NotFound, quoted
from llmpath.model import Note
from llmpath.store.catalog import naming
from llmpath.store.catalog.naming import Named
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning, writing


class Notebook(NamedTuple):
    """Notes, with the titles of what they are on by id.

    `missed` is what was named and has no notes: the `notes` are those with the `words`, then.
    """

    notes: Sequence[Note]
    titles: Mapping[str, str]
    missed: Named | None = None
    words: int = 0


class Noted(NamedTuple):
    """What a command did to a note, with its number."""

    number: int
    outcome: Outcome


def add(w: Workspace, name: str, body: Callable[[], str]) -> Noted:
    """Write a note on what is called *name*; its *body* is asked for once it is clear what on."""
    thing = find(w, name)
    text = body()
    with w.writing("note", f"on {thing.title}") as journal:
        number = writing.add_note(journal, thing.id, text)
    return Noted(number, outcome(w, "note", [thing], journal))


def edit(w: Workspace, number: int, body: Callable[[str], str]) -> Noted:
    """Give note *number* the text that *body* returns for the present one."""
    present = writing.find_note(learning.notes(w.connection, w.learner.id), number)
    text = body(present.body)
    with w.writing("note", f"edit {number}") as journal:
        writing.edit_note(journal, number, text)
    return Noted(number, outcome(w, "note", (), journal))


def delete(w: Workspace, number: int) -> Noted:
    """Delete note *number*."""
    with w.writing("note", f"delete {number}") as journal:
        writing.delete_note(journal, number)
    return Noted(number, outcome(w, "note", (), journal))


def notebook(w: Workspace, words: Sequence[str]) -> Notebook:
    """Return the notes on what *words* name or, where they name nothing, those they find.

    So too where they only sound like the name of something that has no notes.
    """
    found, missed = _found(w, words)
    titles = naming.titles(w.connection, [note.target for note in found])
    return Notebook(found, titles, missed, len(words))


def _found(w: Workspace, words: Sequence[str]) -> tuple[list[Note], Named | None]:
    every = learning.notes(w.connection, w.learner.id)
    if not words or not every:
        return every, None
    name = " ".join(words)
    try:
        thing = find(w, name)
    except (NotFound, Ambiguous) as error:
        found, filtered = _searched(w, words)
        if not found and not filtered and len(words) == 1:
            if isinstance(error, Ambiguous):
                raise error from None
            message = f"No notes with {quoted(name)}, and nothing else of that name."
            raise NotFound(message, error.hint) from None
        return found, None
    found = learning.notes(w.connection, w.learner.id, thing.id)
    if found:
        return found, None
    called = name.casefold() == thing.id or "://" in name
    called |= naming.phrase(name) == naming.phrase(thing.title)
    if not (called or name.isdecimal()):
        found, _ = _searched(w, words)
    return found, thing


def _searched(w: Workspace, words: Sequence[str]) -> tuple[list[Note], bool]:
    """Return the notes with all the words, and whether filters narrowed what they are on."""
    from llmpath.actions import querying  # what writes a note reads no query
    from llmpath.search.notebook import matching_notes
    from llmpath.store.catalog import resources
    from llmpath.store.catalog.roadmap import nodes

    query = querying.read_query(w, words)
    selection = querying.narrowed_by(w, Selection(), query._replace(phrases=(), excluded=()))
    notes = learning.notes(w.connection, w.learner.id)
    if selection:
        kept = {work.id for work in resources.select(w.connection, w.learner.id, selection)}
        if not querying.of_resources(query):
            fitting = querying.topics_fitting(w, query)
            every = [node.id for node in nodes(w.connection)] if fitting is None else fitting
            kept.update(every)
        notes = [note for note in notes if note.target in kept]
    return matching_notes(w.connection, query, notes), bool(selection)
