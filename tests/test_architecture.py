"""The code is laid out as docs/ARCHITECTURE.md says: every module named, imports one way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "llmpath"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
NAMES = [str(path.relative_to(PACKAGE)) for path in MODULES]

# Who may import whom. Data flows catalog -> store -> study, search -> actions -> render, export
# -> cli; the ground, which all may stand on, knows nobody.
GROUND = {"vocab", "model", "curriculum", "plans", "words", "phrases"}
GROUND |= {"errors", "files", "identity", "inputs", "kept", "languages", "locks", "texts", "times"}
GROUND |= {"plaintext"}
ALLOWED = {
    "vocab": set(),
    "model": {"vocab"},
    "languages": {"model"},
    "curriculum": {"model", "vocab"},
    "errors": set(),
    "kept": set(),
    "texts": {"errors"},
    "plaintext": {"errors", "texts"},
    "words": set(),
    "phrases": set(),
    "times": {"errors"},
    "plans": {"vocab"},
    "files": set(),
    "inputs": set(),
    "locks": set(),
    "identity": set(),
    "settings": {"errors", "vocab", "languages"},
    "catalog": GROUND,
    "store": GROUND | {"catalog"},
    "search": GROUND | {"store", "catalog"},
    "study": GROUND,
    "actions": GROUND | {"settings", "catalog", "store", "search", "study", ""},
    "render": GROUND | {"settings", "study", "actions"},
    "export": GROUND | {"study", "actions", "render"},
    "cli": GROUND | {"settings", "catalog", "store", "actions", "study", "render", "export", ""},
    "__main__": {"cli"},
}
# The rooms of the store, from the ground up: each may import those before it, and no other.
ROOMS = ("database", "history", "catalog", "learner", "health")


def imports(path: Path, types: bool = True) -> list[str]:
    """Return the modules of llmpath that a module imports, at its top or within.

    Without *types*, those that it imports for its annotations alone are left out.
    """
    return [name for name, for_types in _imported(path) if types or not for_types]


@cache
def _imported(path: Path) -> list[tuple[str, bool]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        for name in _names(node):
            if name.split(".")[0] == "llmpath":
                found.append((name, id(node) in guarded))
    return found


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for one in node.names:
            inner = f"{node.module}.{one.name}"
            yield inner if _file(inner) else node.module


def _file(name: str) -> Path | None:
    """Return the file of the module called *name*, or None where it is a package or no module."""
    path = PACKAGE.parent / Path(*name.split("."))
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else None


def part(name: str) -> str:
    """Return the part of llmpath that a module belongs to; '' for what llmpath itself has."""
    inner = name.split(".")[1:2]
    return inner[0] if (inner and (PACKAGE / inner[0]).exists()) or _file(name) else ""


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_go_one_way(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    # A page may name the types of the values it draws; it imports nothing of the store to run.
    names = imports(path, types=own not in ("render", "export"))
    assert {part(name) for name in names} - {own} - ALLOWED[own] == set()


def test_no_file_is_in_a_circle() -> None:
    graph = {}
    for path in MODULES:
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        # A lazy import closes a circle as well as one at the top: all count.
        graph[name] = {one for one in imports(path, types=False) if _file(one)}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(MODULES)  # raises CycleError


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "store").rglob("*/*.py")), ids=lambda path: path.stem
)
def test_the_rooms_of_the_store_import_one_way(path: Path) -> None:
    room = path.parent.name
    inner = {name.split(".")[2] for name in imports(path) if name.startswith("llmpath.store.")}
    assert inner <= set(ROOMS[: ROOMS.index(room) + 1])


ACTIONS = sorted((PACKAGE / "actions").glob("*.py"))


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: path.stem)
def test_an_action_returns_a_value_and_draws_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert modules & {"typer", "rich", "sys", "click", "argparse"} == set()
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert called & {"print", "input", "open"} == set()


COMMANDS = sorted((PACKAGE / "cli" / "commands").glob("*.py"))


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_a_command_parses_calls_and_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    tree = ast.parse(text)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.With)]  # takes no lock
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert names & {"execute", "executemany", "connection", "writing"} == set()
    assert {part(name) for name in imports(path)} & {"store", "search"} == set()


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_is_small_and_named_in_the_architecture(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    # A module per group of commands and a page per command, as the page says.
    of_a_command = path.parent.name in ("commands", "pages")
    assert path.stem in named() or of_a_command or path.stem == "__main__"


@cache
def named() -> set[str]:
    """Return the words that stand as code in the page."""
    document = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```", "", document, flags=re.DOTALL)
    return set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", prose))))


def test_the_architecture_names_no_module_that_is_gone() -> None:
    document = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = document.split("## The parts, module by module")[1].split("\n## ")[0]
    listed = re.findall(r"^\* `([\w/]+)/?`: (.*?)(?=^\* |\Z)", section, re.DOTALL | re.MULTILINE)
    assert {part.split("/")[0] for part, _ in listed} == {
        path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()
    }
    for folder, modules in listed:
        for name in re.findall(r"`(\w+)`", modules):
            assert (PACKAGE / folder.rstrip("/") / f"{name}.py").is_file(), f"{folder}/{name}"


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "render" / "pages").glob("*.py")), ids=lambda path: path.stem
)
def test_a_page_is_named_for_its_command(path: Path) -> None:
    from llmpath.cli.registry import COMMANDS

    shared = {"__init__", "outcome", "dashboard"}  # what any write did; `llmpath` alone
    of_catalog = {"catalog_stats", "catalog_diff", "catalog_files", "catalog_freshness"}
    assert path.stem.rstrip("_") in {*COMMANDS, *shared, *of_catalog} or path.stem in shared
