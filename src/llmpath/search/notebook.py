"""Find the learner's notes that have the words of a query."""

import sqlite3
from collections.abc import Sequence

from llmpath.search.groups import Group
from llmpath.store.catalog.selection import Selection, where
from llmpath.words import kinship, words_of

MOST = 2_000  # notes that are read for one search, the newest
LONGEST = 50_000  # characters of a note that are read for one search, its first


def matches(
    connection: sqlite3.Connection,
    learner: str,
    groups: Sequence[Group],
    selection: Selection | None = None,
) -> dict[int, int]:
    """Return, by position, which *groups* (as bits) stand in the learner's notes on a resource."""
    condition, parameters = where(selection) if selection else ("1", [])
    rows = connection.execute(
        f"SELECT resource.position, substr(body, 1, {LONGEST}) FROM note"
        " JOIN resource ON resource.id = note.target"
        " LEFT JOIN progress ON progress.resource_id = resource.id"
        " AND progress.learner_id = note.learner_id"
        f" WHERE note.learner_id = ? AND {condition} ORDER BY note.number DESC LIMIT {MOST}",
        [learner, *parameters],
    ).fetchall()
    found: dict[int, int] = {}
    for row, body in rows:
        bits = having(groups, body)
        if bits:
            found[row] = found.get(row, 0) | bits
    return found


def having(groups: Sequence[Group], text: str) -> int:
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
