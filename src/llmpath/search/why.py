"""Say why a document matched: which words of its text, and where."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from llmpath.search import documents
from llmpath.search.groups import Group
from llmpath.words import spoken, tokens

HITS_EXPLAINED = 200  # hits that are explained; nobody reads further
# What the columns of the index are called where a match in them is told.
COLUMNS = ("title", "name", "authors", "topics", "topic's other names", "summary", "kind")
TITLE, SUMMARY = 0, 5
CONTEXT_WORDS = 9  # words shown before a match in a summary
VIEW = 70  # characters of a summary that a line shows, about

Marked = tuple[tuple[str, bool], ...]
Span = tuple[int, int, tuple[str, ...]]  # start, end and words of what matched


class Why(NamedTuple):
    """Where a document matched, its title and a piece of its text with what matched marked.

    `same_as` are names that were typed where the text has another name of the same thing.
    """

    matched_in: tuple[str, ...] = ()
    title: Marked = ()
    excerpt: Marked = ()
    same_as: tuple[str, ...] = ()


class Matcher:
    """Finds in a text what the groups of a query look for, as the index does."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
        starts: list[str] = []
        self.names: dict[tuple[str, ...], str] = {}
        for group in groups:
            for expression in group.variants:
                words, prefix = spoken(expression)
                if not words:
                    continue
                if prefix and len(words) == 1:
                    starts.append(words[0])
                else:
                    self._phrases.setdefault(words[0], []).append((words, prefix))
                if typed := group.names.get(expression):
                    self.names[words] = typed
        self._starts = tuple(starts)
        self._firsts = (*self._phrases, *starts)

    def spans(self, text: str) -> Iterator[Span]:
        """Yield start, end and words of each match in *text*, in order, none over another."""
        if text.isascii():  # most texts have nothing, and cutting them takes ten times as long
            small = text.lower()
            if not any(first in small for first in self._firsts):
                return
        found = list(tokens(text))
        phrases, starts = self._phrases, self._starts
        begins = [
            at for at, (_, _, one) in enumerate(found) if one in phrases or one.startswith(starts)
        ]
        done = last = 0
        for at in begins:
            length = self._length(found, at) if at >= done else 0
            if length:
                done = at + length
                words = tuple(token for _, _, token in found[at:done])
                start, end = found[at][0], found[done - 1][1]
                if start >= last:  # `½` is two tokens at one place
                    yield start, end, words
                last = max(last, end)

    def _length(self, found: Sequence[tuple[int, int, str]], at: int) -> int:
        """Return how many tokens from *at* on match, the most that do."""
        token = found[at][2]
        best = int(token.startswith(self._starts))
        for words, prefix in self._phrases.get(token, ()):
            here = [one for _, _, one in found[at : at + len(words)]]
            if len(here) == len(words) > best and here[:-1] == list(words[:-1]):
                last = here[-1]
                if last == words[-1] or (prefix and last.startswith(words[-1])):
                    best = len(words)
        return best


def mark(text: str, spans: Iterable[Span]) -> Marked:
    """Return *text* as pieces, each with whether it is one of *spans*."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end, _ in spans:
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    return tuple(piece for piece in (*pieces, (text[done:], False)) if piece[0])


def explain(
    connection: sqlite3.Connection,
    groups: Sequence[Group],
    rows: Sequence[int],
    noted: Collection[int],
    alike: Collection[int] = (),
) -> dict[int, Why]:
    """Return why *rows* of the resource index match *groups*.

    *noted* match in a note too, *alike* have words that only look alike.
    """
    matcher = Matcher(groups)
    found: dict[int, Why] = {}
    known: dict[str, list[Span]] = {}
    for row, texts in documents.texts(connection, rows).items():
        for text in texts:
            if text not in known:  # works on one topic share its names
                known[text] = list(matcher.spans(text))
        spans = [known[text] for text in texts]
        places = [column for column, hits in zip(COLUMNS, spans, strict=True) if hits]
        if row in noted:
            places.append("notes")
        same = [
            typed
            for hits in spans[: SUMMARY + 1]
            for _, _, words in hits
            if (typed := matcher.names.get(words))
            and words != tuple(token for _, _, token in tokens(typed))
        ]
        summary = texts[SUMMARY]
        said = () if spans[TITLE] or not summary else ((summary, False),)
        found[row] = Why(
            tuple(places) or (("letters",) if row in alike else ("topic",)),
            mark(texts[TITLE], spans[TITLE]),
            around(mark(summary, spans[SUMMARY])) if spans[SUMMARY] else said,
            tuple(dict.fromkeys(same)),
        )
    return found


def around(marked: Marked) -> Marked:
    """Return *marked* from where a line shows the most of its matches, cut at words."""
    starts = [0]
    for text, _ in marked:
        starts.append(starts[-1] + len(text))
    hits = [(start, text) for start, (text, hit) in zip(starts, marked, strict=False) if hit]
    if not hits:
        return ()

    def shown(start: int) -> int:
        return len({text.casefold() for at, text in hits if start <= at < start + VIEW})

    best = max((start for start, _ in hits), key=lambda start: (shown(start), -start))
    words = "".join(text for text, _ in marked)[:best].split(" ")
    if len(words) <= CONTEXT_WORDS:
        return marked
    cut = best - len(" ".join(words[-CONTEXT_WORDS:]))
    pieces = [
        (text[max(cut - start, 0) :], hit)
        for start, (text, hit) in zip(starts, marked, strict=False)
    ]
    return (("…", False), *(piece for piece in pieces if piece[0]))
