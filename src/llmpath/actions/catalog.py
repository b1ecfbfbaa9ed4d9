"""The catalog's files: check, format, compare, count, find them."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from llmpath.actions.workspace import Workspace

if TYPE_CHECKING:
    from llmpath.catalog.diff import Difference
    from llmpath.catalog.document import Problem
    from llmpath.catalog.formatting import Change
    from llmpath.errors import InvalidFile
    from llmpath.store.catalog.counts import Counts
    from llmpath.store.catalog.freshness import Freshness
    from llmpath.study.update import Effect


class Checked(NamedTuple):
    """Where a catalog was checked, and all that is wrong with it."""

    where: Path
    problems: "list[Problem]"


class Update(NamedTuple):
    """What a catalog update changes, and what it touches of the data of the learner called *name*.

    `effect` is None where there is no database yet.
    """

    difference: "Difference"
    effect: "Effect | None"
    name: str


def where(w: Workspace, file: Path | None) -> Path:
    """Return *file*, else the folder of the catalog in use."""
    return file or w.files.resources.parent


def check(w: Workspace, file: Path | None) -> Checked:
    """Return every problem of the catalog in *file*, a file or a folder; else of the one in use."""
    from llmpath.catalog import load

    path = where(w, file)
    return Checked(path, load.check(path, w.files))


def invalid(found: Checked) -> "InvalidFile":
    """Return the error that names every problem *found*."""
    from llmpath.catalog import load

    return load.invalid(found.problems)


def to_format(w: Workspace, file: Path | None, write: bool) -> "list[Change]":
    """Return how the files of a catalog are to be formatted, and *write* them so if asked."""
    from llmpath.catalog import formatting

    changes = formatting.changes(where(w, file))
    for change in changes:
        if write and change.is_one:
            formatting.write(change)
    return changes


def compare(w: Workspace, old: Path, new: Path) -> Update:
    """Return what leads from the catalog *old* to *new*, and what it touches of the learner's."""
    from llmpath.actions.catalog_update import effect_on
    from llmpath.catalog import load
    from llmpath.catalog.diff import compare

    before, after = load.two(old, new, w.files)
    effect = effect_on(w, before, after) if w.settings.database.exists() else None
    return Update(compare(before, after), effect, w.learner.name if effect else "")


def freshness(w: Workspace) -> "Freshness":
    """Return how old the catalog in use is by now."""
    from llmpath.store.catalog import freshness, replaced

    return freshness.freshness(
        w.connection, replaced.edition(w.connection), int(w.today.partition("-")[0])
    )


def count(w: Workspace) -> "Counts":
    """Return the figures of the catalog in use."""
    from llmpath.store.catalog import counts

    return counts.count(w.connection)
