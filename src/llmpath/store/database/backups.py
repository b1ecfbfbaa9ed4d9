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
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from llmpath.errors import DatabaseTrouble, InvalidFile, LlmpathError
from llmpath.files import being_built, keep_names, sweep, write_file
from llmpath.store.database.connection import APPLICATION_ID, VERSION, check_header
from llmpath.store.database.failures import PATIENCE, explain

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
    """Return the backups of *database*, the newest first."""
    paths = [
        *folder(database).glob("*.db"),
        *database.parent.glob(f"{database.stem}-before-version-*.db"),
    ]
    rows = []
    for path in paths:
        if path.name.startswith("."):
            continue
        kind = next((kind for part, kind in KINDS.items() if part in path.name), "yours")
        if DAILY_NAME.fullmatch(path.name):
            kind = "daily"
        stat = path.stat()
        rows.append(Backup(path, kind, stat.st_size, stat.st_mtime))
    return sorted(rows, key=lambda backup: (-backup.made, backup.path.name))


def unused(path: Path) -> Path:
    """Return *path*, or one numbered after it that nothing stands at yet."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def copy(connection: sqlite3.Connection, target: Path) -> Path:
    """Write the database of *connection* to *target*, check the copy, and return its path.

    Raises DatabaseTrouble when it cannot be written or the copy is not whole; *target* is as
    before then.
    """
    try:
        if target.parent.name == "backups":
            target.parent.mkdir(mode=0o700, exist_ok=True)
        sweep(target.parent)
        with being_built(target) as partial:
            _write(connection, partial)
            _checksum_file(target).unlink(missing_ok=True)
            summed = checksum(partial)
            os.replace(partial, target)
            _note_checksum(target, summed)
            keep_names(target.parent)
    except sqlite3.Error as error:
        raise explain(error, target) from None
    except OSError as error:
        raise DatabaseTrouble(f"Cannot write {target}: {error.strerror or error}.") from None
    return target


def _write(connection: sqlite3.Connection, partial: Path) -> None:
    made = sqlite3.connect(partial, isolation_level=None)
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
    """Return what is wrong with the structure of a database, or ''."""
    try:
        verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        if verdict != ["ok"]:
            return "; ".join(verdict)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            return "rows refer to missing rows"
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return str(error)
    return ""


def verify(path: Path) -> int:
    """Return the schema version of the backup at *path*; raise InvalidFile when it is no good."""
    hint = "See the others with: llmpath backup list"
    try:
        check_header(path)
        noted = _noted_checksum(path)
        if noted and noted != checksum(path):
            raise InvalidFile(
                f"{path} has changed since it was written: its checksum differs.", hint
            )
        connection = reading(path)
    except LlmpathError as error:
        if isinstance(error, InvalidFile):
            raise
        raise InvalidFile(error.message.replace("; it was left as it is", ""), hint) from None
    try:
        wrong = unsound(connection)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        application = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.Error as error:
        wrong, version, application = str(error), 0, APPLICATION_ID
    finally:
        connection.close()
    if application != APPLICATION_ID or version > VERSION:
        wrong = wrong or "not from llmpath, or from a newer version"
    if wrong:
        raise InvalidFile(f"{path} cannot be used: {wrong}.", hint)
    return version


def reading(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads the backup at *path*, leaving nothing beside it."""
    mode = "mode=ro" if os.path.exists(f"{path}-wal") else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, isolation_level=None)


def checksum(path: Path) -> str:
    """Return the SHA-256 of the file at *path*, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def has_checksum(path: Path) -> bool:
    """Say whether a checksum is kept beside the backup at *path*."""
    return bool(_noted_checksum(path))


def _checksum_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _note_checksum(path: Path, summed: str) -> None:
    write_file(_checksum_file(path), f"{summed}  {path.name}\n", 0o666, durable=False)


def _noted_checksum(path: Path) -> str:
    try:
        words = _checksum_file(path).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return ""
    return words[0] if words else ""


def daily(
    connection: sqlite3.Connection, database: Path, today: str, keep: tuple[int, int]
) -> None:
    """Make the backup of *today*, and let go of those beyond *keep* (daily, weekly)."""
    sweep(database.parent)
    copy(connection, folder(database) / f"llmpath-{today}.db")
    dates = [
        match[1] for one in folder(database).iterdir() if (match := DAILY_NAME.fullmatch(one.name))
    ]
    for gone in superfluous(dates, today, *keep):
        path = folder(database) / f"llmpath-{gone}.db"
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
