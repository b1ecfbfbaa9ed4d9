"""`doctor` finds what is wrong, says what to do, and mends what can be derived, nothing else."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from llmpath.store.database import backups
from tests.conftest import SMALL, Run
from tests.faults.place import present, replayed


@pytest.fixture
def used(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with some data in it."""
    monkeypatch.setenv("LLMPATH_BACKUP_DAILY", "0")
    run("done", "counting-video", "--minutes", "9", "--note", "kept")
    run("know", "reading")
    run("goal", "word-problems")
    run("note", "adding", "another")
    run("undo")
    return small


def change(path: Path, *statements: str) -> None:
    """Change the database behind the program's back."""
    connection = sqlite3.connect(path)
    for sql in statements:
        connection.execute(sql)
    connection.commit()
    connection.close()


def rows(path: Path) -> dict[tuple[str, str], str]:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return present(connection)
    finally:
        connection.close()


def findings(run: Run, *options: str, code: int) -> dict[str, dict[str, str]]:
    found = json.loads(run("doctor", "--json", *options, code=code).out)
    assert found["well"] is (code == 0)
    return {one["check"]: one for one in found["findings"]}


# What is changed behind the program's back -> (the check that finds it, whether --fix mends it).
FAULTS: dict[str, tuple[str, str, bool]] = {
    "a row changed": ("UPDATE progress SET rating = 5", "log", True),
    "a row gone": ("DELETE FROM note", "log", True),
    "a row that nobody wrote": (
        "INSERT INTO goal SELECT id, 'counting', 'now', NULL, NULL, NULL FROM learner",
        "log",
        True,
    ),
    "a command standing otherwise": ("UPDATE command SET standing = 'live'", "log", True),
    "an event gone": ("DELETE FROM event WHERE entity = 'topic_mark'", "log", False),
    "an event changed": (
        "UPDATE event SET after = replace(after, 'kept', 'lost') WHERE entity = 'note'",
        "log",
        True,  # the log is whole: what the row says has no event
    ),
    "a resource changed": ("UPDATE resource SET title = 'x' WHERE position = 1", "catalog", True),
    "a resource gone": ("DELETE FROM resource WHERE position = 2", "catalog", True),
    "an index behind": (
        "UPDATE resource_index SET title = 'x' WHERE rowid = 1",
        "catalog",
        True,
    ),
    "an index emptied": ("DELETE FROM topic_index", "catalog", True),
    "an index not of its rows": (
        "UPDATE resource_index_content SET c0 = 'something else' WHERE id = 1",
        "catalog",
        True,
    ),
    "a row of nobody": (
        "INSERT INTO goal VALUES ('nobody', 'counting', 'now', NULL, NULL, NULL)",
        "references",
        False,
    ),
    "a command of tomorrow": (
        "UPDATE command SET at = '2027-01-01T00:00:00+00:00' WHERE action = 'know'",
        "clock",
        False,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_mended_where_it_can_be(run: Run, used: Path, name: str) -> None:
    sql, check, mends = FAULTS[name]
    assert findings(run, code=0)["log"]["well"]
    before = rows(used)
    change(used, sql)
    damaged = rows(used)
    found = findings(run, code=5)
    assert [one for one, finding in found.items() if not finding["well"]] == [check]
    assert found[check]["remedy"]
    assert rows(used) == damaged
    findings(run, "--fix", code=0 if mends else 5)
    if not mends:
        assert rows(used) == damaged
    elif name == "a row that nobody wrote":
        assert rows(used) == damaged
        run("undo")
        assert rows(used) == before
    elif name != "an event changed":
        assert rows(used) == before


def test_a_fix_makes_a_backup_and_says_what_it_did(run: Run, used: Path) -> None:
    assert json.loads(run("doctor", "--fix", "--json").out)["mended"] == []
    assert not backups.folder(used).exists()
    change(used, "UPDATE progress SET rating = 5", "DELETE FROM topic_index")
    done = json.loads(run("doctor", "--fix", "--json").out)["mended"]
    kept = backups.folder(used) / "llmpath-2026-03-10-183000-before-fix.db"
    assert done == [
        f"backed up the database first: {kept}",
        "rebuilt the catalog and its indexes",
        "brought 1 row in line with the log",
    ]
    backups.verify(kept)
    assert json.loads(run("doctor", "--fix", "--json").out)["mended"] == []


def test_the_rows_are_what_the_log_gives_after_a_fix(run: Run, used: Path) -> None:
    change(used, "DELETE FROM note", "DELETE FROM progress", "DELETE FROM topic_mark")
    run("doctor", "--fix")
    connection = sqlite3.connect(used)
    assert present(connection) == replayed(connection) != {}
    connection.close()


def test_progress_that_the_catalog_renamed_is_no_fault(
    run: Run, used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SMALL, tmp_path / "catalog")
    for name, old, new in (
        ("resources.yaml", "id: counting-video", "id: seen\n    former_ids: [counting-video]"),
        ("roadmap.yaml", "[counting-video", "[seen"),
    ):
        file = tmp_path / "catalog" / name
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setenv("LLMPATH_CATALOG", str(tmp_path / "catalog"))
    assert findings(run, code=5)["catalog"]["remedy"].endswith("doctor --fix")
    run("next")  # takes the catalog in
    for words in (["next"], ["done", "seen", "--minutes", "1"], ["undo"], ["reset", "seen"]):
        run(*words)
        assert findings(run, code=0)["log"]["well"]
    run("undo", "9")
    assert findings(run, code=0)["log"]["well"]
    assert rows(used) == {}


def test_what_the_catalog_no_longer_has_is_told_but_no_fault(run: Run, used: Path) -> None:
    change(used, "UPDATE event SET key = replace(key, 'counting-video', 'gone')")
    change(used, "UPDATE progress SET resource_id = 'gone'")
    found = findings(run, code=0)["kept aside"]
    assert found["seen"] == "ada has data on what the catalog no longer has: progress gone"


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoiler", "seen"),
    [
        (spoil, "has changed since it was written: its checksum differs"),
        (lambda path: path.write_bytes(b""), "is empty"),
    ],
)
def test_a_spoiled_backup_is_found(
    run: Run, used: Path, spoiler: Callable[[Path], None], seen: str
) -> None:
    run("backup")
    assert findings(run, code=0)["backups"]["seen"] == "1 backup, good"
    spoiler(next(backups.folder(used).glob("*.db")))
    assert seen in findings(run, code=5)["backups"]["seen"]
    assert findings(run, "--quick", code=5)["backups"]["remedy"].endswith("llmpath backup")


def test_a_damaged_database_names_the_newest_good_backup(run: Run, used: Path) -> None:
    run("backup")
    good = next(backups.folder(used).glob("*.db"))
    shutil.copy(good, backups.folder(used) / "zz-newer.db")
    (backups.folder(used) / "zz-newer.db").write_bytes(b"spoiled")
    used.write_bytes(used.read_bytes()[:50_000])
    found = findings(run, "--fix", code=5)
    assert found["database"]["remedy"] == (
        f"Restore the newest good backup: llmpath restore {good}"
    )


def test_a_folder_that_others_can_look_into_is_found(run: Run, used: Path) -> None:
    used.parent.chmod(0o755)
    assert findings(run, code=5)["privacy"]["remedy"] == f"chmod 700 {used.parent}"


def test_a_command_that_stumbles_over_damage_says_so(run: Run, used: Path) -> None:
    change(used, "UPDATE topic SET requires = 'no-such-topic' WHERE id = 'adding'")
    ran = run("next", code=5)
    assert ran.err == (
        f"llmpath: {used} has a problem: catalog: the table topic does not match the catalog's"
        " files.\n  Rebuild it: llmpath doctor --fix\n"
    )
    run("doctor", "--fix")
    assert run("next").err == ""


def test_a_quick_look_says_less_but_looks(run: Run, used: Path) -> None:
    assert set(findings(run, "--quick", code=0)) == {
        "database",
        "integrity",
        "catalog",
        "clock",
        "backups",
        "privacy",
        "room",
    }
    assert run("doctor", "--quick", "--fix", code=2).err.startswith("llmpath: Use either --fix or")


def test_what_is_set_aside_is_named_for_what_it_is(
    run: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("know", "reading")
    run("skip", "writing")
    run("done", "counting-video")
    run("shaky", "counting")
    run("ignore", "word-problems", "reading")
    catalog = tmp_path / "catalog"
    shutil.copytree(SMALL, catalog)
    for name in ("roadmap.yaml", "resources.yaml", "glossary.yaml"):
        text = (catalog / name).read_text(encoding="utf-8")
        for id_ in ("reading", "writing", "counting"):
            text = text.replace(f"id: {id_}\n", f"id: {id_}-2\n")
            text = text.replace(f"topic: {id_}\n", f"topic: {id_}-2\n")
            text = text.replace(f"topic: {id_},", f"topic: {id_}-2,")
            text = text.replace(f"topics: [{id_}", f"topics: [{id_}-2")
        (catalog / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("LLMPATH_CATALOG", str(catalog))
    run("next")  # takes the catalog in
    seen = findings(run, code=0)["kept aside"]["seen"]
    assert seen.partition(": ")[2].split(", ") == [
        "known topic reading",
        "shaky topic counting",
        "skipped topic writing",
        "ignored prerequisite reading",
    ]
