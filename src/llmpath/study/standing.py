"""How a plan stands on a day: what is done and late, what is to be done now, and when it ends.

A plan is kept as it was made; all of this is worked out each time it is looked at.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from llmpath.model import Goal, Learned
from llmpath.plans import Depth, Plan, Slot
from llmpath.study.aims import topics_of
from llmpath.study.graph import CLEARED, Roadmap, done_count
from llmpath.study.graph import states as states_of
from llmpath.study.plan import Task, ends, schedule, weeks_of
from llmpath.study.weeks import WEEK, week_starts
from llmpath.vocab import State, Status


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


class Stand(NamedTuple):
    """How a plan stands: each slot, the steps that are open, in their order, and those for now.

    `learned` is what counts as learned within the plan, `ends` the day on which each topic that is
    left is studied in full.
    """

    standings: Standings
    steps: Standings
    now: Standings
    learned: Learned
    ends: Mapping[str, str]


def stand(
    plan: Plan,
    roadmap: Roadmap,
    learned: Learned,
    states: Mapping[str, State],
    spent: Mapping[str, int],
    today: str,
    goals: Sequence[Goal],
) -> Stand:
    """Return how *plan* stands on the day *today*; *spent* are minutes since it was made.

    Of its steps, only what still leads to the *goals* is needed; without any, all that it has.
    """
    statuses = learned.statuses
    needed = states
    if goals:
        way = roadmap.still_to_pass(topics_of(goals), states)
        needed = {id_: one for id_, one in states.items() if id_ in way or one in CLEARED}
    standings = review(plan, statuses, needed, today, spent)
    steps = steps_now(standings, statuses)
    within = learned_within(plan, steps, roadmap, learned, states)
    now = offered_now(steps, statuses, states_of(roadmap, within))
    return Stand(standings, steps, now, within, ends_now(plan, standings, spent, today))


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
    come, under way without a word of how far. What belongs to a topic passed in another way, or to
    one that *states* lacks, is dropped.
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
