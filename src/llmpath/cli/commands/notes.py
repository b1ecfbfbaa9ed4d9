"""Write and read notes: `note` and `notes`."""

from typing import Annotated

import typer

from llmpath.actions import notes as actions
from llmpath.cli import editor, options
from llmpath.cli.dashes import as_typed
from llmpath.cli.session import session
from llmpath.errors import UsageError


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
        typer.Argument(
            metavar="[TEXT...]",
            help="Text of the note (Markdown). Omit it, or use -, to read from a pipe or editor.",
        ),
    ] = None,
    edit: Annotated[
        int | None, typer.Option("--edit", metavar="NUMBER", help="Change this note.")
    ] = None,
    delete: Annotated[
        int | None, typer.Option("--delete", metavar="NUMBER", help="Delete this note.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Write, change or delete a note.

    Without a text, the note is read from a pipe, or written in your editor ($VISUAL, $EDITOR).
    What you write is kept until it is stored: the same command continues it.

    \b
    Examples:
      llmpath note attention "Queries ask, keys answer, values tell."
      llmpath note 1 < thoughts.md
      llmpath note attention "- Queries ask."    a text may begin with a dash
      llmpath note rag -- "-x is an option of the tool"
      llmpath note --edit 3 "Better put."
      llmpath note --delete 3
    """
    from llmpath.render.pages import notes as page

    s = session(ctx)
    words = as_typed([*([name] if name is not None else []), *(text or [])])
    if edit is not None and delete is not None:
        raise UsageError("Use either --edit or --delete, not both.")
    if delete is not None:
        if words:
            raise UsageError("--delete takes only the number of a note.")
        done = actions.delete(s, delete)
        said = f"Deleted note {delete}; llmpath undo brings it back"
    elif edit is not None:
        done = actions.edit(s, edit, editor.writer(s, " ".join(words)))
        said = f"Changed note {done.number}" if done.outcome.changes else "Nothing to change"
    elif not words:
        raise UsageError("A note on what?", 'For example: llmpath note attention "..."')
    else:
        done = actions.add(s, words[0], editor.writer(s, " ".join(words[1:])))
        said = f"Note {done.number} on {done.outcome.things[0].title}"
    if json:
        s.data(page.noted_data(done))
        return
    s.show(page.noted(said, s.width))


def notes(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID or QUERY...]",
            help="Only notes on this resource or topic, or notes matching these words and filters.",
            autocompletion=options.completed("things_and_filters"),
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
    from llmpath.render.pages import notes as page

    s = session(ctx)
    notebook = actions.notebook(s, as_typed(words))
    s.present(page, notebook, json)
