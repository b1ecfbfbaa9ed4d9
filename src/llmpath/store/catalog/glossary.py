"""Read the glossary: what an acronym or term stands for."""

import sqlite3
from collections.abc import Sequence

from llmpath.curriculum import Term
from llmpath.words import key_of, words_of

_TERM = "SELECT term.id, term, stands_for, synonyms, topic, definition FROM term"


def called(connection: sqlite3.Connection, name: str) -> list[Term]:
    """Return the terms called *name*: by id or name, else by what else people type for them."""
    rows = _terms(
        connection,
        f"{_TERM} WHERE term.id = :name OR term = :name COLLATE NOCASE"
        " OR stands_for = :name COLLATE NOCASE",
        name.strip(),
    )
    if rows:
        return rows
    key = key_of(words_of(name))
    for same in (1, 0):
        rows = _terms(
            connection,
            f"{_TERM} WHERE term.id IN"
            f" (SELECT term FROM term_name WHERE name = :name AND same = {same})",
            key,
        )
        if rows:
            return rows
    return []


def names(connection: sqlite3.Connection) -> list[str]:
    """Return every term and what it stands for."""
    rows = connection.execute("SELECT term, stands_for FROM term ORDER BY term")
    return [name for row in rows for name in row if name]


def about(connection: sqlite3.Connection, topics: Sequence[str]) -> dict[str, list[Term]]:
    """Return the terms of each of *topics*, in the order of the glossary."""
    found: dict[str, list[Term]] = {id_: [] for id_ in topics}
    rows = connection.execute(
        f"{_TERM} WHERE topic IN ({', '.join('?' * len(found))}) ORDER BY position", list(found)
    )
    for row in rows:
        term = _term(row)
        found[term.topic].append(term)
    return found


def all_terms(connection: sqlite3.Connection) -> list[Term]:
    """Return the whole glossary, by name."""
    return [_term(row) for row in connection.execute(f"{_TERM} ORDER BY term COLLATE NOCASE")]


def _terms(connection: sqlite3.Connection, sql: str, value: str) -> list[Term]:
    rows = connection.execute(f"{sql} ORDER BY term COLLATE NOCASE", {"name": value})
    return [_term(row) for row in rows]


def _term(row: Sequence[str]) -> Term:
    id_, term, stands_for, synonyms, topic, definition = row
    return Term(id_, term, stands_for, tuple(filter(None, synonyms.split("\n"))), topic, definition)
