"""Search stays as good as it was: figures on judged queries, with a little room."""

from __future__ import annotations

import json
import random
import sqlite3
from statistics import fmean

import pytest
from bench import judged, measures, needs, quality, questions


@pytest.fixture(scope="module")
def queries(field: sqlite3.Connection) -> list[judged.Judged]:
    return judged.judged(field)


@pytest.fixture(scope="module")
def asked(field: sqlite3.Connection) -> list[questions.Question]:
    return questions.questions(field)


@pytest.fixture(scope="module")
def answered(
    field: sqlite3.Connection, asked: list[questions.Question]
) -> list[questions.Answered]:
    return questions.answered(asked, questions.ours(field))


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


@pytest.mark.parametrize(
    ("name", "number", "ndcg", "first", "shown"),
    [("r", 36, 0.604, 24, 29), ("f", 72, 0.63, 57, 66), ("u", 36, 0.61, 28, 33)],
)
def test_real_questions_are_answered(
    answered: list[questions.Answered],
    name: str,
    number: int,
    ndcg: float,
    first: int,
    shown: int,
) -> None:
    rows = questions.sets(answered)[name]
    assert len(rows) == number
    assert sum(row.ndcg for row in rows) / number >= ndcg
    assert sum(row.first for row in rows) >= first
    assert sum(row.shown for row in rows) >= shown
    assert [row.qid for row in rows if row.empty] == []


def test_the_real_questions_are_on_works_and_topics_of_the_catalog(
    field: sqlite3.Connection, asked: list[questions.Question]
) -> None:
    works = {id_ for (id_,) in field.execute("SELECT id FROM resource")}
    topics = {id_ for (id_,) in field.execute("SELECT id FROM topic")}
    assert [(one.qid, id_) for one in asked for id_ in one.seen - works] == []
    assert [(one.qid, id_) for one in asked for id_ in one.topics - topics] == []
    assert [one.qid for one in asked if not (one.grades and one.topics)] == []
    assert [one.qid for one in asked if not one.grades.keys() <= one.seen] == []
    assert {grade for one in asked for grade in one.grades.values()} == {1, 2, 3}
    assert len({one.qid for one in asked}) == len({one.text for one in asked}) == len(asked) == 144


def test_the_real_questions_say_where_they_were_asked_and_nothing_twice() -> None:
    rows = questions.QUESTIONS.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(row) for row in rows]
    keys = ["qid", "query", "sort", "lang", "topics", "relevant", "judged", "source"]
    assert [one["qid"] for one in entries if list(one) != keys] == []
    assert all(one["source"].startswith("https://") for one in entries)
    sorts = {"question", "name", "vague", "error", "typo", "foreign"}
    assert {one["sort"] for one in entries} == sorts
    assert {one["qid"][0] for one in entries} == set(questions.SETS)
    for one in entries:
        assert (one["judged"] is None) == one["qid"].startswith("r")
        both = [*one["relevant"], *(one["judged"] or ())]
        assert len(set(both)) == len(both), one["qid"]


def test_a_ranking_is_measured_by_what_was_judged_for_its_query_and_raw() -> None:
    one = questions.Question(
        "f1", "why", "question", frozenset({"t"}), {"good": 2}, frozenset({"good", "bad"})
    )

    def measured(hits: list[str], topics: list[str]) -> questions.Answered:
        (row,) = questions.answered([one], lambda _: (hits, topics))
        return row

    row = measured(["new", "good", "bad"], ["t", "u"])
    assert (row.ndcg, row.mrr, row.recall) == (1, 1, 1)
    assert row.raw == pytest.approx(0.63093, abs=1e-5)
    assert (row.first, row.shown, row.empty) == (True, True, False)
    row = measured(["bad", "good"], ["u", "v", "t"])
    assert row.ndcg == row.raw == pytest.approx(0.63093, abs=1e-5)
    assert (row.mrr, row.first, row.shown) == (0.5, False, True)
    row = measured([], ["u", "v", "w", "t"])
    assert (row.ndcg, row.raw, row.recall) == (0, 0, 0)
    assert (row.first, row.shown, row.empty) == (False, False, True)


