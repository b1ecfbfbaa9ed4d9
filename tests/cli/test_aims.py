"""To use a topic takes less than to understand it: goals, paths, plans, `know`, at 80 columns."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.cli.test_completion import ask
from tests.conftest import NOW, Edition, Run
from tests.editions import SECOND

pytestmark = pytest.mark.usefixtures("aimed")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def as_json(run: Run, *words: str) -> Any:
    return json.loads(run(*words, "--json").out)


def topics(run: Run, *words: str) -> list[str]:
    return [step["id"] for step in as_json(run, "path", *words)["steps"]]


def states(run: Run) -> dict[str, str]:
    found = as_json(run, "roadmap", "--all")
    return {
        topic["id"]: topic["state"]
        for track in found["tracks"]
        for module in track["modules"]
        for topic in module["topics"]
    }


# Paths.


def test_a_path_says_what_it_is_for_and_what_the_other_aim_takes(run: Run) -> None:
    run("know", "counting")
    assert run("path", "word-problems").out == text("""
        The path to Word problems
        To use it: 2 topics, 2.8 h
        To understand it as well: +1 topic, 20 min:
          llmpath path word-problems --aim understand
        Skipped, because you know them: Counting

        ○ Adding                                                                   1.2 h
            for Word problems: The story hides an addition that has to be done.
             1  Adding by carrying  article, 15 min
             2  Fast Addition of Long Numbers  paper, 1 h
        · Word problems                                                            1.5 h
            your goal
             3  Word problems, worked  notebook, 1.5 h

        llmpath start 1, open 1, done 1, show 1
    """)
    assert run("path", "word-problems", "--aim", "understand").out.splitlines()[1:3] == [
        "To understand it: 3 topics, 3.1 h",
        "Only to use it: 1 topic fewer, 20 min less: llmpath path word-problems --aim use",
    ]


def test_the_aim_decides_on_topics_and_hours(run: Run) -> None:
    use = as_json(run, "path", "word-problems", "--aim", "use")
    understand = as_json(run, "path", "word-problems", "--aim", "understand")
    assert [step["id"] for step in use["steps"]] == ["counting", "adding", "word-problems"]
    assert [step["id"] for step in understand["steps"]] == [
        "counting",
        "adding",
        "reading",
        "word-problems",
    ]
    assert (use["aim"], use["minutes"]) == ("use", 195)
    assert (understand["aim"], understand["minutes"]) == ("understand", 215)
    assert use["otherwise"] == {"aim": "understand", "topics": 4, "minutes": 215}
    assert understand["otherwise"] == {"aim": "use", "topics": 3, "minutes": 195}
    assert as_json(run, "path", "word-problems") == use  # the aim of its track


def test_where_the_aims_do_not_differ_none_is_offered(run: Run) -> None:
    found = as_json(run, "path", "adding")
    assert (found["aim"], found["otherwise"], found["levers"]) == ("understand", None, [])
    assert run("path", "adding").out.splitlines()[1:3] == ["To understand it: 2 topics, 1.8 h", ""]


def test_goals_with_different_aims_have_no_aim_in_common(run: Run) -> None:
    found = as_json(run, "path", "word-problems", "adding")
    assert (found["aim"], found["otherwise"]) == (None, None)
    assert "2 topics, 1.1 h" in run("path", "writing", "--aim", "use").out
    assert run("path", "word-problems", "adding").out.splitlines()[1] == "3 topics, 3.2 h"
    # Given for all of them, it is that of all.
    assert as_json(run, "path", "word-problems", "adding", "--aim", "use")["aim"] == "use"


def test_an_aim_that_is_none_is_refused(run: Run) -> None:
    for command in ("path", "goal", "plan"):
        ran = run(command, *([] if command == "plan" else ["adding"]), "--aim", "know", code=2)
        assert ran.err.startswith(
            "llmpath: Invalid value for '--aim': 'know' is not one of 'use', 'understand'"
        )


LEVER = (
    ("{topic: counting, because:", "{topic: counting, to: understand, because:"),
    (
        "core: [counting-video, counting-book]\n",
        "core: [counting-video, counting-book]\n    enough: 2\n",
    ),
)


def test_what_costs_most_of_a_path_is_told_with_the_command_that_drops_it(
    run: Run, edition: Edition
) -> None:
    edition(*SECOND, *LEVER)
    assert run("path", "word-problems", "--aim", "understand").out.startswith(
        text("""
        The path to Word problems
        To understand it: 4 topics, 14 h
        Only to use it: 2 topics fewer, 11 h less: llmpath path word-problems --aim use
        Adding needs Counting only to be understood; without it 1 topic, 10 h less:
          llmpath ignore adding counting
    """)
    )
    found = as_json(run, "path", "word-problems", "--aim", "understand")
    lever = {"topic": "adding", "needed": "counting", "topics": 1, "minutes": 630}
    assert found["levers"] == [lever]
    assert as_json(run, "path", "word-problems", "--aim", "use")["levers"] == []
    # The command that stands there does what it says.
    run("ignore", "adding", "counting")
    after = as_json(run, "path", "word-problems", "--aim", "understand")
    assert (after["minutes"], after["levers"]) == (found["minutes"] - 630, [])


def test_what_is_passed_already_is_no_lever(run: Run, edition: Edition) -> None:
    edition(*SECOND, *LEVER)
    run("know", "counting")
    assert as_json(run, "path", "word-problems", "--aim", "understand")["levers"] == []


def test_all_of_a_topic_has_the_works_that_round_it_off_at_the_end(run: Run) -> None:
    run("know", "counting")
    (step,) = as_json(run, "path", "adding", "--depth", "deep")["steps"]
    ids = [work["id"] for work in step["resources"]]
    assert ids == ["adding-article", "adding-paper", "counting-book"]
    (step,) = as_json(run, "path", "adding")["steps"]
    assert [work["id"] for work in step["resources"]] == ids[:2]


# What is known.


def test_knowing_a_topic_marks_what_its_aim_takes_and_no_more(run: Run) -> None:
    assert run("know", "word-problems").out == text("""
        Known: Word problems and 2 topics it builds on
          Counting and Adding
    """)
    assert states(run)["reading"] == "ready"
    run("undo")
    run("goal", "word-problems", "--aim", "understand")
    assert run("know", "word-problems").out == text("""
        Known: Word problems and 3 topics it builds on
          Counting, Adding and Reading
          unlocks 1 topic: Writing

        You've reached your goal: Word problems. 4 topics.
        Where to next?
          Tell a sum as a story: llmpath goal tell-a-sum
    """)


def test_a_topic_is_ready_without_what_only_understanding_takes(run: Run) -> None:
    run("know", "adding")
    assert states(run)["word-problems"] == "ready"
    run("goal", "word-problems", "--aim", "understand")
    assert states(run)["word-problems"] == "locked"
    assert "Word problems is locked." in run("next", "--topic", "word-problems").out
    run("goal", "--drop", "word-problems")
    assert states(run)["word-problems"] == "ready"


def test_what_a_topic_takes_is_told_by_its_own_aim_whatever_that_of_the_others(
    run: Run, edition: Edition
) -> None:
    edition(*SECOND, *LEVER)
    # One adds in order to tell stories, and need not understand why adding works.
    assert states(run)["adding"] == "locked"
    page = as_json(run, "show", "word-problems")
    assert (page["state"], page["waits_for"]) == ("locked", ["adding"])
    assert [one["id"] for one in as_json(run, "why", "word-problems")["waits_for"]] == ["adding"]
    assert run("know", "word-problems").out.startswith("Known: Word problems and 1 topic")
    assert states(run)["counting"] == "ready"
    run("undo")
    run("config", "set", "aim", "understand")
    assert run("know", "word-problems").out.startswith("Known: Word problems and 3 topics")


def test_placement_marks_what_knowing_marks(run: Run, edition: Edition) -> None:
    for changes in ((), LEVER):
        edition(*SECOND, *changes)
        for topic in ("word-problems", "adding", "writing"):
            placed = as_json(run, "place", "--yes-to", topic, "--save")
            run("undo")
            known = as_json(run, "know", topic)
            run("undo")
            ids = [[one["id"] for one in found["changed"]] for found in (placed, known)]
            assert ids[0] == ids[1], (topic, changes)


def test_an_aim_may_be_set_for_all_topics(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("config", "set", "aim", "understand").out == "aim = understand\n"
    assert topics(run, "word-problems") == ["counting", "adding", "reading", "word-problems"]
    assert as_json(run, "path", "word-problems")["aim"] == "understand"
    assert run("goal", "word-problems").out.splitlines()[2] == "  to understand, 3.6 h to study"
    monkeypatch.setenv("LLMPATH_AIM", "use")
    assert as_json(run, "path")["aim"] == "use"
    monkeypatch.delenv("LLMPATH_AIM")
    run("config", "unset", "aim")
    assert as_json(run, "path")["aim"] == "use"
    assert run("config", "set", "aim", "know", code=2).err.startswith(
        "llmpath: aim must be one of track, use, understand, not 'know'."
    )


def test_the_aim_given_to_a_goal_outranks_the_one_that_is_set(run: Run) -> None:
    run("goal", "word-problems", "--aim", "understand")
    run("config", "set", "aim", "use")
    assert as_json(run, "path")["aim"] == "understand"
    assert as_json(run, "goal")["goals"][0]["aim"] == "understand"


def test_a_topic_says_which_prerequisites_only_understanding_takes(run: Run) -> None:
    assert "  ○ Reading  only to understand it\n" in run("show", "word-problems").out
    needs = as_json(run, "show", "word-problems")["requires"]
    assert [(edge["id"], edge["to"]) for edge in needs] == [
        ("adding", "use"),
        ("reading", "understand"),
    ]
    assert "Word problems  only to understand it" in run("show", "reading").out


# Goals.


def test_changing_the_aim_of_a_goal_keeps_its_date_and_undo_brings_the_old_aim_back(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("goal", "word-problems", "--aim", "understand").out == text("""
        Word problems
          0 of 4 topics passed
          to understand, 3.6 h to study

        More goals: tell-a-sum
    """)
    monkeypatch.setenv("LLMPATH_NOW", NOW.replace("-10T", "-12T"))
    changed = as_json(run, "goal", "word-problems", "--aim", "use")
    assert changed["changed"] == [
        {
            "what": "goal",
            "id": "word-problems",
            "title": "Word problems",
            "before": {"aim": "understand", "set_at": NOW, "until": None, "place": None},
            "after": {"aim": "use", "set_at": NOW, "until": None, "place": None},
        }
    ]
    assert changed["goals"] == [
        {
            "id": "word-problems",
            "title": "Word problems",
            "set_at": NOW,
            "topics": 3,
            "passed": 0,
            "aim": "use",
            "minutes": 195,
            "until": None,
            "days": None,
        }
    ]
    assert run("undo").out == "Undone: goal Word problems, to use\n"
    assert as_json(run, "goal")["goals"][0]["aim"] == "understand"
    run("redo")
    assert as_json(run, "goal")["goals"][0]["aim"] == "use"
    # Setting it again without an aim changes nothing.
    assert as_json(run, "goal", "word-problems")["command"] is None


def test_each_goal_is_seen_by_itself(run: Run) -> None:
    run("goal", "word-problems", "--aim", "use")
    run("goal", "writing", "--aim", "understand")
    rows = {row["id"]: (row["topics"], row["minutes"]) for row in as_json(run, "goal")["goals"]}
    assert rows == {"word-problems": (3, 195), "writing": (2, 65)}


def test_a_goal_that_is_skipped_is_none_to_study_for(run: Run) -> None:
    run("skip", "reading")
    assert "skipped" in run("goal", "reading").out
    assert as_json(run, "goal")["goals"][0]["topics"] == 0


# Outcomes.


def test_without_goals_the_outcomes_to_choose_from_are_told(run: Run) -> None:
    assert run("goal").out == text("""
        No goals.

        Goals to choose from
          tell-a-sum
            Tell a sum as a story. For whoever has to explain a sum to somebody who does
            not like sums.

        Set one with: llmpath goal GOAL or TOPIC, for example llmpath goal rag
    """)
    assert as_json(run, "goal")["offers"] == [
        {
            "id": "tell-a-sum",
            "title": "Tell a sum as a story",
            "summary": "For whoever has to explain a sum to somebody who does not like sums.",
            "topics": ["word-problems", "writing"],
            "aim": "use",
        }
    ]
    assert run().out.split("\n\n")[2] == text("""
        Where do you want to get?
          Tell a sum as a story: llmpath goal tell-a-sum""")
    assert as_json(run)["offers"] == [{"id": "tell-a-sum", "title": "Tell a sum as a story"}]
    run("start", "counting-video")  # somebody who has begun is not asked
    assert "Where do you want" not in run().out


def test_an_outcome_is_a_goal_of_several_topics(run: Run) -> None:
    assert run("goal", "tell-a-sum").out == text("""
        Tell a sum as a story
          0 of 5 topics passed
          to use, 4.3 h to study
    """)
    assert run("next", "-n", "2").out == text("""
        Next, on the path to Tell a sum as a story

         1  Counting, slowly  video, beginner
            Counting: opens Adding, must-read, 30 min
         2  Notes on letters  article, beginner
            Reading: opens Writing, 20 min

        llmpath start 1, open 1, done 1, show 1
    """)
    found = as_json(run, "next")
    assert found["goals"] == ["tell-a-sum"]
    assert found["picks"][0]["reason"] == (
        "on the path to Tell a sum as a story, opens Adding, must-read, 30 min"
    )
    assert run().out.splitlines()[1] == "Goal: Tell a sum as a story, 5 topics to go"
    goal = {"title": "Tell a sum as a story", "topics_left": 5, "until": None}
    assert as_json(run)["goals"] == [goal]
    assert as_json(run, "path")["goals"] == ["tell-a-sum"]
    assert run("path").out.splitlines()[:2] == [
        "The path to Tell a sum as a story",
        "To use it: 5 topics, 4.3 h",
    ]
    assert run("path").out.count("part of your goal") == 2
    assert "| Tell a sum as a story | 0 of 5 | 4.3 h |" in run("report").out
    assert run("path", "--mermaid").out.count(":::goal") == 2


def test_with_another_goal_beside_it_each_reason_names_what_it_leads_to(run: Run) -> None:
    run("goal", "tell-a-sum", "adding")
    assert "Counting: on the path to Tell a sum as a story and Adding, opens" in run("next").out
    assert run("next").out.splitlines()[0] == (
        "Next, on the path to Tell a sum as a story and Adding"
    )


def test_an_outcome_is_reached_when_all_of_its_topics_are_passed(run: Run) -> None:
    run("goal", "tell-a-sum")
    run("know", "word-problems")
    assert run("goal").out == text("""
        Tell a sum as a story
          3 of 5 topics passed
          to use, 1.1 h to study
    """)
    run("know", "writing")
    assert run("goal").out == text("""
        Tell a sum as a story
          reached
    """)
    assert run("path").out == "You've reached Tell a sum as a story.\n"
    assert as_json(run)["goals"][0]["topics_left"] == 0


def test_an_outcome_is_dropped_and_comes_back(run: Run) -> None:
    run("goal", "tell-a-sum", "adding", "--aim", "understand")
    dropped = as_json(run, "goal", "--drop", "tell-a-sum")
    assert [change["id"] for change in dropped["changed"]] == ["tell-a-sum"]
    assert [row["id"] for row in dropped["goals"]] == ["adding"]
    assert [one["id"] for one in dropped["offers"]] == ["tell-a-sum"]
    assert run("undo").out == "Undone: goal drop Tell a sum as a story\n"
    assert {row["aim"] for row in as_json(run, "goal")["goals"]} == {"understand"}
    run("goal", "--clear")
    assert as_json(run, "goal")["goals"] == []


def test_an_outcome_has_the_names_that_a_topic_has(run: Run) -> None:
    for name in ("tell-a-sum", "TELL-A-SUM", "story-teller", "tell-a", "sum as story"):
        assert as_json(run, "path", *name.split())["goals"] == ["tell-a-sum"], name
    assert run("goal", "nothing", code=3).err == text("""
        llmpath: No topic or goal 'nothing'.
          Find it with: llmpath search nothing
    """)
    assert run("goal", "tell-a-sun", code=3).err.startswith("llmpath: No topic or goal 'tell-a-sun")
    assert "tell-a-sum" in run("goal", "tell-a-sun", code=3).err
    assert run("goal", "reading-notes", code=3).err == text("""
        llmpath: 'Notes on letters' is a resource; its topic is Reading.
          Name that instead: reading
    """)
    for command in ("know", "show", "why", "skip", "shaky", "next --topic"):
        assert run(*command.split(), "tell-a-sum", code=3).err == text("""
            llmpath: 'tell-a-sum' is a goal that takes several topics.
              See them with: llmpath path tell-a-sum
        """)


def test_the_shell_completes_outcomes_where_goals_are_asked_for(process: Run) -> None:
    process("next")
    for line in ("goal ", "path ", "plan --to "):
        assert ask(process, f"llmpath {line}tell") == ["tell-a-sum"]
    assert "tell-a-sum" not in ask(process, "llmpath know tell")
    assert ask(process, "llmpath path --aim ") == ["use", "understand"]


def test_an_outcome_is_nothing_that_the_catalog_lacks(run: Run) -> None:
    run("goal", "tell-a-sum")
    assert "kept aside" not in run("doctor").out


def test_a_renamed_outcome_takes_its_goal_along(run: Run, edition: Edition, aimed: Path) -> None:
    run("goal", "tell-a-sum", "--aim", "understand")
    edition(*SECOND, ("id: tell-a-sum", "id: sum-teller"), ("[story-teller]", "[tell-a-sum]"))
    row = as_json(run, "goal")["goals"][0]
    assert (row["id"], row["aim"], row["set_at"]) == ("sum-teller", "understand", NOW)
    assert "kept aside" not in run("doctor").out
    edition(*SECOND, ("topics: [word-problems, writing]", "topics: [writing]"))
    assert as_json(run, "goal")["goals"][0]["topics"] == 2


def test_an_outcome_that_goes_is_kept_aside(run: Run, edition: Edition, aimed: Path) -> None:
    run("goal", "tell-a-sum")
    edition()
    assert as_json(run, "goal")["goals"] == []
    connection = sqlite3.connect(aimed)
    assert connection.execute("SELECT topic_id FROM goal").fetchall() == [("tell-a-sum",)]
    connection.close()
    assert "ada has data on what the catalog no longer has: goal tell-a-sum" in run("doctor").out
    edition(*SECOND)
    assert [row["id"] for row in as_json(run, "goal")["goals"]] == ["tell-a-sum"]


def test_an_update_tells_nobody_that_their_outcome_goes_while_it_stays(
    run: Run, edition: Edition
) -> None:
    run("goal", "tell-a-sum")
    old = edition(*SECOND)
    new = edition(*SECOND, ("title: Counting\n", "title: To count\n"))
    yours = json.loads(run("catalog", "diff", str(old), str(new), "--json").out)["yours"]
    assert yours == {"carried": [], "kept_aside": [], "states": []}


# Plans.


def test_a_plan_keeps_its_aim(run: Run) -> None:
    made = as_json(run, "plan", "--to", "word-problems", "--hours", "3", "--aim", "understand")
    assert (made["aim"], made["changed"][0]["after"]["aim"]) == ("understand", "understand")
    assert "reading" in {step["topic"] for week in made["weeks"] for step in week["steps"]}
    again = as_json(run, "plan", "--hours", "4")
    assert (again["aim"], again["hours"], again["goals"]) == ("understand", 4, ["word-problems"])
    shown = as_json(run, "plan", "show")
    assert shown["aim"] == "understand"
    other = as_json(run, "plan", "--aim", "use", "--dry-run")
    assert "reading" not in {step["topic"] for week in other["weeks"] for step in week["steps"]}
    assert as_json(run, "plan", "show") == shown
    use = as_json(run, "plan", "--aim", "use")
    assert use["aim"] == "use"
    run("undo")
    assert as_json(run, "plan", "show")["aim"] == "understand"


def test_a_plan_without_an_aim_takes_those_of_its_goals(run: Run) -> None:
    run("goal", "word-problems", "--aim", "understand")
    made = as_json(run, "plan", "--hours", "3")
    assert made["aim"] is None
    assert "reading" in {step["topic"] for week in made["weeks"] for step in week["steps"]}
    # With a goal's aim changed, a new plan follows.
    run("goal", "word-problems", "--aim", "use")
    made = as_json(run, "plan")
    assert "reading" not in {step["topic"] for week in made["weeks"] for step in week["steps"]}


def test_a_plan_leads_to_an_outcome(run: Run) -> None:
    made = as_json(run, "plan", "--to", "tell-a-sum", "--hours", "5")
    assert made["goals"] == ["tell-a-sum"]
    assert run("plan", "show").out.splitlines()[:2] == [
        "Plan for Tell a sum as a story: 5 h a week, enough of each topic",
        "5 topics, 4.3 h. At this pace you'd finish on 2026-03-16.",
    ]
    run("know", "word-problems", "writing")
    assert run("plan").out.startswith("Nothing is left to plan: Tell a sum as a story.\n")


def test_plans_and_goals_with_aims_go_from_one_machine_to_another(
    run: Run, aimed: Path, tmp_path: Path
) -> None:
    run("goal", "tell-a-sum")
    run("goal", "word-problems", "--aim", "understand")
    run("plan", "--to", "tell-a-sum", "--hours", "5", "--aim", "use")
    wanted = [as_json(run, *words) for words in (["goal"], ["plan", "show"])]
    run("export", "json", "-o", str(tmp_path / "all.json"))
    aimed.unlink()
    run("import", str(tmp_path / "all.json"), "--replace")
    assert [as_json(run, *words) for words in (["goal"], ["plan", "show"])] == wanted
    run("undo", "2")
    assert [row["id"] for row in as_json(run, "goal")["goals"]] == ["tell-a-sum"]
    assert run("doctor").code == 0
