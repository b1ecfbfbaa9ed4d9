"""Several learners in one database: `user`."""

from typing import Annotated

import typer

from llmpath.actions import learners
from llmpath.cli import arguments, options
from llmpath.cli.commands import people, removal
from llmpath.cli.session import session
from llmpath.cli.telling import tell_learner
from llmpath.cli.writing import WritingCommand

app = options.group(
    """Manage several learners in one database.

    Each has their own progress, notes, goals and history. A command is for the learner given by
    --user, else by LLMPATH_USER, else for the one in use, else for your login name.

    \b
    Examples:
      llmpath user
      llmpath user add ada
      llmpath user use ada
      llmpath --user ada next
    """
)


@app.callback()
def user(ctx: typer.Context, json: options.Json = False) -> None:
    """List the learners, unless a subcommand was named."""
    if ctx.invoked_subcommand is None:
        list_(ctx, json)


@app.command("list")
def list_(ctx: typer.Context, json: options.Json = False) -> None:
    """List the learners.

    \b
    Examples:
      llmpath user list
    """
    from llmpath.render.pages import user as page

    s = session(ctx)
    found = learners.everyone(s)
    s.present(page, found, json)


@app.command(cls=WritingCommand)
def add(ctx: typer.Context, name: arguments.NewLearner, json: options.Json = False) -> None:
    """Add a learner.

    \b
    Examples:
      llmpath user add ada
    """
    s = session(ctx)
    tell_learner(s, learners.add(s, name), json)


@app.command(cls=WritingCommand)
def use(ctx: typer.Context, name: arguments.Learner, json: options.Json = False) -> None:
    """Switch to a learner.

    \b
    Examples:
      llmpath user use ada
    """
    s = session(ctx)
    tell_learner(s, learners.use(s, name), json)


@app.command(cls=WritingCommand)
def rename(
    ctx: typer.Context,
    name: arguments.Learner,
    to: Annotated[str, typer.Argument(metavar="NEW-NAME")],
    json: options.Json = False,
) -> None:
    """Rename a learner.

    \b
    Examples:
      llmpath user rename ada lovelace
    """
    s = session(ctx)
    tell_learner(s, learners.rename(s, name, to), json)


app.command(cls=WritingCommand)(people.merge)
app.command(cls=WritingCommand)(removal.remove)
app.command(cls=WritingCommand)(removal.restore)
