"""Tell the sides of a query that asks for a choice: `LoRA vs QLoRA`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmpath.words import STOP_WORDS, is_unspaced

MOST_SIDES = 4
LONGEST_SIDE = 8  # words

# Words that ask for the choice and belong to neither side.
_ASKED = """difference differences different differ differs compare compares compared comparing
comparison between choose choosing choice choices decide deciding pick prefer preferred preferable
better best worse pros cons advantage advantages disadvantages tradeoff tradeoffs trade offs
instead either rather wins faster slower cheaper vs versus"""
_ASKED_WORDS = frozenset(_ASKED.split())
_AROUND = _ASKED_WORDS | STOP_WORDS | frozenset(("and", "against", "between"))
# Words with which `or` stands between two things to choose from, not two words for one.
_CHOICE = "which better best should choose choosing pick prefer decide need use worth enough when"
_CHOOSING = frozenset(_CHOICE.split())
_COMPARING = ("compare", "compares", "comparing", "comparison", "difference", "differences")
# Words of which two stand between the sides: `compared to`, `slower than`, `different from`.
_TO = frozenset(("to", "from", "with", "of"))
_BEFORE_TO = frozenset(("compared", "different", "differ", "differs", "opposed", "instead"))

# 和, 与, 跟, 还是 are Chinese for `and` or `or`, と is Japanese; what follows the last side is
# `difference`, `comparison`, `which is better`.
_AND = r"\s*(?:和|与|與|跟|还是|還是|と|\s(?:or|vs\.?)\s)\s*"
_EAST_ASIAN = (  # compiled when it is needed: 1 ms
    rf"(.+?){_AND}(.+?)\s*"
    r"(?:之间|之間|的|の|有什么|有什麼|有何|哪个|哪個|どちら|，|,|\s)*"
    r"(?:区别|區別|差异|差異|差别|差別|对比|對比|比较|比較|不同|异同|異同|好|更好|違い|選択|选择|選擇).*"
)


def sides(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the two or more things that a query sets against each other, else none.

    *text* is the query as typed, *words* its words in order. `difference between full training and
    lora` has the sides `full training` and `lora`.
    """
    if any(map(is_unspaced, words)):
        found = re.fullmatch(_EAST_ASIAN, text.strip(" ?？。"))
        return tuple(map(str.strip, found.groups())) if found else ()
    parts = [words[:0]]
    at = 0
    for start, end in [*_between(words), (len(words), len(words))]:
        parts.append(words[at:start])
        at = end
    bare = [_bare(part) for part in parts[1:]]
    if len(bare) < 2 or any(not side or len(side) > LONGEST_SIDE for side in bare):
        return ()
    found_sides = tuple(dict.fromkeys(" ".join(side) for side in bare))
    return found_sides[:MOST_SIDES] if len(found_sides) > 1 else ()


def _between(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the words between the sides, each as start and end."""
    found = list(_versus(words))
    if found:
        return found
    joins = [(i, i + 1) for i, word in enumerate(words) if i and word in ("and", "or")]
    start = next((i for i, word in enumerate(words) if word in _COMPARING or word == "between"), -1)
    if start >= 0:
        inner = [(i, j) for i, j in joins if i > start + 1]
        if not inner and words[start].startswith("compar"):
            inner = [
                (i, i + 1) for i, word in enumerate(words) if word in ("with", "to") and i > start
            ]
        return inner[:1]
    ors = [(i, j) for i, j in joins if words[i] == "or"]
    return ors[:1] if not _CHOOSING.isdisjoint(words) else []


def _versus(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where words stand that only ever stand between two sides."""
    for i in range(1, len(words) - 1):
        word, following = words[i], words[i + 1]
        if word == "versus" or (word == "vs" and following != "code"):  # an editor
            yield i, i + 1
        elif (following in _TO and word in _BEFORE_TO) or (
            following == "than" and (word.endswith("er") or word in ("worse", "more", "less"))
        ):
            yield i, i + 2


def _bare(words: Sequence[str]) -> list[str]:
    """Return one side without the words around it that ask for the choice."""
    kept = list(words)
    while kept and (kept[0] in _AROUND or kept[0] in _CHOOSING):
        del kept[0]
    for i, word in enumerate(kept):  # `fine tuning which is better for small data`
        if word in _ASKED_WORDS or (word == "which" and i):
            kept = kept[:i]
            break
    while kept and (kept[-1] in _AROUND or kept[-1] in _CHOOSING):
        del kept[-1]
    return kept
