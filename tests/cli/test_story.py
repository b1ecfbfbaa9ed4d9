"""A first evening with the shipped catalog, each step a new process, to the letter."""

from __future__ import annotations

from pathlib import Path

from tests.cli import story


def test_the_story_of_a_first_evening(tmp_path: Path) -> None:
    told = story.tell(tmp_path)
    assert told == story.TEXT.read_text(encoding="utf-8"), "if meant: python -m tests.cli.story"
