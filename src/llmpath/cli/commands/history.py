"""What happened, and taking it back: `undo`, `redo`, `log`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.store.learner import journal

Count = Annotated[int, typer.Argument(metavar="[N]", min=1, max=10_000, help="How many commands.")]


def undo(ctx: typer.Context, count: Count = 1) -> None:
    """Take back the last command whole.

    Whatever it changed is as it was before: of several resources, of notes, of goals.

    \b
    Examples:
      llmpath undo
      llmpath undo 3
    """
    from llmpath.render.pages import outcome

    s = session(ctx)
    undone = journal.undo(s.connection, s.learner.id, count, s.moment)
    s.show(outcome.taken("Undone", undone.lines, s.width))


def redo(ctx: typer.Context, count: Count = 1) -> None:
    """Bring back what was undone.

    Until you change something else: then what was undone stays so.

    \b
    Examples:
      llmpath redo
      llmpath redo 3
    """
    from llmpath.render.pages import outcome

    s = session(ctx)
    redone = journal.redo(s.connection, s.learner.id, count, s.moment)
    s.show(outcome.taken("Redone", redone.lines, s.width))


def log(
    ctx: typer.Context,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=0, help="How many; 0 for all.")
    ] = 20,
    json: options.Json = False,
) -> None:
    """What happened when.

    \b
    Examples:
      llmpath log
      llmpath log --limit 0
    """
    from llmpath.render.pages import log

    s = session(ctx)
    entries = journal.log(s.connection, s.learner.id, limit or -1)
    if json:
        s.data(log.data(entries))
        return
    s.show(log.lines(entries, s.width))
