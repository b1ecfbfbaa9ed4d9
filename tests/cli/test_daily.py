"""The daily commands on a small catalog, to the letter at 80 columns."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def test_next_offers_what_is_ready_with_reasons(run: Run) -> None:
    assert run("next").out == text("""
        What to study next

         1  Counting, slowly  video, beginner
            Counting: opens Adding, must-read, 30 min
         2  Notes on letters  article, beginner
            Reading: opens Writing, 20 min

        Then
         3  Adding by carrying
            Adding: after 1, 15 min
         4  Writing it down
            Writing: after 2, 45 min

        llmpath start 1, open 1, done 1, show 1
    """)


def test_what_comes_then_is_numbered_and_waits_for_the_choices(run: Run) -> None:
    run("next")
    assert run("show", "4").out.splitlines()[0] == "Writing it down"
    then = json.loads(run("next", "--json").out)["then"]
    assert [(pick["id"], pick["waits_for"]) for pick in then] == [
        ("adding-article", ["counting"]),
        ("writing-guide", ["reading"]),
    ]
    assert "then" not in json.loads(run("next", "--json", "-n", "2").out)
    assert "then" not in json.loads(run("next", "--json", "--kind", "article").out)
    assert "then" not in json.loads(run("next", "--json", "--all").out)


def test_what_comes_then_is_on_the_way_to_the_goals(run: Run) -> None:
    run("goal", "adding")
    found = json.loads(run("next", "--json").out)
    assert {pick["topic"] for pick in [*found["picks"], *found["then"]]} == {"counting", "adding"}


def test_after_the_last_topic_of_a_goal_nothing_comes_then(run: Run) -> None:
    run("know", "adding", "reading")
    run("goal", "word-problems")
    found = json.loads(run("next", "--json").out)
    assert [pick["topic"] for pick in found["picks"]] == ["word-problems"]
    assert "then" not in found  # writing is on no way to word problems


def test_next_explains_its_sum(run: Run) -> None:
    assert run("next", "-n", "1", "--explain").out == text("""
        What to study next

         1  Counting, slowly  video, beginner
            Counting: opens Adding, must-read, 30 min
              core        1.00 x    20 =   20.0
              opens       1.00 x     6 =    6.0
              reach       0.40 x     6 =    2.4
              essential   1.00 x     2 =    2.0
              quick       0.83 x     3 =    2.5
              score                        32.9

        llmpath start 1, open 1, done 1, show 1
    """)


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--kind", "article"], ["reading-notes"]),
        (["--kind", "book", "--kind", "course"], ["counting-book", "reading-course"]),
        (["--level", "intermediate"], ["counting-book"]),
        (["minutes:..30"], ["counting-video", "reading-notes"]),
        (["--minutes", "5"], ["counting-video", "reading-notes"]),
        (["--track", "letters"], ["reading-notes", "reading-course"]),
        (["--track", "Numbers"], ["counting-video", "counting-book"]),
        (["--kind", "paper"], []),
    ],
)
def test_next_can_be_narrowed(run: Run, options: list[str], ids: list[str]) -> None:
    picks = json.loads(run("next", "--json", *options).out)["picks"]
    assert [pick["id"] for pick in picks] == ids


def test_next_says_when_nothing_fits(run: Run) -> None:
    assert run("next", "--kind", "paper").out == text("""
        Nothing matches among the topics you're ready for.
          without --kind paper: 4 choices, first Counting, slowly (30 min)
          with --all: 1 choice, first Fast Addition of Long Numbers (1 h), locked until
          Counting
    """)


def test_next_loosens_two_filters_where_one_is_not_enough(run: Run) -> None:
    out = run("next", "--kind", "paper", "--track", "letters", "--level", "intermediate").out
    assert out.splitlines()[1:3] == [
        "  without --kind paper and without --level intermediate: 2 choices, first Notes",
        "  on letters (20 min)",
    ]


def test_next_on_a_topic_says_what_it_waits_for(run: Run) -> None:
    assert run("next", "--topic", "word-problems").out == text("""
        Nothing matches among the topics you're ready for.
          without --topic word-problems: 4 choices, first Counting, slowly (30 min)
          with --all: 2 choices, first Word problems, worked (1.5 h), locked until
          Adding and Reading
        Word problems is locked. To see what comes first: llmpath path word-problems
    """)


def test_next_ignores_locks_when_asked(run: Run) -> None:
    out = run("next", "--topic", "word-problems", "--all", "-n", "1").out
    assert "Word problems: locked until Adding and Reading, must-read, 1.5 h" in out


def test_next_on_a_topic_is_not_held_by_goals(run: Run) -> None:
    run("goal", "adding")
    picks = json.loads(run("next", "--topic", "reading", "--json").out)["picks"]
    assert {pick["topic"] for pick in picks} == {"reading"}


def test_next_says_how_to_loosen_as_json(run: Run) -> None:
    got = json.loads(run("next", "--kind", "paper", "--json").out)
    assert got["picks"] == []
    assert [(way["change"], [pick["id"] for pick in way["picks"]]) for way in got["loosen"]] == [
        (
            "without --kind paper",
            ["counting-video", "reading-notes", "counting-book", "reading-course"],
        ),
        ("with --all", ["adding-paper"]),
    ]


def test_a_topic_without_anything_left_to_read_is_named(run: Run) -> None:
    run("know", "counting", "adding", "word-problems", "writing")
    run("forget", "writing")
    run("skip", "writing-guide")
    assert run("next").out == text("""
        Nothing to offer.
        You are ready for Writing, but there is nothing left to read.
        If you already know it: llmpath know writing
    """)


def test_next_as_json(run: Run) -> None:
    got = json.loads(run("next", "--json", "-n", "1").out)
    assert got["schema_version"] == 1
    assert got["goals"] == []
    assert got["picks"][0] == {
        "id": "counting-video",
        "title": "Counting, slowly",
        "url": "https://www.youtube.com/watch?v=count1",
        "kind": "video",
        "level": "beginner",
        "minutes": 30,
        "topics": ["counting"],
        "status": "todo",
        "authors": ["Cora Count"],
        "year": 2020,
        "language": "English",
        "essential": True,
        "because": "It shows numbers before it writes any, as nobody else does.",
        "upkeep": "live",
        "superseded_by": None,
        "cost": "free",
        "needs": [],
        "verified": None,
        "updated": None,
        "summary": "One hour of numbers, shown with apples and pears before any sign is written.",
        "sources": ["guide-a", "guide-b"],
        "topic": "counting",
        "reason": "opens Adding, must-read, 30 min",
        "score": 32.9,
        "opens": ["adding"],
        "waits_for": [],
        "sitting": None,
        "planned": None,
        "terms": [
            {"name": "core", "amount": 1.0, "weight": 20.0},
            {"name": "opens", "amount": 1.0, "weight": 6.0},
            {"name": "reach", "amount": 0.4, "weight": 6.0},
            {"name": "essential", "amount": 1.0, "weight": 2.0},
            {"name": "quick", "amount": 0.8333, "weight": 3.0},
        ],
    }


def test_too_short_a_choice_is_filled_up_from_beside_the_core_for_who_has_no_goal(
    run: Run,
) -> None:
    run("know", "adding", "reading", "writing")
    picks = json.loads(run("next", "--json").out)["picks"]
    assert [(pick["id"], pick["terms"][0]["name"]) for pick in picks] == [
        ("word-problems-notebook", "core"),
        ("word-problems-dataset", "order"),
    ]
    run("goal", "word-problems")
    picks = json.loads(run("next", "--json").out)["picks"]
    assert [pick["id"] for pick in picks] == ["word-problems-notebook"]


def test_done_says_what_it_passed_and_opened(run: Run) -> None:
    assert run("done", "counting-video").out == text("""
        Done: Counting, slowly
          passed Counting
          unlocks 1 topic: Adding
    """)
    assert run("done", "counting-video").out == (
        "Already done: Counting, slowly\n  As before; there is nothing new to undo.\n"
    )


def test_several_resources_are_one_command(run: Run) -> None:
    run("next")
    assert run("done", "1", "2").out == text("""
        Done: Counting, slowly
        Done: Notes on letters
          passed Counting and Reading
          unlocks 2 topics: Adding and Writing
    """)
    assert run("undo").out == "Undone: done Counting, slowly, Notes on letters\n"
    assert json.loads(run("--json").out)["resources_done"] == 0


def test_one_unknown_name_among_several_changes_nothing(run: Run) -> None:
    ran = run("done", "counting-video", "nonesuch", code=3)
    assert ran.err == text("""
        llmpath: No resource 'nonesuch'.
          Find it with: llmpath search nonesuch
    """)
    assert json.loads(run("--json").out)["resources_done"] == 0


def test_words_of_a_title_need_no_quotes(run: Run) -> None:
    assert run("start", "book", "of", "numbers").out == (
        "Started: The Book of Numbers: a first course\n"
    )


def test_minutes_rating_and_note_are_kept(run: Run) -> None:
    run("done", "adding-article", "--minutes", "40", "--rating", "4", "--note", "Carry *the ten*.")
    run("done", "adding-article", "--minutes", "1h15")
    assert run("show", "adding-article").out == text("""
        Adding by carrying
        https://blog.example/carry

        Why one carries the ten, drawn step by step on squared paper.

        id         adding-article
        kind       article, beginner
        by         Adam Adder
        takes      15 min
        topics     Adding (locked)
        listed in  Guide B
        status     done on 2026-03-10, rated 4 of 5
        spent      75 min

        Related
         a   Fast Addition of Long Numbers             paper        advanced         1 h
         b   Word problems, worked                     notebook     intermediate   1.5 h
         c   The Book of Numbers: a first course       book         intermediate    10 h

        Note 1, 2026-03-10
          Carry *the ten*.
    """)


def test_skipped_is_not_offered_until_reset(run: Run) -> None:
    assert run("skip", "counting-video").out == "Skipped: Counting, slowly\n"
    assert "Counting, slowly" not in run("next").out
    assert run("reset", "counting-video").out == "Reset: Counting, slowly\n"
    assert "Counting, slowly" in run("next").out


def test_know_includes_prerequisites_and_forget_takes_back_one(run: Run) -> None:
    assert run("know", "word-problems").out == text("""
        Known: Word problems and 3 topics it builds on
          Counting, Adding and Reading
          unlocks 1 topic: Writing
    """)
    assert run("know", "adding").out == "Already known: Adding\n"
    assert run("forget", "adding").out == "No longer marked as known: Adding\n"
    assert run("forget", "adding").out == "Was not marked as known: Adding\n"
    assert run("undo", "3").out == text("""
        Undone: forget Adding
        Undone: know Word problems
    """)


def test_goals_lead_next(run: Run) -> None:
    assert run("goal", "adding", "writing").out == text("""
        Adding
          0 of 2 topics passed
          to understand, 1.8 h to study
        Writing
          0 of 2 topics passed
          to understand, 1.1 h to study

        You study for them in this order. Change it: llmpath goal writing --first
    """)
    out = run("next", "-n", "2").out
    assert out == text("""
        Next, on the path to Adding and Writing

         1  Counting, slowly  video, beginner
            Counting: on the path to Adding, opens Adding, must-read, 30 min
         2  Notes on letters  article, beginner
            Reading: on the path to Writing, opens Writing, 20 min

        llmpath start 1, open 1, done 1, show 1
    """)
    assert run("goal", "writing", "--drop").out.startswith("Dropped: Writing\n\nAdding\n")
    assert run("goal", "--clear").out == text("""
        No goals.
        Set one with: llmpath goal GOAL or TOPIC, for example llmpath goal rag
    """)
    assert run("undo").out == "Undone: goal clear\n"


def test_the_day_at_a_glance(run: Run) -> None:
    run("done", "counting-video")
    run("start", "reading-notes")
    run("goal", "word-problems")
    assert run().out == text("""
        ada: 1 of 5 topics passed, 1 resource done, 1 day in a row
        Goal: Word problems, 3 topics to go

        In progress
         1  Notes on letters
            in progress, 20 min

        Next
         2  Adding by carrying
            step 1 of 2, 15 min

        Tracks
          Numbers      1 of 2  1 ready, 1.2 h left
          Letters      0 of 3  1 ready, 2.6 h left

        llmpath spent 30 after half an hour of it, llmpath done when you have finished,
        llmpath next for more choices
    """)


def test_the_roadmap_as_a_tree(run: Run) -> None:
    run("done", "counting-video", "adding-article")
    run("goal", "adding")
    assert run("roadmap", "--all").out == text("""
        Numbers  (numbers)
           The basics                                          1/1
              ✓ Counting                                       learned
           Sums                                                0/1         1 h
              ○ Adding (goal)                                  ready       1 h

        Letters  (letters)
           Stories                                             0/3       2.6 h
              ○ Reading                                        ready    20 min
              · Writing                                        locked   45 min
              · Word problems                                  locked    1.5 h

        ✓ passed  ○ ready  · locked   time: what is left to study
    """)


def test_the_roadmap_can_be_cut_to_a_part_or_to_what_is_ready(run: Run) -> None:
    assert run("roadmap", "sums").out.splitlines()[0] == "Numbers  (numbers)"
    assert "The basics" not in run("roadmap", "sums").out
    assert "Writing" not in run("roadmap", "--ready").out
    assert "Writing" in run("roadmap", "letters").out
    topics = json.loads(run("roadmap", "--json", "sums").out)["tracks"][0]["modules"][0]["topics"]
    assert topics[0] | {"requires": []} == {
        "id": "adding",
        "title": "Adding",
        "state": "locked",
        "minutes_left": 75,
        "done": 0,
        "core": 2,
        "module": "sums",
        "track": "numbers",
        "requires": [],
        "goal": False,
    }


def test_show_a_topic(run: Run) -> None:
    run("note", "adding", "Ask Ann about squares.")
    assert run("show", "adding").out == text("""
        Adding
        adding, locked: 1 topic before it, first Counting

        Putting two counts together, and doing so quickly for long numbers.

        Also: plus, sums

        Builds on
          ○ Counting
            A sum is a count of two heaps at once.

        Unlocks
          · Word problems
            The story hides an addition that has to be done.

        Study  2 of 2 is enough to move on
         a   Adding by carrying                        article      beginner      15 min
         b   Fast Addition of Long Numbers             paper        advanced         1 h

        More on this topic
         c   The Book of Numbers: a first course       book         intermediate    10 h
         d   Word problems, worked                     notebook     intermediate   1.5 h

        From the guides
          - Carrying is easier to learn on squared paper than on lined paper. (Ann
            Author, an opinion)

        Note 1, 2026-03-10
          Ask Ann about squares.
    """)


def test_list_filters_and_sorts(run: Run) -> None:
    assert run("list", "--topic", "adding", "--sort", "minutes").out == text("""
         1   Adding by carrying                        article      beginner      15 min
         2   Fast Addition of Long Numbers             paper        advanced         1 h
         3   Word problems, worked                     notebook     intermediate   1.5 h
         4   The Book of Numbers: a first course       book         intermediate    10 h

        4 resources
    """)
    ids = [
        one["id"] for one in json.loads(run("list", "--source", "guide-b", "--json").out)["results"]
    ]
    assert ids == [
        "counting-video",
        "adding-article",
        "reading-notes",
        "writing-guide",
        "word-problems-notebook",
    ]
    assert run("list", "-n", "1").out.endswith("1 of 9; all with: --limit 0\n")


def test_a_narrow_terminal_puts_facts_below_titles(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    run("done", "adding-article")
    assert run("list", "--topic", "adding", "-n", "2").out == text("""
         1   The Book of Numbers: a first course
             book, intermediate, 10 h
         2 ✓ Adding by carrying
             article, beginner, 15 min

        2 of 4; all with: --limit 0
    """)


def test_search_finds_nothing_politely(run: Run) -> None:
    assert run("search", "zzz").out == text("""
        Nothing found for 'zzz'.
        Try fewer or other words, or browse: llmpath roadmap --all
    """)


def test_notes_are_written_changed_and_deleted(run: Run) -> None:
    assert run("note", "counting", "One", "two").out == "Note 1 on Counting\n"
    assert run("note", "adding-paper", "Hard.").out == "Note 2 on Fast Addition of Long Numbers\n"
    assert run("note", "--edit", "2", "Harder.").out == "Changed note 2\n"
    assert run("notes").out == text("""
        1  Counting
           2026-03-10
           One two

        2  Fast Addition of Long Numbers
           2026-03-10
           Harder.
    """)
    assert run("note", "--delete", "1").out == "Deleted note 1; llmpath undo brings it back\n"
    assert [n["body"] for n in json.loads(run("notes", "--json").out)["notes"]] == ["Harder."]
    run("undo")
    assert [n["body"] for n in json.loads(run("notes", "--json").out)["notes"]] == [
        "One two",
        "Harder.",
    ]
    assert run("notes", "counting").out.splitlines()[0] == "1  Counting"
    assert run("note", "--delete", "9", code=3).err.startswith("llmpath: No note 9.")


def test_one_topic_is_one_topic(run: Run) -> None:
    run("goal", "counting")
    assert "  0 of 1 topic passed\n" in run("goal").out


def test_on_a_narrow_screen_the_map_says_what_counts(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert run("roadmap", "numbers").out == text("""
        Numbers  (numbers)
           The basics  0/1      30 min
              ○ Counting        30 min
           Sums        0/1       1.2 h
              · Adding           1.2 h

        ✓ passed  ○ ready  · locked
        time: what is left to study
    """)


@pytest.mark.usefixtures("small")
def test_a_loose_name_hides_no_notes(run: Run) -> None:
    run("note", "reading", "Nothing but letters.")
    assert run("notes", "plus").out == text("""
        No notes on Adding.
        Write one with: llmpath note adding "..."
        """)
    run("note", "counting", "One plus one is the next number. Adding goes on so.")
    assert run("notes", "plus").out == text("""
        No notes on Adding; 1 note has the word:

        2  Counting
           2026-03-10
           One plus one is the next number. Adding goes on so.
        """)
    found = json.loads(run("notes", "plus", "--json").out)
    assert (found["none_on"], [note["number"] for note in found["notes"]]) == ("adding", [2])
    for exact in ("adding", "Adding"):
        assert run("notes", exact).out.startswith("No notes on Adding.\n")
    run("note", "adding", "Now there is one.")
    assert run("notes", "plus").out.startswith("3  Adding\n")


@pytest.mark.usefixtures("small")
def test_a_search_for_notes_shows_topics_that_have_one(run: Run) -> None:
    run("note", "writing", "Numbers are words, too.")
    assert run("search", "has:note").out == "Topic  · Writing: locked, 0 of 1 done\n"
    assert run("search", "numbers", "has:note").out == "Topic  · Writing: locked, 0 of 1 done\n"
    assert run("search", "counting", "has:note").out.startswith("Nothing found for ")
    assert "Topic  ○ Counting" in run("search", "counting", "-has:note").out
    assert "Topic  · Writing" not in run("search", "writing", "-has:note").out


def test_show_leaves_out_the_rest_of_many_and_of_long_notes(run: Run) -> None:
    for number in range(20):
        run("note", "counting", f"thought {number}")
    run("note", "counting", "word " * 2500)
    rows = run("show", "counting").out.splitlines()
    assert "... 1 earlier note: llmpath notes counting" in rows
    assert "Note 1, 2026-03-10" not in rows
    assert "Note 2, 2026-03-10" in rows
    assert rows[-1] == "  ... 2,499 more characters: llmpath notes counting"
    assert run("notes", "counting").out.count("word") == 2500
    run("undo", "2")
    assert "earlier" not in run("show", "counting").out


def test_the_log_tells_what_happened(run: Run) -> None:
    run("start", "counting-video")
    run("know", "reading")
    run("undo")
    assert run("log").out == text("""
        2026-03-10 18:30  know Reading (undone)
        2026-03-10 18:30  start Counting, slowly
    """)


def test_undo_and_redo_say_when_there_is_nothing(run: Run) -> None:
    assert run("undo", code=3).err == text("""
        llmpath: There is nothing to undo.
          See what happened with: llmpath log
    """)
    assert run("redo", code=3).err.startswith("llmpath: There is nothing to redo.\n")


def test_open_prints_the_address_where_there_is_no_browser(run: Run) -> None:
    assert run("open", "counting-video").out == text("""
        https://www.youtube.com/watch?v=count1
        Started: Counting, slowly
    """)
    run("done", "counting-video")
    again = run("open", "counting-video")
    assert again.out == "https://www.youtube.com/watch?v=count1\n"
    assert again.err == "Opened Counting, slowly, which you have already done.\n"


def test_open_starts_a_browser_where_there_is_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    assert run("open", "counting-video").out == "Started: Counting, slowly\n"
    assert (tmp_path / "opened").read_text() == "https://www.youtube.com/watch?v=count1\n"


def test_open_can_be_tried_first(run: Run) -> None:
    assert run("open", "1", "--dry-run", code=3).err == text("""
        llmpath: No list in this terminal yet to take number 1 from.
          Run: llmpath next
    """)
    run("next")
    assert run("open", "1", "--dry-run").out == "https://www.youtube.com/watch?v=count1\n"
    assert run("log").out == "Nothing has happened yet.\n"
