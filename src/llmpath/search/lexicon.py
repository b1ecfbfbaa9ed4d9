"""What the index knows of words: the vocabulary, the glossary and the nearest spelling."""

import sqlite3
from collections.abc import Mapping, Sequence

from llmpath.search.groups import Named
from llmpath.words import folded, kinship

MOST_NOTES = 2_000  # notes that are read for one search, the newest
LONGEST_READ = 50_000  # characters of a note that are read for one search, its first


class Lexicon:
    """The words of a database's index; what was asked once is remembered."""

    def __init__(self, connection: sqlite3.Connection, learner: str = "") -> None:
        self._connection = connection
        self._learner = learner
        self._finds: dict[str, bool] = {}

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
        found: set[str] = set()
        for start in range(0, len(words), 500):
            part = list(words[start : start + 500])
            marks = ", ".join("?" * len(part))
            rows = self._connection.execute(f"SELECT word FROM word WHERE word IN ({marks})", part)
            found.update(word for (word,) in rows)
        return found

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
        start = word[: max(3, min(len(word) - 3, 5))]
        rows = self._connection.execute(
            "SELECT word FROM word WHERE word >= ? AND word < ? AND word != ?",
            (start, start + "\U0010ffff", word),
        )
        found = [(other, kinship(word, other)) for (other,) in rows]
        return [(other, near) for other, near in found if near]

    def everyday(self, keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Return, by *keys*, the words of the field that everyday words may mean."""
        marks = ", ".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT say, mean FROM everyday WHERE say IN ({marks})", list(keys)
        )
        return {say: mean.split("\n") for say, mean in rows}

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

    def correct(self, word: str) -> str:
        """Return the catalog's word that *word* was most likely meant to be, or ''."""
        from llmpath.search.spelling import Candidate, allowed, correction  # most are right

        most = allowed(word)
        real = "SELECT 1 FROM english WHERE word = ?"
        if not most or self._connection.execute(real, (word,)).fetchone():
            return ""
        rows = self._connection.execute(
            "SELECT word, documents, is_name FROM word WHERE start = ? AND length BETWEEN ? AND ?",
            (word[:1], len(word) - most, len(word) + most),
        )
        return correction(word, (Candidate(*row) for row in rows))
