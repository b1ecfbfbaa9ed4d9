"""Widen each term of a query to all the ways in which documents may say it. Pure.

A term becomes a group of FTS5 expressions: itself, as one word and as two, as it is spelled
elsewhere and, by the glossary, the acronym or what it stands for. What only comes near, a synonym
or a longer word that starts the same, is kept apart and counts for less.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from llmpath.vocab import Kind, Level
from llmpath.words import (
    FAMILY,
    SAME,
    SISTER,
    STOP_WORDS,
    begins_others,
    is_unspaced,
    key_of,
    quoted,
    singular,
    spellings,
    words_of,
)

PREFIX_LETTERS = 3  # letters from which the start of a word is enough
# What finding a variant counts, of the word itself: another form of the word, another name of the
# thing, another word of the family, what people also type for it, a longer word with this start.
FORM, NAME, FAMILY_FACTOR, SYNONYM, EVERYDAY, START = 0.95, 0.9, 0.6, 0.6, 0.5, 0.2
NEAR = {SAME: FORM, SISTER: FORM, FAMILY: FAMILY_FACTOR}
LONGEST_PARTED = 24  # letters of a word that may be two
LONGEST_NAME = 5  # terms that one name of the glossary may cover

# Words that say which sort of thing is wanted, with the one that the index has for it.
SORTS_OF_THING = {
    **{str(kind): str(kind) for kind in Kind},
    **{str(level): str(level) for level in Level},
    "lecture": "video",
    "talk": "video",
    "class": "course",
    "publication": "paper",
    "textbook": "book",
    "blog": "article",
    "post": "article",
    "repository": "repo",
    "documentation": "docs",
    "colab": "notebook",
    "doc": "docs",
    "corpus": "dataset",
    "ranking": "leaderboard",
    "watch": "video",
    "introduction": "beginner",
    "newcomer": "beginner",
}
UNHINTED_WORDS = ("tool", "model", "project", "advanced")  # too often what the search is about


class Named(NamedTuple):
    """A term of the glossary: its own names, and what else people type for it."""

    id: str
    topic: str
    names: tuple[str, ...]
    synonyms: tuple[str, ...]


if TYPE_CHECKING:  # for the reader and the checker: 0.1 ms to define
    from typing import Protocol

    class Lexicon(Protocol):
        """What the index knows: which expressions find something, which words there are."""

        def finds(self, expression: str) -> bool:
            """Whether a document matches the FTS5 *expression*."""

        def known(self, words: Sequence[str]) -> set[str]:
            """Return those of *words* that stand somewhere."""

        def kin(self, word: str) -> list[tuple[str, int]]:
            """Return the other forms of *word* and its family, each with how near it is."""

        def everyday(self, keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
            """Return, by *keys*, the words of the field that everyday words may mean."""

        def named(self, keys: Sequence[str]) -> Mapping[str, Sequence[tuple[Named, bool]]]:
            """Return the glossary's terms by *keys*, and whether the key is a name or a synonym."""


class Group(NamedTuple):
    """One term of a query: the words as typed and what stands for them.

    The variants go from an FTS5 expression to what finding it counts, 1 for the word itself;
    `names` from an expression that is another name to the one that was typed; `sort` is the sort of
    thing the term asks for.
    """

    typed: str
    variants: Mapping[str, float]
    names: Mapping[str, str] = {}
    sort: str = ""
    topics: Mapping[str, float] = {}  # of the glossary's terms, with how surely they are meant


def widen(
    terms: Sequence[tuple[str, ...]],
    lexicon: "Lexicon",
    words: Sequence[str] = (),
    said: Mapping[tuple[str, ...], str] = {},
) -> list[Group]:
    """Return the group of each of *terms*; what is found nowhere stays as it is.

    *words* are all that was typed: a name of words that stand everywhere (`making things up`)
    makes a group of its own. *said* has the words of another language that a term stands for.
    """
    terms = _joined(terms, lexicon)
    parted = [(part, said.get(term)) for term in terms for part in _whole_or_parts(term, lexicon)]
    terms = [part for part, _ in parted]
    variants = [_forms(part, lexicon) for part in terms]
    for i, (_, foreign) in enumerate(parted):
        if foreign:
            translated = {one: factor * NAME for one, factor in variants[i].items()}
            variants[i] = {**translated, quoted(foreign): 1.0}
    names: list[dict[str, str]] = [{} for _ in terms]
    topics: list[dict[str, float]] = [{} for _ in terms]
    _by_glossary(terms, lexicon, variants, names, topics)
    meant = lexicon.everyday([key_of(term) for term in terms])
    groups = []
    for i, term in enumerate(terms):
        word = "".join(term)
        for other in meant.get(key_of(term), ()):
            variants[i].setdefault(_expression(other), EVERYDAY)
        if len(term) == 1 and len(word) >= PREFIX_LETTERS and not is_unspaced(word):
            variants[i].setdefault(quoted(word, prefix=True), START)
        sort = SORTS_OF_THING.get(singular(word), "") if len(term) == 1 else ""
        groups.append(
            Group(
                " ".join(term),
                variants[i],
                names[i],
                "" if sort in UNHINTED_WORDS else sort,
                topics[i],
            )
        )
    return groups + _said(words, lexicon)


