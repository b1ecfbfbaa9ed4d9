"""No text that somebody types makes search fail."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from llmpath.errors import UsageError
from tests.search.conftest import find
from tests.search.hostile import strings


@contextmanager
def at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Read in one transaction: a third of the time goes into one for each of a million queries."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def test_twenty_thousand_hostile_strings_are_searched(numbers: sqlite3.Connection) -> None:
    refused = 0
    with at_once(numbers):
        for text in strings(20_000):
            try:
                found = find(numbers, text, limit=2)
            except UsageError as error:  # a filter with a bad value: a sentence, and what to write
                refused += bool(error.message and error.hint)
                continue
            assert found.total >= len(found.hits)
    assert refused < 4_000


def test_hostile_strings_find_in_the_shipped_catalog_too(field: sqlite3.Connection) -> None:
    with at_once(field):
        for text in strings(400, seed=8):
            with suppress(UsageError):
                find(field, text, limit=2)
