"""The first minute: a newcomer at a terminal is asked what they want and know, once."""

from __future__ import annotations

import json

import pytest

from llmpath.actions.dashboard import claim_welcome
from llmpath.actions.welcome import LOOK, SKILLS, WANTS
from llmpath.actions.workspace import Workspace
from llmpath.catalog import locate
from llmpath.catalog.load import load
from tests.conftest import Run
from tests.terminals import Terminal, on_terminal

WANT = "What do you want?"
KNOW = "What do you know already?"
HOURS = "How many hours a week do you have?"


def test_every_outcome_of_the_shipped_catalog_is_what_somebody_wants() -> None:
    outcomes = [one.id for one in load(locate.files()).destinations]
    assert sorted(id_ for way in WANTS for id_ in way.ids) == sorted(outcomes)


def test_every_skill_is_topics_of_the_shipped_catalog() -> None:
    topics = {topic.id for topic in load(locate.files()).topics}
    assert {id_ for way in SKILLS for id_ in way.ids} <= topics


def test_no_word_means_two_things() -> None:
    for ways in (WANTS, SKILLS):
        words = [word for way in ways for word in (way.word, *way.also)]
        assert len(words) == len(set(words))


def test_the_help_names_every_word(run: Run) -> None:
    said = " ".join(run("welcome", "--help").out.split())
    assert ", ".join(way.word for way in WANTS) in said
    assert ", ".join(way.word for way in SKILLS) in said
    assert WANTS[-1] == LOOK


@pytest.mark.usefixtures("shipped")
def test_a_newcomer_at_a_terminal_is_asked_and_gets_three_things() -> None:
    with Terminal() as terminal:
        shown = terminal.run(typed=["2", "1 4", "5"])
        started = terminal.run("start", "1").screen
    assert [shown.screen.count(one) for one in (WANT, KNOW, HOURS)] == [1, 1, 1]
    assert " 2  Build applications with LLMs  Ship a RAG application, Build agents\n" in (
        shown.screen
    )
    end = shown.screen.split("Hours, such as 5 or 1h30: 5\n\n")[1]
    assert end.startswith(
        "Goals: Ship a RAG application, Build agents\n"
        "Known: Python basics, LLM APIs and Prompt engineering, and 1 topic they build on\n"
        "Plan: 5 h a week, until 2026-"
    )
    assert "\nThis week, on the path to Ship a RAG application and Build agents\n\n 1  " in end
    assert "\n 3  " in end
    assert "\n 4  " not in end
    assert end.endswith(
        "To begin: llmpath start 1\nTo answer again: llmpath undo 2, then llmpath welcome\n"
    )
    first = end.split("\n 1  ")[1].split("  ")[0]
    assert started.startswith(f"Started: {first.rstrip('…')}")


@pytest.mark.usefixtures("shipped")
def test_one_undo_reverses_goals_and_marks(run: Run) -> None:
    run("welcome", "--want", "build", "--know", "python")
    assert len(json.loads(run("log", "--json").out)["commands"]) == 1
    run("undo")
    day = json.loads(run("--json").out)
    assert (day["goals"], day["topics_passed"]) == ([], 0)


@pytest.mark.usefixtures("shipped")
def test_nobody_is_asked_twice(run: Run) -> None:
    shown = on_terminal(typed=["q"])
    assert shown.screen.endswith(
        "Set yourself up at any time: llmpath welcome. Your day at a glance: llmpath\n"
    )
    assert run("log").out == "Nothing has happened yet.\n"
    again = on_terminal()
    assert WANT not in again.screen
    assert again.screen.startswith("ada: 0 of ")
    assert WANT in on_terminal("welcome").screen


@pytest.mark.usefixtures("small")
def test_whoever_has_begun_is_not_asked(run: Run) -> None:
    run("start", "counting-video")
    assert "In progress" in on_terminal().screen


