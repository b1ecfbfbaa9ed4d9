"""Check a database: is it whole, in step with its log and the catalog, private and backed up?"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from llmpath.catalog.locate import Files
from llmpath.errors import (
    DatabaseTrouble,
    InvalidFile,
    LlmpathError,
    NewerDatabase,
    RefusedDatabase,
    arguments,
    quoted,
)
from llmpath.store.catalog import check, sync
from llmpath.store.database import backups, shape
from llmpath.store.database.connection import VERSION, connect
from llmpath.store.database.failures import comes_from_around, disk_fails, explain, unreadable
from llmpath.store.health import soundness
from llmpath.store.history import checking, numbers, records
from llmpath.store.history.ledger import LEDGER, UNDOING, former_ids
from llmpath.store.learner import learning, members
from llmpath.times import FIRST_YEAR, LAST_YEAR

LEAST_FREE = 20_000_000  # bytes free; a day's work and its backup fit in less
DATA_CHECKS = ("integrity", "references", "tables", "catalog", "log", "contents")
FAULTS_SHOWN = 3
# What was wrong with a database before it was mended or replaced is kept in such a backup.
KEPT_AS_IT_WAS = re.compile("-before-(fix|restore)")
FIRST_CLOCK, LAST_CLOCK = 2020, 2100  # years that a clock may well show
AHEAD_OF_CLOCK = timedelta(minutes=10)  # that a command may lie ahead of the clock


class Finding(NamedTuple):
    """One thing that was checked: whether it is well, what was seen, and what to do if not."""

    check: str
    well: bool
    seen: str
    remedy: str = ""


FIX_COMMAND = "llmpath doctor --fix"


def examine(path: Path, files: Files, now: datetime, quick: bool = False) -> list[Finding]:
    """Return what was found about the database at *path* at the time *now*; nothing is changed.

    A *quick* look leaves out what takes time with size: every page, the log, and every backup.
    """
    try:
        os.lstat(path)
    except FileNotFoundError:
        return [
            Finding("database", True, f"none yet at {path}; the first command creates it"),
            *_backups(path, quick),
        ]
    except (OSError, ValueError) as error:  # a folder on the way to it is barred, or none
        trouble = unreadable(path, error) if isinstance(error, OSError) else None
        seen = trouble.message if trouble else f"{path} cannot be a file's name."
        return [Finding("database", False, seen, trouble.hint if trouble else "")]
    try:
        connection, version = connect(path)
    except LlmpathError as error:
        return [_trouble("database", error, path), *_backups(path, quick)]
    older = "" if version == VERSION else "; the next command upgrades it"
    findings = [Finding("database", True, f"{path}, schema {version}{older}")]
    try:
        sound = _integrity(connection, path, quick)
        if all(finding.well for finding in sound):
            sound += _tables(connection, path, version)
        findings += sound
        if all(finding.well for finding in sound) and version == VERSION:
            findings += _guarded(connection, path, files, now, quick)
    finally:
        connection.close()
    return [*findings, *_backups(path, quick), *_private(path), _room(path)]


def _trouble(name: str, error: LlmpathError, path: Path) -> Finding:
    """Return the finding that *error* is: only for what is damaged the remedy is a backup."""
    damaged = isinstance(error, RefusedDatabase) and not isinstance(error, NewerDatabase)
    return Finding(name, False, error.message, way_back(path) if damaged else error.hint)


def _tables(connection: sqlite3.Connection, path: Path, version: int) -> list[Finding]:
    """Hold the learner's tables against their declaration; they need not be told of when well."""
    faults = shape.learner_faults(connection, version)
    if not faults:
        return []
    acting = shape.acting(connection)
    if len(acting) == len(faults):
        return [Finding("tables", False, _some(faults), f"Remove it: {FIX_COMMAND}")]
    return [Finding("tables", False, _some(faults), way_back(path))]


def _some(faults: Sequence[str]) -> str:
    """Return *faults* as one text, the first few of many."""
    more = len(faults) - FAULTS_SHOWN
    return "; ".join([*faults[:FAULTS_SHOWN], *([f"{more} more"] if more > 0 else [])])


def _guarded(
    connection: sqlite3.Connection, path: Path, files: Files, now: datetime, quick: bool
) -> list[Finding]:
    """Check what can be read; damage that only shows in reading is a finding, too."""
    found: list[Finding] = []
    try:
        whole = not soundness.catalog_faults(connection)
        found.append(_catalog(connection, files, quick))
        if not quick:
            found += [*_log(connection), *_numbers(connection), *_times(connection)]
        found += _lost(connection) if whole else []
        found += [_clock(connection, now), *_ids(connection)]
    except (sqlite3.Error, *soundness.LOG_FAULTS) as error:
        if isinstance(error, sqlite3.Error) and comes_from_around(error):
            return [*found, _trouble("contents", explain(error, path), path)]
        seen = f"something cannot be read ({error})"
        found.append(Finding("contents", False, seen, way_back(path)))
    return found


