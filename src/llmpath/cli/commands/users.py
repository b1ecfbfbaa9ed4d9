"""Several learners in one database: `user`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import UsageError
from llmpath.store.learner import learners, members

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    help="""Several learners in one database.

    Each has progress, notes, goals and history of their own; nobody sees another's. The learner
    of a command is that of --user, else of LLMPATH_USER, else the one in use, else your login.

    \b
    Examples:
      llmpath user
      llmpath user add ada
      llmpath user use ada
      llmpath --user ada next
    """,
)

Who = Annotated[str, typer.Argument(metavar="NAME", autocompletion=options.completed("learners"))]


@app.callback()
def user(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        list_(ctx)


@app.command("list")
def list_(ctx: typer.Context, json: options.Json = False) -> None:
    """List the learners.

    \b
    Examples:
      llmpath user list
    """
    from llmpath.render.pages import user

    s = session(ctx)
    present = s.learner
    everyone = members.members(s.connection)
    if json:
        s.data(user.data(everyone, present))
        return
    s.show(user.lines(everyone, present, s.width))


@app.command()
def add(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Add a learner.

    \b
    Examples:
      llmpath user add ada
    """
    from llmpath.render.pages import outcome

    s = session(ctx)
    made = members.add(s.connection, name, s.moment.at)
    s.show(
        outcome.said(f"Added {made.name}; their commands: llmpath user use {made.name}", s.width)
    )


@app.command()
def use(ctx: typer.Context, name: Who) -> None:
    """Make a learner the one whose commands are meant from now on.

    \b
    Examples:
      llmpath user use ada
    """
    from llmpath.render.pages import outcome

    s = session(ctx)
    members.use(s.connection, learners.named(s.connection, name))
    s.show(outcome.said(f"Commands are {name}'s from now on", s.width))


@app.command()
def rename(
    ctx: typer.Context, name: Who, to: Annotated[str, typer.Argument(metavar="NEW-NAME")]
) -> None:
    """Call a learner by another name.

    \b
    Examples:
      llmpath user rename ada lovelace
    """
    from llmpath.render.pages import outcome

    s = session(ctx)
    members.rename(s.connection, learners.named(s.connection, name), to)
    s.show(outcome.said(f"{name} is now {to.strip()}", s.width))


@app.command()
def remove(
    ctx: typer.Context,
    name: Who,
    erase: Annotated[
        bool, typer.Option("--erase", help="Delete a removed learner's data for good (with --yes).")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Yes, erase.")] = False,
) -> None:
    """Put a learner away; their data stays and `restore` brings them back.

    \b
    Examples:
      llmpath user remove ada
      llmpath user restore ada
      llmpath user remove ada --erase --yes
    """
    from llmpath.render.pages import outcome

    s = session(ctx)
    if erase:
        if not yes:
            raise UsageError(
                f"Erasing {name} cannot be undone.",
                f"If sure: llmpath user remove {name} --erase --yes",
            )
        members.erase(s.connection, name)
        s.show(outcome.said(f"Erased {name} and all of their data", s.width))
        return
    members.remove(s.connection, learners.named(s.connection, name), s.moment.at)
    text = f"Removed {name}; all is kept: llmpath user restore {name} brings them back"
    s.show(outcome.said(text, s.width))


@app.command()
def restore(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Bring a removed learner back.

    \b
    Examples:
      llmpath user restore ada
    """
    from llmpath.render.pages import outcome

    s = session(ctx)
    members.restore(s.connection, name)
    s.show(outcome.said(f"{name} is back, with everything", s.width))
