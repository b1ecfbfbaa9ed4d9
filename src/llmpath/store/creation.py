"""Make a new database, complete or not at all, and the files beside it likewise."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from llmpath.catalog.locate import Files
from llmpath.errors import DatabaseTrouble
from llmpath.store import schema, sync
from llmpath.store.database import APPLICATION_ID, VERSION, explain


def create(path: Path, files: Files) -> None:
    """Make a new database at *path*, private to its owner, complete or not at all.

    It is built under another name and linked into place, so that of two first commands at once
    one wins and the other finds a finished database.
    """
    catalog, marks = sync.read(files)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(path.parent)
        partial = path.with_name(f".{path.name}.{os.getpid()}.new")
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseTrouble(
            f"Cannot create {path}: {error.strerror}.",
            "Set LLMPATH_HOME to a folder you can write to.",
        ) from None
    try:
        connection = sqlite3.connect(partial, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")  # stays DELETE where WAL cannot work
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        for sql in schema.learner_statements():
            connection.execute(sql)
        sync.rebuild(connection, files, catalog, marks)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
        connection.close()
        try:
            os.link(partial, path)
        except FileExistsError:
            return  # another first command was quicker
        except OSError:  # a file system without links
            if not path.exists():
                partial.rename(path)
        keep_names(path.parent)
    except sqlite3.Error as error:
        raise explain(error, path) from None
    finally:
        for leftover in (
            partial,
            *(Path(f"{partial}{tail}") for tail in ("-wal", "-shm", "-journal")),
        ):
            leftover.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove from *folder* what commands that were killed had not finished writing.

    Unfinished files carry the number of their process; those of living ones are left.
    """
    for one in folder.glob(".*.new*"):
        number = one.name.partition(".new")[0].rpartition(".")[2]
        if number.isdecimal() and not _lives(int(number)):
            one.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True


def keep_names(folder: Path) -> None:
    """Make sure that the names in *folder* survive a power cut, as the files' contents do."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a system without folders to open
    try:
        os.fsync(number)
    except OSError:
        pass
    finally:
        os.close(number)
