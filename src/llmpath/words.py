"""Cut text into words as the index does, and tell how else a word may be written."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

# The tokens of FTS5's unicode61 in ASCII: letters and digits; everything else parts them.
WORD = re.compile(r"[^\W_]+")
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, Chinese, Japanese kana. Each character
# is a token there.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_FIRST_UNSPACED = "\u0e00"
# What else often stands in English text beyond these: dashes, quotation marks, the ellipsis.
_TYPOGRAPHIC = str.maketrans(dict.fromkeys("‐‑–—‘’“”•…", "-"))
_PARTS = {code: " " for code in range(128) if not chr(code).isalnum()}

# Letters that Unicode does not decompose, as people type them who lack the key. What a name says
# to be a letter with something (`O WITH STROKE`) needs no row.
_SPELLED = {
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ȷ": "j",
    "ŋ": "n",
    "ĸ": "k",
    "ə": "e",
    "ƿ": "w",
    **dict.fromkeys("ʹʺʻʼʽʾʿˈ", " "),  # apostrophes that count as letters
    **dict.fromkeys("ـ\u115f\u1160\u3164", ""),  # Arabic drawn longer, fillers of Hangul
}
_SMALL = "LATIN SMALL LETTER "
# Marks that people leave out when they type: the accents of Latin, Greek and Cyrillic, the vowels
# of Arabic, Hebrew and Syriac, variants of what a character looks like. Elsewhere a mark is part
# of the word: the vowels of Devanagari, the voicing of kana.
_LEFT_OUT = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711"
    "\u0730-\u074a\u180b-\u180d\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302d"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)

_STOP_WORDS = """a about all also an and any are as at be been but by can could did do does for from
get gets getting give good had has have he her him his how i if in into is it its just let like
learn make makes making may me more most much my need no not of off on one only or other our
out over own please really right should show so some such tell than that the their them then
there these they thing things this those through to too under up us use used using very want was
take takes vs versus way we well were what when where whether which while who whom whose why will
with without work works would you your explain understand help im know now someone something
anything"""
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


class _Letters(dict[int, str]):
    """What each character becomes, by code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        from unicodedata import normalize

        char = chr(code)
        parts = normalize("NFKD", normalize("NFKD", char).casefold())
        self[code] = "".join(map(_letter, parts))
        return self[code]


_LETTERS = _Letters()


def _letter(char: str) -> str:
    """Return what a decomposed character in lower case becomes: '' for nothing, ' ' parts words."""
    from unicodedata import category, name

    if char in _SPELLED:
        return _SPELLED[char]
    kind = category(char)
    if kind == "Cf" or (kind[0] == "M" and _LEFT_OUT.match(char)):
        return ""  # formats, too: the soft hyphen, what joins, parts or turns without being seen
    if kind[0] not in "LMN" and kind != "Co":
        return " "
    if kind == "Ll" and not char.isascii():
        bare, _, more = name(char, "").partition(" WITH ")
        if more and bare.startswith(_SMALL) and len(bare) == len(_SMALL) + 1:
            return bare[-1].lower()
    return char


def folded(text: str) -> str:
    """Return *text* in the letters that words are compared in, a space for what parts them.

    That is lower case, no accents, one form of each letter (`ﬁ`, full width, decomposed) and the
    letters of an English keyboard for Latin ones beyond it: `Straße` is strasse, `Søren` soren.
    """
    if not text.isascii():
        text = text.translate(_TYPOGRAPHIC)
    if text.isascii():
        return text.lower().translate(_PARTS)
    from unicodedata import normalize  # 0.3 ms, and most text is ASCII

    return normalize("NFC", text.translate(_LETTERS))


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded form of each token of *text*, as the index has them."""
    plain = text if text.isascii() else text.translate(_TYPOGRAPHIC)
    if plain.isascii():
        for found in WORD.finditer(plain.lower()):
            yield found.start(), found.end(), found[0]
        return
    whole, starts, ends = _aligned(text)
    for found in _tokens_in(whole):
        yield starts[found.start()], ends[found.end() - 1], found[0]


def _aligned(text: str) -> tuple[str, list[int], list[int]]:
    """Return *text* folded, and of each character of that the start and end in *text*.

    A character is folded with the marks that follow it, which may become one with it.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    begins = [i for i, char in enumerate(text) if not i or not _clings(char)]
    for start, end in zip(begins, [*begins[1:], len(text)], strict=True):
        piece = folded(text[start:end])
        pieces.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    return "".join(pieces), starts, ends


