"""What is damaged is told from what is in use or in the way, and what is no backup from one."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from llmpath.errors import DatabaseTrouble, RefusedDatabase
from llmpath.store.database import connection as connecting
from llmpath.store.database import failures
from llmpath.store.database.failures import explain
from llmpath.store.health import soundness
from tests.conftest import Run
from tests.rights import without_rights
from tests.store.test_health import change, findings, used

__all__ = ["used"]  # the fixture
FIXTURES = Path(__file__).parent / "fixtures"


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the database at *path* for oneself, as another program would."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock."""
    monkeypatch.setattr(connecting, "PATIENCE", 0.01)


@pytest.mark.usefixtures("hasty")
def test_a_database_in_use_is_not_called_damaged(run: Run, used: Path) -> None:
    run("backup")
    with held(used):
        found = findings(run, code=5)["database"]
        assert found["seen"].startswith(f"Another program has been writing to {used} for over")
        assert found["remedy"] == "Nothing was changed. Try again when it is done."
        assert findings(run, "--fix", code=5)["database"] == found
        ran = run("restore", "2026-03-10-183000", code=5)
        assert ran.err.startswith("llmpath: Another program has been writing to")
    assert findings(run, code=0)["database"]["well"]


@pytest.mark.usefixtures("hasty")
def test_a_file_system_without_locks_is_named(
    run: Run, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "lockf", refuse)
    with held(used):  # which is what SQLite takes missing locks for
        found = findings(run, code=5)["database"]
    assert found["seen"].startswith(f"The file system of {used.parent} has no file locks")
    assert found["remedy"].endswith("Set LLMPATH_HOME to a folder on a local disk.")
    assert sorted(one.name for one in used.parent.iterdir()) == ["llmpath.db"]


def error(name: str) -> sqlite3.OperationalError:
    made = sqlite3.OperationalError("words of SQLite")
    made.sqlite_errorname = name
    return made


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SQLITE_BUSY", "Another program has been writing"),
        ("SQLITE_BUSY_SNAPSHOT", "Another program has been writing"),
        ("SQLITE_PROTOCOL", "Another program has been writing"),
        ("SQLITE_IOERR_LOCK", "Another program has been writing"),
        ("SQLITE_IOERR_READ", "the disk reports an error"),
        ("SQLITE_IOERR_CORRUPTFS", "the disk reports an error"),
        ("SQLITE_IOERR_WRITE", "the disk is full or failing"),
        ("SQLITE_FULL", "the disk is full or failing"),
        ("SQLITE_READONLY_DBMOVED", "has moved or replaced"),
        ("SQLITE_NOTADB", "is damaged"),
        ("SQLITE_CORRUPT_VTAB", "is damaged"),
    ],
)
def test_only_damage_is_refused_as_damage(small: Path, name: str, told: str) -> None:
    trouble = explain(error(name), small)
    assert told in trouble.message
    assert isinstance(trouble, RefusedDatabase) == (told == "is damaged")


def test_a_disk_that_cannot_be_read_is_not_called_damage(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "disk_fails", lambda _: True)
    trouble = explain(error("SQLITE_CORRUPT"), small)
    assert trouble.message == f"Cannot read {small}: the disk reports an error."


def test_what_is_no_file_is_told_and_never_opened(run: Run, small: Path) -> None:
    good = str(shutil.copy(small, small.parent / "good.db"))
    small.unlink()
    for make, form, remove in (
        (os.mkdir, "a folder", os.rmdir),
        (os.mkfifo, "a pipe", os.unlink),
    ):
        make(small)
        told = f"{small} is {form}, not a file with a database."
        found = findings(run, code=5)["database"]
        assert (found["seen"], found["remedy"]) == (
            told,
            f"Move it away: mv {small} {small}.aside",
        )
        for words in (("next",), ("restore", good)):
            assert run(*words, code=5).err.splitlines()[0] == f"llmpath: {told}"
        remove(small)
    for target, told in (("nowhere", "which is not there"), (small.name, "back to itself")):
        small.symlink_to(target)
        assert told in findings(run, code=5)["database"]["seen"]
        assert told in run("restore", good, code=5).err
        small.unlink()


def test_a_folder_that_bars_the_way_is_no_missing_database(process: Run, small: Path) -> None:
    small.chmod(0)
    ran = process("doctor", prefix=without_rights(), code=5)
    assert f"Cannot read {small}: Permission denied." in ran.out
    assert f"chmod u+rw {small}" in ran.out
    small.chmod(0o600)


