"""A resource in parts: where its next sitting begins, how long it is, and which one it is."""

from typing import NamedTuple

from llmpath.model import Progress, Spent
from llmpath.phrases import clock, duration, exactly

SHORTEST = 10  # minutes below which a last sitting is not worth sitting down for
NOTHING = Spent(0, 0)


class Sitting(NamedTuple):
    """The next sitting of something: its minutes, from which minute on, of how many.

    It is the `number`th of so many `sittings`. It has 0 minutes, none being left, where as much
    was spent as the whole was thought to take.
    """

    minutes: int
    start: int
    of: int
    number: int
    sittings: int


def sitting_of(
    length: int | None, spent: Spent = NOTHING, minutes: int | None = None
) -> Sitting | None:
    """Return the next sitting of what takes *length* minutes; None where there is nothing to say.

    With *minutes* to spend it is all that is left, if that fits into them, else a part of so
    many. Where the sitting after it would be the last and shorter than SHORTEST, the two share
    evenly what is left: who has 30 minutes gets no 35, and no evening of 5. Without, it is all
    that is left of what was begun. None is for an unknown *length*, and for what was not begun
    where no *minutes* are given.
    """
    if not length or (minutes is None and not spent.sittings):
        return None
    start = min(spent.minutes, length)
    left = length - start
    if minutes is None or left <= minutes:
        return Sitting(left, start, length, spent.sittings + 1, spent.sittings + 1)
    count = spent.sittings - (-left // minutes)
    part = min(minutes, -(-left // 2)) if left < minutes + SHORTEST else minutes
    return Sitting(part, start, length, spent.sittings + 1, count)


def said(sitting: Sitting, timed: bool) -> str:
    """Return how long something takes, in parts; *timed* is where there are minutes to spend."""
    length = duration(sitting.of)
    if not sitting.minutes:
        return f"{length} of {length} done, finished?"
    if not timed:
        return f"{exactly(sitting.start)} of {length} done, go on at {clock(sitting.start)}"
    if sitting.minutes == sitting.of:
        return length
    start = f", from {clock(sitting.start)}" if sitting.start else ""
    place = f"sitting {sitting.number} of {sitting.sittings}"
    return f"{place}, {exactly(sitting.minutes)} of {length}{start}"


def total(progress: Progress, spent: Spent = NOTHING) -> int | None:
    """Return the minutes spent on a resource in all, None where none were logged.

    They are those of its sittings, unless the learner said otherwise when it was done.
    """
    return (spent.minutes or None) if progress.minutes is None else progress.minutes
