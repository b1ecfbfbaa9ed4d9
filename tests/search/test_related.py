"""Resources like one are found by the words they share."""

from __future__ import annotations

import sqlite3

from llmpath.search.related import related


def test_the_most_alike_come_first_with_the_words_they_share(field: sqlite3.Connection) -> None:
    found = related(field, "illustrated-transformer", 8)
    assert len(found) == 8
    assert [hit.likeness for hit in found] == sorted((hit.likeness for hit in found), reverse=True)
    assert all(0 < hit.likeness < 1 for hit in found)
    assert {"attention-is-all-you-need-paper", "annotated-transformer"} & {
        hit.resource.id for hit in found
    }
    assert all("transformer" in hit.shared for hit in found[:3])


def test_a_resource_is_not_related_to_itself(field: sqlite3.Connection) -> None:
    ids = [row[0] for row in field.execute("SELECT id FROM resource ORDER BY position LIMIT 40")]
    for id_ in ids:
        assert id_ not in {hit.resource.id for hit in related(field, id_, 10)}


def test_likeness_is_the_same_both_ways(numbers: sqlite3.Connection) -> None:
    there = {hit.resource.id: hit.likeness for hit in related(numbers, "adding-paper", 9)}
    back = {hit.resource.id: hit.likeness for hit in related(numbers, "counting-book", 9)}
    assert abs(there["counting-book"] - back["adding-paper"]) < 1e-9
