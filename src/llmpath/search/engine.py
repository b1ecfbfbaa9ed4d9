"""Run a query over the text indexes and rank what it finds."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from llmpath.model import Resource
from llmpath.search import ranking, topics
from llmpath.search.correction import Correction, corrected, inside
from llmpath.search.groups import Group, widen
from llmpath.search.lexicon import Lexicon
from llmpath.search.query import Query
from llmpath.search.translation import Translation, translated
from llmpath.search.weights import Weights
from llmpath.search.why import HITS_EXPLAINED, Why, explain
from llmpath.store.catalog import resources
from llmpath.store.catalog.selection import Selection, where
from llmpath.words import words_of

TOPICS_MEANT = 5  # topics that add to the scores of their resources
TOPIC_SHARE = 0.6  # of the best topic's score: what the nearest adds to resources that treat it
OTHER_TOPIC = 0.6  # of that, for resources whose home the topic is not
QUESTION = 3  # terms from which a query is a question, where topics tell more than single words
QUESTION_SHARE = 1.0  # TOPIC_SHARE for a question
CORE_TOPICS = 3  # topics whose core answers a question, whatever its words
CORE_SHARE = 0.1  # of the best score: what that adds
CURATED_SHARE = 0.1  # how much one point of the editors' weight adds to a score
CURATED_ALONE = 1.5  # the same where the words tell nothing apart
NOTE_SHARE = 0.8  # what a note with all the words adds, of the best score
FEW_HITS = 10  # hits; below, what else the topics have is offered too
TOO_FEW = 3  # hits; below, parts of words are looked for
COUNTED = 50  # best hits whose topics are counted


class Hit(NamedTuple):
    """A resource with its score, higher is better, and why it matched."""

    resource: Resource
    score: float
    why: Why


class Found(NamedTuple):
    """What a query found: the best hits, how many there are, how many have all words and any.

    `kind_of` has the kind of all that was found, by row; `homes` counts the best COUNTED hits by
    home topic, most first; `topics` are the ids of those that are meant, best first. `unknown` are
    words that stand nowhere and were not corrected; `sides` are what the query sets against each
    other.
    """

    hits: tuple[Hit, ...]
    total: int
    all_words: int
    any_words: int
    topics: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    kind_of: Mapping[int, str] = {}
    homes: Mapping[str, int] = {}
    translations: tuple[Translation, ...] = ()
    unknown: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()

    @property
    def kinds(self) -> dict[str, int]:
        """How many of each kind were found, most first."""
        return counted(self.kind_of.values())


class Engine:
    """Searches what a *selection* leaves of the catalog and the notes of *learner*.

    The query's own filters are taken from *selection*, see `filters.narrowed`. What one search has
    read the next one has at hand: those for the sides of a choice share most of their words.
    """

    def __init__(self, connection: sqlite3.Connection, learner: str, selection: Selection) -> None:
        self.connection = connection
        self.learner = learner
        self.selection = selection
        self.lexicon = Lexicon(connection, learner)

    @cached_property
    def index(self) -> ranking.Index:
        """The index of resources, narrowed to the selection."""
        return _index(self.connection, self.learner, self.selection)

    @cached_property
    def topics(self) -> topics.Topics:
        """The topics and their index."""
        return topics.Topics(self.connection)

    @cached_property
    def weights(self) -> Weights:
        """What the editors make of resources."""
        return Weights(self.connection)


def find(engine: Engine, query: Query, limit: int, exact: bool = False) -> Found:
    """Return what *query* finds, best first; all of it for a negative *limit*.

    With *exact*, words are taken as they are: nothing is corrected.
    """
    connection, learner, selection = engine.connection, engine.learner, engine.selection
    lexicon, index, weights = engine.lexicon, engine.index, engine.weights
    terms, said, translations = translated(query.terms, lexicon)
    terms, corrections, unknown = (terms, (), ()) if exact else corrected(terms, lexicon)
    right = {one.typed: one.used.split() for one in corrections}
    words = [one for word in query.words for one in right.get(word, [word])]
    groups = widen([*terms, *_phrases(query)], lexicon, words, said)
    if not groups:
        return _all(connection, learner, query, selection, limit)
    told = topics.told(engine.topics, groups)
    found = ranking.score(index, groups, ranking.RESOURCE_WEIGHTS, words)
    if not found.scores and found.skipped:
        total, every = _by_weight(index, groups, found)
    else:
        total, every = 0, _with_all(index, groups, found)
    noted = _noted(connection, learner, groups, selection)
    _add_notes(noted, groups, found)
    if unknown and not (told.scores or found.scores):
        told = topics.told(engine.topics, widen(inside(unknown, lexicon), lexicon))
    curated = CURATED_SHARE if found.telling else CURATED_ALONE
    first = weights.leading(found.scores, topics.VOTERS, found.telling, curated)
    is_outside = bool(unknown) and len(groups) <= QUESTION and _are_common(unknown)
    near = topics.near(told, [weights.home[row] for row in first], is_outside)
    is_question = len(groups) >= QUESTION
    if is_question and found.scores:
        _add_cores(connection, index, near, found)
    share = QUESTION_SHARE if is_question else TOPIC_SHARE
    _add_topics(connection, index, near, share * told.best, found)
    alike = set()
    if len(found.scores) < TOO_FEW and not (every or noted):
        alike = _add_letters(connection, index, terms, found.scores)
    scores = weights.weighed(found.scores, curated)
    best = weights.best(scores, max(limit, COUNTED) if limit >= 0 else len(scores))
    if query.sort.rstrip("+-") not in ("", "relevance"):
        ranked = _ordered(connection, scores, query.sort, limit)
    else:
        rows = weights.best(scores, len(scores))[::-1] if query.sort.endswith("+") else best
        ranked = [(row, scores[row]) for row in (rows[:limit] if limit >= 0 else rows)]
    works = resources.by_position(connection, [row for row, _ in ranked])
    whys = explain(connection, groups, [row for row, _ in ranked[:HITS_EXPLAINED]], noted, alike)
    hits = tuple(Hit(works[row], score, whys.get(row, Why())) for row, score in ranked)
    number = max(total, len(found.scores))
    some = max(total, len(found.matched.keys() | noted.keys()))
    kinds = {row: weights.kind[row] for row in scores}
    homes = counted(weights.home[row] for row in best[:COUNTED])
    return Found(
        hits, number, every, some, tuple(near), corrections, kinds, homes, translations, unknown
    )


def _are_common(words: Sequence[str]) -> bool:
    """Say whether one of *words* is a common English one, not the name of a thing."""
    from llmpath.search import dictionary  # for few searches

    return any(dictionary.is_word(word) or dictionary.is_form(word) for word in words)


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
    kinds = dict(enumerate(work.kind for work in works))
    homes = counted(work.topics[0] for work in works)
    return Found(hits, len(works), len(works), len(works), (), (), kinds, homes)


def _ordered(
    connection: sqlite3.Connection, scores: Mapping[int, float], sort: str, limit: int
) -> list[tuple[int, float]]:
    """Return the first *limit* (row, score) in the order asked for, which is not that of scores."""
    rows = connection.execute(
        f"SELECT position FROM resource WHERE position IN ({_numbers(scores)})"
        f" ORDER BY {resources.order(sort)}, resource.position LIMIT ?",
        (limit,),
    )
    return [(row, scores[row]) for (row,) in rows]


def _numbers(rows: Iterable[int]) -> str:
    return ", ".join(map(str, rows))


def counted(values: Iterable[str]) -> dict[str, int]:
    """Return how often each of *values* is there, most first, then by name."""
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _add_cores(
    connection: sqlite3.Connection,
    index: ranking.Index,
    near: Mapping[str, float],
    found: ranking.Scored,
) -> None:
    """Add the core of the nearest topics: what a tutor would hand to whoever asks."""
    meant = list(near)[:CORE_TOPICS]
    best = max(found.scores.values())
    rows = connection.execute(
        f"SELECT id, core FROM topic WHERE id IN ({', '.join('?' * len(meant))})", meant
    ).fetchall()
    nearest: dict[str, float] = {}
    for topic, core in rows:
        for work in core.split():
            nearest[work] = max(nearest.get(work, 0.0), near[topic])
    works = connection.execute(
        f"SELECT position, id FROM resource WHERE id IN ({', '.join('?' * len(nearest))})",
        list(nearest),
    ).fetchall()
    allowed = {row for (row,) in index.allowed(row for row, _ in works)} if index.narrowed else ()
    for row, id_ in works:
        if not index.narrowed or row in allowed:
            value = CORE_SHARE * best * nearest[id_]
            found.scores[row] = found.scores.get(row, 0.0) + value


def _add_topics(
    connection: sqlite3.Connection,
    index: ranking.Index,
    near: Mapping[str, float],
    share: float,
    found: ranking.Scored,
) -> None:
    """Add to resources how near the topics are that they treat, the nearest counting *share*.

    Where few have the words, the topics' other resources are found too.
    """
    bonus: dict[int, float] = {}
    meant = dict(list(near.items())[:TOPICS_MEANT])
    few = len(found.scores) < FEW_HITS and not index.narrowed
    for row, topic, is_home in connection.execute(
        "SELECT resource_position, topic, is_home FROM resource_topic"
        f" WHERE topic IN ({', '.join('?' * len(meant))})",
        list(meant),
    ):
        if few or row in found.scores:
            value = meant[topic] * (1.0 if is_home else OTHER_TOPIC)
            if value > bonus.get(row, 0.0):
                bonus[row] = value
    for row, value in bonus.items():
        found.scores[row] = found.scores.get(row, 0.0) + share * value
