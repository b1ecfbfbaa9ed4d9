"""Opening the database: made whole, refused untouched."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from llmpath.catalog import locate
from llmpath.errors import DatabaseTrouble, InvalidFile
from llmpath.store import creation
from llmpath.store.catalog import resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.database import connection as connection_module
from llmpath.store.database import migrations
from llmpath.store.database.connection import VERSION, connect, transaction
from llmpath.store.database.failures import explain
from llmpath.store.opening import open_database
from tests.conftest import SMALL, Run

FILES = locate.files(str(SMALL))


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_first_command_makes_a_private_database_and_says_where(data: Path) -> None:
    path = data / "llmpath.db"
    opened = open_database(path, FILES)
    assert opened.messages == (f"Your study database is {path}",)
    assert opened.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert opened.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert opened.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    opened.connection.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [one.name for one in data.iterdir()] == ["llmpath.db"]


def test_two_first_commands_at_once_make_one_database(data: Path, home: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from llmpath.catalog import locate\n"
        "from llmpath.store.opening import open_database\n"
        "files = locate.files(sys.argv[2]); sys.stdin.read(1)\n"
        "opened = open_database(Path(sys.argv[1]), files)\n"
        "print(opened.connection.execute('SELECT count(*) FROM resource').fetchone()[0])\n"
    )
    command = [sys.executable, "-c", code, str(data / "llmpath.db"), str(SMALL)]
    pipe = subprocess.PIPE
    runs = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(3)]
    for run in runs:  # let all of them go at the same moment
        assert run.stdin
        run.stdin.write(b".")
        run.stdin.flush()
    ended = [run.communicate() for run in runs]
    assert ended == [(b"9\n", b"")] * 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty, not a study database; it was left as it is."),
        (b"dear diary\n" * 100, "is damaged; it was left as it is."),
    ],
)
def test_what_is_no_database_is_refused_untouched(data: Path, content: bytes, message: str) -> None:
    data.mkdir()
    path = data / "llmpath.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseTrouble) as caught:
        open_database(path, FILES)
    assert caught.value.message == f"{path} {message}"
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_untouched(data: Path) -> None:
    data.mkdir()
    path = data / "llmpath.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE cats (name)")
    other.commit()
    other.close()
    before = fingerprint(path)
    with pytest.raises(DatabaseTrouble, match="is not a study database"):
        open_database(path, FILES)
    assert fingerprint(path) == before


def test_a_newer_database_is_refused_untouched(small: Path) -> None:
    newer = sqlite3.connect(small)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = fingerprint(small)
    with pytest.raises(DatabaseTrouble, match=r"newer llmpath \(schema 99, this one knows"):
        open_database(small, FILES)
    assert fingerprint(small) == before


def test_a_first_command_with_a_faulty_catalog_makes_no_database(
    data: Path, tmp_path: Path
) -> None:
    shutil.copytree(SMALL, tmp_path / "faulty")
    (tmp_path / "faulty" / "roadmap.yaml").write_text("tracks: [", encoding="utf-8")
    with pytest.raises(InvalidFile):
        open_database(data / "llmpath.db", locate.files(str(tmp_path / "faulty")))
    assert not data.exists()


@pytest.fixture
def catalog(tmp_path: Path) -> locate.Files:
    """A copy of the small catalog that a test may change."""
    shutil.copytree(SMALL, tmp_path / "catalog")
    return locate.files(str(tmp_path / "catalog"))


def titles(connection: sqlite3.Connection) -> list[str]:
    return [work.title for work in resources.select(connection, "", Selection())]


def test_a_changed_catalog_is_synced(small: Path, catalog: locate.Files) -> None:
    text = catalog.resources.read_text(encoding="utf-8")
    catalog.resources.write_text(text.replace("Adding by carrying", "Sums on paper"), "utf-8")
    opened = open_database(small, catalog)
    assert opened.messages == ()
    assert "Sums on paper" in titles(opened.connection)
    found = opened.connection.execute(
        "SELECT rowid FROM resource_index WHERE resource_index MATCH 'title: carrying'"
    ).fetchall()
    assert found == []
    opened.connection.close()


def test_a_map_has_the_minutes_of_core_resources_alone(small: Path, catalog: locate.Files) -> None:
    text = catalog.resources.read_text(encoding="utf-8")
    assert text.count("minutes: 600") == 1  # the second of a topic's core
    catalog.resources.write_text(text.replace("    minutes: 600\n", ""), encoding="utf-8")
    connection = open_database(small, catalog).connection
    found = resources.minutes(connection)
    connection.close()
    assert found == {
        "counting-video": 30,
        "counting-book": 0,
        "adding-article": 15,
        "adding-paper": 60,
        "reading-notes": 20,
        "reading-course": 1200,
        "writing-guide": 45,
        "word-problems-notebook": 90,
    }


def test_touching_the_files_changes_nothing_but_the_signature(
    small: Path, catalog: locate.Files
) -> None:
    opened = open_database(small, catalog)
    before = dict(opened.connection.execute("SELECT key, value FROM catalog_state"))
    opened.connection.close()
    catalog.roadmap.touch()
    opened = open_database(small, catalog)
    after = dict(opened.connection.execute("SELECT key, value FROM catalog_state"))
    opened.connection.close()
    assert after["hash"] == before["hash"]
    assert after["signature"] != before["signature"]


@pytest.mark.parametrize("fault", ["missing", "broken", "half"])
def test_the_last_good_catalog_stays_in_use(small: Path, catalog: locate.Files, fault: str) -> None:
    open_database(small, catalog).connection.close()
    text = catalog.roadmap.read_text(encoding="utf-8")
    if fault == "missing":
        catalog.roadmap.unlink()
        says = f"The catalog cannot be read (its files are missing in {catalog.roadmap.parent});"
    elif fault == "broken":
        catalog.roadmap.write_text(text.replace("module: sums", "module: sumz"), "utf-8")
        says = "The catalog has errors;"
    else:
        catalog.roadmap.write_text(text[: len(text) // 2], "utf-8")
        says = "The catalog has errors;"
    opened = open_database(small, catalog)
    assert opened.messages[0].startswith(says + " the last good one stays in use")
    assert len(titles(opened.connection)) == 9
    opened.connection.close()


def test_progress_follows_a_renamed_resource_and_survives_a_removed_one(
    small: Path, catalog: locate.Files
) -> None:
    opened = open_database(small, catalog)
    opened.connection.execute(
        "INSERT INTO learner (id, name, created_at, removed_at) VALUES ('l', 'Lea', 'now', NULL)"
    )
    for resource in ("adding-article", "writing-guide"):
        opened.connection.execute(
            "INSERT INTO progress VALUES ('l', ?, 'done', NULL, NULL, NULL, NULL, 'now')",
            (resource,),
        )
    opened.connection.close()
    text = catalog.resources.read_text(encoding="utf-8")
    text = text.replace("id: adding-article", "id: carrying\n    former_ids: [adding-article]")
    text = text[: text.index("  - id: writing-guide")]
    catalog.resources.write_text(text, "utf-8")
    plan = catalog.roadmap.read_text(encoding="utf-8")
    plan = plan.replace("[adding-article,", "[carrying,").replace("    core: [writing-guide]\n", "")
    catalog.roadmap.write_text(plan, "utf-8")
    opened = open_database(small, catalog)
    kept = opened.connection.execute("SELECT resource_id FROM progress ORDER BY 1").fetchall()
    opened.connection.close()
    assert kept == [("carrying",), ("writing-guide",)]


def test_a_migration_backs_up_steps_and_is_all_or_nothing(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE learner ADD COLUMN motto TEXT")

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half_way (x)")
        raise RuntimeError("interrupted")

    now, newest = VERSION, VERSION + 2
    for module in ("database.connection", "opening", "database.migrations"):
        monkeypatch.setattr(f"llmpath.store.{module}.VERSION", newest)
    monkeypatch.setattr(migrations, "STEPS", {now + 1: add, newest: fail})
    with pytest.raises(RuntimeError):
        open_database(small, FILES)
    raw = sqlite3.connect(small)
    assert raw.execute("PRAGMA user_version").fetchone() == (now,)
    assert "motto" not in {row[1] for row in raw.execute("PRAGMA table_info(learner)")}
    assert raw.execute("SELECT name FROM sqlite_master WHERE name = 'half_way'").fetchall() == []
    raw.close()

    monkeypatch.setattr(migrations, "STEPS", {now + 1: add, newest: lambda connection: None})
    opened = open_database(small, FILES)
    backup = small.with_name(f"llmpath-before-version-{newest}-from-{now}.db")
    assert opened.messages == (f"Upgraded the database; the old one is kept at {backup}",)
    assert opened.connection.execute("PRAGMA user_version").fetchone() == (newest,)
    opened.connection.close()
    old = sqlite3.connect(backup)
    assert old.execute("PRAGMA user_version").fetchone() == (now,)
    assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    old.close()


def test_a_locked_database_is_waited_for_then_told_of(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(small, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("llmpath.store.database.connection.PATIENCE", 0.05)
    opened = open_database(small, FILES)
    with (
        pytest.raises(sqlite3.OperationalError) as caught,
        transaction(opened.connection),
    ):
        pass
    holder.execute("ROLLBACK")
    told = explain(caught.value, small)
    assert told.exit_code == 5
    assert told.message.startswith(f"Another program has been writing to {small} for over")
    opened.connection.close()
    holder.close()


def test_what_a_killed_first_command_left_goes_a_day_later(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = small.with_name(f".{small.name}.0123456789abcdef.new")
    left.write_bytes(b"the same file under its first name")
    run("next")
    run("know", "counting")
    assert left.exists()  # somebody may still be at it
    os.utime(left, (0, 0))
    run("undo")
    monkeypatch.setenv("LLMPATH_NOW", "2026-03-11T09:00:00+00:00")
    run("know", "counting")
    assert not left.exists()


def test_a_commit_reaches_the_disk_itself_on_a_mac_too(small: Path) -> None:
    connection, _ = connect(small)
    found = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "fullfsync", "checkpoint_fullfsync")
    ]
    connection.close()
    assert found == [2, 1, 1]


def test_a_disk_that_fills_within_a_transaction_is_told_as_that(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = connection_module.be_durable

    def tight(connection: sqlite3.Connection) -> None:
        real(connection)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    run("note", "counting", "small")
    monkeypatch.setattr(connection_module, "be_durable", tight)
    ran = run("note", "counting", "x" * 100_000, code=5)
    assert ran.err.splitlines()[0] == (
        f"llmpath: Cannot write to {small}: the disk is full or failing."
    )
    trial = run("note", "counting", "x" * 100_000, "-n", code=5)
    assert "the disk is full" in trial.err
    monkeypatch.setattr(connection_module, "be_durable", real)
    run("note", "counting", "one more")


def test_a_new_database_is_built_in_one_file(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.unlink()
    real = creation.sync.rebuild
    seen: list[bool] = []

    def rebuild(connection: sqlite3.Connection, *given: Any) -> None:
        real(connection, *given)
        (path,) = [row[2] for row in connection.execute("PRAGMA database_list")]
        seen.append(Path(f"{path}-wal").exists())  # what does not fit in the end stays in it

    monkeypatch.setattr(creation.sync, "rebuild", rebuild)
    creation.create(small, FILES)
    assert seen == [False]
    connection = sqlite3.connect(small)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
