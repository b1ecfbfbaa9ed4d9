"""What a disk may be left with follows from what was synced; what a command does is all seen."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.faults import power
from tests.faults.lossy_disk import MODELS, WAYS, Disk, State
from tests.faults.recording import Op, Record, record

NOTHING_UNSYNCED, NAMES_NO_DATA, A_RANDOM_PART = WAYS
OLD, NEW, FOLDER = 1, 2, 3
CREATE: Op = ("create", 0, ".new", NEW)
WRITE: Op = ("write", NEW, 0, b"b" * 5000)
RENAME: Op = ("rename", 0, ".new", 0, "file")
SYNC_FILE: Op = ("sync", NEW)
SYNC_NAMES: Op = ("sync", 0)


def disk(model: str, *ops: Op, syncing: bool = True) -> Disk:
    """Return a disk with a file in it to which *ops* were done."""
    made = Disk(Record({0: {"file": OLD}, OLD: b"a" * 4000}, [], 0, b"", b""), model, syncing)
    for op in ops:
        made.do(op)
    return made


def states(of: Disk, way: str) -> list[State]:
    """Return what *of* may be left with, tried often."""
    return [of.left(way, random.Random(seed)) for seed in range(200)]


@pytest.mark.parametrize("model", MODELS)
def test_a_replaced_file_is_old_or_new_if_it_is_synced_before_its_name(model: str) -> None:
    done = disk(model, CREATE, WRITE, SYNC_FILE, RENAME)
    for way in WAYS:
        assert {state["file"] for state in states(done, way)} <= {b"a" * 4000, b"b" * 5000}
    done.do(SYNC_NAMES)
    for way in WAYS:
        assert {state["file"] for state in states(done, way)} == {b"b" * 5000}


@pytest.mark.parametrize("model", MODELS)
def test_a_replaced_file_is_lost_if_only_its_name_was_synced(model: str) -> None:
    done = disk(model, CREATE, WRITE, RENAME, SYNC_NAMES)
    assert done.left(NOTHING_UNSYNCED, random.Random(0)) == {"file": b""}
    found = {state["file"] for state in states(done, NAMES_NO_DATA)}
    assert found == {b"", bytes(5000)}  # of no size, or a hole


@pytest.mark.parametrize("model", MODELS)
def test_where_syncs_do_nothing_all_is_as_it_was(model: str) -> None:
    done = disk(model, CREATE, WRITE, SYNC_FILE, RENAME, SYNC_NAMES, syncing=False)
    assert done.left(NOTHING_UNSYNCED, random.Random(0)) == {"file": b"a" * 4000}
    assert done.whole() == {"file": b"b" * 5000}


def test_a_journal_takes_names_along_in_order_and_the_weakest_disk_none() -> None:
    ops: list[Op] = [("mkdir", 0, "folder", FOLDER), ("create", FOLDER, "new", NEW), SYNC_FILE]
    ordered, weakest = (disk(model, *ops) for model in MODELS)
    everything: State = {"file": b"a" * 4000, "folder": None, "folder/new": b""}
    assert ordered.left(NOTHING_UNSYNCED, random.Random(0)) == everything
    assert weakest.left(NOTHING_UNSYNCED, random.Random(0)) == {"file": b"a" * 4000}
    weakest.do(("sync", FOLDER))
    assert weakest.left(NOTHING_UNSYNCED, random.Random(0)) == {"file": b"a" * 4000}
    weakest.do(SYNC_NAMES)
    assert weakest.left(NOTHING_UNSYNCED, random.Random(0)) == everything


@pytest.mark.parametrize("model", MODELS)
def test_what_was_not_synced_is_torn_at_pages_and_in_no_order(model: str) -> None:
    torn = states(disk(model, ("write", OLD, 100, b"b" * 3000)), A_RANDOM_PART)
    contents = {state["file"] for state in torn}
    assert len(contents) > 20
    for content in contents:
        assert isinstance(content, bytes)
        for begin in range(512, 3000, 512):
            assert len(set(content[begin : begin + 512][:100])) == 1
    assert any(isinstance(one, bytes) and one[200] == 97 and one[3000] == 98 for one in contents)


def test_a_file_between_two_folders_is_never_in_neither() -> None:
    ops: list[Op] = [
        ("mkdir", 0, "folder", FOLDER),
        SYNC_NAMES,
        ("rename", 0, "file", FOLDER, "moved"),
    ]
    found = states(disk("weakest", *ops), A_RANDOM_PART)
    assert {tuple(sorted(state)) for state in found} == {
        ("file", "folder"),
        ("folder", "folder/moved"),
        ("file", "folder", "folder/moved"),
    }


SCRIPT = """
import os, shutil, sqlite3, subprocess, threading
from pathlib import Path
os.mkdir("a")
Path("a/one").write_bytes(b"x" * 100_000)
shutil.copyfile("a/one", "two")
os.link("two", "three")
os.symlink("two", "four")
os.truncate("three", 500)
with open("two", "r+b") as file:
    os.pwrite(file.fileno(), b"yyy", 700)
    os.writev(file.fileno(), [b"1", b"22"])
    os.fsync(file.fileno())
