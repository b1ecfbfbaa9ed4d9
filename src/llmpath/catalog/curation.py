"""Find what should not be in a good catalog, though the program works in spite of it."""

from __future__ import annotations

from collections.abc import Iterator

from llmpath.catalog import graph
from llmpath.catalog.address import doubtful
from llmpath.catalog.document import Document, Problem
from llmpath.catalog.validate import edge_places, entries, prerequisites, texts


def advice(resources: Document, roadmap: Document) -> Iterator[Problem]:
    """Yield what a curator should mend in the catalog of the two files."""
    yield from _addresses(resources)
    yield from _figures(resources)
    yield from _core(resources, roadmap)
    yield from _modules(roadmap)
    yield from _aliases(roadmap)
    yield from _edges(roadmap)


def _addresses(resources: Document) -> Iterator[Problem]:
    works, sources = entries(resources, "resources"), entries(resources, "sources")
    for found in (works, sources):  # `also` has addresses as they were, for better or worse
        for location, url in texts(found, "url"):
            if fault := doubtful(url):
                yield resources.problem(location, f"{url!r} {fault}")


def _figures(resources: Document) -> Iterator[Problem]:
    for location, work in entries(resources, "resources"):
        kind = work.get("kind")
        if isinstance(kind, str) and kind != "dataset" and "dataset" in work:
            yield resources.problem(
                (*location, "dataset"),
                f"'dataset' belongs to the kind dataset, and this is {kind!r}. Remove it.",
                key=True,
            )


def _core(resources: Document, roadmap: Document) -> Iterator[Problem]:
    present = {id_ for _, id_ in texts(entries(roadmap, "topics"), "id")}
    treats: dict[str, set[str]] = {}
    for location, work in entries(resources, "resources"):
        topics = {topic for _, topic in texts([(location, work)], "topics")}
        if isinstance(work.get("id"), str) and topics and topics <= present:
            treats.setdefault(work["id"], set()).update(topics)
    for location, topic in entries(roadmap, "topics"):
        id_ = topic.get("id")
        if not isinstance(id_, str):
            continue
        if topic.get("core", []) == []:
            yield roadmap.problem(
                (*location, "id"), f"{id_!r} has no core resource. Name at least one under 'core'."
            )
        for place, work_id in texts([(location, topic)], "core"):
            if id_ not in treats.get(work_id, {id_}):
                yield roadmap.problem(
                    place,
                    f"{work_id!r} does not cover {id_!r}."
                    " Add the topic to its 'topics', or remove it from 'core'.",
                )


def _modules(roadmap: Document) -> Iterator[Problem]:
    used = {module for _, module in texts(entries(roadmap, "topics"), "module")}
    for location, module in texts(entries(roadmap, "tracks", "modules"), "id"):
        if module not in used:
            yield roadmap.problem(
                location, f"module {module!r} has no topics. Add one, or remove the module."
            )


def _aliases(roadmap: Document) -> Iterator[Problem]:
    topics = entries(roadmap, "topics")
    taken = {title.casefold(): title for _, title in texts(topics, "title")}
    owner: dict[str, str] = {}
    for one in topics:
        title = str(one[1].get("title"))
        for location, alias in texts([one], "aliases"):
            name = alias.casefold()
            first = taken.get(name) or owner.setdefault(name, title)
            if first != title:
                yield roadmap.problem(
                    location, f"alias {alias!r} already leads to {first!r}. Keep it on one topic."
                )


def _edges(roadmap: Document) -> Iterator[Problem]:
    topics = entries(roadmap, "topics")
    requires, places = prerequisites(topics), edge_places(topics)
    for topic, need, way in graph.implied(requires):
        yield roadmap.problem(
            places[topic, need],
            f"{need!r} is implied: {' -> '.join(way)}. Remove it.",
        )
    needed = {need for needs in requires.values() for need in needs}
    if len(requires) == 1 or len(graph.order(requires)) < len(requires):
        return
    if any(need not in requires for _, need in places):
        return  # mended, the edge may lead to what seems to hang in the air
    for location, topic in texts(topics, "id"):
        if not requires[topic] and topic not in needed:
            yield roadmap.problem(
                location,
                f"{topic!r} is not connected to any topic: it requires nothing and nothing"
                " requires it. Give it a prerequisite.",
            )
