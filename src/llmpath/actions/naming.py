"""What a learner's words mean: things of the catalog, and parts of the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llmpath.actions.workspace import Workspace
from llmpath.errors import Ambiguous, NotFound, shortened
from llmpath.store.catalog import naming
from llmpath.store.catalog.naming import Named

_AND = "and"


def find(w: Workspace, name: str, what: str = "") -> Named:
    """Return what *name* means: a number or letter of what was shown last, a name, words of one.

    Of what *what* allows, see `naming.SORTS`; a number stands for the topic of what it names where
    that is asked for, and says so. What several things go by is asked, or raises Ambiguous;
    raises NotFound where nothing does.
    """
    name = name.strip()
    if not name:
        raise NotFound(f"Give the name of a {naming.CALLED.get(what, what)}.")
    found = _asked(w, lambda: _found(w, name, what))
    if found is None:
        raise naming.unknown(w.connection, name, what)
    return found


def find_all(w: Workspace, names: Sequence[str], what: str = "") -> list[Named]:
    """Return what *names* mean, each once: one thing in several words, or several things.

    Words are one phrase before they are several names: `done flash attention` means one resource.
    Commas part several names, and so does "and" where it belongs to none. Without them, several
    words are several names only if each is the whole name of something.
    """
    return list(dict.fromkeys(_several(w, names, what)))


def _several(w: Workspace, names: Sequence[str], what: str) -> list[Named]:
    typed = " ".join(names).strip()
    whole = _asked(w, lambda: _exact(w, typed, what))
    if whole:
        return [whole]
    parts = [part for part in typed.split(",") if part.strip()]
    if len(parts) > 1 and "://" not in typed:
        return [one for part in parts for one in _several(w, part.split(), what)]
    if any(" " in name for name in names):  # what was put in quotes is a name
        return [find(w, name, what) for name in names]
    each = [_exact_or_none(w, name, what) for name in names] if len(names) > 1 else []
    if each and all(each):
        return [one for one in each if one]
    words = _asked(w, lambda: naming.by_words(w.connection, typed, what))
    if words:
        return [words]
    either = [part.split() for part in f" {typed} ".split(f" {_AND} ") if part.strip()]
    if len(either) > 1:
        return [one for part in either for one in _several(w, part, what)]
    if any(each):  # several names were meant, of which one is none
        typed = names[each.index(None)]
        return [*(one for one in each if one), find(w, typed, what)]
    return [find(w, typed, what)]


def _found(w: Workspace, name: str, what: str) -> Named | None:
    """Return what *name* means, by the first way to read it that gives anything."""
    connection = w.connection
    return (
        _exact(w, name, what)
        or naming.by_start(connection, name, what)
        or naming.by_words(connection, name, what)
        or naming.by_words(connection, name, what, whole=False)
    )


def _exact(w: Workspace, name: str, what: str) -> Named | None:
    """Return what is called just *name*, or is numbered or lettered so; None for nothing."""
    if name.isdecimal():
        return _listed(w, name, what)
    if len(name) == 1 and name.isascii() and name.isalpha():
        return _listed(w, name.lower(), what)
    return naming.exactly(w.connection, name, what)


def _exact_or_none(w: Workspace, name: str, what: str) -> Named | None:
    """Return what is called just *name*, asking about several; None for nothing that can be."""
    try:
        return _exact(w, name, what)
    except Ambiguous:
        return find(w, name, what)
    except NotFound:
        if name.isdecimal() or len(name) == 1:
            raise
        return None


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
    raise NotFound(
        f"{sign} is {thing.title}, a {thing.what}; and not a {naming.CALLED.get(what, what)}."
    )


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
