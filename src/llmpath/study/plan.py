"""What to study in which week: the path to goals, fitted into the hours there are.

Weeks are counted from the day of planning. Dates are the learner's own, YYYY-MM-DD; no clock is
read in here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from llmpath.plans import Depth, Plan, Slot
from llmpath.study.weeks import WEEK, Calendar
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.study.path import Route  # whoever follows a plan draws no path

SLIVER_MINUTES = 30  # minutes below which a part of something is not worth sitting down for
ASSUMED_MINUTES = 30  # minutes of a resource whose length nobody has said
LEAST_LEFT = 15  # minutes of a resource that took longer than estimated and is not done yet
MOST_HOURS = 80  # a week; who needs more should move the date
TRUST_MINUTES = 300  # minutes of estimates that a learner's own pace has to outweigh
SLOWEST, FASTEST = 4.0, 0.25  # times the estimate; beyond that something else was measured


class Task(NamedTuple):
    """A resource to study for a topic, and the minutes it takes this learner."""

    topic: str
    resource: str
    minutes: int


class Due(NamedTuple):
    """A day by which to be done with *topics*."""

    topics: Collection[str]
    until: str


class Remedy(NamedTuple):
    """What would make a plan fit: hours a week; `less` are depths with minutes and last day.

    Each of those says whether it fits. `until` is the first day that is missed, and `passed` are
    the topics that are studied in full by then all the same.
    """

    hours: float | None
    until: str
    passed: Sequence[str]
    less: Sequence[tuple[Depth, int, str, bool]]


def weeks_of(plan: Plan) -> Calendar:
    """Return the weeks of *plan*."""
    return Calendar(plan.starts_on, plan.brief.hours, plan.brief.off)


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


def tasks(
    route: "Route", pace: float, statuses: Mapping[str, Status], spent: Mapping[str, int]
) -> list[Task]:
    """Return what the route asks to study at the learner's *pace*: what is in progress, the rest.

    Both are in the route's order. The minutes *spent* on a resource already are taken off.
    """
    found = []
    for step in route.steps:
        for work in step.works:
            minutes = max(1, round((work.minutes or ASSUMED_MINUTES) * pace))
            left = max(minutes - spent.get(work.id, 0), min(minutes, LEAST_LEFT))
            found.append(Task(step.topic, work.id, left))
    return sorted(found, key=lambda task: statuses.get(task.resource) is not Status.DOING)


def schedule(
    tasks: Sequence[Task], calendar: Calendar, week: int = 0, used: int = 0
) -> tuple[Slot, ...]:
    """Return *tasks* in weeks, in order; what is too long for a week is split.

    The first is *week*, of which so many minutes are *used* already. Nothing is split that leaves
    less than SLIVER_MINUTES minutes on either side, unless every week is shorter than that.
    """
    slots: list[Slot] = []
    capacity = calendar.capacity(week)
    for task in tasks:
        pieces: list[tuple[int, int]] = []
        left = task.minutes
        while left:
            taken = _fit(left, capacity - used, calendar.usual)
            if taken:
                pieces.append((week, taken))
                left -= taken
                used += taken
            if left:
                week, used = week + 1, 0
                capacity = calendar.capacity(week)
        for part, (when, minutes) in enumerate(pieces, 1):
            slots.append(Slot(when, task.topic, task.resource, minutes, part, len(pieces)))
    return tuple(slots)


def _fit(left: int, room: int, usual: int) -> int:
    """Return how many of the *left* minutes to study in the *room* of a week; 0: wait for more."""
    if left <= room:
        return left
    if room >= SLIVER_MINUTES and left - room >= SLIVER_MINUTES:
        return room
    if room >= SLIVER_MINUTES and left - SLIVER_MINUTES >= SLIVER_MINUTES:
        return left - SLIVER_MINUTES  # a little less than fits, for the rest to be worth a sitting
    return room if room == usual else 0


def ends(slots: Sequence[Slot], calendar: Calendar, week: int = 0, used: int = 0) -> dict[str, str]:
    """Return the day on which each topic of *slots* is studied in full, in their order.

    Each week is worked evenly; of *week* so many minutes are *used* before.
    """
    found: dict[str, str] = {}
    for slot in slots:
        if slot.week != week:
            week, used = slot.week, 0
        used += slot.minutes
        found.pop(slot.topic, None)
        found[slot.topic] = calendar.day(week, used)
    return found


def through(slots: Sequence[Slot], calendar: Calendar) -> str:
    """Return the day on which the last of *slots* is done; without any, the first day."""
    return max(ends(slots, calendar).values(), default=calendar.starts_on)


def end_of(due: Due, ends: Mapping[str, str]) -> str:
    """Return the day on which the topics of *due* are done; '' where none of them is left."""
    return max((day for topic, day in ends.items() if topic in due.topics), default="")


def fits(ends: Mapping[str, str], dues: Iterable[Due]) -> bool:
    """Say whether topics that are done on the days *ends* are all done by when they are due."""
    return all(end_of(due, ends) <= due.until for due in dues)


def missed(ends: Mapping[str, str], dues: Iterable[Due]) -> str:
    """Return the first day that is missed where topics are done on the days *ends*; '' for none."""
    return min((due.until for due in dues if end_of(due, ends) > due.until), default="")


def hours_needed(tasks: Sequence[Task], calendar: Calendar, dues: Sequence[Due]) -> float | None:
    """Return the fewest hours a week, in halves, that do for all *dues*; None if no week does."""
    for halves in range(_least(tasks, calendar, dues), 2 * MOST_HOURS + 1):
        weeks = calendar._replace(hours=halves / 2)
        if fits(ends(schedule(tasks, weeks), weeks), dues):
            return halves / 2
    return None


def _least(tasks: Sequence[Task], calendar: Calendar, dues: Sequence[Due]) -> int:
    """Return half hours a week below which there are too few minutes before some day."""
    least = 1
    start = date.fromisoformat(calendar.starts_on)
    for due in dues:
        days = (date.fromisoformat(due.until) - start).days + 1
        minutes = sum(task.minutes for task in tasks if task.topic in due.topics)
        if days > 0:
            least = max(least, floor(minutes * WEEK / days / SLIVER_MINUTES))
    return least


def topics_by(ends: Mapping[str, str], until: str) -> list[str]:
    """Return the topics that are studied in full by *until*, in order."""
    return [topic for topic, end in ends.items() if end <= until]
