"""Open the database: create it when there is none, refuse it when it cannot be trusted."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from llmpath.catalog.locate import Files
from llmpath.errors import DatabaseTrouble

VERSION = 1  # of the learner's tables; raised with every step in migrations.py
CATALOG_FORMAT = 2  # raised when a derived table changes, so that it is rebuilt
APPLICATION_ID = 0x6C6C6D70  # "llmp", in the file's header
PATIENCE = 5  # seconds to wait for another program to be done with the database


class Opened(NamedTuple):
    """A database ready for use, and what the learner should be told about it."""

    connection: sqlite3.Connection
    messages: tuple[str, ...]


def open_database(path: Path, files: Files) -> Opened:
    """Return the database at *path* with the catalog of *files* in it.

    Creates the database, migrates an older one and syncs a changed catalog. Raises
    DatabaseTrouble where it cannot be opened or trusted (it is left untouched then), and
    InvalidFile where there is no database yet and the catalog is faulty.
    """
    messages = []
    if not path.exists():
        create(path, files)
        messages.append(f"Your study database is {path}")
    connection, version = connect(path)
    try:
        if version < VERSION:
            from llmpath.store import migrations

            backup = migrations.migrate(connection, path, version)
            messages.append(f"Brought the database up to date; as it was: {backup}")
        messages += _follow_catalog(connection, files)
    except BaseException:
        connection.close()
        raise
    return Opened(connection, tuple(messages))


def create(path: Path, files: Files) -> None:
    """Make a new database at *path*, private to its owner, complete or not at all.

    It is built under another name and linked into place, so that of two first commands at once
    one wins and the other finds a finished database.
    """
    from llmpath.catalog.load import load  # 100 ms, as below: the first command ever pays it
    from llmpath.store import schema, sync

    catalog = load(files)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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
        sync.rebuild(connection, files, catalog)
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
    except sqlite3.Error as error:
        raise explain(error, path) from None
    finally:
        for leftover in (
            partial,
            *(Path(f"{partial}{tail}") for tail in ("-wal", "-shm", "-journal")),
        ):
            leftover.unlink(missing_ok=True)


def connect(path: Path) -> tuple[sqlite3.Connection, int]:
    """Return a connection to the database at *path* and its version, or raise DatabaseTrouble."""
    try:
        if path.stat().st_size == 0:
            raise _refused(path, "is empty, not a study database")
    except OSError as error:
        raise DatabaseTrouble(f"Cannot read {path}: {error.strerror}.") from None
    connection, application, version = _reach(path)
    if application != APPLICATION_ID or version == 0:
        connection.close()
        raise _refused(path, "is not a study database")
    if version > VERSION:
        connection.close()
        raise DatabaseTrouble(
            f"{path} was written by a newer llmpath (schema {version}, this one knows"
            f" {VERSION}); it was left as it is.",
            "Install the newest llmpath.",
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection, version


def _reach(path: Path) -> tuple[sqlite3.Connection, int, int]:
    """Return a connection with the file's application id and version, as writable as can be.

    In a folder that cannot be written to, the files of the write-ahead log cannot be made; the
    database can still be read without them, where no log waits to be taken in.
    """
    failure: sqlite3.Error | None = None
    modes = ["mode=rw", "mode=ro"]
    if not Path(f"{path}-wal").exists():
        modes.append("mode=ro&immutable=1")
    for mode in modes:
        try:
            connection = sqlite3.connect(
                f"file:{quote(str(path))}?{mode}", uri=True, isolation_level=None, timeout=PATIENCE
            )
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return connection, application, version
        except sqlite3.Error as error:
            name = error.sqlite_errorname
            if not name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
                raise explain(error, path) from None
            failure = failure or error
    assert failure is not None
    raise explain(failure, path) from None


def _refused(path: Path, what: str) -> DatabaseTrouble:
    return DatabaseTrouble(
        f"{path} {what}; it was left as it is.",
        "See what can be done with: llmpath doctor",
    )


def explain(error: sqlite3.Error, path: Path | str) -> DatabaseTrouble:
    """Return what *error*, met while using the database at *path*, means to a learner."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseTrouble(
            f"Another program has been writing to {path} for over {PATIENCE} seconds.",
            "Nothing was changed. Try again when it is done.",
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return DatabaseTrouble(
            f"{path} is damaged; it was left as it is.",
            "See what can be done with: llmpath doctor",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return DatabaseTrouble(
            f"Cannot write to {path}: the file or its folder is read-only.",
            "Nothing was changed. Set LLMPATH_HOME to a folder you can write to.",
        )
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return DatabaseTrouble(
            f"Cannot write to {path}: the disk is full or failing.",
            "Nothing was changed. Make room and try again.",
        )
    return DatabaseTrouble(f"The database {path} does not answer: {error}.", "Try: llmpath doctor")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one write transaction, taken at once: nobody else writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _follow_catalog(connection: sqlite3.Connection, files: Files) -> list[str]:
    """Sync the catalog when its files changed; keep the last good one when they are no good."""
    signature = mark(files.signature())
    state = dict(connection.execute("SELECT key, value FROM catalog_state").fetchall())
    if signature == state.get("signature"):
        return []
    from llmpath.store import sync  # only on the way to a change

    return sync.follow(connection, files, state)


def mark(text: str) -> str:
    """Return *text*, which stands for the catalog's files, with the format of their tables."""
    return f"{CATALOG_FORMAT}:{text}" if text else ""
