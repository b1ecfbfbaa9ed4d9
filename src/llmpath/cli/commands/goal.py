"""Where you want to get: `goal`."""

from typing import Annotated

import typer

from llmpath.actions import goals as actions
from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import UsageError


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
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="DAY", help="Reach them by: 2027-01-15, in 6 weeks; or none."),
    ] = None,
    first: Annotated[
        bool, typer.Option("--first", help="Put these goals before all others.")
    ] = False,
    aim: options.AimChoiceOption = None,
    drop: Annotated[
        bool, typer.Option("--drop", help="Drop these goals instead of adding them.")
    ] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Drop all goals.")] = False,
    json: options.Json = False,
) -> None:
    """Show, set or clear your goals: outcomes, topics, modules or tracks.

    `next` then offers only what leads there, `path` and `plan` go goal by goal: those put first,
    then those with the nearest day, then in the order you set them. To use a topic takes fewer
    prerequisites than to understand it; without --aim, a goal takes the aim of its track. Alone,
    it shows your goals and the outcomes to choose from.

    \b
    Examples:
      llmpath goal rag agents
      llmpath goal rag --by 2027-01-15
      llmpath goal agents --first
      llmpath goal
      llmpath goal ship-rag-application
      llmpath goal lora --aim use
      llmpath goal agents --drop
      llmpath goal --clear
    """
    from llmpath.render.pages import goal as page

    given = aim or by is not None or first
    if clear and (names or given or drop):
        raise UsageError("--clear drops all goals; use it alone.")
    if drop and given:
        raise UsageError("--drop takes no --aim, --by or --first.")
    if (given or drop) and not names:
        what = (
            "--drop" if drop else "--by 2027-01-15" if by else "--first" if first else "--aim use"
        )
        raise UsageError("Which goal?", f"For example: llmpath goal rag {what}")
    s = session(ctx)
    if clear:
        found = actions.clear_goals(s)
    elif names and drop:
        found = actions.drop_goals(s, names)
    elif names:
        found = actions.add_goals(s, names, aim, by, first)
    else:
        found = actions.goals(s)
    s.present(page, found, json)
