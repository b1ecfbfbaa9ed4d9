"""Rows follow the ids that a catalog renames, as the log says, now and after any undo."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SMALL, Run
from tests.faults.place import present, replayed

Catalog = Callable[..., None]


@pytest.fixture
def catalog(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Use a catalog in which (old, new) texts are replaced; without any, the first one again."""
    editions = iter(range(9))

    def edition(*changes: tuple[str, str]) -> None:
        folder = tmp_path / f"edition-{next(editions)}"
        shutil.copytree(SMALL, folder)
        for old, new in changes:
            found = False
            for name in ("resources.yaml", "roadmap.yaml"):
                text = (folder / name).read_text(encoding="utf-8")
                found = found or old in text
                (folder / name).write_text(text.replace(old, new), encoding="utf-8")
            assert found, old
        monkeypatch.setenv("LLMPATH_CATALOG", str(folder))

    return edition


RENAMED = (
    ("id: counting-video", "id: seen\n    former_ids: [counting-video]"),
    ("core: [counting-video", "core: [seen"),
)
MERGED = (
    ("  - id: reading-notes", "  - id: reading-pages"),
    ("[reading-notes, ", "["),
    ("id: adding-article", "id: adding-article\n    former_ids: [reading-notes]"),
)


def statuses(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    try:
        names = dict(connection.execute("SELECT former, id FROM renamed"))
        assert present(connection) == replayed(connection, names)
        return dict(connection.execute("SELECT resource_id, status FROM progress"))
    finally:
        connection.close()


def test_of_two_in_one_the_last_word_holds_and_undo_knows_the_one_before(
    run: Run, small: Path, catalog: Catalog
) -> None:
    run("done", "adding-article")
    run("start", "reading-notes")
    catalog(*MERGED)
    run("next")
    assert statuses(small) == {"adding-article": "doing"}
    run("skip", "adding-article")
    assert statuses(small) == {"adding-article": "skipped"}
    expected = [{"adding-article": "doing"}, {"adding-article": "done"}, {}]
    for rows in expected:
        run("undo")
        assert statuses(small) == rows
        assert run("doctor").code == 0
    for rows in [*expected[1::-1], {"adding-article": "skipped"}]:
        run("redo")
        assert statuses(small) == rows


def test_an_older_catalog_gets_its_ids_back(run: Run, small: Path, catalog: Catalog) -> None:
    run("done", "adding-article")
    run("start", "reading-notes")
    run("note", "counting-video", "kept")
    catalog(*RENAMED, *MERGED)
    assert run("notes", "seen").out.endswith("kept\n")
    catalog()
    assert run("notes", "counting-video").out.endswith("kept\n")
    assert statuses(small) == {"adding-article": "done", "reading-notes": "doing"}
    assert run("doctor").code == 0


def test_a_row_without_events_moves_where_its_place_is_free(
    run: Run, small: Path, catalog: Catalog
) -> None:
    run("done", "adding-article", "counting-video")
    connection = sqlite3.connect(small)
    connection.execute("DELETE FROM event")
    connection.execute(
        "INSERT INTO progress SELECT learner_id, 'reading-notes', 'doing', NULL, NULL, NULL, NULL,"
        " updated_at FROM progress LIMIT 1"
    )
    connection.commit()
    connection.close()
    catalog(*RENAMED, *MERGED)
    run("next")
    connection = sqlite3.connect(small)
    rows = connection.execute("SELECT resource_id, status FROM progress ORDER BY 1").fetchall()
    connection.close()
    assert rows == [("adding-article", "done"), ("reading-notes", "doing"), ("seen", "done")]


@pytest.mark.parametrize("how", ["--merge", "--replace"])
def test_an_export_from_a_newer_catalog_is_taken_in(
    how: str, run: Run, small: Path, catalog: Catalog, tmp_path: Path
) -> None:
    run("start", "counting-video")
    run("know", "reading")
    catalog(*RENAMED)
    run("done", "seen", "--note", "both")
    file = tmp_path / "newer.json"
    run("export", "json", "-o", str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["renamed"] == {"counting-video": "seen"}
    small.unlink()
    catalog()
    run("import", str(file), how)
    assert statuses(small) == {"counting-video": "doing", "seen": "done"}
    catalog(*RENAMED)
    run("next")
    assert statuses(small) == {"seen": "done"}
    run("undo")
    assert statuses(small) == {"seen": "doing"}
    run("undo", "9")
    assert statuses(small) == {}


def test_a_list_of_renamed_ids_that_is_none_is_refused(run: Run, small: Path) -> None:
    run("know", "reading")
    document = json.loads(run("export", "json").out)
    for wrong in ([], {"a": 1}, {"a\0": "b"}):
        file = small.with_name("wrong.json")
        file.write_text(json.dumps({**document, "renamed": wrong}), encoding="utf-8")
        assert (
            "renamed must have a new id for each former id" in run("import", str(file), code=4).err
        )
