"""Run a query over the text indexes and rank what it finds."""

import sqlite3
from typing import NamedTuple

from llmpath.model import Resource
from llmpath.search.query import Query, any_of, quoted
from llmpath.store import resources
from llmpath.store.selection import Selection, where

# Weights of the index's columns: title, id, topics, authors, summary, kinds.
RESOURCE_WEIGHTS = "10.0, 4.0, 5.0, 5.0, 3.0, 1.0"
TOPIC_WEIGHTS = "10.0, 4.0, 6.0, 1.0"  # title, id, aliases, summary
TOPICS_SHOWN = 3


class Hit(NamedTuple):
    """A resource with its score, higher is better, and how many of the words it has."""

    resource: Resource
    score: float
    words: int


class Found(NamedTuple):
    """What a query found: the best hits, how many there are in all and how many have every word."""

    hits: tuple[Hit, ...]
    total: int
    all_words: int
    topics: tuple[str, ...]


def search(
    connection: sqlite3.Connection, learner: str, query: Query, selection: Selection, limit: int
) -> Found:
    """Return what *query* finds within *selection*, ranked by bm25 times the share of words found.

    A query without words finds nothing.
    """
    if not query.terms:
        return Found((), 0, 0, ())
    condition, parameters = where(selection)
    rows = connection.execute(
        f"SELECT resource.id, resource.position, bm25(resource_index, {RESOURCE_WEIGHTS})"
        " FROM resource_index JOIN resource ON resource.position = resource_index.rowid"
        " LEFT JOIN progress ON progress.resource_id = resource.id AND progress.learner_id = ?"
        f" WHERE resource_index MATCH ? AND {condition}",
        [learner, any_of(query.terms), *parameters],
    ).fetchall()
    words = _words_in_each(connection, query)
    scored = sorted(
        (-(bm25 * (words.get(position, 1) / len(query.terms)) ** 2), position, id_)
        for id_, position, bm25 in rows
    )
    scored.sort(key=lambda row: (-row[0], row[1]))
    best = scored[:limit] if limit >= 0 else scored
    found = resources.by_id(connection, [id_ for _, _, id_ in best])
    hits = tuple(Hit(found[id_], score, words.get(position, 1)) for score, position, id_ in best)
    every = sum(words.get(position, 1) == len(query.terms) for _, position, _ in scored)
    return Found(hits, len(scored), every, _topics(connection, query))


def _words_in_each(connection: sqlite3.Connection, query: Query) -> dict[int, int]:
    counts: dict[int, int] = {}
    if len(query.terms) > 1:
        for term in query.terms:
            for (position,) in connection.execute(
                "SELECT rowid FROM resource_index WHERE resource_index MATCH ?", (quoted(term),)
            ):
                counts[position] = counts.get(position, 0) + 1
    return counts


def _topics(connection: sqlite3.Connection, query: Query) -> tuple[str, ...]:
    """Return the topics whose name or other words have every word of the query, best first."""
    every = " AND ".join(quoted(term) for term in query.terms)
    rows = connection.execute(
        "SELECT topic.id FROM topic_index JOIN topic ON topic.position = topic_index.rowid"
        " WHERE topic_index MATCH ?"
        f" ORDER BY bm25(topic_index, {TOPIC_WEIGHTS}), topic.position LIMIT ?",
        (f"{{title id aliases}} : ({every})", TOPICS_SHOWN),
    )
    return tuple(id_ for (id_,) in rows)
