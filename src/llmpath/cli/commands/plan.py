"""Weeks with what to do in each: `plan`."""

from typing import Annotated

import typer

from llmpath.actions import planning
from llmpath.cli import asking, options
from llmpath.cli.session import Session, session
from llmpath.cli.writing import WritingCommand
from llmpath.plans import Depth

app = options.group(
    """Plan your weeks and see when you'll finish.

    Covers your goals in their order, or what you name with --to, at the pace you have logged.
    Run it again to reschedule what is left from today; what you don't change stays, but --to
    begins a new plan. Without a date it shows when you would finish; with --by but no --hours, how
    many hours a week you need. A plan that does not fit replaces another one only with --yes.

    \b
    Examples:
      llmpath plan --hours 5 --by 2027-03-01
      llmpath plan --to rag --to agents --hours 2h30
      llmpath plan --off 2026-12-21..2027-01-03
      llmpath plan                    reschedule from today
      llmpath plan show               what is done, due and late
    """
)


@app.callback()
def plan(
    ctx: typer.Context,
    hours: Annotated[
        float | None,
        typer.Option(
            "--hours",
            metavar="HOURS",
            parser=options.weekly,
            help="Time you have each week: 5, 2h30 or 1.5h.",
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="DAY", help="Finish by: 2027-03-01, in 6 weeks; or none."),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="TOPIC",
            help="What to reach instead of your goals, in this order; none for your goals.",
            autocompletion=options.completed("goals"),
        ),
    ] = None,
    off: Annotated[
        list[str] | None,
        typer.Option(
            "--off", metavar="DAYS", help="Days off: 2026-12-21..2027-01-03; or none. Repeatable."
        ),
    ] = None,
    depth: Annotated[
        Depth | None,
        typer.Option("--depth", "-d", metavar="DEPTH", help=options.DEPTHS),
    ] = None,
    aim: options.AimChoiceOption = None,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Make a plan, unless a subcommand was named."""
    if ctx.invoked_subcommand is not None:
        return
    s = session(ctx, yes)
    wish = planning.Wish(hours, by, to, depth, aim, off)
    found = planning.make(s, wish, yes)
    _show(s, found, json)
    refused = found.plan.slots and not found.kept
    if refused and s.asks and asking.confirmed("Keep this plan instead?"):
        meant = found.plan.brief.topics or [planning.NONE]  # nobody is asked twice what it is for
        planning.make(s, wish._replace(to=wish.to and meant), True)
        s.remark("This is your plan now; llmpath undo brings the other one back.")


@app.command("show")
def show(ctx: typer.Context, json: options.Json = False) -> None:
    """Show the plan with what is done, due and late.

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
