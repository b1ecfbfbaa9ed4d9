"""The README shows what the program does: its examples, in order, in an empty home."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests import picture, readme
from tests.conftest import ROOT

TEXT = readme.README.read_text(encoding="utf-8")


def test_every_example_and_figure_is_what_the_program_says_today(home: Path) -> None:
    blocks = readme.BLOCK.findall(TEXT)
    examples = [found for block in blocks for found in readme.EXAMPLE.findall(block)]
    assert sum(1 for _, output in examples if output) >= 5
    # Nothing stands in these blocks that is no example, and none runs another program.
    assert "".join(f"$ llmpath{command}\n{output}" for command, output in examples) == "".join(
        blocks
    )
    assert readme.FIGURES.search(TEXT)
    assert readme.written(TEXT, home) == TEXT


def test_the_picture_shows_what_the_program_prints_today(home: Path) -> None:
    # Where this fails after an intended change: make picture, and look at it.
    assert picture.drawn(home) == picture.PICTURE.read_text(encoding="utf-8")


def test_the_picture_needs_nothing_from_elsewhere() -> None:
    text = picture.PICTURE.read_text(encoding="utf-8")
    ElementTree.fromstring(text)  # well-formed: a browser draws nothing of an SVG that is not
    assert set(re.findall(r"https?://[^\"']+", text)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|@font-face|<script|<image|<a\b", text)


def test_the_readme_says_in_words_what_the_picture_shows() -> None:
    (alternative,) = re.findall(r"!\[([^]]+)\]\(docs/terminal\.svg\)", TEXT)
    for command in picture.STORY:
        assert f'"llmpath {command}"' in alternative


def test_every_page_it_points_to_is_there() -> None:
    pages = re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT)
    assert pages
    assert [page for page in pages if not (ROOT / Path(page)).is_file()] == []
