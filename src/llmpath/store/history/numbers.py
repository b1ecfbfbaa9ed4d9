"""The numbers of commands: their time, in an order that no clock can break or use up.

A number is the seconds since 1970 with 31 random bits below, always above what was before. So
numbers grow even while a clock goes backwards, and the logs of two machines can be put into one
order.
"""

import os
from collections.abc import Iterable
from datetime import datetime

from llmpath.errors import DatabaseTrouble

LATEST_SECOND = 4_102_444_800  # the year 2100: a clock beyond it counts on from there
LAST = 2**63 - 1  # what a column holds
# No log of ours comes to more: that is five billion commands under a clock of 2100, and as many
# fit beyond. A higher number is from a file that was made by hand, or from a clock of 2102 or
# later while numbers were not bound yet.
HIGHEST = (LATEST_SECOND << 31) + 2**57
_BROUGHT_DOWN = HIGHEST - 2**56  # where numbers above HIGHEST begin once they are lowered
_PRESSED = 8  # bits by which they are pressed together: chance keeps them 23 bits apart


def number(at: str | None, last: int) -> int:
    """Return the number of what happens *at* a time (UTC, ISO 8601), after what is *last*.

    Where the time alone does not put it after *last*, a random distance does: two machines that
    go on from the same log must not arrive at the same numbers. Raises DatabaseTrouble where no
    number is left.
    """
    chance = int.from_bytes(os.urandom(4), "big")
    after = last + 1 + (chance >> 8)
    if after > LAST:
        raise DatabaseTrouble(
            "The last command in the log has a number so high that none can follow.",
            "Bring it down with: llmpath doctor --fix",
        )
    if at is None:
        return after
    seconds = min(max(0, int(datetime.fromisoformat(at).timestamp())), LATEST_SECOND)
    return max(after, (seconds << 31) | (chance >> 1))


def lowered(numbers: Iterable[int]) -> dict[int, int]:
    """Return what *numbers* of one log become to leave room for more: nothing where they do.

    Their order stays. A number becomes the same on every machine whose log is lowered, so that
    machines which bring down the same commands each for itself still know them as the same: but for
    numbers within 256 of each other, which chance does not give, and those of a log that has room.
    """
    given = sorted(set(numbers))
    if not given or given[-1] <= HIGHEST:
        return {}
    found: dict[int, int] = {}
    last = _BROUGHT_DOWN
    for one in given:
        if one > _BROUGHT_DOWN:
            last = max(last + 1, _BROUGHT_DOWN + ((one - _BROUGHT_DOWN) >> _PRESSED))
            found[one] = last
    return found
