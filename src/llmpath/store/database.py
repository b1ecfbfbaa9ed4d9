"""Open the database: create it when there is none, refuse it when it cannot be trusted."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from llmpath.catalog.locate import Files
from llmpath.errors import DatabaseTrouble, RefusedDatabase

VERSION = 2  # of the learner's tables; raised with every step in migrations.py
CATALOG_FORMAT = 4  # raised when a derived table changes, so that it is rebuilt
APPLICATION_ID = 0x6C6C6D70  # "llmp", in the file's header
PATIENCE = 5  # seconds to wait for another program to be done with the database


class Database(sqlite3.Connection):
    """A connection that lets something be done once, before anything is written."""

    before_writing: Callable[[], None] | None = None


class Opened(NamedTuple):
    """A database ready for use, and what the learner should be told about it."""

    connection: Database
    messages: tuple[str, ...]


def open_database(path: Path, files: Files) -> Opened:
    """Return the database at *path* with the catalog of *files* in it.

    Creates the database, migrates an older one and syncs a changed catalog. Raises
    DatabaseTrouble where it cannot be opened or trusted (it is left untouched then), and
    InvalidFile where there is no database yet and the catalog is faulty.
    """
    messages = []
    if not os.path.exists(path):  # one that may not be looked for is refused below
        from llmpath.store import creation  # the first command ever pays it

        creation.create(path, files)
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


def connect(path: Path) -> tuple[Database, int]:
    """Return a connection to the database at *path* and its version, or raise DatabaseTrouble."""
    check_header(path)
    connection, application, version = _reach(path)
    if application != APPLICATION_ID or version == 0:
        connection.close()
        raise refused(path, "is not a study database")
    if version > VERSION:
        connection.close()
        raise _too_new(path, version)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # the first to read the schema
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        raise explain(error, path) from None
    return connection, version


def _log_waits(path: Path) -> bool:
    """Say whether the write-ahead log may hold what the database itself does not yet."""
    try:
        return os.stat(f"{path}-wal").st_size > 0
    except OSError:
        return False


def check_header(path: Path) -> None:
    """Raise DatabaseTrouble when the first bytes of *path* show that it is not ours to open.

    SQLite is not let near such a file: it would make files beside it, and take in a log that
    another program left.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise DatabaseTrouble(
            f"Cannot read {path}: {error.strerror}.", "Look at it with: llmpath doctor"
        ) from None
    if not head:
        raise refused(path, "is empty, not a study database")
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise refused(path, "is damaged")
    version, application = (int.from_bytes(head[i : i + 4], "big") for i in (60, 68))
    if application != APPLICATION_ID:
        raise refused(path, "is not a study database")
    if version > VERSION:
        raise _too_new(path, version)


def _reach(path: Path) -> tuple[Database, int, int]:
    """Return a connection with the file's application id and version, as writable as can be.

    In a folder that cannot be written to, or on a full disk, the files of the write-ahead log
    cannot be made; the database can still be read without them, where no log waits to be taken in.
    """
    failure: sqlite3.Error | None = None
    modes = ["mode=rw", "mode=ro"]
    if not _log_waits(path):
        modes.append("mode=ro&immutable=1")
    for mode in modes:
        connection = None
        try:
            connection = sqlite3.connect(
                f"file:{quote(str(path))}?{mode}",
                uri=True,
                isolation_level=None,
                timeout=PATIENCE,
                factory=Database,
            )
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return connection, application, version
        except sqlite3.Error as error:
            if connection:
                connection.close()
            if not failed(error, *READ_ONLY, *NO_ROOM):
                raise explain(error, path) from None
            failure = failure or error
    assert failure is not None
    raise explain(failure, path) from None


def refused(path: Path | str, what: str) -> RefusedDatabase:
    """Return the refusal of *path*, which *what* says the reason for, with the way back."""
    return RefusedDatabase(
        f"{path} {what}; it was left as it is.",
        "See what can be done with: llmpath doctor. Go back to a backup: llmpath restore",
    )


def _too_new(path: Path, version: int) -> RefusedDatabase:
    return RefusedDatabase(
        f"{path} was written by a newer llmpath (schema {version}, this one knows"
        f" {VERSION}); it was left as it is.",
        "Install the newest llmpath, or go back to a backup: llmpath restore",
    )


BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR")


def failed(error: sqlite3.Error, *names: str) -> bool:
    """Say whether *error* is one of SQLite's *names*; what Python itself raised has no name."""
    return (getattr(error, "sqlite_errorname", None) or "").startswith(names)


def explain(error: sqlite3.Error | UnicodeDecodeError, path: Path | str) -> DatabaseTrouble:
    """Return what *error*, met while using the database at *path*, means to a learner."""
    if isinstance(error, UnicodeDecodeError):
        return refused(path, "is damaged")  # even SQLite's own message had a spoiled text in it
    if failed(error, *BUSY):
        return DatabaseTrouble(
            f"Another program has been writing to {path} for over {PATIENCE} seconds.",
            "Nothing was changed. Try again when it is done.",
        )
    if failed(error, *DAMAGED) or "decode to UTF-8" in str(error):
        return refused(path, "is damaged")
    if failed(error, *READ_ONLY) and not _writable(path):
        return DatabaseTrouble(
            f"Cannot write to {path}: the file or its folder is read-only.",
            "Nothing was changed. Set LLMPATH_HOME to a folder you can write to.",
        )
    if failed(error, *READ_ONLY, *NO_ROOM):
        return DatabaseTrouble(
            f"Cannot write to {path}: the disk is full or failing.",
            "Nothing was changed. Make room and try again.",
        )
    return DatabaseTrouble(f"The database {path} does not answer: {error}.", "Try: llmpath doctor")


def _writable(path: Path | str) -> bool:
    return os.access(path, os.W_OK) and os.access(Path(path).parent, os.W_OK)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one write transaction, taken at once: nobody else writes meanwhile."""
    if isinstance(connection, Database) and connection.before_writing:
        prepare, connection.before_writing = connection.before_writing, None
        prepare()
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


def is_ours(state: Mapping[str, str]) -> bool:
    """Say whether the derived tables, given what they were built from, have our columns."""
    return state.get("hash", "").startswith(f"{CATALOG_FORMAT}:")


def mark(text: str) -> str:
    """Return *text*, which stands for the catalog's files, with the format of their tables."""
    return f"{CATALOG_FORMAT}:{text}" if text else ""
