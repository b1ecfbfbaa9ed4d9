"""Load the catalog's files into checked values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llmpath.catalog import document
from llmpath.catalog.entries import Entry, GlossaryFile, ResourcesFile, RoadmapFile
from llmpath.catalog.locate import GLOSSARY, NAMES, Files
from llmpath.catalog.validate import problems, shape
from llmpath.content import Catalog, Module, Track
from llmpath.errors import InvalidFile

SHOWN = 100


def load(files: Files) -> Catalog:
    """Return the catalog in *files*; raise InvalidFile with every problem when there is one."""
    try:
        resources, roadmap, *more = (document.read(path) for path in files.present())
    except document.Unreadable as error:
        raise invalid([error.problem]) from None
    found = problems(resources, roadmap, *more)
    if found:
        raise invalid(found)
    works = ResourcesFile.model_validate(resources.value)
    map_ = RoadmapFile.model_validate(roadmap.value)
    glossaries = [GlossaryFile.model_validate(one.value) for one in more]
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
        tuple(term.value() for one in glossaries for term in one.terms),
        tuple(word.value() for one in glossaries for word in one.everyday),
    )


def check(path: Path, beside: Files) -> list[document.Problem]:
    """Return every problem of one catalog file, or of a folder with all of them.

    A lone file is held against its siblings in the same folder, else against those of *beside*;
    it is told by its keys which of them it is.
    """
    if path.is_dir():
        files = Files(*(path / name for name in (*NAMES, GLOSSARY)))
    else:
        try:
            value = document.read(path).value
        except document.Unreadable as error:
            return [error.problem]
        folder = [path.with_name(name) for name in (*NAMES, GLOSSARY)]
        siblings = [file if file.is_file() else None for file in folder]
        own = _place(value)
        resources, roadmap, glossary = (
            path if i == own else sibling or other
            for i, (sibling, other) in enumerate(zip(siblings, beside, strict=True))
        )
        assert resources is not None
        assert roadmap is not None
        # A glossary is only held against the catalog it belongs to.
        files = Files(resources, roadmap, glossary if own == 2 else siblings[2])
    found: list[document.Problem] = []
    documents = {}
    for file in files.present():
        try:
            documents[file] = document.read(file)
        except document.Unreadable as error:
            found.append(error.problem)
    if not found:
        return problems(*documents.values())
    kinds: dict[Path | None, type[Entry]] = dict(
        zip(files, (ResourcesFile, RoadmapFile, GlossaryFile), strict=True)
    )
    for file, one in documents.items():
        found += shape(one, kinds[file])
    return found


def _place(value: object) -> int:
    """Return which of the files, in their order, has the keys of *value*."""
    keys = value if isinstance(value, dict) else {}
    return 2 if "terms" in keys else 1 if "topics" in keys or "tracks" in keys else 0


def invalid(found: Sequence[document.Problem]) -> InvalidFile:
    """Return the error that tells of the problems *found*."""
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    return InvalidFile(
        f"The catalog has {count}.", "", [str(problem) for problem in found[:SHOWN]] + more
    )
