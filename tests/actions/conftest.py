"""A workspace as any face of the program makes one, and another terminal beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from llmpath.actions.workspace import Workspace

Between = Callable[[Callable[[Workspace], object]], None]


@pytest.fixture
def told() -> list[str]:
    """What the workspace has told beside what was asked for."""
    return []


@pytest.fixture
def w(small: Path, told: list[str]) -> Iterator[Workspace]:
    """A workspace on a database with the small catalog."""
    workspace = Workspace(tell=told.append)
    yield workspace
    workspace.close()


@pytest.fixture
def between(w: Workspace) -> Between:
    """Let another terminal act at the last moment before the next write lock is taken."""

    def between(act: Callable[[Workspace], object]) -> None:
        def other() -> None:
            terminal = Workspace()
            act(terminal)
            terminal.close()

        assert w.learner.name == "ada"  # written now, if this is their first command
        w.connection.before_writing = other

    return between
