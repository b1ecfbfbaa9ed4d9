"""Numbers of commands: there is always a next one, or they are brought down so that there is."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.errors import DatabaseTrouble
from llmpath.store.history.merge import merge
from llmpath.store.history.numbers import HIGHEST, LAST, LATEST_SECOND, lowered, number
from tests.conftest import NOW, Run
from tests.store.machines import Machine, when
from tests.store.test_merge import learned

TOO_HIGH = LAST - (1 << 40)  # room for some hundred commands


@pytest.mark.parametrize("at", ["1970-01-01", "2026-11-27", "2106-02-07", "2199-12-31"])
def test_any_clock_leaves_room_for_billions_of_commands(at: str) -> None:
    last = 0
    for _ in range(10_000):
        now = number(f"{at}T06:28:15+00:00", last)
        assert now > last
        last = now
    assert last < HIGHEST
    assert (HIGHEST - ((LATEST_SECOND + 1) << 31)) >> 24 > 5_000_000_000
    assert (LAST - HIGHEST) >> 24 > 5_000_000_000


def test_where_no_number_is_left_that_is_said_with_the_way_out() -> None:
    with pytest.raises(DatabaseTrouble, match="so high") as raised:
        number("2026-11-27T18:00:00+00:00", LAST)
    assert raised.value.hint.endswith("llmpath doctor --fix")


@given(st.lists(st.integers(1, LAST)), st.lists(st.integers(HIGHEST + 1, LAST), min_size=1))
def test_numbers_are_brought_down_in_their_order(low: list[int], high: list[int]) -> None:
    given_ = sorted({*low, *high})
    lower = lowered(given_)
    after = [lower.get(one, one) for one in given_]
    assert after == sorted(set(after))
    assert max(after) < HIGHEST
    assert not lowered(after)
    assert all(new <= old for old, new in lower.items())


@given(st.lists(st.integers(HIGHEST >> 20, LAST >> 20), unique=True), st.data())
def test_a_number_becomes_the_same_whatever_else_there_is(
    steps: list[int], data: st.DataObject
) -> None:
    numbers = [LAST, *((step << 20) + 1 for step in steps)]
    some = [LAST, *(one for one in numbers if data.draw(st.booleans()))]
    all_of_it, part = lowered(numbers), lowered(some)
    assert part.items() <= all_of_it.items()


def raised(machine: Machine) -> None:
    """Let all numbers of a machine be as an old clock of 2106 gave them."""
    connection = machine.connection
    seqs = [seq for (seq,) in connection.execute("SELECT seq FROM command ORDER BY seq DESC")]
    up = TOO_HIGH - max(seqs) if seqs else 0
    for seq in seqs:
        connection.execute("UPDATE command SET seq = ? WHERE seq = ?", (seq + up, seq))
    connection.execute("UPDATE event SET command_seq = command_seq + ?", (up,))
    machine.words = {seq + up: words for seq, words in machine.words.items()}


def test_merging_brings_numbers_down_and_doubles_nothing() -> None:
    one, two = Machine(), Machine()
    for minute, what in enumerate(("done", "note", "goal", "spent")):
        one.take(what, 0, minute)
    raised(one)
    two.receive(one.tables)
    fixed = merge(one.tables, two.tables, {})
    assert not fixed.changed
    assert len(fixed.tables["command"]) == 4
    assert max(row["seq"] for row in fixed.tables["command"]) < HIGHEST
    two.take("note", 1, 4)
    one.take("note", 2, 5)
    here, there = merge(one.tables, two.tables, {}), merge(two.tables, one.tables, {})
    assert learned(here.tables) == learned(there.tables)
    assert len(here.tables["command"]) == 6
    assert sorted(row["number"] for row in here.tables["note"]) == [1, 2, 3]


def in_database(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        with connection:
            return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def test_doctor_finds_numbers_that_leave_no_room_and_brings_them_down(
    run: Run, small: Path, tmp_path: Path
) -> None:
    run("done", "counting-video", "--minutes", "5")
    run("note", "counting", "one")
    run("undo")
    last = LAST - 5
    ((high,),) = in_database(small, "SELECT max(seq) FROM command")
    in_database(small, "UPDATE command SET seq = ? WHERE seq = ?", last, high)
    in_database(small, "UPDATE event SET command_seq = ? WHERE command_seq = ?", last, high)
    key = json.dumps({"turn": LAST - 1})
    in_database(small, "UPDATE event SET key = ? WHERE entity = 'command'", key)

    ran = run("note", "counting", "two", code=5)
    assert "Bring it down with: llmpath doctor --fix" in ran.err
    file = tmp_path / "high.json"
    run("export", "json", "-o", str(file))
    assert "run llmpath doctor --fix and export again" in run("import", str(file), code=4).err
    assert "2 numbers so high that few commands can follow" in run("doctor", code=5).out

    assert "would bring down 2 numbers" in run("doctor", "--fix", "-n", code=5).out
    assert "brought down 2 numbers of commands" in run("doctor", "--fix").out
    assert run("doctor").code == 0
    run("redo")
    run("note", "counting", "two")
    notes = json.loads(run("notes", "--json").out)["notes"]
    assert [note["body"] for note in notes] == ["one", "two"]
    run("undo", "9")
    run("redo", "9")
    run("export", "json", "-o", str(file))
    assert "nothing new" in run("import", str(file)).out


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("command", "seq", HIGHEST + 1), ("command", "seq", -4), ("event", "key", '{"turn": %d}')],
)
def test_a_file_that_would_use_up_the_numbers_is_refused(
    run: Run, small: Path, tmp_path: Path, table: str, column: str, value: object
) -> None:
    run("done", "counting-video")
    run("undo")
    file = tmp_path / "all.json"
    run("export", "json", "-o", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    rows = document["tables"][table]
    row = next(row for row in rows if table == "command" or row["entity"] == "command")
    row[column] = value % (HIGHEST + 1) if isinstance(value, str) else value
    if table == "command":
        for event in document["tables"]["event"]:
            event["command_seq"] = value
    file.write_text(json.dumps(document), encoding="utf-8")
    ran = run("import", str(file), code=4)
    said = "is not the number of a command" if value == -4 else "leaves no room for later commands"
    assert f"tables.{table}[{rows.index(row)}].{column} {said}." in ran.err
    run("note", "counting", "still")


def test_a_machine_whose_clock_is_years_ahead_is_merged(run: Run, small: Path) -> None:
    one, two = Machine(29_000), Machine()
    one.take("start", 0, 1)
    two.receive(one.tables)
    two.take("done", 0, 2)
    one.receive(two.tables)
    assert [row["status"] for row in one.tables["progress"]] == ["done"]
    assert when(0, 29_000).at > "2105"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Lima"])
def test_a_clock_in_no_year_of_ours_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, at: str, zone: str
) -> None:
    monkeypatch.setenv("LLMPATH_NOW", at)
    monkeypatch.setenv("TZ", zone)
    ran = run("note", "counting", "one", code=2)
    assert ran.err.endswith(
        f"llmpath: The clock says {at[:10]}, which is not between 1970 and 2199.\n"
        "  Set this computer's clock, or LLMPATH_NOW, and try again.\n"
    )


def test_what_is_dated_at_the_end_of_the_calendar_is_shown_and_found(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "counting", "one")
    in_database(small, "UPDATE command SET at = '9999-12-31T23:59:59+00:00'")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert "9999-12-31 23:59" in run("log").out
    run("report")
    assert "command.at has 9999-12-31" in run("doctor", code=5).out


def test_an_id_from_elsewhere_never_becomes_a_path(run: Run, small: Path, tmp_path: Path) -> None:
    run("note", "counting", "one")
    (small.parent / "lists" / "up").mkdir(parents=True, exist_ok=True)
    evil = "up/../../../evil"
    for table, column in (("learner", "id"), ("command", "learner_id"), ("note", "learner_id")):
        in_database(small, f"UPDATE {table} SET {column} = ?", evil)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    run("next")
    run("next", "--json")
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert all(path.parent == small.parent / "lists" for path in new if "evil" in path.name)
    assert not list(tmp_path.rglob("evil*"))
    assert "a learner has the id 'up/../../../evil'" in run("doctor", code=5).out
    assert NOW