def test_without_a_good_backup_everything_is_kept(run: Run, used: Path) -> None:
    used.write_bytes(used.read_bytes()[:50_000])
    remedy = findings(run, code=5)["database"]["remedy"]
    command = remedy.partition("keep it: ")[2]
    assert os.system(command) == 0
    assert (used.parent / "damaged" / "llmpath.db").stat().st_size == 50_000
    run("next")
    assert findings(run, code=0)["database"]["well"]


# What was done to a backup, and what is said of it.
NO_BACKUPS = {
    "DROP TABLE progress": "the table progress is missing",
    "DROP TABLE meta": "the table meta is missing",
    "DROP TABLE resource": "the table resource is missing",
    "DROP TABLE catalog_state": "the table catalog_state is missing",
    "DROP INDEX note_by_target": "the index note_by_target is missing",
    "CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM note; END": "it has a trigger",
    "CREATE TRIGGER note AFTER INSERT ON note BEGIN DELETE FROM note; END": "it has a trigger",
    "CREATE VIEW v AS SELECT 1": "it has a view that is not from llmpath (v)",
    "CREATE UNIQUE INDEX u ON note (body)": "the index u is not from llmpath",
    "CREATE VIRTUAL TABLE w USING fts5 (a)": "it has a virtual table",
    "CREATE TABLE h (a REFERENCES Learner (id))": "it has a table that holds on",
    "ALTER TABLE note ADD COLUMN g AS (body || 'x')": "the table note is not as llmpath makes it",
    "PRAGMA user_version = 3": "is not as llmpath makes it",
    "PRAGMA user_version = 99": "was written by a newer llmpath",
    "DELETE FROM event": "events are missing or changed in its log",
    "UPDATE event SET key = '[]'": "its log cannot be read",
}


@pytest.mark.parametrize("sql", NO_BACKUPS)
def test_what_is_no_backup_is_told_from_one(run: Run, used: Path, sql: str) -> None:
    run("backup", "-o", str(used.parent / "mine.db"))
    copy = used.parent / "copy.db"
    shutil.copy(used.parent / "mine.db", copy)
    run("restore", str(copy), "-n")
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute(sql)
    connection.close()
    before = used.read_bytes()
    for dry in ((), ("-n",)):
        assert NO_BACKUPS[sql] in run("restore", str(copy), *dry, code=4).err
    assert used.read_bytes() == before
    assert not (used.parent / "backups").exists()


def test_a_changed_check_is_seen(run: Run, used: Path) -> None:
    copy = used.parent / "copy.db"
    run("backup", "-o", str(copy))
    Path(f"{copy}.sha256").unlink()
    change(
        copy,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'minutes > 0', 'minutes > 5')"
        " WHERE name = 'sitting'",
    )
    assert "the table sitting is not as" in run("restore", str(copy), code=4).err


def test_a_table_that_only_lies_there_keeps_nobody_from_a_backup(run: Run, used: Path) -> None:
    copy = used.parent / "copy.db"
    run("backup", "-o", str(copy))
    Path(f"{copy}.sha256").unlink()
    change(copy, "CREATE TABLE mine (a, b)", "INSERT INTO mine VALUES (1, 2)")
    run("restore", str(copy))
    assert findings(run, code=0)["database"]["well"]


def test_a_backup_of_the_first_version_is_held_against_its_own_tables(tmp_path: Path) -> None:
    first = Path(shutil.copy(FIXTURES / "first.db", tmp_path / "first.db"))
    assert soundness.verify(first) == 1
    change(first, "DROP TABLE goal")
    with pytest.raises(Exception, match="the table goal is missing"):
        soundness.verify(first)


@pytest.mark.parametrize("content", [b"", b"garbage", b"0" * 10_000_000, b"\xff\x00"])
def test_a_checksum_file_that_is_none_says_nothing(run: Run, used: Path, content: bytes) -> None:
    copy = used.parent / "copy.db"
    run("backup", "-o", str(copy))
    Path(f"{copy}.sha256").write_bytes(content)
    assert "no checksum file" in run("restore", str(copy), "-n").out


