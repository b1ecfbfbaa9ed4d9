"""What goes wrong with a database, in a learner's words: each failure with its next step.

Only what is really damaged is called so: a remedy for damage, taken where a database is merely in
use, out of reach or on a failing disk, would cost what is in it.
"""

import errno
import os
import sqlite3
import stat
from pathlib import Path

from llmpath.errors import DatabaseTrouble, RefusedDatabase

PATIENCE = 5  # seconds to wait for another program to be done with the database

BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR")
# Locks that are refused rather than held by others; of those that are not there at all SQLite
# says on some systems that they are held.
UNLOCKABLE = (
    "SQLITE_PROTOCOL",
    "SQLITE_NOLFS",
    "SQLITE_IOERR_LOCK",
    "SQLITE_IOERR_UNLOCK",
    "SQLITE_IOERR_RDLOCK",
    "SQLITE_IOERR_CHECKRESERVEDLOCK",
    "SQLITE_IOERR_SHMLOCK",
)
SPOILED = ("decode to UTF-8", "unsupported file format", "malformed")
UNLIKE = ("no such table", "no such column", "has no column named")
MOVED = ("SQLITE_READONLY_DBMOVED",)
UNREAD = (
    "SQLITE_IOERR_READ",
    "SQLITE_IOERR_SHORT_READ",
    "SQLITE_IOERR_FSTAT",
    "SQLITE_IOERR_CORRUPTFS",
)

NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)

FORMS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def failed(error: sqlite3.Error, *names: str) -> bool:
    """Say whether *error* is one of SQLite's *names*; what Python itself raised has no name."""
    return (getattr(error, "sqlite_errorname", None) or "").startswith(names)


