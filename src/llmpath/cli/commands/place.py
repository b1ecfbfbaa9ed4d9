"""Find out what you know, in twenty questions or fewer: `place`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from llmpath.actions import placing
from llmpath.cli import options
from llmpath.cli.session import session


def _told_of(name: str, what: str) -> Any:
    """Return the option *name*, which says *what* of a topic or a module."""
    sort = what.rpartition(" ")[2]
    return typer.Option(
        name,
        metavar=sort.upper(),
        help=f"{what}; may be repeated. No questions are asked.",
        autocompletion=options.completed(f"{sort}s"),
    )


def place(
    ctx: typer.Context,
    yes_to: Annotated[list[str] | None, _told_of("--yes-to", "You know this topic")] = None,
    no_to: Annotated[list[str] | None, _told_of("--no-to", "You do not know this topic")] = None,
    all_of: Annotated[list[str] | None, _told_of("--all-of", "You know all of this module")] = None,
    none_of: Annotated[
        list[str] | None, _told_of("--none-of", "You know nothing of this module")
    ] = None,
    json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print JSON instead: the next question. Saves nothing without --save."
        ),
    ] = False,
    save: Annotated[
        bool, typer.Option("--save", help="With --json: also mark what you turn out to know.")
    ] = False,
) -> None:
    """Find out what you know, in twenty questions or fewer.

    Each answer settles a lot: if you know a topic, you know its prerequisites. You grade
    yourself, and can answer for all of a topic's module at once. If you have goals, it asks only
    about topics on the path to them. What you turn out to know is marked as known; `undo`
    reverses all of it.

    \b
    Examples:
      llmpath place
      llmpath place --yes-to pytorch --no-to attention
      llmpath place --all-of mathematics --none-of security
      llmpath place --yes-to pytorch --json             the best next question, for scripts
      llmpath place --yes-to pytorch --json --save      mark what follows from the answers
    """
    from llmpath.render.pages import place as page

    s = session(ctx)
    placement = placing.begin(s)
    told = placing.answers(s, placement, yes_to or (), no_to or (), all_of or (), none_of or ())
    for answer in told:
        placement.answer(*answer)
    if not told and not json:
        from llmpath.cli.placement import ask

        ask(s, placement, placing.goals_in(s, placement))
    only = json and not save
    placed = placing.tried(placement) if only else placing.settle(s, placement.answers)
    if json:
        s.data(page.data(placed, placing.question(s, placed.placement)))
        return
    s.show(page.lines(placed, s.trial, s.width))
