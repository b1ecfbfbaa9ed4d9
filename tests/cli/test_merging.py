"""What an import says where two machines said different things."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import Run

Words = tuple[str, ...]
Meet = Callable[[Words, Words, Words], list[str]]


@pytest.fixture
def meet(
    run: Run,
    databases: Mapping[str, Path],
    small: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Meet:
    """Return what the second of two machines is told of the first, which spoke an hour before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def meet(both: Words, first: Words, second: Words) -> list[str]:
        for home in ("one", "two"):
            (tmp_path / home).mkdir(mode=0o700)
            shutil.copy(databases["small"], tmp_path / home / "llmpath.db")
        for home, hour, words in (
            ("one", 10, both),
            ("one", 10, ("export", "json", "-o", "both.json")),
            ("two", 10, ("import", "both.json")),
            ("one", 11, first),
            ("two", 12, second),
            ("one", 13, ("export", "json", "-o", "one.json")),
        ):
            monkeypatch.setenv("LLMPATH_HOME", str(tmp_path / home))
            monkeypatch.setenv("LLMPATH_NOW", f"2026-03-10T{hour}:00:00+00:00")
            run(*words)
        monkeypatch.setenv("LLMPATH_HOME", str(tmp_path / "two"))
        lines = run("import", "one.json").out.splitlines()
        assert run("import", "one.json").out == "one.json contains nothing new.\n"
        return [line for line in lines if not line.startswith("To undo this:")]

    return meet


VIDEO = "counting-video"


@pytest.mark.parametrize(
    ("both", "first", "second", "told"),
    [
        (
            ("goal", "adding"),
            ("goal", "adding", "--by", "2026-07-01"),
            ("goal", "adding", "--drop"),
            "goal adding: dropped 2026-03-10 12:00, though changed elsewhere",
        ),
        (
            ("goal", "adding"),
            ("goal", "adding", "--drop"),
            ("goal", "adding", "--by", "2026-07-01"),
            "goal adding: kept as of 2026-03-10 12:00, though dropped elsewhere",
        ),
        (
            ("plan", "--to", "adding", "--hours", "2"),
            ("plan", "drop"),
            ("plan", "--to", "adding", "--hours", "3"),
            "plan: kept as of 2026-03-10 12:00, though dropped elsewhere",
        ),
        (
            ("plan", "--to", "adding", "--hours", "2"),
            ("plan", "--to", "adding", "--hours", "3"),
            ("plan", "drop"),
            "plan: dropped 2026-03-10 12:00, though changed elsewhere",
        ),
        (
            ("start", VIDEO),
            ("reset", VIDEO),
            ("skip", VIDEO),
            f"progress {VIDEO}: skipped as of 2026-03-10 12:00, though reset elsewhere",
        ),
        (
            ("start", VIDEO),
            ("done", VIDEO),
            ("reset", VIDEO),
            f"progress {VIDEO}: done as of 2026-03-10 11:00, though reset elsewhere",
        ),
        (
            ("note", "adding", "first"),
            ("note", "--delete", "1"),
            ("note", "--edit", "1", "second"),
            "note 1 on adding: with the text of 2026-03-10 12:00, though deleted elsewhere",
        ),
        (
            ("know", "adding"),
            ("shaky", "adding"),
            ("forget", "adding"),
            "topic mark adding: forgotten 2026-03-10 12:00, though changed elsewhere",
        ),
    ],
)
def test_what_one_removed_and_the_other_changed_is_told_with_what_holds(
    meet: Meet, both: Words, first: Words, second: Words, told: str
) -> None:
    assert meet(both, first, second) == [
        "Merged: 1 command new here",
        "Said differently on both sides; this holds:",
        f"  {told}",
    ]


def test_an_undo_alone_is_news_of_a_command_that_is_known(meet: Meet) -> None:
    assert meet(("goal", "adding"), ("undo",), ("note", "adding", "mine")) == [
        "Merged: no new commands, only changes to known commands or learners"
    ]
