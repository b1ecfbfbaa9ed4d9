"""A plan as it is made and kept. Apart from `model`, since only few commands handle plans."""

from enum import StrEnum
from typing import NamedTuple

LONGEST_OFF = 366  # days without study in one go


class Depth(StrEnum):
    """How much of each topic to study: one resource, enough to go on, or all core resources."""

    QUICK = "quick"
    ENOUGH = "enough"
    DEEP = "deep"


class Slot(NamedTuple):
    """A task, or part `part` of `parts` of it, in a week (the first is 0)."""

    week: int
    topic: str
    resource: str
    minutes: int
    part: int
    parts: int


class Brief(NamedTuple):
    """What a plan is for: `topics` (none: the learner's goals), hours a week, and by when.

    `topics` may be ids of outcomes; the `aim`, where there is one, is that of all of them. `off`
    are (first, last) days without study, YYYY-MM-DD.
    """

    topics: tuple[str, ...]
    depth: Depth
    hours: float
    until: str | None
    aim: str | None = None
    off: tuple[tuple[str, str], ...] = ()


class Plan(NamedTuple):
    """A plan as it was made: on which day, at which pace (times the estimates), week by week."""

    brief: Brief
    pace: float
    starts_on: str
    slots: tuple[Slot, ...]
