"""What is not in English is said to be so, found by its language, offered to those who read it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import SMALL, Run


@pytest.fixture
def bilingual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small catalog with a book in German, and hardly a core for adding."""
    catalog = tmp_path / "bilingual"
    shutil.copytree(SMALL, catalog)
    edits = {
        "resources.yaml": ("    year: 2011\n", "    year: 2011\n    language: German\n"),
        "roadmap.yaml": (
            "core: [adding-article, adding-paper]\n    enough: 2",
            "core: [adding-paper]",
        ),
    }
    for name, (old, new) in edits.items():
        text = (catalog / name).read_text(encoding="utf-8")
        assert old in text
        (catalog / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setenv("LLMPATH_CATALOG", str(catalog))


@pytest.mark.usefixtures("bilingual")
def test_a_page_says_the_language(run: Run) -> None:
    assert "\nin         German\n" in run("show", "counting-book").out
    assert "\nin         " not in run("show", "counting-video").out
    assert json.loads(run("show", "counting-video", "--json").out)["language"] == "English"


@pytest.mark.usefixtures("bilingual")
def test_a_filter_names_the_language(run: Run) -> None:
    found = json.loads(run("list", "language:german", "--json").out)["results"]
    assert [work["id"] for work in found] == ["counting-book"]
    found = json.loads(run("list", "lang:English", "--json").out)["results"]
    assert "counting-book" not in [work["id"] for work in found]
    assert len(found) > 3
    assert "book, intermediate, 10 h, 2011, in German" in run("search", "numbers").out
    assert run("list", "language:germa", code=2).err == (
        "llmpath: language:germa is not a valid filter.\n  Did you mean language:german?\n"
    )


@pytest.mark.usefixtures("bilingual")
def test_beside_too_short_a_core_what_is_in_english_comes_first(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("know", "counting")
    offered = json.loads(run("next", "--topic", "adding", "-n", "6", "--json").out)["picks"]
    assert "counting-book" not in [pick["id"] for pick in offered]
    monkeypatch.setenv("LLMPATH_LANGUAGES", "English,German")
    picks = json.loads(run("next", "--topic", "adding", "-n", "6", "--json").out)["picks"]
    assert [pick["id"] for pick in picks] == [
        "adding-paper",
        "adding-article",
        "word-problems-notebook",
        "counting-book",
    ]
    assert picks[3]["reason"] == "instead of Fast Addition of Long Numbers, in German, 10 h"
