"""Score documents: bm25 by group, times how much of the query they cover, and what the map adds."""

import sqlite3
from collections.abc import Sequence
from math import log
from typing import Any, NamedTuple

from llmpath.search.groups import FAMILY_FACTOR, FORM, Group

# Weights of the columns: title, names, authors, topics, aliases, summary, facts. Small, since
# bm25 saturates: at 10 to 1, one word in a title would count hardly more than in an alias.
RESOURCE = "4.0, 2.0, 4.0, 1.5, 0.3, 1.0, 0.3"
SORT = "0.2, 0.1, 0.0, 0.1, 0.0, 0.1, 4.0"  # of a word that says which sort of thing is wanted
TOPIC = "4.0, 2.0, 2.5, 0.5"  # title, names, aliases, summary

COVERAGE = 1.0  # power of the share of the query that a document covers
COMMON = 1.0  # share of the documents above which a word tells nothing apart
MOST_ROWS = 20_000  # documents that one group may score: more take too long and tell nothing
TOGETHER = 0.5  # what two words add where they stand one after the other
TITLED = 0.3  # how much more a document is worth whose title has all the words
LEAST = 1e-6  # what FTS5 takes for the rarity of a word that most documents have


class Scored(NamedTuple):
    """Scores by row of the index, and for each row the groups it has, as bits."""

    scores: dict[int, float]
    matched: dict[int, int]
    common: int  # bits of the groups that stand nearly everywhere


def score(
    connection: sqlite3.Connection,
    index: str,
    groups: Sequence[Group],
    size: int,
    source: str = "",
    parameters: Sequence[Any] = (),
    together: Sequence[Group] = (),
) -> Scored:
    """Return the score of every document of *index* that has a group that tells it apart.

    *size* is the number of documents; *source* is a FROM clause and condition that narrow them.
    A document's score is the sum over groups of bm25, times the share of the query that it has.
    The variants of a group are taken as one word (Robertson and Zaragoza, 2009): each is as rare
    as all of them together, and a document has the one that counts most.
    """
    resources = index == "resource_index"
    source = source or f"FROM {index} WHERE {index} MATCH ?1"
    points: dict[int, float] = {}
    shares: dict[int, float] = {}
    matched: dict[int, int] = {}
    common, total = 0, 0.0
    for bit, group in enumerate(groups):
        if not group.sort and _is_common(connection, index, group, size):
            common |= 1 << bit
            continue
        columns = (SORT if group.sort else RESOURCE) if resources else TOPIC
        best, factors = _one(connection, index, group, size, columns, source, parameters)
        weight = log(1 + size / (len(best) + 0.5))
        total += weight
        for row, value in best.items():
            points[row] = points.get(row, 0.0) + value * weight
            shares[row] = shares.get(row, 0.0) + factors[row] * weight
            matched[row] = matched.get(row, 0) | 1 << bit
    for group in together:
        columns = RESOURCE if resources else TOPIC
        best, _ = _one(connection, index, group, size, columns, source, parameters)
        weight = TOGETHER * log(1 + size / (len(best) + 0.5))
        for row, value in best.items():
            if row in points:
                points[row] += value * weight
    scores = {row: value * (shares[row] / total) ** COVERAGE for row, value in points.items()}
    if len(groups) > 1 and resources:
        every = " AND ".join(f"({' OR '.join(_near(group))})" for group in groups)
        for (row,) in connection.execute(
            f"SELECT {index}.rowid {source}", (f"{{title names}} : ({every})", *parameters)
        ):
            if row in scores:
                scores[row] *= 1 + TITLED
    return Scored(scores, matched, common)


def _near(group: Group) -> list[str]:
    return [one for one, factor in group.variants.items() if factor >= FAMILY_FACTOR]


def _one(
    connection: sqlite3.Connection,
    index: str,
    group: Group,
    size: int,
    columns: str,
    source: str,
    parameters: Sequence[Any],
) -> tuple[dict[int, float], dict[int, float]]:
    """Return the frequency part of a group's bm25 by row, and how much its variant counts."""
    best: dict[int, float] = {}
    factors: dict[int, float] = {}
    for expression, factor in group.variants.items():
        rows = connection.execute(
            f"SELECT {index}.rowid, bm25({index}, {columns}) {source}", (expression, *parameters)
        ).fetchall()
        rarity = _rarity(size, _count(connection, index, expression) if parameters else len(rows))
        for row, bm25 in rows:
            value = factor * -bm25 / rarity
            if value > best.get(row, 0.0):
                best[row] = value
            if factor > factors.get(row, 0.0):
                factors[row] = factor
    return best, factors


def _rarity(size: int, documents: int) -> float:
    """Return the inverse document frequency that FTS5 multiplies into its bm25."""
    return max(log((size - documents + 0.5) / (documents + 0.5)), LEAST)


def _is_common(connection: sqlite3.Connection, index: str, group: Group, size: int) -> bool:
    expressions = [one for one, factor in group.variants.items() if factor >= FORM]
    number = _count(connection, index, " OR ".join(expressions)) if expressions else 0
    return number > min(COMMON * size, MOST_ROWS)


def _count(connection: sqlite3.Connection, index: str, expression: str) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM {index} WHERE {index} MATCH ?", (expression,)
    ).fetchone()
    return int(row[0])
