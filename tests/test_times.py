"""Lengths and days as people write them."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from llmpath import times
from llmpath.errors import UsageError

FRIDAY = "2026-11-27"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30", 30),
        ("30m", 30),
        ("30 min", 30),
        ("2h", 120),
        ("2 hours", 120),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1:30", 90),
        ("1.5h", 90),
        ("1,5h", 90),
        ("0", 0),
        (" 45M ", 45),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert times.minutes(text) == minutes


def test_a_bare_number_counts_the_unit() -> None:
    assert times.minutes("2.5", 60) == 150
    assert times.minutes("30m", 60) == 30


@pytest.mark.parametrize(
    "text", ["", "soon", "-5", "1h75", "30s", "1h 2h", "1.5.2", "١٢", "9999999h", "1e3"]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        times.minutes(text)


@pytest.mark.parametrize(
    ("text", "ahead", "back"),
    [
        ("today", "2026-11-27", "2026-11-27"),
        ("Yesterday", "2026-11-26", "2026-11-26"),
        ("tomorrow", "2026-11-28", "2026-11-28"),
        ("friday", "2026-11-27", "2026-11-27"),
        ("mon", "2026-11-30", "2026-11-23"),
        ("next friday", "2026-12-04", "2026-12-04"),
        ("last friday", "2026-11-20", "2026-11-20"),
        ("last monday", "2026-11-23", "2026-11-23"),
        ("next monday", "2026-11-30", "2026-11-30"),
        ("in 6 weeks", "2027-01-08", "2027-01-08"),
        ("3 days ago", "2026-11-24", "2026-11-24"),
        ("a week ago", "2026-11-20", "2026-11-20"),
        ("in 3 months", "2027-02-27", "2027-02-27"),
        ("2027-01-15", "2027-01-15", "2027-01-15"),
        ("15.1.2027", "2027-01-15", "2027-01-15"),
        ("15.1.", "2027-01-15", "2026-01-15"),
        ("15 January", "2027-01-15", "2026-01-15"),
        ("Jan 15, 2027", "2027-01-15", "2027-01-15"),
        ("1st of march", None, None),
        ("feb 29", "2028-02-29", "2024-02-29"),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, ahead: str | None, back: str | None) -> None:
    for past, wanted in ((False, ahead), (True, back)):
        if wanted is None:
            with pytest.raises(UsageError):
                times.day(text, FRIDAY, past)
        else:
            assert times.day(text, FRIDAY, past) == wanted


def test_the_end_of_a_short_month_is_its_last_day() -> None:
    assert times.day("in 1 month", "2026-01-31") == "2026-02-28"
    assert times.day("in a year", "2028-02-29") == "2029-02-28"


@pytest.mark.parametrize(
    "text",
    ["", "1/2/2027", "soon", "may", "32.1.2027", "2027-02-30", "5", "in weeks", "in 9999 years"],
)
def test_what_is_no_day_is_refused_with_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        times.day(text, FRIDAY)
    assert "2027-01-15" in caught.value.hint


def test_a_range_of_days_is_two_days_or_one() -> None:
    assert times.span("2026-12-21..2027-01-03", FRIDAY) == ("2026-12-21", "2027-01-03")
    assert times.span("21.12. to 3.1.", FRIDAY) == ("2026-12-21", "2027-01-03")
    assert times.span("21.12...3.1.", FRIDAY) == ("2026-12-21", "2027-01-03")
    assert times.span("thursday to monday", FRIDAY) == ("2026-12-03", "2026-12-07")
    assert times.span("in 3 weeks to in 4 weeks", FRIDAY) == ("2026-12-18", "2026-12-25")
    assert times.span("tomorrow", FRIDAY) == ("2026-11-28", "2026-11-28")
    for text in ("2027-01-03..2026-12-21", "..", "a..b..c", "2026-12-21.."):
        with pytest.raises(UsageError):
            times.span(text, FRIDAY)


@pytest.mark.parametrize(
    "text", ["0001-01-01", "9999-12-31", "1969-12-31", "2200-01-01", "1.1.9999", "in 999 years"]
)
def test_a_day_far_off_is_a_slip(text: str) -> None:
    with pytest.raises(UsageError, match="is not between 1970 and 2199"):
        times.day(text, FRIDAY)


@pytest.mark.parametrize("text", ["tomorrow", "friday", "in 6 weeks", "next friday", "31.12."])
def test_no_day_is_beyond_the_calendar(text: str) -> None:
    for today in ("9999-12-31", "0001-01-01"):
        with pytest.raises(UsageError):
            times.day(text, today)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Live in another zone."""

    def live_in(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield live_in
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("name", "at", "shown"),
    [
        ("Asia/Kathmandu", "2026-03-10T18:30:00+00:00", "2026-03-11 00:15"),
        ("<-0030>0:30", "2026-03-10T00:15:00+00:00", "2026-03-09 23:45"),
        ("Pacific/Kiritimati", "2026-03-10T10:00:00+00:00", "2026-03-11 00:00"),
        ("Europe/Paris", "2026-03-29T00:59:59+00:00", "2026-03-29 01:59"),
        ("Europe/Paris", "2026-03-29T01:00:00+00:00", "2026-03-29 03:00"),  # an hour is left out
        ("Europe/Paris", "2026-10-25T00:30:00+00:00", "2026-10-25 02:30"),
        ("Europe/Paris", "2026-10-25T01:30:00+00:00", "2026-10-25 02:30"),  # and comes again
        ("nonsense", "2026-03-10T18:30:00+00:00", "2026-03-10 18:30"),
        ("Asia/Tokyo", "9999-12-31T23:59:59+00:00", "9999-12-31 23:59"),  # no day comes after
        ("America/Lima", "0001-01-01T00:00:00+00:00", "0001-01-01 00:00"),
    ],
)
def test_a_time_is_shown_in_the_zone(
    zone: Callable[[str], None], name: str, at: str, shown: str
) -> None:
    zone(name)
    assert times.local(datetime.fromisoformat(at)).isoformat(" ")[:16] == shown


def test_a_zone_a_day_away_is_none(zone: Callable[[str], None]) -> None:
    zone("UTC+99")
    with pytest.raises(UsageError, match=r"TZ is 'UTC.99', a day or more from UTC"):
        times.local(datetime(2026, 3, 10, tzinfo=UTC))


@pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
def test_a_clock_that_cannot_be_right_is_refused(year: int) -> None:
    with pytest.raises(UsageError, match=r"The clock says .*which is not between 1970 and 2199"):
        times.checked_clock(datetime(year, 7, 1, tzinfo=UTC))
