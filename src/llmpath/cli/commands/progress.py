"""Say where you stand with resources and topics: `start`, `done`, `skip`, `reset`."""

from typing import Annotated

import typer

from llmpath.actions import progress
from llmpath.cli import arguments, options
from llmpath.cli.session import session
from llmpath.render.pages import outcome


def start(ctx: typer.Context, names: arguments.Names, json: options.Json = False) -> None:
    """Start one or more resources.

    What you have done stays done: starting it again says that you study it once more.

    \b
    Examples:
      llmpath start 1
      llmpath start illustrated-transformer karpathy-lets-build-gpt
    """
    from llmpath.render.pages import start as page

    s = session(ctx)
    s.present(page, progress.start(s, names), json)


def done(
    ctx: typer.Context,
    names: arguments.MaybeNames = None,
    minutes: Annotated[
        int | None,
        typer.Option(
            "--minutes",
            "-m",
            metavar="TIME",
            parser=options.length,
            help="How long each took you in all: 40, 1h30.",
        ),
    ] = None,
    rating: Annotated[
        int | None,
        typer.Option("--rating", "-r", metavar="N", min=1, max=5, help="How good it was, 1 to 5."),
    ] = None,
    note: options.Note = None,
    on: options.On = None,
    json: options.Json = False,
) -> None:
    """Mark resources as done, and see what that unlocks.

    Without a resource, it is the one in progress. The time it took you is that of its sittings
    (see `spent`), unless you say how long it was.

    \b
    Examples:
      llmpath done
      llmpath done 1 --on yesterday
      llmpath done illustrated-transformer --minutes 40 --rating 5
      llmpath done 1 2 --note "Queries ask, keys answer."
    """
    s = session(ctx)
    if not names:
        from llmpath.cli import underway

        names = [underway.the_one(s, "llmpath done")]
    s.present(outcome, progress.finish(s, names, minutes, rating, note, on), json)


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

    The time you logged on a resource goes with its progress. A topic is then no longer known,
    skipped or shaky; progress on its resources is kept, and so are notes. `undo` brings
    everything back.

    \b
    Examples:
      llmpath reset illustrated-transformer
      llmpath reset dimensionality-reduction
    """
    s = session(ctx, yes)
    s.present(outcome, progress.reset(s, names), json)
