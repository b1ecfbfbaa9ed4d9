"""Stories of learners with the shipped catalog, each step a new process, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import story


@pytest.mark.parametrize("name", story.STORIES)
def test_the_story_is_as_it_was_told(name: str, tmp_path: Path) -> None:
    told = story.tell(name, tmp_path)
    written = story.path_of(name).read_text(encoding="utf-8")
    assert told == written, "if meant: python -m tests.cli.story"
