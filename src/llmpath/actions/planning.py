"""Weeks with what to do in each: make a plan, show how it stands, drop it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, goals_of, learner_map
from llmpath.actions.naming import find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.paths import goals_called, goals_wanted, route_to
from llmpath.actions.workspace import Workspace
from llmpath.errors import NotFound, UsageError
from llmpath.model import Goal, Resource
from llmpath.plans import Brief, Depth, Plan, Slot
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
from llmpath.vocab import Aim


class Wish(NamedTuple):
    """What to plan for, as it was asked: None keeps what the present plan has.

    `hours` are those of a week, `by` is a date (YYYY-MM-DD) or 'none', `to` are names of topics
    and outcomes, `aim` is that of all of them.
    """

    hours: float | None = None
    by: str | None = None
    to: Sequence[str] | None = None
    depth: Depth | None = None
    aim: Aim | None = None


class PlanPage(NamedTuple):
    """A plan with how it stands; `fresh` when it was made just now."""

    plan: Plan
    goals: Sequence[Goal]
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


def make(w: Workspace, wish: Wish) -> PlanPage:
    """Plan from today with what is left, and keep the plan.

    All that the plan depends on is read under the write lock.
    """
    with w.writing("plan") as journal:
        present = planning.plan(w.connection, w.learner.id)
        plan, goals, point = _made(w, wish, present)
        titles = ", ".join(goal.title for goal in goals)
        journal.summary = f"{plan.brief.hours:g} h a week for {titles}"
        if plan.slots or present:
            planning.save(journal, plan if plan.slots else None)
    done = outcome(w, "plan", (), journal)
    return _page(w, point, plan, goals, done, fresh=True)


def present(w: Workspace) -> PlanPage:
    """Return the learner's plan as it stands; raises NotFound where there is none."""
    plan = _present(w)
    goals = _goals(w, plan.brief) or goals_of(w)
    point = learner_map(w, goals=goals)
    return _page(w, point, plan, goals, Outcome("plan"), fresh=False)


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


def _goals(w: Workspace, brief: Brief) -> list[Goal]:
    """Return what *brief* names as goals; what the catalog has lost is planned for no more."""
    goals = goals_called(w, brief.topics)
    return [goal._replace(aim=brief.aim) for goal in goals] if brief.aim else goals


def _made(w: Workspace, wish: Wish, present: Plan | None) -> tuple[Plan, list[Goal], LearnerMap]:
    """Return the plan, the goals it leads to, and the map with those goals.

    With the hours it takes where they are free.
    """
    brief = _brief(w, present, wish)
    goals = _goals(w, brief) or goals_wanted(w, [], "plan --to", brief.aim)
    point = learner_map(w, goals=goals)
    speed = pace(planning.logged(w.connection, w.learner.id))
    todo = tasks(route_to(w, point, goals, brief.depth), speed)
    if wish.hours is None and wish.by is not None and brief.until:
        brief = brief._replace(hours=hours_needed(todo, w.today, brief.until) or brief.hours)
    return Plan(brief, speed, w.today, schedule(todo, brief.hours)), goals, point


def _brief(w: Workspace, present: Plan | None, wish: Wish) -> Brief:
    """Return what to plan for: as asked, else as in the present plan, else as set."""
    if present:
        old = present.brief
    else:
        old = Brief((), Depth.ENOUGH, float(w.settings.value("plan.hours")), None)
    topics = tuple(one.id for one in find_all(w, wish.to, "goal")) if wish.to else old.topics
    until = _date(wish.by) if wish.by else old.until
    if until and until < w.today:
        raise UsageError(
            f"{until} is in the past.", "Choose a later date, or none: llmpath plan --by none"
        )
    hours = old.hours if wish.hours is None else wish.hours
    return Brief(topics, wish.depth or old.depth, hours, until or None, wish.aim or old.aim)


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
    goals: Sequence[Goal],
    done: Outcome,
    fresh: bool,
) -> PlanPage:
    ids = list(dict.fromkeys(slot.resource for slot in plan.slots))
    return PlanPage(
        plan=plan,
        goals=goals,
        today=w.today,
        through=through(plan.slots, plan.brief.hours, plan.starts_on),
        standings=review(plan, point.learned.statuses, point.states, w.today),
        titles=point.titles,
        works=resources.by_id(w.connection, ids),
        remedy=_remedy(w, point, plan, goals) if fresh else None,
        fresh=fresh,
        outcome=done,
    )


def _remedy(w: Workspace, point: LearnerMap, plan: Plan, goals: Sequence[Goal]) -> Remedy | None:
    """Return what would make a plan fit that does not; None for one that does."""
    brief = plan.brief
    todo = tasks(route_to(w, point, goals, brief.depth), plan.pace)
    if brief.until is None or fits(todo, brief, plan.starts_on):
        return None
    less: list[tuple[Depth, int, str]] = []
    for depth in (Depth.ENOUGH, Depth.QUICK):
        other = tasks(route_to(w, point, goals, depth), plan.pace)
        minutes = sum(task.minutes for task in other)
        if minutes < sum(task.minutes for task in todo):
            end = through(schedule(other, brief.hours), brief.hours, plan.starts_on)
            less.append((depth, minutes, end))
    return Remedy(
        hours=hours_needed(todo, plan.starts_on, brief.until),
        passed=topics_by(plan.slots, brief.hours, plan.starts_on, brief.until),
        less=less,
    )
