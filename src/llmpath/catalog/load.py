"""Load the catalog's files into checked values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llmpath.catalog import document
from llmpath.catalog.entries import ResourcesFile, RoadmapFile
from llmpath.catalog.locate import Files
from llmpath.catalog.validate import problems, shape
from llmpath.content import Catalog, Module, Track
from llmpath.errors import InvalidFile

SHOWN = 100


def load(files: Files) -> Catalog:
    """Return the catalog in *files*; raise InvalidFile with every problem when there is one."""
    try:
        resources, roadmap = (document.read(path) for path in files)
    except document.Unreadable as error:
        raise invalid([error.problem]) from None
    found = problems(resources, roadmap)
    if found:
        raise invalid(found)
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
    """Return every problem of one catalog file, or of a folder with both.

    A lone file is held against its sibling in the same folder, else against that of *beside*; it
    is told by its keys which of the two it is.
    """
    if path.is_dir():
        pair = Files(path / "resources.yaml", path / "roadmap.yaml")
    else:
        try:
            value = document.read(path).value
        except document.Unreadable as error:
            return [error.problem]
        is_roadmap = isinstance(value, dict) and ("topics" in value or "tracks" in value)
        sibling = path.with_name("resources.yaml" if is_roadmap else "roadmap.yaml")
        if is_roadmap:
            pair = Files(sibling if sibling.is_file() else beside.resources, path)
        else:
            pair = Files(path, sibling if sibling.is_file() else beside.roadmap)
    found: list[document.Problem] = []
    documents = []
    for file in pair:
        try:
            documents.append(document.read(file))
        except document.Unreadable as error:
            found.append(error.problem)
    if len(documents) == 2:
        found += problems(*documents)
    elif documents:
        kind = ResourcesFile if documents[0].path == pair.resources else RoadmapFile
        found += shape(documents[0], kind)
    return found


def invalid(found: Sequence[document.Problem]) -> InvalidFile:
    """Return the error that tells of the problems *found*."""
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    return InvalidFile(
        f"The catalog has {count}.", "", [str(problem) for problem in found[:SHOWN]] + more
    )