def test_the_table_has_each_set_by_sort_and_both_together() -> None:
    good = questions.Answered("r1", "question", 1.0, 1.0, 0.5, 0.75, True, True, False)
    poor = questions.Answered("f1", "question", 0.0, 0.0, 0.0, 0.0, False, True, True)
    head, columns, *lines = questions.table([good, poor])
    assert "95 %" in head
    named = " ".join(columns.split())
    assert named == "queries nDCG@10 MRR@10 rec@20 raw topic first in three empty"
    only = "1 1.000 (1.000-1.000) 1.000 0.500 0.750 1 (1-1) 1 (1-1) 0"
    none = "1 0.000 (0.000-0.000) 0.000 0.000 0.000 0 (0-0) 1 (1-1) 1"
    both = "2 0.500 (0.000-1.000) 0.500 0.250 0.375 1 (0-2) 2 (2-2) 1"
    assert [" ".join(line.split()) for line in lines] == [
        "r: judged among the works of judged_works.txt",
        f"question {only}",
        f"all sorts {only}",
        "f: judged in pools of four engines",
        f"question {none}",
        f"all sorts {none}",
        "all: all sets together",
        f"question {both}",
        f"all sorts {both}",
    ]


def test_words_with_one_typing_error_are_found(field: sqlite3.Connection) -> None:
    mistyped, typed, right = quality.typing(field)
    assert mistyped >= 0.76
    assert mistyped <= typed
    assert right >= 0.92


def test_the_typing_errors_are_of_words_that_are_there(field: sqlite3.Connection) -> None:
    lines = judged.TYPOS.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == 300
    assert len(judged.typos(field)) >= 290
    drawn = judged.drawn(field, 50)
    assert len(drawn) == 50
    assert all(typed != word for typed, word in map(str.split, drawn))


def test_slips_of_each_kind_are_put_right(field: sqlite3.Connection) -> None:
    lines = judged.SLIPS.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == 400
    kinds = judged.slips(field)
    assert all(len(found) >= 75 for found in kinds.values())
    for kind, found in kinds.items():
        right = sum(quality.corrected(field, one.typed) == one.word for one in found)
        assert right / len(found) >= 0.85, kind
    drawn = judged.drawn_slips(field, 10)
    assert [line.split()[0] for line in drawn] == [kind for kind in judged.KINDS for _ in range(10)]
    assert all(typed != word for _, typed, word in map(str.split, drawn))


def test_real_words_are_not_taken_for_typing_errors(field: sqlite3.Connection) -> None:
    absent = judged.lacked(field)
    assert len(absent) == 60
    assert sum(bool(quality.corrected(field, word)) for word in absent) <= 2


def test_the_measures_are_those_of_the_literature() -> None:
    grades = {"a": 3, "b": 1}
    assert measures.ndcg(["a", "b"], grades) == 1
    assert measures.ndcg(["x", "a"], {"a": 2}) == pytest.approx(0.63093, abs=1e-5)
    assert measures.ndcg([], grades) == 0
    assert measures.reciprocal_rank(["x", "b"], grades) == 0.5
    assert measures.reciprocal_rank(["x"] * 10 + ["a"], grades) == 0
    assert measures.recall(["a", "x"], grades) == 0.5


def test_an_interval_is_that_of_the_percentile_bootstrap() -> None:
    assert measures.interval([0.25], fmean) == (0.25, 0.25)
    # Of two, both are the lower in a quarter of the samples; of ten, as the binomial says.
    assert measures.interval([0, 1], sum) == (0, 2)
    assert measures.interval([True, False] * 5, sum) == (2, 8)
    assert measures.interval([2, 4] * 5, fmean) == pytest.approx((2.4, 3.6))
    assert measures.interval([0, 1] * 5, fmean, 0.5) == (0.4, 0.6)
    # Of many, the bounds are those of the normal distribution: 1.96 standard errors away.
    assert measures.interval([0, 1] * 50, fmean) == pytest.approx((0.402, 0.598), abs=0.011)


def test_an_interval_is_the_same_each_time() -> None:
    values = [0.1, 0.9, 0.4, 0.35, 0.8, 0.62]
    random.seed(1)
    found = measures.interval(values, fmean)
    random.seed(2)
    assert measures.interval(values, fmean) == found
    assert min(values) < found[0] < fmean(values) < found[1] < max(values)


def test_the_topics_that_texts_need_are_found(field: sqlite3.Connection) -> None:
    texts = [one for one in needs.texts([needs.NEEDED]) if one.held_out]
    known = {id_ for (id_,) in field.execute("SELECT id FROM topic")}
    assert len(texts) == 30
    assert [(one.id, id_) for one in texts for id_ in one.topics if id_ not in known] == []
    rows = needs.told(field, texts)
    assert needs.precision(rows) >= 0.75
    assert needs.recall(rows) >= 0.65
    assert sum(row.any_in_three for row in rows) >= 28
