"""Somebody prefers kinds, a level, languages: how they say so, and what comes of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from llmpath.languages import Language
from llmpath.settings import SETTINGS, variable
from llmpath.vocab import Kind, Level
from tests.conftest import SMALL, Run

KINDS = ", ".join(Kind)
LANGUAGES = ", ".join(Language)


def first(run: Run, *more: str) -> list[str]:
    return [pick["id"] for pick in json.loads(run("next", *more, "--json").out)["picks"]]


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("prefer.kinds", "video,article", "video,article"),
        ("prefer.kinds", "Videos  article, video", "video,article"),
        ("prefer.kinds", "", '""'),
        ("prefer.level", "advanced", "advanced"),
        ("prefer.level", "", '""'),
        ("languages", "chinese english", "Chinese,English"),
    ],
)
def test_a_preference_is_kept_as_it_was_meant(run: Run, name: str, given: str, kept: str) -> None:
    assert run("config", "set", name, given).out == f"{name} = {kept}\n"
    assert run("config", "get", name).out == f"{kept.strip(chr(34))}\n"


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        (
            "prefer.kinds",
            "video,viedo",
            f"prefer.kinds cannot be 'viedo'.\n  Choose from: {KINDS}.",
        ),
        ("languages", "Klingon", f"languages cannot be 'Klingon'.\n  Choose from: {LANGUAGES}."),
        ("languages", " , ", f"languages cannot be empty.\n  Choose from: {LANGUAGES}."),
        (
            "prefer.level",
            "expert",
            "prefer.level must be one of beginner, intermediate, advanced, not 'expert'.",
        ),
    ],
)
def test_what_cannot_be_preferred_is_refused(
    run: Run, data: Path, name: str, given: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("config", "set", name, given, code=2).err == f"llmpath: {told}\n"
    monkeypatch.setenv(variable(name), given)
    assert run("next", code=2).err == f"llmpath: {variable(name)}: {told}\n"
    monkeypatch.delenv(variable(name))
    data.mkdir(exist_ok=True)
    (data / "config.toml").write_text(f'{name} = "{given}"\n', encoding="utf-8")
    first = told.partition("\n")[0]
    assert run("next").err.startswith(
        f"{data}/config.toml: {first} It is ignored. To reset it: llmpath config unset {name}\n"
    )


def test_the_file_may_have_a_list(run: Run, data: Path) -> None:
    data.mkdir()
    (data / "config.toml").write_text('prefer.kinds = ["video", "article"]\n', encoding="utf-8")
    assert run("config", "get", "prefer.kinds").out == "video,article\n"


def test_the_levels_are_those_that_there_are() -> None:
    assert SETTINGS["prefer.level"].choices == tuple(Level)


@pytest.mark.usefixtures("small")
def test_a_kind_decides_among_ways_into_a_topic(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("next").out
    assert first(run) == ["counting-video", "reading-notes"]
    run("skip", "counting-book")
    monkeypatch.setenv("LLMPATH_PREFER_KINDS", "paper")
    monkeypatch.setenv("LLMPATH_PREFER_LEVEL", "advanced")
    run("know", "counting", "reading")
    assert first(run, "--topic", "adding")[0] == "adding-article"  # both are needed, in order
    assert "      taste      -1.00 x     1 =   -1.0\n" in run("next", "--explain").out
    run("undo")
    run("undo")
    monkeypatch.delenv("LLMPATH_PREFER_KINDS")
    monkeypatch.delenv("LLMPATH_PREFER_LEVEL")
    assert run("next").out == before


@pytest.fixture
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Path) -> None:
    """The small catalog with the only guide to writing in Chinese."""
    catalog = tmp_path / "chinese"
    shutil.copytree(SMALL, catalog)
    path = catalog / "resources.yaml"
    text = path.read_text(encoding="utf-8")
    old = "    topics: [writing]\n"
    assert old in text
    path.write_text(text.replace(old, f"{old}    language: Chinese\n"), encoding="utf-8")
    monkeypatch.setenv("LLMPATH_CATALOG", str(catalog))


@pytest.mark.usefixtures("chinese")
def test_what_cannot_be_read_is_never_offered_but_found(run: Run) -> None:
    run("know", "reading", "counting")
    assert "writing-guide" not in first(run, "-n", "20")
    told = run("next", "--topic", "writing").out
    assert told.splitlines()[-2:] == [
        "All of it is in Chinese. To be offered it: llmpath config set languages",
        "English,Chinese",
    ]
    assert run("why", "writing-guide").out.splitlines()[2:] == [
        "Not recommended: it is in Chinese, and you read English. To be offered it:",
        "llmpath config set languages English,Chinese",
    ]
    assert "what there is is in Chinese, which you don't read" in run("path", "writing").out
    step = json.loads(run("path", "writing", "--json").out)["steps"][0]
    assert (step["resources"], step["enough"], step["unread"]) == ([], False, ["Chinese"])
    assert "in Chinese" in run("search", "writing").out
    assert [one["id"] for one in json.loads(run("list", "lang:chinese", "--json").out)["results"]]
    assert first(run, "lang:chinese") == ["writing-guide"]  # who asks for it gets it
    run("config", "set", "languages", "English,Chinese")
    assert "writing-guide" in first(run)
    assert "which you don't read" not in run("path", "writing").out


@pytest.mark.usefixtures("chinese")
def test_what_is_in_progress_is_offered_in_any_language(run: Run) -> None:
    run("know", "reading")
    run("start", "writing-guide")
    assert first(run)[0] == "writing-guide"
    assert '"writing-guide"' in run("path", "writing", "--json").out


@pytest.mark.usefixtures("small")
def test_done_says_where_a_topic_stands_that_is_not_passed(run: Run) -> None:
    assert run("done", "adding-paper").out == (
        "Done: Fast Addition of Long Numbers\n  1 of 2 for Adding\n"
    )
    found = json.loads(run("done", "word-problems-dataset", "--json").out)
    assert found["progress"] == [
        {
            "id": "word-problems",
            "title": "Word problems",
            "done": 0,
            "enough": 1,
            "extra": True,
            "next": {"id": "word-problems-notebook", "title": "Word problems, worked"},
        }
    ]
    run("undo")
    assert run("done", "word-problems-dataset").out.endswith(
        "\n  an extra for Word problems; what counts towards it: Word problems, worked\n"
    )
    assert run("done", "counting-video").out == (
        "Done: Counting, slowly\n  passed Counting\n  unlocks 1 topic: Adding\n"
    )
    assert "progress" not in json.loads(run("reset", "counting-video", "--json").out)
    run("done", "adding-article")
    assert "of 2" not in run("done", "word-problems-notebook").out
