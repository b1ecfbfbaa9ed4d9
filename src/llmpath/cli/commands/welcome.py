"""The first minute: `welcome`, and bare `llmpath` for somebody new."""

from collections.abc import Sequence
from typing import Annotated

import typer

from llmpath.actions import welcome as actions
from llmpath.actions.welcome import Said
from llmpath.cli import options
from llmpath.cli.session import Session, session
from llmpath.errors import UsageError


def welcome(
    ctx: typer.Context,
    want: Annotated[
        list[str] | None,
        typer.Option(
            "--want",
            metavar="WORD",
            help="What you want: use, build, run, train, operate, understand, papers, look, or"
            " names of goals; may be repeated.",
            autocompletion=options.completed("wants"),
        ),
    ] = None,
    know: Annotated[
        list[str] | None,
        typer.Option(
            "--know",
            metavar="WORD",
            help="What you know: python, maths, networks, apis, transformers, or names of topics;"
            " may be repeated.",
            autocompletion=options.completed("skills"),
        ),
    ] = None,
    hours: Annotated[
        float | None,
        typer.Option(
            "--hours",
            metavar="HOURS",
            parser=options.weekly,
            help="Time you have each week, for a plan: 5, 2h30 or 1.5h.",
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Get set up: what you want, what you know, how much time you have.

    On a terminal it asks; with options it asks nothing. What you want becomes your goals, what
    you know is marked as known along with its prerequisites, and with your hours it makes a plan.
    Then it offers three things to start with. `undo` reverses it: the plan first, then the rest.

    \b
    Examples:
      llmpath welcome
      llmpath welcome --want build --know python,maths --hours 5
      llmpath welcome --want run-models-at-home --dry-run
    """
    s = session(ctx)
    if want or know or hours:
        settle(s, _said(s, want or (), know or (), hours), json)
    elif s.can_ask:
        guide(s)
    else:
        raise UsageError(
            "Nobody can be asked here, so name what you want and know.",
            "For example: llmpath welcome --want build --know python,maths --hours 5",
            [
                f"--want   {', '.join(offer.way.word for offer in actions.wants(s))}",
                f"--know   {', '.join(offer.way.word for offer in actions.skills(s))}",
                "--hours  the hours you have each week",
            ],
        )


def _said(s: Session, want: Sequence[str], know: Sequence[str], hours: float | None) -> Said:
    said = Said(
        want=actions.understood(s, actions.wants(s), ",".join(want), "goal"),
        know=actions.understood(s, actions.skills(s), ",".join(know), "topic"),
        hours=hours,
    )
    if said.hours is not None and not said.want and not actions.goals_set(s):
        raise UsageError(
            "A plan needs a goal.", "For example: llmpath welcome --want build --hours 5"
        )
    return said


def guide(s: Session) -> None:
    """Ask the learner on a terminal, and set what they say."""
    from llmpath.cli.welcoming import ask
    from llmpath.render.layout import EMPTY
    from llmpath.render.pages import welcome as page

    said = ask(s)
    if said is None:
        s.show(page.stopped(s.width))
    else:
        s.show([EMPTY])
        settle(s, said, json=False)


def settle(s: Session, said: Said, json: bool) -> None:
    """Set what was *said*, and show what to begin with."""
    from llmpath.render.pages import welcome as page

    done = actions.settle(s, said)
    s.present(page, done, json, done.numbered)
