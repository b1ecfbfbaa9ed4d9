"""The code is laid out as docs/ARCHITECTURE.md says: every module named, imports one way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "llmpath"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
NAMES = [str(path.relative_to(PACKAGE)) for path in MODULES]

# Who may import whom: data flows catalog -> store -> study, search -> render -> cli.
LEAVES = {"vocab", "model", "curriculum", "errors", "words", "phrases", "plans"}
ALLOWED = {
    "vocab": set(),
    "model": {"vocab"},
    "curriculum": {"model"},
    "errors": set(),
    "words": set(),
    "phrases": set(),
    "plans": {"vocab"},
    "settings": {"errors"},
    "catalog": LEAVES | {"catalog"},
    "store": LEAVES | {"catalog", "store"},
    "search": LEAVES | {"store", "search", "catalog"},
    "study": {"vocab", "model", "phrases", "plans", "study"},
    "render": LEAVES | {"store", "search", "study", "render", "catalog"},
    "export": LEAVES | {"render", "store", "study", "export"},
    "cli": LEAVES
    | {"settings", "catalog", "store", "search", "study", "render", "export", "cli", ""},
    "__main__": {"cli"},
}


def imports(path: Path) -> set[str]:
    """Return the parts of llmpath that a module imports, at its top or within."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = node.module == "llmpath"
            names = [f"llmpath.{one.name}" for one in node.names] if inside else [node.module]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("llmpath.")}
    return {
        part if (PACKAGE / f"{part}.py").exists() or (PACKAGE / part).is_dir() else ""
        for part in found
    }


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_go_one_way(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert imports(path) - ALLOWED[part] == set()


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_is_small_and_named_in_the_architecture(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    commands = path.parent.name in (
        "commands",
        "pages",
        "cli",
        "export",
    )  # a module per group of commands, as the page says
    assert path.stem in named() or commands or path.stem == "__main__"


def named() -> set[str]:
    """Return the words that stand as code in the page."""
    document = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```", "", document, flags=re.DOTALL)
    return set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", prose))))


def test_the_architecture_names_no_module_that_is_gone() -> None:
    document = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = document.split("## The parts, module by module")[1].split("\n## ")[0]
    for part, listed in re.findall(
        r"^\* `(\w+)`: (.*?)(?=^\* |\Z)", section, re.DOTALL | re.MULTILINE
    ):
        for name in re.findall(r"`(\w+)`", listed):
            assert list((PACKAGE / part).rglob(f"{name}.py")), f"{part}/{name}"
