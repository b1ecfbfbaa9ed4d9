"""The plan leads: the dashboard and `next` begin with what it has, on every day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from textwrap import dedent
from typing import Any

import pytest

from tests.conftest import Run


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def as_json(run: Run, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "--json").out)
    return found


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("LLMPATH_NOW", f"{day}T18:30:00+00:00")


def ids(picks: list[dict[str, Any]]) -> list[str]:
    return [pick["id"] for pick in picks]


@pytest.mark.usefixtures("small")
def test_the_day_begins_with_what_the_plan_has(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("plan", "--to", "writing", "--hours", "1")
    assert run().out == text("""
        ada: 0 of 5 topics passed, 0 resources done
        This week: 20 min, 0 of 1 done

        Next
         1  Notes on letters
            planned for this week, opens Writing, 20 min
         2  Counting, slowly
            opens Adding, must-read, 30 min

        Tracks
          Numbers      0 of 2  1 ready, 1.8 h left
          Letters      0 of 3  1 ready, 2.6 h left

        llmpath start 1 to begin, llmpath welcome to say what you want and know, llmpath
        place to find out what you know
    """)
    at(monkeypatch, "2026-03-18")
    assert run().out.splitlines()[1] == "This week: 45 min, 0 of 1 done, 1 late"
    assert run("next", "-n", "2").out == text("""
        This week, on the path to Writing

         1  Notes on letters  article, beginner
            Reading: late, planned for the week of 2026-03-10, opens Writing, 20 min
         2  Counting, slowly  video, beginner
            Counting: opens Adding, must-read, 30 min

        llmpath start 1, open 1, done 1, show 1
    """)
    found = as_json(run)
    assert found["plan"] == {
        "minutes": 45,
        "steps": 1,
        "done": 0,
        "late": 1,
        "days_off": 0,
        "through": "2026-03-29",
    }
    assert found["next"][0]["planned"] == {"week": "2026-03-10", "standing": "late"}
    assert found["next"][1]["planned"] is None


@pytest.mark.usefixtures("small")
def test_what_is_in_progress_comes_first_then_what_is_late_then_due(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("plan", "--to", "adding", "--to", "writing", "--hours", "1")
    at(monkeypatch, "2026-03-18")
    run("start", "reading-notes")
    picks = as_json(run, "next")["picks"]
    assert [(pick["id"], pick["planned"]["standing"]) for pick in picks[:2]] == [
        ("reading-notes", "ahead"),
        ("counting-video", "late"),
    ]
    day = as_json(run)
    assert (ids(day["in_progress"]), ids(day["next"])[0]) == (["reading-notes"], "counting-video")
    assert as_json(run, "plan", "show")["now"] == "reading-notes"


@pytest.mark.usefixtures("small")
def test_where_the_week_is_done_the_next_step_is_first(run: Run) -> None:
    run("plan", "--to", "writing", "--hours", "1")
    run("done", "reading-notes")
    first = as_json(run, "next")["picks"][0]
    assert (first["id"], first["planned"]) == (
        "writing-guide",
        {"week": "2026-03-17", "standing": "ahead"},
    )
    assert run("next").out.splitlines()[0] == "Next, on the path to Writing"
    assert "This week: 20 min, 1 of 1 done\n" in run().out


@pytest.mark.usefixtures("small")
def test_what_is_asked_for_by_name_is_offered_as_ever(run: Run) -> None:
    run("plan", "--to", "writing", "--hours", "1")
    for words in (
        ["--kind", "video"],
        ["--topic", "counting"],
        ["--track", "numbers"],
        ["counting"],
    ):
        found = as_json(run, "next", *words)["picks"]
        assert {pick["planned"] for pick in found} == {None}
    assert all(pick["planned"] is None for pick in as_json(run, "next", "--all")["picks"])


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("end", [("plan", "drop"), ("done", "reading-notes", "writing-guide")])
def test_without_a_plan_or_once_it_is_done_all_is_as_ever(run: Run, end: tuple[str, ...]) -> None:
    if end[0] == "done":
        run(*end)
        before = run().out, run("next").out
        run("undo")
        run("plan", "--to", "writing", "--hours", "1")
        run(*end)
    else:
        before = run().out, run("next").out
        run("plan", "--to", "writing", "--hours", "1")
        run(*end)
    assert (run().out, run("next").out) == before
    assert as_json(run)["plan"] is None


@pytest.mark.usefixtures("small")
def test_the_goals_of_a_plan_come_before_the_goals_of_the_learner(run: Run) -> None:
    run("goal", "adding")
    run("plan", "--to", "writing", "--hours", "1")
    assert ids(as_json(run, "next")["picks"])[:2] == ["reading-notes", "counting-video"]
    assert run("next").out.splitlines()[2:7] == [
        " 1  Notes on letters  article, beginner",
        "    Reading: on the path to Writing, planned for this week, opens Writing, 20",
        "    min",
        " 2  Counting, slowly  video, beginner",
        "    Counting: on the path to Adding, opens Adding, must-read, 30 min",
    ]


@pytest.mark.usefixtures("small")
def test_a_plan_leads_on_without_the_goals_it_was_made_for(run: Run) -> None:
    run("goal", "writing")
    run("plan", "--hours", "1")
    run("goal", "--clear")
    assert run("plan", "show").out.startswith("Your plan: 1 h a week, enough of each topic\n")
    assert run("next").out.startswith("This week\n\n 1  Notes on letters")


@pytest.mark.usefixtures("small")
def test_a_deep_plan_leads_on_when_its_goal_is_reached(run: Run) -> None:
    run("plan", "--to", "counting", "--depth", "deep", "--hours", "20")
    run("done", "counting-video")
    assert run("next").out.startswith("This week\n\n 1  The Book of Numbers")
    assert as_json(run, "plan", "show")["now"] == "counting-book"


@pytest.mark.usefixtures("small")
def test_a_quick_plan_leads_on_past_what_it_does_not_complete(run: Run) -> None:
    run("plan", "--to", "word-problems", "--depth", "quick", "--hours", "5")
    for _ in range(4):
        first = as_json(run, "next")["picks"][0]
        assert first["planned"]
        assert first["id"] == as_json(run, "plan", "show")["now"]
        run("done", first["id"])
    assert as_json(run)["plan"] is None


@pytest.mark.usefixtures("small")
def test_a_week_off_is_told_and_what_comes_after_it_is_offered(run: Run) -> None:
    run("plan", "--to", "writing", "--hours", "1", "--off", "2026-03-10..2026-03-16")
    assert run().out.splitlines()[1] == "This week: off"
    assert as_json(run, "next")["picks"][0]["planned"]["week"] == "2026-03-17"


@pytest.mark.usefixtures("small")
def test_the_last_weeks_over_only_what_is_late_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("plan", "--to", "writing", "--hours", "1")
    at(monkeypatch, "2026-05-01")
    assert run().out.splitlines()[1] == "This week: nothing planned, 2 late"
    assert as_json(run)["plan"]["through"] >= "2026-05-01"


@pytest.mark.usefixtures("shipped")
def test_an_engineer_is_told_the_same_first_thing_everywhere_on_every_day(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three weeks to RAG and agents: some days work, one week is missed, then it is made up."""
    at(monkeypatch, "2026-11-27")
    run("know", "python-basics", "llm-apis")
    run("goal", "rag", "--by", "2027-01-15")
    run("goal", "agents", "--by", "2027-01-31")
    made = as_json(run, "plan", "--hours", "3", "--off", "2026-12-24..2026-12-26")
    assert made["fits"]
    late: list[int] = []
    start = date(2026, 11, 27)
    for number in range(21):
        today = (start + timedelta(days=number)).isoformat()
        at(monkeypatch, today)
        shown = as_json(run, "plan", "show")
        if shown["now"] is None:
            break
        day, choices = as_json(run), as_json(run, "next")
        first = [*day["in_progress"], *day["next"]][0]
        assert first["id"] == choices["picks"][0]["id"] == shown["now"], today
        assert first["planned"], today
        if not day["in_progress"]:
            steps = [step for week in shown["weeks"] for step in week["steps"]]
            open_ = [one["id"] for one in steps if one["standing"] in ("slipped", "due", "ahead")]
            assert open_[0] == shown["now"], today
        new = [pick["id"] for pick in choices["picks"] if pick["status"] != "doing"]
        assert new[:1] == ids(day["next"])[:1], today
        assert shown["through"] >= today
        late.append(day["plan"]["late"])
        if 7 <= number < 15:
            continue  # away, and nobody knew
        if number % 3 == 0:
            run("start", first["id"])
        elif number % 3 == 1:
            run("done", first["id"])
    assert len(late) > 15
    assert late[:7] == [0] * 7
    assert max(late) > 3
    assert late[-1] < max(late)


