"""What the next sitting of something is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from llmpath.model import Progress, Resource, Spent
from llmpath.study.choices import seated
from llmpath.study.recommend import Pick
from llmpath.study.sittings import NOTHING, SHORTEST, Sitting, said, sitting_of, total
from llmpath.vocab import Status


def test_nothing_is_said_of_what_has_no_length() -> None:
    assert sitting_of(None, Spent(30, 1), 30) is None
    assert sitting_of(0, Spent(30, 1), 30) is None


def test_without_minutes_only_what_was_begun_has_a_sitting_and_it_is_all_that_is_left() -> None:
    assert sitting_of(265) is None
    assert sitting_of(265, Spent(60, 2)) == Sitting(205, 60, 265, 3, 3)


@pytest.mark.parametrize(
    ("length", "spent", "expected"),
    [
        (20, NOTHING, Sitting(20, 0, 20, 1, 1)),
        (30, NOTHING, Sitting(30, 0, 30, 1, 1)),
        (265, NOTHING, Sitting(30, 0, 265, 1, 9)),
        (265, Spent(60, 2), Sitting(30, 60, 265, 3, 9)),
        (265, Spent(240, 8), Sitting(25, 240, 265, 9, 9)),
        (35, NOTHING, Sitting(18, 0, 35, 1, 2)),
        (35, Spent(18, 1), Sitting(17, 18, 35, 2, 2)),
        (40, NOTHING, Sitting(30, 0, 40, 1, 2)),
        (60, Spent(60, 2), Sitting(0, 60, 60, 3, 3)),
        (60, Spent(90, 2), Sitting(0, 60, 60, 3, 3)),
    ],
)
def test_half_an_hour_is_all_that_is_left_or_a_part_of_it(
    length: int, spent: Spent, expected: Sitting
) -> None:
    assert sitting_of(length, spent, 30) == expected


@given(st.integers(1, 2000), st.integers(1, 240))
@example(3, 1)
def test_who_takes_each_sitting_ends_in_as_many_as_were_said(length: int, minutes: int) -> None:
    spent = NOTHING
    first = sitting_of(length, spent, minutes)
    assert first
    while (now := sitting_of(length, spent, minutes)) and now.minutes:
        assert now.minutes <= minutes
        assert (now.start, now.sittings) == (spent.minutes, first.sittings)
        assert minutes < SHORTEST or now.minutes >= min(length, SHORTEST // 2)
        spent = Spent(spent.minutes + now.minutes, spent.sittings + 1)
    assert spent == Spent(length, first.sittings)


@pytest.mark.parametrize(
    ("length", "spent", "minutes", "text"),
    [
        (30, NOTHING, 30, "30 min"),
        (265, NOTHING, 30, "sitting 1 of 9, 30 min of 4.4 h"),
        (265, Spent(60, 2), 30, "sitting 3 of 9, 30 min of 4.4 h, from 1:00"),
        (265, Spent(75, 2), 90, "sitting 3 of 5, 1 h 30 of 4.4 h, from 1:15"),
        (265, Spent(60, 2), None, "1 h of 4.4 h done, go on at 1:00"),
        (60, Spent(70, 2), None, "1 h of 1 h done, finished?"),
        (60, Spent(60, 2), 30, "1 h of 1 h done, finished?"),
    ],
)
def test_a_sitting_is_said_in_words(
    length: int, spent: Spent, minutes: int | None, text: str
) -> None:
    sitting = sitting_of(length, spent, minutes)
    assert sitting
    assert said(sitting, minutes is not None) == text


def pick(status: Status = Status.TODO, minutes: int | None = 60) -> Pick:
    work = Resource("w", "Work", "https://w.example", "video", "beginner", ("t",), minutes=minutes)
    reasons = ("must-read", "1 h") if minutes else ("must-read",)
    return Pick(work, "t", status, "", reasons, (), ())


def test_a_choice_says_its_sitting_where_it_said_its_length() -> None:
    found = seated(pick(Status.DOING), Spent(30, 1), 20)
    assert found.reasons == ("must-read", "sitting 2 of 3, 20 min of 1 h, from 0:30")
    assert found.sitting == Sitting(20, 30, 60, 2, 3)
    assert seated(pick(), None, None) == pick()
    assert seated(pick(minutes=None), Spent(30, 1), 20) == pick(minutes=None)


def test_what_is_refreshed_is_begun_at_its_beginning() -> None:
    found = seated(pick(Status.DONE), Spent(60, 2), 30)
    assert found.sitting == Sitting(30, 0, 60, 1, 2)


def test_the_total_is_the_sum_of_the_sittings_unless_another_was_said() -> None:
    assert total(Progress("r")) is None
    assert total(Progress("r"), Spent(45, 2)) == 45
    assert total(Progress("r", minutes=40), Spent(45, 2)) == 40
    assert total(Progress("r", minutes=0), Spent(45, 2)) == 0
