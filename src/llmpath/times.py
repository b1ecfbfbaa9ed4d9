"""Read lengths of time and days as people write them. A short grammar, so that nothing is imported.

A length is `30`, `30m`, `30 min`, `2h`, `1h30`, `1 h 30 min`, `1:30` or `1.5h`. A day is `today`,
`yesterday`, `tomorrow`, a weekday (`friday`, `fri`, `next friday`, `last friday`), `in 6 weeks`,
`3 days ago`, `2027-01-15`, `15.1.2027`, `15.1.`, `15 Jan 2027`, `Jan 15` and the like.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NoReturn

from llmpath.errors import UsageError, quoted

LONGEST_LENGTH = 100_000  # minutes
LEAST_HOURS, MOST_HOURS = 0.5, 80.0  # of study a week
FIRST_YEAR, LAST_YEAR = 1970, 2199  # of days and of clocks; beyond, it is a slip
_HOURS = r"h|hr|hrs|hour|hours|std"
_MINUTES = r"m|min|mins|minute|minutes"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_SPANS = {"day": 1, "week": 7}


def minutes(text: str, unit: int = 1) -> int:
    """Return the length *text* in minutes; a bare number counts *unit* minutes each.

    Raises UsageError for what is no length, or for one beyond LONGEST_LENGTH.
    """
    given = text.strip().casefold()
    number = r"([0-9]{1,7}(?:[.,][0-9]{1,4})?)"
    found: float | None = None
    if match := re.fullmatch(number, given):
        found = _number(match[1]) * unit
    elif match := re.fullmatch(rf"{number}\s*(?:{_MINUTES})", given):
        found = _number(match[1])
    elif match := re.fullmatch(rf"{number}\s*(?:{_HOURS})", given):
        found = _number(match[1]) * 60
    elif match := re.fullmatch(
        rf"([0-9]{{1,5}})\s*(?:{_HOURS}|:)\s*([0-5]?[0-9])\s*(?:{_MINUTES})?", given
    ):
        found = int(match[1]) * 60 + int(match[2])
    if found is None:
        raise UsageError(
            f"{quoted(text)} is not a length of time.", "Write it as 30, 30m, 1h30 or 1.5h."
        )
    if found > LONGEST_LENGTH:
        raise UsageError(f"{quoted(text)} is longer than {LONGEST_LENGTH:,} minutes.")
    return round(found)


def weekly(text: str) -> float:
    """Return the hours a week that *text* says; a bare number counts hours.

    Raises UsageError for what is no length, or not within what a week has room for.
    """
    try:
        hours = round(minutes(text, 60) / 60, 2)
    except UsageError:
        hours = 0.0
    if not LEAST_HOURS <= hours <= MOST_HOURS:
        raise UsageError(
            f"{quoted(text)} is not {LEAST_HOURS:g} to {MOST_HOURS:g} hours a week.",
            "Write it as 5, 2h30 or 1.5h.",
        )
    return hours


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def day(text: str, today: str, past: bool = False) -> str:
    """Return the day that *text* means on the day *today*, both YYYY-MM-DD.

    A day that comes again (`friday`, `15.1.`, `Jan 15`) is the next one, or with *past* the last
    one, today included. Raises UsageError for what is no day, or not between FIRST_YEAR and
    LAST_YEAR.
    """
    given = " ".join(text.casefold().replace(",", " ").split())
    now = date.fromisoformat(today)
    try:
        found = _near(given, now, past) or _written(given, now, past)
    except OverflowError:  # beyond the calendar
        found = None
    if found is None:
        _refuse(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise UsageError(
            f"{quoted(text)} is not between {FIRST_YEAR} and {LAST_YEAR}.", "Check the year."
        )
    return found.isoformat()


def local(moment: datetime) -> datetime:
    """Return *moment* in the zone of this machine; at the ends of the calendar, as it is.

    Raises UsageError where the zone is none. The system takes a name that it does not know for
    UTC, but a distance however far.
    """
    try:
        return moment.astimezone()
    except OverflowError:
        return moment
    except ValueError as error:
        if "offset" not in str(error):
            return moment
        import os  # only on the way to an error

        raise UsageError(
            f"TZ is {quoted(os.environ.get('TZ', ''))}, a day or more from UTC.",
            "Set it to a time zone, such as Europe/Paris, or remove it: unset TZ",
        ) from None


def local_date(moment: datetime, start: str = "00:00") -> str:
    """Return the learner's date at *moment*, YYYY-MM-DD: that of before, until *start* (HH:MM).

    What counts is the clock on the wall, whatever it was put forward or back in the night.
    """
    clock = local(moment)
    before = (clock.hour, clock.minute) < (int(start[:2]), int(start[3:]))
    day = clock.date()
    return (day - timedelta(days=1) if before and day > date.min else day).isoformat()


def checked_clock(moment: datetime) -> datetime:
    """Return *moment* in UTC if a clock can show it; raises UsageError for one that is wrong."""
    try:
        found = moment.astimezone(UTC)
    except OverflowError:
        found = moment
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise UsageError(
            f"The clock says {found.date().isoformat()}, which is not between {FIRST_YEAR} and"
            f" {LAST_YEAR}.",
            "Set this computer's clock, or LLMPATH_NOW, and try again.",
        )
    return found


def _refuse(text: str) -> NoReturn:
    raise UsageError(
        f"{quoted(text)} is not a day.",
        "Write it as 2027-01-15, 15.1.2027, friday, yesterday or in 6 weeks.",
    )


def _near(given: str, now: date, past: bool) -> date | None:
    """Return the day that is said by its distance from *now*."""
    if given in _NEAR:
        return now + timedelta(days=_NEAR[given])
    match = re.fullmatch(r"(?:(next|last|this|on) )?([a-z]{3,9})", given)
    if match:
        named = [i for i, name in enumerate(_DAYS) if name.startswith(match[2])]
        if named:
            backwards = match[1] == "last" or (past and match[1] != "next")
            ahead = (named[0] - now.weekday()) % 7
            days = ahead - 7 if backwards and ahead else ahead
            if not days and match[1] in ("next", "last"):
                days = 7 if match[1] == "next" else -7
            return now + timedelta(days=days)
    match = re.fullmatch(r"(in )?(an?|[0-9]{1,4}) (day|week|month|year)s?( ago)?", given)
    if match and bool(match[1]) != bool(match[4]):
        count = 1 if match[2].startswith("a") else int(match[2])
        return _moved(now, -count if match[4] else count, match[3])
    return None


def _moved(now: date, count: int, unit: str) -> date | None:
    """Return the day *count* units after *now*; in a shorter month, its last day."""
    try:
        if unit in _SPANS:
            return now + timedelta(days=count * _SPANS[unit])
        months = now.year * 12 + now.month - 1 + count * (12 if unit == "year" else 1)
        first = date(months // 12, months % 12 + 1, 1)
        after = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
        return first + timedelta(days=min(now.day, (after - first).days) - 1)
    except (OverflowError, ValueError):
        return None


def _written(given: str, now: date, past: bool) -> date | None:
    """Return the day that is written with its month."""
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", given):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})?", given):
        number, month, year = int(match[1]), int(match[2]), match[3]
    elif match := re.fullmatch(
        r"([0-9]{1,2})(?:st|nd|rd|th|\.)? ([a-z]{3,9})\.?(?: ([0-9]{4}))?", given
    ):
        number, month, year = int(match[1]), _month(match[2]), match[3]
    elif match := re.fullmatch(
        r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?(?: ([0-9]{4}))?", given
    ):
        number, month, year = int(match[2]), _month(match[1]), match[3]
    else:
        return None
    if year:
        return _date(int(year), month, number)
    years = (now.year - n if past else now.year + n for n in range(9))  # for February 29
    dates = (_date(one, month, number) for one in years)
    return next((one for one in dates if one and (one <= now if past else one >= now)), None)


def _month(name: str) -> int:
    """Return the month whose name, or its first letters, is *name*; 0 for none."""
    full = (
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    )  # fmt: skip
    return next((i for i, one in enumerate(full, 1) if one.startswith(name)), 0)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def span(text: str, today: str) -> tuple[str, str]:
    """Return the first and last day of *text*: a day, or two with `..` or `to` between them.

    Raises UsageError for what is neither, and where the last day comes before the first.
    """
    parts = re.split(r"\s*\.\.(?!\.)\s*|\s+to\s+", text.strip())  # 21.12...3.1. has two, too
    if len(parts) > 2 or not all(parts):
        raise UsageError(
            f"{quoted(text)} is not a range of days.", "Write it as 2026-12-21..2027-01-03."
        )
    first, last = day(parts[0], today), day(parts[-1], today)
    if last < first:
        last = day(parts[-1], first)  # `thursday to monday`, `21.12. to 3.1.`
    if last < first:
        raise UsageError(f"{quoted(text)} ends before it begins.")
    return first, last
