"""Run a query over the text indexes and rank what it finds."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import Any, NamedTuple

from llmpath.model import Resource
from llmpath.search import ranking
from llmpath.search.correction import Correction, corrected
from llmpath.search.groups import NAME, Group, widen
from llmpath.search.lexicon import Lexicon
from llmpath.search.query import Query
from llmpath.search.why import HITS_EXPLAINED, Why, explain
from llmpath.store.catalog import resources
from llmpath.store.catalog.selection import Selection, where
from llmpath.words import phrase, words_of

TOPICS_SHOWN = 3
TOPICS_MEANT = 5  # topics that add to the scores of their resources
NEAR_TOPIC = 0.4  # of the best topic's score: topics below that are not meant
TOPIC_SHARE = 0.6  # what a topic's score adds to the resources that treat it
OTHER_TOPIC = 0.6  # of that, for resources whose home the topic is not
GLOSSARY_SHARE = 0.8  # what a term of the glossary says for its topic, of the best topic's score
CALLED_SHARE = 1.2  # what a topic gets that is called just so, of the best topic's score
CURATED_SHARE = 0.1  # how much one point of the editors' weight adds to a score
CURATED_ALONE = 1.5  # the same where the words tell nothing apart
NOTE_SHARE = 0.8  # what a note with all the words adds, of the best score
SURE_SHARE = 0.7  # of the best topic's score: what stays where a topic is called just as was typed
FEW_HITS = 10  # hits; below, what else the topics have is offered too
TOO_FEW = 3  # hits; below, parts of words are looked for


class Hit(NamedTuple):
    """A resource with its score, higher is better, and why it matched."""

    resource: Resource
    score: float
    why: Why


class Found(NamedTuple):
    """What a query found: the best hits, how many there are, how many have all words and any.

    `kinds` and `homes` count all that was found by kind and by home topic, most first; `topics`
    are ids of topics that match as topics.
    """

    hits: tuple[Hit, ...]
    total: int
    all_words: int
    any_words: int
    topics: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    kinds: Mapping[str, int] = {}
    homes: Mapping[str, int] = {}


def search(
    connection: sqlite3.Connection,
    learner: str,
    query: Query,
    selection: Selection,
    limit: int,
    exact: bool = False,
) -> Found:
    """Return what *query* finds within *selection*, best first; all of it for a negative *limit*.

    With *exact*, words are taken as they are: nothing is corrected. The query's own filters are
    taken from *selection*, see `filters.narrowed`.
    """
    lexicon = Lexicon(connection, learner)
    terms, corrections, _ = (query.terms, (), ()) if exact else corrected(query.terms, lexicon)
    groups = widen([*terms, *_phrases(query)], lexicon, query.words)
    if not groups:
        return _all(connection, learner, query, selection, limit)
    index = _index(connection, learner, selection)
    meant, topics = _topics(connection, groups)
    found = ranking.score(index, groups, ranking.RESOURCE_WEIGHTS, query.words)
    if not found.scores and found.skipped:
        total, every = _by_weight(index, groups, found)
    else:
        total, every = 0, _with_all(index, groups, found)
    noted = _noted(connection, learner, groups, selection)
    _add_notes(noted, groups, found)
    _add_topics(connection, index, meant, found)
    alike = set()
    if len(found.scores) < TOO_FEW and not (every or noted):
        alike = _add_letters(connection, index, terms, found.scores)
    ranked, kinds, homes = _ranked(connection, found, query.sort, limit)
    works = resources.by_position(connection, [row for row, _ in ranked])
    whys = explain(connection, groups, [row for row, _ in ranked[:HITS_EXPLAINED]], noted, alike)
    hits = tuple(Hit(works[row], score, whys.get(row, Why())) for row, score in ranked)
    number = max(total, len(found.scores))
    some = max(total, len(found.matched.keys() | noted.keys()))
    return Found(hits, number, every, some, topics, corrections, kinds, homes)


def _with_all(index: ranking.Index, groups: Sequence[Group], found: ranking.Scored) -> int:
    """Return how many documents have every group."""
    whole = (1 << len(groups)) - 1
    if found.skipped:
        return index.number(ranking.every(groups))
    return sum(bits == whole for bits in found.matched.values())


def _by_weight(
    index: ranking.Index, groups: Sequence[Group], found: ranking.Scored
) -> tuple[int, int]:
    """Score documents with words that too many have, titles first; return how many there are.

    Among so many, the editors' choice says more than the words.
    """
    for columns, value in (("title names", 1.0 + ranking.TITLE_BONUS), ("", 1.0)):
        missing = ranking.RANKED_DOCUMENTS - len(found.scores)
        expression = ranking.every(groups, columns)
        for (row,) in index.rows("resource_index.rowid", expression, missing):
            found.scores.setdefault(row, value)
    total = index.number(ranking.every(groups))
    return total, total


def _add_notes(noted: Mapping[int, int], groups: Sequence[Group], found: ranking.Scored) -> None:
    best = max(found.scores.values(), default=1.0)
    for row, bits in noted.items():
        share = bin(bits).count("1") / len(groups)
        found.scores[row] = found.scores.get(row, 0.0) + NOTE_SHARE * best * share


def _add_letters(
    connection: sqlite3.Connection,
    index: ranking.Index,
    terms: Sequence[Sequence[str]],
    scores: dict[int, float],
) -> set[int]:
    """Add what has the words as parts of words, or words like them, last; return it."""
    from llmpath.search import letters  # seldom needed

    words = [word for term in terms for word in term]
    found = letters.similar(connection, index, words)
    added = found.keys() - scores
    for row in added:
        scores[row] = found[row] * ranking.LEAST_RARITY
    return added


def _noted(
    connection: sqlite3.Connection, learner: str, groups: Sequence[Group], selection: Selection
) -> dict[int, int]:
    on_resources = (
        "SELECT 1 FROM note JOIN resource ON resource.id = target WHERE learner_id = ? LIMIT 1"
    )
    if not connection.execute(on_resources, (learner,)).fetchone():
        return {}
    from llmpath.search import notebook  # only for those who have such notes

    return notebook.matches(connection, learner, groups, selection)


def _phrases(query: Query) -> list[tuple[str, ...]]:
    return [tuple(words_of(phrase)) for phrase in query.phrases]


def _index(connection: sqlite3.Connection, learner: str, selection: Selection) -> ranking.Index:
    (size,) = connection.execute("SELECT coalesce(max(position), 0) FROM editor_weight").fetchone()
    if not selection:
        return ranking.Index(connection, "resource_index", size)
    condition, parameters = where(selection)
    source = (
        "FROM resource_index JOIN resource ON resource.position = resource_index.rowid"
        " LEFT JOIN progress ON progress.resource_id = resource.id AND progress.learner_id = ?"
        f" WHERE resource_index MATCH ? AND {condition}"
    )
    return ranking.Index(connection, "resource_index", size, source, (learner,), parameters)


def _all(
    connection: sqlite3.Connection, learner: str, query: Query, selection: Selection, limit: int
) -> Found:
    """Return what the filters alone leave, in the order asked for; nothing without filters."""
    if not selection.conditions and not query.sort:
        return Found((), 0, 0, 0)
    order = query.sort if query.sort.rstrip("+-") not in ("", "relevance") else "roadmap"
    works = resources.select(connection, learner, selection, order, -1)
    shown = works[:limit] if limit >= 0 else works
    hits = tuple(Hit(work, 0.0, Why()) for work in shown)
    kinds, homes = (
        (_counted(values) for values in zip(*((w.kind, w.topics[0]) for w in works), strict=True))
        if works
        else ({}, {})
    )
    return Found(hits, len(works), len(works), len(works), (), (), kinds, homes)


def _ranked(
    connection: sqlite3.Connection, found: ranking.Scored, sort: str, limit: int
) -> tuple[list[tuple[int, float]], dict[str, int], dict[str, int]]:
    """Return the first *limit* (row, score), and how many of all there are by kind and home."""
    share = CURATED_SHARE if found.telling else CURATED_ALONE
    scores = found.scores
    final: list[tuple[float, int]] = []
    kinds: dict[str, int] = {}
    homes: dict[str, int] = {}
    for row, weight, kind, home in connection.execute(
        "SELECT position, weight, kind, home FROM editor_weight"
        f" WHERE position IN ({_numbers(scores)})"
    ):
        final.append((-scores[row] * (1 + share * weight), row))
        kinds[kind] = kinds.get(kind, 0) + 1
        homes[home] = homes.get(home, 0) + 1
    if sort.rstrip("+-") in ("", "relevance"):
        if sort.endswith("+"):
            final = [(-value, row) for value, row in final]
        best = sorted(final) if limit < 0 else nsmallest(limit, final)
        return [(row, abs(value)) for value, row in best], _most_first(kinds), _most_first(homes)
    by_row = {row: -value for value, row in final}
    rows = connection.execute(
        f"SELECT position FROM resource WHERE position IN ({_numbers(scores)})"
        f" ORDER BY {resources.order(sort)}, resource.position LIMIT ?",
        (limit,),
    )
    ordered = [(row, by_row[row]) for (row,) in rows]
    return ordered, _most_first(kinds), _most_first(homes)


def _numbers(rows: Iterable[int]) -> str:
    return ", ".join(map(str, rows))


def _by_rows(connection: sqlite3.Connection, sql: str, rows: Iterable[int]) -> dict[int, Any]:
    """Return what *sql* gives for the positions *rows*: second column by first."""
    return dict(connection.execute(f"{sql} WHERE position IN ({_numbers(rows)})").fetchall())


def _counted(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return _most_first(counts)


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


_CALLED = (
    "SELECT id FROM topic WHERE id IN"
    " (SELECT id FROM name WHERE phrase = :said AND what = 'topic') ORDER BY position"
)


def _topics(
    connection: sqlite3.Connection, groups: Sequence[Group]
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return the scores of the topics that are meant, and those that match as topics."""
    (size,) = connection.execute("SELECT count(*) FROM topic").fetchone()
    index = ranking.Index(connection, "topic_index", size)
    scores = ranking.score(index, groups, ranking.TOPIC_WEIGHTS).scores
    best = max(scores.values(), default=1.0)
    rows = sorted(scores, key=lambda row: (-scores[row], row))[:TOPICS_MEANT]
    rows = [row for row in rows if scores[row] >= NEAR_TOPIC * best]
    whole = {
        row
        for (row,) in index.rows("rowid", ranking.every(groups, "title names aliases"))
        if row in scores
    }
    ids = _by_rows(connection, "SELECT position, id FROM topic", {*rows, *whole})
    meant = {ids[row]: scores[row] for row in rows}
    for group in groups:
        for topic, sure in group.topics.items():
            meant[topic] = max(meant.get(topic, 0.0), sure * GLOSSARY_SHARE * best)
    said = " ".join(group.typed for group in groups)
    called = [id_ for (id_,) in connection.execute(_CALLED, {"said": phrase(said)})]
    for topic in called:
        meant[topic] = CALLED_SHARE * best
    if called:
        meant = {topic: score for topic, score in meant.items() if score >= SURE_SHARE * best}
    shown = sorted(whole, key=lambda row: (-scores[row], row))
    named = [
        topic
        for group in groups
        for topic, sure in group.topics.items()
        if len(groups) == 1 and sure == NAME
    ]
    return meant, tuple(dict.fromkeys([*called, *named, *(ids[row] for row in shown)]))[
        :TOPICS_SHOWN
    ]


def _add_topics(
    connection: sqlite3.Connection,
    index: ranking.Index,
    topics: Mapping[str, float],
    found: ranking.Scored,
) -> None:
    """Let resources share in the scores of the topics that they treat.

    Where few have the words, the topics' other resources are found too.
    """
    bonus: dict[int, float] = {}
    few = len(found.scores) < FEW_HITS and not index.narrowed
    for row, topic, is_home in connection.execute(
        "SELECT resource_position, topic, is_home FROM resource_topic"
        f" WHERE topic IN ({', '.join('?' * len(topics))})",
        list(topics),
    ):
        if few or row in found.scores:
            value = topics[topic] * (1.0 if is_home else OTHER_TOPIC)
            if value > bonus.get(row, 0.0):
                bonus[row] = value
    for row, value in bonus.items():
        found.scores[row] = found.scores.get(row, 0.0) + TOPIC_SHARE * value
