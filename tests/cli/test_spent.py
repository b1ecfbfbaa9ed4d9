"""Sittings: a resource studied in parts, and `next` for somebody who has half an hour."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from llmpath.cli import asking
from tests.conftest import Run

Answers = Callable[[str], None]


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def as_json(run: Run, *arguments: str) -> Any:
    return json.loads(run(*arguments, "--json").out)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Be on a terminal, and answer what is asked."""

    def answers(lines: str) -> None:
        monkeypatch.setattr(asking, "can_ask", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))

    return answers


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let it be the evening of another day of March 2026."""

    def on(day: str) -> None:
        monkeypatch.setenv("LLMPATH_NOW", f"2026-03-{day}T18:30:00+00:00")

    return on


@pytest.mark.usefixtures("small")
class TestSpent:
    """What `spent` logs and says."""

    def test_sittings_start_a_resource_and_add_up(self, run: Run) -> None:
        assert run("spent", "30", "counting-book").out == text("""
            30 min of 10 h: The Book of Numbers: a first course
              go on at 0:30
        """)
        assert as_json(run, "show", "counting-book")["status"] == "doing"
        assert run("spent", "45m").out == text("""
            1 h 15 of 10 h: The Book of Numbers: a first course
              go on at 1:15
        """)
        shown = run("show", "counting-book").out
        assert "\nspent      2 sittings, 75 min; go on at 1:15\n" in shown
        assert run("log").out == text("""
            2026-03-10 18:30  spent 45 min on The Book of Numbers: a first course
            2026-03-10 18:30  spent 30 min on The Book of Numbers: a first course
        """)

    def test_what_it_was_thought_to_take_asks_whether_it_is_finished(self, run: Run) -> None:
        run("spent", "20", "counting-video")
        assert run("spent", "15").out == text("""
            35 min of 30 min: Counting, slowly
              Finished? llmpath done counting-video
        """)
        assert run("show", "counting-video").out.count("go on at") == 0

    def test_on_a_terminal_it_is_done_where_the_answer_is_yes(
        self, run: Run, answers: Answers
    ) -> None:
        answers("y\n")
        ran = run("spent", "30", "counting-video")
        assert ran.out == text("""
            30 min of 30 min: Counting, slowly
            Done: Counting, slowly
              passed Counting
              unlocks 1 topic: Adding
        """)
        assert ran.err == "Finished with Counting, slowly? [y/N] "
        assert run("undo").out == "Undone: done Counting, slowly\n"
        assert as_json(run, "show", "counting-video")["status"] == "doing"

    def test_anything_else_leaves_it_in_progress(self, run: Run, answers: Answers) -> None:
        answers("\n")
        assert run("spent", "30", "counting-video").out == "30 min of 30 min: Counting, slowly\n"
        assert as_json(run, "show", "counting-video")["status"] == "doing"

    def test_one_undo_takes_back_the_sitting_and_the_start(self, run: Run) -> None:
        run("skip", "counting-book")
        run("spent", "30", "counting-book", "--note", "as far as ten")
        assert run("undo").out == "Undone: spent 30 min on The Book of Numbers: a first course\n"
        found = as_json(run, "show", "counting-book")
        assert (found["status"], found["minutes_spent"], found["sittings"]) == ("skipped", None, 0)
        assert found["notes"] == []
        run("redo")
        found = as_json(run, "show", "counting-book")
        assert (found["status"], found["minutes_spent"], found["sittings"]) == ("doing", 30, 1)

    def test_on_what_is_done_it_is_time_alone(self, run: Run) -> None:
        run("done", "counting-video", "--minutes", "40")
        assert run("spent", "1h", "counting-video").out == text("""
            1 h 40 in all: Counting, slowly
              done already; it stays done
        """)
        assert as_json(run, "show", "counting")["state"] == "learned"

    def test_what_has_no_length_has_a_sum(self, run: Run, edition: Any) -> None:
        edition(("    minutes: 600\n", ""))
        assert run("spent", "30", "counting-book").out == (
            "30 min in all: The Book of Numbers: a first course\n"
        )
        assert as_json(run, "spent", "5")["spent"][0]["of"] is None

    def test_a_unit_may_stand_apart_and_a_number_is_one_of_the_list(self, run: Run) -> None:
        run("next")
        assert run("spent", "30", "min", "2").out.startswith("30 min of 20 min: Notes on letters")
        assert run("spent", "1", "h", "5", "min", "counting", "slowly").out.startswith("1 h 05 of")
        assert run("spent", "1h", "2").out.startswith("1 h 30 of 20 min: Notes on letters")

    def test_several_things_each_get_the_time(self, run: Run) -> None:
        run("next")
        assert run("spent", "10", "1", "2").out == text("""
            10 min of 30 min: Counting, slowly
              go on at 0:10
            10 min of 20 min: Notes on letters
              go on at 0:10
        """)
        assert run("undo").out == "Undone: spent 10 min on Counting, slowly, Notes on letters\n"

    def test_a_dry_run_tells_it_and_asks_nothing(self, run: Run, answers: Answers) -> None:
        answers("")
        ran = run("spent", "30", "counting-video", "-n")
        assert ran.out == text("""
            30 min of 30 min: Counting, slowly
              Finished? llmpath done counting-video
        """)
        assert ran.err == "Dry run: nothing was changed.\n"
        assert as_json(run, "show", "counting-video")["status"] == "todo"

    def test_as_json_it_says_where_to_go_on(self, run: Run) -> None:
        got = as_json(run, "spent", "20", "counting-video")
        assert (got["minutes"], got["day"]) == (20, "2026-03-10")
        assert got["spent"] == [
            {
                "id": "counting-video",
                "title": "Counting, slowly",
                "status": "doing",
                "sittings": 1,
                "minutes_spent": 20,
                "from": 20,
                "of": 30,
            }
        ]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["0", "counting-video"], "A sitting takes between 1 minute and 24 h."),
            (["24h1", "counting-video"], "A sitting takes between 1 minute and 24 h."),
            (["soon", "counting-video"], "'soon' is not a length of time."),
            (["30", "counting-video", "--on", "tomorrow"], "'tomorrow' is yet to come."),
            (["30", "counting-video", "--on", "2026-03-11"], "'2026-03-11' is yet to come."),
            (
                ["30", "counting-video", "--on", "0001-01-01"],
                "'0001-01-01' is not between 1970 and 2199.",
            ),
            (["30", "counting-video", "--on", "someday"], "'someday' is not a day."),
            (["30"], "Nothing is in progress."),
        ],
    )
    def test_what_is_no_sitting_is_refused(
        self, run: Run, arguments: list[str], message: str
    ) -> None:
        first, hint = run("spent", *arguments, code=2).err.splitlines()[-2:]
        assert first == f"llmpath: {message}"
        assert hint.startswith("  ")
        assert as_json(run, "show", "counting-video")["status"] == "todo"


@pytest.mark.usefixtures("small")
class TestInProgress:
    """What is meant where nothing is named."""

    def test_done_alone_is_what_is_in_progress(self, run: Run) -> None:
        run("start", "reading-notes")
        assert run("done").out.splitlines()[0] == "Done: Notes on letters"
        assert run("done", code=2).err == text("""
            llmpath: Nothing is in progress.
              Name a resource: llmpath done ID, or start one: llmpath next
        """)

    @pytest.mark.parametrize("command", [["done"], ["spent", "30"]])
    def test_of_several_none_is_taken(self, run: Run, command: list[str]) -> None:
        run("start", "counting-video", "reading-notes")
        said = "llmpath done" if command == ["done"] else "llmpath spent TIME"
        assert run(*command, code=3).err == text(f"""
            llmpath: 2 resources are in progress.
              counting-video  Counting, slowly
              reading-notes  Notes on letters
              Say which one: {said} ID
        """)

    def test_on_a_terminal_it_asks_which(self, run: Run, answers: Answers) -> None:
        run("start", "counting-video", "reading-notes")
        answers("2\n")
        ran = run("done")
        assert ran.out.splitlines()[0] == "Done: Notes on letters"
        assert ran.err.splitlines() == [
            "  1  Counting, slowly",
            "  2  Notes on letters",
            "Which one? [1-2, Enter for none] ",
        ]

    def test_none_of_them_changes_nothing(self, run: Run, answers: Answers) -> None:
        run("start", "counting-video", "reading-notes")
        answers("\n")
        assert "2 resources are in progress." in run("done", code=3).err
        assert as_json(run)["resources_done"] == 0


@pytest.mark.usefixtures("small")
class TestDays:
    """What was done on another day counts on that day."""

    def test_the_days_in_a_row_are_those_of_the_sittings(
        self, run: Run, on: Callable[[str], None]
    ) -> None:
        on("12")
        ran = run("spent", "30", "counting-book", "--on", "yesterday")
        assert ran.err == "It counts for 2026-03-11.\n"
        assert as_json(run)["days_in_a_row"] == 1
        run("spent", "30", "--on", "10.3.")
        run("spent", "30")
        assert as_json(run)["days_in_a_row"] == 3
        assert "(2026-03-10)" in run("log").out
        run("undo", "2")
        assert as_json(run)["days_in_a_row"] == 1

    def test_what_was_done_then_ended_at_noon_then(self, run: Run) -> None:
        run("start", "counting-video")
        assert run("done", "--on", "monday", "--minutes", "1h").err == "It counts for 2026-03-09.\n"
        assert "done Counting, slowly (2026-03-09)" in run("log").out
        found = as_json(run, "show", "counting-video")
        assert found["finished_at"] == "2026-03-09T12:00:00+00:00"
        assert found["minutes_spent"] == 60
        assert "\nstatus     done on 2026-03-09\n" in run("show", "counting-video").out
        run("done", "counting-video", "--on", "today")
        assert as_json(run, "show", "counting-video")["finished_at"] == "2026-03-10T18:30:00+00:00"
        assert "yet to come" in run("done", "counting-video", "--on", "in 2 days", code=2).err

    def test_the_noon_is_that_of_the_learner(self, process: Run, small: Path) -> None:
        zone = {"TZ": "Asia/Tokyo"}
        process("done", "counting-video", "--on", "2026-03-09", environ=zone)
        found = json.loads(process("show", "counting-video", "--json", environ=zone).out)
        assert found["finished_at"] == "2026-03-09T03:00:00+00:00"


@pytest.mark.usefixtures("small")
class TestTotals:
    """What a resource took in all."""

    def test_it_is_the_sum_of_the_sittings_unless_said_otherwise(self, run: Run) -> None:
        run("spent", "45", "counting-video")
        link = "[Counting, slowly](https://www.youtube.com/watch?v=count1)"
        assert f"\n- {link}, since 2026-03-10, 45 min of 30 min\n" in run("report").out
        run("done")
        assert as_json(run, "show", "counting-video")["minutes_spent"] == 45
        report = run("report").out
        assert "\n| Time logged | 45 min |\n" in report
        assert "| 45 min |  |\n" in report
        run("done", "counting-video", "--minutes", "1h")
        assert as_json(run, "show", "counting-video")["minutes_spent"] == 60
        run("spent", "15", "counting-video")
        assert as_json(run, "show", "counting-video")["minutes_spent"] == 75

    def test_the_pace_is_that_of_the_sittings(self, run: Run) -> None:
        run("spent", "1h", "counting-video")
        run("spent", "30")
        assert as_json(run, "plan", "--to", "adding")["pace"] == 1.0
        run("done")
        assert as_json(run, "plan", "--to", "adding")["pace"] == 1.18

    def test_reset_clears_the_sittings_too_and_undo_brings_them_back(self, run: Run) -> None:
        run("spent", "10", "counting-video")
        run("spent", "10")
        run("reset", "counting-video")
        assert as_json(run, "show", "counting-video")["sittings"] == 0
        run("undo")
        assert as_json(run, "show", "counting-video")["minutes_spent"] == 20

    def test_what_was_spent_is_no_longer_left(self, run: Run) -> None:
        before = as_json(run, "show", "counting")["minutes_left"]
        run("spent", "10", "counting-video")
        assert as_json(run, "show", "counting")["minutes_left"] == before - 10


@pytest.mark.usefixtures("small")
class TestRevisit:
    """What is started again."""

    def test_start_leaves_what_is_done_done_and_its_topic_passed(
        self, run: Run, on: Callable[[str], None]
    ) -> None:
        run("done", "counting-video")
        on("20")
        assert run("start", "counting-video", "reading-notes").out == text("""
            Already done: Counting, slowly (studying it again from today)
              it stays done; to start over: llmpath reset counting-video
            Started: Notes on letters
        """)
        assert as_json(run, "show", "counting")["state"] == "learned"
        assert as_json(run)["days_in_a_row"] == 1
        shown = run("show", "counting-video").out
        assert "\nstatus     done on 2026-03-10, started again on 2026-03-20\n" in shown
        run("undo")
        assert "again" not in run("show", "counting-video").out

    def test_reset_and_start_begin_from_nothing(self, run: Run) -> None:
        run("done", "counting-video")
        run("reset", "counting-video")
        assert run("start", "counting-video").out == "Started: Counting, slowly\n"
        assert run("start", "counting-video").out == "Already in progress: Counting, slowly\n"


@pytest.mark.usefixtures("small")
class TestNext:
    """`next` for somebody who has so many minutes."""

    def test_the_choices_are_the_same_and_each_has_its_sitting(self, run: Run) -> None:
        run("know", "counting")
        assert run("next", "--minutes", "20").out == text("""
            What to study next

             1  Notes on letters  article, beginner
                Reading: opens Writing, 20 min
             2  Adding by carrying  article, beginner
                Adding: step 1 of 2, 15 min
             3  Fast Addition of Long Numbers  paper, advanced
                Adding: step 2 of 2, sitting 1 of 3, 20 min of 1 h

            Then
             4  Word problems, worked
                Word problems: after 1 and Adding, 1.5 h
             5  Writing it down
                Writing: after 1, 45 min

            llmpath open 1, spent 20 1, done 1, show 1
        """)
        ids = [pick["id"] for pick in as_json(run, "next")["picks"]]
        for minutes in ("5", "20", "1h30"):
            assert [p["id"] for p in as_json(run, "next", "-m", minutes)["picks"]] == ids

    def test_a_sitting_goes_on_where_the_last_one_ended(self, run: Run) -> None:
        run("spent", "1h", "counting-book")
        run("spent", "30")
        out = run("next", "--minutes", "30").out
        assert "sitting 3 of 19, 30 min of 10 h, from 1:30" in out.replace("\n    ", " ")
        assert "1 h 30 of 10 h done, go on at 1:30" in run("next").out.replace("\n    ", " ")
        assert "1 h 30 of 10 h done, go on at 1:30" in run().out.replace("\n    ", " ")
        assert "go on at 1:30" in run("why", "counting-book").out.replace("\n", " ")
        sitting = as_json(run, "next", "-m", "30")["picks"][0]["sitting"]
        assert sitting == {"minutes": 30, "from": 90, "of": 600}
        assert as_json(run, "next")["picks"][0]["sitting"] == {
            "minutes": 510,
            "from": 90,
            "of": 600,
        }
        assert as_json(run)["in_progress"][0]["sitting"]["from"] == 90
        assert as_json(run, "next")["picks"][1]["sitting"] is None

    def test_no_time_is_no_sitting(self, run: Run) -> None:
        for command in ("next", "list"):
            assert "is too short" in run(command, "--minutes", "0", code=2).err

    def test_lengths_are_read_as_people_write_them(self, run: Run) -> None:
        for length in ("90", "1h30", "1:30", "1.5h"):
            assert as_json(run, "list", "--minutes", length)["total"] == 7
            assert as_json(run, "list", f"minutes:..{length}")["total"] == 7


def evenings(run: Run, count: int) -> int:
    """Follow the first choice of `next --minutes 30` for so many; return the topics passed."""
    for _ in range(count):
        pick = as_json(run, "next", "-m", "30", "-n", "1")["picks"][0]
        sitting = pick["sitting"]
        got = as_json(run, "spent", str(sitting["minutes"]), pick["id"])["spent"][0]
        if got["from"] == got["of"]:
            run("done")
    return int(as_json(run)["topics_passed"])


@pytest.mark.usefixtures("shipped")
def test_half_an_hour_an_evening_leads_somewhere(run: Run) -> None:
    assert evenings(run, 3) >= 1
    assert evenings(run, 11) >= 2
