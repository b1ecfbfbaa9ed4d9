"""The glossary is read behind the same guard as the catalog, and checked against it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from llmpath.catalog import load, locate
from llmpath.errors import InvalidFile
from tests.conftest import SMALL

GOOD = (SMALL / "glossary.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small catalog."""
    return Path(shutil.copytree(SMALL, tmp_path / "mine"))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("topic: counting", "topic: countin", "no topic 'countin'. Did you mean 'counting'?"),
        (
            "id: carry",
            "id: nap",
            "id 'nap' is already used at glossary.yaml:3:9. Merge the two entries.",
        ),
        ("term: Carry", "term: nap", "term 'nap' is already used at glossary.yaml:4:11."),
        ("term: Carry", "", "'term' is missing. Add it."),
        ("stands_for:", "stand_for:", "unknown key 'stand_for'. Did you mean 'stands_for'?"),
        ("definition: Reading a digit", "definition: A [", ""),
        ("mean: [addition, sum]", "mean: []", "'mean'"),
        ("NAP", "!!python/object:os.system NAP", "tag"),
        ("NAP", "&a NAP", "anchor"),
        ("version: 1", "version: 2", "'version' is 2"),
    ],
)
def test_a_fault_is_told_with_its_place(folder: Path, old: str, new: str, problem: str) -> None:
    path = folder / "glossary.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    files = locate.files(str(folder))
    expected = [] if new.startswith("definition: A [") else [problem]
    for found in (load.check(folder, files), load.check(path, files)):
        told = [str(one) for one in found if "glossary" in one.path.name]
        assert len(told) >= len(expected)
        assert all(any(part in one for one in told) for part in expected), told
        assert all(one.startswith(f"{path}:") for one in told)
    if expected:
        with pytest.raises(InvalidFile):
            load.load(files)


def test_a_catalog_may_do_without(folder: Path) -> None:
    assert len(load.load(locate.files(str(folder))).glossary) == 2
    (folder / "glossary.yaml").unlink()
    files = locate.files(str(folder))
    assert load.load(files).glossary == ()
    assert len(files.signature().split("|")) == 2


def test_the_shipped_glossary_covers_the_field() -> None:
    catalog = load.load(locate.files())
    assert len(catalog.glossary) >= 120
    assert len({term.topic for term in catalog.glossary}) >= 60
    assert all(term.definition.endswith(".") for term in catalog.glossary)
    for wanted in ("RLHF", "RAG", "LoRA", "MoE", "KV cache", "GRPO", "MCP"):
        assert wanted in {term.term for term in catalog.glossary}
