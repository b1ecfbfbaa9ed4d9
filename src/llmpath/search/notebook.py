"""Find the learner's notes that have the words of a query."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from llmpath.model import Note
from llmpath.search.groups import Group
from llmpath.store.catalog.selection import Selection, where
from llmpath.words import kinship, words_of

if TYPE_CHECKING:
    from llmpath.search.query import Query

MOST_NOTES = 2_000  # notes that are read for one search, the newest
LONGEST_READ = 50_000  # characters of a note that are read for one search, its first


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
    words = set(words_of(text))
    bits = 0
    for bit, group in enumerate(groups):
        typed = words_of(group.typed)
        # Words that are akin begin with the same three letters, which is sooner seen.
        if typed and all(
            word in words or any(other[:3] == word[:3] and kinship(word, other) for other in words)
            for word in typed
        ):
            bits |= 1 << bit
    return bits


def matching_notes(
    connection: sqlite3.Connection, query: "Query", notes: Iterable[Note]
) -> list[Note]:
    """Return those of *notes* that have all the words and phrases of *query*, none left out."""
    from llmpath.search.groups import widen
    from llmpath.search.lexicon import Lexicon

    terms = [*query.terms, *(tuple(phrase.split()) for phrase in query.phrases)]
    groups = widen(terms, Lexicon(connection))
    every = (1 << len(groups)) - 1
    return [
        note
        for note in notes
        if groups_in(groups, note.body) == every
        and not any(text.casefold() in note.body.casefold() for text in query.excluded)
    ]
