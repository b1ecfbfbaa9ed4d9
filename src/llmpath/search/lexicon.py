"""What the index knows of words: the vocabulary, the glossary and the nearest spelling."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from llmpath.search.groups import Named
from llmpath.words import folded, kinship

if TYPE_CHECKING:
    from llmpath.search.spelling import Guess

MOST_NOTES = 2_000  # notes that are read for one search, the newest
LONGEST_READ = 50_000  # characters of a note that are read for one search, its first


class Lexicon:
    """The words of a database's index; what was asked once is remembered."""

    def __init__(self, connection: sqlite3.Connection, learner: str = "") -> None:
        self._connection = connection
        self._learner = learner
        self._finds: dict[str, bool] = {}
        self._kin: dict[str, list[tuple[str, int]]] = {}

    def finds(self, expression: str) -> bool:
        """Whether a resource or topic matches the FTS5 *expression*."""
        if expression not in self._finds:
            self._finds[expression] = any(
                self._connection.execute(
                    f"SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT 1", (expression,)
                ).fetchone()
                for index in ("resource_index", "topic_index")
            )
        return self._finds[expression]

    def known(self, words: Sequence[str]) -> set[str]:
        """Return those of *words* that stand somewhere."""
        return set(self.written(words))

    def is_noted(self, word: str) -> bool:
        """Whether *word* stands in a note of the learner's."""
        rows = self._connection.execute(
            f"SELECT substr(body, 1, {LONGEST_READ}) FROM note WHERE learner_id = ?"
            f" ORDER BY number DESC LIMIT {MOST_NOTES}",
            (self._learner,),
        )
        return any(word in folded(body) for (body,) in rows)

    def kin(self, word: str) -> list[tuple[str, int]]:
        """Return the other forms of *word* and the words of its family, with how near they are."""
        if len(word) < 3:
            return []
        if word not in self._kin:
            self._kin[word] = list(self._near(word))
        return self._kin[word]

    def _near(self, word: str) -> Iterator[tuple[str, int]]:
        start = word[: max(3, min(len(word) - 3, 5))]
        rows = self._connection.execute(
            "SELECT word FROM word WHERE word >= ? AND word < ? AND word != ?",
            (start, start + "\U0010ffff", word),
        )
        for (other,) in rows:
            if near := kinship(word, other):
                yield other, near

    def everyday(self, keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Return, by *keys*, the words of the field that everyday words may mean."""
        marks = ", ".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT say, mean FROM everyday WHERE say IN ({marks})", list(keys)
        )
        return {say: mean.split("\n") for say, mean in rows}

    def foreign_starts(self) -> Mapping[str, int]:
        """Return the first tokens of words of other languages, with the tokens of the longest."""
        return dict(
            self._connection.execute(
                "SELECT substr(say, 1, instr(say || ' ', ' ') - 1) AS start, max(size)"
                " FROM translation GROUP BY start"
            )
        )

    def translations(self, keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Return what *keys*, tokens of another language, mean in English; often nothing."""
        found: dict[str, Sequence[str]] = {}
        for start in range(0, len(keys), 500):
            part = list(keys[start : start + 500])
            marks = ", ".join("?" * len(part))
            rows = self._connection.execute(
                f"SELECT say, mean FROM translation WHERE say IN ({marks})", part
            )
            found.update((say, mean.split("\n") if mean else ()) for say, mean in rows)
        return found

    def named(self, keys: Sequence[str]) -> Mapping[str, Sequence[tuple[Named, bool]]]:
        """Return the glossary's terms by *keys*, and whether the key is a name or a synonym."""
        found: dict[str, list[tuple[Named, bool]]] = {}
        for start in range(0, len(keys), 500):
            part = list(keys[start : start + 500])
            marks = ", ".join("?" * len(part))
            rows = self._connection.execute(
                "SELECT term_name.name, same, term.id, topic, term.term, stands_for, synonyms"
                " FROM term_name JOIN term ON term.id = term_name.term"
                f" WHERE term_name.name IN ({marks}) ORDER BY term.position",
                part,
            )
            for name, same, id_, topic, term, stands_for, synonyms in rows:
                names = tuple(filter(None, (term, stands_for)))
                one = Named(id_, topic, names, tuple(filter(None, synonyms.split("\n"))))
                found.setdefault(name, []).append((one, bool(same)))
        return found

    def written(self, words: Sequence[str]) -> dict[str, int]:
        """Return those of *words* that there are, each with how many documents say it.

        That is 0 for what stands in addresses alone.
        """
        found: dict[str, int] = {}
        for start in range(0, len(words), 500):
            part = list(words[start : start + 500])
            marks = ", ".join("?" * len(part))
            found.update(
                self._connection.execute(
                    f"SELECT word, documents FROM word WHERE word IN ({marks})", part
                ).fetchall()
            )
        return found

    def begun(self, start: str) -> int:
        """Return how many documents have words that begin with *start*, counted by word."""
        (number,) = self._connection.execute(
            "SELECT coalesce(sum(documents), 0) FROM word WHERE word >= ? AND word < ?",
            (start, start + "\U0010ffff"),
        ).fetchone()
        return int(number)

    def is_foreign(self, word: str) -> bool:
        """Whether the catalog says what *word* of another language means."""
        row = self._connection.execute("SELECT 1 FROM translation WHERE say = ?", (word,))
        return row.fetchone() is not None

    def guesses(self, word: str) -> "list[Guess]":
        """Return the catalog's words that *word* may have been meant to be, the likeliest first.

        With its first letter, words are looked through; where that is wrong, missing or one too
        many, or swapped with the second, only for no other slip: some 50 words to look up.
        """
        from llmpath.search import dictionary, spelling  # most words are right

        most = spelling.allowed(word)
        if not most:
            return []
        rows = self._connection.execute(
            "SELECT word, documents, is_name FROM word"
            " WHERE start = ? AND length BETWEEN ? AND ? AND documents",
            (word[:1], len(word) - most, len(word) + most),
        ).fetchall()
        others = spelling.other_starts(word)
        marks = ", ".join("?" * len(others))
        rows += self._connection.execute(
            f"SELECT word, documents, is_name FROM word WHERE word IN ({marks}) AND documents",
            others,
        ).fetchall()
        (size,) = self._connection.execute(
            "SELECT coalesce(max(position), 0) FROM editor_weight"
        ).fetchone()
        candidates = (spelling.Candidate(*row) for row in rows)
        return spelling.guesses(word, candidates, size, dictionary.oddities(word))
