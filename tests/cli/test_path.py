"""`path` and `why` on a small catalog, to the letter at 80 columns."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def test_the_path_to_a_goal(run: Run) -> None:
    run("know", "reading")
    assert run("path", "word-problems").out == text("""
        The path to Word problems
        To understand it: 3 topics, 3.2 h
        Skipped, because you know them: Reading

        ○ Counting                                                                30 min
            for Adding: A sum is a count of two heaps at once.
             1  Counting, slowly  video, 30 min
        · Adding                                                                   1.2 h
            for Word problems: The story hides an addition that has to be done.
             2  Adding by carrying  article, 15 min
             3  Fast Addition of Long Numbers  paper, 1 h
        · Word problems                                                            1.5 h
            your goal
             4  Word problems, worked  notebook, 1.5 h

        llmpath start 1, open 1, done 1, show 1
    """)
    assert run("start", "4").out == "Started: Word problems, worked\n"


def test_without_a_topic_the_path_leads_to_the_goals(run: Run) -> None:
    assert run("path", code=2).err == text("""
        llmpath: A path to what? You have no goal yet.
          Name a topic (llmpath path rag) or set a goal first: llmpath goal rag
    """)
    run("goal", "writing")
    assert run("path").out.startswith("The path to Writing\nTo understand it: 2 topics, 1.1 h\n")
    run("know", "writing")
    assert run("path").out == "You've reached Writing.\n"


def test_how_much_of_each_topic(run: Run) -> None:
    quick = run("path", "adding", "--depth", "quick").out
    assert quick.splitlines()[1:3] == [
        "To understand it: 2 topics, 45 min, one resource per topic; 1 topic needs more",
        "than this to count as passed",
    ]
    assert (
        "To understand it: 2 topics, 12 h, all core resources\n"
        in run("path", "adding", "--depth", "deep").out
    )
    ran = run("path", "adding", "--depth", "all", code=2)
    assert ran.err.startswith("llmpath: Invalid value for '--depth' / '-d': 'all' is not one of")


def test_the_path_as_json(run: Run) -> None:
    got = json.loads(run("path", "adding", "--json").out)
    assert (got["goals"], got["minutes"], got["hours"]) == (["adding"], 105, 1.75)
    assert [(step["id"], step["state"], step["minutes"]) for step in got["steps"]] == [
        ("counting", "ready", 30),
        ("adding", "locked", 75),
    ]
    assert got["steps"][0]["needed_by"] == [
        {"id": "adding", "because": "A sum is a count of two heaps at once."}
    ]
    assert [work["id"] for work in got["steps"][1]["resources"]] == [
        "adding-article",
        "adding-paper",
    ]


def test_the_path_as_a_graph(run: Run) -> None:
    assert run("path", "adding", "--mermaid").out.splitlines()[:4] == [
        "graph LR",
        '  t_counting["Counting"]:::ready',
        '  t_adding["Adding"]:::goal',
        "  t_counting --> t_adding",
    ]


def test_why_something_is_recommended(run: Run) -> None:
    assert run("why", "counting-video").out == text("""
        Counting, slowly
        counting-video, for Counting (ready)
        Recommended now: number 1 of 4 choices.
        Why: opens Adding, must-read, 30 min.

        How its score adds up
          core        1.00 x    20 =   20.0
          opens       1.00 x     6 =    6.0
          reach       0.40 x     6 =    2.4
          essential   1.00 x     2 =    2.0
          quick       0.83 x     3 =    2.5
          score                        32.9
    """)


def test_why_something_is_locked(run: Run) -> None:
    assert run("why", "word-problems").out == text("""
        Word problems
        word-problems, locked
        Not yet: 3 topics before Word problems. You can still open it.

        First
          ○ Counting
            for Adding: A sum is a count of two heaps at once.
          · Adding
            for Word problems: The story hides an addition that has to be done.
          ○ Reading
            for Word problems: The numbers stand in a text that has to be read.
        What to study for it: llmpath path word-problems
    """)


@pytest.mark.parametrize(
    ("commands", "name", "answer"),
    [
        (
            ["know reading"],
            "reading",
            "Not recommended: you marked Reading as known (since 2026-03-10). To see it\n"
            "again: llmpath shaky reading\n",
        ),
        (
            ["done counting-video"],
            "counting",
            "Not recommended: you have learned Counting (since 2026-03-10). To see it again:\n"
            "llmpath shaky counting\n",
        ),
        (
            ["done counting-video"],
            "counting-video",
            "Not recommended: you have done it (since 2026-03-10).\n",
        ),
        (
            ["skip counting-video"],
            "counting-video",
            "Not recommended: you skipped it. To restore it: llmpath reset counting-video\n",
        ),
        (
            ["goal adding"],
            "reading",
            "Not recommended: Reading does not lead to Adding. To see it anyway: llmpath next\n"
            "--topic reading\n",
        ),
        (
            [],
            "word-problems-dataset",
            "It is further reading, not in the core of Word problems, from which `next`\n"
            "chooses unless you filter.\n",
        ),
        (
            ["config set next.count 1"],
            "reading",
            "You are ready for it, but it is number 2 of 4, and `next` shows 1, with Notes on\n"
            "letters.\n",
        ),
    ],
    ids=["known", "learned", "done", "skipped", "off goal", "not core", "outranked"],
)
def test_why_something_is_not_recommended(
    run: Run, commands: list[str], name: str, answer: str
) -> None:
    for command in commands:
        run(*command.split())
    assert answer in run("why", name).out


def test_why_as_json(run: Run) -> None:
    got = json.loads(run("why", "adding", "--json").out)
    assert (got["what"], got["state"], got["recommended"]) == ("topic", "locked", False)
    assert [one["name"] for one in got["hindrances"]] == ["locked"]
    assert got["waits_for"] == [
        {"id": "counting", "title": "Counting", "state": "ready", "requires": []}
    ]
