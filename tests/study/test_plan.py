"""Weeks with what to do in each: nothing lost, nothing out of order, honest about the date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.model import Resource
from llmpath.plans import Brief, Depth, Plan, Slot
from llmpath.study.path import Route, Step
from llmpath.study.plan import (
    LEAST_LEFT,
    SLIVER_MINUTES,
    Due,
    Task,
    ends,
    fits,
    hours_needed,
    missed,
    pace,
    schedule,
    tasks,
    through,
    topics_by,
)
from llmpath.study.standing import (
    SlotStanding,
    Week,
    ends_now,
    offered_now,
    review,
    steps_now,
    week_now,
)
from llmpath.study.weeks import Calendar, joined, week_starts
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
ABC = ("a", "b", "c")


def days(first: int, count: int) -> tuple[str, str]:
    start = date.fromisoformat(TODAY) + timedelta(days=first)
    return start.isoformat(), (start + timedelta(days=count - 1)).isoformat()


OFF = st.lists(st.builds(days, st.integers(0, 60), st.integers(1, 30)), max_size=3).map(joined)


def week(hours: float = 2.0, *off: tuple[str, str]) -> Calendar:
    return Calendar(TODAY, hours, off)


def brief(until: str | None = None, hours: float = 2.0) -> Brief:
    return Brief(("a",), Depth.ENOUGH, hours, until)


def test_what_is_too_long_for_a_week_is_split_without_slivers() -> None:
    slots = schedule([Task("a", "r1", 45), Task("a", "r2", 90), Task("b", "r3", 130)], week())
    assert slots == (
        Slot(0, "a", "r1", 45, 1, 1),
        Slot(0, "a", "r2", 60, 1, 2),  # 75 would fit, and leave 15
        Slot(1, "a", "r2", 30, 2, 2),
        Slot(1, "b", "r3", 90, 1, 2),
        Slot(2, "b", "r3", 40, 2, 2),
    )


def test_what_would_be_cut_to_slivers_waits_for_the_next_week() -> None:
    slots = schedule([Task("a", "r1", 90), Task("a", "r2", 45)], week())
    assert [(slot.week, slot.minutes) for slot in slots] == [(0, 90), (1, 45)]


@pytest.mark.parametrize(
    ("minutes", "day"),
    [(1, "2026-03-10"), (60, "2026-03-13"), (120, "2026-03-16"), (121, "2026-03-18")],
)
def test_the_last_day_follows_from_an_even_week(minutes: int, day: str) -> None:
    slots = schedule([Task("a", "r1", minutes)], week())
    assert through(slots, week()) == day


def test_topics_by_a_day_are_those_studied_in_full() -> None:
    slots = schedule([Task("a", "r1", 120), Task("b", "r2", 60), Task("c", "r3", 60)], week())
    assert topics_by(ends(slots, week()), "2026-03-20") == ["a", "b"]


def test_the_pace_is_that_of_what_was_logged_with_the_estimates_as_ballast() -> None:
    assert pace([]) == 1.0
    assert pace([(600, 300)]) == 1.5
    assert pace([(30, 60)]) == 0.92
    # A forgotten clock does not count for more than four times the estimate.
    assert pace([(6000, 60)]) == pace([(240, 60)])


@given(TASKS, HOURS, OFF)
def test_every_minute_is_planned_once_in_order_and_no_week_is_overfull(
    tasks: list[Task], hours: float, off: tuple[tuple[str, str], ...]
) -> None:
    weeks = Calendar(TODAY, hours, off)
    slots = schedule(tasks, weeks)
    assert [slot.week for slot in slots] == sorted(slot.week for slot in slots)
    whole: dict[str, int] = {}
    for slot in slots:
        whole[slot.resource] = whole.get(slot.resource, 0) + slot.minutes
    assert list(whole.items()) == [(task.resource, task.minutes) for task in tasks]
    for number in {slot.week for slot in slots}:
        total = sum(slot.minutes for slot in slots if slot.week == number)
        assert total <= hours * 60 * (7 - weeks.days_off(number)) / 7
    for slot in slots:
        assert 1 <= slot.part <= slot.parts
        if slot.parts > 1 and hours * 60 >= 2 * SLIVER_MINUTES:
            assert slot.minutes >= SLIVER_MINUTES


@given(TASKS, HOURS, OFF)
def test_nothing_ends_on_a_day_off(
    tasks: list[Task], hours: float, off: tuple[tuple[str, str], ...]
) -> None:
    weeks = Calendar(TODAY, hours, off)
    for end in ends(schedule(tasks, weeks), weeks).values():
        assert not any(first <= end <= last for first, last in off)


def test_a_week_off_moves_all_that_comes_after_by_a_week() -> None:
    todo = [Task("a", "r1", 120), Task("b", "r2", 120)]
    free = week(2.0, ("2026-03-17", "2026-03-23"))
    assert [slot.week for slot in schedule(todo, free)] == [0, 2]
    assert ends(schedule(todo, free), free) == {"a": "2026-03-16", "b": "2026-03-30"}


def test_days_off_that_touch_are_one_range() -> None:
    assert joined([("2026-03-20", "2026-03-22"), ("2026-03-10", "2026-03-19")]) == (
        ("2026-03-10", "2026-03-22"),
    )
    assert len(joined([("2026-03-20", "2026-03-22"), ("2026-03-10", "2026-03-18")])) == 2


@given(TASKS, HOURS, OFF, st.integers(0, 400), st.integers(0, 400))
def test_what_is_said_of_hours_and_dates_is_true(
    tasks: list[Task],
    hours: float,
    off: tuple[tuple[str, str], ...],
    all_by: int,
    one_by: int,
) -> None:
    dues = [
        Due(ABC, (date.fromisoformat(TODAY) + timedelta(days=all_by)).isoformat()),
        Due("a", (date.fromisoformat(TODAY) + timedelta(days=one_by)).isoformat()),
    ]

    def good(hours: float) -> bool:
        weeks = Calendar(TODAY, hours, off)
        found = ends(schedule(tasks, weeks), weeks)
        return all(
            end <= due.until for due in dues for topic, end in found.items() if topic in due.topics
        )

    weeks = Calendar(TODAY, hours, off)
    found = ends(schedule(tasks, weeks), weeks)
    assert fits(found, dues) == good(hours) == (missed(found, dues) == "")
    needed = hours_needed(tasks, weeks, dues)
    if needed is None:
        assert not good(80)
    else:
        assert good(needed)
        assert needed == 0.5 or not good(needed - 0.5)


def test_what_is_in_progress_comes_first_with_the_time_already_spent_taken_off() -> None:
    def step(topic: str, *works: tuple[str, int]) -> Step:
        made = tuple(
            Resource(id_, id_, f"https://x.example/{id_}", "article", "beginner", (topic,))
            for id_, _ in works
        )
        found = tuple(
            work._replace(minutes=minutes) for work, (_, minutes) in zip(made, works, strict=True)
        )
        return Step(topic, State.READY, (), found, 0, True)

    route = Route(
        (), Depth.ENOUGH, (step("a", ("r1", 60)), step("b", ("r2", 90), ("r3", 20))), (), ()
    )
    got = tasks(route, 1.0, {"r2": Status.DOING}, {"r2": 50, "r3": 40})
    assert got == [Task("b", "r2", 40), Task("a", "r1", 60), Task("b", "r3", LEAST_LEFT)]


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
    got = [standing for _, standing in review(plan, statuses, states, week_starts(TODAY, 1), {})]
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
    late = [standing for _, standing in review(plan, statuses, states, week_starts(TODAY, 2), {})]
    assert late[2:5] == [SlotStanding.DOING, SlotStanding.SLIPPED, SlotStanding.SLIPPED]


PLAN = Plan(
    brief(),
    1.0,
    TODAY,
    (
        Slot(0, "a", "r1", 60, 1, 1),
        Slot(0, "b", "r2", 60, 1, 2),
        Slot(1, "b", "r2", 60, 2, 2),
        Slot(1, "c", "r3", 60, 1, 1),
    ),
)
READY = {"a": State.READY, "b": State.READY, "c": State.LOCKED}


def stands(
    day: int, statuses: dict[str, Status], spent: dict[str, int] | None = None
) -> tuple[list[str], str]:
    """How each slot stands on a day of the plan, and the day on which the last one ends."""
    today = (date.fromisoformat(TODAY) + timedelta(days=day)).isoformat()
    got = review(PLAN, statuses, READY, today, spent or {})
    found = ends_now(PLAN, got, spent or {}, today)
    return [standing.said for _, standing in got], max(found.values(), default="")


def test_a_part_is_done_when_the_sittings_cover_it() -> None:
    doing = {"r1": Status.DONE, "r2": Status.DOING}
    assert stands(8, doing, {"r2": 60})[0] == ["done", "done", "doing", "due"]
    assert stands(8, doing, {"r2": 45})[0] == ["done", "late", "doing", "due"]
    # Without a word of how far, the parts of what is under way are not late.
    assert stands(8, doing)[0] == ["done", "doing", "doing", "due"]
    # However long it took, it is done when the learner says so.
    assert stands(8, doing, {"r2": 500})[0] == ["done", "done", "doing", "due"]


def test_the_end_follows_from_what_is_left_today() -> None:
    planned = through(PLAN.slots, week())
    assert planned == "2026-03-23"
    assert stands(0, {})[1] == planned
    assert stands(6, {})[1] == planned  # within its week nothing is late
    assert stands(7, {})[1] == "2026-03-30"  # a week later, for nothing is done
    assert stands(9, {"r1": Status.DONE, "r2": Status.DONE})[1] == planned
    assert stands(8, {"r1": Status.DONE, "r2": Status.DOING}, {"r2": 60})[1] == planned


@given(st.integers(0, 60), st.sets(st.sampled_from(["r1", "r2", "r3"])))
def test_no_day_in_the_past_is_given_for_what_is_left(day: int, done: set[str]) -> None:
    today = (date.fromisoformat(TODAY) + timedelta(days=day)).isoformat()
    _, end = stands(day, dict.fromkeys(done, Status.DONE))
    assert end >= today if len(done) < 3 else end == ""


def test_what_is_in_progress_late_and_due_is_offered_in_that_order_where_it_is_ready() -> None:
    def offered(day: int, statuses: dict[str, Status]) -> list[str]:
        today = (date.fromisoformat(TODAY) + timedelta(days=day)).isoformat()
        steps = steps_now(review(PLAN, statuses, READY, today, {}), statuses)
        return [slot.resource for slot, _ in offered_now(steps, statuses, READY)]

    assert offered(0, {}) == ["r1", "r2"]
    assert offered(0, {"r2": Status.DOING}) == ["r2", "r1"]
    assert offered(8, {"r1": Status.DONE}) == ["r2"]  # r3 is due too, and locked
    # Where the week's work is done, the next step is offered, and no more.
    assert offered(0, {"r1": Status.DONE, "r2": Status.DONE}) == []
    assert offered(8, dict.fromkeys(["r1", "r2", "r3"], Status.DONE)) == []


def test_a_week_says_what_it_holds_and_what_is_late_from_before() -> None:
    def held(day: int, statuses: dict[str, Status]) -> Week:
        today = (date.fromisoformat(TODAY) + timedelta(days=day)).isoformat()
        return week_now(PLAN, review(PLAN, statuses, READY, today, {}), today)

    assert held(0, {"r1": Status.DONE}) == Week(120, 2, 1, 0, 0)
    assert held(7, {}) == Week(120, 2, 0, 2, 0)
    assert held(21, {"r1": Status.DONE}) == Week(0, 0, 0, 3, 0)
