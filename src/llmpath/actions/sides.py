"""What somebody sets side by side: the names on a command line, and what each means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from llmpath.actions.naming import called, find, is_sign, likely
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Term
from llmpath.errors import Ambiguous, NotFound, UsageError
from llmpath.search.versus import MOST_SIDES, sides
from llmpath.store.catalog import glossary, naming
from llmpath.store.catalog.naming import Named
from llmpath.words import is_unspaced, tokens, words_of

MOST_PARTED = 8  # words without a sign between them that are parted by what they name
_STRONG = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_WEAK = re.compile(r",\s+(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+", re.IGNORECASE)


class Meant(NamedTuple):
    """What a name on the command line means: a resource or a topic, or a term with its topic.

    `said` is the name as typed. Where no name is just so, `guesses` are the topics that a search
    for it means, best first.
    """

    said: str
    what: str
    id: str
    title: str
    term: Term | None = None
    guesses: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from everything else."""
        return self.what, self.id


def meant(w: Workspace, words: Sequence[str]) -> list[Meant]:
    """Return the two to four things that *words* set side by side.

    Raises UsageError for one thing alone, for more than four, and for the same thing twice;
    NotFound and Ambiguous for a name.
    """
    names = names_of(words, lambda name: _called_so(w, name))
    if len(names) > MOST_SIDES:
        raise UsageError(
            f"At most {MOST_SIDES} things can be compared at once, and these are {len(names)}.",
            "Leave some out, or put quotes around a name of several words.",
        )
    found = _told_apart(w, [meaning(w, name) for name in names])
    if len(found) == 1:
        raise UsageError(f"Compare {found[0].title} with what?", _example(w, found[0]))
    seen: dict[tuple[str, str], Meant] = {}
    for one in found:
        other = seen.setdefault(one.key, one)
        if other is not one:
            raise UsageError(
                f"{other.said!r} and {one.said!r} both mean {one.title}.",
                f"See it with: llmpath show {_topic_of(w, one) if one.term else one.id}",
            )
    return found


def names_of(words: Sequence[str], is_name: Callable[[str], bool]) -> list[str]:
    """Return the names that *words*, the arguments of a command, set side by side.

    `rag 'fine tuning'`, `rag vs fine tuning`, `lora and qlora`, `dpo, ppo`, `fine tuning rag` and
    questions in one argument, as `search` understands them. What *is_name* is never parted.
    """
    typed = " ".join(" ".join(words).split())
    if not words_of(typed):
        raise UsageError("Compare what?", "For example: llmpath compare rag 'fine tuning'")
    if is_name(typed):
        return [typed]
    if len(words) > 1 and any(" " in word.strip() for word in words):
        parted = _quoted_apart(words)
    else:
        strong = _STRONG.split(typed)
        asked = [_as_typed(side, typed) for side in sides(typed, words_of(typed))]
        parted = asked if len(asked) >= len(strong) else strong
    names = [name for part in parted or [typed] for name in _weakly_parted(part, is_name)]
    if len(names) > 1 or len(words) == 1:
        return names
    return _by_names(typed.split(), is_name) or list(words)


def _quoted_apart(words: Sequence[str]) -> list[str]:
    """Return *words* of which some were put in quotes: each a name, unless a sign parts them."""
    signs = ("vs", "vs.", "versus", "and", "or", "&")
    if not any(word.lower() in signs for word in words[1:-1]):
        return [word.strip() for word in words if word.strip()]
    groups: list[list[str]] = [[]]
    for word in words:
        if word.lower() in signs:
            groups.append([])
        else:
            groups[-1].append(word)
    return [" ".join(group) for group in groups if group]


def _as_typed(side: str, typed: str) -> str:
    """Return *side*, which is in words, as it stands in *typed*: `llama.cpp` for `llama cpp`."""
    wanted = side.split()
    found = list(tokens(typed))
    for i in range(len(found) - len(wanted) + 1):
        run = found[i : i + len(wanted)]
        if [token for _, _, token in run] == wanted:
            return typed[run[0][0] : run[-1][1]]
    return side


def _weakly_parted(text: str, is_name: Callable[[str], bool]) -> list[str]:
    """Return *text* parted at its commas and at `and`, but for what is a name as a whole."""
    text = text.strip(" ,")
    if not text or is_name(text):
        return [text] if text else []
    if is_unspaced(text):
        return [part.strip() for part in sides(f"{text}的区别", words_of(text))] or [text]
    pieces = [piece for piece in _WEAK.split(text) if piece]
    if len(pieces) == 1:
        return pieces
    starts = [found.end() for found in _WEAK.finditer(text)]
    for cut in starts:  # `GPTQ, AWQ and others` may be one name of several
        head = _WEAK.split(text[cut:])
        if is_name(text[cut:]) and len(head) > 1:
            return [*_weakly_parted(text[:cut].rstrip(" ,&"), is_name), text[cut:]]
    return pieces


def _by_names(words: Sequence[str], is_name: Callable[[str], bool]) -> list[str]:
    """Return *words* as the fewest names that they make up, two or more; [] where they do not."""
    if len(words) > MOST_PARTED:
        return []
    best: dict[int, list[str]] = {len(words): []}  # of what follows each place
    for start in range(len(words) - 1, -1, -1):
        ways = [
            [name, *best[end]]
            for end in range(start + 1, len(words) + 1)
            if end in best and is_name(name := " ".join(words[start:end]))
        ]
        if ways:
            best[start] = min(ways, key=len)
    return best.get(0, [])


