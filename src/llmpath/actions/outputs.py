"""Write what was asked for to a file that the learner names, but never over data of their own."""

import os
import re
import stat
from pathlib import Path

from llmpath import kept
from llmpath.actions.workspace import Workspace
from llmpath.errors import DatabaseTrouble, UsageError, quoted
from llmpath.files import BESIDE, Target, target, write_file
from llmpath.store.database import backups

OWN_NAME = re.compile(r"llmpath[^/]*\.db(?![^-])")  # of a database, or of what is beside one
OWN_FOLDERS = ("backups", "lists", "drafts")  # in the data folder: nothing there is replaced


def write(w: Workspace, output: Path, text: str) -> None:
    """Write *text* to the file *output*, what is no regular file included.

    Raises UsageError where that is the learner's own data or a folder, DatabaseTrouble where it
    cannot be written. On a trial nothing is written.
    """
    to = checked(w, output)
    if to.status and not to.through and backups.is_one(to.path):
        raise UsageError(f"{output} is a backup of your llmpath data.", "Choose another file.")
    if w.trial:
        return
    try:
        write_file(output, text)
        kept.mark()
    except BrokenPipeError:
        raise  # its reader has seen enough
    except OSError as error:
        raise unwritable(output, error) from None


def checked(w: Workspace, output: Path) -> Target:
    """Return where what is written to *output* goes; raises as `write` does."""
    if "\0" in str(output):
        raise UsageError(f"{quoted(str(output))} cannot be the name of a file.")
    try:
        to = target(output)
    except IsADirectoryError:
        example = output / "llmpath.out"
        raise UsageError(f"{output.absolute()} is a folder.", f"Name a file: {example}") from None
    except OSError as error:
        raise unwritable(output, error) from None
    if to.status and stat.S_ISBLK(to.status.st_mode):
        raise UsageError(f"{output} is a disk.", "Choose a file on it instead.")
    if _is_own(w, to):
        raise UsageError(f"{output} is part of your own llmpath data.", "Choose another file.")
    return to


def unwritable(output: Path, error: OSError) -> DatabaseTrouble:
    """Return what to tell where *output* cannot be written."""
    return DatabaseTrouble(f"Cannot write {output}: {error.strerror or error}.")


def _is_own(w: Workspace, to: Target) -> bool:
    database = w.settings.database
    behind = os.path.realpath(database)  # where a link leads, SQLite has its files, too
    own = [
        *(Path(f"{one}{tail}") for one in (database, behind) for tail in ("", *BESIDE)),
        w.settings.config / "config.toml",
        *w.files.present(),
        *(backup.path for backup in backups.found(database)),
    ]
    if any(_same(to, one) for one in own):
        return True
    at_home = any(_is_one(to.path.parent, one) for one in (database.parent, Path(behind).parent))
    if at_home and (to.path.name in OWN_FOLDERS or OWN_NAME.match(to.path.name)):
        return True  # a name that will be needed
    folders = [database.parent / name for name in OWN_FOLDERS]
    return to.status is not None and any(
        _is_one(folder, one) for one in to.path.parents for folder in folders
    )


def _same(to: Target, own: Path) -> bool:
    real = Path(os.path.realpath(own))
    if to.status:
        return to.path == real or _is_one(to.path, real)
    # What is not there yet has a name alone, which some file systems take in any case.
    alike = to.path.name.casefold() == real.name.casefold()
    return alike and (to.path.parent == real.parent or _is_one(to.path.parent, real.parent))


def _is_one(path: Path, other: Path) -> bool:
    """Say whether both lead to one file or folder that is there, whatever they are called."""
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False
