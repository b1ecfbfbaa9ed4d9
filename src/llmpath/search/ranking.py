"""Score documents: bm25 by group, times the share of the query that they cover.

The figures here and in `groups` were set on the judged queries of `bench/`, where each lay on a
plateau: somewhat more or less of one, the others kept, hardly changed nDCG@10.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from math import log
from typing import Any

from llmpath.search.groups import FAMILY_FACTOR, FORM, Group
from llmpath.words import quoted

# Weights of the columns: title, names, authors, topics, aliases, summary, facts.
RESOURCE_WEIGHTS = "8.0, 3.0, 6.0, 2.0, 0.2, 1.2, 0.3"
SORT_WEIGHT = "0.2, 0.1, 0.0, 0.1, 0.0, 0.1, 4.0"  # of a word that says what sort is wanted
TOPIC_WEIGHTS = "8.0, 3.0, 4.0, 1.0, 3.0, 1.0"  # title, names, aliases, summary, asked, terms

COVERAGE_POWER = 0.4  # power of the share of the query that a document covers
TITLE_BONUS = 0.6  # how much more a document is worth whose title has all the words
TYPED_TITLE_BONUS = 1.0  # how much more where the title has all that was typed as it was typed
COMMON_SHARE = 0.4  # share of the documents above which bm25 tells nothing
MOST_ROWS = 10_000  # documents with a word; above, they are not scored one by one
RANKED_DOCUMENTS = 2_000  # documents that are ranked where nearly all have the words
PLENTY_DOCUMENTS = 500  # documents with the word itself; above, what only comes near is left out
FIGURE_SHARE = 0.5  # what a figure counts, of what a word so rare counts: 13b, 24gb, 2023
LEAST_RARITY = 1e-6  # what FTS5 takes for the rarity of a word that most documents have

_FIGURE = re.compile(r"\d+(?: \d+)?[a-z]{0,3}")


class Index:
    """A text index of *connection* with *size* documents, narrowed or not.

    *source* is a FROM clause with a condition, in which `MATCH ?` stands once; *before* and
    *parameters* are its other parameters, on either side of that.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        table: str,
        size: int,
        source: str = "",
        before: Sequence[Any] = (),
        parameters: Sequence[Any] = (),
    ) -> None:
        self._connection = connection
        self.table = table
        self.size = size
        self._source = source or f"FROM {table} WHERE {table} MATCH ?"
        self._before = before
        self._parameters = parameters
        self.narrowed = bool(source)
        self._known: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        self._counts: dict[str, int] = {}

    def rows(self, columns: str, expression: str, limit: int = -1) -> list[tuple[Any, ...]]:
        """Return *columns* of the documents that match *expression*, or the first *limit*."""
        end = f"LIMIT {limit}" if limit >= 0 else ""
        return self._connection.execute(
            f"SELECT {columns} {self._source} {end}", (*self._before, expression, *self._parameters)
        ).fetchall()

    def known_rows(self, columns: str, expression: str) -> list[tuple[Any, ...]]:
        """Return the same as `rows`, remembered: several groups or sides may have one variant."""
        key = (columns, expression)
        if key not in self._known:
            self._known[key] = self.rows(columns, expression)
        return self._known[key]

    def number(self, expression: str) -> int:
        """Return how many documents match *expression* within what the index is narrowed to."""
        return int(self.rows("count(*)", expression)[0][0])

    def count(self, expression: str) -> int:
        """Return how many documents match *expression*, narrowed or not; remembered."""
        if expression not in self._counts:
            (number,) = self._connection.execute(
                f"SELECT count(*) FROM {self.table} WHERE {self.table} MATCH ?", (expression,)
            ).fetchone()
            self._counts[expression] = int(number)
        return self._counts[expression]

    def allowed(self, rows: Iterable[int]) -> list[tuple[Any, ...]]:
        """Return those of *rows* that the narrowing leaves."""
        source = self._source.replace(f"{self.table} MATCH ?", "?")
        numbers = ", ".join(map(str, rows))
        return self._connection.execute(
            f"SELECT {self.table}.rowid {source} AND {self.table}.rowid IN ({numbers})",
            (*self._before, 1, *self._parameters),
        ).fetchall()


