"""No text that somebody types makes search fail."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from llmpath.errors import UsageError
from tests.search.conftest import find
from tests.search.hostile import strings


def test_twenty_thousand_hostile_strings_are_searched(numbers: sqlite3.Connection) -> None:
    refused = 0
    for text in strings(20_000):
        try:
            found = find(numbers, text, limit=2)
        except UsageError as error:  # a filter with a bad value: a sentence, and what to write
            refused += bool(error.message and error.hint)
            continue
        assert found.total >= len(found.hits)
    assert refused < 4_000


def test_hostile_strings_find_in_the_shipped_catalog_too(field: sqlite3.Connection) -> None:
    for text in strings(400, seed=8):
        with suppress(UsageError):
            find(field, text, limit=2)
