"""Back the database up: whole copies beside it, verified after writing, with a checksum.

A copy is made by SQLite's own online backup, so it is one moment's state whatever other
commands do meanwhile. It is a database of its own, complete in one file; the checksum stands in
a file beside it, in the form that `sha256sum --check` reads.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from llmpath import files, inputs
from llmpath.errors import DatabaseTrouble, InvalidFile, NewerDatabase, RefusedDatabase, arguments
from llmpath.store.database.connection import (
    APPLICATION_ID,
    VERSION,
    address,
    be_durable,
    check_header,
    distrust,
)
from llmpath.store.database.failures import (
    PATIENCE,
    comes_from_around,
    explain,
    other_form,
    unreadable,
)

SEE_OTHERS = "See the others with: llmpath backup list"
CHECKSUM = re.compile(r"[0-9a-f]{64}")
LONGEST_LINE = 1000  # bytes of a checksum file that are looked at
DAILY_NAME = re.compile(r"llmpath-(\d{4}-\d{2}-\d{2})\.db")
KINDS = {  # by what a file's name has in it
    "-before-version-": "before a migration",
    "-before-restore": "before a restore",
    "-before-import": "before an import",
    "-before-merge": "before a merge",
    "-before-fix": "before a repair",
}


class Backup(NamedTuple):
    """A backup: where it is, what it was made for, its size in bytes and when (seconds, UTC)."""

    path: Path
    kind: str
    size: int
    made: float


def folder(database: Path) -> Path:
    """Return the folder of the backups of *database*."""
    return database.parent / "backups"


def found(database: Path) -> list[Backup]:
    """Return the backups of *database*, the newest first; raises DatabaseTrouble."""
    try:
        paths = [
            *folder(database).glob("*.db"),
            *database.parent.glob(f"{database.stem}-before-version-*.db"),
        ]
    except OSError as error:
        raise unreadable(folder(database), error) from None
    rows = []
    for path in paths:
        if path.name.startswith("."):
            continue
        kind = next((kind for part, kind in KINDS.items() if part in path.name), "yours")
        if DAILY_NAME.fullmatch(path.name):
            kind = "daily"
        try:
            looked = path.stat()
        except OSError:
            continue  # a link to nowhere
        if stat.S_ISREG(looked.st_mode):
            rows.append(Backup(path, kind, looked.st_size, looked.st_mtime))
    return sorted(rows, key=lambda backup: (-backup.made, backup.path.name))


def unused(path: Path) -> Path:
    """Return *path*, or one numbered after it that nothing stands at yet."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def copy(connection: sqlite3.Connection, target: Path, own: Path) -> str:
    """Write the database of *connection* to *target*, check the copy, and return its SHA-256.

    The folder *own* of its backups is made and swept when *target* is to be in it. Where nothing
    can be made beside *target*, or it is a pipe, the copy is made in *own* first. Raises
    DatabaseTrouble when it cannot be written or the copy is not whole; *target* is as before then.
    """
    try:
        to = files.target(target)
        if to.through or target.parent == own:
            files.private_folder(own)
            files.sweep(own)
        beside = own / target.name if to.through else to.path
        with files.being_built(beside, own) as partial:
            _write(connection, partial)
            summed = checksum(partial)
            if not to.through and os.path.lexists(_checksum_file(target)):
                _checksum_file(target).unlink()
                files.keep_names(to.path.parent)  # or a power cut may leave it beside the new copy
            files.put(partial, to)
            if not to.through:
                _note_checksum(target, summed)
    except sqlite3.Error as error:
        raise explain(error, target) from None
    except BrokenPipeError:
        raise  # its reader has seen enough
    except OSError as error:
        raise DatabaseTrouble(f"Cannot write {target}: {error.strerror or error}.") from None
    return summed


def _write(connection: sqlite3.Connection, partial: Path) -> None:
    made = sqlite3.connect(partial, isolation_level=None)
    be_durable(made)
    try:
        pour(connection, made)
        made.execute("PRAGMA journal_mode = DELETE")  # complete in one file
        wrong = unsound(made)
        counts = [
            one.execute("SELECT count(*) FROM event").fetchone() for one in (connection, made)
        ]
        if wrong or counts[0] < counts[1]:
            raise DatabaseTrouble(
                f"The backup is incomplete ({wrong or 'events are missing'}); it was not kept.",
                "Find out why with: llmpath doctor",
            )
    finally:
        made.close()


def pour(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    on_hold: Callable[[], None] | None = None,
) -> None:
    """Make *target* what *source* is, in one transaction; waits PATIENCE seconds for others.

    *on_hold* is called once, when nobody else can write to *target* any more; what it raises
    leaves *target* as it was.
    """
    end = time.monotonic() + PATIENCE
    steps = 0

    def step(status: int, remaining: int, total: int) -> None:
        nonlocal steps
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() > end:
                raise DatabaseTrouble(
                    f"Another program has been using the database for over {PATIENCE} seconds.",
                    "Nothing was changed. Try again when it is done.",
                )
            return
        steps += 1
        if on_hold and steps == 1:
            on_hold()
        if steps > 2 * total + 9:  # SQLite begins anew whenever the source has changed
            raise DatabaseTrouble(
                "The database keeps changing while it is copied.", "Nothing was changed."
            )

    # For one who wants to look, a page at a time: then there is a moment under the lock.
    source.backup(target, pages=1 if on_hold else -1, progress=step, sleep=0.05)


def unsound(connection: sqlite3.Connection) -> str:
    """Return what is wrong with the structure of a database, or ''.

    Raises sqlite3.Error where that cannot be told, as when it is in use.
    """
    try:
        verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        if verdict != ["ok"]:
            return "; ".join(verdict)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            return "rows refer to missing rows"
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if comes_from_around(error):
            raise
        return str(error)
    return ""


