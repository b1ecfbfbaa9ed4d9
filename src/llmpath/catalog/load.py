"""Load the catalog's files into checked values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llmpath.catalog import document, glossary
from llmpath.catalog.entries import ResourcesFile, RoadmapFile
from llmpath.catalog.locate import GLOSSARY, NAMES, Files
from llmpath.catalog.validate import alone, in_order, problems
from llmpath.content import Catalog, Module, Track
from llmpath.errors import InvalidFile

SHOWN = 100


def load(files: Files) -> Catalog:
    """Return the catalog in *files*; raise InvalidFile with every problem when there is one."""
    found: list[document.Problem] = []
    documents = read(files[:2], found)
    words = read(files.present()[2:], found)
    if len(documents) == 2:
        found += problems(*documents)
        for one in words:
            found += glossary.problems(one, documents[1])
    if found:
        raise invalid(found)
    loaded = catalog(*documents)
    return glossary.added(loaded, words[0]) if words else loaded


def two(old: Path, new: Path, beside: Files) -> tuple[Catalog, Catalog]:
    """Return the catalogs at two paths, each a folder or a lone file, ready to be compared.

    A lone file's other half is that of the other path where it is a folder, else of *beside*, and
    references between the halves are not checked then. Raises InvalidFile with every problem.
    """
    found: list[document.Problem] = []
    pairs = []
    for path, other in ((old, new), (new, old)):
        if path.is_dir():
            pair = read([path / name for name in NAMES], found)
            checked = problems(*pair) if len(pair) == 2 else []
        else:
            pair = read([path], found)
            checked = []
            if pair:
                half = 0 if is_roadmap(pair[0]) else 1
                rest = (other / NAMES[half]) if other.is_dir() else beside[:2][half]
                pair = sorted([*pair, *read([rest], found)], key=is_roadmap)
                checked = [fault for one in pair for fault in alone(one, is_roadmap(one))]
        found += checked
        pairs.append(pair)
    if found:
        raise invalid(in_order(found))
    return catalog(*pairs[0]), catalog(*pairs[1])


def read(paths: Sequence[Path], found: list[document.Problem]) -> list[document.Document]:
    """Return the documents that can be read; why the others cannot is added to *found*."""
    documents = []
    for path in paths:
        try:
            documents.append(document.read(path))
        except document.Unreadable as error:
            found += error.problems
    return documents


def catalog(resources: document.Document, roadmap: document.Document) -> Catalog:
    """Return the values of two documents without problems."""
    works = ResourcesFile.model_validate(resources.value)
    map_ = RoadmapFile.model_validate(roadmap.value)
    return Catalog(
        tuple(source.value() for source in works.sources),
        tuple(Track(track.id, track.title, track.summary) for track in map_.tracks),
        tuple(
            Module(module.id, module.title, track.id)
            for track in map_.tracks
            for module in track.modules
        ),
        tuple(topic.value() for topic in map_.topics),
        tuple(resource.value() for resource in works.resources),
    )


def check(path: Path, beside: Files) -> list[document.Problem]:
    """Return every problem of one catalog file, or of a folder with all, those of curation too.

    A lone file is held against its sibling in the same folder; where it has none, against that of
    *beside*, whose own problems are then left out. Its keys tell which of them it is.
    """
    from llmpath.catalog.curation import advice

    found: list[document.Problem] = []
    if path.is_dir():
        documents = read([path / name for name in NAMES], found)
        words = read([path / GLOSSARY] if (path / GLOSSARY).is_file() else [], found)
        found += [
            fault
            for one in words
            for fault in glossary.problems(one, documents[1] if len(documents) == 2 else None)
        ]
    else:
        documents = read([path], found)
        if documents and glossary.is_glossary(documents[0]):
            sibling = path.with_name(NAMES[1])
            roadmap = read([sibling if sibling.is_file() else beside.roadmap], [])
            return found + glossary.problems(documents[0], roadmap[0] if roadmap else None)
        if documents:
            documents = _paired(documents[0], beside, found)
    if len(documents) == 2:
        found += [*problems(*documents), *advice(*documents)]
    else:
        for one in documents:
            found += alone(one, is_roadmap(one))
    folder = path if path.is_dir() else path.parent
    return in_order(one for one in found if one.path.parent == folder)


def is_roadmap(one: document.Document) -> bool:
    """Say by its keys, or without any by its name, whether a document is a roadmap."""
    if isinstance(one.value, dict) and one.value:
        return bool({"topics", "tracks"} & one.value.keys()) and "resources" not in one.value
    return "roadmap" in one.path.name


def _paired(
    one: document.Document, beside: Files, found: list[document.Problem]
) -> list[document.Document]:
    """Return *one* and the other file of its catalog, resources first, as far as it is there."""
    other = 0 if is_roadmap(one) else 1
    sibling = one.path.with_name(Files._fields[other] + ".yaml")
    if not sibling.is_file():
        sibling = beside[:2][other]
    pair = [one, *read([sibling], found)]
    return pair if other else pair[::-1]


def invalid(found: Sequence[document.Problem]) -> InvalidFile:
    """Return the error that tells of the problems *found*."""
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    if len(found) >= document.FAULTS:
        count += " or more"
    return InvalidFile(
        f"The catalog has {count}.", "", [str(problem) for problem in found[:SHOWN]] + more
    )
