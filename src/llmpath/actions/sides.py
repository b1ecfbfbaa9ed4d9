"""What somebody sets side by side: the names on a command line, and what each means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmpath.actions.naming import called, find, is_sign, with_words
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Term
from llmpath.errors import Ambiguous, NotFound, UsageError, arguments, quoted
from llmpath.search.versus import MOST_SIDES, sides
from llmpath.store.catalog import glossary, naming
from llmpath.store.catalog.naming import Named
from llmpath.words import STOP_WORDS, is_unspaced, stem, tokens, words_of

LONGEST = 1_000  # characters of all names together
MOST_PARTED = 8  # words without a sign between them that are parted by what they name
_STRONG = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_WEAK = re.compile(r"(,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+)", re.IGNORECASE)
_SIGNS = ("vs", "vs.", "versus", "and", "or", "&")
_EXAMPLE = "For example: llmpath compare rag 'fine tuning'"


class Meant(NamedTuple):
    """What a name on the command line means: a resource or a topic, or a term with its topic.

    `said` is the name as typed; it was `read` as something that is not called so, where a search
    or a translation told what is meant. `guesses` are the topics that a search means, best first.
    """

    said: str
    what: str
    id: str
    title: str
    term: Term | None = None
    read: bool = False
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
            "Name fewer, or put quotes around a name of several words.",
        )
    found = _told_apart(w, [meaning(w, name) for name in names])
    if len(found) == 1:
        raise UsageError(f"Compare {found[0].title} with what?", _example(w, found[0], words))
    seen: dict[tuple[str, str], Meant] = {}
    for one in found:
        other = seen.setdefault(one.key, one)
        if other is not one:
            raise UsageError(
                f"{quoted(other.said)} and {quoted(one.said)} both mean {one.title}.",
                f"See it with: llmpath show {_topic_of(w, one) if one.term else one.id}",
            )
    return found


def offered(w: Workspace, names: Sequence[str]) -> list[str]:
    """Return the words for `compare` that set *names* side by side; none if that takes guessing.

    Also none where they mean one thing: what is offered must do what it says.
    """
    words = [word for name in names for word in ("vs", name)][1:]
    try:
        found = meant(w.unasked(), words)
    except (UsageError, NotFound, Ambiguous):
        return []
    said = [words_of(one.said) for one in found]
    if said != list(map(words_of, names)) or any(one.guesses and not _titled(one) for one in found):
        return []
    return words


def _titled(one: Meant) -> bool:
    """Say whether what was guessed has the words that were typed in its title."""
    return {*map(stem, words_of(one.said))} <= {*map(stem, words_of(one.title))}


def names_of(words: Sequence[str], is_name: Callable[[str], bool]) -> list[str]:
    """Return the names that *words*, the arguments of a command, set side by side.

    `rag 'fine tuning'`, `rag vs fine tuning`, `lora and qlora`, `dpo, ppo`, `fine tuning rag` and
    questions in one argument, as `search` understands them. What *is_name* is never parted.
    """
    words = _between_signs(words)
    typed = " ".join(" ".join(words).split())
    if not words_of(typed):
        raise UsageError("Compare what?", _EXAMPLE)
    if len(typed) > LONGEST:
        raise UsageError(f"{quoted(typed)} is too long for names to compare.", _EXAMPLE)
    if len(words) > 1 and any(" " in word for word in words):
        parted = _quoted_apart(words)
    else:
        strong = _STRONG.split(typed)
        asked = [_as_typed(side, typed) for side in sides(typed, words_of(typed))]
        parted = asked if len(asked) >= len(strong) else strong
    names = [name for part in parted or [typed] for name in _weakly_parted(part, is_name)]
    if len(names) > 1 or len(words) == 1:
        return names
    telling = [word for word in words if word.lower() not in STOP_WORDS]
    return _by_names(words, is_name) or telling or list(words)


def _between_signs(words: Sequence[str]) -> list[str]:
    """Return *words* without what has none, and the signs before and behind, which part nothing."""
    kept = [word.strip() for word in words if word.strip() in _SIGNS or words_of(word)]
    while kept and kept[0].lower() in _SIGNS:
        del kept[0]
    while kept and kept[-1].lower() in _SIGNS:
        del kept[-1]
    return kept


def _quoted_apart(words: Sequence[str]) -> list[str]:
    """Return *words* of which some were put in quotes: each a name, unless a sign parts them."""
    if not any(word.lower() in _SIGNS for word in words):
        return list(words)
    groups: list[list[str]] = [[]]
    for word in words:
        if word.lower() in _SIGNS:
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
    either = re.split(r"\s+or\s+", text)
    if len(either) > 1 and all(map(is_name, either)):  # `PyTorch or TensorFlow`
        return either
    if not text or is_name(text) or "://" in text:  # an address may have a comma in it
        return [text] if text else []
    if is_unspaced(text):
        return [part.strip() for part in sides(f"{text}的区别", words_of(text))] or [text]
    pieces = _WEAK.split(text)  # every other one is a sign
    names = []
    while pieces:
        most = min(len(pieces), 2 * MOST_PARTED - 1)
        ends = range(most, 1, -2)
        end = next((end for end in ends if is_name("".join(pieces[:end]))), 1)
        names.append("".join(pieces[:end]))
        del pieces[: end + 1]
    return [name for name in names if name]


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
    if len(terms) == 1:
        return _of_term(w, terms[0], said)
    if terms and any(naming.phrase(said) in _names_of(term) for term in terms):
        return _of_term(w, _one_of(w, said, terms), said)
    if other:
        raise other
    return _in_english(w, said) or _near(w, said, terms)


def _near(w: Workspace, said: str, terms: Sequence[Term]) -> Meant:
    """Return what has *said* in its name, else what a search for it means.

    Of *terms*, for which people type *said* among other words, it is one with such a topic.
    """
    parts = with_words(w, said)
    if len(parts) == 1 and (parts[0].what == "topic" or "-" in said or " " in said):
        return _of(parts[0], said)
    found = _searched(w, said)
    having = [one.id for one in parts if one.what == "topic"]
    both = [id_ for id_ in found if id_ in having]
    guesses = tuple(dict.fromkeys([*both, *having, *found]))
    if not guesses:
        raise naming.unknown(w.connection, said)
    term = next((one for id_ in guesses for one in terms if one.topic == id_), None)
    if term:
        return _of_term(w, term, said)._replace(read=True)
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
    terms = glossary.called(w.connection, name)
    if is_sign(name) or any(_is_written(name, term) for term in terms):
        return True
    try:
        return naming.exactly(w.connection, name) is not None
    except Ambiguous:
        return True
    except NotFound:
        return False


def _is_written(name: str, term: Term) -> bool:
    """Say whether *term* is called *name* with its words in that order.

    People ask for it by `tensorflow or pytorch`, too: then `pytorch tensorflow` are two names.
    """
    names = filter(None, (term.id, term.term, term.stands_for, *term.synonyms))
    return _in_order(name) in map(_in_order, names)


def _in_order(name: str) -> list[str]:
    return [stem(word) for word in words_of(name) if word not in STOP_WORDS] or words_of(name)


def _of(named: Named, said: str) -> Meant:
    return Meant(said, named.what, named.id, named.title)


def _own_names(topic: Named) -> tuple[str, str]:
    return naming.phrase(topic.title), naming.phrase(topic.id)


def _of_term(w: Workspace, term: Term, said: str) -> Meant:
    """Return *term*, or its topic where that is just the same."""
    topic = naming.at(w.connection, term.topic)
    if topic and not _names_of(term).isdisjoint(_own_names(topic)):
        return _of(topic, said)
    return Meant(said, "term", term.id, term.term, term)


def _names_of(term: Term) -> set[str]:
    return set(map(naming.phrase, filter(None, (term.id, term.term, term.stands_for))))


def _one_of(w: Workspace, said: str, terms: Sequence[Term]) -> Term:
    """Return the one of several *terms* that the learner picks; raises Ambiguous."""
    unclear = Ambiguous(
        said, [("term", one.id, f"{one.term}: {one.stands_for or one.definition}") for one in terms]
    )
    place = w.pick(unclear)
    if place is None:
        raise unclear
    return terms[place]


def _in_english(w: Workspace, said: str) -> Meant | None:
    """Return what is called as *said* is translated; None where it is not, or nothing is."""
    if said.isascii():
        return None
    from llmpath.search.lexicon import Lexicon  # 1 ms, and most is typed in English

    key = naming.phrase(said)
    for mean in Lexicon(w.connection).translations([key]).get(key, ()):
        if _called_so(w, mean):
            return meaning(w, mean)._replace(said=said, read=True)
    return None


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
    return Meant(said, "topic", guesses[0], title, None, True, guesses)


def _told_apart(w: Workspace, found: Sequence[Meant]) -> list[Meant]:
    """Return *found* with guesses at one topic told apart by what only one of them may mean.

    `encoder` and `decoder` both find encoder-decoder models first.
    """
    homes = [_topic_of(w, one) for one in found]
    may = [set(one.guesses or (home,)) for one, home in zip(found, homes, strict=True)]
    result = list(found)
    for i, one in enumerate(found):
        if one.guesses and homes.count(homes[i]) > 1:
            taken = set().union(*may[:i], *may[i + 1 :])
            left = tuple(id_ for id_ in one.guesses if id_ not in taken)
            result[i] = _guess(w, one.said, left) if left else one
    return result


def _topic_of(w: Workspace, one: Meant) -> str:
    """Return the topic that *one* is, or belongs to in the first place."""
    if one.term:
        return one.term.topic
    return one.id if one.what == "topic" else naming.home_of(w.connection, one.id).id


def _example(w: Workspace, one: Meant, words: Sequence[str]) -> str:
    """Return how to go on with *one* alone: another topic of its module, if there is one."""
    from llmpath.store.catalog.roadmap import nodes

    here = _topic_of(w, one)
    every = nodes(w.connection)
    module = next(node.module for node in every if node.id == here)
    others = sorted((n for n in every if n.id != here), key=lambda n: n.module != module)
    with_ = others[0].id if others else "NAME"
    hint = f"For example: llmpath compare {arguments(one.id, with_)}"
    names = _between_signs(words)
    if len(names) == 2:
        hint += f"; or, of two: llmpath compare {arguments(names[0], 'vs', names[1])}"
    return hint
