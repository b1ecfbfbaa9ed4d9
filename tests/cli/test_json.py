"""Every command that writes tells in one shape of JSON what it did: docs/JSON.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmpath.cli import reference
from llmpath.store.database.connection import VERSION
from tests.conftest import NOW, ROOT, Run

# What prints no JSON: its output is a document or a line already, or it is not asked by programs.
WITHOUT = {
    "llmpath completion": "a script",
    "llmpath help": "help",
    "llmpath dispute": "a document",
    "llmpath export": "a group that does nothing by itself",
    "llmpath export json": "a document",
    "llmpath catalog path": "paths, a line each",
    "llmpath config get": "a value",
    "llmpath config path": "paths, a line each",
}


def test_every_command_speaks_json_but_those_named() -> None:
    silent = {line for line, page in reference.pages() if "--json" not in page}
    assert silent == set(WITHOUT)


DOING = {
    "status": "doing",
    "started_at": NOW,
    "finished_at": None,
    "minutes": None,
    "rating": None,
    "updated_at": NOW,
}
DONE = {**DOING, "status": "done", "finished_at": NOW, "minutes": 30, "rating": 4}
SEEN = {**DOING, "status": "done", "finished_at": NOW}
SITTING = {"day": "2026-03-10", "minutes": 30, "logged_at": NOW}
SKIPPED = {**DOING, "status": "skipped", "started_at": None}
KNOWN = {"mark": "known", "marked_at": NOW}
GOAL = {"set_at": NOW, "aim": None, "until": None, "place": None}
NOTE = {"number": 1, "body": "hm", "created_at": NOW, "updated_at": NOW}
PLAN = {
    "topics": ["writing"],
    "depth": "enough",
    "hours": 3.0,
    "until": None,
    "pace": 1.0,
    "starts_on": "2026-03-10",
    "made_at": NOW,
    "aim": None,
    "off": None,
}
TITLES = {
    "counting-video": "Counting, slowly",
    "adding-paper": "Fast Addition of Long Numbers",
    "counting": "Counting",
    "adding": "Adding",
    "reading": "Reading",
    "word-problems": "Word problems",
}


def change(what: str, id_: str | None, before: Any, after: Any) -> dict[str, Any]:
    title = TITLES.get(id_ or "", id_ if what == "learner" else None)
    return {"what": what, "id": id_, "title": title, "before": before, "after": after}


def topic(id_: str, state: str) -> dict[str, Any]:
    return {"id": id_, "title": TITLES[id_], "state": state}


# (commands before, the command, whether it is in the log, what changed, passed, unlocks)
ACTED: list[tuple[list[str], str, bool, list[Any], list[Any], list[Any]]] = [
    (
        [],
        "start counting-video",
        True,
        [change("resource", "counting-video", None, DOING)],
        [],
        [],
    ),
    (["start counting-video"], "start counting-video", False, [], [], []),
    (
        ["done counting-video"],
        "start counting-video",
        True,
        [change("resource", "counting-video", {**SEEN, "started_at": None}, SEEN)],
        [],
        [],
    ),
    (
        [],
        "spent 30 counting-video",
        True,
        [
            change("resource", "counting-video", None, DOING),
            change("sitting", "counting-video", None, SITTING),
        ],
        [],
        [],
    ),
    (
        ["spent 30 counting-video"],
        "reset counting-video",
        True,
        [
            change("resource", "counting-video", DOING, None),
            change("sitting", "counting-video", SITTING, None),
        ],
        [],
        [],
    ),
    (
        ["start counting-video"],
        "done counting-video --minutes 30 --rating 4 --note hm",
        True,
        [
            change("resource", "counting-video", DOING, DONE),
            change("note", "counting-video", None, NOTE),
        ],
        [topic("counting", "learned")],
        [topic("adding", "ready")],
    ),
    (
        [],
        "skip adding-paper counting",
        True,
        [
            change("resource", "adding-paper", None, SKIPPED),
            change("topic", "counting", None, {**KNOWN, "mark": "skipped"}),
        ],
        [],
        [topic("adding", "ready")],
    ),
    (
        ["skip adding-paper counting"],
        "reset adding-paper counting",
        True,
        [
            change("resource", "adding-paper", SKIPPED, None),
            change("topic", "counting", {**KNOWN, "mark": "skipped"}, None),
        ],
        [],
        [],
    ),
    ([], "open adding-paper", True, [change("resource", "adding-paper", None, DOING)], [], []),
    (["open adding-paper"], "open adding-paper", False, [], [], []),
    ([], "open adding-paper --dry-run", False, [], [], []),
    (
        [],
        "know adding",
        True,
        [change("topic", "counting", None, KNOWN), change("topic", "adding", None, KNOWN)],
        [topic("counting", "known"), topic("adding", "known")],
        [],
    ),
    (
        ["know counting"],
        "forget counting reading",
        True,
        [change("topic", "counting", KNOWN, None)],
        [],
        [],
    ),
    (
        ["know counting"],
        "shaky counting reading",
        True,
        [change("topic", "counting", KNOWN, {**KNOWN, "mark": "shaky"})],
        [],
        [],
    ),
    ([], "shaky counting", False, [], [], []),
    ([], "note counting hm", True, [change("note", "counting", None, NOTE)], [], []),
    (
        ["note counting hm"],
        "note --edit 1 other",
        True,
        [change("note", "counting", NOTE, {**NOTE, "body": "other"})],
        [],
        [],
    ),
    (
        ["note counting hm"],
        "note --delete 1",
        True,
        [change("note", "counting", NOTE, None)],
        [],
        [],
    ),
    ([], "goal adding", True, [change("goal", "adding", None, GOAL)], [], []),
    (["goal adding"], "goal adding", False, [], [], []),
    (
        ["goal adding"],
        "goal adding --drop",
        True,
        [change("goal", "adding", GOAL, None)],
        [],
        [],
    ),
    (
        ["goal adding reading"],
        "goal --clear",
        True,
        [
            change("goal", "adding", GOAL, None),
            change("goal", "reading", {**GOAL, "set_at": "2026-03-10T18:30:00.000001+00:00"}, None),
        ],
        [],
        [],
    ),
    (
        [],
        "ignore adding counting",
        True,
        [change("prerequisite", "adding", None, {"requires": "counting", "ignored_at": NOW})],
        [],
        [topic("adding", "ready")],
    ),
    (
        ["ignore adding counting"],
        "ignore --undo adding counting",
        True,
        [change("prerequisite", "adding", {"requires": "counting", "ignored_at": NOW}, None)],
        [],
        [],
    ),
    (
        ["ignore adding counting"],
        "heed adding counting",
        True,
        [change("prerequisite", "adding", {"requires": "counting", "ignored_at": NOW}, None)],
        [],
        [],
    ),
    ([], "heed adding counting", False, [], [], []),
    (
        ["start counting-video", "done counting-video --minutes 30 --rating 4"],
        "undo 2",
        False,
        [change("resource", "counting-video", DONE, None)],
        [],
        [],
    ),
    (
        ["start counting-video", "done counting-video --minutes 30 --rating 4", "undo 2"],
        "redo 2",
        False,
        [change("resource", "counting-video", None, DONE)],
        [topic("counting", "learned")],
        [topic("adding", "ready")],
    ),
    ([], "plan --to writing --hours 3", True, [change("plan", None, None, PLAN)], [], []),
    (
        [],
        "plan --to writing --hours 3 --dry-run",
        False,
        [change("plan", None, None, PLAN)],
        [],
        [],
    ),
    (
        ["plan --to writing --hours 3"],
        "plan drop",
        True,
        [change("plan", None, PLAN, None)],
        [],
        [],
    ),
    ([], "place --yes-to counting", False, [], [], []),
    (
        [],
        "place --yes-to counting --save",
        True,
        [change("topic", "counting", None, KNOWN)],
        [topic("counting", "known")],
        [topic("adding", "ready")],
    ),
    ([], "user add bob", False, [change("learner", "bob", None, {"removed": False})], [], []),
    (
        ["user add bob"],
        "user use bob",
        False,
        [change("learner", "bob", {"in_use": False}, {"in_use": True})],
        [],
        [],
    ),
    (["user add bob", "user use bob"], "user use bob", False, [], [], []),
    (
        ["user add bob"],
        "user rename bob rob",
        False,
        [change("learner", "rob", {"name": "bob"}, {"name": "rob"})],
        [],
        [],
    ),
    (
        ["user add bob"],
        "user remove bob",
        False,
        [change("learner", "bob", {"removed": False}, {"removed": True})],
        [],
        [],
    ),
    (
        ["user add bob", "user remove bob"],
        "user restore bob",
        False,
        [change("learner", "bob", {"removed": True}, {"removed": False})],
        [],
        [],
    ),
    (
        ["user add bob", "user remove bob"],
        "user remove bob --erase --yes",
        False,
        [change("learner", "bob", {"removed": True}, None)],
        [],
        [],
    ),
    (
        [],
        "config set next.count 3",
        False,
        [
            {
                "what": "setting",
                "id": "next.count",
                "title": "how many choices `next` offers",
                "before": {"value": 5},
                "after": {"value": 3},
            }
        ],
        [],
        [],
    ),
    (["config set next.count 3"], "config set next.count 3", False, [], [], []),
    (
        ["config set next.count 3"],
        "config unset next.count",
        False,
        [
            {
                "what": "setting",
                "id": "next.count",
                "title": "how many choices `next` offers",
                "before": {"value": 3},
                "after": {"value": 5},
            }
        ],
        [],
        [],
    ),
    (["know counting"], "backup", False, [], [], []),
]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("before", "command", "logged", "changed", "passed", "unlocks"),
    ACTED,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_command_that_writes_tells_what_it_did(
    run: Run,
    before: list[str],
    command: str,
    logged: bool,
    changed: list[Any],
    passed: list[Any],
    unlocks: list[Any],
) -> None:
    for one in before:
        run(*one.split())
    found = json.loads(run(*command.split(), "--json").out)
    log = json.loads(run("log", "--json").out)["commands"]
    assert found["schema_version"] == 1
    assert found["command"] == (log[0]["seq"] if logged else None)
    assert (found["changed"], found["passed"], found["unlocks"]) == (changed, passed, unlocks)


def test_what_fits_a_command_stands_beside(run: Run, small: Path) -> None:
    def more(*command: str) -> dict[str, Any]:
        found = json.loads(run(*command, "--json").out)
        shared = ("schema_version", "command", "changed", "passed", "unlocks")
        shared += ("reached", "proposals")
        return {key: value for key, value in found.items() if key not in shared}

    url = "https://arxiv.org/abs/1901.00001"
    assert more("open", "adding-paper") == {"id": "adding-paper", "url": url, "opened": False}
    assert more("shaky", "counting") == {"not_passed": ["counting"]}
    assert more("note", "counting", "hm") == {"number": 1}
    goal = {"id": "adding", "title": "Adding", "set_at": NOW, "topics": 2, "passed": 0}
    goal |= {"aim": "understand", "minutes": 105, "until": None, "days": None}
    found = {"goals": [goal], "not_goals": [], "offers": []}
    assert more("goal", "adding") == found == more("goal")
    (undone,) = more("undo")["commands"]
    assert (undone["action"], undone["summary"], undone["standing"]) == ("goal", "Adding", "undone")
    (redone,) = more("redo")["commands"]
    assert redone == {**undone, "standing": "live"}
    assert more("plan", "--to", "writing")["goals"] == ["writing"]
    assert more("place", "--yes-to", "counting", "--save")["known"] == ["counting"]
    made = more("backup")
    assert len(made.pop("sha256")) == 64
    assert more("restore", made["path"], "--dry-run") == {
        "path": made["path"],
        "schema": VERSION,
        "has_checksum": True,
        "dry_run": True,
    }
    restored = more("restore", made["path"])
    assert restored.pop("set_aside").startswith(str(small.parent / "backups"))
    assert restored == {"path": made["path"], "dry_run": False}


def test_catalog_format_names_each_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "resources.yaml"
    file.write_text("version:   1\nresources: []\n", encoding="utf-8")
    checked = json.loads(run("catalog", "format", str(file), "--check", "--json", code=4).out)
    assert checked["files"] == [{"path": str(file), "reformatted": True}]
    assert "version:   1" in file.read_text(encoding="utf-8")
    json.loads(run("catalog", "format", str(file), "--json").out)
    again = json.loads(run("catalog", "format", str(file), "--json").out)
    assert again["files"] == [{"path": str(file), "reformatted": False}]


def test_the_page_names_every_command_that_writes() -> None:
    page = (ROOT / "docs" / "JSON.md").read_text(encoding="utf-8")
    section = page.split("## Commands that write")[1]
    for command in {" ".join(one.split()[:1]) for _, one, *_ in ACTED}:
        assert f"`{command}" in section or command in ("user", "heed", "config"), command
