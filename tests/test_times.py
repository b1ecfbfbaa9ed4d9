"""Lengths and days as people write them."""

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
