"""Weeks with what to do in each: `plan`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.commands.path import goals_of, way_to
from llmpath.cli.session import Session, session
from llmpath.cli.standpoint import Standpoint, standpoint
from llmpath.errors import NotFound, UsageError
from llmpath.plans import Aim, Plan
from llmpath.study.plan import (
    Remedy,
    fits,
    hours_needed,
    pace,
    review,
    schedule,
    tasks,
    through,
    topics_by,
)
from llmpath.vocab import Depth

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    help="""What to study week by week, and when you are through.

    Leads to your goals, or to the topics you name, at the pace you have logged. Made again, it
    starts from today with what is left. Without --by it tells when you would be through; with
    --by alone, how many hours a week that takes.

    \b
    Examples:
      llmpath plan --hours 5 --by 2027-03-01
      llmpath plan --to rag --to agents --hours 3
      llmpath plan                    plan again from today
      llmpath plan show               what is done, due and slipped
    """,
)


@app.callback()
def plan(
    ctx: typer.Context,
    hours: Annotated[
        float | None,
        typer.Option("--hours", metavar="N", min=0.5, max=80, help="Hours a week you have."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="DATE", help="The day to be through, as 2027-03-01; none for open."
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="TOPIC",
            help="Where to get instead of your goals; may be given several times.",
            autocompletion=options.completed("topics"),
        ),
    ] = None,
    depth: Annotated[
        Depth | None,
        typer.Option(
            "--depth",
            "-d",
            metavar="DEPTH",
            help="How much of each topic: quick (one resource), enough to go on, deep (all core).",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only show the plan; keep the one you have.")
    ] = False,
    json: options.Json = False,
) -> None:
    if ctx.invoked_subcommand is not None:
        return
    s = session(ctx)
    from llmpath.store.learner import planning
    from llmpath.store.learner.journal import command

    point = standpoint(s.connection, s.learner.id)
    present = planning.plan(s.connection, s.learner.id)
    aim = _aim(s, present, hours, by, to, depth)
    # A topic that the catalog has lost since is planned for no more.
    goals = [id_ for id_ in aim.topics if id_ in point.roadmap.nodes]
    goals = goals or goals_of(s, [], "plan --to")
    made, aim = _make(s, point, aim, goals, hours is None and by is not None)
    if not dry_run and (made.slots or present):
        titles = ", ".join(point.roadmap.nodes[goal].title for goal in goals)
        summary = f"{aim.hours:g} h a week to {titles}"
        with command(s.connection, s.learner.id, s.moment, "plan", summary) as journal:
            planning.save(journal, made if made.slots else None)
    _show(s, point, made, goals, json, fresh=True)


@app.command("show")
def show(ctx: typer.Context, json: options.Json = False) -> None:
    """Show the plan with what is done, due and slipped.

    \b
    Examples:
      llmpath plan show
    """
    s = session(ctx)
    made = _present(s)
    point = standpoint(s.connection, s.learner.id)
    known = [goal for goal in made.aim.topics if goal in point.roadmap.nodes]
    goals = known or _goals(s)
    _show(s, point, made, goals, json, fresh=False)


@app.command("drop")
def drop(ctx: typer.Context) -> None:
    """Drop the plan; `undo` brings it back.

    \b
    Examples:
      llmpath plan drop
    """
    from llmpath.render.pages import outcome
    from llmpath.store.learner import planning
    from llmpath.store.learner.journal import command

    s = session(ctx)
    _present(s)
    with command(s.connection, s.learner.id, s.moment, "plan", "drop") as journal:
        planning.save(journal, None)
    s.show(outcome.said("Dropped the plan; llmpath undo brings it back", s.width))


def _present(s: Session) -> Plan:
    from llmpath.store.learner import planning

    found = planning.plan(s.connection, s.learner.id)
    if found is None:
        raise NotFound("You have no plan yet.", "Make one: llmpath plan --hours 5 --by 2027-03-01")
    return found


def _goals(s: Session) -> list[str]:
    from llmpath.store.learner import learning

    return [goal.topic for goal in learning.goals(s.connection, s.learner.id)]


def _aim(
    s: Session,
    present: Plan | None,
    hours: float | None,
    by: str | None,
    to: list[str] | None,
    depth: Depth | None,
) -> Aim:
    """Return what to plan for: as asked, else as in the present plan, else as set."""
    if present:
        old = present.aim
    else:
        old = Aim((), Depth.ENOUGH, float(s.settings.value("plan.hours")), None)
    topics = tuple(goals_of(s, to, "plan --to")) if to else old.topics
    until = _date(s, by) if by else old.until
    if until and until < s.today:
        raise UsageError(f"{until} is over.", "Say another day, or none: llmpath plan --by none")
    return Aim(topics, depth or old.depth, old.hours if hours is None else hours, until or None)


def _date(s: Session, text: str) -> str:
    if text.casefold() == "none":
        return ""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--by takes a day like 2027-03-01, not {text!r}.") from None


def _make(
    s: Session, point: Standpoint, aim: Aim, goals: list[str], free: bool
) -> tuple[Plan, Aim]:
    """Return the plan, with the hours it takes by its date where they are left *free*."""
    from llmpath.store.learner import planning

    speed = pace(planning.logged(s.connection, s.learner.id))
    todo = tasks(way_to(s, point, goals, aim.depth), speed)
    if free and aim.until:
        aim = aim._replace(hours=hours_needed(todo, s.today, aim.until) or aim.hours)
    return Plan(aim, speed, s.today, schedule(todo, aim.hours)), aim


def _show(
    s: Session, point: Standpoint, made: Plan, goals: list[str], json: bool, fresh: bool
) -> None:
    from llmpath.render.pages import plan as render
    from llmpath.store.catalog import resources

    ids = list(dict.fromkeys(slot.resource for slot in made.slots))
    page = render.Page(
        plan=made,
        goals=goals,
        today=s.today,
        through=through(made.slots, made.aim.hours, made.starts_on),
        standings=review(made, point.learned.statuses, point.states, s.today),
        titles={id_: node.title for id_, node in point.roadmap.nodes.items()},
        works=resources.by_id(s.connection, ids),
        remedy=_remedy(s, point, made, goals) if fresh else None,
        fresh=fresh,
    )
    if json:
        s.data(render.data(page))
        return
    s.number(ids)
    s.show(render.lines(page, s.width))


def _remedy(s: Session, point: Standpoint, made: Plan, goals: list[str]) -> Remedy | None:
    """Return what would make a plan fit that does not; None for one that does."""
    aim = made.aim
    todo = tasks(way_to(s, point, goals, aim.depth), made.pace)
    if aim.until is None or fits(todo, aim, made.starts_on):
        return None
    less: list[tuple[Depth, int, str]] = []
    for depth in (Depth.ENOUGH, Depth.QUICK):
        other = tasks(way_to(s, point, goals, depth), made.pace)
        minutes = sum(task.minutes for task in other)
        if minutes < sum(task.minutes for task in todo):
            end = through(schedule(other, aim.hours), aim.hours, made.starts_on)
            less.append((depth, minutes, end))
    return Remedy(
        hours=hours_needed(todo, made.starts_on, aim.until),
        passed=topics_by(made.slots, aim.hours, made.starts_on, aim.until),
        less=less,
    )
