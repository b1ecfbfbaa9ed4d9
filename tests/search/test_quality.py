"""Search stays as good as it was: figures on judged queries, with a little room."""

from __future__ import annotations

import sqlite3
from statistics import mean

import pytest
from bench import judged, measures, quality


@pytest.fixture(scope="module")
def queries(field: sqlite3.Connection) -> list[judged.Judged]:
    return judged.judged(field)


@pytest.mark.parametrize(
    ("part", "least"),
    [("direct, first set", 0.85), ("paraphrases, first set", 0.68), ("added since", 0.84)],
)
def test_judged_queries_are_answered(
    field: sqlite3.Connection, queries: list[judged.Judged], part: str, least: float
) -> None:
    found = quality.quality(field, judged.ours, quality.parts(queries)[part])
    assert found.ndcg >= least
    assert found.empty == 0


def test_the_judgements_are_of_works_in_the_catalog(
    field: sqlite3.Connection, queries: list[judged.Judged]
) -> None:
    known = {id_ for (id_,) in field.execute("SELECT id FROM resource")}
    assert [(one.qid, key) for one in queries for key in one.grades if key not in known] == []
    assert len({one.qid for one in queries}) == len(queries) >= 88


def test_what_was_never_judged_is_left_out(field: sqlite3.Connection) -> None:
    seen = judged.seen(field)
    known = {id_ for (id_,) in field.execute("SELECT id FROM resource")}
    assert len(seen) == 647
    assert seen < known
    ranked = judged.ours(field, "agents")
    condensed = judged.condensed(judged.ours, seen)(field, "agents")
    assert condensed == [id_ for id_ in ranked if id_ in seen][: judged.DEPTH]
    assert condensed != ranked[: judged.DEPTH]


def test_words_with_one_typing_error_are_found(field: sqlite3.Connection) -> None:
    mistyped, typed, right = quality.typing(field)
    assert mistyped >= 0.76
    assert mistyped <= typed
    assert right >= 0.85


def test_the_typing_errors_are_of_words_that_are_there(field: sqlite3.Connection) -> None:
    lines = judged.TYPOS.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == 300
    assert len(judged.typos(field)) >= 290
    drawn = judged.drawn(field, 50)
    assert len(drawn) == 50
    assert all(typed != word for typed, word in map(str.split, drawn))


def test_real_words_are_not_taken_for_typing_errors(field: sqlite3.Connection) -> None:
    absent = judged.lacked(field)
    assert len(absent) == 60
    assert sum(bool(quality.corrected(field, word)) for word in absent) <= 6


def test_the_measures_are_those_of_the_literature() -> None:
    grades = {"a": 3, "b": 1}
    assert measures.ndcg(["a", "b"], grades) == 1
    assert measures.ndcg(["x", "a"], {"a": 2}) == pytest.approx(0.63093, abs=1e-5)
    assert measures.ndcg([], grades) == 0
    assert measures.reciprocal_rank(["x", "b"], grades) == 0.5
    assert measures.reciprocal_rank(["x"] * 10 + ["a"], grades) == 0
    assert measures.recall(["a", "x"], grades) == 0.5


def test_an_interval_holds_the_measure_and_is_the_same_again() -> None:
    cases = [0.0, 1.0] * 20
    low, high = measures.interval(cases, mean)
    assert 0.3 < low < 0.5 < high < 0.7
    assert measures.interval(cases, mean) == (low, high)
    assert measures.interval([1.0] * 5, mean) == (1.0, 1.0)
