"""Whether this process has stored something, for whoever tells of a failure after that.

"Nothing was changed" is a promise. Output can fail once all is done (a full disk behind `>`), and
who is told that the command failed gives it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_said = [False]


def mark() -> None:
    """Say that what the learner asked for, or a part of it, is stored for good."""
    _said[0] = True


def something() -> bool:
    """Say whether anything was stored since the command began."""
    return _said[0]


def begin() -> None:
    """Forget what was stored: another command begins."""
    _said[0] = False


@contextmanager
def upkeep() -> Iterator[None]:
    """Run the block, which stores only what nobody asked for: a newer catalog, a first learner."""
    before = _said[0]
    try:
        yield
    finally:
        _said[0] = before
