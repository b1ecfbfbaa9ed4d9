"""What you know: `know`, `forget`, `shaky`."""

import typer

from llmpath.actions import knowledge
from llmpath.cli import arguments, options
from llmpath.cli.session import session


def know(
    ctx: typer.Context,
    names: arguments.Topics,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Mark topics as known, along with their prerequisites.

    A module or track stands for all of its topics, and a number for the topic of what it names.
    On a terminal, more than three topics are shown and asked for first.

    \b
    Examples:
      llmpath know python-basics
      llmpath know transformer-architecture, linear algebra
      llmpath know mathematics --dry-run
    """
    from llmpath.render.pages import outcome

    s = session(ctx, yes)
    done = knowledge.know(s, names)
    if json:
        s.data(outcome.data(done))
        return
    s.show(outcome.known(done, s.width))


def forget(
    ctx: typer.Context,
    names: arguments.Topics,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Unmark topics as known.

    Only these change; topics that build on them stay as you marked them.

    \b
    Examples:
      llmpath forget linear-algebra
    """
    from llmpath.render.pages import outcome

    s = session(ctx, yes)
    done = knowledge.forget(s, names)
    if json:
        s.data(outcome.data(done))
        return
    s.show(outcome.summed(done, s.width))


def shaky(
    ctx: typer.Context,
    names: arguments.Topics,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Mark topics as shaky, so that `next` offers to refresh them.

    Topics that build on them stay open. Finishing one of a topic's core resources clears the
    mark, and so does `know`.

    \b
    Examples:
      llmpath shaky linear-algebra
      llmpath know linear-algebra      clear the mark
    """
    from llmpath.render.pages import shaky as page

    s = session(ctx, yes)
    shaken = knowledge.shake(s, names)
    s.present(page, shaken, json)
