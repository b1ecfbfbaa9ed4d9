"""Show times, which are kept in UTC, in the learner's zone."""

from __future__ import annotations

from datetime import datetime

from llmpath import times

_starts = ["00:00"]  # the setting, as `begin` was told


def begin(start: str) -> None:
    """Let days begin at *start*, HH:MM, from now on."""
    _starts[0] = start


def local(at: str) -> datetime:
    """Return the UTC time *at*, ISO 8601, in the zone of this machine."""
    return times.local(datetime.fromisoformat(at))


def local_day(at: str) -> str:
    """Return the learner's date of *at*: 2026-11-20."""
    return times.local_date(datetime.fromisoformat(at), _starts[0])


def local_minute(at: str) -> str:
    """Return the learner's date and time of *at*: 2026-11-20 18:05."""
    return local(at).strftime("%Y-%m-%d %H:%M")
