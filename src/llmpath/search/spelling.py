"""Guess which word of the catalog a mistyped one was meant to be. Pure.

Four in five slips are one letter put in, left out, changed, or swapped with its neighbour (Damerau,
1964). Which of the words near by was meant is told by how common each is and how easily the fingers
slip that way, multiplied: the noisy channel of Kernighan, Church and Gale (1990). The weights are
rough logarithms of such odds, as in Norvig's "How to write a spelling corrector" (2007).
"""

from collections.abc import Iterable
from math import log
from typing import NamedTuple

SHORTEST_WORD = 4  # letters; below, one edit makes another word too easily
LONG_WORD = 8  # letters from which two edits are forgiven

# What a slip costs, the more the rarer it is.
DOUBLED = 1.0  # a letter twice that is meant once, or once that is meant twice
SWAPPED = 1.2
MISSED = 1.6
NEAR = 1.8  # a key beside the one meant, a vowel or consonant that sounds alike
FAR = 2.8
FIRST = 0.6  # more, where it is the first letter: seldom wrong (Pollock and Zamora, 1984)
AGAIN = 1.5  # more, for a second slip in one word
NEVER = 1e6  # a digit is no slip: gpt2 is not gpt4

NAMED = 0.7  # what a name is likelier to be searched for
COMMON = 0.35  # how much likelier with each power of e of its documents
BESIDE = 2.0  # how much likelier where it stands beside the words that were typed beside it
# The most that a guess may cost, likelihood deducted, by letters of the word: real words that the
# catalog lacks and words of other languages mostly cost more, slips less.
MOST = {4: 1.3, 5: 2.0, 6: 2.6}
MOST_LONG, MOST_TWICE = 3.2, 3.6  # of longer words with one slip and with two
ODD = 0.8  # more, for each of two runs of letters that real words do not have
USUAL_SIZE = 1_000  # documents; what stands in as large a share of more or fewer is as common

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("aeiouy", "ckqs", "sz", "fv", "dt", "bp", "gj", "mn", "iy")


def _neighbours() -> frozenset[tuple[str, str]]:
    """Return the pairs of letters that are easily taken for each other."""
    at = {key: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
    keys = {
        (one, two)
        for one, (x, y) in at.items()
        for two, (x2, y2) in at.items()
        if one != two and abs(x - x2) <= 1 and abs(y - y2) <= 1
    }
    return frozenset(keys | {(a, b) for sounds in _SOUNDS for a in sounds for b in sounds})


_NEIGHBOURS = _neighbours()


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
    alignment distance.
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


def cost(typed: str, meant: str) -> float:
    """Return what the likeliest slips that make *typed* of *meant* cost; NEVER or more for none.

    The alignment is that of `distance`, each edit weighed by how easily it happens.
    """
    rows = [[0.0]]
    for j in range(1, len(meant) + 1):
        rows[0].append(rows[0][-1] + _left_out(typed, meant, 0, j))
    for i in range(1, len(typed) + 1):
        row = [rows[-1][0] + _put_in(typed, meant, i, 0)]
        for j in range(1, len(meant) + 1):
            least = min(
                rows[-1][j - 1] + _changed(typed, meant, i, j),
                rows[-1][j] + _put_in(typed, meant, i, j),
                row[-1] + _left_out(typed, meant, i, j),
            )
            pair = typed[i - 2 : i]
            if i > 1 and j > 1 and pair == meant[j - 2 : j][::-1] and pair.isalpha():
                least = min(least, rows[-2][j - 2] + SWAPPED + AGAIN)
            row.append(least)
        rows.append(row)
    return max(rows[-1][-1] - AGAIN, 0.0)


def _changed(typed: str, meant: str, i: int, j: int) -> float:
    one, two = typed[i - 1], meant[j - 1]
    if one == two:
        return 0.0
    if one.isdigit() or two.isdigit():
        return NEVER + AGAIN
    return (NEAR if (one, two) in _NEIGHBOURS else FAR) + AGAIN + (FIRST if j == 1 else 0.0)


def _put_in(typed: str, meant: str, i: int, j: int) -> float:
    one = typed[i - 1]
    if one.isdigit():
        return NEVER + AGAIN
    beside = typed[i - 2 : i - 1] + typed[i : i + 1]
    if one in beside:
        return DOUBLED + AGAIN
    near = any((one, other) in _NEIGHBOURS for other in beside)
    return (NEAR if near else FAR) + AGAIN + (FIRST if j == 0 else 0.0)


def _left_out(typed: str, meant: str, i: int, j: int) -> float:
    two = meant[j - 1]
    if two.isdigit():
        return NEVER + AGAIN
    doubled = two in meant[j - 2 : j - 1] + meant[j : j + 1]
    return (DOUBLED if doubled else MISSED) + AGAIN + (FIRST if i == 0 and not doubled else 0.0)


class Guess(NamedTuple):
    """A word that may have been meant: what it costs, less is likelier, and its edits."""

    cost: float
    word: str
    edits: int
    documents: int


def other_starts(word: str) -> list[str]:
    """Return what *word* becomes when the slip is made good that its first letter is."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        word[1:],
        word[1::-1] + word[2:],
        *(letter + word for letter in letters),
        *(letter + word[1:] for letter in letters if letter != word[0]),
    ]


def guesses(
    word: str, candidates: Iterable[Candidate], size: int = USUAL_SIZE, oddities: int = 0
) -> list[Guess]:
    """Return which of *candidates* *word* may have been meant to be, the likeliest first.

    *size* is how many documents there are, *oddities* how many runs of letters of *word* no real
    word has. Digits stay as and where they are.
    """
    most = allowed(word)
    letters = set(word)
    digits = [letter for letter in word if letter.isdigit()]
    more = ODD * min(oddities, 2)
    limit = MOST.get(len(word), MOST_LONG) + more
    found = []
    for other, documents, is_name in dict.fromkeys(candidates):
        if abs(len(other) - len(word)) > most or len(letters ^ set(other)) > 2 * most:
            continue
        if digits != [letter for letter in other if letter.isdigit()]:
            continue
        edits = distance(word, other, most)
        if not 0 < edits <= most:
            continue
        share = documents * USUAL_SIZE / max(size, 1)
        likely = COMMON * log(share + 1) + (NAMED if is_name else 0.0)
        total = cost(word, other) - likely
        if total <= (limit if edits == 1 else MOST_TWICE + more / 2):
            found.append(Guess(total, other, edits, documents))
    return sorted(found)
