"""Say why a document matched: which words of its text, and where."""

import sqlite3
from collections.abc import Collection, Sequence
from typing import NamedTuple

from llmpath.search.groups import Group
from llmpath.search.words import unspaced, words_of

EXPLAINED = 200  # hits that are explained; nobody reads further
COLUMNS = ("title", "name", "authors", "topics", "also called", "summary", "kind")
START, END = "\x02", "\x03"  # around what matched; no text of a catalog has controls
CONTEXT = 9  # words shown around a match in a summary

Marked = tuple[tuple[str, bool], ...]


class Why(NamedTuple):
    """Where a document matched, its title and a piece of its text with what matched marked.

    `same_as` are names that were typed where the text has another name of the same thing.
    """

    matched_in: tuple[str, ...] = ()
    title: Marked = ()
    excerpt: Marked = ()
    same_as: tuple[str, ...] = ()


def explain(
    connection: sqlite3.Connection,
    groups: Sequence[Group],
    rows: Sequence[int],
    noted: Collection[int],
) -> dict[int, Why]:
    """Return why *rows* of the resource index match *groups*; *noted* match in a note too."""
    expression = " OR ".join(dict.fromkeys(one for group in groups for one in group.variants))
    parts = ", ".join(
        f"highlight(resource_index, {i}, '{START}', '{END}')" for i in range(len(COLUMNS))
    )
    names = {
        " ".join(words_of(name)): typed
        for group in groups
        for name, typed in group.names.items()
        if typed
    }
    found: dict[int, Why] = {}
    for row in rows:
        texts = connection.execute(
            f"SELECT {parts} FROM resource_index WHERE resource_index MATCH ? AND rowid = ?",
            (expression, row),
        ).fetchone()
        places = [column for column, text in zip(COLUMNS, texts or (), strict=False) if START in text]
        if row in noted:
            places.append("notes")
        if not texts:
            found[row] = Why(tuple(places) or ("topic",))
            continue
        texts = [unspaced(text) for text in texts]
        same = [
            names[key]
            for text in texts[:6]
            for piece, hit in pieces(text)
            if hit
            and (key := " ".join(words_of(piece))) in names
            and key != " ".join(words_of(names[key]))
        ]
        shown = (5,) if START in texts[0] else (5, 3, 4)
        excerpt = next((texts[i] for i in shown if START in texts[i]), "")
        found[row] = Why(
            tuple(places), pieces(texts[0]), around(pieces(excerpt)), tuple(dict.fromkeys(same))
        )
    return found


def pieces(text: str) -> Marked:
    """Return *text* as pieces, each with whether it matched."""
    found: list[tuple[str, bool]] = []
    for i, part in enumerate(text.split(START)):
        hit, end, rest = part.partition(END) if i else ("", "", part)
        if i and not end:
            hit, rest = "", part
        found += [(piece, flag) for piece, flag in ((hit, True), (rest, False)) if piece]
    return tuple(found)


def around(marked: Marked) -> Marked:
    """Return the part of *marked* around its first match, cut at words."""
    first = next((i for i, (_, hit) in enumerate(marked) if hit), None)
    if first is None:
        return ()
    before = "".join(text for text, _ in marked[:first])
    words = before.split(" ")
    kept = " ".join(words[-CONTEXT:])
    lead = ("…" if len(words) > CONTEXT else "") + kept
    result = [(lead, False)] if lead else []
    return (*result, *marked[first:])
