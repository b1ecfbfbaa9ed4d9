"""What you know and where you want to get: `know`, `forget`, `shaky`, `goal`."""

from typing import Annotated

import typer

from llmpath.actions import knowledge
from llmpath.cli import arguments, options
from llmpath.cli.session import session
from llmpath.errors import UsageError


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


def goal(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC or GOAL...]",
            help="What to add to your goals.",
            autocompletion=options.completed("goals"),
        ),
    ] = None,
    drop: Annotated[
        bool, typer.Option("--drop", help="Drop these goals instead of adding them.")
    ] = False,
    aim: options.AimOption = None,
    clear: Annotated[bool, typer.Option("--clear", help="Drop all goals.")] = False,
    json: options.Json = False,
) -> None:
    """Show, set or clear your goals: topics, or outcomes you want to reach.

    `next` then offers only what leads there. To use a topic takes fewer prerequisites than to
    understand it; without --aim, a goal takes the aim of its track. Alone, it shows your goals
    and the outcomes to choose from.

    \b
    Examples:
      llmpath goal rag agents
      llmpath goal
      llmpath goal ship-rag-application
      llmpath goal lora --aim use
      llmpath goal agents --drop
      llmpath goal --clear
    """
    from llmpath.render.pages import goal as page

    if clear and names:
        raise UsageError("--clear drops all goals; use it without topics.")
    if aim and (drop or clear or not names):
        raise UsageError("--aim is for goals you set.", "For example: llmpath goal lora --aim use")
    if drop and not names:
        raise UsageError("Which goal?", "For example: llmpath goal rag --drop")
    s = session(ctx)
    if clear:
        goals = knowledge.clear_goals(s)
    elif names and drop:
        goals = knowledge.drop_goals(s, names)
    elif names:
        goals = knowledge.add_goals(s, names, aim)
    else:
        goals = knowledge.goals(s)
    if json:
        s.data(page.data(goals))
        return
    s.show(page.lines(goals, s.width))