@pytest.mark.usefixtures("small")
def test_where_it_cannot_be_remembered_nobody_is_asked() -> None:
    w = Workspace()
    assert w.learner
    w.connection.execute("PRAGMA query_only = 1")
    assert not claim_welcome(w)
    w.connection.execute("PRAGMA query_only = 0")
    assert [claim_welcome(w), claim_welcome(w)] == [True, False]
    w.close()


@pytest.mark.usefixtures("small")
def test_who_is_erased_and_comes_again_is_welcomed_again(run: Run) -> None:
    run("user", "add", "bob")
    first = on_terminal("--user", "bob", typed=["q"])
    assert KNOW in first.screen
    assert KNOW not in on_terminal("--user", "bob").screen
    run("user", "remove", "bob")
    run("user", "remove", "bob", "--erase", "--yes")
    run("user", "add", "bob")
    assert KNOW in on_terminal("--user", "bob", typed=["q"]).screen


@pytest.mark.usefixtures("shipped")
def test_through_a_pipe_the_day_is_shown_and_names_the_welcome(run: Run) -> None:
    out = run().out
    assert WANT not in out
    assert "Where do you want to get?" in out
    assert "Tracks" not in out
    assert "llmpath welcome" in out
    assert "llmpath\nplace" in out or "llmpath place" in out
    assert WANT in on_terminal(typed=["q"]).screen


@pytest.mark.usefixtures("shipped")
def test_enter_skips_a_question_and_stopping_keeps_the_answers(run: Run) -> None:
    shown = on_terminal("welcome", typed=["6", "", "q"])
    assert "Goal: Know how LLMs work\n" in shown.screen
    assert "Known:" not in shown.screen
    assert [one["action"] for one in json.loads(run("log", "--json").out)["commands"]] == [
        "welcome"
    ]


@pytest.mark.usefixtures("shipped")
def test_skipping_all_asks_for_no_hours_and_writes_nothing(run: Run) -> None:
    shown = on_terminal("welcome", typed=["8", ""])
    assert HOURS not in shown.screen
    assert "\nWhat to study next\n" in shown.screen
    assert shown.screen.endswith("To begin: llmpath start 1\nTo answer again: llmpath welcome\n")
    assert run("log").out == "Nothing has happened yet.\n"


@pytest.mark.usefixtures("shipped")
def test_what_cannot_be_read_is_told_and_asked_again() -> None:
    shown = on_terminal("welcome", typed=["9", "swimming", "rag", "7", "", "200", "soon", "2h"])
    assert "  Choose a number from 1 to 8, not '9'.\n" in shown.screen
    assert "  No topic or goal 'swimming'.\n" in shown.screen
    assert "  Choose a number from 1 to 5, not '7'.\n" in shown.screen
    assert "  '200' is not 0.5 to 80 hours a week.\n" in shown.screen
    assert "  'soon' is not 0.5 to 80 hours a week.\n" in shown.screen
    assert "Goal: Retrieval-augmented generation\n" in shown.screen
    assert "\nPlan: 2 h a week, until " in shown.screen


@pytest.mark.usefixtures("shipped")
def test_the_questions_of_a_placement_can_stand_in_for_what_one_knows(run: Run) -> None:
    shown = on_terminal("welcome", typed=["1", "p", "y", "n", "n", ""])
    assert "At most 20 questions, on the path to Use LLMs well in daily work." in shown.screen
    (command,) = json.loads(run("log", "--json").out)["commands"]
    assert command["action"] == "welcome"
    assert "known: What a large language model is" in command["summary"]


@pytest.mark.usefixtures("shipped")
def test_a_beginner_is_comforted_within_the_welcome() -> None:
    shown = on_terminal("welcome", typed=["6", "p", *["n"] * 5, ""])
    assert "You are at the beginning: that is a fine place to start.\n" in shown.screen
    assert "\nTo begin: llmpath start 1\n" in shown.screen


