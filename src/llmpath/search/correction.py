"""Correct the words of a query that stand nowhere."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.search.groups import widen
from llmpath.search.lexicon import Lexicon
from llmpath.words import is_unspaced


class Correction(NamedTuple):
    """A word as typed and the catalog's word that was searched for instead."""

    typed: str
    used: str


def corrected(
    terms: Sequence[tuple[str, ...]], lexicon: Lexicon
) -> tuple[tuple[tuple[str, ...], ...], tuple[Correction, ...]]:
    """Return *terms* with the words that stand nowhere corrected, and what was corrected."""
    result, changes = [], []
    for term in terms:
        fixed = []
        for word in term:
            other = "" if stands(word, lexicon) else lexicon.correct(word)
            if other:
                changes.append(Correction(word, other))
            fixed.append(other or word)
        result.append(tuple(fixed))
    return tuple(result), tuple(dict.fromkeys(changes))


def stands(word: str, lexicon: Lexicon) -> bool:
    """Say whether *word* stands somewhere: itself, its kin, its parts, a longer word, a note."""
    if is_unspaced(word):
        return True
    if lexicon.known([word]) or lexicon.is_noted(word):
        return True
    return any(lexicon.finds(one) for one in widen([(word,)], lexicon)[0].variants)