def verify(path: Path) -> int:
    """Return the schema version of the backup at *path*, if it is whole; else raise InvalidFile.

    What is in it is not looked at (see `health.soundness` for that).
    """
    try:
        _refuse_other_files(path)
        check_header(path)
        noted = _noted_checksum(path)
        if noted and noted != checksum(path):
            raise InvalidFile(
                f"{path} has changed since it was written: its checksum differs.", SEE_OTHERS
            )
        connection = reading(path)
        try:
            wrong = unsound(connection)
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            application = connection.execute("PRAGMA application_id").fetchone()[0]
        finally:
            connection.close()
    except InvalidFile:
        raise
    except DatabaseTrouble as error:
        raise no_good(error) from None
    except sqlite3.Error as error:
        raise no_good(explain(error, path)) from None
    except OSError as error:
        raise no_good(unreadable(path, error)) from None
    if application != APPLICATION_ID or version > VERSION:
        wrong = wrong or "not from llmpath, or from a newer version"
    if wrong:
        raise InvalidFile(f"{path} cannot be used: {wrong}.", SEE_OTHERS)
    return version


def has_foreign_checksum(path: Path) -> bool:
    """Say whether the file that would have the checksum of a backup at *path* is something else."""
    beside = _checksum_file(path)
    if os.path.islink(beside) or not os.path.isfile(beside):  # a link goes, not what it leads to
        return False
    return not CHECKSUM.match(inputs.read_file(beside, 64).decode("ascii", "replace"))


def is_one(path: Path) -> bool:
    """Say whether the file at *path* looks like a backup, good or not: a database of ours."""
    try:
        head = inputs.read_file(path, 100)
    except OSError:
        return False
    return head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def no_good(trouble: DatabaseTrouble) -> InvalidFile:
    """Return that a backup cannot be used for *trouble* with it; what only is in the way stays."""
    message = trouble.message.replace("; it was left as it is", "")
    if isinstance(trouble, NewerDatabase):
        return InvalidFile(message, "Install the newest llmpath.")
    refused = isinstance(trouble, RefusedDatabase)
    return InvalidFile(message, SEE_OTHERS if refused else trouble.hint)


def _refuse_other_files(path: Path) -> None:
    """Raise InvalidFile for what is no file, and for an export. Raises OSError, too."""
    mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode):
        raise InvalidFile(f"{other_form(path, mode)} with a backup.", SEE_OTHERS)
    start = inputs.read_file(path, 64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        raise InvalidFile(
            f"{path} is an export, not a backup.",
            f"Take it in with: llmpath import {arguments(str(path))}",
        )


def reading(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads the backup at *path*, leaving nothing beside it."""
    mode = "mode=ro" if os.path.exists(f"{path}-wal") else "mode=ro&immutable=1"
    connection = sqlite3.connect(address(path, mode), uri=True, isolation_level=None)
    distrust(connection)
    return connection


def checksum(path: Path) -> str:
    """Return the SHA-256 of the file at *path*, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def has_checksum(path: Path) -> bool:
    """Say whether a checksum is kept beside the backup at *path*."""
    return bool(_noted_checksum(path))


def _checksum_file(path: Path) -> Path:
    real = Path(os.path.realpath(path))
    return real.with_name(f"{real.name}.sha256")


def _note_checksum(path: Path, summed: str) -> None:
    beside = _checksum_file(path)
    name = os.fsencode(beside.stem)
    escaped = name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    mark = b"\\" if escaped != name else b""  # as `sha256sum` has it
    with suppress(OSError):  # no room, or too long a name; the copy is whole without
        files.write_file(beside, b"%s%s  %s\n" % (mark, summed.encode(), escaped), follow=False)


def _noted_checksum(path: Path) -> str:
    """Return the checksum that stands beside the backup at *path*; '' where nothing is one."""
    beside = _checksum_file(path)
    try:
        if not beside.is_file():  # a pipe would be waited for
            return ""
        with beside.open("rb") as file:
            words = file.read(LONGEST_LINE).decode("utf-8", "replace").split()
    except OSError:
        return ""
    noted = words[0].removeprefix("\\") if words else ""
    return noted if CHECKSUM.fullmatch(noted) else ""


def daily(
    connection: sqlite3.Connection, database: Path, today: str, keep: tuple[int, int]
) -> None:
    """Make the backup of *today*, and let go of those beyond *keep* (daily, weekly)."""
    files.sweep(database.parent)
    own = folder(database)
    copy(connection, own / f"llmpath-{today}.db", own)
    dates = [match[1] for one in own.iterdir() if (match := DAILY_NAME.fullmatch(one.name))]
    for gone in superfluous(dates, today, *keep):
        path = own / f"llmpath-{gone}.db"
        remove(path)


def remove(path: Path) -> None:
    """Remove the backup at *path*, and the checksum beside it. Raises OSError."""
    path.unlink(missing_ok=True)
    _checksum_file(path).unlink(missing_ok=True)


def superfluous(dates: list[str], today: str, days: int, weeks: int) -> list[str]:
    """Return which of *dates* (YYYY-MM-DD) go when the last *days* and *weeks* are kept.

    Of older days, the last of each calendar week counts. Dates after *today*, of a clock that
    was wrong, push nothing out and stay.
    """
    past = sorted((one for one in dates if one <= today), reverse=True)
    kept_weeks: list[tuple[int, int]] = []
    gone = []
    for one in past[days:]:
        try:
            week = date.fromisoformat(one).isocalendar()[:2]
        except ValueError:
            continue  # a name that only looks like a date is not ours
        if week in kept_weeks or len(kept_weeks) >= weeks:
            gone.append(one)
        else:
            kept_weeks.append(week)
    return gone
