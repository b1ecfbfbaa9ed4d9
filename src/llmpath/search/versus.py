"""Tell the sides of a query that asks for a choice: `LoRA vs QLoRA`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmpath.words import STOP_WORDS, is_unspaced, words_of

MOST_SIDES = 4
LONGEST_SIDE = 8  # words
SHORT_SIDE = 2  # words of one that may be the third or fourth
LONGEST_CHOICE = 200  # characters of a language without spaces

# Words that ask for the choice and belong to neither side.
_ASKED = """difference differences different differ differs compare compares compared comparing
comparison between contrast choose choosing choice choices decide deciding pick prefer preferred
preferable better best worse pros cons advantage advantages disadvantages tradeoff tradeoffs
trade offs instead either rather wins faster slower cheaper"""
_ASKED_WORDS = frozenset(_ASKED.split())
_AROUND = _ASKED_WORDS | STOP_WORDS | frozenset(("and", "against", "between"))
# Words with which `or` stands between two things to choose from, not two words for one.
_CHOICE = "which better best should choose choosing pick prefer decide need use worth enough"
_CHOOSING = frozenset(_CHOICE.split())
_COMPARING = (
    "compare",
    "compares",
    "comparing",
    "comparison",
    "difference",
    "differences",
    "between",
)
_ASKING = frozenset((*_COMPARING, "should"))
# Words of which two stand between the sides: `compared to`, `slower than`, `different from`.
_TO = frozenset(("to", "from", "with", "of"))
_BEFORE_TO = frozenset(("compared", "different", "differ", "differs", "opposed", "instead"))
# Words before `than` that judge two things; `longer than` and `other than` do not.
_JUDGING = frozenset(("better", "worse", "faster", "slower", "cheaper", "rather"))
# What `than` does not set against a thing: `models smaller than 7b`, `tools better than it`.
_NO_THING = frozenset(("alternatives", "approaches", "methods", "model", "models", "tool", "tools"))

# 和, 与, 跟, 还是 are Chinese for `and` or `or`, と is Japanese; what follows the last side is
# `difference`, `comparison`, `which is better`. `vs` needs nothing after it, nor does 还是 after
# `should I use`; elsewhere that is `still`. Compiled when they are needed: 1 ms.
_AND = r"\s*(?:和|与|與|跟|还是|還是|と(?!は)|\bor\b)\s*"
_USE = r"(?:我|应该|應該|该|該)*(?:用|选|選|学|學)(?!了)(?:择|擇|习|習)?"
_ASKS = r"(?:之间|之間|的|の|は|が|有什么|有什麼|有何|哪个|哪個|怎么|怎麼|如何|，|,|\s)*"
_EAST_ASIAN = (
    rf"(?:{_USE})?(.+?){_AND}(.+?)\s*{_ASKS}"
    r"(?:区别|區別|差异|差異|差别|差別|对比|對比|比较|比較|不同|异同|異同|好|更好|選択|选|選|違い|違う"
    r"|使い分け|どちら|どっち).*",
    rf"(.+?)\s*(?:\bvs\b\.?|\bversus\b|对比|對比)\s*(.+?)(?:{_ASKS}(?:区别|區別|違い))?",
    rf"{_USE}(.+?)(?:还是|還是)(.+)",
)


def sides(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the two or more things that a query sets against each other, else none.

    *text* is the query as typed, *words* its words in order. `difference between full training and
    lora` has the sides `full training` and `lora`.
    """
    if any(map(is_unspaced, words)):
        return _east_asian(text)
    found = [_bare(part) for part in _parts(words, text)]
    if any(not side or len(side) > LONGEST_SIDE for side in found):
        return ()
    different = tuple(dict.fromkeys(" ".join(side) for side in found))
    return different[:MOST_SIDES] if len(different) > 1 else ()


def _east_asian(text: str) -> tuple[str, ...]:
    said = " ".join(text.strip("?？。吗嗎 ").split())
    if len(said) > LONGEST_CHOICE:
        return ()
    for pattern in _EAST_ASIAN:
        if found := re.fullmatch(pattern, said, re.IGNORECASE | re.ASCII):
            named = [one.strip() for side in found.groups() for one in re.split("[、，]", side)]
            different = tuple(dict.fromkeys(filter(None, named)))
            return different[:MOST_SIDES] if len(different) > 1 else ()
    return ()