def _clings(char: str) -> bool:
    """Say whether *char* may become one with what stands before: a mark, a part of a syllable."""
    if char.isascii():
        return False
    from unicodedata import category

    became = _LETTERS[ord(char)]
    return not became or category(became[0])[0] == "M" or "\u1160" <= became[0] <= "\u11ff"


def _tokens_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a *text* that is folded."""
    if text.isascii() or max(text) < _FIRST_UNSPACED:
        return _pattern("[^ ]+").finditer(text)
    return _pattern(f"[{_UNSPACED}]|[^ {_UNSPACED}]+").finditer(text)


def words_of(text: str) -> list[str]:
    """Return the words of *text*, folded, in order; unspaced scripts give one word a run."""
    if text.isascii():
        return WORD.findall(text.lower())
    text = folded(text)
    if text.isascii() or max(text) < _FIRST_UNSPACED:
        return text.split()
    found: list[str] = _pattern(f"[{_UNSPACED}]+|[^ {_UNSPACED}]+").findall(text)
    return found


def begins_others(word: str) -> bool:
    """Say whether what begins with *word* is *word*: Korean particles are written to the noun."""
    return len(word) > 1 and all("\uac00" <= one <= "\ud7a3" for one in word)


def phrase(text: str) -> str:
    """Return *text* as names are compared: its words folded, one space between them.

    Of what is written without spaces each character is a word, as in the index.
    """
    return tokens_of(text).strip()


def tokens_of(text: str) -> str:
    """Return the tokens of *text*, a space around each; a text that has *text* has these in its."""
    return f" {_apart(folded(text))} "


def _apart(text: str) -> str:
    """Return the tokens of a *text* that is folded, a space between them."""
    if text.isascii() or max(text) < _FIRST_UNSPACED:
        return " ".join(text.split())  # a pattern takes 0.2 ms to compile
    return " ".join(found[0] for found in _tokens_in(text))


def indexed(text: str) -> str:
    """Return *text* as it goes into the index and is looked for there: its tokens.

    English text stays as it is, since the index cuts it just so.
    """
    if text.isascii() or text.translate(_TYPOGRAPHIC).isascii():
        return text
    return _apart(folded(text))


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


# Endings of what one does, of who or what does it and of the doing, with what stays of them:
# quantize, quantizer, quantizing, quantization; retrieve, retriever, retrieval. Longest first.
_DOING = (
    *((ending, "ify") for ending in ("ification", "ifying", "ified", "ifier")),
    *((ending, "iz") for ending in ("ization", "isation", "izing", "izer", "ized", "ize")),
    *((ending, "") for ending in ("ation", "ating", "ator", "ated", "ment", "ate")),
    *(
        ("ieval", "iev"),
        ("iption", "ib"),
        ("ion", ""),
        ("ing", ""),
        ("or", ""),
        ("er", ""),
        ("ed", ""),
        ("e", ""),
    ),
)
# Endings that may stand before one of those: clustering, exploration, augmented.
_BEFORE = (("er", 4), ("or", 4), ("ment", 3))  # with the letters that must be left
# Words that look made of a shorter one, but are no doing or doer of it.
_OTHERS = """actor authority billion computer customer factor important infer informal layer letter
matter news note number offer paper power processor production station steer university"""
_OF_THEIR_OWN = frozenset(_OTHERS.split())
_VOWELS = frozenset("aeiouy")


@lru_cache(10_000)  # the words of a query or a text come up time and again
def stem(word: str) -> str:
    """Return what *word* shares with the verb, the noun and the doer of the same thing.

    Only for holding two words against each other: few stems are words. What makes another thing of
    it (general, generative) keeps its ending.
    """
    word = word if word in _OF_THEIR_OWN else singular(word)
    if word in _OF_THEIR_OWN or not word.isascii():
        return word
    for ending, kept in _DOING:
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= 3 and not _VOWELS.isdisjoint(bare):
            if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "aeilsz":
                bare = bare[:-1]
            return _without_doer(bare) + kept
    return word


def _without_doer(bare: str) -> str:
    if bare not in _OF_THEIR_OWN:
        for ending, least in _BEFORE:
            rest = bare.removesuffix(ending)
            if rest != bare and len(rest) >= least and not _VOWELS.isdisjoint(rest):
                return rest
    return bare


def key_of(words: Sequence[str]) -> str:
    """Return the form in which names are compared: stems, in any order, without stop words."""
    kept = [word for word in words if word not in STOP_WORDS] or list(words)
    return " ".join(sorted(stem(word) for word in kept))


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
    ("il", "ill"),
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
ers or ors al ic ics ical able ible ability abilities ism ment ments ness ly ive ist ity ance ence
ant ent ative ary ian ology
"""
_FAMILY = frozenset(_OTHER_ENDINGS.split())
SAME, SISTER, FAMILY = 3, 2, 1
LONG_STEM = 8  # letters that tell a family, whatever its endings


