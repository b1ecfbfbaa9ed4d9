"""What to study in which week: the path to a goal, fitted into the hours there are.

Weeks are counted from the day of planning. Dates are the learner's own, YYYY-MM-DD; no clock is
read in here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from llmpath.plans import Brief, Depth, Plan, Slot
from llmpath.study.graph import CLEARED
from llmpath.study.path import Route
from llmpath.vocab import State, Status

SLIVER_MINUTES = 30  # minutes below which a part of something is not worth sitting down for
ASSUMED_MINUTES = 30  # minutes of a resource whose length nobody has said
MOST_HOURS = 80  # a week; who needs more should move the date
TRUST_MINUTES = 300  # minutes of estimates that a learner's own pace has to outweigh
SLOWEST, FASTEST = 4.0, 0.25  # times the estimate; beyond that something else was measured


class Task(NamedTuple):
    """A resource to study for a topic, and the minutes it takes this learner."""

    topic: str
    resource: str
    minutes: int


class Remedy(NamedTuple):
    """What would make a plan fit: hours a week; `less` are depths with minutes and last day.

    `passed` are the topics that are studied in full by the date all the same.
    """

    hours: float | None
    passed: Sequence[str]
    less: Sequence[tuple[Depth, int, str]]


class SlotStanding(StrEnum):
    """How a slot of a plan stands today."""

    DONE = "done"
    DOING = "doing"
    SLIPPED = "slipped"
    DUE = "due"
    AHEAD = "ahead"
    DROPPED = "no longer needed"


def pace(logged: Iterable[tuple[int, int]]) -> float:
    """Return how long a learner takes, as a multiple of the estimates.

    *logged* are (minutes taken, minutes estimated). A few resources say little, so that the
    estimates count as TRUST_MINUTES minutes studied in exactly the time estimated.
    """
    taken = estimated = float(TRUST_MINUTES)
    for spent, expected in logged:
        if spent > 0 and expected > 0:
            taken += min(max(spent, FASTEST * expected), SLOWEST * expected)
            estimated += expected
    return round(taken / estimated, 2)


def tasks(route: Route, pace: float) -> list[Task]:
    """Return what the route asks to study, in its order, at the learner's *pace*."""
    return [
        Task(step.topic, work.id, max(1, round((work.minutes or ASSUMED_MINUTES) * pace)))
        for step in route.steps
        for work in step.works
    ]


def schedule(tasks: Sequence[Task], hours: float) -> tuple[Slot, ...]:
    """Return *tasks* in weeks of *hours*, in order; what is too long for a week is split.

    Nothing is split that leaves less than SLIVER_MINUTES minutes on either side, unless a week is
    shorter than that.
    """
    capacity = max(1, int(hours * 60))
    week = used = 0
    slots: list[Slot] = []
    for task in tasks:
        pieces: list[tuple[int, int]] = []
        left = task.minutes
        while left:
            taken = _fit(left, capacity - used, capacity)
            if taken:
                pieces.append((week, taken))
                left -= taken
                used += taken
            if left:
                week, used = week + 1, 0
        for part, (when, minutes) in enumerate(pieces, 1):
            slots.append(Slot(when, task.topic, task.resource, minutes, part, len(pieces)))
    return tuple(slots)


def _fit(left: int, room: int, capacity: int) -> int:
    """Return how many of the *left* minutes to study in the *room* of a week; 0: wait for more."""
    if left <= room:
        return left
    if room >= SLIVER_MINUTES and left - room >= SLIVER_MINUTES:
        return room
    if room >= SLIVER_MINUTES and left - SLIVER_MINUTES >= SLIVER_MINUTES:
        return left - SLIVER_MINUTES  # a little less than fits, for the rest to be worth a sitting
    return room if room == capacity else 0


def through(slots: Sequence[Slot], hours: float, starts_on: str) -> str:
    """Return the day on which the last of *slots* is done, each week being worked evenly."""
    start = date.fromisoformat(starts_on)
    if not slots:
        return starts_on
    last = slots[-1].week
    used = sum(slot.minutes for slot in slots if slot.week == last)
    days = ceil(7 * used / max(1, int(hours * 60)))
    return (start + timedelta(days=7 * last + max(days, 1) - 1)).isoformat()


def fits(tasks: Sequence[Task], brief: Brief, starts_on: str) -> bool:
    """Say whether *tasks* are done by the date of *brief*; without one they always are."""
    if brief.until is None:
        return True
    return through(schedule(tasks, brief.hours), brief.hours, starts_on) <= brief.until


def hours_needed(tasks: Sequence[Task], starts_on: str, until: str) -> float | None:
    """Return the fewest hours a week, in halves, that do by *until*; None if no week has them."""
    for halves in range(1, 2 * MOST_HOURS + 1):
        hours = halves / 2
        if through(schedule(tasks, hours), hours, starts_on) <= until:
            return hours
    return None


def topics_by(slots: Sequence[Slot], hours: float, starts_on: str, until: str) -> list[str]:
    """Return the topics that are studied in full by *until*, in order."""
    ends: dict[str, str] = {}
    for number, slot in enumerate(slots, 1):
        ends[slot.topic] = through(slots[:number], hours, starts_on)
    return [topic for topic, end in ends.items() if end <= until]


def week_starts(starts_on: str, week: int) -> str:
    """Return the first day of the plan's week number *week* (the first is 0)."""
    return (date.fromisoformat(starts_on) + timedelta(days=7 * week)).isoformat()


def review(
    plan: Plan,
    statuses: Mapping[str, Status],
    states: Mapping[str, State],
    today: str,
) -> list[tuple[Slot, SlotStanding]]:
    """Return how each slot of *plan* stands on the day *today*.

    A slot has slipped when its week is over and its resource is neither done nor, while more
    parts are to come, under way. What belongs to a topic passed in another way is dropped.
    """
    return [(slot, _standing(plan, slot, statuses, states, today)) for slot in plan.slots]


def _standing(
    plan: Plan,
    slot: Slot,
    statuses: Mapping[str, Status],
    states: Mapping[str, State],
    today: str,
) -> SlotStanding:
    status = statuses.get(slot.resource, Status.TODO)
    if status is Status.DONE:
        return SlotStanding.DONE
    passed = plan.brief.depth is not Depth.DEEP and states.get(slot.topic) in CLEARED
    if status is Status.SKIPPED or slot.topic not in states or passed:
        return SlotStanding.DROPPED
    over = week_starts(plan.starts_on, slot.week + 1) <= today
    if status is Status.DOING:
        return SlotStanding.SLIPPED if over and slot.part == slot.parts else SlotStanding.DOING
    if over:
        return SlotStanding.SLIPPED
    begun = week_starts(plan.starts_on, slot.week) <= today
    return SlotStanding.DUE if begun else SlotStanding.AHEAD
