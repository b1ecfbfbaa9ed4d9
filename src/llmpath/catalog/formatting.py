"""Bring catalog files into their canonical layout, on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from llmpath.catalog.document import LARGEST, Problem, Unreadable, read_document
from llmpath.catalog.entries import Entry, GlossaryFile, ResourcesFile
from llmpath.catalog.glossary import is_glossary
from llmpath.catalog.layout import Changed, laid_out
from llmpath.catalog.load import invalid, is_roadmap
from llmpath.catalog.locate import GLOSSARY, NAMES
from llmpath.catalog.map_entries import RoadmapFile
from llmpath.errors import InvalidFile
from llmpath.files import write_file
from llmpath.inputs import read_file


class Change(NamedTuple):
    """A file's text as it is and as it should be."""

    path: Path
    before: str
    after: str

    @property
    def is_one(self) -> bool:
        """Whether anything changes."""
        return self.before != self.after

    def difference(self) -> str:
        """Return the change as a unified diff, '' when there is none."""
        return "".join(self._rows())

    def _rows(self) -> Iterator[str]:
        before, after = (text.splitlines(keepends=True) for text in (self.before, self.after))
        for row in unified_diff(before, after, str(self.path), f"{self.path} (formatted)"):
            yield row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n"


def changes(where: Path) -> list[Change]:
    """Return what the layout changes in the file at *where*, or in all of a folder.

    Raises InvalidFile, naming every problem, where one cannot be read whole: nothing is left out.
    """
    paths = [where]
    if os.path.isdir(where):
        paths = [where / name for name in NAMES]
        paths += [where / GLOSSARY] if os.path.isfile(where / GLOSSARY) else []
    found: list[Change] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            document = read_document(path)
        except Unreadable as error:
            problems += error.problems
            continue
        if not isinstance(document.value, dict):
            problems.append(document.problem((), "not a catalog file: it has no keys. See --help."))
        if document.faults or not isinstance(document.value, dict):
            problems += document.faults
            continue
        kind: type[Entry] = RoadmapFile if is_roadmap(document) else ResourcesFile
        if is_glossary(document):
            kind = GlossaryFile
        try:
            before = read_file(path, LARGEST).decode()
            found.append(Change(path, before, laid_out(document, kind)))
        except Changed:
            raise InvalidFile(
                f"{path} cannot be formatted without changing its values; it was left as it is.",
                "Simplify its unusual texts (very long keys, for example).",
            ) from None
    if problems:
        raise invalid(problems)
    return found


def write(change: Change) -> None:
    """Write the file as it should be: whole or not at all, with the mode it has."""
    write_file(change.path, change.after)
