"""Questions that people really asked, and how well they are answered: part of `make quality`.

bench/real.jsonl has them with what was judged for each. A ranking is measured condensed, without
what was never judged for that query (Sakai, "Alternatives to Bpref", 2007), and raw, where all that
counts as irrelevant. How they were collected and judged stands in docs/CONTRIBUTING.md.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from bench import judged, measures
from llmpath.actions.searching import TOPICS_SHOWN
from llmpath.catalog.address import canonical

QUESTIONS = Path(__file__).with_name("real.jsonl")
SETS = {
    "r": "judged among the works of judged_works.txt",
    "f": "judged in pools of four engines",
    "u": "the same, collected after search was built, and not looked at while it was",
}


class Question(NamedTuple):
    """A question with the topics that it is on, and the grades of all that was judged for it.

    `grades` are 1 to 3 by the id of a resource; `seen` are the ids that the judge had before them,
    those of grade 0 among them.
    """

    qid: str
    text: str
    sort: str
    topics: frozenset[str]
    grades: Mapping[str, int]
    seen: frozenset[str]


class Answered(NamedTuple):
    """How well a question is answered; `raw` is nDCG@10 where the unjudged counts as irrelevant.

    `first` and `shown`: whether a right topic stands first, and among those that a page shows.
    """

    qid: str
    sort: str
    ndcg: float
    mrr: float
    recall: float
    raw: float
    first: bool
    shown: bool
    empty: bool


# The ids of the resources and of the topics that a text finds, best first.
Finder = Callable[[str], tuple[Sequence[str], Sequence[str]]]


def questions(connection: sqlite3.Connection, path: Path = QUESTIONS) -> list[Question]:
    """Return the questions; topics by the ids that they have today."""
    ids = judged.by_address(connection)
    names = dict(connection.execute("SELECT former, id FROM renamed").fetchall())
    works = judged.seen(connection)
    found = []
    for one in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        grades = judged.grades(one["relevant"], ids)
        zero = [ids.get(canonical(url), canonical(url)) for url in one["judged"] or ()]
        seen = works if one["judged"] is None else frozenset([*grades, *zero])
        topics = frozenset(names.get(id_, id_) for id_ in one["topics"])
        found.append(Question(one["qid"], one["query"], one["sort"], topics, grades, seen))
    return found


def ours(connection: sqlite3.Connection) -> Finder:
    """Return the search of llmpath."""

    def find(text: str) -> tuple[Sequence[str], Sequence[str]]:
        found = judged.searched(connection, text)
        return [hit.resource.id for hit in found.hits], found.topics

    return find


def answered(asked: Sequence[Question], find: Finder) -> list[Answered]:
    """Return how well *find* answers each question."""
    return [_answered(one, *find(one.text)) for one in asked]


def _answered(one: Question, hits: Sequence[str], topics: Sequence[str]) -> Answered:
    condensed = [id_ for id_ in hits if id_ in one.seen]
    return Answered(
        one.qid,
        one.sort,
        measures.ndcg(condensed, one.grades),
        measures.reciprocal_rank(condensed, one.grades),
        measures.recall(condensed, one.grades),
        measures.ndcg(hits, one.grades),
        not one.topics.isdisjoint(topics[:1]),
        not one.topics.isdisjoint(topics[:TOPICS_SHOWN]),
        not hits,
    )


def sets(rows: Sequence[Answered]) -> dict[str, list[Answered]]:
    """Return *rows* by the set that they are of, and together as "all"."""
    apart = {name: [row for row in rows if row.qid.startswith(name)] for name in SETS}
    return {**apart, "all": list(rows)}


def table(rows: Sequence[Answered]) -> list[str]:
    """Return the lines of the table: by sort and all, for each set and for all together."""
    lines = [
        "Real questions; in brackets 95 % intervals; raw: nDCG@10 where the unjudged is irrelevant",
        f"{'':<14}{'queries':>8}  {'nDCG@10':<19}{'MRR@10':>8}{'rec@20':>8}{'raw':>7}"
        f"  {'topic first':<12}{'in three':<12}{'empty':>6}",
    ]
    for name, chosen in sets(rows).items():
        if not chosen:
            continue
        lines.append(f"{name}: {SETS.get(name, 'all sets together')}")
        for sort in dict.fromkeys(row.sort for row in rows):
            lines.append(_line(sort, [row for row in chosen if row.sort == sort]))
        lines.append(_line("all sorts", chosen))
    return lines


def _line(name: str, rows: Sequence[Answered]) -> str:
    def mean(values: Sequence[float]) -> str:
        low, high = measures.interval(values, fmean)
        return f"{fmean(values):.3f} ({low:.3f}-{high:.3f})"

    def count(values: Sequence[bool]) -> str:
        low, high = measures.interval(values, sum)
        return f"{sum(values)} ({low:.0f}-{high:.0f})"

    return (
        f"  {name:<12}{len(rows):>8}  {mean([row.ndcg for row in rows])}"
        f"{fmean(row.mrr for row in rows):>8.3f}{fmean(row.recall for row in rows):>8.3f}"
        f"{fmean(row.raw for row in rows):>7.3f}  {count([row.first for row in rows]):<12}"
        f"{count([row.shown for row in rows]):<12}{sum(row.empty for row in rows):>6}"
    )
