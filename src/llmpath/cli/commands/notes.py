"""Write and read notes: `note` and `notes`."""

import sys
from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.names import one
from llmpath.cli.session import Session, session
from llmpath.errors import Ambiguous, NotFound, UsageError
from llmpath.model import Note
from llmpath.store.catalog import naming
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import command


def note(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="The resource or topic the note is on.",
            autocompletion=options.completed("everything"),
        ),
    ] = None,
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT...]", help="The note, in Markdown; - or none reads it."),
    ] = None,
    edit: Annotated[
        int | None, typer.Option("--edit", metavar="NUMBER", help="Change this note.")
    ] = None,
    delete: Annotated[
        int | None, typer.Option("--delete", metavar="NUMBER", help="Delete this note.")
    ] = None,
) -> None:
    """Write, change or delete a note.

    Without a text, the note is read from a pipe, or written in your editor ($VISUAL, $EDITOR).

    \b
    Examples:
      llmpath note attention "Queries ask, keys answer, values tell."
      llmpath note 1 < thoughts.md
      llmpath note --edit 3 "Better put."
      llmpath note --delete 3
    """
    s = session(ctx)
    if edit is not None and delete is not None:
        raise UsageError("Either --edit or --delete, not both.")
    if delete is not None:
        if name:
            raise UsageError("--delete takes the number of a note alone.")
        _delete(s, delete)
    elif edit is not None:
        words = [name, *(text or [])] if name else []
        _edit(s, edit, " ".join(words))
    elif name is None:
        raise UsageError("A note on what?", 'For example: llmpath note attention "..."')
    else:
        _add(s, name, " ".join(text or []))


def _add(s: Session, name: str, text: str) -> None:
    from llmpath.render.pages import outcome

    named = one(s, name)
    body = _text(s, text, "")
    with command(s.connection, s.learner.id, s.moment, "note", f"on {named.title}") as journal:
        number = writing.add_note(journal, named.id, body)
    s.show(outcome.said(f"Note {number} on {named.title}", s.width))


def _edit(s: Session, number: int, text: str) -> None:
    from llmpath.render.pages import outcome

    present = writing.find_note(learning.notes(s.connection, s.learner.id), number)
    body = _text(s, text, present.body)
    with command(s.connection, s.learner.id, s.moment, "note", f"edit {number}") as journal:
        writing.edit_note(journal, number, body)
    s.show(outcome.said(f"Changed note {number}" if journal.events else "As before", s.width))


def _delete(s: Session, number: int) -> None:
    from llmpath.render.pages import outcome

    with command(s.connection, s.learner.id, s.moment, "note", f"delete {number}") as journal:
        writing.delete_note(journal, number)
    s.show(outcome.said(f"Deleted note {number}; llmpath undo brings it back", s.width))


def _text(s: Session, text: str, present: str) -> str:
    """Return the note: as given, from the pipe, or written in the learner's editor."""
    if text and text != "-":
        return text
    if text == "-" or not _is_terminal():
        if sys.stdin is None:
            raise UsageError("There is no input to read the note from.")
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    return _written(s, present)


def _is_terminal() -> bool:
    try:
        return sys.stdin is not None and sys.stdin.isatty()
    except ValueError:
        return False


def _written(s: Session, present: str) -> str:
    """Let the learner write in their editor, starting from *present*."""
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    editor = s.environ.get("VISUAL") or s.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note.md"
        path.write_text(present, encoding="utf-8")
        try:
            code = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
        except (OSError, ValueError):
            raise UsageError(
                f"The editor {editor!r} cannot be started.", "Set EDITOR, or give the text."
            ) from None
        if code:
            raise UsageError(f"The editor ended with {code}; nothing was written.")
        return path.read_text(encoding="utf-8", errors="replace")


def notes(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID or QUERY...]",
            help="Only notes on this, or notes with these words on what these filters leave.",
            autocompletion=options.completed("everything"),
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Read your notes.

    \b
    Examples:
      llmpath notes
      llmpath notes attention
      llmpath notes kind:paper softmax
    """
    from llmpath.render.pages import notes

    s = session(ctx)
    found = _found(s, words or [])
    titles = naming.titles(s.connection, [note.target for note in found])
    if json:
        s.data(notes.data(found, titles))
        return
    s.show(notes.lines(found, titles, s.width))


def _found(s: Session, words: list[str]) -> list[Note]:
    """Return the notes on what *words* name or, where they name nothing, those they find."""
    connection, learner = s.connection, s.learner.id
    if not words:
        return learning.notes(connection, learner)
    try:
        return learning.notes(connection, learner, one(s, " ".join(words)).id)
    except (NotFound, Ambiguous) as error:
        from llmpath.cli import queries  # what writes a note reads no query
        from llmpath.search.groups import widen
        from llmpath.search.lexicon import Lexicon
        from llmpath.search.notebook import having
        from llmpath.store.catalog import resources

        asked = queries.read(s, words)
        selection = queries.narrow(s, Selection(), asked._replace(phrases=(), excluded=()))
        found = learning.notes(connection, learner)
        if selection:
            kept = {work.id for work in resources.select(connection, learner, selection)}
            found = [note for note in found if note.target in kept]
        terms = [*asked.terms, *(tuple(phrase.split()) for phrase in asked.phrases)]
        groups = widen(terms, Lexicon(connection))
        every = (1 << len(groups)) - 1
        found = [note for note in found if having(groups, note.body) == every]
        for text in asked.excluded:
            found = [note for note in found if text.casefold() not in note.body.casefold()]
        if not found and not selection and len(words) == 1:
            raise error from None
        return found