with open("four", "ab") as file:
    file.write(b"at the end")
folder = os.open("a", os.O_RDONLY)
os.rename("one", "../five", src_dir_fd=folder, dst_dir_fd=folder)
os.close(os.open("six", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
os.unlink("six", dir_fd=folder)
os.rmdir("a")
thread = threading.Thread(target=Path("seven").write_text, args=("by another thread",))
thread.start()
thread.join()
subprocess.run(["sh", "-c", "echo by another process > eight"], check=True)
database = sqlite3.connect("db")
database.execute("PRAGMA journal_mode = WAL")
database.execute("CREATE TABLE t (x)")
database.execute("INSERT INTO t VALUES (zeroblob(9999))")
database.commit()
print("said", flush=True)
os._exit(3)
"""


if sys.platform == "linux":  # elsewhere no command can be traced

    def test_all_that_a_command_does_to_files_is_recorded(home: Path, tmp_path: Path) -> None:
        (home / "two").write_bytes(b"before")
        words = [sys.executable, "-c", SCRIPT]
        made = record(home, words, {"PATH": "/usr/bin:/bin"}, tmp_path / "record", cwd=home)
        assert (made.code, made.out, made.err) == (3, b"said\n", b"")
        assert made.ops[-1] == ("said", b"said\n")
        assert [op for op in made.ops if op[0] == "sync"]
        disk = Disk(made, MODELS[0])
        assert disk.whole() == {"two": b"before"}
        for op in made.ops:
            disk.do(op)
        given = disk.whole()
        shared = [given.pop("db-shm")]  # memory, rather than a file
        assert shared
        there = {one.name: one for one in home.iterdir() if one.name != "db-shm"}
        assert given.pop("four") == str(there.pop("four").readlink())
        assert given == {name: path.read_bytes() for name, path in there.items()}

    def test_the_judge_sees_what_is_lost(tmp_path: Path) -> None:
        recorded = power.record_command(tmp_path, "done")
        judge = recorded.judge
        assert not list(judge.complaints(judge.after, True))
        assert not list(judge.complaints(judge.before, False))
        assert (True, "acknowledged, and not in the database") in judge.complaints(
            judge.before, True
        )
        gone = {path: of for path, of in judge.after.items() if not path.startswith(power.DATABASE)}
        assert (True, "rows are gone") in judge.complaints(gone, False)
        cut = {**judge.after, power.DATABASE: b""}
        assert any("refused" in complaint for _, complaint in judge.complaints(cut, False))
        without_backup = {path: of for path, of in judge.after.items() if "/backups/" not in path}
        assert any(lost for lost, _ in judge.complaints(without_backup, False))
