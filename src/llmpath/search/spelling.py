"""Guess which word of the catalog a mistyped one was meant to be. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

SHORTEST_WORD = 4  # letters; below, one edit makes another word too easily
LONG_WORD = 8  # letters from which two edits are forgiven


class Candidate(NamedTuple):
    """A word of the catalog, in how many documents it stands, and whether it names a thing.

    Names are words of titles, authors, topics and the glossary: what people search for.
    """

    word: str
    documents: int
    is_name: bool


def allowed(word: str) -> int:
    """Return how many edits of *word* are forgiven."""
    return 0 if len(word) < SHORTEST_WORD else 1 if len(word) < LONG_WORD else 2


def distance(a: str, b: str, most: int) -> int:
    """Return the edits that turn *a* into *b*, or *most* + 1 when they are more.

    An edit inserts, deletes or changes a letter, or swaps two neighbours: the optimal string
    alignment distance, which Damerau (1964) found to cover four in five typing errors.
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        above, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                least = min(least, above[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def correction(word: str, candidates: Iterable[Candidate]) -> str:
    """Return the candidate that *word* was most likely meant to be, or ''.

    The first letter agrees; nearer is better, then a name, then the same length (swaps and
    changes), then what stands in more documents.
    """
    most = allowed(word)
    best: tuple[int, bool, bool, int, str] | None = None
    for one in candidates:
        if one.word[:1] != word[:1] or abs(len(one.word) - len(word)) > most:
            continue
        edits = distance(word, one.word, most)
        if not 0 < edits <= most:
            continue
        key = (edits, not one.is_name, sorted(one.word) != sorted(word), -one.documents, one.word)
        if best is None or key < best:
            best = key
    return best[-1] if best else ""
