"""Options mean the same on every command, and every command that writes can be tried."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from llmpath.cli.app import build
from llmpath.cli.registry import COMMANDS
from tests.conftest import ROOT, Run

# What is reached by another option of the same command: a file is formatted unless it is checked.
ALSO_CALLED = {"--check"}


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command that does something, with what it is typed as."""
    for name in COMMANDS:
        command = build(name)
        yield name, command
        for part, inner in getattr(command, "commands", {}).items():
            yield f"{name} {part}", inner


def options(command: Any) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the letters and the names of each option."""
    for param in command.params:
        names = {name for name in param.opts if name.startswith("--")} - ALSO_CALLED
        letters = {name for name in param.opts if re.fullmatch(r"-\w", name)}
        if names:
            yield letters, names


def table() -> set[tuple[str, frozenset[str]]]:
    """Return the shared options as docs/CONTRIBUTING.md has them: letter and names."""
    text = (ROOT / "docs" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(-\w)` \| ([^|]+) \|", text, re.MULTILINE)
    return {(letter, frozenset(re.findall(r"--[\w-]+", names))) for letter, names in rows}


def test_a_letter_stands_for_the_options_that_the_table_says() -> None:
    used = {
        (letter, frozenset(names))
        for _, command in commands()
        for letters, names in options(command)
        for letter in letters
    }
    assert used == table()


def test_an_option_has_its_letter_wherever_it_stands() -> None:
    letters = {name: letter for letter, names in table() for name in names}
    for line, command in commands():
        for short, names in options(command):
            for name in names & letters.keys():
                assert short == {letters[name]}, f"{line} {name}"


READERS = [
    "next",
    "roadmap",
    "path",
    "why",
    "search",
    "list",
    "show",
    "related",
    "compare",
    "define",
    "dispute",
    "notes",
    "log",
    "report",
    "today",
    "help",
    "completion",
    "catalog",
    "config",
    "export",
    "user",
]
READING_PARTS = [
    "plan",
    "show",
    "catalog",
    "validate",
    "stats",
    "freshness",
    "diff",
    "path",
    "user",
    "list",
    "config",
    "list",
    "get",
    "backup",
    "json",
]


def test_every_command_that_writes_can_be_tried() -> None:
    tried = 0
    for line, command in commands():
        first, *part = line.split()
        if (first in READERS and not part) or (part and part[0] in READING_PARTS):
            continue
        names = {name for _, found in options(command) for name in found}
        assert {"--dry-run", "--json"} <= names, line
        assert "--limit" not in names, line
        tried += 1
    assert tried > 30


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("option", ["--count", "--limit", "-n"])
@pytest.mark.parametrize("command", ["next", "list", "search kind:article", "log"])
def test_how_many_are_shown_is_asked_alike(run: Run, command: str, option: str) -> None:
    run("start", "counting-video", "reading-aloud")
    run("know", "reading")
    ran = json.loads(run(*command.split(), option, "1", "--json").out)
    assert len(ran.get("picks") or ran.get("results") or ran.get("commands")) == 1


@pytest.mark.usefixtures("small")
def test_a_list_is_sorted_both_ways(run: Run) -> None:
    def years(order: str) -> list[int]:
        found = json.loads(run("list", "--sort", order, "--json").out)["results"]
        return [work["year"] for work in found if work["year"]]

    assert years("year-") == sorted(years("year+"), reverse=True) == years("year")
    assert years("year+") == sorted(years("year+"))
    asked = json.loads(run("list", "sort:minutes-", "--json").out)
    assert json.loads(run("list", "--sort", "minutes-", "--json").out) == asked


@pytest.mark.parametrize("order", ["yeer", "year--", "-", "relevance"])
def test_an_unknown_order_is_refused_with_those_there_are(run: Run, order: str) -> None:
    ran = run("list", f"--sort={order}", code=2)
    assert ran.err == (
        f"llmpath: --sort cannot be {order!r}.\n  Choose from: roadmap, title, minutes, year,"
        " level; year- has the newest first, year+ the oldest.\n"
    )


def test_a_setting_can_be_negative(run: Run, data: Path) -> None:
    assert run("config", "set", "weight.essential", "-4").out == "weight.essential = -4\n"
    assert "essential = -4.0" in (data / "config.toml").read_text(encoding="utf-8")
    assert run("config", "set", "weight.essential", "-x", code=2).err == (
        "llmpath: weight.essential takes a number, not '-x'.\n"
    )
    assert run("config", "set", "-n", "weight.essential", "-5").out == "weight.essential = -5\n"
    assert run("config", "get", "weight.essential").out == "-4\n"


@pytest.mark.parametrize(
    "line",
    """start 1; done 1; spent 30 1; skip 1; reset 1; open 1; know adding; forget adding
    shaky reading
    goal writing; goal adding --drop; goal --clear; ignore adding counting; heed adding counting
    note reading hm; note --delete 1; undo; redo; place --yes-to adding --save; plan --hours 3
    plan drop; welcome --want writing --know adding --hours 5; config set next.count 3; backup
    user add eve; user use bob; user rename bob bert; user merge bob ada
    user remove bob; doctor --fix""".replace("\n", ";").split(";"),
)
def test_what_is_tried_leaves_everything_as_it_was(
    run: Run, small: Path, data: Path, line: str
) -> None:
    run("user", "add", "bob")
    for done in ("know reading", "start 1", "note reading so", "goal adding", "plan", "skip 2"):
        run("next")
        run(*done.split())
    run("undo")
    before = contents(data, small)
    found = json.loads(run(*line.split(), "-n", "--json").out)
    assert found["dry_run"] is True
    assert contents(data, small) == before
    told = run(*line.split(), "-n").err
    assert told.endswith("Dry run: nothing was changed.\n")
    assert contents(data, small) == before


def contents(data: Path, database: Path) -> tuple[list[str], list[str]]:
    """Return all statements that make the database again, and the files beside it."""
    with closing(sqlite3.connect(database)) as connection:
        rows = [row for row in connection.iterdump() if "_index" not in row]
    return rows, sorted(str(path) for path in data.rglob("*") if "lists" not in path.parts)


@pytest.mark.usefixtures("small")
def test_a_backup_can_be_tried(run: Run, data: Path, tmp_path: Path) -> None:
    ran = run("backup", "-n")
    path = data / "backups" / "llmpath-2026-03-10-183000.db"
    assert ran.out == f"Would back up to: {path}\n"
    assert ran.err == "Dry run: nothing was changed.\n"
    wanted = tmp_path / "mine.db"
    found = json.loads(run("backup", "-n", "-o", str(wanted), "--json").out)
    assert (found["path"], found["sha256"], found["dry_run"]) == (str(wanted), None, True)
    assert not path.parent.exists()
    assert not wanted.exists()


def test_a_repair_can_be_tried(run: Run, small: Path) -> None:
    run("done", "counting-video")
    with sqlite3.connect(small) as connection:
        connection.execute("DELETE FROM progress")
    connection.close()
    ran = run("doctor", "--fix", "-n", code=5)
    told = ran.out
    assert ran.err == "Dry run: nothing was changed.\n"
    assert told.startswith("→ would back up the database first: ")
    assert "\n→ would bring rows in line with the log\n" in told
    assert not list(small.parent.glob("backups/*-before-fix.db"))
    assert "→ brought 1 row in line with the log\n" in run("doctor", "--fix").out
    assert "→" not in run("doctor", "--fix", "-n").out


@pytest.mark.parametrize(
    "group", [name for name, one in COMMANDS.items() if one.target.endswith("app")]
)
def test_a_group_by_itself_does_something_or_prints_its_help(run: Run, group: str) -> None:
    run("goal", "rag")
    ran = run(group)
    assert ran.out
    assert max(map(len, ran.err.splitlines()), default=0) < 100
    if group == "export":
        assert ran.out == run("export", "--help").out


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("group", ["user", "config", "backup", "catalog", "report"])
def test_a_group_by_itself_speaks_json(run: Run, group: str) -> None:
    assert json.loads(run(group, "--json").out)["schema_version"] == 1


@pytest.mark.usefixtures("small")
def test_a_report_is_there_for_programs_too(run: Run, tmp_path: Path) -> None:
    run("done", "counting-video", "--minutes", "9", "--rating", "2")
    run("goal", "word-problems")
    found = json.loads(run("report", "--json").out)
    assert found["topics_passed"] == [{"id": "counting", "title": "Counting", "state": "learned"}]
    assert [(one["id"], one["minutes"], one["rating"]) for one in found["done"]] == [
        ("counting-video", 9, 2)
    ]
    assert [(one["id"], one["passed"], one["total"]) for one in found["goals"]] == [
        ("word-problems", 1, 4)
    ]
    run("report", "--json", "-o", str(tmp_path / "report.json"))
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == found
