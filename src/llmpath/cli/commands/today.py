"""The day at a glance by a name: `today`."""

import typer

from llmpath.cli import options
from llmpath.cli.commands.dashboard import show
from llmpath.cli.session import session


def today(ctx: typer.Context, json: options.Json = False) -> None:
    """Your day at a glance, like `llmpath` alone.

    \b
    Examples:
      llmpath today
    """
    show(session(ctx), json)