def suspicion(path: Path, files: Files, now: datetime) -> LlmpathError | None:
    """Return what is wrong with the data, for when a command has stumbled over something.

    A database that cannot be opened is told of by who opens it.
    """
    for finding in examine(path, files, now):
        if not finding.well and finding.check in DATA_CHECKS:
            message = f"{path} has a problem: {finding.check}: {finding.seen.rstrip('.')}."
            return DatabaseTrouble(message, finding.remedy)
    return None


def way_back(path: Path) -> str:
    """Return how to get back to the newest good backup of the damaged database at *path*.

    Where there is none, all is kept: much can often be rescued from what is damaged.
    """
    for backup in backups.found(path):
        try:
            soundness.verify(backup.path)
        except LlmpathError:
            continue
        return f"Restore the newest good backup: llmpath restore {arguments(str(backup.path))}"
    there, aside = quote(str(path)), quote(str(backups.unused(path.parent / "damaged")))
    return (
        "There is no good backup. To start again, set the database aside, and keep it:"
        f" mkdir -p {aside} && mv {there}* {aside}/"
    )


def _integrity(connection: sqlite3.Connection, path: Path, quick: bool) -> list[Finding]:
    try:
        check = "quick_check(9)" if quick else "integrity_check(9)"
        verdict = [row[0] for row in connection.execute(f"PRAGMA {check}")]
        keys = connection.execute("PRAGMA foreign_key_check").fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if comes_from_around(error) or disk_fails(path):
            return [_trouble("integrity", explain(error, path), path)]
        verdict, keys = [str(error)], []
    well = verdict == ["ok"]
    seen = "ok" if well else "; ".join(" ".join(verdict).split("\n"))
    findings = [Finding("integrity", well, seen, "" if well else way_back(path))]
    if keys:
        seen = f"{len(keys)} rows refer to missing rows"
        findings.append(Finding("references", False, seen, way_back(path)))
    return findings


def _catalog(connection: sqlite3.Connection, files: Files, quick: bool) -> Finding:
    faults = soundness.catalog_faults(connection)
    if faults:
        return Finding("catalog", False, _some(faults), f"Rebuild it: {FIX_COMMAND}")
    works = connection.execute("SELECT count(*) FROM resource").fetchone()[0]
    if not files.signature():
        seen = f"{files.resources.parent} is missing a file; {works} earlier resources are used"
        return Finding("catalog", False, seen, sync.way_to_ours(files))
    wrong = check.index_fault(connection)
    if not wrong and not quick:
        try:
            wrong = check.difference(connection, files)
        except (InvalidFile, OSError):
            seen = f"{files.resources.parent} has errors; {works} earlier resources are used"
            return Finding("catalog", False, seen, "See all errors with: llmpath catalog validate")
    if wrong:
        return Finding("catalog", False, wrong, f"Rebuild it: {FIX_COMMAND}")
    return Finding("catalog", True, f"{works} resources from {files.resources.parent}")


def _log(connection: sqlite3.Connection) -> Iterator[Finding]:
    names = former_ids(connection)
    log, replayed = records.read_log(connection, names)
    broken = records.incoherent(log, names)
    apart = records.differences(replayed, records.stored_rows(connection), names)
    status = records.stored_status(connection)
    stands = [seq for seq, how in replayed.status.items() if status[seq] != how]
    count = f"{len(log)} command{'' if len(log) == 1 else 's'}"
    if not (broken or apart or stands):
        yield Finding("log", True, f"{count}; replay matches the stored data")
        return
    seen = []
    if broken:
        seen.append(f"events are missing or changed (command {broken[0]})")
    if apart:
        (table, key), _ = apart[0]
        seen.append(f"{len(apart)} rows differ from the log ({table} {key})")
    if stands:
        seen.append(f"{len(stands)} commands have a different status in the log")
    remedy = (
        "The log is incomplete and cannot be used: restore a backup (llmpath backup list)."
        if broken
        else f"Bring them back in line: {FIX_COMMAND}"
    )
    yield Finding("log", False, f"{count}; " + "; ".join(seen), remedy)


