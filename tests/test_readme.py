"""The README shows what the program does: its examples, in order, in an empty home."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT, Run

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def examples() -> Iterator[tuple[str, str]]:
    """Yield each command of the README with the output it shows, '' where it shows none."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def test_every_example_does_what_the_readme_shows(process: Run) -> None:
    shown = 0
    for command, output in examples():
        program, *arguments = shlex.split(command)
        assert program == "llmpath"
        ran = process(*arguments)
        if output:
            assert ran.out == output, command
            shown += 1
    assert shown >= 5


def test_every_page_it_points_to_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert pages
    assert [page for page in pages if not (ROOT / Path(page)).is_file()] == []
