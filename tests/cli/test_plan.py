"""`plan` on a small catalog: made, looked at, made again, taken back."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("LLMPATH_NOW", f"{day}T18:30:00+00:00")


def test_a_plan_says_when_one_would_be_through(run: Run) -> None:
    run("goal", "word-problems")
    assert run("plan", "--hours", "2").out == text("""
        Plan for Word problems, 2 h a week
        4 topics, 3.6 h. At this pace you'd finish on 2026-03-23.

        Week 1, from 2026-03-10                                                    1.8 h
          Counting
            1  Counting, slowly  video, 30 min
          Adding
            2  Adding by carrying  article, 15 min
            3  Fast Addition of Long Numbers  paper, 1 h

        Week 2, from 2026-03-17                                                    1.8 h
          Reading
            4  Notes on letters  article, 20 min
          Word problems
            5  Word problems, worked  notebook, 1.5 h

        See progress: llmpath plan show. Reschedule from today: llmpath plan
    """)


def test_a_plan_that_does_not_fit_says_what_would(run: Run) -> None:
    got = run("plan", "--to", "adding", "--hours", "0.5", "--by", "2026-03-17", "--depth", "deep")
    assert got.out.splitlines()[:9] == [
        "Plan for Adding, 0.5 h a week",
        "2 topics, 12 h. It does not fit: you'd finish on 2026-08-24, not by 2026-03-17.",
        "To finish by 2026-03-17 you need 10.5 h a week: llmpath plan --hours 10.5",
        "With --depth enough it takes 1.8 h and ends on 2026-04-06, which does not fit",
        "either.",
        "With --depth quick it takes 45 min and ends on 2026-03-20, which does not fit",
        "either.",
        "By 2026-03-17 you'd cover 0 of 2 topics.",
        "",
    ]


def test_the_hours_follow_from_the_date(run: Run) -> None:
    got = json.loads(run("plan", "--to", "adding", "--by", "2026-03-23", "--json").out)
    assert (got["hours"], got["fits"], got["remedy"]) == (1.0, True, None)


def test_the_plan_shows_what_is_done_and_what_slipped(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("plan", "--to", "adding", "--hours", "1")
    run("done", "counting-video")
    at(monkeypatch, "2026-03-18")
    assert run("plan", "show").out == text("""
        Plan for Adding, 1 h a week
        2 topics, 1.8 h. At this pace you'd finish on 2026-03-23.
        1 of 3 steps done, 1 slipped; reschedule from today with: llmpath plan.

        Week 1, from 2026-03-10                                                   45 min
          Counting
            1  ✓ Counting, slowly  video, 30 min
          Adding
            2  ! Adding by carrying  article, 15 min, slipped

        Week 2, from 2026-03-17, now                                                 1 h
          Adding
            3  ○ Fast Addition of Long Numbers  paper, 1 h

        llmpath start 1, open 1, done 1, show 1
    """)
    again = json.loads(run("plan", "--json").out)
    assert (again["starts_on"], again["hours"], again["goals"]) == ("2026-03-18", 1.0, ["adding"])
    assert [step["id"] for week in again["weeks"] for step in week["steps"]] == [
        "adding-article",
        "adding-paper",
        "adding-paper",
    ]


def test_the_pace_is_learned_from_what_was_logged(run: Run) -> None:
    run("done", "counting-video", "--minutes", "90")
    got = json.loads(run("plan", "--to", "adding", "--json").out)
    assert got["pace"] == 1.18
    assert [step["minutes"] for step in got["weeks"][0]["steps"]] == [18, 71]
    assert "at your pace, 1.18 times the estimate" in run("plan", "show").out


def test_undo_takes_a_plan_back_whole(run: Run) -> None:
    run("plan", "--to", "adding", "--hours", "1")
    before = run("plan", "show").out
    run("plan", "--to", "writing", "--hours", "3")
    assert run("undo").out == "Undone: plan 3 h a week for Writing\n"
    assert run("plan", "show").out == before
    run("plan", "drop")
    assert run("plan", "show", code=3).err.startswith("llmpath: You have no plan yet.\n")
    run("undo")
    assert run("plan", "show").out == before


def test_a_dry_run_keeps_the_plan(run: Run) -> None:
    run("plan", "--to", "adding")
    before = run("plan", "show").out
    run("plan", "--to", "writing", "--dry-run")
    assert run("plan", "show").out == before


def test_a_plan_is_ones_own_and_in_the_report(run: Run) -> None:
    run("user", "add", "bob")
    run("plan", "--to", "writing", "--hours", "1")
    assert run("--user", "bob", "plan", "show", code=3).out == ""
    report = run("report").out
    assert "## Plan\n\n1 h a week from 2026-03-10; finishes on 2026-03-22.\n" in report
    assert "| 2026-03-10 | Reading | [Notes on letters](https://notes.example/letters) |" in report


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "llmpath: A path to what? You have no goal yet."),
        (["--to", "adding", "--by", "soon"], "llmpath: --by takes a date like 2027-03-01, not"),
        (["--to", "adding", "--by", "2026-03-09"], "llmpath: 2026-03-09 is in the past."),
        (["--to", "adding", "--hours", "0"], "llmpath: Invalid value for '--hours'"),
    ],
)
def test_what_cannot_be_planned_is_said(run: Run, options: list[str], message: str) -> None:
    assert run("plan", *options, code=2).err.startswith(message)


def test_nothing_is_left_to_plan_when_the_goal_is_reached(run: Run) -> None:
    run("know", "adding")
    assert run("plan", "--to", "adding").out == "Nothing is left to plan: Adding.\n"
    assert run("plan", "show", code=3).out == ""