def test_no_restore_waits_for_what_is_no_file(run: Run, used: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    export = tmp_path / "e.json"
    run("export", "json", "-o", str(export))
    for name, told in (
        (str(pipe), "is a pipe, not a file with a backup"),
        ("/dev/zero", "is a device, not a file with a backup"),
        (str(tmp_path), "is a folder, not a file with a backup"),
        (str(export), f"{export} is an export, not a backup.\n  Take it in with: llmpath import"),
    ):
        assert told in run("restore", name, code=4).err
    assert "is your database itself" in run("restore", str(used), code=2).err
    assert "No backup" in run("restore", "~nobody-of-that-name/x", code=3).err


def test_a_trigger_stops_every_command_and_a_fix_removes_it(run: Run, used: Path) -> None:
    change(used, 'CREATE TRIGGER "a ""b" AFTER INSERT ON note BEGIN DELETE FROM note; END')
    for words in (("next",), ("note", "adding", "gone?")):
        assert run(*words, code=5).err == (
            f'llmpath: {used} has a trigger that is not from llmpath (a "b); it was left as it'
            " is.\n  See what can be done: llmpath doctor\n"
        )
    assert findings(run, code=5)["tables"]["remedy"] == "Remove it: llmpath doctor --fix"
    run("doctor", "--fix", "-n", code=5)
    assert "removed the trigger" in run("doctor", "--fix").out
    run("note", "adding", "stays")
    assert "stays" in run("notes").out


def test_missing_tables_are_no_matter_for_a_fix(run: Run, used: Path) -> None:
    run("backup")
    change(used, "DROP TABLE note", "CREATE VIEW note AS SELECT 1")
    found = findings(run, "--fix", code=5)["tables"]
    assert "the table note is missing" in found["seen"]
    assert found["remedy"].startswith("Restore the newest good backup: llmpath restore ")
    assert run("notes", code=5).err


def test_a_derived_table_that_is_gone_is_rebuilt(run: Run, used: Path) -> None:
    change(used, "DROP TABLE resource")
    assert "no such table: resource" in run("next", code=5).err
    found = findings(run, code=5)["catalog"]
    assert found["seen"].startswith("the table resource is missing")
    assert found["remedy"] == "Rebuild it: llmpath doctor --fix"
    assert findings(run, "--fix", code=0)["catalog"]["well"]


def test_no_schema_is_trusted(small: Path) -> None:
    connection, _ = connecting.connect(small)
    assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
    connection.close()


def test_an_unsound_verdict_is_none_where_the_surroundings_fail(
    run: Run, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restore replaces what is damaged: it must not take a lock for damage."""
    from llmpath.store.database import backups, restoring

    run("backup", "-o", str(used.parent / "good.db"))

    def busy(_: sqlite3.Connection) -> str:
        raise error("SQLITE_BUSY")

    monkeypatch.setattr(restoring.backups, "verify", lambda _: 5)
    monkeypatch.setattr(restoring.backups, "unsound", busy)
    before = used.read_bytes()
    with pytest.raises(DatabaseTrouble, match="Another program"):
        restoring.restore(used, used.parent / "good.db", "now")
    assert used.read_bytes() == before
    assert not backups.folder(used).exists()


def test_what_was_set_aside_once_is_not_written_over(run: Run, used: Path) -> None:
    shutil.rmtree(used.parent / "backups", ignore_errors=True)
    for content in (b"first", b"second"):
        used.write_bytes(content * 5_000)
        remedy = findings(run, code=5)["database"]["remedy"]
        assert os.system(remedy.partition("keep it: ")[2]) == 0
        assert not used.exists()
    aside = [used.parent / name / used.name for name in ("damaged", "damaged-2")]
    assert [path.read_bytes()[:6] for path in aside] == [b"firstf", b"second"]


def test_an_id_that_is_a_path_makes_no_backup(run: Run, small: Path, tmp_path: Path) -> None:
    run("note", "counting", "one")
    file = tmp_path / "b.db"
    run("backup", "-o", str(file))
    file.with_name("b.db.sha256").unlink()
    connection = sqlite3.connect(file)
    for table, column in (("learner", "id"), ("command", "learner_id"), ("note", "learner_id")):
        connection.execute(f"UPDATE {table} SET {column} = '/../../evil'")
    connection.commit()
    connection.close()
    ran = run("restore", str(file), code=4)
    assert "the id of a learner is '/../../evil'" in ran.err
    assert small.exists()


def test_rows_that_the_log_does_not_give_are_told_at_a_restore(run: Run, tmp_path: Path) -> None:
    run("note", "counting", "one")
    file = tmp_path / "b.db"
    run("backup", "-o", str(file))
    file.with_name("b.db.sha256").unlink()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE note SET body = 'tampered'")
    connection.commit()
    connection.close()
    for words in (["-n"], []):
        told = run("restore", str(file), *words).err
        assert f"Some rows in {file} are not what its log says." in told
    run("doctor", "--fix")
    assert "one" in run("notes").out
