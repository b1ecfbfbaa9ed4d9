"""`plan` on a small catalog: made, looked at, made again, taken back."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from llmpath.actions.workspace import Workspace
from llmpath.store.learner import writing
from tests.conftest import SMALL, Edition, Run
from tests.editions import edited

pytestmark = pytest.mark.usefixtures("small")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("LLMPATH_NOW", f"{day}T18:30:00+00:00")


def test_a_plan_says_when_one_would_be_through(run: Run) -> None:
    run("goal", "word-problems")
    assert run("plan", "--hours", "2").out == text("""
        Plan for Word problems: 2 h a week, enough of each topic
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
        "Plan for Adding: 0.5 h a week, all of each topic, by 2026-03-17",
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


def test_the_plan_shows_what_is_done_and_what_is_late(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("plan", "--to", "adding", "--hours", "1")
    run("done", "counting-video")
    at(monkeypatch, "2026-03-18")
    assert run("plan", "show").out == text("""
        Plan for Adding: 1 h a week, enough of each topic
        2 topics, 1.8 h. At this pace you'd finish on 2026-03-27, 4 days later than
        planned.
        1 of 3 steps done, 1 late. Reschedule from today: llmpath plan

        Week 1, from 2026-03-10                                                   45 min
          Counting
            1  ✓ Counting, slowly  video, 30 min
          Adding
            2  ! Adding by carrying  article, 15 min, late

        Week 2, from 2026-03-17, now                                                 1 h
          Adding
            3  ○ Fast Addition of Long Numbers  paper, 1 h

        Now: Adding by carrying
        llmpath start 2, open 2, done 2, show 2
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
        (["--to", "adding", "--by", "soon"], "llmpath: 'soon' is not a day.\n"),
        (["--to", "adding", "--by", "2026-03-09"], "llmpath: 2026-03-09 is in the past."),
        (["--to", "adding", "--hours", "0"], "llmpath: '0' is not 0.5 to 80 hours a week."),
        (["--to", "adding", "--hours", "81"], "llmpath: '81' is not 0.5 to 80 hours a week."),
        (["--to", "adding", "--hours", "much"], "llmpath: 'much' is not 0.5 to 80 hours a week."),
        (
            ["--to", "adding", "--off", "2026-03-01..2026-03-09"],
            "llmpath: 2026-03-01..2026-03-09 is",
        ),
        (
            ["--to", "adding", "--off", "2026-03-20..2026-03-11"],
            "llmpath: '2026-03-20..2026-03-11'",
        ),
        (
            ["--to", "adding", "--off", "2026-03-20..2036-03-11"],
            "llmpath: From 2026-03-20 to 2036-03-11 is more than a year off.",
        ),
    ],
)
def test_what_cannot_be_planned_is_said(run: Run, options: list[str], message: str) -> None:
    assert run("plan", *options, code=2).err.startswith(message)


def test_nothing_is_left_to_plan_when_the_goal_is_reached(run: Run) -> None:
    run("know", "adding")
    assert run("plan", "--to", "adding").out == text("""
        Nothing is left to plan: Adding.
        Find the next goal: llmpath goal
    """)
    assert run("plan", "show", code=3).out == ""


def test_a_plan_for_what_is_reached_replaces_no_other(run: Run) -> None:
    run("plan", "--to", "writing")
    run("know", "adding")
    run("plan", "--to", "adding")
    assert plan(run, "show")["goals"] == ["writing"]
    run("know", "writing")
    assert "Nothing is left" in run("plan").out  # the plan that is finished goes
    assert run("plan", "show", code=3).out == ""


# Several goals, each with its day.


def plan(run: Run, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("plan", *words, "--json").out)
    return found


def steps(found: dict[str, Any]) -> list[str]:
    return [step["id"] for week in found["weeks"] for step in week["steps"]]


def test_a_plan_goes_goal_by_goal_in_the_order_named(run: Run) -> None:
    one = plan(run, "--to", "writing", "--to", "adding")
    assert steps(one) == [
        "reading-notes",
        "writing-guide",
        "counting-video",
        "adding-article",
        "adding-paper",
    ]
    two = plan(run, "--to", "adding", "--to", "writing")
    assert steps(two) == [*steps(one)[2:], *steps(one)[:2]]


def test_a_plan_follows_the_order_of_the_goals(run: Run) -> None:
    run("goal", "adding")
    run("goal", "writing", "--first")
    assert steps(plan(run))[0] == "reading-notes"
    assert plan(run)["goals"] == ["writing", "adding"]


def test_each_goal_stands_against_its_own_day(run: Run) -> None:
    run("goal", "adding", "--by", "2026-03-20")
    run("goal", "writing", "--by", "2026-03-21")
    assert run("plan", "--hours", "2").out.splitlines()[:8] == [
        "Plan for Adding and Writing: 2 h a week, enough of each topic",
        "4 topics, 2.8 h. At this pace you'd finish on 2026-03-20.",
        "Adding: by 2026-03-20, 4 days ahead of its date.",
        "Writing: by 2026-03-21, 1 day ahead of its date.",
        "",
        "Week 1, from 2026-03-10                                                    1.8 h",
        "  Counting",
        "    1  Counting, slowly  video, 30 min",
    ]
    got = run("plan", "--hours", "1", "--yes").out.splitlines()
    assert got[2:6] == [
        "Adding: does not fit by 2026-03-20; you'd reach it on 2026-03-23.",
        "Writing: does not fit by 2026-03-21; you'd reach it on 2026-04-05.",
        "To finish on every date you need 2 h a week: llmpath plan --hours 2",
        "With --depth quick it takes 1.8 h and ends on 2026-03-29, which does not fit",
    ]
    found = plan(run, "show")
    assert found["fits"] is False
    assert found["goal_days"] == [
        {"id": "adding", "until": "2026-03-20", "through": "2026-03-23"},
        {"id": "writing", "until": "2026-03-21", "through": "2026-04-05"},
    ]


def test_the_first_plan_takes_the_hours_that_the_days_of_the_goals_ask(run: Run) -> None:
    run("goal", "adding", "--by", "2026-03-20")
    run("goal", "writing", "--by", "2026-03-21")
    found = plan(run)
    assert (found["hours"], found["fits"]) == (2.0, True)


def test_a_day_that_has_passed_is_told_and_no_longer_planned_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("goal", "adding", "--by", "2026-03-12")
    run("plan", "--hours", "1")
    at(monkeypatch, "2026-03-18")
    got = run("plan").out
    assert (
        "Adding: its date, 2026-03-12, has passed; you'd reach it on 2026-03-31. Set another:"
        in " ".join(got.split())
    )
    assert plan(run, "show")["starts_on"] == "2026-03-18"


def test_a_goal_that_was_set_since_is_not_in_the_plan_and_it_says_so(run: Run) -> None:
    run("goal", "adding")
    run("plan", "--hours", "2")
    run("goal", "writing", "--by", "2026-04-01")
    out = run("plan", "show").out
    assert out.startswith("Plan for Adding: 2 h a week")
    assert "Writing is not in this plan yet. Plan again to include it: llmpath plan\n" in out
    found = plan(run, "show")
    assert (found["unplanned"], found["goal_days"]) == (["writing"], [])
    assert plan(run)["unplanned"] == []
    assert plan(run, "show")["goals"] == ["writing", "adding"]


# What a plan keeps of the one before.


def test_what_is_not_asked_for_stays_and_is_told(run: Run) -> None:
    run("goal", "writing")
    run("plan", "--hours", "3", "--depth", "quick", "--by", "2026-05-01", "--off", "2026-04-01")
    got = run("plan", "--by", "none", "--hours", "3").out
    assert got.splitlines()[:4] == [
        "Plan for Writing: 3 h a week, one resource per topic, off 2026-04-01",
        "2 topics, 1.1 h. At this pace you'd finish on 2026-03-12.",
        "Kept from your last plan: depth quick, your days off. Change with --depth,",
        "--off.",
    ]


def test_to_begins_anew_with_nothing_of_the_plan_before(run: Run) -> None:
    run("plan", "--to", "adding", "--hours", "3", "--depth", "quick", "--by", "2026-05-01")
    got = run("plan", "--to", "writing").out
    assert got.splitlines()[0] == "Plan for Writing: 5 h a week, enough of each topic"
    assert "Kept from" not in got
    found = plan(run, "show")
    assert (found["by"], found["depth"], found["hours"], found["aim"]) == (
        None,
        "enough",
        5.0,
        None,
    )


def test_a_plan_goes_back_to_the_goals_of_the_learner(run: Run) -> None:
    run("goal", "adding")
    run("plan", "--to", "writing")
    assert plan(run)["goals"] == ["writing"]
    assert plan(run, "--to", "none")["goals"] == ["adding"]


def test_the_aim_of_a_plan_is_cleared(run: Run) -> None:
    assert plan(run, "--to", "writing", "--aim", "use")["aim"] == "use"
    assert plan(run)["aim"] == "use"
    assert plan(run, "--aim", "default")["aim"] is None


@pytest.mark.parametrize(
    ("typed", "hours"), [("5", 5.0), ("2h30", 2.5), ("1.5h", 1.5), ("45min", 0.75), ("1:30", 1.5)]
)
def test_hours_are_typed_as_people_write_them(run: Run, typed: str, hours: float) -> None:
    assert plan(run, "--to", "writing", "--hours", typed)["hours"] == hours


def test_the_date_is_typed_as_people_write_it(run: Run) -> None:
    assert plan(run, "--to", "writing", "--by", "in 6 weeks")["by"] == "2026-04-21"


# Days off.


def test_weeks_off_are_shown_and_hold_no_work(run: Run) -> None:
    run("plan", "--to", "adding", "--hours", "1", "--off", "2026-03-17..2026-03-23")
    assert run("plan", "show").out == text("""
        Plan for Adding: 1 h a week, enough of each topic, off 2026-03-17 to 2026-03-23
        2 topics, 1.8 h. At this pace you'd finish on 2026-03-30.
        0 of 3 steps done.

        Week 1, from 2026-03-10, now                                              45 min
          Counting
            1  ○ Counting, slowly  video, 30 min
          Adding
            2  ○ Adding by carrying  article, 15 min

        Week 2, from 2026-03-17                                                      off

        Week 3, from 2026-03-24                                                      1 h
          Adding
            3    Fast Addition of Long Numbers  paper, 1 h

        Now: Counting, slowly
        llmpath start 1, open 1, done 1, show 1
    """)


def test_weeks_off_in_a_row_take_one_line(run: Run) -> None:
    shown = run("plan", "--to", "writing", "--off", "today..2026-06-01").out.splitlines()
    assert [" ".join(row.split()) for row in shown if row.startswith("Week")] == [
        "Weeks 1 to 12, from 2026-03-10 off",
        "Week 13, from 2026-06-02 1.1 h",
    ]


def test_days_off_add_up_until_they_are_cleared(run: Run) -> None:
    run("plan", "--to", "adding", "--off", "2026-03-17..2026-03-20")
    found = plan(run, "--off", "2026-04-01", "--off", "2026-03-21")
    assert found["off"] == [
        {"from": "2026-03-17", "to": "2026-03-21"},
        {"from": "2026-04-01", "to": "2026-04-01"},
    ]
    assert plan(run, "--off", "none")["off"] == []


def test_a_week_with_a_day_off_holds_less(run: Run) -> None:
    run("plan", "--to", "adding", "--hours", "2", "--off", "2026-03-12..2026-03-14")
    lines = run("plan", "show").out.splitlines()
    assert (
        "Week 1, from 2026-03-10, now, 3 days off                                  45 min" in lines
    )


# A plan that does not fit.


def test_a_plan_that_does_not_fit_replaces_none_without_yes(run: Run) -> None:
    run("plan", "--to", "adding", "--hours", "2")
    before = run("plan", "show").out
    got = run("plan", "--to", "word-problems", "--hours", "0.5", "--by", "2026-03-20").out
    assert got.splitlines()[-2:] == [
        "It does not fit, so your current plan stays. To keep this one instead:",
        "  llmpath plan --to word-problems --by 2026-03-20 --hours 0.5 --yes",
    ]
    assert "To finish by 2026-03-20 you need 3 h a week (--hours 3).\n" in got
    assert run("plan", "show").out == before
    assert "plan 2 h a week for Adding" in run("log", "-n", "1").out
    asked = ("--to", "word-problems", "--by", "2026-03-20", "--hours", "0.5")
    refused = plan(run, *asked)
    assert (refused["kept"], refused["fits"], refused["command"]) == (False, False, None)
    assert plan(run, *asked, "--yes")["kept"] is True
    assert plan(run, "show")["goals"] == ["word-problems"]


def test_a_first_plan_that_does_not_fit_is_kept_and_says_so(run: Run) -> None:
    got = plan(run, "--to", "adding", "--hours", "0.5", "--by", "2026-03-12")
    assert (got["kept"], got["fits"]) == (True, False)
    assert (
        "It does not fit: you'd finish on 2026-04-06, not by 2026-03-12." in run("plan", "show").out
    )


def test_on_a_terminal_it_is_asked_whether_to_keep_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from llmpath.cli import asking

    run("plan", "--to", "adding", "--hours", "2")
    said: list[str] = []
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr(asking, "confirmed", lambda question: bool(said.append(question)))
    asked = ("plan", "--to", "writing", "--hours", "0.5", "--by", "2026-03-12")
    run(*asked)
    assert (said, plan(run, "show")["goals"]) == (["Keep this plan instead?"], ["adding"])
    monkeypatch.setattr(asking, "confirmed", lambda question: True)
    run(*asked)
    assert plan(run, "show")["goals"] == ["writing"]


# What is left, as time goes by.


def test_the_end_is_never_in_the_past_while_something_is_left(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("plan", "--to", "adding", "--hours", "2")
    for day in ("2026-03-12", "2026-03-16", "2026-03-30", "2026-06-01"):
        at(monkeypatch, day)
        assert plan(run, "show")["through"] >= day
    assert "late. Reschedule from today" in run("plan", "show").out
    assert "later than planned." in " ".join(run("plan", "show").out.split())
    run("done", "counting-video", "adding-article", "adding-paper")
    assert "Everything in it is done." in run("plan", "show").out
    assert run("plan", "show").out.endswith("\nFind the next goal: llmpath goal\n")


def test_a_plan_takes_off_what_was_spent_and_counts_what_is_spent_since(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sit(minutes: int) -> None:
        w = Workspace()
        with w.writing("log") as journal:
            writing.add_sitting(journal, "adding-paper", w.today, minutes)
        w.close()

    run("know", "counting")
    run("start", "adding-paper")
    sit(15)
    made = plan(run, "--to", "adding", "--hours", "0.5")
    assert [(step["id"], step["minutes"]) for week in made["weeks"] for step in week["steps"]] == [
        ("adding-paper", 30),
        ("adding-paper", 15),
        ("adding-article", 15),
    ]
    at(monkeypatch, "2026-03-11")
    sit(29)
    assert standings(run) == ["doing", "doing", "ahead"]
    sit(1)
    assert standings(run) == ["done", "doing", "ahead"]
    sit(100)  # the last part is done when the learner says so
    assert standings(run) == ["done", "doing", "ahead"]
    run("done", "adding-paper")
    assert standings(run) == ["done", "done", "ahead"]


def standings(run: Run) -> list[str]:
    return [step["standing"] for week in plan(run, "show")["weeks"] for step in week["steps"]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("adding-article", "adding-essay"),  # lost
        ("core: [adding-article, adding-paper]\n    enough: 2", "core: [adding-paper]"),  # moved
    ],
)
def test_what_counts_no_longer_is_no_step_any_more(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    run("know", "counting")
    run("plan", "--to", "adding")
    lost = edited(SMALL, tmp_path / "edited", (before, after))
    monkeypatch.setenv("LLMPATH_CATALOG", str(lost))
    found = json.loads(run("plan", "show", "--json").out)
    assert [step["id"] for week in found["weeks"] for step in week["steps"]] == ["adding-paper"]
    assert found["now"] == "adding-paper"
    run("done", "adding-paper")
    assert "Everything in it is done." in run("plan", "show").out


def test_a_title_that_has_no_room_beside_the_rest_has_a_line_of_its_own(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    run("plan", "--to", "word-problems", "--hours", "1")
    run("skip", "adding-paper")
    shown = run("plan", "show").out.splitlines()
    assert max(map(len, shown)) <= 50
    title = shown.index("    3  - Fast Addition of Long Numbers")
    assert shown[title + 1] == "         paper, 1 h, no longer needed"


def test_a_plan_whose_date_has_passed_says_that_it_is_the_plans(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("plan", "--to", "adding", "--by", "2026-03-20")
    at(monkeypatch, "2026-03-21")
    assert run("plan", code=2).err.startswith("llmpath: Your plan's date, 2026-03-20, has passed.")


def test_the_command_to_keep_a_plan_says_what_it_is_for(run: Run) -> None:
    run("goal", "reading")
    run("plan", "--to", "adding", "--hours", "5")
    refused = run("plan", "--to", "None", "--hours", "0.5", "--by", "2026-03-11").out
    assert "  llmpath plan --to none --by 2026-03-11 --hours 0.5 --yes\n" in refused
    assert "Plan for Adding" in run("plan", "show").out
    kept = run("plan", "--to", "none", "--by", "2026-03-11", "--hours", "0.5", "--yes").out
    assert kept.startswith("Plan for Reading")


def test_a_work_that_is_not_kept_up_any_more_leaves_the_plan(run: Run, edition: Edition) -> None:
    run("plan", "--to", "reading", "--hours", "5")
    assert json.loads(run("next", "--json").out)["picks"][0]["planned"]
    edition(("id: reading-notes", "id: reading-notes\n    status: archived"))
    assert all(
        pick["id"] != "reading-notes" for pick in json.loads(run("next", "--json").out)["picks"]
    )
