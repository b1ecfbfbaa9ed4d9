"""Find the learner's notes that have the words of a query."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from llmpath.model import Note
from llmpath.search.groups import Group
from llmpath.search.lexicon import LONGEST_READ, MOST_NOTES
from llmpath.store.catalog.selection import Selection, where
from llmpath.words import begins_others, is_unspaced, kinship, tokens_of, words_of

if TYPE_CHECKING:
    from llmpath.search.query import Query


def matches(
    connection: sqlite3.Connection,
    learner: str,
    groups: Sequence[Group],
    selection: Selection | None = None,
) -> dict[int, int]:
    """Return, by position, which *groups* (as bits) stand in the learner's notes on a resource."""
    condition, parameters = where(selection) if selection else ("1", [])
    rows = connection.execute(
        f"SELECT resource.position, substr(body, 1, {LONGEST_READ}) FROM note"
        " JOIN resource ON resource.id = note.target"
        " LEFT JOIN progress ON progress.resource_id = resource.id"
        " AND progress.learner_id = note.learner_id"
        f" WHERE note.learner_id = ? AND {condition} ORDER BY note.number DESC LIMIT {MOST_NOTES}",
        [learner, *parameters],
    ).fetchall()
    found: dict[int, int] = {}
    for row, body in rows:
        bits = groups_in(groups, body)
        if bits:
            found[row] = found.get(row, 0) | bits
    return found


def groups_in(groups: Sequence[Group], text: str) -> int:
    """Return which *groups*, as bits, *text* has: each word of one as it is, or akin."""
    words, tokens = _cut(text)
    bits = 0
    for bit, group in enumerate(groups):
        typed = words_of(group.typed)
        if typed and all(_stands(word, words, tokens) for word in typed):
            bits |= 1 << bit
    return bits


def _cut(text: str) -> tuple[set[str], str]:
    """Return the words of *text* and, where there are unspaced ones, its tokens."""
    words = set(words_of(text))
    return words, tokens_of(text) if any(map(is_unspaced, words)) else ""


def _stands(word: str, words: Collection[str], tokens: str) -> bool:
    """Say whether *word* is one of *words* or akin to one, or stands in unspaced *tokens*."""
    if word in words or (tokens and is_unspaced(word) and tokens_of(word) in tokens):
        return True
    if begins_others(word):
        return any(other.startswith(word) for other in words)
    # Words that are akin begin with the same three letters, which is sooner seen.
    return any(other[:3] == word[:3] and kinship(word, other) for other in words)


def matching_notes(query: "Query", notes: Iterable[Note]) -> list[Note]:
    """Return those of *notes* that have all the words and phrases of *query*, none left out."""
    typed = [word for term in query.terms for word in words_of(" ".join(term))]
    phrases, excluded = (list(map(tokens_of, one)) for one in (query.phrases, query.excluded))

    def fits(body: str) -> bool:
        words, tokens = _cut(body)
        if not all(_stands(word, words, tokens) for word in typed):
            return False
        tokens = tokens_of(body) if phrases or excluded else ""
        return all(one in tokens for one in phrases) and not any(one in tokens for one in excluded)

    return [note for note in notes if fits(note.body)]
