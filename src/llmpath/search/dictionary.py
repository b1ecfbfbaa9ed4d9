"""Which words are real, though the catalog lacks them: English, other languages, and names.

The lists are files, since a table of them would make every database larger. A search reads them
(0.3 ms) only when a word was typed that stands nowhere; `need` reads those of English each time.
"""

from functools import cache
from pathlib import Path

ENGLISH, FOREIGN, NAMES = ("english.txt", "more_english.txt"), ("foreign.txt",), ("names.txt",)


def is_word(word: str) -> bool:
    """Say whether *word*, folded, is in the lists."""
    return any(f" {word} " in _text(names) for names in (ENGLISH, FOREIGN, NAMES))


def is_foreign(word: str) -> bool:
    """Say whether *word*, folded, is a common one of another language."""
    return f" {word} " in _text(FOREIGN)


def is_form(word: str) -> bool:
    """Say whether *word*, folded, may be a regular form of a word in the lists."""
    return any(map(is_word, inflected(word)))


def oddities(word: str) -> int:
    """Return how many runs of three letters in *word*, its ends counted, stand in no word.

    The words are those listed, but for names. Slips often make such runs, real words of any
    language seldom have them (Zamora, Pollock and Zamora, "The use of trigram analysis for spelling
    error detection", 1981).
    """
    whole = f" {word} "
    runs = [whole[i : i + 3] for i in range(len(word))]
    return sum(all(run not in _text(names) for names in (ENGLISH, FOREIGN)) for run in runs)


def english() -> set[str]:
    """Return the common English words of the lists."""
    return set(_text(ENGLISH).split())


@cache
def _text(names: tuple[str, ...]) -> str:
    """Return the words of the lists *names*, a space on either side of each."""
    found = []
    for name in names:
        text = Path(__file__).with_name(name).read_text(encoding="utf-8")
        found += [row for row in text.split("\n") if not row.startswith("#")]
    return f" {' '.join(found)} "


def inflected(word: str) -> list[str]:
    """Return what *word* may be a plural, past, participle or superlative of, as spelling has it.

    `planning` may be one of plan, `planing` of plane. Comparatives are left to `derived`: a slip
    often ends in -er (`techer`), and would pass for one. A word that only looks like a form
    (`trainning`, `updatees`) has no base that could have it.
    """
    found = []
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    elif word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        found += [word[:-2], word[:-1]]
    elif word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
    return _long(found + _joined(word, ("ed", "ing", "ings", "est")))


def derived(word: str) -> list[str]:
    """Return what *word* may be made of by another regular ending: `ranker` of rank."""
    found = _joined(word, ("er", "ers", "able"))
    for ending, became in _LONGER:
        if word.endswith(ending):
            found.append(word.removesuffix(ending) + became)
    return _long(found)


def _long(bases: list[str]) -> list[str]:
    return [base for base in dict.fromkeys(bases) if len(base) > 2]


def _joined(word: str, endings: tuple[str, ...]) -> list[str]:
    """Return what has one of *endings*, which begin with a vowel, in *word*."""
    found: list[str] = []
    for ending in endings:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2 or not any(one in "aeiouy" for one in stem):
            continue
        if stem.endswith("i"):
            found.append(stem[:-1] + "y")
        elif stem[-1] == stem[-2] and stem[-1] not in "aeious":
            found += [stem[:-1]] if _may_double(stem[:-1]) else []
            found += [stem] if stem[-1] in "lf" else []
        else:
            found += [] if _doubles(stem) else [stem]
            found += [] if stem.endswith("e") and not stem.endswith("ee") else [stem + "e"]
    return found


# Endings of words made of others, and what the others end in.
_LONGER = (
    ("ization", "ize"),
    ("izations", "ize"),
    ("isation", "ise"),
    ("ization", ""),
    ("ation", "e"),
    ("ator", "ate"),
    ("ors", "or"),
    ("ly", ""),
    ("ness", ""),
    ("ment", ""),
    ("less", ""),
    ("like", ""),
)


def _may_double(base: str) -> bool:
    """Say whether the last letter of *base* may be doubled: after one vowel, plan but not train."""
    return len(base) > 2 and base[-2] in "aeiouy" and (base[-3] not in "aeio")


def _doubles(base: str) -> bool:
    """Say whether the last letter of *base* must be doubled: plan, but not token."""
    if base[-1] in "aeiouwxy" or not _may_double(base):
        return False
    return sum(one in "aeiouy" for one in base) == 1
