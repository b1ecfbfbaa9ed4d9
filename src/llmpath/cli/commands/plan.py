"""Weeks with what to do in each: `plan`."""

from typing import Annotated

import typer

from llmpath.actions import planning
from llmpath.cli import options
from llmpath.cli.session import Session, session
from llmpath.cli.writing import WritingCommand
from llmpath.plans import Depth

app = options.group(
    """Plan your weeks and see when you'll finish.

    Covers your goals, or the topics you name, at the pace you have logged. Run it again to
    reschedule what is left from today. Without --by it shows when you would finish; with --by
    alone, how many hours a week you need.

    \b
    Examples:
      llmpath plan --hours 5 --by 2027-03-01
      llmpath plan --to rag --to agents --hours 3
      llmpath plan                    reschedule from today
      llmpath plan show               what is done, due and slipped
    """
)


@app.callback()
def plan(
    ctx: typer.Context,
    hours: Annotated[
        float | None,
        typer.Option("--hours", metavar="N", min=0.5, max=80, help="Hours you have each week."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="DATE",
            help='Finish date (YYYY-MM-DD); "none" for no deadline.',
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="TOPIC",
            help="A topic or goal to reach instead of your goals; may be repeated.",
            autocompletion=options.completed("goals"),
        ),
    ] = None,
    depth: Annotated[
        Depth | None,
        typer.Option("--depth", "-d", metavar="DEPTH", help=options.DEPTHS),
    ] = None,
    aim: options.AimOption = None,
    json: options.Json = False,
) -> None:
    """Make a plan, unless a subcommand was named."""
    if ctx.invoked_subcommand is not None:
        return
    s = session(ctx)
    _show(s, planning.make(s, planning.Wish(hours, by, to, depth, aim)), json)


@app.command("show")
def show(ctx: typer.Context, json: options.Json = False) -> None:
    """Show the plan with what is done, due and slipped.

    \b
    Examples:
      llmpath plan show
    """
    s = session(ctx)
    _show(s, planning.present(s), json)


@app.command("drop", cls=WritingCommand)
def drop(ctx: typer.Context, json: options.Json = False) -> None:
    """Drop the plan; `undo` brings it back.

    \b
    Examples:
      llmpath plan drop
    """
    from llmpath.render.pages import outcome

    s = session(ctx)
    done = planning.drop(s)
    if json:
        s.data(outcome.data(done))
        return
    s.show(outcome.sentence("Dropped the plan; llmpath undo brings it back", s.width))


def _show(s: Session, found: planning.PlanPage, json: bool) -> None:
    from llmpath.render.pages import plan as page

    s.present(page, found, json, found.numbered)
