"""Databases with the small catalog, opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmpath.catalog import locate
from llmpath.identity import Moment
from llmpath.store.learner import learners
from llmpath.store.opening import open_database
from tests.conftest import NOW, SMALL

WHEN = Moment(NOW, "2026-03-10")


@pytest.fixture
def connection(small: Path) -> Iterator[sqlite3.Connection]:
    """The small database, opened."""
    opened = open_database(small, locate.files(str(SMALL)))
    yield opened.connection
    opened.connection.close()


@pytest.fixture
def ada(connection: sqlite3.Connection) -> str:
    """The id of a learner."""
    return learners.present(connection, None, "ada", NOW).id


@pytest.fixture
def bob(connection: sqlite3.Connection) -> str:
    """The id of another learner."""
    from llmpath.store.learner import members

    return members.add(connection, "bob", NOW).id