@pytest.mark.usefixtures("shipped")
def test_a_script_says_all_of_it_at_once(run: Run) -> None:
    words = ("welcome", "--want", "run", "--know", "python,math", "--hours", "3")
    tried = json.loads(run(*words, "--json", "--dry-run").out)
    assert tried["dry_run"]
    assert run(*words, "-n").out.endswith("\nTo answer again: llmpath welcome\n")
    assert run("log").out == "Nothing has happened yet.\n"
    got = json.loads(run(*words, "--json").out)
    assert got["goals"] == ["run-models-at-home"]
    marks = {one["id"] for one in got["changed"] if one["what"] == "topic"}
    assert marks == {"python-basics", "linear-algebra", "calculus", "probability"}
    assert got["plan"]["hours"] == 3.0
    assert got["plan"]["command"] > got["command"]
    assert 0 < len(got["picks"]) <= 3
    assert got["picks"][0]["id"] == tried["picks"][0]["id"]
    again = json.loads(run(*words[:-2], "--json").out)
    assert (again["command"], again["changed"], again["plan"]) == (None, [], None)


@pytest.mark.usefixtures("shipped")
def test_a_skill_brings_what_it_builds_on_as_know_does(run: Run) -> None:
    run("welcome", "--know", "networks")
    mine = json.loads(run("--json").out)["topics_passed"]
    run("undo")
    run("know", "neural-network-training", "pytorch")
    assert json.loads(run("--json").out)["topics_passed"] == mine > 2


@pytest.mark.usefixtures("shipped")
def test_goals_and_topics_can_be_named_as_elsewhere(run: Run) -> None:
    got = json.loads(
        run("welcome", "--want", "build-agents", "--want", "semantic search", "--json").out
    )
    assert set(got["goals"]) == {"build-agents", "embedding-models"}


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("more", [(), ("--json",), ("-n",)])
def test_where_nobody_can_be_asked_the_options_are_told(run: Run, more: tuple[str, ...]) -> None:
    ran = run("welcome", *more, code=2)
    assert ran.err.startswith(
        "llmpath: Nobody can be asked here, so name what you want and know.\n"
        "  --want   use, build, run, train, operate, understand, papers, look\n"
        "  --know   python, maths, networks, apis, transformers\n"
        "  --hours  the hours you have each week\n"
        "  For example: llmpath welcome --want build --know python,maths --hours 5\n"
    )


@pytest.mark.usefixtures("shipped")
def test_what_cannot_be_set_is_refused_and_changes_nothing(run: Run) -> None:
    ran = run("welcome", "--hours", "5", code=2)
    assert ran.err == (
        "llmpath: A plan needs a goal.\n  For example: llmpath welcome --want build --hours 5\n"
    )
    run("welcome", "--want", "build", "--hours", "100", code=2)
    run("welcome", "--want", "build", "--know", "swimming", code=3)
    assert "use words" in run("welcome", "--want", "2", code=2).err
    assert run("log").out == "Nothing has happened yet.\n"


@pytest.mark.usefixtures("aimed")
def test_another_catalog_offers_its_own_goals(run: Run) -> None:
    shown = on_terminal("welcome", typed=["1", "", "q"])
    assert (
        "What do you want?\n 1  Tell a sum as a story\n 2  Look around, or learn everything\n"
    ) in shown.screen
    assert "Goal: Tell a sum as a story\n" in shown.screen


@pytest.mark.usefixtures("small")
def test_a_catalog_without_goals_asks_for_none(run: Run) -> None:
    shown = on_terminal("welcome", typed=["1", ""])
    assert WANT not in shown.screen
    assert f"{KNOW}\n    p asks you about topics" in shown.screen
    assert "Nothing is numbered here" in shown.screen
    assert "To begin: llmpath start 1\n" in shown.screen


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("columns", [50, 80])
def test_the_welcome_keeps_to_the_width(columns: int) -> None:
    shown = on_terminal("welcome", typed=["5", "2", "5"], environ={"COLUMNS": str(columns)})
    rows = [row for row in shown.screen.splitlines() if "such as" not in row]
    assert max(map(len, rows)) <= columns