def _parts(words: Sequence[str], text: str) -> list[Sequence[str]]:
    """Return the words of each side, some with those around it; none where there is no choice."""
    if "," in text:
        pieces = [words_of(piece) for piece in text.split(",")]
        words = [word for piece in pieces for word in (",", *piece)][1:]
    found = list(_versus(words))
    if found:
        ends = [*found, (len(words), len(words))]
        starts = [0, *(end for _, end in found)]
        parts = [words[at:end] for at, (end, _) in zip(starts, ends, strict=True)]
        return [_pieces(parts[0])[-1], *parts[1:-1], _pieces(parts[-1])[0]]
    joins = _joins(words)
    if not joins:
        return []
    start, end = joins[0]
    # `I have one GPU, should I use a, b or c, and why`: what is set against each other comes after
    # what asks for the choice.
    asked = max((i for i, word in enumerate(words[:start]) if word in _ASKING), default=-1)
    listed = _pieces(words[asked + 1 : start])
    first = [*(filter(_bare, listed) if len(listed) > 1 else listed)]
    return [*first, *_last(_pieces(words[end:])[0])]


def _last(words: Sequence[str]) -> list[Sequence[str]]:
    """Return the sides after the first join: several where each is short, `gpt and t5`."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word in ("and", "or"):
            parts.append([])
        else:
            parts[-1].append(word)
    named = [part for part in parts if _bare(part)]
    if len(named) > 1 and all(len(_bare(part)) <= SHORT_SIDE for part in named):
        return [*named]
    return [parts[0] if len(named) < 2 else words]


def _pieces(words: Sequence[str]) -> list[Sequence[str]]:
    """Return *words* as the commas part them, one piece at least."""
    found: list[list[str]] = [[]]
    for word in words:
        if word != ",":
            found[-1].append(word)
        elif found[-1]:
            found.append([])
    return [piece for piece in found if piece] or [[]]


def _joins(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the word before the second side stands, as start and end, if there is one."""
    start = next((i for i, word in enumerate(words) if word in _COMPARING), -1)
    if start >= 0 or {"which", "better"} <= set(words):
        kinds: list[tuple[str, ...]] = [("and", "or")]
        if start >= 0 and words[start].startswith("compar"):
            kinds.append(("with", "to"))
    else:
        kinds = [] if _CHOOSING.isdisjoint(words) else [("or",)]
    for kind in kinds:
        for i, word in enumerate(words):
            if word in kind and i > start + 1:
                return [(i, i + 1)]
    return []


def _versus(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where words stand that only ever stand between two sides."""
    for i in range(1, len(words) - 1):
        word, following = words[i], words[i + 1]
        if word == "versus" or (word == "vs" and following != "code"):  # an editor
            yield i, i + 1
        elif (
            (word, following) == ("v", "s")
            or (following in _TO and word in _BEFORE_TO)
            or (
                following == "than"
                and word in _JUDGING
                and all(map(_is_thing, (words[:i], words[i + 2 :])))
            )
        ):
            yield i, i + 2


def _is_thing(words: Sequence[str]) -> bool:
    """Say whether *words* name one thing, not a sort of things nor a figure."""
    bare = _bare(words)
    return not _NO_THING.intersection(bare) and any(not word[0].isdigit() for word in bare)


def _bare(words: Sequence[str]) -> list[str]:
    """Return one side without the words around it that ask for the choice."""
    kept = list(words)
    while kept and (kept[0] in _AROUND or kept[0] in _CHOOSING) and kept[:2] != ["vs", "code"]:
        del kept[0]
    for i, word in enumerate(kept):  # `fine tuning which is better for small data`
        if word in _ASKED_WORDS or (word == "which" and i):
            kept = kept[:i]
            break
    while kept and (kept[-1] in _AROUND or kept[-1] in _CHOOSING):
        del kept[-1]
    return kept
