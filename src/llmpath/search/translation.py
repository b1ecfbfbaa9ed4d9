"""Read the words of other languages as the English ones that the catalog has for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from llmpath.search.lexicon import Lexicon
from llmpath.words import is_unspaced, quoted, tokens_of, words_of

LONGEST_WORD = 16  # tokens that one entry of another language may have

Term = tuple[str, ...]


class Translation(NamedTuple):
    """Words of another language as they were typed, and what was searched for instead."""

    typed: str
    used: tuple[str, ...]


class Translated(NamedTuple):
    """The terms of a query in the words of the catalog.

    `said` goes from a term to the words that it stands for, to be found as well; `told` are the
    translations that add something, in the order in which they were typed.
    """

    terms: tuple[Term, ...]
    said: Mapping[Term, str]
    told: tuple[Translation, ...]


def translated(terms: Sequence[Term], lexicon: Lexicon) -> Translated:
    """Return *terms* with the words of other languages in English.

    The longest words are taken first, from the left. What means nothing in a search (how, please)
    is left out, unless nothing else was typed. Words that the catalog has stay as they are.
    """
    plain = Translated(tuple(terms), {}, ())
    words = {word for term in terms for word in term}
    foreign = {word for word in words if is_unspaced(word)} or words - lexicon.known(list(words))
    if not foreign:
        return plain
    pieces = [piece for term in terms for piece in _pieces(term)]
    meanings = lexicon.translations(list(dict.fromkeys(_runs(pieces))))
    if not meanings:
        return plain
    found: list[Term] = []
    said: dict[Term, str] = {}
    told: list[Translation] = []
    for typed, means in _longest(pieces, meanings):
        if means is None:
            if typed:
                found.append(tuple(typed))
            continue
        for mean in means:
            term = tuple(words_of(mean))
            found.append(term)
            said.setdefault(term, " ".join(typed))
        if means:
            glue = "" if all(map(is_unspaced, typed)) else " "
            told.append(Translation(glue.join(typed), tuple(means)))
    if not found:
        return plain
    for word in dict.fromkeys(word for term in terms for word in term if is_unspaced(word)):
        if " ".join(tokens_of(word).split()) not in meanings and lexicon.finds(quoted(word)):
            found.append((word,))  # somebody has written just that
    return Translated(tuple(dict.fromkeys(found)), said, tuple(dict.fromkeys(told)))


class _Piece(NamedTuple):
    """A token as it is looked up, and whether the piece of text that it stands in goes on."""

    token: str
    joined: bool


def _pieces(term: Term) -> Iterator[_Piece]:
    found = [token for word in term for token in tokens_of(word).split()]
    for i, token in enumerate(found, 1):
        yield _Piece(token, i < len(found))


def _runs(pieces: Sequence[_Piece]) -> Iterator[str]:
    for start in range(len(pieces)):
        for end in range(start + 1, min(start + LONGEST_WORD, len(pieces)) + 1):
            yield " ".join(piece.token for piece in pieces[start:end])


def _longest(
    pieces: Sequence[_Piece], meanings: Mapping[str, Sequence[str]]
) -> Iterator[tuple[list[str], Sequence[str] | None]]:
    """Yield (tokens, what they mean), and None with each term that has no translation."""
    left: list[str] = []
    at = 0
    while at < len(pieces):
        for end in range(min(at + LONGEST_WORD, len(pieces)), at, -1):
            tokens = [piece.token for piece in pieces[at:end]]
            means = meanings.get(" ".join(tokens))
            if means is not None:
                yield _rest(left), None
                left = []
                yield tokens, means
                at = end
                break
        else:
            left.append(pieces[at].token)
            if not pieces[at].joined:
                yield _rest(left), None
                left = []
            at += 1
    yield _rest(left), None


def _rest(left: Sequence[str]) -> list[str]:
    """Return *left* as words: what is written without spaces is one word again.

    One character alone between two words is grammar.
    """
    words: list[str] = []
    for token in left:
        if words and is_unspaced(token) and is_unspaced(words[-1]):
            words[-1] += token
        else:
            words.append(token)
    return [word for word in words if len(word) > 1 or not is_unspaced(word)]
