"""Load the catalog's files into checked values."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from llmpath.catalog import document, glossary
from llmpath.catalog.document import Document, Problem
from llmpath.catalog.entries import ResourcesFile
from llmpath.catalog.locate import Files, files
from llmpath.catalog.map_entries import RoadmapFile
from llmpath.catalog.validate import alone, in_order, problems
from llmpath.curriculum import Catalog, Module, Track
from llmpath.errors import InvalidFile

PROBLEMS_SHOWN = 100


class Documents(NamedTuple):
    """A catalog's files as read; None for one that cannot be read, or for no glossary."""

    resources: Document | None = None
    roadmap: Document | None = None
    glossary: Document | None = None

    @property
    def pair(self) -> tuple[Document, Document] | None:
        """The two halves, where both can be read."""
        if self.resources and self.roadmap:
            return self.resources, self.roadmap
        return None

    def problems(self) -> list[Problem]:
        """Return what keeps the catalog from being used, as far as its files can be read."""
        found = problems(*self.pair) if self.pair else []
        if self.glossary:
            found += glossary.problems(self.glossary, self.roadmap if self.pair else None)
        return found

    def catalog(self) -> Catalog:
        """Return the values of documents without problems."""
        assert self.pair is not None
        loaded = _values(*self.pair)
        return glossary.added(loaded, self.glossary) if self.glossary else loaded


def gather(paths: Files, found: list[Problem], lone: Document | None = None) -> Documents:
    """Return the documents at *paths*, with *lone* in the place of the one of its part.

    Why others cannot be read is added to *found*.
    """
    parts = {
        name: read(path, found)
        for name, path in paths._asdict().items()
        if path in paths.present() and not (lone and name == part_of(lone))
    }
    return Documents(**parts, **({part_of(lone): lone} if lone else {}))


def read(path: Path, found: list[Problem]) -> Document | None:
    """Return the document at *path*; why it cannot be read is added to *found*."""
    try:
        return document.read_document(path)
    except document.Unreadable as error:
        found += error.problems
        return None


def part_of(one: Document) -> str:
    """Return which file of a catalog a document is: 'resources', 'roadmap' or 'glossary'."""
    if glossary.is_glossary(one):
        return "glossary"
    return "roadmap" if is_roadmap(one) else "resources"


def load(files: Files) -> Catalog:
    """Return the catalog in *files*; raise InvalidFile with every problem when there is one."""
    found: list[Problem] = []
    documents = gather(files, found)
    found += documents.problems()
    if found:
        raise invalid(found)
    return documents.catalog()


def two(old: Path, new: Path, beside: Files) -> tuple[Catalog, Catalog]:
    """Return the catalogs at two paths, each a folder or a lone file, ready to be compared.

    A lone file's other parts are those of the other path where it is a folder, else of *beside*,
    and references between the parts are not checked then. Raises InvalidFile with every problem.
    """
    found: list[Problem] = []
    sides = [_side(path, other, beside, found) for path, other in ((old, new), (new, old))]
    if found:
        raise invalid(in_order(found))
    return sides[0].catalog(), sides[1].catalog()


def _side(path: Path, other: Path, beside: Files, found: list[Problem]) -> Documents:
    """Return the documents of one side of a comparison; their problems are added to *found*."""
    if os.path.isdir(path):
        documents = gather(files(str(path)), found)
        found += documents.problems()
        return documents
    lone = read(path, found)
    if lone is None:
        return Documents()
    documents = gather(files(str(other)) if os.path.isdir(other) else beside, found, lone)
    if lone is documents.glossary:
        found += glossary.problems(lone, None)
    elif documents.pair:
        found += [fault for half in documents.pair for fault in alone(half, is_roadmap(half))]
    return documents


def check(path: Path, beside: Files) -> list[Problem]:
    """Return every problem of one catalog file, or of a folder with all, those of curation too.

    A lone file is held against its sibling in the same folder; where it has none, against that of
    *beside*, whose own problems are then left out. Its keys tell which of them it is.
    """
    from llmpath.catalog.curation import advice

    found: list[Problem] = []
    folder = path if os.path.isdir(path) else path.parent
    if os.path.isdir(path):
        documents = gather(files(str(path)), found)
    else:
        lone = read(path, found)
        if lone is None:
            return in_order(found)
        documents = gather(_siblings(folder, beside), found, lone)
        if lone is documents.glossary:
            return glossary.problems(lone, documents.roadmap)
        documents = documents._replace(glossary=None)
    found += documents.problems()
    if documents.pair:
        found += advice(*documents.pair)
    for one in (documents.resources, documents.roadmap):
        if one and not documents.pair:
            found += alone(one, is_roadmap(one))
    return in_order(one for one in found if one.path.parent == folder)


def _siblings(folder: Path, beside: Files) -> Files:
    """Return the files in *folder*, and of *beside* those that it lacks."""
    own = files(str(folder))
    return Files(
        *(
            mine if os.path.isfile(mine) else other
            for mine, other in zip(own[:2], beside[:2], strict=True)
        )
    )


def _values(resources: Document, roadmap: Document) -> Catalog:
    works = ResourcesFile.model_validate(resources.value)
    map_ = RoadmapFile.model_validate(roadmap.value)
    return Catalog(
        tuple(source.value() for source in works.sources),
        tuple(Track(track.id, track.title, track.summary, str(track.aim)) for track in map_.tracks),
        tuple(
            Module(module.id, module.title, track.id)
            for track in map_.tracks
            for module in track.modules
        ),
        tuple(topic.value() for topic in map_.topics),
        tuple(resource.value() for resource in works.resources),
        destinations=tuple(goal.value() for goal in map_.goals),
        edition=map_.edition or "",
    )


def is_roadmap(one: Document) -> bool:
    """Say by its keys, or without any by its name, whether a document is a roadmap."""
    if isinstance(one.value, dict) and one.value:
        return bool({"topics", "tracks"} & one.value.keys()) and "resources" not in one.value
    return "roadmap" in one.path.name


def invalid(found: Sequence[Problem]) -> InvalidFile:
    """Return the error that tells of the problems *found*."""
    more = [f"... and {len(found) - PROBLEMS_SHOWN} more"] if len(found) > PROBLEMS_SHOWN else []
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    if len(found) >= document.FAULTS:
        count += " or more"
    return InvalidFile(
        f"The catalog has {count}.", "", [str(problem) for problem in found[:PROBLEMS_SHOWN]] + more
    )
