"""docs/RELIABILITY.md names the test of each promise: each of them is there."""

from __future__ import annotations

import re

from llmpath.catalog import document, shape
from llmpath.store.history import exchange
from llmpath.store.learner import writing
from tests.conftest import ROOT
from tests.faults.trials import TRIALS

PAGE = (ROOT / "docs" / "RELIABILITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:tests|bench|src)/[\w./]+)(?:::(\w+))?`", PAGE)


def test_every_path_and_test_that_the_page_names_is_there() -> None:
    assert len(NAMED) > 20
    assert [path for path, _ in NAMED if not (ROOT / path).is_file()] == []
    lacking = [
        f"{path}::{test}"
        for path, test in NAMED
        if test and f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert lacking == []


def test_every_module_of_faults_is_told_of() -> None:
    folder = ROOT / "tests" / "faults"
    told = {path for path, _ in NAMED}
    helpers = {"__init__", "place", "trials", "forking", "odd", "test_faults", "test_hostile"}
    modules = {path for path in folder.glob("*.py") if path.stem not in helpers}
    assert {str(path.relative_to(ROOT)) for path in modules} <= told
    assert len(TRIALS) >= len(modules)


def test_the_limits_are_those_of_the_guards() -> None:
    section = PAGE.split("## Limits of what is read")[1].split("\n## ")[0]
    for limit in (
        document.LARGEST,
        document.DEEPEST,
        document.MOST,
        shape.FAULTS,
        exchange.MOST_BYTES,
        exchange.MOST_VALUES,
        exchange.LONGEST_NUMBER,
        writing.LONGEST_NOTE,
    ):
        assert f" {limit:,} " in section or f" {limit:,}," in section, limit
