"""A choice between sides is answered by several searches, which share what they read."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest

from llmpath.search import query
from llmpath.search.answer import answer
from llmpath.store.catalog.selection import Selection

SIDES = [
    "lora vs qlora",
    "how do I choose between rag or fine tuning",
    "difference between quantization and distillation",
]


@pytest.mark.parametrize("text", SIDES)
def test_the_text_indexes_are_asked_nothing_twice(field: sqlite3.Connection, text: str) -> None:
    asked: Counter[str] = Counter()
    field.set_trace_callback(lambda sql: asked.update([sql]))
    try:
        found = answer(field, "", query.parse(text), Selection(), 10)
    finally:
        field.set_trace_callback(None)
    assert len(found.sides) == 2
    ours = {sql: times for sql, times in asked.items() if " MATCH " in sql or " FROM word " in sql}
    indexes = {sql for sql in ours if "bm25(" in sql}
    assert len(indexes) > 10
    twice = {sql for sql, times in ours.items() if times > 1 and " word IN " not in sql}
    assert twice == set()
