"""The small and the shipped catalog, opened to be searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from llmpath.catalog import locate
from llmpath.search import engine, query
from llmpath.search.filters import narrowed
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learners
from llmpath.store.opening import open_database

SMALL = Path(__file__).parents[1] / "small"
NOW = "2026-03-10T18:30:00+00:00"


def opened(folder: Path, files: locate.Files) -> Iterator[sqlite3.Connection]:
    connection = open_database(folder / "llmpath.db", files).connection
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The small catalog."""
    yield from opened(tmp_path_factory.mktemp("numbers"), locate.files(str(SMALL)))


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The shipped catalog."""
    yield from opened(tmp_path_factory.mktemp("field"), locate.files())


@pytest.fixture(scope="module")
def ada(numbers: sqlite3.Connection) -> str:
    """The id of a learner of the small catalog."""
    return learners.present(numbers, None, "ada", NOW).id


Find = Callable[..., engine.Found]


def find(
    connection: sqlite3.Connection,
    text: str,
    learner: str = "",
    limit: int = 10,
    exact: bool = False,
) -> engine.Found:
    """Search *connection* for *text* as the command does."""
    asked = query.parse(text)
    selection = narrowed(Selection(), asked, learner, lambda _, name: name, dict)
    return engine.find(engine.Engine(connection, learner, selection), asked, limit, exact)


def ids(found: engine.Found) -> list[str]:
    """Return the ids of what was found, best first."""
    return [hit.resource.id for hit in found.hits]
