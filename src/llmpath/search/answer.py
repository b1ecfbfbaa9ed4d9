"""Answer a query: by one search, or by one for each side of a choice."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import zip_longest

from llmpath.search.engine import COUNTED, Engine, Found, Hit, counted, find
from llmpath.search.query import Query, parse
from llmpath.store.catalog.selection import Selection

SHORTEST_CHOICE = 3  # words
DEEP = 30  # hits of each side that are looked at, at least
FUSED = 10  # ranks that are nearly alike: the constant of reciprocal rank fusion
TOPICS_FUSED = 2  # the same of topics, of which only a few are meant


def answer(
    connection: sqlite3.Connection,
    learner: str,
    query: Query,
    selection: Selection,
    limit: int,
    exact: bool = False,
) -> Found:
    """Return what *query* finds within *selection*, as `engine.find` does.

    Where the query sets two things against each other, each is searched for, since what there is
    more of would leave no room for the other. What is high in several of the lists comes first
    (reciprocal rank fusion: Cormack, Clarke and Büttcher, 2009). An order that was asked for
    leaves nothing to mix, and an error message sets nothing against anything.
    """
    parts = _sides(query)
    engine = Engine(connection, learner, selection)
    if not parts:
        return find(engine, query, limit, exact)
    deep = max(limit, DEEP) if limit >= 0 else limit
    asked = [_side(query, part) for part in parts]
    founds = [find(engine, one, deep, exact) for one in asked]
    whole = find(engine, query, 1, exact)
    kinds = {row: kind for found in (*founds, whole) for row, kind in found.kind_of.items()}
    hits = _fused(founds)
    return whole._replace(
        hits=hits if limit < 0 else hits[:limit],
        total=max(whole.total, len(kinds)),
        topics=_ranked_together([found.topics for found in (*founds, whole)]),
        kind_of=kinds,
        homes=counted(hit.resource.topics[0] for hit in hits[:COUNTED]),
        sides=tuple(map(_corrected, parts, founds)),
    )


def _sides(query: Query) -> tuple[str, ...]:
    if (
        query.sort
        or query.is_message
        or (query.free.isascii() and len(query.words) < SHORTEST_CHOICE)
    ):
        return ()
    from llmpath.search.versus import sides  # 0.5 ms, and most queries are shorter

    return sides(query.free, query.words)


def in_common(
    connection: sqlite3.Connection, learner: str, texts: Sequence[str]
) -> tuple[Hit, ...]:
    """Return what the searches for each of *texts* all have high up, best first."""
    engine = Engine(connection, learner, Selection())
    founds = [find(engine, parse(text), DEEP) for text in texts]
    lists = [{hit.resource.id for hit in found.hits} for found in founds]
    both = set.intersection(*lists)
    return tuple(hit for hit in _fused(founds) if hit.resource.id in both)


def _corrected(side: str, found: Found) -> str:
    """Return *side* in the words that were searched for."""
    used = {one.typed: one.used for one in found.corrections}
    return " ".join(used.get(word, word) for word in side.split())


def _side(query: Query, text: str) -> Query:
    side = parse(text)
    return query._replace(terms=side.terms, words=side.words)


def _fused(founds: Sequence[Found]) -> tuple[Hit, ...]:
    """Return the hits of all *founds*, those first that several have high."""
    points: dict[str, float] = {}
    hits: dict[str, Hit] = {}
    for found in founds:
        for rank, hit in enumerate(found.hits, 1):
            id_ = hit.resource.id
            points[id_] = points.get(id_, 0.0) + 1 / (FUSED + rank)
            hits.setdefault(id_, hit)
    best = sorted(points, key=lambda id_: -points[id_])  # ties as they were met
    return tuple(hits[id_]._replace(score=points[id_]) for id_ in best)


def _ranked_together(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the topics of *lists*, those first that several have first; else in turn."""
    points: dict[str, float] = {}
    for rank, row in enumerate(zip_longest(*lists), TOPICS_FUSED + 1):
        for id_ in filter(None, row):
            points[id_] = points.get(id_, 0.0) + 1 / rank
    return tuple(sorted(points, key=lambda id_: -points[id_]))
