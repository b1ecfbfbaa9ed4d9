"""What somebody typed, as terms to look for. Knows no database."""

import re
from collections.abc import Iterable
from typing import NamedTuple

MOST_TERMS = 24  # of a query; what follows is left out

_WORD = re.compile(r"\w+")
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "have",
        "how",
        "i",
        "in",
        "into",
        "is",
        "it",
        "its",
        "learn",
        "me",
        "my",
        "of",
        "on",
        "or",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "this",
        "to",
        "use",
        "using",
        "want",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "work",
        "works",
        "you",
        "your",
    ]
)


class Query(NamedTuple):
    """A query: the text as typed and the words in it that count, in order, each once."""

    text: str
    terms: tuple[str, ...]


def parse(text: str) -> Query:
    """Return *text* as a query.

    Words that stand everywhere are dropped, unless nothing else is left.
    """
    words = list(dict.fromkeys(word.casefold() for word in _WORD.findall(text)))
    terms = [word for word in words if word not in STOP_WORDS] or words
    return Query(text, tuple(terms[:MOST_TERMS]))


def quoted(term: str) -> str:
    """Return *term* as an FTS5 string: whatever it holds is text, not syntax."""
    return '"' + term.replace('"', '""') + '"'


def any_of(terms: Iterable[str]) -> str:
    """Return the FTS5 expression for documents with any of *terms*."""
    return " OR ".join(quoted(term) for term in terms)
