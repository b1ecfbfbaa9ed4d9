"""Write and find notes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from llmpath.actions.naming import find
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import Ambiguous, DatabaseTrouble, NotFound, Overtaken, arguments, quoted
from llmpath.model import Note
from llmpath.store.catalog import naming
from llmpath.store.catalog.naming import Named
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import drafts, learners, learning, writing
from llmpath.store.learner.drafts import Draft, Waiting


class Unsaved(NamedTuple):
    """A draft: when it was last written (UTC, ISO 8601), its text, the command to continue it.

    Of a note that is there its number, else None.
    """

    target: str
    number: int | None
    saved_at: str
    text: str
    path: Path
    command: str


class Notebook(NamedTuple):
    """Notes, with the titles of what they are on by id.

    `missed` is what was named and has no notes: the `notes` are those with the `words`, then.
    `drafts` were never stored.
    """

    notes: Sequence[Note]
    titles: Mapping[str, str]
    missed: Named | None = None
    words: int = 0
    drafts: Sequence[Unsaved] = ()


class Noted(NamedTuple):
    """What a command did to a note, with its number."""

    number: int
    outcome: Outcome


class Task(NamedTuple):
    """What is to be written: a note on the thing with this id, or note *number* another way.

    Of one that is there, its id and the text it has; both are '' for a new one, whose number is 0.
    `program` is how llmpath is called for the same learner.
    """

    target: str
    number: int = 0
    note: str = ""
    body: str = ""
    program: str = "llmpath"

    @property
    def command(self) -> str:
        """The command that begins or goes on with it."""
        what = f"--edit {self.number}" if self.note else self.target
        return f"{self.program} note {what}"


class Written(NamedTuple):
    """A text with the draft it is kept in, and what its writer had before them; None: nothing."""

    text: str
    draft: Draft | None = None
    seen: str | None = None


Writer = Callable[[Task], Written]


def add(w: Workspace, name: str, write: Writer) -> Noted:
    """Write a note on what is called *name*; its text is asked for once it is clear what on."""
    thing = find(w, name)
    task = Task(thing.id, program=_program(w))
    written = write(task)
    with kept_until_stored(task, written.draft), w.writing("note", f"on {thing.title}") as journal:
        learners.check_present(w.connection, w.learner)
        number = writing.add_note(journal, thing.id, written.text)
    _stored(w, task, written)
    return Noted(number, outcome(w, "note", [thing], journal))


def edit(w: Workspace, number: int, write: Writer) -> Noted:
    """Give note *number* the text that is written with the present one at hand.

    Raises Overtaken or NotFound where another command changed or deleted it meanwhile.
    """
    id_, row = writing.find_note(w.connection, w.learner.id, number)
    task = Task(row["target"], number, id_, row["body"], _program(w))
    written = write(task)
    with kept_until_stored(task, written.draft), w.writing("note", f"edit {number}") as journal:
        learners.check_present(w.connection, w.learner)
        now = writing.edit_note(journal, number, written.text, id_, written.seen)
        journal.summary = f"edit {now}"
    _stored(w, task, written)
    return Noted(now, outcome(w, "note", (), journal))


def _program(w: Workspace) -> str:
    return f"llmpath --user {arguments(w.wanted)}" if w.wanted else "llmpath"


@contextmanager
def kept_until_stored(task: Task, draft: Draft | None) -> Iterator[None]:
    """Run the block, which stores what is in *draft*; whatever it fails with says where that is.

    A draft with nothing new in it is removed, then.
    """
    try:
        yield
    except BaseException as error:
        if draft and not drafts.is_new(draft):
            drafts.drop(draft)
        elif draft:
            drafts.release(draft)
            from shlex import quote  # only on the way to an error

            from_it = f"< {quote(str(draft.path))}"
            way = f"To continue it: {task.command}"
            if isinstance(error, Overtaken):
                way = f"To replace the note by it: {task.command} {from_it}"
            elif isinstance(error, NotFound) and task.note:
                way = f"To add it as a new note: {task.program} note {task.target} {from_it}"
            error.add_note(f"Your text is kept in {draft.path}")
            error.add_note(way)
        raise


def _stored(w: Workspace, task: Task, written: Written) -> None:
    """Remove the draft of what is stored, and others that say the same."""
    if w.trial:
        return
    if written.draft:
        drafts.drop(written.draft)
    drafts.stored(
        w.settings.data, learners.ids(w.connection, w.learner), task.target, task.note, written.text
    )


def unsaved(w: Workspace, task: Task) -> list[Waiting]:
    """Return the drafts of what is to be written that nobody works on, the newest first."""
    ids = learners.ids(w.connection, w.learner)
    drafts.sweep(w.settings.data, ids, w.now.timestamp())
    return drafts.waiting(w.settings.data, ids, task.target, task.note)


def draft(w: Workspace, task: Task, text: str | None = None) -> Draft:
    """Return a new draft of what is to be written, with *text* in it or else the note's own.

    Raises DatabaseTrouble where it cannot be kept.
    """
    data = w.settings.data
    try:
        return drafts.begin(data, w.learner.id, task.target, task.note, task.body, text)
    except OSError as error:
        raise DatabaseTrouble(
            f"Cannot keep a draft in {data / drafts.FOLDER}: {error.strerror or error}.",
            "Nothing was changed.",
        ) from None


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
    only = {note.target for note in found} | ({missed.id} if missed else set())
    left = [one for one in _unsaved(w) if not words or one.target in only]
    targets = [*(note.target for note in found), *(one.target for one in left)]
    return Notebook(found, naming.titles(w.connection, targets), missed, len(words), left)


def _unsaved(w: Workspace) -> list[Unsaved]:
    rows = []
    for one in drafts.waiting(w.settings.data, learners.ids(w.connection, w.learner)):
        id_, target = one.draft.note, one.draft.target
        number = writing.number_of_note(w.connection, id_) if id_ else None
        task = Task(target, number or 0, id_ if number else "", program=_program(w))
        at = datetime.fromtimestamp(one.saved, UTC).isoformat(timespec="seconds")
        path = one.draft.path
        rows.append(Unsaved(target, number, at, one.text, path, task.command))
    return rows


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
    return matching_notes(query, notes), bool(selection)
