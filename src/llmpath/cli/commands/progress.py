"""Say where you stand with resources and topics: `start`, `done`, `skip`, `reset`."""

from typing import Annotated

import typer

from llmpath.actions import progress
from llmpath.cli import arguments, options
from llmpath.cli.session import session
from llmpath.render.pages import outcome


def start(ctx: typer.Context, names: arguments.Names, json: options.Json = False) -> None:
    """Start one or more resources.

    \b
    Examples:
      llmpath start 1
      llmpath start illustrated-transformer karpathy-lets-build-gpt
    """
    s = session(ctx)
    s.present(outcome, progress.start(s, names), json)


def done(
    ctx: typer.Context,
    names: arguments.Names,
    minutes: Annotated[
        int | None,
        typer.Option(
            "--minutes", "-m", metavar="N", min=0, max=100_000, help="Minutes you spent on each."
        ),
    ] = None,
    rating: Annotated[
        int | None,
        typer.Option("--rating", "-r", metavar="N", min=1, max=5, help="How good it was, 1 to 5."),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help="A note to keep with each, in Markdown."),
    ] = None,
    json: options.Json = False,
) -> None:
    """Mark resources as done, and see what that unlocks.

    \b
    Examples:
      llmpath done 1
      llmpath done illustrated-transformer --minutes 40 --rating 5
      llmpath done 1 2 --note "Queries ask, keys answer."
    """
    s = session(ctx)
    s.present(outcome, progress.finish(s, names, minutes, rating, note), json)


def skip(
    ctx: typer.Context,
    names: arguments.Things,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Skip resources or topics, so that they are not offered again.

    A topic you skip holds nothing back: topics that build on it open without it.

    \b
    Examples:
      llmpath skip 2
      llmpath skip dimensionality-reduction
      llmpath reset 2        offer it again
    """
    s = session(ctx, yes)
    s.present(outcome, progress.skip(s, names), json)


def reset(
    ctx: typer.Context,
    names: arguments.Things,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Clear your progress on resources, or your marks on topics.

    A topic is then no longer known, skipped or shaky; progress on its resources is kept, and so
    are notes. `undo` brings everything back.

    \b
    Examples:
      llmpath reset illustrated-transformer
      llmpath reset dimensionality-reduction
    """
    s = session(ctx, yes)
    s.present(outcome, progress.reset(s, names), json)
