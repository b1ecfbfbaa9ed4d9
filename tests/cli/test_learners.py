"""Several learners in one database never see each other's data."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


def everything(run: Run, learner: str) -> dict[str, object]:
    """Return all that a learner can see of their own data."""

    def got(*command: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(run("--user", learner, *command, "--json").out)
        return found

    return {
        "list": got("list", "--limit", "0"),
        "roadmap": got("roadmap"),
        "goal": got("goal"),
        "notes": got("notes"),
        "log": got("log"),
        "next": got("next"),
        "topic": got("show", "counting"),
        "resource": got("show", "counting-video"),
        "report": run("--user", learner, "report").out.replace(learner, "LEARNER"),
    }


def test_what_one_does_another_never_sees(run: Run) -> None:
    run("user", "add", "bob")
    before = everything(run, "bob")
    run("done", "counting-video", "--minutes", "9", "--rating", "2", "--note", "ada's own")
    run("know", "reading")
    run("goal", "word-problems")
    run("note", "counting", "also ada's")
    run("start", "adding-article")
    run("next")
    assert everything(run, "bob") == before
    assert everything(run, "ada") != before


def test_undo_takes_back_only_ones_own(run: Run) -> None:
    run("user", "add", "bob")
    run("done", "counting-video")
    run("--user", "bob", "done", "reading-notes")
    assert run("--user", "bob", "undo").out == "Undone: done Notes on letters\n"
    assert run("--user", "bob", "undo", code=3).out == ""
    assert run("undo").out == "Undone: done Counting, slowly\n"
    assert run("--user", "bob", "redo").out == "Redone: done Notes on letters\n"


def test_numbers_are_those_of_ones_own_last_list(run: Run) -> None:
    run("user", "add", "bob")
    run("list", "--topic", "reading")
    run("--user", "bob", "list", "--topic", "writing")
    assert run("start", "1").out == "Started: Reading aloud\n"
    assert run("--user", "bob", "start", "1").out == "Started: Writing it down\n"


def test_the_learner_is_that_of_the_option_then_the_environment_then_the_one_in_use(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def who(*options: str) -> str:
        return str(json.loads(run(*options, "--json").out)["learner"])

    for name in ("bob", "cleo", "dan"):
        run("user", "add", name)
    assert who() == "ada"
    run("user", "use", "bob")
    assert who() == "bob"
    monkeypatch.setenv("LLMPATH_USER", "cleo")
    assert who() == "cleo"
    assert who("--user", "dan") == "dan"


def test_renaming_keeps_everything(run: Run) -> None:
    run("done", "counting-video")
    assert run("user", "rename", "ada", "lovelace").out == "ada is now lovelace\n"
    assert json.loads(run("--user", "lovelace", "--json").out)["resources_done"] == 1
    assert run("--user", "ada", "next", code=3).err.startswith("llmpath: No learner 'ada'.")


def test_a_removed_learner_is_kept_until_erased(run: Run, data: Path) -> None:
    run("user", "add", "bob")
    run("--user", "bob", "done", "counting-video")
    run("--user", "bob", "note", "counting", "mine")
    run("--user", "bob", "next")
    run("next")
    run("user", "remove", "bob")
    assert run("--user", "bob", "next", code=3).err == (
        "llmpath: The learner 'bob' was removed.\n"
        "  Bring them back with: llmpath user restore bob\n"
    )
    assert run("user").out == (
        "● ada  0 resources done, 0 notes\n  bob  1 resource done, 1 note, removed\n"
    )
    run("user", "restore", "bob")
    assert json.loads(run("--user", "bob", "--json").out)["resources_done"] == 1
    run("user", "remove", "bob")
    assert run("user", "remove", "bob", "--erase", code=2).err.startswith(
        "llmpath: Erasing bob cannot be undone.\n"
    )
    lists = {path.name for path in (data / "lists").iterdir()}
    run("user", "remove", "bob", "--erase", "--yes")
    assert {path.name for path in (data / "lists").iterdir()} < lists
    assert run("user").out == "● ada  0 resources done, 0 notes\n"
    run("user", "add", "bob")
    assert json.loads(run("--user", "bob", "--json").out)["resources_done"] == 0


@pytest.mark.parametrize("name", ["", " ", "a\x1b[31m", "x" * 61, "two\nlines"])
def test_a_name_is_one_printable_line(run: Run, name: str) -> None:
    ran = run("user", "add", name, code=2)
    assert "cannot be a learner's name" in ran.err
    assert "\x1b" not in ran.err


def test_a_name_is_given_once(run: Run) -> None:
    run("next")
    run("user", "add", "bob")
    assert run("user", "add", "bob", code=2).err.startswith(
        "llmpath: There is already a learner 'bob'.\n"
    )
    assert run("user", "rename", "bob", "ada", code=2).out == ""


@pytest.mark.usefixtures("small")
def test_a_name_of_two_words_is_quoted_where_it_is_to_be_typed(run: Run) -> None:
    told = run("user", "use", "Bo Li", code=3).err
    assert told == "llmpath: No learner 'Bo Li'.\n  Add them with: llmpath user add 'Bo Li'\n"
    added = run("user", "add", "Bo Li").out
    assert added == "Added Bo Li. Switch to them with: llmpath user use 'Bo Li'\n"


def test_who_renames_themselves_stays_themselves(run: Run) -> None:
    run("done", "counting-video")
    run("user", "rename", "ada", "lovelace")
    assert run("user").out == "● lovelace  1 resource done, 0 notes\n"
    assert json.loads(run("--json").out)["resources_done"] == 1
    run("user", "rename", "lovelace", "countess")
    assert run("user").out == "● countess  1 resource done, 0 notes\n"


def test_renaming_another_leaves_you_yourself(run: Run) -> None:
    run("next")
    run("user", "add", "bob")
    run("--user", "bob", "user", "rename", "bob", "rob")
    assert run("user").out == "● ada  0 resources done, 0 notes\n  rob  0 resources done, 0 notes\n"
    run("user", "use", "rob")
    run("user", "rename", "ada", "lovelace")
    assert json.loads(run("--json").out)["learner"] == "rob"


def test_trying_to_rename_yourself_changes_nobody(run: Run) -> None:
    run("done", "counting-video")
    assert run("user", "rename", "ada", "lovelace", "-n").out == "ada is now lovelace\n"
    assert run("user").out == "● ada  1 resource done, 0 notes\n"


def test_learners_are_listed_as_people_count(run: Run) -> None:
    for name in ("s10", "s2", "S1", "bob", "7 of 9"):
        run("user", "add", name)
    listed = [one["name"] for one in json.loads(run("user", "--json").out)["learners"]]
    assert listed == ["7 of 9", "ada", "bob", "S1", "s2", "s10"]


def test_a_removed_login_is_quoted_where_it_is_to_be_typed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "Bo Li")
    run("next")
    run("user", "remove", "Bo Li")
    assert run("next", code=3).err == (
        "llmpath: The learner 'Bo Li' was removed.\n"
        "  Bring them back with: llmpath user restore 'Bo Li'\n"
    )


def test_whoever_has_not_begun_can_be_renamed(run: Run) -> None:
    assert run("user", "rename", "ada", "maria").out == "ada is now maria\n"
    assert run("user").out == "● maria  0 resources done, 0 notes\n"


COMPOSED, PARTED = "Ren\u00e9", "Rene\u0301"


@pytest.mark.parametrize("other", [PARTED, "RENÉ", "Ｒené", f" {PARTED} "])
def test_a_name_that_looks_the_same_is_taken(run: Run, other: str) -> None:
    run("user", "add", COMPOSED)
    assert "already a learner 'René'" in run("user", "add", other, code=2).err
    run("user", "add", "bob")
    assert "already a learner 'René'" in run("user", "rename", "bob", other, code=2).err
    run("user", "remove", COMPOSED)
    assert "a removed learner called 'René'" in run("user", "add", other, code=2).err


def test_a_learner_is_found_by_a_name_that_looks_the_same(run: Run) -> None:
    run("user", "add", PARTED)
    assert COMPOSED in run("user", "list").out
    run("--user", PARTED, "note", "counting", "Mine.")
    assert "Mine." in run("notes", "--user", "rené").out
    run("user", "rename", "rené", "RENÉ")
    run("user", "remove", PARTED)
    run("user", "restore", PARTED)
    run("user", "remove", PARTED)
    run("user", "remove", PARTED, "--erase", "--yes")
    assert "REN" not in run("user", "list").out


def test_two_names_that_look_the_same_from_before_go_on_working(run: Run, data: Path) -> None:
    run("user", "add", COMPOSED)
    run("user", "add", "bob")
    with sqlite3.connect(data / "llmpath.db") as connection:
        connection.execute("UPDATE learner SET name = ? WHERE name = 'bob'", (PARTED,))
    connection.close()
    for name in (COMPOSED, PARTED):
        run("note", "counting", f"{len(name)} letters", "--user", name)
    for name in (COMPOSED, PARTED):
        assert f"{len(name)} letters" in run("notes", "--user", name).out
    run("notes", "--user", "rené", code=3)  # which of the two?
    run("user", "rename", PARTED, "Robert")
    run("notes", "--user", "rené")


def test_names_that_differ_only_in_spaces_are_one(run: Run) -> None:
    run("user", "add", "Bo Li")
    run("user", "add", "Bo  Li", code=2)
    run("user", "use", "bo   li")
    assert run("notes", "--user", "Bo Li").out


def test_what_can_be_no_name_is_not_offered_to_be_added(run: Run) -> None:
    told = run("user", "use", "ß" * 5000, code=3).err
    assert told.endswith("...'.\n  See all with: llmpath user list\n")
    assert len(told) < 150
