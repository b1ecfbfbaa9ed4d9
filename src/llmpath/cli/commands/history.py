"""What happened, and undoing it: `undo`, `redo`, `log`."""

from typing import TYPE_CHECKING, Annotated

import typer

from llmpath.actions import history
from llmpath.cli import options
from llmpath.cli.session import Session, session

if TYPE_CHECKING:
    from llmpath.actions.outcome import Outcome

Count = Annotated[int, typer.Argument(metavar="[N]", min=1, max=10_000, help="How many commands.")]


def undo(ctx: typer.Context, count: Count = 1, json: options.Json = False) -> None:
    """Undo the last command completely, including everything it changed.

    \b
    Examples:
      llmpath undo
      llmpath undo 3
    """
    s = session(ctx)
    _tell(s, history.undo(s, count, told=json), json)


def redo(ctx: typer.Context, count: Count = 1, json: options.Json = False) -> None:
    """Redo what was undone.

    This works only until you make another change.

    \b
    Examples:
      llmpath redo
      llmpath redo 3
    """
    s = session(ctx)
    _tell(s, history.redo(s, count, told=json), json)


def log(
    ctx: typer.Context,
    limit: Annotated[int, options.limit()] = 20,
    json: options.Json = False,
) -> None:
    """What you did, and when.

    \b
    Examples:
      llmpath log
      llmpath log --limit 0
    """
    from llmpath.render.pages import log as page

    s = session(ctx)
    commands = history.log(s, limit)
    s.present(page, commands, json)


def _tell(s: Session, done: "Outcome", json: bool) -> None:
    from llmpath.render.pages import outcome

    if json:
        s.data(outcome.reversed_data(done))
        return
    s.show(outcome.reversed_lines(done, s.width))
