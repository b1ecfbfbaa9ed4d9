"""Tell which topics a query means: by their own words, by the glossary, by what was found."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.search import ranking
from llmpath.search.groups import FORM, Group
from llmpath.words import STOP_WORDS, phrase, singular, spoken

VOTERS = 8  # hits whose homes say which topics are meant
VOTES = 1.0  # what all their votes together say, of the best topic's score
TERM_ADDS = 0.5  # what a term of the glossary adds in the order of topics
CALLED_ADDS = 2.0  # what being called just so adds
SHOWN_SHARE = 0.45  # of the best topic's value: topics below that are not shown
# Words for a sort of material, besides the kinds of it: every topic has some.
HINTS = frozenset(("tutorial", "guide", "resource", "material", "example"))
LEAST_COVERED = 0.2  # share of the query, by rarity, that the words of a topic must have
COVERED_OUTSIDE = 0.5  # the same where a common word stands nowhere: `chocolate cake recipe`


class Told(NamedTuple):
    """What the words of a query say of topics, by id.

    `scores` are those of bm25, `covered` the share of the query that a topic has, by rarity;
    `terms` are topics of the glossary's terms, with how surely those are meant; `called` are
    called just as was typed.
    """

    scores: Mapping[str, float]
    covered: Mapping[str, float]
    terms: Mapping[str, float]
    called: Sequence[str]

    @property
    def best(self) -> float:
        """The score of the topic that the words fit best; 1 where they fit none."""
        return max(self.scores.values(), default=1.0)


class Topics:
    """The topics of a database: their ids, in the order of the map, by row of their index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        rows = connection.execute("SELECT position, id FROM topic ORDER BY position").fetchall()
        self.ids: dict[int, str] = dict(rows)
        self.index = ranking.Index(connection, "topic_index", len(rows))


def told(topics: Topics, groups: Sequence[Group]) -> Told:
    """Return what *groups* say of the *topics*."""
    telling = groups if len(groups) == 1 else [group for group in groups if not _is_hint(group)]
    telling = [group for group in telling if group.typed not in STOP_WORDS]
    found = ranking.score(topics.index, telling, ranking.TOPIC_WEIGHTS)
    terms: dict[str, float] = {}
    for group in groups:
        for topic, sure in group.topics.items():
            terms[topic] = max(terms.get(topic, 0.0), sure)
    return Told(
        {id_: found.scores[row] for row, id_ in topics.ids.items() if row in found.scores},
        {id_: found.covered[row] for row, id_ in topics.ids.items() if row in found.covered},
        terms,
        _called(topics.connection, groups),
    )


def _is_hint(group: Group) -> bool:
    """Say whether *group* says what sort of material is wanted rather than on what."""
    return bool(group.sort) or singular(group.typed) in HINTS


def _called(connection: sqlite3.Connection, groups: Sequence[Group]) -> list[str]:
    """Return the topics called just as was typed, or as another form of a query of one term."""
    said = {phrase(" ".join(group.typed for group in groups))}
    if len(groups) == 1:
        said |= {" ".join(spoken(expression)[0]) for expression in ranking.near(groups[0], FORM)}
    marks = ", ".join("?" * len(said))
    rows = connection.execute(
        "SELECT id FROM topic WHERE id IN"
        f" (SELECT id FROM name WHERE phrase IN ({marks}) AND what = 'topic') ORDER BY position",
        sorted(said),
    )
    return [id_ for (id_,) in rows]


def near(told: Told, homes: Sequence[str], is_outside: bool = False) -> dict[str, float]:
    """Return the topics that a query is near to, best first, and how near of the best, 0 to 1.

    *homes* are the home topics of what was found, best first: each votes for its topic with one
    over its rank, as in reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009).
    A query that *is_outside* has common words that nothing in the field says: most of it must be
    of a topic.
    """
    votes: dict[str, float] = {}
    for rank, home in enumerate(homes[:VOTERS], 1):
        votes[home] = votes.get(home, 0.0) + 1 / rank
    least = COVERED_OUTSIDE if is_outside else LEAST_COVERED
    cast = sum(votes.values()) or 1.0
    best = told.best
    values = {
        id_: told.scores.get(id_, 0.0) / best
        + TERM_ADDS * told.terms.get(id_, 0.0)
        + CALLED_ADDS * (id_ in told.called)
        + VOTES * votes.get(id_, 0.0) / cast
        for id_ in {**told.scores, **votes, **told.terms, **dict.fromkeys(told.called)}
        if id_ in told.terms or id_ in told.called or told.covered.get(id_, 0.0) >= least
    }
    most = max(values.values(), default=0.0)
    order = sorted(values, key=lambda id_: -values[id_])  # ties in the order of the map
    return {id_: values[id_] / most for id_ in order if values[id_] >= SHOWN_SHARE * most}
