"""Find the names of topics in a running text, in whatever form they stand there. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from llmpath.words import STOP_WORDS, tokens

LONGEST_NAME = 6  # words; what is longer is a question, and nobody writes it word for word
SHORT_TEXT = 12  # words; whoever types so few does not write acronyms in capitals
WRAPPED = 45  # characters of a line from which on it may have been broken for its length alone

_WINDOW = re.compile(r"(?:[^\n.!?。！？|•]|[.!?](?=\S))+")
_ITEM = re.compile(r"[^\n.!?;|•,:()/&–—\[\]\"“”*#、，；：（）]+(?:\.(?=\w)[^\n.!?;|•,:()/&–—]+)*")
_BRACKETS = re.compile(r"\([^)]*\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>|<!--[^<>]{0,500}-->")  # HTML within Markdown
# Code between two fences, whose names are those of variables; ```` ```so``` ```` is within a line.
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`\n]*\n(?:.*\n)*?^ {0,3}\1 *$", re.M)
_BULLET = re.compile(r"\s*(?:[-*+•·▪◦>#|]|\d{1,3}[.)]\s|\[\w)")
# What often stands beside the name of a topic in a list, and says nothing of it.
_BESIDE_TEXT = """
advanced basic basics concepts e experience fundamentals g including intro introduction knowledge
lecture module overview part practical requirements responsibilities session skill skills strong
topic topics unit using week weeks
"""
_BESIDE = frozenset(_BESIDE_TEXT.split())
# The ends of what is done to things: organize, organised, organization.
_IZES = tuple(f"i{one}{end}" for end in ("ation", "ing", "ed", "er", "e") for one in "sz")

Key = tuple[str, ...]
# What has the name of a topic in it and is none, as job adverts love it.
IDIOMS = ("attention to", "estate agents", "sales agents", "service agents")


class Mention(NamedTuple):
    """A name that stands in a text: in which window, its key, as it is written there.

    `part` is the share of the words of its item that it has, 1 where the item of a list is just
    that name.
    """

    window: int
    key: Key
    said: str
    part: float


class Names:
    """The names of topics by their key, each with the topics it may mean and how surely.

    Of *english* words one may be what a name is but for its capitals: DARE, RoPE, ReAct.
    """

    def __init__(self, english: Collection[str] = ()) -> None:
        self._english = english
        self.topics: dict[Key, dict[str, float]] = {}
        self._cased: dict[Key, bool] = {}
        self._first: dict[str, list[Key]] = {}
        for idiom in IDIOMS:
            key = tuple(map(stem, idiom.split()))
            self._first.setdefault(key[0], []).append(key)
            self._cased[key] = False

    def add(self, name: str, topic: str, sure: float) -> None:
        """Let *name* mean *topic*; one that is also an English word does so only in capitals.

        A name of two words is also one of one word, as in fine-tuning and finetuning. What but
        stands beside names is none.
        """
        words = [token for _, _, token in tokens(_BRACKETS.sub("", name))]
        if not words or len(words) > LONGEST_NAME:
            return
        if all(word in STOP_WORDS or word in _BESIDE for word in words):
            return
        cased = len(words) == 1 and words[0] in self._english and _is_cased(name)
        self._put(tuple(map(stem, words)), topic, sure, cased)
        if len(words) == 2:
            self._put((stem("".join(words)),), topic, sure, False)

    def _put(self, key: Key, topic: str, sure: float, cased: bool) -> None:
        meant = self.topics.setdefault(key, {})
        if not meant:
            self._first.setdefault(key[0], []).append(key)
        meant[topic] = max(meant.get(topic, 0.0), sure)
        self._cased[key] = self._cased.get(key, True) and cased

    def at(self, stems: Sequence[str], said: str, ends: Sequence[int], loose: bool) -> Key | None:
        """Return the longest name that *stems* begin with, as it is *said*; None for none.

        *ends* are where the words end in *said*; *loose* is whether case tells nothing.
        """
        found: Key | None = None
        for key in self._first.get(stems[0], ()):
            if found and len(key) <= len(found):
                continue
            if tuple(stems[: len(key)]) != key:
                continue
            if loose or not self._cased[key] or _is_cased(said[: ends[len(key) - 1]]):
                found = key
        return found


@lru_cache(20_000)  # names share most of their words
def stem(word: str) -> str:
    """Return *word*, which is folded, without the endings that forms of one word have.

    Unlike in a search, both words are not at hand here: what would make one of two words of a
    family (retrieved, retriever) is left alone.
    """
    if len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "zzes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith(_IZES):
        ending = next(one[2:] for one in _IZES if word.endswith(one))
        if len(word) - len(ending) >= 6:
            return f"{word[: -len(ending) - 1]}z"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _is_cased(text: str) -> bool:
    """Say whether *text* has capitals as an acronym has them, or as a product's name."""
    return sum(char.isupper() for char in text) >= 2


