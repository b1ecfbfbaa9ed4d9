"""No test of the catalog reads or writes outside its own folder."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import llmpath
from tests.catalog.samples import RESOURCES, ROADMAP

SOURCE = str(Path(llmpath.__file__).parents[1])  # what runs is what is tested


@pytest.fixture(autouse=True)
def at_home_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every run away from the real home, terminal and settings."""
    for name in ("LLMPATH_USER", "LLMPATH_CONFIG", "LLMPATH_CATALOG", "LLMPATH_NOW", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LLMPATH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOGNAME", "ada")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small catalog."""
    made = tmp_path / "catalog"
    made.mkdir()
    (made / "resources.yaml").write_text(RESOURCES, encoding="utf-8")
    (made / "roadmap.yaml").write_text(ROADMAP, encoding="utf-8")
    return made


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(folder: Path) -> Command:
    """Run `llmpath catalog` in a process of its own, in the folder; *memory* in bytes at most."""

    def run(*arguments: str, memory: int = 0) -> subprocess.CompletedProcess[str]:
        def limit() -> None:
            if memory:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        return subprocess.run(
            [sys.executable, "-m", "llmpath", "catalog", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": SOURCE},
            capture_output=True,
            text=True,
            encoding="utf-8",
            preexec_fn=limit,
            timeout=60,
        )

    return run
