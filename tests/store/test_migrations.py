"""Every schema leads to the present one, and what the learner had comes along."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from llmpath.catalog import locate
from llmpath.store.database import migrations, schema, tables
from llmpath.store.database.connection import VERSION, connect
from llmpath.store.database.first_schema import FIRST
from llmpath.store.history import exchange, transfer
from llmpath.store.opening import open_database
from tests.conftest import SMALL, Run
from tests.faults.place import present, replayed

FIXTURES = Path(__file__).parent / "fixtures"
FILES = locate.files(str(SMALL))


def declared(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the SQL of the learners' tables and indexes by name, written alike."""
    return {
        name: alike(sql)
        for name, table, sql in connection.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL"
        )
        if table in tables.LEARNER_TABLES
    }


def alike(sql: str) -> str:
    return re.sub(r"\s+|\"", "", sql)


@pytest.fixture
def first(data: Path) -> Path:
    """A database as the first version that landed has left it."""
    data.mkdir(mode=0o700)
    shutil.copyfile(FIXTURES / "first.db", data / "llmpath.db")
    (data / "llmpath.db").chmod(0o600)  # as llmpath makes it; a checkout has modes of its own
    return data / "llmpath.db"


def test_the_first_schema_is_frozen() -> None:
    connection = sqlite3.connect(f"file:{FIXTURES}/first.db?mode=ro&immutable=1", uri=True)
    made = sqlite3.connect(":memory:")
    for sql in FIRST:
        made.execute(sql)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    first = {"learner", "command", "event", "progress", "topic_mark", "goal", "note", "meta"}
    written = {
        name: alike(sql)
        for name, table, sql in connection.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL"
        )
        if table in first
    }
    assert written == declared(made)
    connection.close()
    made.close()


def test_there_is_a_step_to_each_version() -> None:
    assert sorted(migrations.STEPS) == list(range(2, VERSION + 1))


def test_all_steps_end_in_the_schema_of_a_new_database(first: Path, tmp_path: Path) -> None:
    new = open_database(tmp_path / "new" / "llmpath.db", FILES).connection
    migrated = open_database(first, FILES).connection
    built = sqlite3.connect(":memory:", isolation_level=None)
    migrations.build(built, VERSION)
    assert declared(migrated) == declared(new) == declared(built)
    every = {
        name
        for (name,) in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name in tables.LEARNER_TABLES
    }
    assert every == set(tables.LEARNER_TABLES)
    for connection in (new, migrated, built):
        connection.close()


def test_what_the_first_version_wrote_survives(
    first: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLMPATH_CATALOG", str(SMALL))
    monkeypatch.setenv("LLMPATH_NOW", "2026-03-20T09:00:00+00:00")
    raw = sqlite3.connect(first)
    before = present_of_first(raw)
    raw.close()
    opened = open_database(first, FILES)
    assert opened.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert present_of_first(opened.connection) == before
    rows = present(opened.connection)
    assert replayed(opened.connection) == rows
    opened.connection.close()
    assert run("redo").out == "Redone: skip Writing it down\n"
    assert run("undo").out == "Undone: skip Writing it down\n"
    run("undo", "99")
    run("redo", "99")
    run("undo", "2")
    assert run("doctor").code == 0


def present_of_first(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return what stood in the tables of the first version, by its columns."""
    columns = {
        "learner": "id, name, created_at, removed_at",
        "command": "seq, learner_id, at, local_date, action, summary, standing",
        "progress": "learner_id, resource_id, status, started_at, finished_at, minutes, rating",
        "topic_mark": "learner_id, topic_id, mark, marked_at",
        "goal": "learner_id, topic_id, set_at",
        "note": "id, learner_id, number, target, body, created_at, updated_at",
    }
    return {
        table: sorted(connection.execute(f"SELECT {names} FROM {table}"), key=repr)
        for table, names in columns.items()
    }


def test_an_export_of_the_first_version_is_read(first: Path, run: Run, tmp_path: Path) -> None:
    opened = open_database(first, FILES)
    wanted = transfer.export(opened.connection).tables
    opened.connection.close()
    assert transfer.load(FIXTURES / "first.json").tables == wanted
    first.unlink()
    run("import", str(FIXTURES / "first.json"), "--replace")
    connection, _ = connect(first)
    assert transfer.export(connection).tables == wanted
    connection.close()


def test_an_older_export_takes_the_steps_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it will be when there is a later schema."""

    def step(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE goal ADD COLUMN why VARCHAR DEFAULT 'because'")

    for module in ("database.connection", "database.migrations", "opening", "history.transfer"):
        monkeypatch.setattr(f"llmpath.store.{module}.VERSION", VERSION + 1)
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, VERSION + 1: step})
    document = transfer.load(FIXTURES / "first.json")
    assert document.schema == VERSION + 1
    assert {row["why"] for row in document.tables["goal"]} == {"because"}


def test_a_newer_export_is_refused(tmp_path: Path, run: Run, small: Path) -> None:
    text = (FIXTURES / "first.json").read_text(encoding="utf-8")
    for old, new in (('"schema": 1', '"schema": 99'), ('"version": 1', '"version": 99')):
        (tmp_path / "new.json").write_text(text.replace(old, new), encoding="utf-8")
        assert (
            "was written by a newer llmpath"
            in run("import", str(tmp_path / "new.json"), code=4).err
        )
    assert exchange.FORMAT_VERSION == 1


def test_the_statements_are_those_of_the_declaration() -> None:
    made = sqlite3.connect(":memory:", isolation_level=None)
    for sql in schema.learner_statements():
        made.execute(sql)
    built = sqlite3.connect(":memory:", isolation_level=None)
    migrations.build(built, VERSION)
    assert declared(made) == declared(built)
    made.close()
    built.close()