def plain(text: str) -> str:
    """Return *text* without code, addresses and tags, each paragraph on one line again."""
    text = _CODE.sub("", text)
    text = _TAG.sub(" ", _ADDRESS.sub(" ", text))
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)  # a word broken at the end of a line
    pieces: list[str] = []
    before = ""
    for row in text.split("\n"):
        if _goes_on(before, row):
            pieces += (" ", row.strip())
        else:
            pieces += ("\n", row)
        before = row
    return "".join(pieces)


def _goes_on(before: str, row: str) -> bool:
    """Say whether *row* is the rest of a sentence that begins in the line *before*."""
    start = row.strip()
    if len(before) < WRAPPED or not start or _BULLET.match(row) or "\t" in row:
        return False
    return start[0].islower() or (start[0] in "(“\"'" and before.rstrip()[-1:] not in ".!?:;|")


def windows(text: str) -> list[str]:
    """Return the sentences of *text*, or the lines and cells where it has no sentences."""
    return [found[0] for found in _WINDOW.finditer(text) if any(map(str.isalnum, found[0]))]


def mentions(parts: Sequence[str], names: Names) -> list[Mention]:
    """Return the names that stand in the windows *parts* of a text, in order.

    Of names that overlap the longest counts: who names vision-language models does not speak of
    language models.
    """
    loose = sum(len(part.split()) for part in parts) < SHORT_TEXT
    return [
        Mention(place, *one)
        for place, part in enumerate(parts)
        for item in _ITEM.finditer(part)
        for one in _in_item(item[0], names, loose)
    ]


def _in_item(item: str, names: Names, loose: bool) -> Iterator[tuple[Key, str, float]]:
    found = list(tokens(item))
    stems = [stem(word) for _, _, word in found]
    telling = [
        word not in STOP_WORDS and word not in _BESIDE and not word.isdecimal()
        for _, _, word in found
    ]
    whole = sum(telling) or 1
    place = 0
    while place < len(found):
        start = found[place][0]
        ends = [end - start for _, end, _ in found[place : place + LONGEST_NAME]]
        written = item[start : start + ends[-1]]
        key = names.at(stems[place : place + LONGEST_NAME], written, ends, loose)
        size = len(key) if key else 1
        if not key and _is_joined(item, found, place):
            joined = stem(found[place][2] + found[place + 1][2])
            key, size = names.at([joined], written, ends[1:], loose), 2
        if key in names.topics:
            said = item[start : found[place + size - 1][1]]
            yield key, said, min(sum(telling[place : place + size]) / whole, 1.0)
        place += size if key else 1


def _is_joined(item: str, found: Sequence[tuple[int, int, str]], place: int) -> bool:
    """Say whether the word at *place* and the next are one with a hyphen between (pre-training)."""
    if place + 1 >= len(found):
        return False
    end, start = found[place][1], found[place + 1][0]
    return item[end:start] in ("-", "‐", "‑")


def telling_words(part: str, known: Mapping[str, int]) -> list[str]:
    """Return the words of a window that are *known* and may tell what it is about, each once."""
    found: Iterable[str] = (word for _, _, word in tokens(part))
    return list(
        dict.fromkeys(
            word
            for word in found
            if len(word) > 2
            and word in known
            and word not in STOP_WORDS
            and word not in _BESIDE
            and not word.isdecimal()
        )
    )
