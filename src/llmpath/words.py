"""Cut text into words as the index does, and tell how else a word may be written."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

# The tokens of FTS5's unicode61: letters and digits; everything else parts them.
WORD = re.compile(r"[^\W_]+")
# Scripts written without spaces: Thai, Japanese kana, Chinese. Each character is a token there.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_FIRST_UNSPACED = "\u0e00"
# What else often stands in English text beyond these: dashes, quotation marks, the ellipsis.
_TYPOGRAPHIC = str.maketrans(dict.fromkeys("‐‑–—‘’“”•…", "-"))
TOKEN_BREAK = "\u200b"  # prints nothing and parts tokens

_STOP_WORDS = """a about all also an and any are as at be been but by can could did do does for from
get gets getting give good had has have he her him his how i if in into is it its just let like
learn make makes making may me more most much my need no not of off on one only or other our
out over own please really right should show so some such tell than that the their them then
there these they thing things this those through to too under up us use used using very want was
way we well were what when where whether which while who whom whose why will with without work
works would you your explain understand help im know now someone something anything"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Return *text* compiled: 2 ms for these, which plain English never needs."""
    return re.compile(text)


def is_unspaced(text: str) -> bool:
    """Say whether *text* has characters of a script written without spaces."""
    if text.isascii() or max(text) < _FIRST_UNSPACED:
        return False
    return bool(_pattern(f"[{_UNSPACED}]").search(text))


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded form of each token of *text*, as the index has them."""
    if text.isascii():
        for found in WORD.finditer(text.lower()):
            yield found.start(), found.end(), found[0]
        return
    text = text.translate(_TYPOGRAPHIC)
    pattern = WORD
    if max(text) >= _FIRST_UNSPACED:
        pattern = _pattern(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
    for found in pattern.finditer(text):
        yield found.start(), found.end(), folded(found[0])


def folded(text: str) -> str:
    """Return *text* in lower case without accents, as the index compares it."""
    text = text.casefold()
    if text.isascii():
        return text
    import unicodedata  # 2 ms, and most text is ASCII

    return "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )


def words_of(text: str) -> list[str]:
    """Return the words of *text*, folded, in order; unspaced scripts give one word a run."""
    return WORD.findall(folded(text))


def spaced(text: str) -> str:
    """Return *text* with an invisible break after each character of an unspaced script.

    The index then finds words inside unspaced text; `unspaced` takes the breaks out again.
    """
    if text.isascii():
        return text
    return _pattern(f"[{_UNSPACED}]").sub(lambda found: found[0] + TOKEN_BREAK, text)


def unspaced(text: str) -> str:
    """Return *text* as it was before `spaced`."""
    return text.replace(TOKEN_BREAK, "")


def singular(word: str) -> str:
    """Return *word* without the s of a plural (the S stemmer of Harman, 1991)."""
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    ends_in_us = word.endswith("us") and len(word) > 4  # corpus, but gpus
    return word if word.endswith("ss") or ends_in_us else word[:-1]


def key_of(words: Sequence[str]) -> str:
    """Return the form in which names are compared: singular, in any order, without stop words."""
    kept = [word for word in words if word not in STOP_WORDS] or list(words)
    return " ".join(sorted(singular(word) for word in kept))


# British and American endings of the same words, without the s, d or ing that may follow.
_SPELLINGS = (
    ("ise", "ize"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("our", "or"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("elling", "eling"),
    ("elled", "eled"),
    ("ogue", "og"),
    ("tre", "ter"),
)


def spellings(word: str) -> list[str]:
    """Return *word* as it may be spelled on the other side of the Atlantic."""
    if len(word) < 6:
        return []
    bare, plural = (word[:-1], "s") if word.endswith("s") else (word, "")
    return [
        bare.removesuffix(one) + two + plural
        for pair in _SPELLINGS
        for one, two in (pair, pair[::-1])
        if bare.endswith(one)
    ]


# Endings that one word takes: of a word as it is, of one in e, of one in y.
_ENDINGS = (
    frozenset(("", "s", "es", "ed", "ing", "ings")),
    frozenset(("e", "es", "ed", "ing", "ings")),
    frozenset(("y", "ies", "ied", "ying")),
)
_PLAIN = frozenset().union(*_ENDINGS)
# Endings that make another word of it, of the same family.
_OTHER_ENDINGS = """
ion ions ation ations ization izations isation isations ize izes ized izing izer izers ise er
ers or ors al ic ics ical able ible ment ments ness ly ive ist ity ance ence ant ent ative ary
ian ology
"""
_FAMILY = frozenset(_OTHER_ENDINGS.split())
SAME, FAMILY = 2, 1


def kinship(one: str, two: str) -> int:
    """Return SAME for two forms of one word, FAMILY for two words of one family, else 0.

    A stemmer would make one of `embed` and `embedding` but also of `general` and `generation`;
    here both words are at hand, so only the endings are compared.
    """
    shared = 0
    while shared < min(len(one), len(two)) and one[shared] == two[shared]:
        shared += 1
    # `evaluating` and `evaluation` share more than their stem.
    return max(
        (_endings(one, two, stem) for stem in range(max(shared - 2, 3), shared + 1)), default=0
    )


def _endings(one: str, two: str, stem: int) -> int:
    ends = [one[stem:], two[stem:]]
    if "" in ends:  # run, running
        longer = max(ends)
        if longer[:1] == one[stem - 1] and longer[1:] in ("ed", "ing", "ings", "er", "ers"):
            ends = ["", longer[1:]]
    if any(ends[0] in group and ends[1] in group for group in _ENDINGS):
        return SAME
    if stem < 4 or not all(end in _PLAIN or end in _FAMILY for end in ends):
        return 0
    if not any(end in _FAMILY for end in ends):
        return 0
    plain = any(end in _PLAIN for end in ends)
    return FAMILY if plain or stem >= 0.65 * max(len(one), len(two)) else 0


def spoken(expression: str) -> tuple[tuple[str, ...], bool]:
    """Return the tokens that a string made by `quoted` looks for, and whether it is a prefix."""
    text = expression.removesuffix("*")[1:-1].replace('""', '"')
    return tuple(token for _, _, token in tokens(text)), expression.endswith("*")


def quoted(text: str, prefix: bool = False) -> str:
    """Return *text* as an FTS5 string: whatever it holds is text, not syntax."""
    clean = spaced(text.replace("\0", " ")).replace('"', '""')
    return f'"{clean}"*' if prefix else f'"{clean}"'
