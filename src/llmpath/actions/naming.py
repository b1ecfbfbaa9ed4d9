"""What a learner's words mean: things of the catalog, and parts of the map."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from llmpath.actions.workspace import Workspace
from llmpath.errors import Ambiguous, NotFound, quoted, shortened
from llmpath.store.catalog import naming
from llmpath.store.catalog.naming import Named

_AND = "and"
_MOST_JOINED = 6  # parts of a list that may be one name: "GPTQ, AWQ and others"


def find(w: Workspace, name: str, what: str = "") -> Named:
    """Return what *name* means: a number or letter of what was shown last, a name, words of one.

    Of what *what* allows, see `naming.SORTS`; a number stands for the topic of what it names where
    that is asked for, and says so. What several things go by is asked, or raises Ambiguous;
    raises NotFound where nothing does.
    """
    name = name.strip()
    found = _asked(w, lambda: _exact(w, name, what) or _loose(w, name, what))
    if found is None:
        raise naming.unknown(w.connection, name, what)
    return found


def called(w: Workspace, name: str) -> Named | None:
    """Return what is called just *name*, a resource or a topic; None where nothing is.

    What several things are called is asked, or raises Ambiguous; raises NotFound for what is of
    another sort.
    """
    return _asked(w, lambda: naming.exactly(w.connection, name))


def with_words(w: Workspace, name: str) -> list[Named]:
    """Return the resources and topics that *name* is a part of, those it says most of first."""
    try:
        found = _loose(w, name, "")
    except Ambiguous as several:
        return [Named(*one) for one in several.choices]
    return [found] if found else []


def find_all(w: Workspace, names: Sequence[str], what: str = "") -> list[Named]:
    """Return what *names* mean, each once: one thing in several words, or several things.

    Words are one phrase before they are several names: `done flash attention` means one resource.
    Commas part several names, and so does "and", where they belong to none. Without them, several
    words are several names only if each is the whole name of something.
    """
    found = list(dict.fromkeys(_several(w, names, what)))
    if not found:  # nothing but an "and"
        raise naming.unknown(w.connection, " ".join(names), what)
    return found


def _several(w: Workspace, names: Sequence[str], what: str) -> list[Named]:
    typed = " ".join(names).strip()
    whole = _asked(w, lambda: _exact(w, typed, what))
    if whole:
        return [whole]
    parts = _parts(w, typed, what)
    if parts != [typed]:
        return [one for part in parts for one in _several(w, part.split(), what)]
    if any(" " in name for name in names):  # what was put in quotes is a name
        return [find(w, name, what) for name in names]
    either = [part.strip() for part in f" {typed} ".split(f" {_AND} ") if part.strip()]
    either = _joined(w, either, f" {_AND} ", what)
    for several in (names, either):
        if all(_is_name(w, name, what) for name in several):
            return [find(w, name, what) for name in several]
    found = _asked(w, lambda: _loose(w, typed, what))
    if found:
        return [found]
    if either != [typed]:
        return [one for part in either for one in _several(w, part.split(), what)]
    strangers = [name for name in names if not _is_name(w, name, what)]
    if len(strangers) == 1 and len(names) > 1 and _is_unclear(w, strangers[0], what):
        return [find(w, name, what) for name in names]
    raise _none_of(w, names, strangers, what)


def _parts(w: Workspace, typed: str, what: str) -> list[str]:
    """Return *typed* parted at its commas; one inside a name or an address is part of it."""
    comma = r",(?=\s|$|\w+://)" if "://" in typed else ","
    parts = [part.strip() for part in re.split(comma, typed) if part.strip()]
    return _joined(w, parts, ", ", what) or [typed]


def _joined(w: Workspace, parts: Sequence[str], glue: str, what: str) -> list[str]:
    """Return *parts*, of which those that make up one name are joined again by *glue*."""
    found: list[str] = []
    while parts:
        for count in range(min(len(parts), _MOST_JOINED), 0, -1):
            name = glue.join(parts[:count]).removeprefix(f"{_AND} ")
            if count == 1 or _is_name(w, name, what):
                break
        found.append(name)
        parts = parts[count:]
    return found


def _exact(w: Workspace, name: str, what: str) -> Named | None:
    """Return what is called just *name*, or is numbered or lettered so; None for nothing."""
    if not naming.phrase(name):
        raise NotFound(f"Give the name of a {naming.CALLED[what]}.")
    if is_sign(name):
        return _listed(w, name.lower(), what)
    return naming.exactly(w.connection, name, what)


def _loose(w: Workspace, name: str, what: str) -> Named | None:
    """Return what *name* is a part of: the start of its id, or words of a name of it."""
    return naming.by_start(w.connection, name, what) or naming.by_words(w.connection, name, what)


def is_sign(name: str) -> bool:
    """Say whether *name* is the number or letter of something that was shown."""
    return name.isdecimal() or (len(name) == 1 and name.isascii() and name.isalpha())


def _is_name(w: Workspace, name: str, what: str) -> bool:
    """Say whether something, or several things, are called just *name*, or it is a sign."""
    return is_sign(name) or _hits(lambda: naming.exactly(w.connection, name, what))


def _hits(look: Callable[[], Named | None]) -> bool:
    """Say whether *look* finds something, or several things."""
    try:
        return look() is not None
    except Ambiguous:
        return True
    except NotFound:
        return False


def _is_unclear(w: Workspace, name: str, what: str) -> bool:
    """Say whether *name* is a part of the names of several things."""
    try:
        _loose(w, name, what)
    except Ambiguous:
        return True
    return False


def _none_of(w: Workspace, names: Sequence[str], strangers: Sequence[str], what: str) -> NotFound:
    """Return the failure to tell where *names* are neither one name nor several.

    *strangers* are those that nothing is called just so.
    """
    if len(strangers) != 1:
        return naming.unknown(w.connection, " ".join(names), what)
    name = strangers[0]
    _exact(w, name, what)  # what is of another sort is told of
    if not _hits(lambda: _loose(w, name, what)):
        return naming.unknown(w.connection, name, what)
    return NotFound(
        f"No {naming.CALLED[what]} is called just {quoted(name)}.",
        f"Put commas between several names: {', '.join(names)}",
    )


def _listed(w: Workspace, sign: str, what: str) -> Named:
    """Return what had the number or letter *sign*; raises NotFound where nothing had.

    Where a topic is asked for, it is that of the resource.
    """
    id_ = w.shown(sign)
    thing = naming.at(w.connection, id_)
    if thing is None:
        raise NotFound(f"{sign} was {shortened(id_)}, which is no longer in the catalog.")
    allowed = naming.SORTS[what]
    if thing.what in allowed:
        return thing
    if thing.what == "resource" and "topic" in allowed:
        topic = naming.home_of(w.connection, thing.id)
        w.tell(f"{sign} is {thing.title}; its topic is {topic.title}.")
        return topic
    raise NotFound(f"{sign} is {thing.title}: a {thing.what}, not a {naming.CALLED[what]}.")


def _asked(w: Workspace, look: Callable[[], Named | None]) -> Named | None:
    """Return what *look* finds; where that is several things, the one that the learner picks."""
    try:
        return look()
    except Ambiguous as error:
        place = w.pick(error)
        if place is None:
            raise
        return Named(*error.choices[place])


def topics_of(w: Workspace, things: Sequence[Named]) -> list[Named]:
    """Return the topics among *things* and those of the modules and tracks among them."""
    found = [topic for thing in things for topic in naming.topics_in(w.connection, thing)]
    return list(dict.fromkeys(found))


def part_id(w: Workspace, what: str, name: str | None) -> str:
    """Return the id of the track, module or study guide called *name*, '' for none.

    Raises NotFound where there is none, or more than one.
    """
    if not name:
        return ""
    return _source_id(w, name) if what == "source" else find(w, name, what).id


def _source_id(w: Workspace, name: str) -> str:
    from llmpath.store.catalog import reading  # 1 ms, and few names are of study guides

    rows = reading.titles_of(w.connection, "source")
    said = naming.phrase(name)
    exact = [id_ for id_, title in rows if said in (naming.phrase(id_), naming.phrase(title))]
    hits = exact or [
        id_ for id_, title in rows if f" {said}" in f" {naming.phrase(f'{id_} {title}')}"
    ]
    if not said or len(hits) != 1:
        ids = ", ".join(id_ for id_, _ in rows)
        raise NotFound(f"No study guide {name!r}.", f"Choose from: {ids}.")
    return hits[0]
