"""Weeks with what to do in each: make a plan, show how it stands, drop it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from llmpath import times
from llmpath.actions.learner_map import LearnerMap, learner_map
from llmpath.actions.naming import find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.paths import goals_planned, goals_wanted, route_to
from llmpath.actions.workspace import Workspace
from llmpath.errors import NotFound, UsageError
from llmpath.model import Goal, Resource
from llmpath.plans import LONGEST_OFF, Brief, Depth, Plan, Slot
from llmpath.store.catalog import resources
from llmpath.store.learner import learning, planning
from llmpath.study.graph import CLEARED
from llmpath.study.plan import (
    Due,
    Remedy,
    Task,
    end_of,
    ends,
    fits,
    hours_needed,
    missed,
    pace,
    schedule,
    tasks,
    through,
    topics_by,
    weeks_of,
)
from llmpath.study.standing import OPEN, SlotStanding, stand
from llmpath.study.weeks import Calendar, joined

NONE = "none"  # clears what the present plan has


class Wish(NamedTuple):
    """What to plan for, as it was asked: None keeps what the present plan has.

    `hours` are those of a week, `by` is a day or 'none', `to` are names of topics and outcomes or
    'none' (the learner's goals), `aim` is that of all of them or 'default'. `off` are days or
    ranges of days, which are added to those there are, or 'none'. With `to` a plan begins anew.
    """

    hours: float | None = None
    by: str | None = None
    to: Sequence[str] | None = None
    depth: Depth | None = None
    aim: str | None = None
    off: Sequence[str] | None = None


class GoalDay(NamedTuple):
    """A goal with a day of its own, and the day it is reached on; '' where nothing is left."""

    goal: Goal
    ends_on: str


class Carried(NamedTuple):
    """What a plan has from the one before without being asked: in words, and the option for it."""

    text: str
    option: str


class PlanPage(NamedTuple):
    """A plan with how it stands; `fresh` when it was made just now, `kept` unless only shown.

    `through` is the day it ends on, which follows from how it stands today, `planned` the day it
    was to end on. `now` is the resource to go on with, '' where nothing is left, or all that is
    left waits for topics that the plan does not have. Of the `goals`,
    `ahead` are those still to be reached, and `unplanned` those that were set since. `asked` are
    the options that make the plan again, without those for the hours.
    """

    plan: Plan
    goals: Sequence[Goal]
    today: str
    through: str
    planned: str
    fits: bool
    days: Sequence[GoalDay]
    standings: Sequence[tuple[Slot, SlotStanding]]
    titles: Mapping[str, str]
    works: Mapping[str, Resource]
    now: str
    outcome: Outcome
    ahead: Sequence[Goal] = ()
    unplanned: Sequence[Goal] = ()
    remedy: Remedy | None = None
    fresh: bool = False
    kept: bool = True
    carried: Sequence[Carried] = ()
    asked: Sequence[str] = ()

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return list(dict.fromkeys(slot.resource for slot in self.plan.slots))

    @property
    def is_over(self) -> bool:
        """Whether nothing is left of it."""
        return all(standing not in OPEN for _, standing in self.standings)


class _Made(NamedTuple):
    """A plan, what it leads to, on which map, what there is to do, and by when.

    `spent` are the minutes of all sittings so far, by resource.
    """

    plan: Plan
    goals: Sequence[Goal]
    point: LearnerMap
    todo: Sequence[Task]
    dues: Sequence[Due]
    spent: Mapping[str, int]


def make(w: Workspace, wish: Wish, anyway: bool = False) -> PlanPage:
    """Plan from today with what is left, and keep the plan.

    One that does not fit replaces another only if that is wanted *anyway*. All that the plan
    depends on is read under the write lock, but for what names mean, which may be asked.
    """
    if wish.to and not _is_none(wish.to):
        wish = wish._replace(to=[one.id for one in find_all(w, wish.to, "goal")])
    with w.writing("plan") as journal:
        present = planning.plan(w.connection, w.learner.id)
        made = _made(w, wish, present)
        plan = made.plan
        good = fits(ends(plan.slots, weeks_of(plan)), made.dues)
        kept = bool(plan.slots) and (good or anyway or present is None)
        titles = ", ".join(goal.title for goal in made.goals)
        journal.summary = f"{plan.brief.hours:g} h a week for {titles}"
        if kept:
            planning.save(journal, plan)
        elif present and not plan.slots and not wish.to:
            planning.save(journal, None)  # it is finished
    done = outcome(w, "plan", (), journal)
    page = _page(w, made.point, plan, made.goals, made.dues, {}, done)
    return page._replace(
        remedy=None if good else _remedy(w, made),
        fresh=True,
        kept=kept,
        carried=_carried(w, wish, present, plan.brief) if present else (),
        asked=_asked(wish, plan.brief),
    )


def present(w: Workspace) -> PlanPage:
    """Return the learner's plan as it stands; raises NotFound where there is none."""
    plan = _present(w)
    goals = goals_planned(w, plan.brief)
    point = learner_map(w, goals=goals)
    spent = planning.spent_since(w.connection, w.learner.id)
    dues = _dues(point, plan.brief, goals, w.today)
    return _page(w, point, plan, goals, dues, spent, Outcome("plan"))


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


def _made(w: Workspace, wish: Wish, present: Plan | None) -> _Made:
    """Return the plan that is asked for; with the hours it takes where they are free."""
    brief = _brief(w, present, wish)
    goals = goals_planned(w, brief) or goals_wanted(w, [], "plan --to")
    point = learner_map(w, goals=goals)
    speed = pace(planning.logged(w.connection, w.learner.id))
    spent = {id_: one.minutes for id_, one in learning.spent(w.connection, w.learner.id).items()}
    route = route_to(w, point, goals, brief.depth)
    todo = tasks(route, speed, point.learned.statuses, spent)
    dues = _dues(point, brief, goals, w.today)
    free = wish.hours is None and (wish.by is not None or present is None or wish.to)
    if free and dues:
        weeks = Calendar(w.today, brief.hours, brief.off)
        brief = brief._replace(hours=hours_needed(todo, weeks, dues) or brief.hours)
    slots = schedule(todo, Calendar(w.today, brief.hours, brief.off))
    return _Made(Plan(brief, speed, w.today, slots), goals, point, todo, dues, spent)


def _dues(point: LearnerMap, brief: Brief, goals: Sequence[Goal], today: str) -> list[Due]:
    """Return what is to be done by when: all by the plan's day, and each goal by its own.

    A day of a goal that is past is no longer planned for.
    """
    found = [
        Due(point.roadmap.still_to_pass(goal.topics, point.states), goal.until)
        for goal in goals
        if goal.until >= today
    ]
    if brief.until:
        found.insert(0, Due(point.states.keys(), brief.until))
    return found


def _brief(w: Workspace, present: Plan | None, wish: Wish) -> Brief:
    """Return what to plan for: as asked, else as in the present plan, else as set."""
    if present and not wish.to:
        old = present.brief
    else:
        old = Brief((), Depth.ENOUGH, float(w.settings.value("plan.hours")), None)
    topics = old.topics if not wish.to or _is_none(wish.to) else tuple(wish.to)
    until = old.until
    if wish.by:
        until = None if wish.by.casefold() == NONE else times.day(wish.by, w.today)
    if until and until < w.today:
        past = f"{until} is in the past." if wish.by else f"Your plan's date, {until}, has passed."
        raise UsageError(past, "Choose a later date, or none: llmpath plan --by none")
    aim = old.aim if wish.aim is None else None if wish.aim == "default" else wish.aim
    hours = old.hours if wish.hours is None else wish.hours
    return Brief(topics, wish.depth or old.depth, hours, until, aim, _off(w, old.off, wish.off))


def _is_none(to: Sequence[str]) -> bool:
    return [name.casefold() for name in to] == [NONE]


def _off(
    w: Workspace, present: Sequence[tuple[str, str]], asked: Sequence[str] | None
) -> tuple[tuple[str, str], ...]:
    """Return the days off: those of the *present* plan that are to come, and those *asked* for."""
    found = list(present)
    for text in asked or ():
        if text.casefold() == NONE:
            found.clear()
            continue
        first, last = times.span(text, w.today)
        if last < w.today:
            raise UsageError(
                f"{text} is in the past.", "Clear the days off: llmpath plan --off none"
            )
        found.append((first, last))
    off = joined(days for days in found if days[1] >= w.today)
    for first, last in off:
        if (date.fromisoformat(last) - date.fromisoformat(first)).days >= LONGEST_OFF:
            raise UsageError(f"From {first} to {last} is more than a year off.")
    return off


def _carried(w: Workspace, wish: Wish, present: Plan, brief: Brief) -> list[Carried]:
    """Return what *brief* has from the *present* plan and nobody asked for now."""
    old = present.brief
    if wish.to:
        return []
    hours = wish.hours is None and brief.hours == old.hours
    kept = [
        (hours and old.hours != w.settings.value("plan.hours"), f"{old.hours:g} h a week", "hours"),
        (not wish.by and old.until, f"by {old.until}", "by"),
        (not wish.depth and old.depth != Depth.ENOUGH, f"depth {old.depth}", "depth"),
        (not wish.aim and old.aim, f"aim {old.aim}", "aim"),
        (not wish.off and brief.off, "your days off", "off"),
        (old.topics, "what it is for", "to"),
    ]
    return [Carried(text, f"--{option}") for holds, text, option in kept if holds]


def _asked(wish: Wish, brief: Brief) -> list[str]:
    """Return the options that ask for *brief* as *wish* does, all but the hours."""
    found: list[str] = []
    for id_ in (brief.topics or [NONE]) if wish.to else ():
        found += ["--to", id_]
    if wish.by:
        found += ["--by", brief.until or NONE]
    if wish.depth:
        found += ["--depth", str(wish.depth)]
    if wish.aim:
        found += ["--aim", wish.aim]
    for text in wish.off or ():
        found += ["--off", text if " " not in text else f'"{text}"']
    return found


def _page(
    w: Workspace,
    point: LearnerMap,
    plan: Plan,
    goals: Sequence[Goal],
    dues: Sequence[Due],
    spent: Mapping[str, int],
    done: Outcome,
) -> PlanPage:
    """Return the page of *plan*; *spent* are minutes since it was made, by resource."""
    ids = list(dict.fromkeys(slot.resource for slot in plan.slots))
    roadmap = point.roadmap
    found = stand(plan, roadmap, point.learned, point.states, spent, w.today, goals)
    days = found.ends
    planned = through(plan.slots, weeks_of(plan))
    open_ = [goal for goal in goals if roadmap.still_to_pass(goal.topics, point.states)]
    unplanned = [goal for goal in open_ if not _is_planned(point, plan, goal)]
    open_ = [goal for goal in open_ if goal not in unplanned]
    return PlanPage(
        plan=plan,
        goals=goals,
        today=w.today,
        through=max(days.values(), default=planned),
        planned=planned,
        fits=fits(days, dues),
        days=[
            GoalDay(goal, end_of(Due(roadmap.still_to_pass(goal.topics, point.states), ""), days))
            for goal in open_
            if goal.until
        ],
        standings=found.standings,
        titles=point.titles,
        works=resources.by_id(w.connection, ids),
        now=found.now[0][0].resource if found.now else "",
        outcome=done,
        ahead=open_ or goals,
        unplanned=unplanned if plan.slots else (),
    )


def _is_planned(point: LearnerMap, plan: Plan, goal: Goal) -> bool:
    """Say whether *plan* has anything of what *goal* itself is still made of, if there is any."""
    topics = {slot.topic for slot in plan.slots}
    works = {slot.resource for slot in plan.slots}
    left = [id_ for id_ in goal.topics if point.states[id_] not in CLEARED]
    core = {work for id_ in left for work in point.roadmap.nodes[id_].core}
    return not core or not works.isdisjoint(core) or not topics.isdisjoint(left)


def _remedy(w: Workspace, made: _Made) -> Remedy:
    """Return what would make a plan fit that does not."""
    plan, point = made.plan, made.point
    weeks = weeks_of(plan)
    less: list[tuple[Depth, int, str, bool]] = []
    for depth in (Depth.ENOUGH, Depth.QUICK):
        route = route_to(w, point, made.goals, depth)
        other = tasks(route, plan.pace, point.learned.statuses, made.spent)
        minutes = sum(task.minutes for task in other)
        if minutes < sum(task.minutes for task in made.todo):
            days = ends(schedule(other, weeks), weeks)
            less.append((depth, minutes, max(days.values()), fits(days, made.dues)))
    days = ends(plan.slots, weeks)
    until = missed(days, made.dues)
    return Remedy(hours_needed(made.todo, weeks, made.dues), until, topics_by(days, until), less)
