"""What to study in which week: the path to goals, fitted into the hours there are.

Weeks are counted from the day of planning. Dates are the learner's own, YYYY-MM-DD; no clock is
read in here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from llmpath.model import Learned
from llmpath.plans import Depth, Plan, Slot
from llmpath.study.graph import CLEARED, Roadmap, done_count
from llmpath.study.weeks import WEEK, Calendar, week_starts
from llmpath.vocab import State, Status

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


class SlotStanding(StrEnum):
    """How a slot of a plan stands today."""

    DONE = "done"
    DOING = "doing"
    SLIPPED = "slipped"
    DUE = "due"
    AHEAD = "ahead"
    DROPPED = "no longer needed"

    @property
    def said(self) -> str:
        """What learners are told; the value is for other programs."""
        return "late" if self is SlotStanding.SLIPPED else str(self)


OPEN = (SlotStanding.DOING, SlotStanding.SLIPPED, SlotStanding.DUE, SlotStanding.AHEAD)
Standings = Sequence[tuple[Slot, SlotStanding]]


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


def left(slots: Sequence[Slot], spent: Mapping[str, int]) -> list[int]:
    """Return the minutes left of each of *slots*, of what was *spent* on its resource since."""
    remaining = dict(spent)
    found = []
    for slot in slots:
        covered = min(slot.minutes, remaining.get(slot.resource, 0))
        remaining[slot.resource] = remaining.get(slot.resource, 0) - covered
        found.append(slot.minutes - covered)
    return found


def review(
    plan: Plan,
    statuses: Mapping[str, Status],
    states: Mapping[str, State],
    today: str,
    spent: Mapping[str, int],
) -> list[tuple[Slot, SlotStanding]]:
    """Return how each slot of *plan* stands on the day *today*.

    A slot is done when its resource is, or the minutes *spent* on it since the plan was made cover
    it. It has slipped when its week is over and it is neither done nor, while more parts are to
    come, under way without a word of how far. What belongs to a topic passed in another way is
    dropped.
    """
    return [
        (slot, _standing(plan, slot, rest, statuses, states, today, spent))
        for slot, rest in zip(plan.slots, left(plan.slots, spent), strict=True)
    ]


def _standing(
    plan: Plan,
    slot: Slot,
    rest: int,
    statuses: Mapping[str, Status],
    states: Mapping[str, State],
    today: str,
    spent: Mapping[str, int],
) -> SlotStanding:
    status = statuses.get(slot.resource, Status.TODO)
    if status is Status.DONE:
        return SlotStanding.DONE
    passed = plan.brief.depth is not Depth.DEEP and states.get(slot.topic) in CLEARED
    if status is Status.SKIPPED or slot.topic not in states or passed:
        return SlotStanding.DROPPED
    if not rest and slot.part < slot.parts:  # the last part is done when the learner says so
        return SlotStanding.DONE
    over = week_starts(plan.starts_on, slot.week + 1) <= today
    if status is Status.DOING:
        told = slot.part == slot.parts or slot.resource in spent
        return SlotStanding.SLIPPED if over and told else SlotStanding.DOING
    if over:
        return SlotStanding.SLIPPED
    begun = week_starts(plan.starts_on, slot.week) <= today
    return SlotStanding.DUE if begun else SlotStanding.AHEAD


def ends_now(
    plan: Plan, standings: Standings, spent: Mapping[str, int], today: str
) -> dict[str, str]:
    """Return the day on which each topic is studied in full, if *today* the plan stands so.

    What is open is scheduled again from the present week on, of which what is done of it is taken
    off; within a week nobody is late. No day is before *today*; what is done has none.
    """
    weeks = weeks_of(plan)
    week = weeks.week_of(today)
    worked = 0
    open_: dict[str, Task] = {}
    for (slot, standing), rest in zip(standings, left(plan.slots, spent), strict=True):
        over = standing is SlotStanding.DONE
        if slot.week == week and (over or standing in OPEN):
            worked += slot.minutes if over else slot.minutes - rest
        if standing in OPEN:
            before = open_.get(slot.resource)
            minutes = (before.minutes if before else 0) + rest
            open_[slot.resource] = Task(slot.topic, slot.resource, minutes)
    todo = [task._replace(minutes=max(task.minutes, 1)) for task in open_.values()]
    used = min(worked, weeks.capacity(week))
    found = ends(schedule(todo, weeks, week, used), weeks, week, used)
    return {topic: max(day, today) for topic, day in found.items()}


def steps_now(
    standings: Standings, statuses: Mapping[str, Status]
) -> list[tuple[Slot, SlotStanding]]:
    """Return what is open in the order to do it: what is in progress, then as planned.

    Each resource is there once, with the first part of it that is open.
    """
    first: dict[str, tuple[Slot, SlotStanding]] = {}
    for slot, standing in standings:
        if standing in OPEN:
            first.setdefault(slot.resource, (slot, standing))
    return sorted(
        first.values(), key=lambda pair: statuses.get(pair[0].resource) is not Status.DOING
    )


def learned_within(
    plan: Plan,
    steps: Standings,
    roadmap: Roadmap,
    learned: Learned,
    states: Mapping[str, State],
) -> Learned:
    """Return what is *learned* with the topics as known that *plan* is done with; *steps* are open.

    It may study less of a topic than passing it takes, and goes on: a quick one a single work.
    """
    over = {slot.topic for slot in plan.slots}
    if plan.brief.depth is Depth.QUICK:  # what was begun before it was made has no slot
        over.update(id_ for id_, node in roadmap.nodes.items() if done_count(node, learned))
    over.difference_update(slot.topic for slot, _ in steps)
    open_ = {id_ for id_ in over if states.get(id_) not in (None, *CLEARED)}
    return learned._replace(known=learned.known | open_)


def offered_now(
    steps: Standings, statuses: Mapping[str, Status], states: Mapping[str, State]
) -> list[tuple[Slot, SlotStanding]]:
    """Return which of *steps*, in their order, to offer now.

    That is what is in progress, and what is late and due of topics that are ready; where there is
    nothing late or due, the next step.
    """
    begun = [pair for pair in steps if statuses.get(pair[0].resource) is Status.DOING]
    fresh = [
        pair
        for pair in steps
        if pair not in begun and states.get(pair[0].topic) not in (None, State.LOCKED)
    ]
    due = [pair for pair in fresh if pair[1] is not SlotStanding.AHEAD]
    return [*begun, *(due or fresh[:1])]


class Week(NamedTuple):
    """What a week of a plan holds: minutes and steps, those done, and steps late from before.

    Of its seven days so many are off.
    """

    minutes: int
    steps: int
    done: int
    late: int
    days_off: int

    @property
    def is_off(self) -> bool:
        """Whether none of its days is for study."""
        return self.days_off == WEEK


def week_now(plan: Plan, standings: Standings, today: str) -> Week:
    """Return what the present week of *plan* holds."""
    present = weeks_of(plan).week_of(today)
    these = [
        pair for pair in standings if pair[0].week == present and pair[1] != SlotStanding.DROPPED
    ]
    kinds = [standing for _, standing in standings]
    return Week(
        sum(slot.minutes for slot, _ in these),
        len(these),
        sum(standing is SlotStanding.DONE for _, standing in these),
        kinds.count(SlotStanding.SLIPPED),
        weeks_of(plan).days_off(present),
    )
