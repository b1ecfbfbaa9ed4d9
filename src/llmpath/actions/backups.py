"""Back up all of the learners' data, and go back to a backup."""

from pathlib import Path
from typing import NamedTuple

from llmpath import kept
from llmpath.actions import outputs
from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError, arguments
from llmpath.store.database import backups, restoring
from llmpath.store.database.backups import Backup
from llmpath.store.health import soundness


class Made(NamedTuple):
    """A backup that was written and verified, with its SHA-256 in hexadecimal; '' on a trial."""

    path: Path
    checksum: str


class Checked(NamedTuple):
    """A backup that can be restored: its schema, and whether a checksum stands beside it."""

    path: Path
    version: int
    has_checksum: bool


class Restored(NamedTuple):
    """What was restored, and where what was there before was set aside (None: nothing was).

    What was damaged is kept as it was, and is no `backup` to go back to.
    """

    source: Path
    aside: Path | None
    backup: bool


def back_up(w: Workspace, output: Path | None = None) -> Made:
    """Back the database up to *output*, else beside it; raises DatabaseTrouble.

    Raises UsageError where *output* is the learner's own data, or a file that is no backup.
    """
    own = backups.folder(w.settings.database)
    target = output or backups.unused(own / f"llmpath-{w.stamp}.db")
    to = outputs.checked(w, target)
    if to.status and to.status.st_size and not to.through and not backups.is_one(to.path):
        raise UsageError(f"{target} is no backup of llmpath.", "Choose another file.")
    if not to.through and backups.has_foreign_checksum(to.path):
        raise UsageError(
            f"{target}.sha256 is no checksum of a backup, and would be replaced by one.",
            "Choose another file.",
        )
    if w.trial:
        return Made(target, "")
    made = Made(target, backups.copy(w.connection, target, own))
    kept.mark()
    return made


def found(w: Workspace) -> list[Backup]:
    """Return the backups there are, the newest first."""
    return backups.found(w.settings.database)


def source(w: Workspace, name: str | None) -> Path:
    """Return the backup that *name* means: a path, a name or a date; raises NotFound."""
    if name is None:
        newest = next(iter(found(w)), None)
        hint = "There is none yet."
        if newest:
            hint = f"The newest: llmpath restore {arguments(str(newest.path))}"
        raise UsageError("Which backup?", hint)
    path = restoring.find(w.settings.database, name)
    restoring.refuse_itself(w.settings.database, path)
    return path


def check(w: Workspace, name: str | None) -> Checked:
    """Return the backup called *name* if it is good; raises InvalidFile where it is not."""
    path = source(w, name)
    version = soundness.verify(path)
    _tell_of_differences(w, path)
    return Checked(path, version, backups.has_checksum(path))


def restore(w: Workspace, name: str | None) -> Restored:
    """Make the database what the backup called *name* is, setting aside what is there."""
    path = source(w, name)
    soundness.verify(path)
    _tell_of_differences(w, path)
    aside = restoring.restore(w.settings.database, path, w.stamp)
    kept.mark()
    return Restored(path, aside, aside is not None and backups.has_checksum(aside))


def _tell_of_differences(w: Workspace, path: Path) -> None:
    """Tell where rows in the backup at *path* are not what its log gives: both can be had."""
    if soundness.differs(path):
        w.tell(
            f"Some rows in {path} are not what its log says. To bring them in line, after the"
            " restore: llmpath doctor --fix"
        )
