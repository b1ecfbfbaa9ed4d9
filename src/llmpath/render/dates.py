"""Show times, which are kept in UTC, in the learner's zone."""

from __future__ import annotations

from datetime import datetime


def local(at: str) -> datetime:
    """Return the UTC time *at*, ISO 8601, in the zone of this machine."""
    moment = datetime.fromisoformat(at)
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment  # near its ends, the calendar has no room for another zone


def local_day(at: str) -> str:
    """Return the learner's date of *at*: 2026-11-20."""
    return local(at).date().isoformat()


def local_minute(at: str) -> str:
    """Return the learner's date and time of *at*: 2026-11-20 18:05."""
    return local(at).strftime("%Y-%m-%d %H:%M")
