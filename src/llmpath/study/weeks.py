"""The weeks of a plan: when each begins, how much it holds, and which days are off."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from math import ceil
from typing import NamedTuple

WEEK = 7  # days


class Calendar(NamedTuple):
    """The weeks of a plan: their first day, the hours in each, and (first, last) days off."""

    starts_on: str
    hours: float
    off: tuple[tuple[str, str], ...] = ()

    @property
    def usual(self) -> int:
        """The minutes of a week without days off."""
        return max(1, int(self.hours * 60))

    def capacity(self, week: int) -> int:
        """Return the minutes of *week*, which days off make fewer."""
        return self.usual * (WEEK - self.days_off(week)) // WEEK

    def days_off(self, week: int) -> int:
        """Return how many days of *week* are off."""
        if not self.off:
            return 0
        first = date.fromisoformat(self.starts_on).toordinal() + WEEK * week
        return sum(first + n in _days(self.off) for n in range(WEEK))

    def day(self, week: int, minutes: int) -> str:
        """Return the day on which so many *minutes* of *week* are done, if it is worked evenly."""
        start = date.fromisoformat(self.starts_on).toordinal() + WEEK * week
        count = max(1, ceil(WEEK * minutes / self.usual))
        if not self.off:
            return date.fromordinal(start + count - 1).isoformat()
        days = [start + n for n in range(WEEK) if start + n not in _days(self.off)]
        return date.fromordinal(days[min(count, len(days)) - 1]).isoformat()

    def week_of(self, day: str) -> int:
        """Return the week that *day* is in; 0 where it is before the plan."""
        start, end = date.fromisoformat(self.starts_on), date.fromisoformat(day)
        return max(0, (end - start).days // WEEK)


@lru_cache(maxsize=8)
def _days(off: tuple[tuple[str, str], ...]) -> frozenset[int]:
    """Return the days off as ordinals: each is asked for many times over."""
    spans = [(date.fromisoformat(a).toordinal(), date.fromisoformat(b).toordinal()) for a, b in off]
    return frozenset(day for first, last in spans for day in range(first, last + 1))


def joined(spans: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return (first, last) days in order, those that touch as one."""
    found: list[tuple[str, str]] = []
    for first, last in sorted(spans):
        before = date.fromisoformat(first) - timedelta(days=1)
        if found and found[-1][1] >= before.isoformat():
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def week_starts(starts_on: str, week: int) -> str:
    """Return the first day of the plan's week number *week* (the first is 0)."""
    return (date.fromisoformat(starts_on) + timedelta(days=WEEK * week)).isoformat()
