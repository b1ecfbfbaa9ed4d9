"""Go back to a backup, keeping what was there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from llmpath import files
from llmpath.errors import DatabaseTrouble, NotFound, RefusedDatabase, UsageError, quoted
from llmpath.store.database import backups
from llmpath.store.database.connection import be_durable, connect, connect_again
from llmpath.store.database.failures import explain, refused

RESTORE_ATTEMPTS = 5  # at a restore while other commands write


def find(path: Path, name: str) -> Path:
    """Return the backup of the database at *path* that *name* means: a file, a name or a date.

    Raises NotFound when there is none.
    """
    beside = backups.folder(path)
    named = [beside / name, beside / f"llmpath-{name}.db"]
    with suppress(RuntimeError):  # nobody's home folder
        named.insert(0, Path(name).expanduser())
    for is_there in (Path.is_file, Path.exists):  # what is no file is refused later, with a reason
        for one in named:
            try:
                if name and is_there(one):
                    return one
            except (OSError, ValueError):
                continue  # too long for a name, or with a NUL in it
    raise NotFound(f"No backup {quoted(name)}.", "See them with: llmpath backup list")


def refuse_itself(path: Path, source: Path) -> None:
    """Raise UsageError where *source* is the database at *path*."""
    with suppress(OSError):
        if os.path.samefile(path, source):
            raise UsageError(f"{source} is your database itself.", backups.SEE_OTHERS)


def restore(path: Path, source: Path, stamp: str) -> Path | None:
    """Make the database at *path* what the backup *source* is; return where the present one went.

    *stamp* makes the name under which the present one is kept aside. Raises InvalidFile when the
    backup is no good and DatabaseTrouble when something cannot be written: the present database
    is as it was then.
    """
    refuse_itself(path, source)
    backups.verify(source)
    for _ in range(RESTORE_ATTEMPTS):
        aside = backups.unused(backups.folder(path) / f"llmpath-{stamp}-before-restore.db")
        if not os.path.lexists(path):
            return _replace(path, source, aside)
        try:
            if _exchange(path, source, aside):
                return aside
        except RefusedDatabase:
            return _replace(path, source, aside)
        backups.remove(aside)  # something was written after it was made
    raise DatabaseTrouble(f"Other programs keep writing to {path}.", "Nothing was changed.")


def _exchange(path: Path, source: Path, aside: Path) -> bool:
    """Keep the database at *path* in *aside* and pour *source* into it, as one step.

    Returns False, with nothing changed, when another command wrote between the two. Raises
    RefusedDatabase where the present database is damaged.
    """
    present, _ = connect(path)
    watcher, _ = connect_again(path)
    try:
        if backups.unsound(present):
            raise refused(path, "is damaged")
        before = _edition(watcher)
        backups.copy(present, aside, aside.parent)

        def look() -> None:
            if _edition(watcher) != before:
                raise _WrittenMeanwhile

        _pour(source, present, look)
    except _WrittenMeanwhile:
        return False
    except sqlite3.Error as error:
        raise explain(error, path) from None
    finally:
        watcher.close()
        present.close()
    return True


class _WrittenMeanwhile(Exception):
    """Another command has changed the database since it was copied."""


def _edition(connection: sqlite3.Connection) -> int:
    """Return a number that changes whenever another connection commits."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _pour(
    source: Path, target: sqlite3.Connection, on_hold: Callable[[], None] | None = None
) -> None:
    connection = backups.reading(source)
    try:
        backups.pour(connection, target, on_hold)
    finally:
        connection.close()


def _replace(path: Path, source: Path, aside: Path) -> Path | None:
    """Put a copy of *source* where no database can be opened; what is there is moved aside.

    A write-ahead log of the old database must not be taken into the new one, so it goes first;
    even where its database is not there it is kept, for what is in it may be nowhere else.
    """
    path = Path(os.path.realpath(path))  # a link to it stays one
    try:
        files.private_folder(aside.parent)
        with files.being_built(path) as partial:
            made = sqlite3.connect(partial, isolation_level=None)
            be_durable(made)
            _pour(source, made)
            made.execute("PRAGMA journal_mode = WAL")
            made.close()
            there = os.path.lexists(path)
            for tail in ("", *files.BESIDE):
                if os.path.exists(f"{path}{tail}"):
                    files.keep_aside(Path(f"{path}{tail}"), Path(f"{aside}{tail}"))
            files.keep_names(aside.parent)
            for tail in files.BESIDE:
                Path(f"{path}{tail}").unlink(missing_ok=True)
            files.keep_names(path.parent)  # no old log beside a new database, whatever happens
            files.put(partial, files.Target(path, None, False))
    except sqlite3.Error as error:
        raise explain(error, path) from None
    except OSError as error:
        raise DatabaseTrouble(
            f"Cannot write {path}: {error.strerror or error}.", "Nothing was changed."
        ) from None
    return aside if there else None
