"""Find resources like one: tf-idf cosine over the words of the index."""

import sqlite3
from collections.abc import Iterable, Sequence
from math import log, sqrt
from typing import NamedTuple

from llmpath.model import Resource
from llmpath.search import documents
from llmpath.store.catalog import resources
from llmpath.words import STOP_WORDS, quoted, words_of

TERMS_USED = 25  # of the resource, those that tell most, by which others are looked for
CANDIDATES_COMPARED = 80  # resources that are compared in full
# How much a word counts by where it stands: title, authors, topics, summary.
WEIGHTS = (3.0, 1.0, 2.0, 1.0)
LEAST_LIKENESS = 0.05  # cosine below which two resources are not related
SHARED_SHOWN = 5  # words that are named as shared


class Related(NamedTuple):
    """A resource, how like the other it is (cosine, 0 to 1), and the words that both have."""

    resource: Resource
    likeness: float
    shared: tuple[str, ...]


def related(connection: sqlite3.Connection, id_: str, limit: int) -> list[Related]:
    """Return the *limit* resources most like the resource *id_*, most like first.

    Each is a vector of its words, counted by where they stand and weighted by how rare they are
    (Salton and Buckley, 1988); likeness is the cosine of two vectors.
    """
    (row,) = connection.execute("SELECT position FROM resource WHERE id = ?", (id_,)).fetchone()
    (size,) = connection.execute("SELECT max(position) FROM editor_weight").fetchone()
    counts = _counts(connection, [row])[row]
    rarity = _rarity(connection, counts, size)
    telling = sorted(counts, key=lambda word: (-counts[word] * rarity[word], word))[:TERMS_USED]
    if not telling:
        return []
    rows = connection.execute(
        "SELECT rowid FROM resource_index WHERE resource_index MATCH ? AND rowid != ?"
        " ORDER BY bm25(resource_index, 3.0, 0.0, 1.0, 2.0, 0.0, 1.0, 0.0), rowid LIMIT ?",
        (" OR ".join(map(quoted, telling)), row, CANDIDATES_COMPARED),
    ).fetchall()
    others = _counts(connection, [other for (other,) in rows])
    words = {word for found in others.values() for word in found}
    rarity.update(_rarity(connection, words - rarity.keys(), size))
    mine = {word: number * rarity[word] for word, number in counts.items()}
    scored = []
    for other, found in others.items():
        theirs = {word: number * rarity[word] for word, number in found.items()}
        likeness = _cosine(mine, theirs)
        if likeness >= LEAST_LIKENESS:
            both = sorted(mine.keys() & theirs, key=lambda word: (-mine[word] * theirs[word], word))
            scored.append((likeness, other, tuple(both[:SHARED_SHOWN])))
    scored.sort(key=lambda one: (-one[0], one[1]))
    ids = dict(
        connection.execute(
            "SELECT position, id FROM resource WHERE position IN"
            f" ({', '.join(str(other) for _, other, _ in scored[:limit])})"
        ).fetchall()
    )
    works = resources.by_id(connection, list(ids.values()))
    return [
        Related(works[ids[other]], likeness, shared) for likeness, other, shared in scored[:limit]
    ]


def _counts(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, dict[str, float]]:
    """Return how often each word stands in the resources at *rows*, weighted by where."""
    found: dict[int, dict[str, float]] = {}
    columns = ("title", "authors", "topics", "summary")
    for row, texts in documents.texts(connection, rows, columns).items():
        counts: dict[str, float] = {}
        for text, weight in zip(texts, WEIGHTS, strict=True):
            for word in words_of(text):
                if len(word) > 1 and word not in STOP_WORDS:
                    counts[word] = counts.get(word, 0.0) + weight
        found[row] = counts
    return found


def _rarity(connection: sqlite3.Connection, words: Iterable[str], size: int) -> dict[str, float]:
    """Return the inverse document frequency of *words*; other forms are words of their own."""
    listed = list(words)
    numbers: dict[str, int] = {}
    for start in range(0, len(listed), 500):
        part = listed[start : start + 500]
        numbers.update(
            connection.execute(
                f"SELECT word, documents FROM word WHERE word IN ({', '.join('?' * len(part))})",
                part,
            ).fetchall()
        )
    return {word: log((1 + size) / max(min(numbers.get(word, 1), size), 1)) for word in listed}


def _cosine(one: dict[str, float], two: dict[str, float]) -> float:
    shared = sum(one[word] * two[word] for word in one.keys() & two)
    lengths = sqrt(sum(value * value for value in one.values())) * sqrt(
        sum(value * value for value in two.values())
    )
    return shared / lengths if lengths else 0.0
