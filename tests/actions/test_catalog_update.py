"""`catalog diff` tells of all that a learner has on the catalog: skipped, shaky, ignored too."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SMALL, Run

Update = Callable[..., dict[str, Any]]


@pytest.fixture
def update(run: Run, small: Path, tmp_path: Path) -> Update:
    """Return what an update touches that gives topics other ids, with their former ids or not."""

    def update(*ids: str, former: bool) -> dict[str, Any]:
        new = tmp_path / f"new-{former}"
        shutil.copytree(SMALL, new)
        for file in new.iterdir():
            text = file.read_text(encoding="utf-8")
            for id_ in ids:
                was = f"\n    former_ids: [{id_}]" if former else ""
                text = re.sub(rf"(- id: {id_})\n", rf"\1-2{was}\n", text)
                text = re.sub(rf"(topic: {id_})(?=[\n,])", r"\1-2", text)
                text = re.sub(rf"(topics: .*\b{id_})(?=[\],])", r"\1-2", text)
            file.write_text(text, encoding="utf-8")
        found = json.loads(run("catalog", "diff", str(SMALL), str(new), "--json").out)
        yours: dict[str, Any] = found["yours"]
        return yours

    return update


def test_a_skipped_topic_that_goes_is_set_aside_and_one_renamed_is_carried(
    run: Run, update: Update
) -> None:
    run("skip", "reading")
    gone = update("reading", former=False)
    assert gone["kept_aside"] == [{"what": "skipped topic", "id": "reading"}]
    assert {"topic": "reading", "before": "skipped", "after": None} in gone["states"]
    assert {"topic": "writing", "before": "ready", "after": "locked"} in gone["states"]
    carried = update("reading", former=True)
    assert carried == {
        "carried": [{"what": "skipped topic", "from": "reading", "to": "reading-2"}],
        "kept_aside": [],
        "states": [],
    }


def test_a_shaky_topic_and_an_ignored_prerequisite_are_followed(run: Run, update: Update) -> None:
    run("know", "counting")
    run("shaky", "counting")
    run("ignore", "word-problems", "reading")
    carried = update("counting", "reading", former=True)
    assert carried["carried"] == [
        {"what": "shaky topic", "from": "counting", "to": "counting-2"},
        {"what": "ignored prerequisite", "from": "reading", "to": "reading-2"},
    ]
    assert carried["kept_aside"] == carried["states"] == []
    gone = update("counting", "reading", former=False)
    assert {one["what"] for one in gone["kept_aside"]} == {"shaky topic", "ignored prerequisite"}
