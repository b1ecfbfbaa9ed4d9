"""Answer a query: by one search, or by one for each side of a choice."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain, zip_longest

from llmpath.search.engine import Engine, Found, Hit, find
from llmpath.search.query import Query, parse
from llmpath.search.versus import sides
from llmpath.store.catalog.selection import Selection

DEEP = 30  # hits of each side that are looked at, at least
FUSED = 10  # ranks that are nearly alike: the constant of reciprocal rank fusion


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
    (reciprocal rank fusion: Cormack, Clarke and Büttcher, 2009).
    """
    parts = () if exact or query.sort else sides(query.free, query.words)
    engine = Engine(connection, learner, selection)
    if not parts:
        return find(engine, query, limit, exact)
    deep = max(limit, DEEP) if limit >= 0 else limit
    asked = [_side(query, part) for part in parts]
    founds = [find(engine, one, deep, exact) for one in asked]
    whole = find(engine, query, 1, exact)  # for its counts
    return whole._replace(
        hits=_fused(founds, limit),
        topics=_taken_in_turn([found.topics for found in founds]),
        total=max(whole.total, *(found.total for found in founds)),
        sides=parts,
    )


def in_common(
    connection: sqlite3.Connection, learner: str, texts: Sequence[str]
) -> tuple[Hit, ...]:
    """Return what the searches for each of *texts* all have high up, best first."""
    engine = Engine(connection, learner, Selection())
    founds = [find(engine, parse(text), DEEP) for text in texts]
    lists = [{hit.resource.id for hit in found.hits} for found in founds]
    both = set.intersection(*lists)
    return tuple(hit for hit in _fused(founds, -1) if hit.resource.id in both)


def _side(query: Query, text: str) -> Query:
    side = parse(text)
    return query._replace(terms=side.terms, words=side.words)


def _fused(founds: Sequence[Found], limit: int) -> tuple[Hit, ...]:
    """Return the hits of all *founds*, those first that several have high."""
    points: dict[str, float] = {}
    hits: dict[str, Hit] = {}
    for found in founds:
        for rank, hit in enumerate(found.hits, 1):
            id_ = hit.resource.id
            points[id_] = points.get(id_, 0.0) + 1 / (FUSED + rank)
            hits.setdefault(id_, hit)
    best = sorted(points, key=lambda id_: -points[id_])  # ties as they were met
    return tuple(
        hits[id_]._replace(score=points[id_]) for id_ in (best if limit < 0 else best[:limit])
    )


def _taken_in_turn(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    turns = chain.from_iterable(zip_longest(*lists))
    return tuple(dict.fromkeys(id_ for id_ in turns if id_))
