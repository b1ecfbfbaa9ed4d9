"""Correct the words of a query that stand nowhere, and tell which of them nothing has."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from llmpath.search.groups import parted, widen
from llmpath.search.lexicon import Lexicon
from llmpath.words import STOP_WORDS, is_unspaced, key_of, kinship, quoted, spellings

if TYPE_CHECKING:
    from llmpath.search.spelling import Guess

COMMONER = 4  # times as many documents as say a word, where another is likelier meant than its form
RARELY_BEGUN = 10  # the same of a word against all words that begin with what was typed
SURE_LETTERS = 7  # letters from which one slip leaves little doubt
SHORTEST_PART = 3  # letters of a word that is run together with another
SHORTEST_RUN = 8  # letters of two words run together, one of them with a slip
LONGEST_RUN = 30
SHORTEST_INSIDE = 5  # letters of a word that stands inside another
MOST_BESIDE = 4  # guesses that are looked at beside the words around them


class Correction(NamedTuple):
    """What was typed and what of the catalog was searched for instead, both one word or two."""

    typed: str
    used: str


class Corrected(NamedTuple):
    """The terms to search for, what was corrected in them, and the words that nothing has.

    What is `unknown` stands nowhere, not as part or form of a word either, and is like nothing.
    """

    terms: tuple[tuple[str, ...], ...]
    changes: tuple[Correction, ...] = ()
    unknown: tuple[str, ...] = ()


def corrected(terms: Sequence[tuple[str, ...]], lexicon: Lexicon) -> Corrected:
    """Return *terms* with the words that stand nowhere corrected."""
    words = [word for term in terms for word in term]
    written = lexicon.written(words)
    strange = [word for word in words if not written.get(word) and not is_unspaced(word)]
    if not strange:
        return Corrected(tuple(terms))
    strange = [word for word in strange if not lexicon.is_noted(word)]
    instead: dict[str, str] = {}
    from llmpath.search import dictionary  # for few searches

    # Beside words of another language a short word is hardly a slip in English.
    foreign = any(dictionary.is_foreign(word) for word in strange if word not in written)
    least = SURE_LETTERS if foreign else 0
    for word in dict.fromkeys(strange):
        if len(word) < least:
            instead[word] = ""
            continue
        at = words.index(word)
        before, after = words[at - 1] if at else "", "".join(words[at + 1 : at + 2])
        if not _joins(word, before, after, lexicon):
            instead[word] = _meant(word, before, after, lexicon)
    unknown = [word for word in instead if not instead[word] and not stands(word, lexicon)]
    changes = [Correction(word, used) for word, used in instead.items() if used]
    fixed = [
        tuple(part for word in term for part in (instead.get(word) or word).split())
        for term in terms
    ]
    telling = [term for term in fixed if not STOP_WORDS.issuperset(term)]
    return _across(
        Corrected(tuple(dict.fromkeys(telling or fixed)), tuple(changes), tuple(unknown)), lexicon
    )


def stands(word: str, lexicon: Lexicon) -> bool:
    """Say whether *word* stands somewhere: itself, its kin, its parts, a longer word, a note."""
    if is_unspaced(word):
        return True
    if lexicon.known([word]) or lexicon.is_noted(word):
        return True
    return any(lexicon.finds(one) for one in widen([(word,)], lexicon)[0].variants)


def inside(words: Sequence[str], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the longest word that stands in each of *words*, as a term: `vector` in pgvector."""
    found = []
    for word in words:
        word = word[:LONGEST_RUN]
        parts = [
            word[i:j]
            for i in range(len(word))
            for j in range(i + SHORTEST_INSIDE, len(word) + 1)
            if j - i < len(word)
        ]
        written = [part for part, number in lexicon.written(parts).items() if number]
        if written:
            found.append((max(written, key=len),))
    return list(dict.fromkeys(found))


def _joins(word: str, before: str, after: str, lexicon: Lexicon) -> bool:
    """Say whether *word* is part of a known one that was typed as two: `pytor ch`."""
    pairs = [one + two for one, two in ((before, word), (word, after)) if one and two]
    return any(lexicon.written(pairs).values())