def _joined(terms: Sequence[tuple[str, ...]], lexicon: "Lexicon") -> list[tuple[str, ...]]:
    """Return *terms* with two words as one compound where documents write them as one word."""
    result: list[tuple[str, ...]] = []
    for term in terms:
        before = result[-1] if result else ()
        if len(term) == len(before) == 1 and not is_unspaced(before[0] + term[0]):
            forms = _word(before[0] + term[0], lexicon)
            if any(lexicon.finds(one) for one, factor in forms.items() if factor >= FORM):
                result[-1] = (*before, *term)
                continue
        result.append(term)
    return result


def _said(words: Sequence[str], lexicon: "Lexicon") -> list[Group]:
    """Return a group for each name that is made of words that stand everywhere."""
    runs = {
        key_of(words[i:j]): " ".join(words[i:j])
        for i in range(len(words))
        for j in range(i + 2, min(i + LONGEST_NAME, len(words)) + 1)
        if all(word in STOP_WORDS for word in words[i:j])
    }
    groups = []
    for key, terms in lexicon.named(list(runs)).items():
        variants = {_expression(name): NAME for term, _ in terms for name in term.names}
        meant = {term.topic: NAME for term, _ in terms}
        groups.append(Group(runs[key], variants, topics=meant))
    return groups


def _expression(name: str) -> str:
    """Return the expression for *name*; the last of several words may go on (`models`)."""
    words = words_of(name)
    return quoted(" ".join(words), prefix=len(words) > 1)


def _whole_or_parts(term: tuple[str, ...], lexicon: "Lexicon") -> list[tuple[str, ...]]:
    """Return a compound whole where documents have it so, else its parts."""
    if len(term) == 1:
        word = term[0]
        if len(word) > 2 and is_unspaced(word) and not lexicon.finds(quoted(word)):
            pairs: list[tuple[str, ...]] = [(word[i : i + 2],) for i in range(len(word) - 1)]
            return pairs[:12]
        return [term]
    if any(lexicon.finds(expression) for expression in _forms(term, lexicon)):
        return [term]
    words = [word for word in term if word not in STOP_WORDS]
    return [part for word in words for part in _whole_or_parts((word,), lexicon)] or [term]


def _word(word: str, lexicon: "Lexicon") -> dict[str, float]:
    """Return the expressions for *word* and its kin."""
    found = {quoted(word): 1.0}
    if begins_others(word):
        found[quoted(word, prefix=True)] = FORM
    for spelling in spellings(word):
        found.setdefault(quoted(spelling), FORM)
    for form in [word, *spellings(word)]:
        for other, near in lexicon.kin(form):
            found.setdefault(quoted(other), NEAR[near])
    return found


def _phrase(words: Sequence[str], lexicon: "Lexicon") -> dict[str, float]:
    """Return the expressions for *words* one after another, the last in any of its forms."""
    start = " ".join(words[:-1])
    found = {quoted(" ".join(words)): 1.0}
    for other, near in lexicon.kin(words[-1]):
        if near >= SISTER:
            found.setdefault(quoted(f"{start} {other}"), FORM)
    return found


def _forms(term: tuple[str, ...], lexicon: "Lexicon") -> dict[str, float]:
    """Return the expressions for *term* itself: as typed, joined, parted, in other forms."""
    if len(term) > 1:
        return {**_word("".join(term), lexicon), **_phrase(term, lexicon)}
    word = term[0]
    found = _word(word, lexicon)
    for pair in parted(word, lexicon):
        found.update(_phrase(pair, lexicon))
    return found


def parted(word: str, lexicon: "Lexicon") -> list[tuple[str, str]]:
    """Return the pairs of words that *word* is when parted, and that stand so somewhere."""
    if not (word.isascii() and 5 <= len(word) <= LONGEST_PARTED):
        return []
    pairs = [(word[:i], word[i:]) for i in range(2, len(word) - 1)]
    known = lexicon.known([part for pair in pairs for part in pair])
    return [
        pair
        for pair in pairs
        if pair[0] in known and pair[1] in known and lexicon.finds(quoted(" ".join(pair)))
    ]


def _by_glossary(
    terms: Sequence[tuple[str, ...]],
    lexicon: "Lexicon",
    variants: list[dict[str, float]],
    names: list[dict[str, str]],
    topics: list[dict[str, float]],
) -> None:
    """Add what the glossary knows of each run of terms to the groups of the run."""
    runs = [
        (i, j)
        for i in range(len(terms))
        for j in range(i + 1, min(i + LONGEST_NAME, len(terms)) + 1)
    ]
    keys = {(i, j): key_of([word for term in terms[i:j] for word in term]) for i, j in runs}
    found = lexicon.named(list(dict.fromkeys(keys.values())))
    for (i, j), key in keys.items():
        for term, is_name in found.get(key, ()):
            sure = NAME if is_name else SYNONYM
            topics[i][term.topic] = max(topics[i].get(term.topic, 0.0), sure)
            typed = next((name for name in term.names if key_of(words_of(name)) == key), "")
            for name in (*term.names, *term.synonyms):
                words = words_of(name)
                if not words or key_of(words) == key:
                    continue
                same = is_name and name in term.names
                factor = NAME if same else SYNONYM
                expression = _expression(name)
                for place in range(i, j):
                    variants[place][expression] = max(variants[place].get(expression, 0.0), factor)
                    if same:
                        names[place][expression] = typed
