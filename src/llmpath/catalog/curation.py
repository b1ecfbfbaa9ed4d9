"""Find what should not be in a good catalog, though the program works in spite of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from llmpath.catalog import graph
from llmpath.catalog.address import doubtful
from llmpath.catalog.document import Document, Problem
from llmpath.catalog.validate import edge_places, entries, prerequisites, texts
from llmpath.vocab import Aim, Upkeep


def advice(resources: Document, roadmap: Document) -> Iterator[Problem]:
    """Yield what a curator should mend in the catalog of the two files."""
    yield from _addresses(resources)
    yield from _figures(resources)
    yield from _choice(resources)
    yield from _core(resources, roadmap)
    yield from _sizes(resources, roadmap)
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
        core = [work_id for _, work_id in texts([(location, topic)], "core")]
        for key in ("core", "further"):
            for place, work_id in texts([(location, topic)], key):
                if id_ not in treats.get(work_id, {id_}):
                    yield roadmap.problem(
                        place,
                        f"{work_id!r} does not cover {id_!r}."
                        f" Add the topic to its 'topics', or remove it from {key!r}.",
                    )
                if key == "further" and work_id in core:
                    yield roadmap.problem(
                        place, f"{work_id!r} is in 'core' already. Remove it from 'further'."
                    )


def _choice(resources: Document) -> Iterator[Problem]:
    """Yield where the editors' choice has no reason, and where what is old has no successor."""
    for location, work in entries(resources, "resources"):
        if work.get("essential") is True and "because" not in work:
            yield resources.problem(
                (*location, "essential"),
                "'essential' without a reason. Say under 'because' why nobody should miss it.",
                key=True,
            )
        if "because" in work and work.get("essential") is not True:
            yield resources.problem(
                (*location, "because"),
                "'because' is the reason of 'essential: true'. Add that, or remove the reason.",
                key=True,
            )
        if work.get("status") == Upkeep.SUPERSEDED and "superseded_by" not in work:
            yield resources.problem(
                (*location, "status"), "superseded by what? Name it under 'superseded_by'."
            )


def _sizes(resources: Document, roadmap: Document) -> Iterator[Problem]:
    """Yield the topics that can be learned by less than their size, or by what is not kept up."""
    works = {
        work["id"]: work
        for _, work in entries(resources, "resources")
        if isinstance(work.get("id"), str)
    }
    topics = entries(roadmap, "topics")
    shared = Counter(work_id for _, work_id in texts(topics, "core"))
    for location, topic in topics:
        core = [work_id for _, work_id in texts([(location, topic)], "core") if work_id in works]
        for place, work_id in texts([(location, topic)], "core"):
            status = works.get(work_id, {}).get("status", Upkeep.LIVE)
            if status in tuple(Upkeep) and status != Upkeep.LIVE:
                yield roadmap.problem(
                    place,
                    f"{work_id!r} is {status}; nobody should be sent there to learn"
                    f" {topic.get('id')!r}. Move it to 'further', or take another.",
                )
        size = topic.get("size")
        if type(size) is not int or not core:
            continue
        least = cheapest(
            [(_minutes(works[work_id]), shared[work_id]) for work_id in core],
            topic.get("enough", 1),
        )
        if least < size:
            yield roadmap.problem(
                (*location, "size"),
                f"{topic.get('id')!r} can be passed in {least:.0f} minutes, and its size is {size}."
                " Move what is too short from 'core' to 'further', or raise 'enough'.",
            )


def cheapest(works: Iterable[tuple[int, int]], enough: int) -> float:
    """Return the least minutes of study by which a topic is learned.

    *works* are those of its core: their minutes, and of how many topics each is in the core. What
    teaches several topics counts for each with its share, for in the time of one it cannot teach
    all of them.
    """
    return sum(sorted(minutes / topics for minutes, topics in works)[:enough])


def _minutes(work: dict[str, Any]) -> int:
    minutes = work.get("minutes")
    return minutes if type(minutes) is int else 0


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
    to_use = prerequisites(topics, Aim.USE)
    implied = {(topic, need): way for topic, need, way in graph.implied(to_use)}
    for topic, need, way in graph.implied(requires):
        if need not in to_use[topic]:  # one to use may be implied for understanding alone
            implied[topic, need] = way
    for (topic, need), way in implied.items():
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
