"""Read how the catalog words its topics: their names, and where words stand in it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from llmpath.search.dictionary import english
from llmpath.search.mentions import Names
from llmpath.search.ranking import TOPIC_WEIGHTS, Index
from llmpath.words import quoted, tokens

TITLE, ALIAS, TERM, SYNONYM = 1.0, 0.9, 0.8, 0.5  # how surely a name means its topic
PRODUCT = 0.7  # the name of a tool, a model or a data set that one studies for the topic
LONGEST_PRODUCT = 3  # words of such a name; longer titles say what a page is about
OF_THE_FIELD = 30  # documents from which on an English word is one of the field, as lora is
VOTERS, TOPIC_VOTERS = 12, 8  # resources and topics nearest to a window that vote on it
MOST_WORDS = 24  # of a window that are looked for, the rarest
OTHER_TOPICS = 0.3  # of a vote: what a resource gives to topics that are not its home
# Title, names, authors, topics, aliases, summary, facts: as a reader sees a resource, not as it
# was filed, since whoever is filed under a topic has the topic's names by that alone.
_SEEN = "{title names summary}"
_SEEN_WEIGHTS = "6.0, 2.0, 0.0, 0.0, 0.0, 1.5, 0.0"
_ENDS = re.compile(r"\s+(?:basics|fundamentals|techniques|concepts|mechanisms|methods)$", re.I)
_PRODUCTS = ("tool", "model", "dataset", "repo")


class Spread(NamedTuple):
    """How widely a phrase stands: in how many resources, by topic, and in how many topics' own."""

    resources: int
    by_topic: dict[str, int]
    topics: int


class Wording:
    """The words of a database's topics; what was asked once is remembered."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT position, id FROM topic").fetchall()
        self._topics: dict[int, str] = dict(rows)

    @cached_property
    def names(self) -> Names:
        """The names of all topics: titles and what they consist of, aliases, terms, products."""
        known = self.known
        found = Names({word for word in english() if known.get(word, 0) < OF_THE_FIELD})
        # The table of aliases has them without capitals, which tell an acronym from a word.
        for id_, title, aliases in self._connection.execute(
            "SELECT id, topic.title, aliases FROM topic CROSS JOIN topic_index"
            " ON topic_index.rowid = position ORDER BY position"
        ).fetchall():
            for alias in aliases.split("; ")[:-1]:  # the last is its module
                found.add(alias, id_, ALIAS)
            parts = [one for one in re.split(r": | and |, ", title) if " " in one and one != title]
            short = [_ENDS.sub("", one) for one in (title, *parts) if _ENDS.search(one)]
            for name in (title, id_.replace("-", " ")):
                found.add(name, id_, TITLE)
            for name in short:
                found.add(name, id_, ALIAS)
            for name in parts:
                found.add(name, id_, TERM)
        for term, stands_for, synonyms, topic in self._connection.execute(
            "SELECT term, stands_for, synonyms, topic FROM term ORDER BY position"
        ).fetchall():
            for name in filter(None, (term, stands_for)):
                found.add(name, topic, TERM)
            for name in filter(None, synonyms.split("\n")):
                found.add(name, topic, SYNONYM)
        self._add_products(found)
        return found

    def _add_products(self, found: Names) -> None:
        marks = ", ".join("?" * len(_PRODUCTS))
        for title, home in self._connection.execute(
            f"SELECT title, home FROM resource WHERE kind IN ({marks}) ORDER BY position",
            _PRODUCTS,
        ).fetchall():
            name = title.split(":")[0]
            if any(map(str.isupper, name[1:])) and len(name.split()) <= LONGEST_PRODUCT:
                found.add(name, home, PRODUCT)

    @cached_property
    def known(self) -> dict[str, int]:
        """The words of the catalog, each with how many documents have it."""
        return dict(self._connection.execute("SELECT word, documents FROM word"))

    def spread(self, said: str, topics: Sequence[str]) -> Spread:
        """Return how widely the words *said* stand in what the catalog has, one after another.

        By topic that is told of *topics* alone: all of them would be counted at every resource.
        """
        phrase = " ".join(word for _, _, word in tokens(said))
        expression = f"{_SEEN} : {quoted(phrase)}"
        (number,) = self._connection.execute(
            "SELECT count(*) FROM resource_index WHERE resource_index MATCH ?", (expression,)
        ).fetchone()
        marks = ", ".join("?" * len(topics))
        rows = self._connection.execute(
            f"SELECT topic, count(*) FROM resource_topic WHERE topic IN ({marks})"
            " AND resource_position IN"
            " (SELECT rowid FROM resource_index WHERE resource_index MATCH ?) GROUP BY topic",
            (*topics, expression),
        )
        own = f"{{title names aliases summary}} : {quoted(phrase)}"
        return Spread(number, dict(rows.fetchall()), self._own.number(own))

    @property
    def _own(self) -> Index:
        return Index(self._connection, "topic_index", len(self._topics))

    def votes(self, words: Sequence[str], voters: int = VOTERS) -> dict[str, float]:
        """Return the share of the votes that topics get from the resources nearest to *words*."""
        expression = f"{_SEEN} : ({_any(words, self.known)})" if words else '""'
        rows = self._connection.execute(
            "SELECT home, topics, near FROM"
            f" (SELECT rowid AS work, -bm25(resource_index, {_SEEN_WEIGHTS}) AS near"
            " FROM resource_index WHERE resource_index MATCH ? ORDER BY near DESC, rowid LIMIT ?)"
            " JOIN resource ON position = work ORDER BY near DESC, position",
            (expression, voters),
        ).fetchall()
        total = sum(near for _, _, near in rows)
        found: dict[str, float] = {}
        for home, topics, near in rows if total > 0 else ():
            for topic in topics.split():
                part = 1.0 if topic == home else OTHER_TOPICS
                found[topic] = found.get(topic, 0.0) + part * near / total
        return found

    def topic_votes(self, words: Sequence[str], voters: int = TOPIC_VOTERS) -> dict[str, float]:
        """Return how near the nearest topics are to *words*, as shares of all they come to."""
        rows = self._connection.execute(
            f"SELECT rowid, -bm25(topic_index, {TOPIC_WEIGHTS}) AS near FROM topic_index"
            " WHERE topic_index MATCH ? ORDER BY near DESC, rowid LIMIT ?",
            (_any(words, self.known) if words else '""', voters),
        ).fetchall()
        total = sum(near for _, near in rows)
        return {self._topics[row]: near / total for row, near in rows} if total > 0 else {}


def _any(words: Sequence[str], known: dict[str, int]) -> str:
    rarest = sorted(words, key=lambda word: known.get(word, 0))[:MOST_WORDS]
    return " OR ".join(map(quoted, rarest))
