"""Find every fault of a catalog, each with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from llmpath.catalog.address import canonical
from llmpath.catalog.document import Document, Location, Problem
from llmpath.catalog.entries import Entry, GlossaryFile, ResourcesFile, RoadmapFile, known_keys


def shape(document: Document, file: type[Entry]) -> Iterator[Problem]:
    """Yield what is wrong with each entry taken by itself."""
    if not isinstance(document.value, dict):
        keys = ", ".join(known_keys(file, ()))
        yield document.problem((), f"not a catalog file. It starts with the keys {keys}.")
        return
    try:
        file.model_validate(document.value)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            yield document.problem(tuple(fault["loc"]), _sentence(fault, file))


def _sentence(fault: Any, file: type[Entry]) -> str:
    location: Location = tuple(fault["loc"])
    key, context, given = location[-1] if location else "", fault.get("ctx", {}), fault["input"]
    match fault["type"]:
        case "extra_forbidden":
            keys = known_keys(file, location[:-1])
            near = get_close_matches(str(key), keys, 1)
            return f"unknown key {key!r}. " + (
                f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(keys)}."
            )
        case "missing":
            return f"{key!r} is missing. Add it."
        case "enum":
            near = get_close_matches(str(given), context["expected"].replace("'", "").split(), 1)
            hint = f" Did you mean {near[0].rstrip(',')!r}?" if near else ""
            return f"{key!r} is {context['expected']}, not {_short(given)}.{hint}"
        case "string_too_short" if given == "":
            return f"{key!r} is empty. Write it or leave the key out."
        case "string_too_short":
            return (
                f"{key!r} has {len(given)} characters; at least {context['min_length']} are wanted."
            )
        case "string_too_long":
            return (
                f"{key!r} has {len(given)} characters; at most {context['max_length']} are allowed."
            )
        case "string_pattern_mismatch":
            return f"{_short(given)} {_PATTERNS.get(context['pattern'], 'has the wrong form')}."
        case "string_type":
            return f"{key!r} is a text, not {_short(given)}. Put it in quotes."
        case "int_type" | "bool_type" | "list_type" | "model_type" | "model_attributes_type":
            wanted = _WANTED[fault["type"]]
            return f"{key!r} is {wanted}, not {_short(given)}."
        case _:
            message = fault["msg"]
            return f"{key!r}: {message[0].lower()}{message[1:]}, not {_short(given)}."


_WANTED = {
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list, such as [one, two]",
    "model_type": "an entry with keys",
    "model_attributes_type": "an entry with keys",
}
_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "is not an id: use lower-case letters, digits and hyphens",
    r"^https?://[^\s/]+\S*$": "is not an address: it starts with http:// or https://",
    r"^[^\n]*$": "has more than one line: keep it on one",
    r"^\d{4}-(0[1-9]|1[0-2])$": "is not a month: write it as 2024-05",
}


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def references(resources: Document, roadmap: Document) -> Iterator[Problem]:
    """Yield what is wrong between entries: names used twice, names that nothing has, cycles.

    Both documents must have the right shape.
    """
    works, tracks = resources.value["resources"], roadmap.value["tracks"]
    topics = roadmap.value["topics"]
    topic_ids = {topic["id"] for topic in topics}
    work_ids = {work["id"] for work in works}
    source_ids = {source["id"] for source in resources.value["sources"]}
    module_ids = {module["id"] for track in tracks for module in track["modules"]}

    yield from _unique(
        [(resources, ("resources", i, "id"), work["id"]) for i, work in enumerate(works)]
        + [(roadmap, ("topics", i, "id"), topic["id"]) for i, topic in enumerate(topics)],
        "id {!r} is taken at {}. Choose another.",
    )
    yield from _unique(
        [
            (roadmap, ("topics", i, "cards", j, "id"), card["id"])
            for i, topic in enumerate(topics)
            for j, card in enumerate(topic.get("cards", ()))
        ],
        "card id {!r} is taken at {}. Choose another.",
    )
    yield from _unique(
        [
            (resources, ("resources", i, *where), address)
            for i, work in enumerate(works)
            for where, address in _addresses(work)
        ],
        "address {!r} stands at {} already. Merge the two entries.",
        key=canonical,
    )
    for i, work in enumerate(works):
        here = ("resources", i)
        yield from _known(resources, (*here, "topics"), work["topics"], topic_ids, "topic")
        yield from _known(resources, (*here, "sources"), work["sources"], source_ids, "source")
    for i, topic in enumerate(topics):
        here = ("topics", i)
        if topic["module"] not in module_ids:
            yield roadmap.problem(
                (*here, "module"), _unknown("module", topic["module"], module_ids)
            )
        yield from _known(roadmap, (*here, "core"), topic.get("core", ()), work_ids, "resource")
        if topic.get("core") and topic.get("enough", 1) > len(topic["core"]):
            yield roadmap.problem(
                (*here, "enough"),
                f"'enough' is {topic['enough']}, but 'core' has {len(topic['core'])}. Lower it.",
            )
        for j, edge in enumerate(topic.get("requires", ())):
            if edge["topic"] not in topic_ids:
                yield roadmap.problem(
                    (*here, "requires", j, "topic"), _unknown("topic", edge["topic"], topic_ids)
                )
    yield from _graph(roadmap, topics, topic_ids)


def _addresses(work: Any) -> Iterator[tuple[Location, str]]:
    yield ("url",), work["url"]
    for j, address in enumerate(work.get("also", ())):
        yield ("also", j), address


def _unique(
    rows: Iterable[tuple[Document, Location, str]], sentence: str, key: Any = lambda name: name
) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for document, location, name in rows:
        place = document.place(location)
        first = seen.setdefault(key(name), f"{document.path.name}:{place.line}:{place.column}")
        if first != f"{document.path.name}:{place.line}:{place.column}":
            yield document.problem(location, sentence.format(name, first))


def _known(
    document: Document, location: Location, names: Iterable[str], known: set[str], what: str
) -> Iterator[Problem]:
    seen = set()
    for j, name in enumerate(names):
        if name not in known:
            yield document.problem((*location, j), _unknown(what, name, known))
        if name in seen:
            yield document.problem((*location, j), f"{what} {name!r} is listed twice. Keep one.")
        seen.add(name)


def _unknown(what: str, name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), 1)
    return f"no {what} {name!r}. " + (f"Did you mean {near[0]!r}?" if near else "Add it first.")


def _graph(roadmap: Document, topics: Any, known: set[str]) -> Iterator[Problem]:
    index = {topic["id"]: i for i, topic in enumerate(topics)}
    requires = {
        topic["id"]: [edge["topic"] for edge in topic.get("requires", ()) if edge["topic"] in known]
        for topic in topics
    }
    cycle = find_cycle(requires)
    if cycle:
        at = ("topics", index[cycle[0]], "requires")
        path = " -> ".join(cycle)
        yield roadmap.problem(at, f"prerequisites in a circle: {path}. Remove one of them.")
        return
    for topic, edges in requires.items():
        for j, edge in enumerate(edges):
            via = next(
                (other for other in edges if other != edge and edge in behind(requires, other)),
                None,
            )
            if via:
                yield roadmap.problem(
                    ("topics", index[topic], "requires", j, "topic"),
                    f"{edge!r} is implied by {via!r}, which requires it. Remove it.",
                )


def find_cycle(requires: dict[str, list[str]]) -> list[str]:
    """Return a circle of prerequisites, its first member also last, or nothing."""
    from graphlib import CycleError, TopologicalSorter

    try:
        TopologicalSorter(requires).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def behind(requires: dict[str, list[str]], topic: str) -> set[str]:
    """Return all that *topic* requires, directly or not."""
    found: set[str] = set()
    queue = list(requires[topic])
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            queue += requires[name]
    return found


def glossary_references(glossary: Document, roadmap: Document) -> Iterator[Problem]:
    """Yield what is wrong between terms: ids and terms used twice, topics that nothing has.

    Both documents must have the right shape.
    """
    terms = glossary.value["terms"]
    topic_ids = {topic["id"] for topic in roadmap.value["topics"]}
    for key in ("id", "term"):
        yield from _unique(
            [(glossary, ("terms", i, key), term[key]) for i, term in enumerate(terms)],
            key + " {!r} is taken at {}. Merge the two entries.",
            key=str.casefold,
        )
    yield from _unique(
        [
            (glossary, ("everyday", i, "say"), word["say"])
            for i, word in enumerate(glossary.value.get("everyday", ()))
        ],
        "{!r} stands at {} already. Merge the two entries.",
        key=str.casefold,
    )
    for i, term in enumerate(terms):
        if term["topic"] not in topic_ids:
            yield glossary.problem(
                ("terms", i, "topic"), _unknown("topic", term["topic"], topic_ids)
            )


def problems(
    resources: Document, roadmap: Document, glossary: Document | None = None
) -> list[Problem]:
    """Return every problem of a catalog, by file and place."""
    found = [*shape(resources, ResourcesFile), *shape(roadmap, RoadmapFile)]
    if glossary is not None:
        found += shape(glossary, GlossaryFile)
    if not found:
        found = list(references(resources, roadmap))
        if glossary is not None:
            found += glossary_references(glossary, roadmap)
    return sorted(found, key=lambda problem: (problem.path.name, problem.place))
