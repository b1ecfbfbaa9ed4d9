"""Load the catalog's files into checked values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llmpath.catalog import document, glossary
from llmpath.catalog.entries import ResourcesFile, RoadmapFile
from llmpath.catalog.locate import GLOSSARY, NAMES, Files, files
from llmpath.catalog.validate import alone, in_order, problems
from llmpath.curriculum import Catalog, Module, Track
from llmpath.errors import InvalidFile

PROBLEMS_SHOWN = 100


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
    return _whole(documents, words)


def two(old: Path, new: Path, beside: Files) -> tuple[Catalog, Catalog]:
    """Return the catalogs at two paths, each a folder or a lone file, ready to be compared.

    A lone file's other parts are those of the other path where it is a folder, else of *beside*,
    and references between the parts are not checked then. Raises InvalidFile with every problem.
    """
    found: list[document.Problem] = []
    sides = [_side(path, other, beside, found) for path, other in ((old, new), (new, old))]
    if found:
        raise invalid(in_order(found))
    return _whole(*sides[0]), _whole(*sides[1])


Side = tuple[list[document.Document], list[document.Document]]  # the two halves; a glossary if any


def _side(path: Path, other: Path, beside: Files, found: list[document.Problem]) -> Side:
    """Return the documents of one side of a comparison; their problems are added to *found*."""
    if path.is_dir():
        parts = files(str(path))
        pair, words = read(parts[:2], found), read(parts.present()[2:], found)
        found += problems(*pair) if len(pair) == 2 else []
        roadmap = pair[1] if len(pair) == 2 else None
        found += [fault for one in words for fault in glossary.problems(one, roadmap)]
        return pair, words
    lone = read([path], found)
    if not lone:
        return [], []
    rest = files(str(other)) if other.is_dir() else beside
    if glossary.is_glossary(lone[0]):
        found += glossary.problems(lone[0], None)
        return read(rest[:2], found), lone
    half = 0 if is_roadmap(lone[0]) else 1
    pair = sorted([*lone, *read([rest[:2][half]], found)], key=is_roadmap)
    found += [fault for one in pair for fault in alone(one, is_roadmap(one))]
    return pair, read(rest.present()[2:], found)


def _whole(pair: Sequence[document.Document], words: Sequence[document.Document]) -> Catalog:
    loaded = catalog(*pair)
    return glossary.added(loaded, words[0]) if words else loaded


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
    more = [f"... and {len(found) - PROBLEMS_SHOWN} more"] if len(found) > PROBLEMS_SHOWN else []
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    if len(found) >= document.FAULTS:
        count += " or more"
    return InvalidFile(
        f"The catalog has {count}.", "", [str(problem) for problem in found[:PROBLEMS_SHOWN]] + more
    )
