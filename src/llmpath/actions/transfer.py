"""Take the learners' data elsewhere, and bring it back or together."""

from pathlib import Path
from typing import NamedTuple

from llmpath import __version__, kept
from llmpath.actions.workspace import Workspace
from llmpath.errors import DatabaseTrouble
from llmpath.files import write_file
from llmpath.store.database import backups
from llmpath.store.history import exchange, transfer
from llmpath.store.history.transfer import Imported


class Import(NamedTuple):
    """What an import did or, in a dry run, would do."""

    file: Path
    replaced: bool
    dry_run: bool
    done: Imported


def exported(w: Workspace) -> str:
    """Return all learners' data, or that of the learner asked for alone, as an export's text."""
    only = w.learner.id if w.wanted else None
    document = transfer.export(w.connection, only)
    return exchange.written(document, w.moment.at, __version__)


def export_to(w: Workspace, output: Path) -> None:
    """Write an export to the file *output*; raises DatabaseTrouble where that cannot be."""
    text = exported(w)
    try:
        write_file(output, text)
        kept.mark()
    except OSError as error:
        raise DatabaseTrouble(f"Cannot write {output}: {error.strerror or error}.") from None


def import_(w: Workspace, file: Path, replace: bool = False, dry_run: bool = False) -> Import:
    """Merge the export in *file* with what is here, or *replace* what is here by it.

    A backup is made first. Raises InvalidFile, and DatabaseTrouble.
    """
    document = transfer.load(file)
    path = w.settings.database
    backup = backups.unused(backups.folder(path) / f"llmpath-{w.stamp}-before-import.db")
    act = transfer.replace if replace else transfer.join
    return Import(
        file, replace, dry_run, act(w.connection, path, document, None if dry_run else backup)
    )
