"""Weeks with what to do in each: make a plan, show how it stands, drop it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, goals_of, learner_map
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.paths import route_to, topics_wanted
from llmpath.actions.workspace import Workspace
from llmpath.errors import NotFound, UsageError
from llmpath.model import Resource
from llmpath.plans import Aim, Depth, Plan, Slot
from llmpath.store.catalog import resources
from llmpath.store.learner import planning
from llmpath.study.plan import (
    Remedy,
    SlotStanding,
    fits,
    hours_needed,
    pace,
    review,
    schedule,
    tasks,
    through,
    topics_by,
)


class Wish(NamedTuple):
    """What to plan for, as it was asked: None keeps what the present plan has.

    `hours` are those of a week, `by` is a date (YYYY-MM-DD) or 'none', `to` are names of topics.
    """

    hours: float | None = None
    by: str | None = None
    to: Sequence[str] | None = None
    depth: Depth | None = None


class PlanPage(NamedTuple):
    """A plan with how it stands; `fresh` when it was made just now."""

    plan: Plan
    goals: Sequence[str]
    today: str
    through: str
    standings: Sequence[tuple[Slot, SlotStanding]]
    titles: Mapping[str, str]
    works: Mapping[str, Resource]
    remedy: Remedy | None
    fresh: bool
    outcome: Outcome

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return list(dict.fromkeys(slot.resource for slot in self.plan.slots))


def make(w: Workspace, wish: Wish, dry_run: bool = False) -> PlanPage:
    """Plan from today with what is left, and keep the plan unless it is a *dry_run*.

    All that the plan depends on is read under the write lock, or from one state of the database
    where nothing is to be written.
    """
    if dry_run:
        point = learner_map(w)
        plan, goals = _made(w, point, wish, planning.plan(w.connection, w.learner.id))
        return _page(w, point, plan, goals, Outcome("plan"), fresh=True)
    with w.writing("plan") as journal:
        point = learner_map(w)
        present = planning.plan(w.connection, w.learner.id)
        plan, goals = _made(w, point, wish, present)
        journal.summary = f"{plan.aim.hours:g} h a week for {', '.join(map(point.title, goals))}"
        if plan.slots or present:
            planning.save(journal, plan if plan.slots else None)
    done = outcome(w, "plan", (), journal)
    return _page(w, point, plan, goals, done, fresh=True)


def present(w: Workspace) -> PlanPage:
    """Return the learner's plan as it stands; raises NotFound where there is none."""
    plan = _present(w)
    point = learner_map(w)
    known = [goal for goal in plan.aim.topics if goal in point.roadmap.nodes]
    return _page(w, point, plan, known or goals_of(w), Outcome("plan"), fresh=False)


def drop(w: Workspace) -> Outcome:
    """Drop the learner's plan; raises NotFound where there is none."""
    with w.writing("plan", "drop") as journal:
        _present(w)
        planning.save(journal, None)
    return outcome(w, "plan", (), journal)


def _present(w: Workspace) -> Plan:
    found = planning.plan(w.connection, w.learner.id)
    if found is None:
        raise NotFound("You have no plan yet.", "Make one: llmpath plan --hours 5 --by 2027-03-01")
    return found


def _made(
    w: Workspace, point: LearnerMap, wish: Wish, present: Plan | None
) -> tuple[Plan, list[str]]:
    """Return the plan and the topics it leads to, with the hours it takes where they are free."""
    aim = _aim(w, present, wish)
    # A topic that the catalog has lost since is planned for no more.
    goals = [id_ for id_ in aim.topics if id_ in point.roadmap.nodes]
    goals = goals or topics_wanted(w, [], "plan --to")
    speed = pace(planning.logged(w.connection, w.learner.id))
    todo = tasks(route_to(w, point, goals, aim.depth), speed)
    if wish.hours is None and wish.by is not None and aim.until:
        aim = aim._replace(hours=hours_needed(todo, w.today, aim.until) or aim.hours)
    return Plan(aim, speed, w.today, schedule(todo, aim.hours)), goals


def _aim(w: Workspace, present: Plan | None, wish: Wish) -> Aim:
    """Return what to plan for: as asked, else as in the present plan, else as set."""
    if present:
        old = present.aim
    else:
        old = Aim((), Depth.ENOUGH, float(w.settings.value("plan.hours")), None)
    topics = tuple(topics_wanted(w, wish.to, "plan --to")) if wish.to else old.topics
    until = _date(wish.by) if wish.by else old.until
    if until and until < w.today:
        raise UsageError(
            f"{until} is in the past.", "Choose a later date, or none: llmpath plan --by none"
        )
    hours = old.hours if wish.hours is None else wish.hours
    return Aim(topics, wish.depth or old.depth, hours, until or None)


def _date(text: str) -> str:
    if text.casefold() == "none":
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--by takes a date like 2027-03-01, not {text!r}.") from None


def _page(
    w: Workspace,
    point: LearnerMap,
    plan: Plan,
    goals: Sequence[str],
    done: Outcome,
    fresh: bool,
) -> PlanPage:
    ids = list(dict.fromkeys(slot.resource for slot in plan.slots))
    return PlanPage(
        plan=plan,
        goals=goals,
        today=w.today,
        through=through(plan.slots, plan.aim.hours, plan.starts_on),
        standings=review(plan, point.learned.statuses, point.states, w.today),
        titles=point.titles,
        works=resources.by_id(w.connection, ids),
        remedy=_remedy(w, point, plan, goals) if fresh else None,
        fresh=fresh,
        outcome=done,
    )


def _remedy(w: Workspace, point: LearnerMap, plan: Plan, goals: Sequence[str]) -> Remedy | None:
    """Return what would make a plan fit that does not; None for one that does."""
    aim = plan.aim
    todo = tasks(route_to(w, point, goals, aim.depth), plan.pace)
    if aim.until is None or fits(todo, aim, plan.starts_on):
        return None
    less: list[tuple[Depth, int, str]] = []
    for depth in (Depth.ENOUGH, Depth.QUICK):
        other = tasks(route_to(w, point, goals, depth), plan.pace)
        minutes = sum(task.minutes for task in other)
        if minutes < sum(task.minutes for task in todo):
            end = through(schedule(other, aim.hours), aim.hours, plan.starts_on)
            less.append((depth, minutes, end))
    return Remedy(
        hours=hours_needed(todo, plan.starts_on, aim.until),
        passed=topics_by(plan.slots, aim.hours, plan.starts_on, aim.until),
        less=less,
    )
