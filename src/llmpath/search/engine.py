"""Run a query over the text indexes and rank what it finds."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from llmpath.model import Resource
from llmpath.search import ranking
from llmpath.search.groups import Group, pairs, widen
from llmpath.search.lexicon import Lexicon
from llmpath.search.query import Query
from llmpath.search.words import UNSPACED, quoted
from llmpath.store import resources
from llmpath.store.selection import Selection, where

TOPICS_SHOWN = 3
TOPIC_SHARE = 0.6  # what a topic's score adds to the resources that treat it
OTHER_TOPIC = 0.6  # of that, for resources whose home the topic is not
CURATED = 0.06  # how much one point of the editors' weight adds to a score
NEAR_TOPIC = 0.4  # of the best topic's score: topics below that are not meant
FEW = 10  # hits; below, what else the topics have is offered too


class Hit(NamedTuple):
    """A resource with its score, higher is better, and where it matched."""

    resource: Resource
    score: float
    matched_in: tuple[str, ...] = ()


class Found(NamedTuple):
    """What a query found: the best hits, how many there are in all and how many have every word."""

    hits: tuple[Hit, ...]
    total: int
    all_words: int
    topics: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...] = ()


def search(
    connection: sqlite3.Connection,
    learner: str,
    query: Query,
    selection: Selection,
    limit: int,
    exact: bool = False,
) -> Found:
    """Return what *query* finds within *selection*, best first; all of it for a negative *limit*.

    With *exact*, words are taken as they are: nothing is corrected.
    """
    lexicon = Lexicon(connection)
    terms, corrected = query.terms, ()
    if not exact:
        terms, corrected = _corrected(terms, lexicon)
    groups = widen(terms, lexicon, query.words)
    together = pairs(terms, lexicon)
    size = connection.execute("SELECT count(*) FROM resource").fetchone()[0]
    topics = _topics(connection, groups, together)
    condition, parameters = where(selection)
    source = ""
    if selection:
        source = (
            "FROM resource_index JOIN resource ON resource.position = resource_index.rowid"
            " LEFT JOIN progress ON progress.resource_id = resource.id AND progress.learner_id = ?2"
            f" WHERE resource_index MATCH ?1 AND {condition}"
        )
        parameters = [learner, *parameters]
    found = ranking.score(connection, "resource_index", groups, size, source, parameters, together)
    scores = dict(found.scores)
    _add_topics(connection, scores, topics, found)
    weights = _weights(connection, scores)
    ranked = sorted(
        ((score * (1 + CURATED * weights.get(row, 0.0)), row) for row, score in scores.items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    every = (1 << len(groups)) - 1
    all_words = sum(bits | found.common == every for bits in found.matched.values())
    best = ranked[:limit] if limit >= 0 else ranked
    works = _by_row(connection, [row for _, row in best])
    hits = tuple(Hit(works[row], score) for score, row in best)
    return Found(hits, len(ranked), all_words, tuple(topics), corrected)


def _by_row(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, Resource]:
    ids = {}
    for start in range(0, len(rows), 500):
        part = list(rows[start : start + 500])
        ids.update(
            connection.execute(
                f"SELECT position, id FROM resource WHERE position IN ({', '.join('?' * len(part))})",
                part,
            ).fetchall()
        )
    found = resources.by_id(connection, list(ids.values()))
    return {row: found[id_] for row, id_ in ids.items()}


def _corrected(
    terms: Sequence[tuple[str, ...]], lexicon: Lexicon
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, str], ...]]:
    """Return *terms* with the words that stand nowhere corrected, and what was corrected."""
    result, changes = [], []
    for term in terms:
        fixed = []
        for word in term:
            other = "" if _stands(word, lexicon) else lexicon.correct(word)
            if other:
                changes.append((word, other))
            fixed.append(other or word)
        result.append(tuple(fixed))
    return tuple(result), tuple(dict.fromkeys(changes))


def _stands(word: str, lexicon: Lexicon) -> bool:
    if not word.isascii() and UNSPACED.search(word):
        return True
    group = widen([(word,)], lexicon)[0]
    return any(lexicon.finds(one) for one in group.variants)


def _topics(
    connection: sqlite3.Connection, groups: Sequence[Group], together: Sequence[Group]
) -> dict[str, float]:
    """Return the topics that are meant, best first, with their scores."""
    size = connection.execute("SELECT count(*) FROM topic").fetchone()[0]
    found = ranking.score(connection, "topic_index", groups, size, together=together)
    if not found.scores:
        return {}
    best = max(found.scores.values())
    rows = sorted(found.scores.items(), key=lambda pair: (-pair[1], pair[0]))
    near = [(row, score) for row, score in rows[:5] if score >= NEAR_TOPIC * best]
    ids = dict(
        connection.execute(
            f"SELECT position, id FROM topic WHERE position IN ({', '.join('?' * len(near))})",
            [row for row, _ in near],
        ).fetchall()
    )
    return {ids[row]: score for row, score in near}


def _add_topics(
    connection: sqlite3.Connection,
    scores: dict[int, float],
    topics: Mapping[str, float],
    found: ranking.Scored,
) -> None:
    bonus: dict[int, float] = {}
    for topic, score in topics.items():
        for row, home in connection.execute(
            "SELECT resource_position, resource.home = topic FROM resource_topic JOIN resource"
            " ON resource.position = resource_position WHERE topic = ?",
            (topic,),
        ):
            value = score * (1.0 if home else OTHER_TOPIC)
            bonus[row] = max(bonus.get(row, 0.0), value)
    few = len(scores) < FEW
    for row, value in bonus.items():
        if row in scores or few:
            scores[row] = scores.get(row, 0.0) + TOPIC_SHARE * value


def _weights(connection: sqlite3.Connection, scores: Mapping[int, Any]) -> dict[int, float]:
    if len(scores) > 500:
        return dict(connection.execute("SELECT position, weight FROM curation").fetchall())
    rows = list(scores)
    return dict(
        connection.execute(
            "SELECT position, weight FROM curation WHERE position IN"
            f" ({', '.join('?' * len(rows))})",
            rows,
        ).fetchall()
    )


__all__ = ["Found", "Hit", "quoted", "search"]
