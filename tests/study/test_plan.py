"""Weeks with what to do in each: nothing lost, nothing out of order, honest about the date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.plans import Brief, Depth, Plan, Slot
from llmpath.study.plan import (
    SLIVER_MINUTES,
    SlotStanding,
    Task,
    fits,
    hours_needed,
    pace,
    review,
    schedule,
    through,
    topics_by,
    week_starts,
)
from llmpath.vocab import State, Status

TODAY = "2026-03-10"
TASKS = st.lists(
    st.builds(
        Task,
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["r1", "r2", "r3", "r4"]),
        st.integers(1, 900),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda task: task.resource,
)
HOURS = st.integers(1, 40).map(lambda halves: halves / 2)


def brief(until: str | None = None, hours: float = 2.0) -> Brief:
    return Brief(("a",), Depth.ENOUGH, hours, until)


def test_what_is_too_long_for_a_week_is_split_without_slivers() -> None:
    slots = schedule([Task("a", "r1", 45), Task("a", "r2", 90), Task("b", "r3", 130)], 2)
    assert slots == (
        Slot(0, "a", "r1", 45, 1, 1),
        Slot(0, "a", "r2", 60, 1, 2),  # 75 would fit, and leave 15
        Slot(1, "a", "r2", 30, 2, 2),
        Slot(1, "b", "r3", 90, 1, 2),
        Slot(2, "b", "r3", 40, 2, 2),
    )


def test_what_would_be_cut_to_slivers_waits_for_the_next_week() -> None:
    slots = schedule([Task("a", "r1", 90), Task("a", "r2", 45)], 2)
    assert [(slot.week, slot.minutes) for slot in slots] == [(0, 90), (1, 45)]


@pytest.mark.parametrize(
    ("minutes", "day"),
    [(1, "2026-03-10"), (60, "2026-03-13"), (120, "2026-03-16"), (121, "2026-03-18")],
)
def test_the_last_day_follows_from_an_even_week(minutes: int, day: str) -> None:
    slots = schedule([Task("a", "r1", minutes)], 2)
    assert through(slots, 2, TODAY) == day


def test_topics_by_a_day_are_those_studied_in_full() -> None:
    slots = schedule([Task("a", "r1", 120), Task("b", "r2", 60), Task("c", "r3", 60)], 2)
    assert topics_by(slots, 2, TODAY, "2026-03-20") == ["a", "b"]


def test_the_pace_is_that_of_what_was_logged_with_the_estimates_as_ballast() -> None:
    assert pace([]) == 1.0
    assert pace([(600, 300)]) == 1.5
    assert pace([(30, 60)]) == 0.92
    # A forgotten clock does not count for more than four times the estimate.
    assert pace([(6000, 60)]) == pace([(240, 60)])


@given(TASKS, HOURS)
def test_every_minute_is_planned_once_in_order_and_no_week_is_overfull(
    tasks: list[Task], hours: float
) -> None:
    slots = schedule(tasks, hours)
    assert [slot.week for slot in slots] == sorted(slot.week for slot in slots)
    whole: dict[str, int] = {}
    for slot in slots:
        whole[slot.resource] = whole.get(slot.resource, 0) + slot.minutes
    assert list(whole.items()) == [(task.resource, task.minutes) for task in tasks]
    for week in {slot.week for slot in slots}:
        assert sum(slot.minutes for slot in slots if slot.week == week) <= hours * 60
    for slot in slots:
        assert 1 <= slot.part <= slot.parts
        if slot.parts > 1 and hours * 60 >= 2 * SLIVER_MINUTES:
            assert slot.minutes >= SLIVER_MINUTES


@given(TASKS, HOURS, st.integers(0, 400))
def test_what_is_said_of_hours_and_dates_is_true(
    tasks: list[Task], hours: float, days: int
) -> None:
    until = (date.fromisoformat(TODAY) + timedelta(days=days)).isoformat()
    end = through(schedule(tasks, hours), hours, TODAY)
    assert fits(tasks, brief(end, hours), TODAY)
    assert fits(tasks, brief(until, hours), TODAY) == (end <= until)
    needed = hours_needed(tasks, TODAY, until)
    if needed is not None:
        assert fits(tasks, brief(until, needed), TODAY)
        assert needed == 0.5 or not fits(tasks, brief(until, needed - 0.5), TODAY)


def test_how_a_plan_stands() -> None:
    slots = (
        Slot(0, "a", "done", 60, 1, 1),
        Slot(0, "a", "late", 60, 1, 1),
        Slot(0, "a", "begun", 60, 1, 2),
        Slot(1, "a", "begun", 60, 2, 2),
        Slot(1, "b", "due", 60, 1, 1),
        Slot(1, "known", "r", 60, 1, 1),
        Slot(1, "b", "left-out", 60, 1, 1),
        Slot(2, "b", "later", 60, 1, 1),
        Slot(2, "gone", "r2", 60, 1, 1),
    )
    plan = Plan(brief(), 1.0, TODAY, slots)
    statuses = {"done": Status.DONE, "begun": Status.DOING, "left-out": Status.SKIPPED}
    states = {"a": State.READY, "b": State.LOCKED, "known": State.KNOWN}
    got = [standing for _, standing in review(plan, statuses, states, week_starts(TODAY, 1))]
    assert got == [
        SlotStanding.DONE,
        SlotStanding.SLIPPED,
        SlotStanding.DOING,
        SlotStanding.DOING,
        SlotStanding.DUE,
        SlotStanding.DROPPED,
        SlotStanding.DROPPED,
        SlotStanding.AHEAD,
        SlotStanding.DROPPED,
    ]
    late = [standing for _, standing in review(plan, statuses, states, week_starts(TODAY, 2))]
    assert late[2:5] == [SlotStanding.DOING, SlotStanding.SLIPPED, SlotStanding.SLIPPED]
