"""Help by name: `help`."""

from typing import Annotated, Any

import typer

from llmpath.cli import options
from llmpath.errors import UsageError


def help_(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COMMAND...]",
            help="The command to explain.",
            autocompletion=options.completed("commands"),
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", "-a", help="List all commands.")] = False,
) -> None:
    """Show the help of a command, or list all of them.

    \b
    Examples:
      llmpath help done        the same as llmpath done --help
      llmpath help plan show
      llmpath help --all
    """
    context: Any = ctx.find_root()
    if everything:
        if names:
            raise UsageError("--all lists all commands; use it alone.", "Run: llmpath help --all")
        typer.echo(context.command.complete_help(context))
        return
    for name in names or ():
        context = _inner(context, name)
    typer.echo(context.command.get_help(context))


def _inner(context: Any, name: str) -> Any:
    """Return the context of the command *name* of the command of *context*."""
    group = context.command
    if not hasattr(group, "resolve_command"):
        raise UsageError(
            f"llmpath {group.name} has no commands of its own.",
            f"Run: llmpath help {group.name}",
        )
    name, command, _ = group.resolve_command(context, [name])
    return typer.Context(command, info_name=name, parent=context)
