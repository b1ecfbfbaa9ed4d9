"""A connection to the database: refused where it cannot be trusted, one transaction at a time."""

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from llmpath import kept
from llmpath.errors import NewerDatabase, RefusedDatabase
from llmpath.store.database.failures import (
    NO_ROOM,
    PATIENCE,
    READ_ONLY,
    UNLOCKABLE,
    explain,
    failed,
    no_file,
    refused,
    unreadable,
)

VERSION = 5  # of the learner's tables; raised with every step in migrations.py
APPLICATION_ID = 0x6C6C6D70  # "llmp", in the file's header


class Database(sqlite3.Connection):
    """A connection that lets something be done once, before anything is written.

    One that is only `trying` writes for itself alone: what it wrote is gone when it is closed.
    """

    before_writing: Callable[[], None] | None = None
    trying: bool = False


def connect(path: Path) -> tuple[Database, int]:
    """Return a connection to the database at *path* and its version, or raise DatabaseTrouble."""
    check_header(path)
    return connect_again(path)


def connect_again(path: Path) -> tuple[Database, int]:
    """Return one more connection to a database that this process has open already.

    Its header was looked at before, and must not be now: to close a file is to let go of all locks
    that the process has on it.
    """
    connection, application, version = _reach(path)
    if application != APPLICATION_ID or version == 0:
        connection.close()
        raise refused(path, "is not a study database")
    if version > VERSION:
        connection.close()
        raise _too_new(path, version)
    try:
        distrust(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        be_durable(connection)  # the first to read the schema
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        raise explain(error, path) from None
    return connection, version


def address(path: Path, options: str) -> str:
    """Return the URI of the database at *path* with *options*, whatever is in its name."""
    name = os.fsencode(path)
    host = "//" if name.startswith(b"//") else ""  # or what follows would be one
    return f"file:{host}{quote(name)}?{options}"


def distrust(connection: sqlite3.Connection) -> None:
    """Let nothing in a file that others may have made run code or change SQLite's own tables."""
    connection.execute("PRAGMA trusted_schema = OFF")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)


def refuse_what_acts(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DatabaseTrouble for a database with a trigger or a view: none of ours has one.

    What was told to be stored could vanish by it. Takes 0.03 ms.
    """
    found = connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
    ).fetchone()
    if found:
        connection.close()
        raise RefusedDatabase(
            f"{path} has a {found[0]} that is not from llmpath ({found[1]}); it was left as it is.",
            "See what can be done: llmpath doctor",
        )


def be_durable(connection: sqlite3.Connection) -> None:
    """Let what is committed survive a power cut.

    On a Mac a usual flush leaves it in the memory of the disk; elsewhere a full one is the same.
    """
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")


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
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):  # to open a pipe is to wait for who writes into it
            raise no_file(path, mode)
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise unreadable(path, error) from None
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
                address(path, mode),
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
            if not failed(error, *READ_ONLY, *NO_ROOM) or failed(error, *UNLOCKABLE):
                raise explain(error, path) from None
            failure = failure or error
    assert failure is not None
    raise explain(failure, path) from None


def _too_new(path: Path, version: int) -> NewerDatabase:
    return NewerDatabase(
        f"{path} was written by a newer llmpath (schema {version}, this one knows"
        f" {VERSION}); it was left as it is.",
        "Install the newest llmpath, or restore a backup: llmpath restore",
    )


@contextmanager
def _trial(connection: Database) -> Iterator[None]:
    """Run the block in a transaction that never ends, so that what it writes can be read back."""
    if not connection.in_transaction:
        connection.execute("BEGIN IMMEDIATE")
    connection.execute("SAVEPOINT trial")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO trial")
            connection.execute("RELEASE trial")
        raise
    connection.execute("RELEASE trial")


def roll_back(connection: sqlite3.Connection) -> None:
    """Undo the transaction under way; where the disk is full, SQLite has done so by itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one write transaction, taken at once: nobody else writes meanwhile."""
    if isinstance(connection, Database):
        if connection.trying:
            with _trial(connection):
                yield
            return
        if connection.before_writing:
            prepare, connection.before_writing = connection.before_writing, None
            prepare()
    connection.execute("BEGIN IMMEDIATE")
    before = connection.total_changes
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    if connection.total_changes > before:
        kept.mark()