@pytest.mark.usefixtures("small")
def test_a_quick_plan_made_anew_leads_on_past_what_was_begun_before_it(run: Run) -> None:
    run("know", "reading", "counting")
    run("plan", "--to", "word-problems", "--depth", "quick")
    run("done", "adding-article")  # half of what passes adding
    run("plan")
    first = as_json(run, "next")["picks"][0]
    assert (first["id"], first["planned"]["standing"]) == ("word-problems-notebook", "due")
    assert first["waits_for"] == []
    assert as_json(run, "plan", "show")["now"] == "word-problems-notebook"


@pytest.mark.usefixtures("small")
def test_a_plan_never_goes_on_with_what_is_locked(run: Run) -> None:
    run("know", "counting")
    run("plan", "--to", "adding")
    run("forget", "counting")
    assert as_json(run, "next")["picks"][0]["planned"] is None
    found = as_json(run, "plan", "show")
    assert found["now"] is None
    assert found["through"] == "2026-03-11"
    shown = run("plan", "show").out.splitlines()
    assert shown[1] == "1 topic, 1.2 h. At this pace you'd finish on 2026-03-11."
    assert " ".join(shown[-2:]) == (
        "What is left waits for topics that are not in this plan. Plan again: llmpath plan"
    )


@pytest.mark.usefixtures("small")
def test_what_is_begun_before_its_week_is_not_said_to_be_planned_for_this_one(run: Run) -> None:
    run("plan", "--to", "writing", "--hours", "1")
    run("know", "reading")
    run("start", "writing-guide")
    assert "planned for the week of 2026-03-17" in as_json(run, "next")["picks"][0]["reason"]


@pytest.mark.usefixtures("small")
def test_what_is_planned_has_a_place_however_much_is_in_progress(run: Run) -> None:
    run("plan", "--to", "writing")
    run("start", "counting-video", "counting-book", "adding-article")
    assert ids(as_json(run, "next", "-n", "3")["picks"])[2] == "reading-notes"
    assert ids(as_json(run, "next", "-n", "1")["picks"]) != ["reading-notes"]


@pytest.mark.usefixtures("small")
def test_the_report_goes_on_with_what_next_offers(run: Run) -> None:
    run("goal", "adding")
    run("plan", "--to", "writing")
    offered = ids(as_json(run, "next")["picks"])
    assert offered[0] == "reading-notes"
    assert ids(as_json(run, "report")["next"]) == offered