def kinship(one: str, two: str) -> int:
    """Return SAME for two forms of one word, SISTER for a verb and its noun or doer, else FAMILY.

    That is for two words of one family; 0 for all others.

    A stemmer would make one of `embed` and `embedding` but also of `general` and `generation`;
    here both words are at hand, so only the endings are compared.
    """
    if max(one, two, key=len) in _OF_THEIR_OWN:
        return 0
    shared = 0
    while shared < min(len(one), len(two)) and one[shared] == two[shared]:
        shared += 1
    # `evaluating` and `evaluation` share more than their stem.
    near = max((_endings(one, two, at) for at in range(max(shared - 2, 3), shared + 1)), default=0)
    return SISTER if near != SAME and shared >= 4 and stem(one) == stem(two) else near


def _endings(one: str, two: str, at: int) -> int:
    ends = [one[at:], two[at:]]
    if "" in ends:  # run, running
        longer = max(ends)
        if longer[:1] == one[at - 1] and longer[1:] in ("ed", "ing", "ings", "er", "ers"):
            ends = ["", longer[1:]]
    if any(ends[0] in group and ends[1] in group for group in _ENDINGS):
        return SAME
    longest = max(map(len, ends))  # probe is no kin of probability
    if at < max(4, longest - 2) or not all(end in _PLAIN or end in _FAMILY for end in ends):
        return 0
    if not any(end in _FAMILY for end in ends):
        return 0
    plain = any(end in _PLAIN for end in ends)
    return FAMILY if plain or at >= min(LONG_STEM, 0.65 * max(len(one), len(two))) else 0


def spoken(expression: str) -> tuple[tuple[str, ...], bool]:
    """Return the tokens that a string made by `quoted` looks for, and whether it is a prefix."""
    text = expression.removesuffix("*")[1:-1].replace('""', '"')
    return tuple(token for _, _, token in tokens(text)), expression.endswith("*")


def quoted(text: str, prefix: bool = False) -> str:
    """Return *text* as an FTS5 string: whatever it holds is text, not syntax."""
    clean = indexed(text.replace("\0", " ")).replace('"', '""')
    return f'"{clean}"*' if prefix else f'"{clean}"'
