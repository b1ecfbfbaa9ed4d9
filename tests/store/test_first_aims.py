"""What was written before goals and plans had an aim goes on without one."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from llmpath.catalog import locate
from llmpath.store.database import migrations
from llmpath.store.database.connection import VERSION
from llmpath.store.history import transfer
from llmpath.store.opening import open_database
from tests.conftest import SMALL, Edition, Run
from tests.editions import SECOND
from tests.faults.place import present, replayed

FIXTURES = Path(__file__).parent / "fixtures"
LATER = "2026-03-20T09:00:00+00:00"


@pytest.fixture
def first(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as the first version left it: ada has a goal, and has undone another."""
    data.mkdir(mode=0o700)
    shutil.copyfile(FIXTURES / "first.db", data / "llmpath.db")
    (data / "llmpath.db").chmod(0o600)
    monkeypatch.setenv("LLMPATH_CATALOG", str(SMALL))
    monkeypatch.setenv("LLMPATH_NOW", LATER)
    return data / "llmpath.db"


@pytest.fixture
def second(data: Path) -> Iterator[sqlite3.Connection]:
    """The learners' tables as they were in version 2, in memory, with a goal and a plan."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.build(connection, 2)
    connection.execute(
        "INSERT INTO learner (id, name, created_at) VALUES ('a', 'ada', '2026-03-10')"
    )
    connection.execute("INSERT INTO goal VALUES ('a', 'adding', '2026-03-11')")
    connection.execute(
        "INSERT INTO plan VALUES"
        " ('a', 'adding', 'deep', 5.0, NULL, 1.5, '2026-03-10', '2026-03-11')"
    )
    yield connection
    connection.close()


def goals(run: Run) -> dict[str, str]:
    return {row["id"]: row["aim"] for row in json.loads(run("goal", "--json").out)["goals"]}


def sound(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        return present(connection) == replayed(connection)
    finally:
        connection.close()


def test_the_third_step_keeps_every_column_and_adds_an_aim(second: sqlite3.Connection) -> None:
    migrations.advance(second, 2, 3)
    assert second.execute("SELECT * FROM goal").fetchall() == [("a", "adding", "2026-03-11", None)]
    assert second.execute("SELECT * FROM plan").fetchall() == [
        ("a", "adding", "deep", 5.0, None, 1.5, "2026-03-10", "2026-03-11", None)
    ]
    for table in ("goal", "plan"):
        second.execute(f"UPDATE {table} SET aim = 'use'")
        with pytest.raises(sqlite3.IntegrityError):
            second.execute(f"UPDATE {table} SET aim = 'know'")


def test_a_goal_of_before_has_the_aim_of_its_track(first: Path, run: Run, edition: Edition) -> None:
    assert goals(run) == {"word-problems": "understand"}
    edition(*SECOND)
    assert goals(run) == {"word-problems": "use"}
    assert run("path").out.splitlines()[1] == "To use it: 1 topic, 1.5 h"
    assert run("doctor").code == 0
    assert sound(first)


def test_goals_whose_events_have_no_aim_are_undone_and_redone(first: Path, run: Run) -> None:
    run("redo", "9")
    assert goals(run) == {"word-problems": "understand", "counting": "understand"}
    run("undo", "99")
    assert goals(run) == {}
    assert sound(first)
    run("redo", "99")
    assert goals(run) == {"word-problems": "understand", "counting": "understand"}
    assert sound(first)
    assert run("doctor").code == 0


def test_a_goal_of_before_gets_an_aim_and_loses_it_by_undo(first: Path, run: Run) -> None:
    changed = json.loads(run("goal", "word-problems", "--aim", "use", "--json").out)["changed"]
    assert [(one["before"]["aim"], one["after"]["aim"]) for one in changed] == [(None, "use")]
    assert changed[0]["after"]["set_at"] == "2026-03-11T18:04:00+00:00"
    assert goals(run) == {"word-problems": "use"}
    run("undo")
    assert goals(run) == {"word-problems": "understand"}
    run("redo")
    assert goals(run) == {"word-problems": "use"}
    run("undo", "99")
    assert goals(run) == {}
    assert sound(first)
    assert run("doctor").code == 0


def test_doctor_mends_rows_from_events_of_before(first: Path, run: Run) -> None:
    run("next")
    connection = sqlite3.connect(first)
    connection.execute("DELETE FROM goal")
    connection.commit()
    connection.close()
    assert run("doctor", code=5).code == 5
    run("doctor", "--fix")
    assert goals(run) == {"word-problems": "understand"}
    assert sound(first)


@pytest.mark.parametrize("how", ["--merge", "--replace"])
def test_an_export_of_before_is_taken_in(first: Path, run: Run, how: str) -> None:
    first.unlink()
    run("import", str(FIXTURES / "first.json"), how)
    assert goals(run) == {"word-problems": "understand"}
    assert sound(first)
    again = json.loads(run("import", str(FIXTURES / "first.json"), "--json").out)
    assert not again["changed"]
    run("goal", "word-problems", "--aim", "use")
    run("import", str(FIXTURES / "first.json"))
    assert goals(run) == {"word-problems": "use"}  # the later word
    assert run("doctor").code == 0


def test_an_export_of_the_second_version_is_taken_in(
    second: sqlite3.Connection, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLMPATH_CATALOG", str(SMALL))
    run("goal", "adding")
    run("plan", "--to", "adding", "--hours", "5")
    file = tmp_path / "second.json"
    run("export", "json", "-o", str(file))
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert document["schema"] == VERSION
    document["schema"] = 2
    assert document["tables"].pop("sitting") == []
    later = {
        "goal": ("aim", "until", "place"),
        "plan": ("aim", "off"),
        "event": ("said",),
        "learner": ("same_as",),
    }
    for table, columns in later.items():
        for row in document["tables"][table]:
            assert [row.pop(name) for name in columns] == [None] * len(columns)
    for event in document["tables"]["event"]:
        for side in ("before", "after"):
            if event["entity"] in later and event[side]:
                values = json.loads(event[side])
                for name in later[event["entity"]]:
                    del values[name]
                event[side] = json.dumps(values)
    file.write_text(json.dumps(document), encoding="utf-8")
    assert {row["aim"] for row in transfer.load(file).tables["plan"]} == {None}
    run("import", str(file), "--replace")
    assert goals(run) == {"adding": "understand"}
    assert json.loads(run("plan", "show", "--json").out)["aim"] is None
    run("undo", "2")
    assert goals(run) == {}
    run("redo", "2")
    assert json.loads(run("plan", "show", "--json").out)["goals"] == ["adding"]
    assert run("doctor").code == 0


def test_what_the_first_version_had_passed_stays_passed_in_a_catalog_that_asks_for_more(
    first: Path, run: Run, edition: Edition
) -> None:
    edition(
        *SECOND,
        (
            "core: [counting-video, counting-book]\n",
            "core: [counting-video, counting-book]\n    enough: 2\n",
        ),
    )
    assert "Counting now takes more; it stays passed.\n" in run("next").err
    assert json.loads(run("show", "counting", "--json").out)["state"] == "known"
    assert sound(first)
    run("undo", "99")
    assert sound(first)
    assert run("doctor").code == 0


def test_the_database_before_the_step_is_kept_whole(first: Path) -> None:
    before = sqlite3.connect(first)
    wanted = before.execute("SELECT * FROM goal").fetchall()
    before.close()
    open_database(first, locate.files(str(SMALL))).connection.close()
    (kept,) = first.parent.glob(f"llmpath-before-version-{VERSION}-from-1*.db")
    after = sqlite3.connect(kept)
    assert after.execute("SELECT * FROM goal").fetchall() == wanted
    after.close()
