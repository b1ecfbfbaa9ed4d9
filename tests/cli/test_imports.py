"""A daily command imports nothing heavy: what it costs to start is what it costs to use."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "yaml",
    "asyncio",
    "importlib.metadata",
    "hashlib",
    "rich",
    "platformdirs",
    "tomllib",
}
PROBE = """
import json, sys
from llmpath.cli.app import run
code = run(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    "command",
    [
        [],
        ["next"],
        ["search", "quantization"],
        ["show", "attention"],
        ["show", "illustrated-transformer"],
        ["roadmap"],
        ["path", "rag"],
        ["why", "attention"],
        ["compare", "rag", "fine tuning"],
        ["compare", "full training vs 量化"],
        ["why", "illustrated-transformer"],
        ["plan", "--to", "rag"],
        ["place", "--yes-to", "pytorch"],
        ["welcome", "--want", "build", "--know", "python", "--hours", "5"],
        ["help", "done"],
        ["skip", "pytorch"],
        ["ignore", "rag", "llm-apis"],
        ["list"],
        ["start", "illustrated-transformer"],
        ["done", "illustrated-transformer"],
        ["spent", "30", "illustrated-transformer", "--on", "yesterday"],
        ["note", "attention", "a thought"],
        ["notes"],
        ["log"],
        ["--help"],
        ["next", "--help"],
        ["next", "--json"],
        ["next", "--minutes", "1h30"],
    ],
    ids=" ".join,
)
def test_a_daily_command_imports_nothing_heavy(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *command], capture_output=True, text=True, check=False
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    assert HEAVY & set(modules) == set()


@pytest.mark.usefixtures("shipped")
def test_undo_imports_nothing_heavy() -> None:
    started = (["start", "illustrated-transformer"], ["start", "annotated-transformer"])
    for command in (*started, ["undo"]):  # the second makes the backup of the day
        done = subprocess.run(
            [sys.executable, "-c", PROBE, *command], capture_output=True, text=True, check=False
        )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    assert HEAVY & set(modules) == set()