def _meant(word: str, before: str, after: str, lexicon: Lexicon) -> str:
    """Return the word, or two, that *word* was most likely meant to be, or '' for itself."""
    from llmpath.search import dictionary

    if dictionary.is_word(word) or lexicon.is_foreign(word):
        return ""
    guesses = lexicon.guesses(word)
    if guesses and dictionary.is_form(word):  # of a common word, unless it is spelled otherwise
        guesses = [one for one in guesses if _is_respelled(word, one)]
    if len(guesses) > 1 and (before or after):
        guesses = _by_neighbours(guesses[:MOST_BESIDE], before, after, lexicon)
    if guesses and guesses[0].edits == 1:
        return "" if _is_itself(word, guesses[0], lexicon) else guesses[0].word
    if stands(word, lexicon):
        return ""
    return _run_together(word, lexicon) or (guesses[0].word if guesses else "")


def _by_neighbours(
    guesses: Sequence["Guess"], before: str, after: str, lexicon: Lexicon
) -> list["Guess"]:
    """Return *guesses* in order, those likelier that stand beside *before* or *after* somewhere."""
    from llmpath.search.spelling import BESIDE

    found = []
    for one in guesses:
        pairs = [pair for pair in ((before, one.word), (one.word, after)) if pair[0] and pair[1]]
        stands_so = any(lexicon.finds(quoted(" ".join(pair))) for pair in pairs) or any(
            lexicon.written(["".join(pair) for pair in pairs])
        )
        found.append(one._replace(cost=one.cost - BESIDE) if stands_so else one)
    return sorted(found)


def _is_itself(word: str, best: "Guess", lexicon: Lexicon) -> bool:
    """Say whether *word* is rather right than mistyped for *best*, which is one slip away."""
    from llmpath.search import dictionary

    if lexicon.known([word]):  # in an address, where slips stand, too
        return not (len(word) >= SURE_LETTERS and word[0] == best.word[0] and word.isalpha())
    if best.word == word + "s" or any(lexicon.written(spellings(word)).values()):
        return True
    if any(not STOP_WORDS.intersection(pair) for pair in parted(word, lexicon)):
        return True
    key = key_of([word])  # a stem, which `prunning` has, too
    if not _is_respelled(word, best) and (lexicon.named([key]) or lexicon.everyday([key])):
        return True
    bases = lexicon.written([*dictionary.inflected(word), *dictionary.derived(word)])
    if said := max(bases.values(), default=0):
        if any(kinship(base, best.word) for base in bases):
            return not _is_respelled(word, best)
        return best.documents <= COMMONER * said
    begun = lexicon.begun(word)
    if best.word[:-1] == word:
        return COMMONER * best.documents < begun
    return best.documents < begun * (1 if len(word) >= SURE_LETTERS else RARELY_BEGUN)


def _is_respelled(word: str, best: "Guess") -> bool:
    """Say whether *best* is *word* with a letter doubled or not: `embeding`, not `summarizer`."""
    return set(word) == set(best.word) and word[-3:] == best.word[-3:] and best.edits == 1


def _run_together(word: str, lexicon: Lexicon) -> str:
    """Return the two words that *word* may be without the space, a slip in one; or ''."""
    if not (word.isascii() and word.isalpha() and SHORTEST_RUN <= len(word) <= LONGEST_RUN):
        return ""
    pairs = [(word[:i], word[i:]) for i in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
    written = lexicon.written([part for pair in pairs for part in pair])
    found = []
    for left, right in pairs:
        for fixed, other in ((left, right), (right, left)):
            if not written.get(fixed) or fixed in STOP_WORDS:
                continue
            for one in lexicon.guesses(other)[:MOST_BESIDE]:
                both = f"{left} {one.word}" if fixed is left else f"{one.word} {right}"
                if one.edits == 1 and lexicon.finds(quoted(both)):
                    found.append((one.cost, both))
    return min(found)[1] if found else ""


def _across(found: Corrected, lexicon: Lexicon) -> Corrected:
    """Return *found* with unknown words joined to what stands beside, where that makes a word."""
    if not found.unknown:
        return found
    terms, changes, unknown = list(found.terms), list(found.changes), list(found.unknown)
    for one, two in pairwise(found.terms):
        if len(one) > 1 or len(two) > 1 or not {one[0], two[0]}.intersection(unknown):
            continue
        whole = one[0] + two[0]
        guesses = lexicon.guesses(whole)
        used = guesses[0].word if guesses and guesses[0].edits == 1 else ""
        used = used or next((" ".join(pair) for pair in parted(whole, lexicon)), "")
        if used and one in terms and two in terms:
            terms[terms.index(one)] = tuple(used.split())
            terms.remove(two)
            changes.append(Correction(f"{one[0]} {two[0]}", used))
            unknown = [word for word in unknown if word not in (one[0], two[0])]
    return Corrected(tuple(terms), tuple(changes), tuple(unknown))
