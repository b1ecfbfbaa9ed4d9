"""What an import takes from a file: days that are days, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmpath.store.history import transfer
from tests.conftest import Ran, Run

pytestmark = pytest.mark.usefixtures("small")


def imported_with(run: Run, folder: Path, table: str, column: str, value: str) -> Ran:
    """Export all there is, and import it with another *value* in the first row of *table*."""
    file = folder / "all.json"
    run("export", "json", "-o", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["tables"][table][0][column]
    document["tables"][table][0][column] = value
    file.write_text(json.dumps(document), encoding="utf-8")
    return run("import", str(file), code=4)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("goal", "until", "soon"),
        ("goal", "until", "20270301"),
        ("plan", "until", "2027-02-30"),
        ("plan", "off", "never..ever"),
        ("plan", "off", "2026-12-21"),
        ("plan", "off", "2027-01-03..2026-12-21"),
        ("plan", "off", "0001-01-01..9999-12-31"),
        ("sitting", "day", "2026-3-10"),
    ],
)
def test_a_day_that_is_none_is_refused_with_its_place(
    run: Run, tmp_path: Path, table: str, column: str, value: str
) -> None:
    run("goal", "adding", "--by", "2026-04-01")
    run("plan", "--hours", "5", "--by", "2026-04-01", "--off", "2026-03-20..2026-03-21", "--yes")
    run("spent", "30", "counting-video")
    ran = imported_with(run, tmp_path, table, column, value)
    assert f"tables.{table}[0].{column} " in ran.err
    assert run("doctor", "--quick").code == 0


def test_goals_days_off_and_sittings_come_back_as_they_went(run: Run, tmp_path: Path) -> None:
    run("goal", "adding", "--by", "2026-04-01")
    run("goal", "reading", "--first")
    run("plan", "--hours", "5", "--off", "2026-03-20..2026-03-21")
    run("spent", "30", "counting-video", "--on", "yesterday")
    file = tmp_path / "all.json"
    run("export", "json", "-o", str(file))
    before = [run(*words, "--json").out for words in (("goal",), ("plan", "show"), ("log",))]
    run("import", str(file), "--replace")
    after = [run(*words, "--json").out for words in (("goal",), ("plan", "show"), ("log",))]
    assert after == before


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("command", "at", "9999-12-31T23:59:59+00:00"),
        ("command", "at", "0001-01-01T00:00:00+00:00"),
        ("command", "local_date", "9999-12-31"),
        ("goal", "until", "9999-12-31"),
        ("goal", "until", "0001-01-01"),
        ("sitting", "day", "0001-01-01"),
        ("sitting", "logged_at", "2200-01-01T00:00:00+00:00"),
    ],
)
def test_a_year_that_no_clock_gives_is_refused(
    run: Run, tmp_path: Path, table: str, column: str, value: str
) -> None:
    run("goal", "adding", "--by", "2026-04-01")
    run("spent", "30", "counting-video")
    ran = imported_with(run, tmp_path, table, column, value)
    said = "is before 1970, or at the end of the calendar"  # what is ahead may be far
    if column != "until":
        said = "is not within the years 1970 to 2199"
    assert f"tables.{table}[0].{column} {said}." in ran.err


ROW = {
    "finished_at": None,
    "minutes": None,
    "rating": 4,
    "started_at": None,
    "status": "done",
    "updated_at": "2026-03-10T18:30:00+00:00",
}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("x", "said is not a JSON object"),
        ({"after": ROW}, "said does not give a row before and after"),
        ({"before": None, "after": 5}, "said does not give a row before and after"),
        ({"before": None, "after": {}}, "these are not the columns of progress"),
        ({"before": None, "after": {**ROW, "more": 1}}, "these are not the columns of progress"),
        ({"before": {**ROW, "status": None}, "after": ROW}, "status must not be null"),
        ({"before": ROW, "after": {**ROW, "minutes": "5"}}, "minutes is not a 64-bit whole number"),
        ({"before": ROW, "after": {**ROW, "updated_at": "now"}}, "updated_at is not a time"),
        ({"before": ROW, "after": {**ROW, "learner_id": "eve"}}, "belongs to another learner"),
        ({"before": ROW, "after": {"status": "done"}}, "updated_at must not be null"),
    ],
)
def test_what_a_command_said_is_held_against_the_tables_as_well(
    run: Run, tmp_path: Path, said: object, wrong: str
) -> None:
    run("done", "counting-video")
    file = tmp_path / "all.json"
    run("export", "json", "-o", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    (event,) = document["tables"]["event"]
    event["said"] = said if isinstance(said, str) else json.dumps(said)
    file.write_text(json.dumps(document), encoding="utf-8")
    ran = run("import", str(file), code=4)
    assert f"tables.event[0]{'.' if wrong.startswith('said') else ''}" in ran.err
    assert wrong in ran.err


@pytest.mark.parametrize("change", [{"rating": 9}, {"status": "finished"}, {"minutes": -5}])
def test_what_a_command_said_cannot_break_the_rules_of_a_table(
    run: Run, tmp_path: Path, change: dict[str, object]
) -> None:
    run("done", "counting-video")
    file = tmp_path / "all.json"
    run("export", "json", "-o", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    (event,) = document["tables"]["event"]
    event["said"] = json.dumps({"before": None, "after": {**ROW, **change}})
    file.write_text(json.dumps(document), encoding="utf-8")
    before = run("log", "--json").out
    run("import", str(file), code=4)
    assert run("log", "--json").out == before
    assert run("doctor").code == 0


def test_another_terminal_waits_until_an_import_is_through(
    run: Run, process: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "counting", "base")
    file = tmp_path / "one.json"
    run("export", "json", "-o", str(file))
    run("note", "counting", "later")
    real = transfer._write

    def write(*arguments: Any) -> None:
        # A backup has been made meanwhile; closing it must not have let go of the lock.
        process("next")
        assert "has been writing" in process("note", "counting", "another terminal", code=5).err
        real(*arguments)

    monkeypatch.setattr(transfer, "_write", write)
    run("import", str(file), "--replace")
    assert "later" not in run("notes").out


def test_what_comes_through_a_pipe_is_called_stdin(process: Run) -> None:
    process("note", "counting", "one")
    exported = process("export", "json").out
    assert process("import", "-", stdin=exported).out == "stdin contains nothing new.\n"
    assert process("import", "-", stdin="{", code=4).err.startswith("llmpath: stdin:1:2: not valid")
