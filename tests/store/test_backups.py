"""Backups: whole, verified, made by themselves once a day, and a way back that can be undone."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.errors import DatabaseTrouble, InvalidFile
from llmpath.store.database import backups
from llmpath.store.database.connection import connect
from tests.conftest import Run
from tests.faults.place import Place, present

START = date(2026, 1, 1)


def kept(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def bodies(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [body for (body,) in connection.execute("SELECT body FROM note ORDER BY number")]
    connection.close()
    return found


def test_a_backup_is_one_private_file_with_a_checksum(run: Run, small: Path) -> None:
    run("note", "counting", "kept")
    target = small.parent / "mine.db"
    out = run("backup", "-o", str(target)).out
    assert out.splitlines()[0] == f"Backed up and verified: {target}"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    subprocess.run(
        ["sha256sum", "--check", "--quiet", f"{target}.sha256"], cwd=small.parent, check=True
    )
    copy, original = sqlite3.connect(target), sqlite3.connect(small)
    assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert present(copy) == present(original)
    copy.close()
    original.close()
    names = {one.name for one in small.parent.iterdir()}
    assert not [name for name in names if name.endswith((".new", "-journal"))]


def test_a_backup_holds_what_still_waits_in_the_log(small: Path) -> None:
    """A copy of the file alone would lack it."""
    writer = sqlite3.connect(small)
    writer.execute("INSERT INTO meta VALUES ('waits', 'in the log')")
    writer.commit()
    reader, _ = connect(small)
    assert Path(f"{small}-wal").stat().st_size > 0
    backups.copy(reader, small.parent / "copy.db", backups.folder(small))
    copy = sqlite3.connect(small.parent / "copy.db")
    assert copy.execute("SELECT value FROM meta WHERE key = 'waits'").fetchone() == ("in the log",)
    for connection in (writer, reader, copy):
        connection.close()


def test_the_first_change_of_a_day_backs_up_what_was_before_it(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "counting", "one")  # nothing to back up before it
    assert not backups.folder(small).exists()
    run("next")
    assert not backups.folder(small).exists()
    run("note", "counting", "two")
    run("note", "counting", "three")
    assert kept(backups.folder(small)) == ["llmpath-2026-03-10.db", "llmpath-2026-03-10.db.sha256"]
    assert bodies(backups.folder(small) / "llmpath-2026-03-10.db") == ["one"]
    monkeypatch.setenv("LLMPATH_NOW", "2026-03-11T09:00:00+00:00")
    run("undo")
    assert bodies(backups.folder(small) / "llmpath-2026-03-11.db") == ["one", "two", "three"]


def test_the_day_is_the_learners_own(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch, process: Run
) -> None:
    process("note", "counting", "one")
    process("note", "counting", "two", environ={"TZ": "Asia/Tokyo"})  # it is the 11th there
    assert kept(backups.folder(small))[0] == "llmpath-2026-03-11.db"


def test_seven_days_and_four_weeks_are_kept(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        monkeypatch.setenv("LLMPATH_NOW", f"{START + timedelta(number)}T12:00:00+00:00")
        run("done", "counting-video", "--minutes", "1")
    names = [name for name in kept(backups.folder(small)) if name.endswith(".db")]
    # 60 days from Thursday 1 January end on Sunday 1 March.
    sundays = ["2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22"]
    days = [f"2026-02-{day}" for day in (23, 24, 25, 26, 27, 28)] + ["2026-03-01"]
    assert names == [f"llmpath-{day}.db" for day in sundays + days]
    assert len(kept(backups.folder(small))) == 2 * len(names)


def test_no_daily_backup_is_made_when_the_setting_says_none(run: Run, small: Path) -> None:
    run("config", "set", "backup.daily", "0")
    for text in ("one", "two"):
        run("note", "counting", text)
    assert not backups.folder(small).exists()


@given(st.sets(st.integers(0, 300), min_size=1), st.integers(1, 9), st.integers(0, 9))
def test_what_is_let_go_is_old_and_replaced(days: set[int], daily: int, weekly: int) -> None:
    dates = sorted(str(START + timedelta(day)) for day in days)
    gone = backups.superfluous(dates, dates[-1], daily, weekly)
    left = [day for day in dates if day not in gone]
    assert left[-daily:] == dates[-daily:]
    assert len(left) <= daily + weekly
    assert backups.superfluous(left, dates[-1], daily, weekly) == []
    weeks = {date.fromisoformat(day).isocalendar()[:2] for day in dates[:-daily]}
    assert len(left) == min(daily, len(dates)) + min(weekly, len(weeks))


def test_a_clock_that_was_fast_pushes_no_backup_out() -> None:
    dates = ["2026-03-10", *(f"2099-01-0{day}" for day in range(1, 10))]
    assert backups.superfluous(dates, "2026-03-10", 7, 4) == []


def test_a_failed_daily_backup_keeps_nobody_from_working(run: Run, small: Path) -> None:
    run("note", "counting", "one")
    backups.folder(small).write_text("a file where the folder should be")
    ran = run("note", "counting", "two")
    assert ran.out == "Note 2 on Counting\n"
    assert ran.err.startswith("Today's backup could not be made: Cannot write ")
    assert len(ran.err.splitlines()) == 1


def test_a_restore_can_be_taken_back(run: Run, small: Path) -> None:
    run("note", "counting", "one")
    run("backup", "-o", str(small.parent / "mine.db"))
    run("note", "counting", "two")
    out = run("restore", str(small.parent / "mine.db")).out.splitlines()
    assert out[0] == f"Restored: {small.parent}/mine.db"
    assert bodies(small) == ["one"]
    words = out[1].removeprefix("To undo this: llmpath ").split()
    run(*words)
    assert bodies(small) == ["one", "two"]
    run("undo")
    assert bodies(small) == ["one"]


def test_a_backup_goes_by_its_date(run: Run, small: Path) -> None:
    for text in ("one", "two"):
        run("note", "counting", text)
    run("restore", "2026-03-10")
    assert bodies(small) == ["one"]
    assert run("restore", "2026-03-09", code=3).err == (
        "llmpath: No backup '2026-03-09'.\n  See them with: llmpath backup list\n"
    )


def test_a_restore_waits_for_nobody_for_ever(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "counting", "one")
    run("backup", "-o", str(small.parent / "mine.db"))
    for module in ("backups", "connection"):
        monkeypatch.setattr(f"llmpath.store.database.{module}.PATIENCE", 0)
    holder = sqlite3.connect(small, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    ran = run("restore", str(small.parent / "mine.db"), code=5)
    assert "Another program has been using the database" in ran.err
    holder.execute("ROLLBACK")
    holder.close()


def test_two_backups_in_the_same_second_are_two_files(run: Run, small: Path) -> None:
    run("note", "counting", "one")
    for _ in range(3):
        run("backup")
    listed = json.loads(run("backup", "list", "--json").out)["backups"]
    assert sorted(Path(one["path"]).name for one in listed) == [
        "llmpath-2026-03-10-183000-2.db",
        "llmpath-2026-03-10-183000-3.db",
        "llmpath-2026-03-10-183000.db",
    ]


def test_a_changed_backup_is_refused_and_nothing_touched(run: Run, small: Path) -> None:
    run("note", "counting", "one")
    target = small.parent / "mine.db"
    run("backup", "-o", str(target))
    content = bytearray(target.read_bytes())
    content[-10] ^= 1
    target.write_bytes(content)
    before = small.read_bytes()
    ran = run("restore", str(target), code=4)
    assert ran.err.splitlines()[0] == (
        f"llmpath: {target} has changed since it was written: its checksum differs."
    )
    assert run("restore", str(target), "--dry-run", code=4).err == ran.err
    assert small.read_bytes() == before
    assert not backups.folder(small).exists()


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_backup_is_refused(run: Run, small: Path, content: bytes) -> None:
    other = small.parent / "other.db"
    other.write_bytes(content)
    before = small.read_bytes()
    assert str(other) in run("restore", str(other), code=4).err
    assert small.read_bytes() == before


def test_a_database_that_is_gone_is_restored(run: Run, small: Path) -> None:
    run("note", "counting", "one")
    run("backup", "-o", str(small.parent / "mine.db"))
    small.unlink()
    assert run("restore", str(small.parent / "mine.db")).out.count("\n") == 1
    assert bodies(small) == ["one"]
    assert stat.S_IMODE(small.stat().st_mode) == 0o600


def test_the_log_of_a_damaged_database_does_not_get_into_the_restored_one(tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    place.must("note", "counting", "one")
    good = tmp_path / "good.db"
    place.must("backup", "-o", str(good))
    writer = sqlite3.connect(place.database)
    writer.execute("UPDATE note SET body = 'from the log'")
    writer.commit()
    for tail in ("-wal", "-shm"):
        shutil.copy(f"{place.database}{tail}", tmp_path / f"left{tail}")
    writer.close()
    place.database.write_bytes(b"damaged")
    for tail in ("-wal", "-shm"):
        shutil.copy(tmp_path / f"left{tail}", f"{place.database}{tail}")
    place.must("restore", str(good))
    assert bodies(place.database) == ["one"]
    asides = [one.name for one in (place.data / "backups").glob("*-before-restore*")]
    assert len(asides) == 3  # the database, its log and the log's index


def test_the_database_itself_is_no_place_for_a_backup(run: Run, small: Path) -> None:
    run("note", "counting", "one")
    ran = run("backup", "-o", str(small), code=2)
    assert ran.err.splitlines()[0] == f"llmpath: {small} is part of your own llmpath data."


def test_an_unsound_database_makes_no_backup(small: Path) -> None:
    connection, _ = connect(small)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO goal VALUES ('nobody', 'counting', 'now', NULL, NULL, NULL)")
    with pytest.raises(DatabaseTrouble, match="rows refer to missing rows"):
        backups.copy(connection, small.parent / "mine.db", backups.folder(small))
    connection.close()
    assert [one.name for one in small.parent.glob("*mine*")] == []
    with pytest.raises(InvalidFile):
        backups.verify(small.parent / "mine.db")


def test_a_damaged_database_behind_a_link_is_restored_and_kept(
    run: Run, small: Path, tmp_path: Path
) -> None:
    run("note", "counting", "one")
    run("backup", "-o", str(tmp_path / "good.db"))
    real = tmp_path / "real" / "real.db"
    real.parent.mkdir()
    real.write_bytes(b"damaged")
    small.unlink()
    small.symlink_to(real)
    shutil.rmtree(small.parent / "backups", ignore_errors=True)
    told = run("restore", str(tmp_path / "good.db")).out.splitlines()
    assert bodies(real) == ["one"]
    assert kept(real.parent) == ["real.db"]
    (aside,) = (small.parent / "backups").glob("*.db")
    assert aside.read_bytes() == b"damaged"
    assert "".join(told[1:]).replace(" ", "").startswith("Whatwasthereisdamaged,andkeptat")


def test_a_log_whose_database_was_moved_away_is_kept(run: Run, small: Path, tmp_path: Path) -> None:
    run("note", "counting", "one")
    run("backup", "-o", str(tmp_path / "good.db"))
    small.unlink()
    small.with_name("llmpath.db-wal").write_bytes(b"commands that are nowhere else")
    run("restore", str(tmp_path / "good.db"))
    (aside,) = (small.parent / "backups").glob("*-before-restore.db-wal")
    assert aside.read_bytes() == b"commands that are nowhere else"
    assert bodies(small) == ["one"]


@pytest.mark.parametrize("name", ["two\nlines.db", "back\\slash.db", "x" * 250, "no letter \udcff"])
def test_a_backup_may_have_any_name(run: Run, small: Path, tmp_path: Path, name: str) -> None:
    run("note", "counting", "one")
    target = f"/{tmp_path}/{name}"  # two slashes begin it, which a URI takes for a host
    run("backup", "-o", target)
    run("note", "counting", "two")
    run("restore", target)
    assert bodies(small) == ["one"]
    if len(name) < 200 and shutil.which("sha256sum"):
        summed = ["sha256sum", "--check", "--quiet", f"{target}.sha256"]
        assert subprocess.run(summed, cwd=tmp_path, check=False).returncode == 0


def test_a_checksum_is_gone_for_good_before_another_backup_takes_its_place(
    run: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "counting", "one")
    target = tmp_path / "mine.db"
    run("backup", "-o", str(target))
    done: list[tuple[str, bool]] = []
    beside = tmp_path / "mine.db.sha256"
    for name in ("keep_names", "put"):
        real = getattr(backups.files, name)

        def noted(*given: object, name: str = name, real: Any = real) -> None:
            done.append((name, beside.exists()))
            real(*given)

        monkeypatch.setattr(backups.files, name, noted)
    run("backup", "-o", str(target))
    assert done[:2] == [("keep_names", False), ("put", False)]
