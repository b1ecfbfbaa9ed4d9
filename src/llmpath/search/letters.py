"""Find documents by parts of words, where whole words find nothing."""

import sqlite3
from collections.abc import Sequence

from llmpath.search import documents
from llmpath.search.ranking import Index
from llmpath.words import words_of

LEAST_ALIKE = 0.5  # Dice coefficient of the trigrams of two words that may be the same
MOST_READ = 60  # documents that are looked at
MOST_WORDS = 6
COLUMNS = ("title", "names", "authors", "topics", "summary")  # whose words are compared
LONGEST_WORD = 40  # letters of a word that count


def trigrams(word: str) -> list[str]:
    """Return the runs of three letters in *word*."""
    return [word[i : i + 3] for i in range(len(word) - 2)]


def alike(one: str, two: str) -> float:
    """Return how much two words are alike, 0 to 1: the Dice coefficient of their trigrams.

    Their ends count as letters, so that a common start weighs more.
    """
    first, second = set(trigrams(f" {one} ")), set(trigrams(f" {two} "))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def similar(connection: sqlite3.Connection, index: Index, words: Sequence[str]) -> dict[int, float]:
    """Return documents that have *words* as parts of words, or words like them, by likeness."""
    found: dict[int, float] = {}
    for word in [word[:LONGEST_WORD] for word in words if len(word) >= 3][:MOST_WORDS]:
        parts = [part for part in dict.fromkeys(trigrams(word)) if part.isalnum()]
        if not parts:
            continue
        hits = connection.execute(
            "SELECT rowid FROM trigram_index WHERE trigram_index MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{part}"' for part in parts), MOST_READ),
        ).fetchall()
        rows = [row for (row,) in hits]
        digits = _digits(word)
        for row, texts in documents.texts(connection, rows, COLUMNS).items():
            words_there = set(words_of(" ".join(texts)))
            if digits:  # gpt9 is not like gpt4
                words_there = {one for one in words_there if _digits(one) == digits or word in one}
            best = max(
                (1.0 if word in other else alike(word, other) for other in words_there),
                default=0.0,
            )
            if best >= LEAST_ALIKE:
                found[row] = max(found.get(row, 0.0), best)
    if index.narrowed and found:
        kept = {row for (row,) in index.allowed(found)}
        found = {row: share for row, share in found.items() if row in kept}
    return found


def _digits(word: str) -> list[str]:
    return [letter for letter in word if letter.isdigit()]