class Scored:
    """What was found in an index: scores and matched groups, as bits, by row.

    `covered` is the share of the query that a document has, by rarity, also by row.
    `skipped` are the bits of groups too common to score row by row; `telling` is whether any
    group tells documents apart.
    """

    def __init__(self) -> None:
        self.scores: dict[int, float] = {}
        self.covered: dict[int, float] = {}
        self.matched: dict[int, int] = {}
        self.skipped = 0
        self.telling = False


def score(index: Index, groups: Sequence[Group], weights: str, words: Sequence[str] = ()) -> Scored:
    """Return the scores of the documents of *index* that have one of *groups*.

    *words* are all that was typed, also what is in no group.

    A document's score is the sum over groups of bm25 with *weights* of columns, times a power of
    the share of the query that it has. The variants of a group are taken as one word, as in
    BM25F (Robertson and Zaragoza, 2009): each is as rare as all of them together, and a document
    has the one that counts most.
    """
    found = Scored()
    points = found.scores
    shares: dict[int, float] = {}
    total = 0.0
    for bit, group in enumerate(groups):
        number = index.count(" OR ".join(near(group, FORM) or group.variants))
        told = number <= COMMON_SHARE * index.size or bool(group.sort)
        if number > (MOST_ROWS if told else RANKED_DOCUMENTS):
            found.skipped |= 1 << bit
            continue
        found.telling |= told
        sorts = group.sort and weights == RESOURCE_WEIGHTS
        best = _frequencies(index, group, SORT_WEIGHT if sorts else weights)
        rarity = log(1 + index.size / (len(best) + 0.5))
        if _FIGURE.fullmatch(group.typed):
            rarity *= FIGURE_SHARE
        total += rarity
        for row, (value, factor) in best.items():
            points[row] = points.get(row, 0.0) + (value if told else factor) * rarity
            shares[row] = shares.get(row, 0.0) + factor * rarity
            found.matched[row] = found.matched.get(row, 0) | 1 << bit
    found.covered = {row: share / total for row, share in shares.items()}
    for row, share in found.covered.items():
        points[row] *= share**COVERAGE_POWER
    if points:
        for row in _titled(index, groups):
            if row in points:
                points[row] *= 1 + TITLE_BONUS
        said = " ".join(words)
        # Of one compound (fine-tune) each form is as good as the one that was typed.
        several = len(words) > 1 or not said.isascii()
        if several and [said] != [group.typed for group in groups]:
            title = f"{{title}} : {quoted(said)}"
            for (row,) in index.rows(f"{index.table}.rowid", title):
                if row in points:
                    points[row] *= 1 + TYPED_TITLE_BONUS
    return found


def near(group: Group, least: float) -> list[str]:
    """Return the variants of *group* that count *least* or more."""
    return [expression for expression, factor in group.variants.items() if factor >= least]


def every(groups: Sequence[Group], columns: str = "", least: float = FAMILY_FACTOR) -> str:
    """Return the FTS5 expression for documents that have all *groups*, in *columns* if given."""
    each = " AND ".join(f"({' OR '.join(near(group, least))})" for group in groups)
    return f"{{{columns}}} : ({each})" if columns else each


def _titled(index: Index, groups: Sequence[Group]) -> list[int]:
    return [row for (row,) in index.rows(f"{index.table}.rowid", every(groups, "title names"))]


def _frequencies(index: Index, group: Group, weights: str) -> dict[int, tuple[float, float]]:
    """Return by row the frequency part of the group's bm25 and what its best variant counts."""
    best: dict[int, tuple[float, float]] = {}
    columns = f"{index.table}.rowid, bm25({index.table}, {weights})"
    for expression, factor in sorted(group.variants.items(), key=lambda pair: -pair[1]):
        if len(best) > PLENTY_DOCUMENTS and factor < FORM:
            break
        rows = index.known_rows(columns, expression)
        rarity = _rarity(index.size, index.count(expression) if index.narrowed else len(rows))
        for row, bm25 in rows:
            value = factor * -bm25 / rarity
            old = best.get(row)
            if old is None:
                best[row] = (value, factor)
            elif value > old[0]:
                best[row] = (value, old[1])
    return best


def _rarity(size: int, documents: int) -> float:
    """Return the inverse document frequency that FTS5 has multiplied into its bm25."""
    return max(log((size - documents + 0.5) / (documents + 0.5)), LEAST_RARITY)
