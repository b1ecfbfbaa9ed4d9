"""`place`: questions on a terminal or through a pipe, answers from a script, undone whole."""

from __future__ import annotations

import io
import json

import pytest

from tests.conftest import Run
from tests.terminals import on_terminal

pytestmark = pytest.mark.usefixtures("small")


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_answers_from_a_script_set_what_they_settle(run: Run) -> None:
    assert run("place", "--yes-to", "adding", "--no-to", "reading").out == (
        "After 2 answers: 2 topics known now\n"
        "  Counting and Adding\n"
        "What to study now: llmpath next. To undo all of it: llmpath undo\n"
    )
    assert run("undo").out == "Undone: place known: Counting and Adding\n"
    assert json.loads(run("--json").out)["topics_passed"] == 0


def test_the_questions_are_the_topics_cards(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "n\n\nmaybe\nyes\nn\n")
    out = run("place").out
    assert out.startswith("At most 20 questions. Think of your answer,")
    assert (
        " 1  Writing\n"
        "    Could you explain Writing, and use it?\n"
        "    a and x also cover: Reading and Word problems (Stories)\n"
        "Enter for the answer, or [y]es [n]o [a]ll of these [x] none [q]uit: \n"
    ) in out
    assert " 2  Counting\n    Why does the last number said tell how many there are?\n" in out
    assert "    Each thing got one number, so the last number is also their count.\n" in out
    assert "Did you know it? [y]es [n]o [q]uit: \nType y, n or q.\nDid you know it? " in out
    assert " 4  Adding\n" in out
    assert "After 3 answers: 1 topic known now\n  Counting\n  unlocks 1 topic: Adding\n" in out


def test_one_answer_stands_for_a_whole_module(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "x\ny\n")
    out = run("place").out
    assert out.count("also cover: Reading") == 1
    assert "After 2 answers: 1 topic known now\n  Counting\n" in out
    assert run("place", "--all-of", "Stories", "--dry-run").out == (
        "After 1 answer: 4 topics would be known\n  Adding, Reading, Writing and Word problems\n"
    )
    got = json.loads(run("place", "--none-of", "stories", "--json").out)
    assert got["answers"] == [{"topic": "reading", "yes": False, "whole": True}]
    assert got["beliefs"]["writing"] < 0.1


def test_the_end_of_the_input_ends_the_questions(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "")
    assert run("place").out.endswith(
        "After 0 answers: no topics marked as known.\nWhat to study first: llmpath next\n"
    )
    assert run("log").out == "Nothing has happened yet.\n"


def test_a_dry_run_sets_nothing(run: Run) -> None:
    out = run("place", "--yes-to", "adding", "--dry-run").out
    assert out == "After 1 answer: 2 topics would be known\n  Counting and Adding\n"
    assert run("log").out == "Nothing has happened yet.\n"


def test_a_script_is_told_the_next_question(run: Run) -> None:
    got = json.loads(run("place", "--no-to", "adding", "--json").out)
    assert got["answers"] == [{"topic": "adding", "yes": False, "whole": False}]
    assert got["question"]["topic"] == "counting"
    assert run("log").out == "Nothing has happened yet.\n"


def test_one_cannot_both_know_and_not_know(run: Run) -> None:
    ran = run("place", "--yes-to", "adding", "--no-to", "adding", code=2)
    assert ran.err == "llmpath: Both known and not known: adding.\n"
    ran = run("place", "--all-of", "sums", "--none-of", "sums", code=2)
    assert ran.err == "llmpath: Both known and not known: sums.\n"


def test_a_module_that_is_none_is_told_with_those_there_are(run: Run) -> None:
    ran = run("place", "--all-of", "tales", code=3)
    assert ran.err == "llmpath: No module 'tales'.\n  Choose from: basics, sums, stories.\n"


def test_somebody_who_knows_nothing_is_comforted_soon(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "n\n" * 20)
    assert run("place").out.endswith(
        "\nAfter 3 answers: no topics marked as known.\n"
        "You are at the beginning: that is a fine place to start.\n"
        "What to study first: llmpath next\n"
    )


def test_somebody_who_knows_something_is_not_told_they_are_at_the_beginning(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "n\ny\n" + "n\n" * 20)
    assert "at the beginning" not in run("place").out


def test_with_a_goal_only_what_leads_there_is_asked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("goal", "writing")
    typed(monkeypatch, "y\n" * 20)
    out = run("place").out
    assert "At most 20 questions, on the path to Writing." in " ".join(out.split())
    assert "Counting" not in out
    assert "Reading and Writing\n" in out


@pytest.mark.parametrize("word", ["maybe", "nope", "why not", "1"])
def test_what_is_no_answer_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    typed(monkeypatch, f"{word}\nq\n")
    out = run("place").out
    assert "\nType y, n, a, x or q.\nEnter for the answer, or " in out
    assert "After 0 answers" in out


@pytest.mark.parametrize("columns", [40, 50, 80])
def test_the_questions_keep_to_the_width(columns: int) -> None:
    shown = on_terminal("place", typed=["", "y", "a", "q"], environ={"COLUMNS": str(columns)})
    assert max(map(len, shown.screen.splitlines())) <= columns
