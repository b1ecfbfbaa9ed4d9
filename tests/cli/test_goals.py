"""`goal`: in which order, by when, and what happens once one is reached."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("aimed")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def as_json(run: Run, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "--json").out)
    return found


def order(run: Run) -> list[str]:
    return [goal["id"] for goal in as_json(run, "goal")["goals"]]


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("LLMPATH_NOW", f"{day}T18:30:00+00:00")


# Order.


def test_goals_come_in_the_order_they_were_set(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("goal", "writing")
    at(monkeypatch, "2026-03-11")
    run("goal", "adding")
    assert order(run) == ["writing", "adding"]


def test_a_goal_is_put_first_and_set_if_it_was_none(run: Run) -> None:
    run("goal", "writing", "adding")
    run("goal", "word-problems", "--first")
    assert order(run)[0] == "word-problems"
    run("goal", "writing", "--first")
    assert order(run)[:2] == ["writing", "word-problems"]
    run("undo")
    assert order(run)[0] == "word-problems"


def test_several_are_put_first_in_the_order_named(run: Run) -> None:
    run("goal", "counting", "adding", "reading")
    run("goal", "reading", "adding", "--first")
    assert order(run) == ["reading", "adding", "counting"]
    # They are first already: nothing changes.
    assert as_json(run, "goal", "reading", "adding", "--first")["command"] is None


def test_goals_of_one_command_come_in_the_order_they_were_named(run: Run) -> None:
    run("goal", "writing", "adding", "reading")
    assert order(run) == ["writing", "adding", "reading"]


def test_a_goal_put_first_stays_so_when_another_gets_a_day(run: Run) -> None:
    run("goal", "writing")
    run("goal", "writing", "--first")
    run("goal", "adding", "--by", "tomorrow")
    assert order(run) == ["writing", "adding"]
    assert as_json(run, "goal", "writing", "--first")["changed"] == []


def test_what_has_the_nearest_day_comes_before_what_has_none(run: Run) -> None:
    run("goal", "adding", "writing", "reading")
    run("goal", "writing", "--by", "2026-05-01")
    run("goal", "reading", "--by", "2026-04-01")
    assert order(run) == ["reading", "writing", "adding"]
    run("goal", "adding", "--first")
    assert order(run) == ["adding", "reading", "writing"]


def test_a_path_goes_goal_by_goal(run: Run) -> None:
    def topics(*words: str) -> list[str]:
        return [step["id"] for step in as_json(run, "path", *words)["steps"]]

    assert topics("writing", "adding") == ["reading", "writing", "counting", "adding"]
    assert topics("adding", "writing") == ["counting", "adding", "reading", "writing"]
    run("goal", "adding")
    run("goal", "writing", "--first")
    assert topics() == ["reading", "writing", "counting", "adding"]


def test_next_begins_with_what_leads_to_the_first_goal(run: Run) -> None:
    run("goal", "adding", "writing")
    run("goal", "adding", "--first")
    assert [pick["topic"] for pick in as_json(run, "next")["picks"]] == ["counting", "reading"]
    run("goal", "writing", "--first")
    first, second = as_json(run, "next")["picks"]
    assert (first["topic"], second["topic"]) == ("reading", "counting")
    assert {"name": "later", "amount": -1.0, "weight": 80.0} in second["terms"]
    assert "later" not in {term["name"] for term in first["terms"]}
    assert "later      -1.00 x    80 =  -80.0" in run("next", "--explain").out


def test_the_order_counts_as_much_as_the_learner_sets(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("goal", "adding")
    run("goal", "writing", "--first")
    monkeypatch.setenv("LLMPATH_WEIGHT_LATER", "0")
    assert as_json(run, "next")["picks"][0]["topic"] == "counting"


# Days.


def test_a_goal_stands_against_its_day(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("goal", "adding", "--by", "in 7 weeks").out == text("""
        Adding
          0 of 2 topics passed
          to understand, 1.8 h to study, by 2026-04-28, 49 days

        More goals: tell-a-sum
    """)
    found = as_json(run, "goal")["goals"][0]
    assert (found["until"], found["days"]) == ("2026-04-28", 49)
    assert run().out.splitlines()[1] == "Goal: Adding, 2 topics to go, by 2026-04-28"
    at(monkeypatch, "2026-04-27")
    assert "by 2026-04-28, 1 day\n" in run("goal").out
    at(monkeypatch, "2026-04-28")
    assert "by 2026-04-28, today\n" in run("goal").out
    at(monkeypatch, "2026-04-30")
    assert "by 2026-04-28, 2 days ago\n" in run("goal").out
    assert as_json(run, "goal")["goals"][0]["days"] == -2


def test_the_day_of_a_goal_is_changed_and_cleared(run: Run) -> None:
    run("goal", "adding", "--by", "2026-04-28")
    run("goal", "adding", "--by", "15.5.")
    assert as_json(run, "goal")["goals"][0]["until"] == "2026-05-15"
    run("goal", "adding")  # without a word of it, it stays
    assert as_json(run, "goal")["goals"][0]["until"] == "2026-05-15"
    cleared = as_json(run, "goal", "adding", "--by", "none")
    assert (cleared["goals"][0]["until"], cleared["goals"][0]["days"]) == (None, None)
    run("undo")
    assert as_json(run, "goal")["goals"][0]["until"] == "2026-05-15"


def test_the_aim_of_a_goal_is_cleared(run: Run) -> None:
    run("goal", "word-problems", "--aim", "understand")
    assert as_json(run, "goal")["goals"][0]["aim"] == "understand"
    run("goal", "word-problems", "--aim", "default")
    assert as_json(run, "goal")["goals"][0]["aim"] == "use"
    assert "goal Word problems, with its usual aim" in run("log").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["adding", "--by", "2026-03-09"], "llmpath: 2026-03-09 is in the past.\n"),
        (["adding", "--by", "soon"], "llmpath: 'soon' is not a day.\n"),
        (["--by", "friday"], "llmpath: Which goal?\n  For example: llmpath goal rag --by"),
        (["--first"], "llmpath: Which goal?\n  For example: llmpath goal rag --first\n"),
        (["--aim", "use"], "llmpath: Which goal?\n  For example: llmpath goal rag --aim use\n"),
        (["--drop"], "llmpath: Which goal?\n  For example: llmpath goal rag --drop\n"),
        (["adding", "--drop", "--first"], "llmpath: --drop takes no --aim, --by or --first.\n"),
        (["adding", "--drop", "--aim", "use"], "llmpath: --drop takes no --aim, --by or --first."),
        (["--clear", "--by", "friday"], "llmpath: --clear drops all goals; use it alone.\n"),
        (["--clear", "adding"], "llmpath: --clear drops all goals; use it alone.\n"),
    ],
)
def test_what_cannot_be_a_goal_is_said(run: Run, words: list[str], message: str) -> None:
    assert run("goal", *words, code=2).err.startswith(message)
    assert order(run) == []


def test_dropping_what_is_no_goal_says_so_and_changes_nothing(run: Run) -> None:
    assert run("goal", "writing", "--drop").out == text("""
        Writing is not one of your goals.
        No goals.
        Set one with: llmpath goal GOAL or TOPIC, for example llmpath goal rag
    """)
    run("goal", "adding")
    dropped = as_json(run, "goal", "writing", "--drop")
    assert dropped["command"] is None
    assert dropped["not_goals"] == [{"id": "writing", "title": "Writing"}]
    assert order(run) == ["adding"]
    out = run("goal", "writing", "adding", "--drop").out
    assert out.startswith("Writing is not one of your goals.\nNo goals.\n")


# Reached.


def test_the_command_that_reaches_a_goal_says_so_and_what_it_opens(run: Run) -> None:
    run("goal", "adding")
    run("done", "counting-video")
    run("done", "adding-paper", "--minutes", "90")
    assert run("done", "adding-article").out == text("""
        Done: Adding by carrying
          passed Adding
          unlocks 1 topic: Word problems

        You've reached your goal: Adding. 2 topics, 2.2 h of study.
        Where to next?
          Word problems: llmpath goal word-problems
    """)
    assert run("goal").out.splitlines()[:2] == ["Adding", "  reached"]


def test_what_is_reached_is_in_the_json_of_the_command(run: Run) -> None:
    run("goal", "counting")
    found = as_json(run, "know", "adding")
    assert found["reached"] == [{"id": "counting", "title": "Counting"}]
    assert found["proposals"] == [{"id": "tell-a-sum", "title": "Tell a sum as a story"}]
    again = as_json(run, "know", "reading")
    assert (again["reached"], again["proposals"]) == ([], [])


def test_a_goal_is_reached_by_placing_too(run: Run) -> None:
    run("goal", "counting")
    assert "You've reached your goal: Counting. 1 topic.\n" in (
        run("place", "--yes-to", "counting", "--save").out
    )


def test_an_outcome_that_the_goal_is_part_of_is_proposed(run: Run) -> None:
    run("goal", "writing")
    assert as_json(run, "know", "writing")["proposals"] == [
        {"id": "tell-a-sum", "title": "Tell a sum as a story"}
    ]


def test_a_goal_that_is_skipped_is_not_celebrated(run: Run) -> None:
    run("goal", "reading")
    assert "reached" not in run("skip", "reading").out
    assert run().out.splitlines()[1] == "You've skipped your goal: Reading"
    assert run("goal").out.splitlines()[1].endswith("  skipped")


def test_once_all_goals_are_reached_the_day_says_so_and_proposes(run: Run) -> None:
    run("goal", "adding", "reading")
    run("know", "adding")
    lines = run().out.splitlines()
    assert lines[1] == "Goal: Reading, 1 topic to go"  # what is reached is told no more
    assert run("next").out.splitlines()[0] == "Next, on the path to Reading"
    run("know", "reading")
    out = run().out
    assert out.splitlines()[1] == "You've reached all your goals: Adding and Reading"
    assert "\nWhere to next?\n  Writing: llmpath goal writing\n" in out
    assert {one["id"] for one in as_json(run)["proposals"]} == {"word-problems", "writing"}
    assert run("next").out.splitlines()[0] == "What to study next"
    run("goal", "writing")
    assert as_json(run)["proposals"] == []
    assert run().out.splitlines()[1] == "Goal: Writing, 1 topic to go"


def test_of_several_goals_the_command_names_those_it_was_about(run: Run) -> None:
    assert not run("goal", "adding").out.startswith("Set")
    assert run("goal", "reading").out.startswith("Set: Reading\n\nAdding\n")
    assert run("goal", "adding", "--drop").out.startswith("Dropped: Adding\n\nReading\n")


def test_goals_set_one_after_the_other_keep_that_order(run: Run) -> None:
    for goal in ("writing", "adding", "reading"):  # at the same second, by the clock of tests
        run("goal", goal)
    goals = json.loads(run("goal", "--json").out)["goals"]
    assert [goal["id"] for goal in goals] == ["writing", "adding", "reading"]


def test_a_plan_needs_no_more_what_leads_to_a_dropped_goal_alone(run: Run) -> None:
    run("goal", "writing", "counting")
    run("plan", "--hours", "20")
    run("goal", "writing", "--drop")
    shown = run("plan", "show").out
    assert shown.startswith("Plan for Counting: ")
    assert "\n1 topic, 30 min." in shown
    plan = json.loads(run("plan", "show", "--json").out)
    stands = {step["topic"]: step["standing"] for week in plan["weeks"] for step in week["steps"]}
    assert {topic for topic, standing in stands.items() if standing == "no longer needed"} == {
        "reading",
        "writing",
    }
    assert json.loads(run("next", "--json").out)["picks"][0]["topic"] == "counting"