def meaning(w: Workspace, said: str) -> Meant:
    """Return what the name *said* means: what is called so, else the topic a search for it means.

    A term goes before an alias of a topic, for it says more. Raises NotFound and Ambiguous.
    """
    if is_sign(said):
        return _of(find(w, said), said)
    named, other = _called(w, said)
    if named and (named.what != "topic" or naming.phrase(said) in _own_names(named)):
        return _of(named, said)
    terms = glossary.called(w.connection, said)
    if named:
        term = next((one for one in terms if one.topic == named.id), None)
        return _of_term(w, term, said) if term else _of(named, said)
    if terms:
        return _of_term(w, _one_of(w, said, terms), said)
    if other:
        raise other
    named = likely(w, said)
    if named and (named.what == "topic" or "-" in said or len(said.split()) > 1):
        return _of(named, said)
    guesses = _searched(w, said)
    if not guesses:
        raise naming.unknown(w.connection, said)
    return _guess(w, said, guesses)


def _called(w: Workspace, said: str) -> tuple[Named | None, NotFound | None]:
    """Return what is called *said*, a topic before resources; or what is to be told if nothing is.

    That is of parts of the map, which are nothing to compare.
    """
    try:
        return naming.exactly(w.connection, said), None
    except NotFound as error:
        return None, error
    except Ambiguous as unclear:
        topics = [Named(*one) for one in unclear.choices if one[0] == "topic"]
        return (topics[0] if len(topics) == 1 else called(w, said)), None


def _called_so(w: Workspace, name: str) -> bool:
    if is_sign(name) or glossary.called(w.connection, name):
        return True
    try:
        return naming.exactly(w.connection, name) is not None
    except Ambiguous:
        return True
    except NotFound:
        return False


def _of(named: Named, said: str) -> Meant:
    return Meant(said, named.what, named.id, named.title)


def _own_names(topic: Named) -> tuple[str, str]:
    return naming.phrase(topic.title), naming.phrase(topic.id)


def _of_term(w: Workspace, term: Term, said: str) -> Meant:
    """Return *term*, or its topic where that is just the same."""
    topic = naming.at(w.connection, term.topic)
    names = (term.id, term.term, term.stands_for)
    if topic and not set(_own_names(topic)).isdisjoint(map(naming.phrase, filter(None, names))):
        return _of(topic, said)
    return Meant(said, "term", term.id, term.term, term)


def _one_of(w: Workspace, said: str, terms: Sequence[Term]) -> Term:
    if len(terms) == 1:
        return terms[0]
    unclear = Ambiguous(
        said, [("term", one.id, f"{one.term}: {one.stands_for or one.definition}") for one in terms]
    )
    place = w.pick(unclear)
    if place is None:
        raise unclear
    return terms[place]


def _searched(w: Workspace, said: str) -> tuple[str, ...]:
    """Return the topics that a search for *said* means, else those of the best it finds."""
    from llmpath.search.answer import answer  # 2 ms, and most are called by a name
    from llmpath.search.query import parse
    from llmpath.store.catalog.selection import Selection

    words = parse(said)
    if not words.wanted:
        return ()
    found = answer(w.connection, w.learner.id, words, Selection(), 1)
    return found.topics or (tuple(found.homes) if found.any_words else ())


def _guess(w: Workspace, said: str, guesses: tuple[str, ...]) -> Meant:
    title = naming.titles(w.connection, guesses[:1])[guesses[0]]
    return Meant(said, "topic", guesses[0], title, guesses=guesses)


def _told_apart(w: Workspace, found: Sequence[Meant]) -> list[Meant]:
    """Return *found* with guesses that are alike told apart by what only one of them may mean.

    `encoder` and `decoder` both find encoder-decoder models first.
    """
    if len({one.key for one in found}) == len(found):
        return list(found)
    result = []
    for one in found:
        others = [other for other in found if other is not one and other.key == one.key]
        if one.guesses and others:
            taken = _ids(found, one)
            left = tuple(id_ for id_ in one.guesses if id_ not in taken)
            one = _guess(w, one.said, left) if left else one
        result.append(one)
    return result


def _ids(found: Iterable[Meant], but: Meant) -> set[str]:
    return {id_ for one in found if one is not but for id_ in one.guesses or (one.id,)}


def _topic_of(w: Workspace, one: Meant) -> str:
    """Return the topic that *one* is, or belongs to in the first place."""
    if one.term:
        return one.term.topic
    return one.id if one.what == "topic" else naming.home_of(w.connection, one.id).id


def _example(w: Workspace, one: Meant) -> str:
    """Return how to go on with *one* alone: another topic of its module, if there is one."""
    from llmpath.errors import arguments
    from llmpath.store.catalog.roadmap import nodes

    here = _topic_of(w, one)
    every = nodes(w.connection)
    module = next(node.module for node in every if node.id == here)
    others = sorted((n for n in every if n.id != here), key=lambda n: n.module != module)
    with_ = others[0].id if others else "NAME"
    return f"For example: llmpath compare {arguments(one.id, with_)}"