def shows_damage(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Say whether *error* comes from what is in the database, rather than from around it."""
    if isinstance(error, UnicodeDecodeError):  # even SQLite's own message had a spoiled text in it
        return True
    return failed(error, *DAMAGED) or any(words in str(error) for words in SPOILED)


def comes_from_around(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Say whether *error* tells of the surroundings of a database, and nothing of itself."""
    return isinstance(error, sqlite3.Error) and failed(
        error, *BUSY, *UNLOCKABLE, *READ_ONLY, *NO_ROOM, "SQLITE_NOMEM", "SQLITE_INTERRUPT"
    )


def explain(error: sqlite3.Error | UnicodeDecodeError, path: Path | str) -> DatabaseTrouble:
    """Return what *error*, met while using the database at *path*, means to a learner."""
    if isinstance(error, UnicodeDecodeError) or shows_damage(error):
        return _failing(path) if disk_fails(path) else refused(path, "is damaged")
    if failed(error, *BUSY, *UNLOCKABLE):
        return _in_use(path)
    if failed(error, *MOVED):
        return DatabaseTrouble(
            f"Another program has moved or replaced {path} meanwhile.",
            "Nothing was changed. Try again.",
        )
    if failed(error, *READ_ONLY) and not _writable(path):
        return DatabaseTrouble(
            f"Cannot write to {path}: the file or its folder is read-only.",
            "Nothing was changed. Set LLMPATH_HOME to a folder you can write to.",
        )
    if failed(error, *UNREAD):
        return _failing(path)
    if failed(error, *READ_ONLY, *NO_ROOM):
        return DatabaseTrouble(
            f"Cannot write to {path}: the disk is full or failing.",
            "Nothing was changed. Free some space and try again.",
        )
    if any(words in str(error) for words in UNLIKE):
        return DatabaseTrouble(
            f"{path} is not as llmpath made it: {error}.",
            "Nothing was changed. See what can be done: llmpath doctor",
        )
    return DatabaseTrouble(
        f"The database {path} is not responding: {error}.", "Try: llmpath doctor"
    )


def refused(path: Path | str, what: str) -> RefusedDatabase:
    """Return the refusal of *path*, which *what* says the reason for, with the way back."""
    return RefusedDatabase(
        f"{path} {what}; it was left as it is.",
        "Check it with: llmpath doctor. Restore a backup with: llmpath restore",
    )


def unreadable(path: Path, error: OSError) -> DatabaseTrouble:
    """Return why the file at *path*, which the system refuses with *error*, cannot be read."""
    from shlex import quote  # 1 ms, only on the way to an error

    if error.errno == errno.ENOENT and path.is_symlink():
        return DatabaseTrouble(
            f"{path} is a link to {os.readlink(path)}, which is not there.",
            f"Connect the disk it is on, or remove the link: rm {quote(str(path))}",
        )
    if error.errno == errno.ELOOP:
        return DatabaseTrouble(
            f"{path} is a link that leads back to itself.",
            "Set LLMPATH_HOME to another folder, or remove the link.",
        )
    if error.errno == errno.EIO:
        return _failing(path)
    hint = "Set LLMPATH_HOME to a folder you own."
    if error.errno in (errno.EACCES, errno.EPERM):
        hint = _way_in(path) or hint
    return DatabaseTrouble(f"Cannot read {path}: {error.strerror or error}.", hint)


def uncreatable(path: Path, error: OSError) -> DatabaseTrouble:
    """Return why there can be no database at *path*, which the system refuses with *error*."""
    barred = [one for one in path.parents if os.path.lexists(one) and not os.path.isdir(one)]
    why = f"{barred[0]} is not a folder" if barred else error.strerror or str(error)
    return DatabaseTrouble(
        f"Cannot create {path}: {why}.", "Set LLMPATH_HOME to a folder you can write to."
    )


def other_form(path: Path, mode: int) -> str:
    """Return what stands at *path*, which has the *mode* of no regular file, as a sentence."""
    form = next((form for is_such, form in FORMS if is_such(mode)), "no regular file")
    return f"{path} is {form}, not a file"


def no_file(path: Path, mode: int) -> DatabaseTrouble:
    """Return the refusal of what stands where the database should be and is no regular file."""
    from shlex import quote

    name = str(path)
    return DatabaseTrouble(
        f"{other_form(path, mode)} with a database.",
        f"Move it away: mv {quote(name)} {quote(f'{name}.aside')}",
    )


def _in_use(path: Path | str) -> DatabaseTrouble:
    folder = Path(path).parent
    if _lacks_locks(folder):
        return DatabaseTrouble(
            f"The file system of {folder} has no file locks, which keep two commands from"
            " writing at once.",
            "Nothing was changed. Set LLMPATH_HOME to a folder on a local disk.",
        )
    return DatabaseTrouble(
        f"Another program has been writing to {path} for over {PATIENCE} seconds.",
        "Nothing was changed. Try again when it is done.",
    )


def _lacks_locks(folder: Path) -> bool:
    """Say whether files in *folder* cannot be locked.

    It is not tried with the database: to close it is to let go of all locks that this process has.
    """
    from llmpath.files import lock_fault

    return lock_fault(folder) in NO_LOCKS


def disk_fails(path: Path | str) -> bool:
    """Say whether the file at *path* cannot be read from the disk: SQLite calls that damage, too.

    Nothing may be written any more through this process's connections to it.
    """
    try:
        with open(path, "rb") as file:
            while file.read(1 << 20):
                pass
    except OSError as error:
        return error.errno == errno.EIO
    return False


def _failing(path: Path | str) -> DatabaseTrouble:
    return DatabaseTrouble(
        f"Cannot read {path}: the disk reports an error.",
        f"Nothing was changed. Copy {Path(path).parent} to another disk while it can be read.",
    )


def _way_in(path: Path) -> str:
    """Return how the owner of *path*, or of a folder on the way to it, gets to read it; or ''."""
    from shlex import quote

    barred, rights = path, "u+rw"
    for folder in reversed(path.parents):
        if folder.is_dir() and not os.access(folder, os.X_OK):
            barred, rights = folder, "u+rwx"
            break
    try:
        own = barred.stat().st_uid == os.geteuid()
    except (OSError, AttributeError):
        return ""
    return f"Give yourself access to it: chmod {rights} {quote(str(barred))}" if own else ""


def _writable(path: Path | str) -> bool:
    return os.access(path, os.W_OK) and os.access(Path(path).parent, os.W_OK)