def _numbers(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Later commands need higher numbers: say where hardly any are left."""
    count = len(numbering_of(connection))
    if count:
        seen = f"{count} number{'' if count == 1 else 's'} so high that few commands can follow"
        yield Finding("numbers", False, seen, f"Bring them down, in their order: {FIX_COMMAND}")


def numbering_of(connection: sqlite3.Connection) -> dict[int, int]:
    """Return the numbers in the log that leave little room for more, and what they are to be."""
    return numbers.lowered(
        int(number)
        for (number,) in connection.execute(
            "SELECT seq FROM command UNION SELECT json_extract(key, '$.turn') FROM event"
            " WHERE entity = ? AND json_type(key, '$.turn') = 'integer'",
            (UNDOING,),
        )
    )


def _times(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Say where something is dated in a year that no clock of ours has had."""
    tables = {"command": ("at", "local_date"), **{name: one[1] for name, one in LEDGER.items()}}
    for table, columns in tables.items():
        for column in columns:
            if column in ("at", "local_date", "day") or column.endswith(("_at", "_on")):
                found = connection.execute(
                    f"SELECT {column} FROM {table} WHERE {column} GLOB '[0-9]*'"
                    f" AND NOT {column} BETWEEN '{FIRST_YEAR - 1}' AND '{LAST_YEAR + 2}'"
                )
                for (value,) in found.fetchmany(1):
                    seen = (
                        f"{table}.{column} has {value}; years go from {FIRST_YEAR} to {LAST_YEAR}"
                    )
                    remedy = "Restore an earlier backup: llmpath backup list"
                    yield Finding("times", False, seen, remedy)


def _ids(connection: sqlite3.Connection) -> Iterator[Finding]:
    """An id of a learner is part of names of files; one from elsewhere may be no such thing."""
    for id_ in learning.everybody(connection):
        if not checking.ID.fullmatch(id_):
            seen = f"a learner has the id {quoted(id_)}; only letters, digits, - and _ are in one"
            remedy = "The database was changed by hand: restore a backup (llmpath backup list)."
            yield Finding("ids", False, seen, remedy)


def _lost(connection: sqlite3.Connection) -> Iterator[Finding]:
    for member in members.members(connection):
        rows = learning.unknown_ids(connection, member.learner.id)
        if rows:
            ids = ", ".join(f"{what} {id_}" for what, id_ in rows)
            seen = f"{member.learner.name} has data on what the catalog no longer has: {ids}"
            yield Finding("kept aside", True, seen)


def _clock(connection: sqlite3.Connection, now: datetime) -> Finding:
    last = connection.execute("SELECT max(at) FROM command").fetchone()[0]
    if not FIRST_CLOCK <= now.year < LAST_CLOCK:
        seen = f"this computer's clock says {now.date().isoformat()}"
        return Finding("clock", False, seen, "Set the clock: days, plans and backups go by it.")
    if last and datetime.fromisoformat(last) > now + AHEAD_OF_CLOCK:
        seen = f"a command is dated {last}, but it is {now.isoformat(timespec='seconds')}"
        remedy = "Check this computer's clock. Nothing is lost: order doesn't depend on it."
        return Finding("clock", False, seen, remedy)
    return Finding("clock", True, "no command is dated in the future")


def _backups(path: Path, quick: bool) -> list[Finding]:
    kept = backups.found(path)
    if not kept:
        return [Finding("backups", True, "none yet")]
    bad: list[tuple[Path, InvalidFile]] = []
    for backup in kept[:1] if quick else kept:
        if "-before-restore" in backup.path.name and not backups.has_checksum(backup.path):
            continue  # a damaged database, kept as it was
        try:
            if KEPT_AS_IT_WAS.search(backup.path.name):
                backups.verify(backup.path)
            else:
                soundness.verify(backup.path, log=False)
        except InvalidFile as error:
            bad.append((backup.path, error))
    count = f"{len(kept)} backup{'' if len(kept) == 1 else 's'}"
    if bad:
        spoiled, fault = bad[0]
        remedy = fault.hint  # where something is only in its way
        if remedy == backups.SEE_OTHERS:
            aside = f"mv {quote(str(spoiled))} {quote(f'{spoiled}.damaged')}"
            remedy = f"Set it aside and make a new one: {aside} && llmpath backup"
        return [Finding("backups", False, f"{count}; {fault.message}", remedy)]
    return [Finding("backups", True, f"{count}, the newest is good" if quick else f"{count}, good")]


def _private(path: Path) -> Iterator[Finding]:
    wide = [
        (one, stat.S_IMODE(one.stat().st_mode), usual)
        for one, usual in ((path, 0o600), (path.parent, 0o700))
        if stat.S_IMODE(one.stat().st_mode) & 0o077
    ]
    for one, mode, usual in wide:
        what = "it" if one == path else "its folder"
        yield Finding(
            "privacy",
            False,
            f"other users can read {what} (mode {mode:04o})",
            f"chmod {usual:o} {quote(str(one))}",
        )
    if not wide:
        yield Finding("privacy", True, "only you can read it")


def _room(path: Path) -> Finding:
    free = shutil.disk_usage(path.parent).free
    needed = max(LEAST_FREE, 2 * path.stat().st_size)
    seen = f"{free // 1_000_000:,} MB free on disk"
    remedy = "" if free >= needed else f"Free some space: at least {needed // 1_000_000:,} MB."
    return Finding("room", free >= needed, seen, remedy)
