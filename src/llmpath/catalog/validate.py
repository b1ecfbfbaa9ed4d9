"""Find every fault of a catalog, each with its place and what to do about it.

Two degrees: what keeps a catalog from being used (`problems`), and what should not be in a good
one, though everything works in spite of it (`curation.advice`). The program refuses a catalog for
the first alone; `llmpath catalog validate` tells of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from llmpath.catalog import graph
from llmpath.catalog.address import canonical
from llmpath.catalog.document import Document, Location, Problem
from llmpath.catalog.entries import ResourcesFile
from llmpath.catalog.map_entries import RoadmapFile
from llmpath.catalog.shape import shape
from llmpath.vocab import Aim

Entries = list[tuple[Location, dict[str, Any]]]


def problems(resources: Document, roadmap: Document) -> list[Problem]:
    """Return all that keeps the catalog in the two files from being used, by file and place."""
    return in_order(
        [
            *alone(resources, roadmap=False),
            *alone(roadmap, roadmap=True),
            *references(resources, roadmap),
        ]
    )


def alone(document: Document, roadmap: bool) -> list[Problem]:
    """Return what is wrong with one file by itself: the guard's faults, and its entries' shape."""
    return [*document.faults, *shape(document, RoadmapFile if roadmap else ResourcesFile)]


def in_order(found: Iterable[Problem]) -> list[Problem]:
    """Return problems by file and place, each once."""
    return sorted(set(found), key=lambda one: (one.path.name, one.place, one.text))


def entries(document: Document, *keys: str) -> Entries:
    """Return the entries of the list under *keys*, each with its location.

    Of several keys the later ones name lists within the entries of the former. What is not of the
    right shape is left out: it has been told of.
    """
    found: Entries = [((), document.value)] if isinstance(document.value, dict) else []
    for key in keys:
        found = [
            ((*location, key, i), inner)
            for location, entry in found
            for i, inner in enumerate(_list(entry, key))
            if isinstance(inner, dict)
        ]
    return found


def _list(entry: dict[str, Any], key: str) -> list[Any]:
    found = entry.get(key)
    return found if isinstance(found, list) else []


def texts(found: Entries, key: str) -> Iterator[tuple[Location, str]]:
    """Yield the texts that the entries have under *key*, or in the list there."""
    for location, entry in found:
        value = entry.get(key)
        if isinstance(value, str):
            yield (*location, key), value
        for i, item in enumerate(_list(entry, key)):
            if isinstance(item, str):
                yield (*location, key, i), item


def _ids(document: Document, *keys: str) -> set[str] | None:
    """Return the ids in the list under *keys*; None where an entry lacks a readable one."""
    *above, last = keys
    around = entries(document, *above)
    rows = [row for _, entry in around for row in _list(entry, last)]
    ids = {row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)}
    whole = all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows)
    return ids if whole and all(last in entry for _, entry in around) and around else None


def references(resources: Document, roadmap: Document) -> Iterator[Problem]:
    """Yield what is wrong between entries: names used twice, names that nothing has, circles.

    Entries of the wrong shape are passed over where they are.
    """
    works, topics = entries(resources, "resources"), entries(roadmap, "topics")
    sources, tracks = entries(resources, "sources"), entries(roadmap, "tracks")
    modules = entries(roadmap, "tracks", "modules")
    cards = entries(roadmap, "topics", "cards")
    goals = entries(roadmap, "goals")
    for what, parts in (
        ("id", ((resources, works), (roadmap, topics), (roadmap, goals))),
        ("source id", ((resources, sources),)),
        ("track id", ((roadmap, tracks),)),
        ("module id", ((roadmap, modules),)),
        ("card id", ((roadmap, cards),)),
    ):
        yield from unique(parts, ("id",), f"{what} {{!r}} is already used at {{}}. Choose another.")
    yield from unique(
        ((resources, works), (roadmap, topics), (roadmap, goals)),
        ("former_ids",),
        "former id {!r} is also at {}. Keep it only on the entry that replaced it.",
    )
    yield from unique(
        ((roadmap, cards),),
        ("former_ids",),
        "former id {!r} is also at {}. Keep it only on the card that replaced it.",
    )
    yield from _former((resources, works), (roadmap, topics), (roadmap, goals))
    yield from _former((roadmap, cards))
    yield from _addresses(resources, works)
    topic_ids = _ids(roadmap, "topics")
    yield from known(resources, works, "topics", topic_ids, "topic")
    yield from known(resources, works, "sources", _ids(resources, "sources"), "source")
    yield from known(roadmap, topics, "module", _ids(roadmap, "tracks", "modules"), "module")
    work_ids = _ids(resources, "resources")
    yield from known(roadmap, topics, "core", work_ids, "resource")
    yield from known(roadmap, topics, "further", work_ids, "resource")
    yield from known(resources, works, "superseded_by", work_ids, "resource")
    yield from known(roadmap, goals, "topics", topic_ids, "topic")
    needs = entries(roadmap, "topics", "requires")
    yield from known(roadmap, needs, "topic", topic_ids, "topic")
    for location, topic in topics:
        core, enough = topic.get("core"), topic.get("enough")
        if isinstance(core, list) and type(enough) is int and enough > len(core) > 0:
            yield roadmap.problem(
                (*location, "enough"),
                f"'enough' is {enough}, but 'core' has {len(core)}. Lower it.",
            )
        yield from _twice(
            roadmap, texts(entries_under(location, topic, "requires"), "topic"), "prerequisite"
        )
    yield from _circles(roadmap, topics)


def entries_under(location: Location, entry: dict[str, Any], key: str) -> Entries:
    """Return the entries of the list under *key* of one *entry*."""
    return [
        ((*location, key, i), inner)
        for i, inner in enumerate(_list(entry, key))
        if isinstance(inner, dict)
    ]


def unique(
    parts: Iterable[tuple[Document, Entries]],
    keys: Iterable[str],
    sentence: str,
    form: Callable[[str], str] = str,
) -> Iterator[Problem]:
    """Yield the *sentence* for each text under *keys* that was met before, in the same *form*."""
    seen: dict[str, str] = {}
    for document, found in parts:
        rows = sorted(row for key in keys for row in texts(found, key))
        for location, name in rows:
            place = document.place(location)
            here = f"{document.path.name}:{place.line}:{place.column}"
            first = seen.setdefault(form(name), here)
            if first != here:
                yield document.problem(location, sentence.format(name, first))


def _addresses(document: Document, works: Entries) -> Iterator[Problem]:
    """Yield a problem for each address, however it is spelled, that was met before."""
    ids = {location: entry.get("id") for location, entry in works}
    seen: dict[str, tuple[str, object]] = {}
    for location, url in sorted(row for key in ("url", "also") for row in texts(works, key)):
        place = document.place(location)
        here = f"{document.path.name}:{place.line}:{place.column}"
        owner = next(ids[location[:end]] for end in range(len(location)) if location[:end] in ids)
        first, other = seen.setdefault(canonical(url), (here, owner))
        if first != here:
            whose = "" if owner == other else f" of {owner}"
            yield document.problem(
                location,
                f"address {url!r}{whose} is already at {first}, of {other}."
                " Merge the two entries, or remove the address.",
            )


def _former(*parts: tuple[Document, Entries]) -> Iterator[Problem]:
    """Yield a problem for each former id in *parts*, which share their ids, that is in use."""
    present = {
        id_: document.path.name + ":{}:{}".format(*document.place(location))
        for document, found in parts
        for location, id_ in texts(found, "id")
    }
    for document, found in parts:
        for location, name in texts(found, "former_ids"):
            if name in present:
                yield document.problem(
                    location, f"former id {name!r} is in use at {present[name]}. Remove it here."
                )


def known(
    document: Document, found: Entries, key: str, names: set[str] | None, what: str
) -> Iterator[Problem]:
    """Yield a problem for each text under *key* that is none of *names*, or stands there twice.

    Where the names are not all known (None), none is called unknown.
    """
    for one in found:
        for location, name in texts([one], key):
            if names is not None and name not in names:
                yield document.problem(location, unknown(what, name, names))
        yield from _twice(document, texts([one], key), what)


def _twice(
    document: Document, rows: Iterable[tuple[Location, str]], what: str
) -> Iterator[Problem]:
    seen = set()
    for location, name in rows:
        if name in seen:
            yield document.problem(location, f"{what} {name!r} is listed twice. Keep one.")
        seen.add(name)


def unknown(what: str, name: str, names: Iterable[str]) -> str:
    """Return the sentence for a *name* that no *what* has."""
    near = get_close_matches(name, sorted(names), 1)
    hint = f"Did you mean {near[0]!r}?" if near else f"Add the {what} first, or correct the id."
    return f"no {what} {name!r}. {hint}"


def prerequisites(topics: Entries, aim: Aim = Aim.UNDERSTAND) -> dict[str, list[str]]:
    """Return the ids that each topic requires for an *aim*, as far as they are topics.

    What is needed to use a topic is needed to understand it as well.
    """
    ids = {id_ for _, id_ in texts(topics, "id")}
    return {
        topic["id"]: [
            edge["topic"]
            for _, edge in entries_under(location, topic, "requires")
            if edge.get("topic") in ids and (aim is Aim.UNDERSTAND or strength(edge) is Aim.USE)
        ]
        for location, topic in topics
        if isinstance(topic.get("id"), str)
    }


def strength(edge: dict[str, Any]) -> Aim:
    """Return what the prerequisite *edge* is needed for, as far as it says so."""
    return Aim.UNDERSTAND if edge.get("to") == Aim.UNDERSTAND else Aim.USE


def edge_places(topics: Entries) -> dict[tuple[str, str], Location]:
    """Return where each (topic, prerequisite) is written."""
    return {
        (topic["id"], need): location
        for here, topic in topics
        if isinstance(topic.get("id"), str)
        for location, need in texts(entries_under(here, topic, "requires"), "topic")
    }


def _circles(roadmap: Document, topics: Entries) -> Iterator[Problem]:
    places = edge_places(topics)
    for circle in graph.circles(prerequisites(topics)):
        place = places[circle[0], circle[1]]
        if len(circle) == 2:
            yield roadmap.problem(place, f"{circle[0]!r} requires itself. Remove it.")
            continue
        way = " -> ".join(circle)
        yield roadmap.problem(place, f"prerequisites in a circle: {way}. Remove one of them.")
