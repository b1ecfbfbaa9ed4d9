"""Say lists and lengths of time as people do. Imports nothing, so that any page may use it."""

from collections.abc import Sequence

LETTERS = "abcdefghijklmnopqrstuvwxyz"  # that what stands beside a list goes by


def listed(names: Sequence[str], most: int = 2) -> str:
    """Return *names* as a phrase, those beyond *most* counted: 'A, B and C', 'A, B and 3 more'."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def duration(minutes: int) -> str:
    """Return a length of time as people say it: '45 min', '2 h', '2.5 h', '120 h'."""
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes / 60
    return f"{hours:.0f} h" if hours >= 10 or minutes % 60 < 3 else f"{hours:.1f} h"


def exactly(minutes: int) -> str:
    """Return a length of time to the minute: '45 min', '2 h', '1 h 15'."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def clock(minutes: int) -> str:
    """Return a place in a recording: '0:30', '1:05'."""
    return f"{minutes // 60}:{minutes % 60:02}"
