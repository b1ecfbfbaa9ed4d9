"""No test of the catalog reads or writes outside its own folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalog.samples import RESOURCES, ROADMAP


@pytest.fixture(autouse=True)
def at_home_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every run away from the real home, terminal and settings."""
    for name in ("LLMPATH_USER", "LLMPATH_CONFIG", "LLMPATH_CATALOG", "LLMPATH_NOW", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LLMPATH_HOME", str(tmp_path / "home"))
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
