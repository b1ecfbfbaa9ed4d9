"""Mend what can be derived: the catalog's tables from its files, the rows from the log.

What is not from llmpath and acts on what is goes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from llmpath.catalog.locate import Files
from llmpath.errors import InvalidFile, LlmpathError
from llmpath.identity import Moment
from llmpath.store.catalog import check, sync
from llmpath.store.database import backups, shape
from llmpath.store.database.connection import VERSION, connect, transaction
from llmpath.store.database.failures import explain
from llmpath.store.health import soundness
from llmpath.store.health.health import numbering_of
from llmpath.store.history import records
from llmpath.store.history.ledger import UNDOING, Event, former_ids, row_text, write_row
from llmpath.store.learner.journal import log_command


def mend(path: Path, files: Files, when: Moment, stamp: str, trial: bool = False) -> list[str]:
    """Mend the database at *path* and return what was done; a backup is made before.

    On a *trial* nothing is written, and what would be done is returned.

    Only derived things are written: the catalog's tables and their indexes, and the learners'
    rows and standings where the log is whole and gives others, and numbers of commands so high
    that hardly any could follow. A row that no event tells of stays and enters the log. Triggers
    and views, which llmpath never makes, are removed. What cannot be opened, or has tables that
    are missing or changed, is left.
    """
    try:
        connection, version = connect(path)
    except LlmpathError:
        return []
    done: list[str] = []
    try:
        if version != VERSION or backups.unsound(connection):
            return []
        acting = shape.acting(connection)
        if len(shape.learner_faults(connection, version)) > len(acting):
            return []
        backup = backups.unused(backups.folder(path) / f"llmpath-{stamp}-before-fix.db")
        wants = _catalog_wants(connection, files)
        rows = _rows_to_write(connection)
        high = len(numbering_of(connection))
        if not (acting or wants or rows or high):
            return []
        if trial:
            return _would(backup, acting, wants, rows, high)
        backups.copy(connection, backup, backup.parent)
        done.append(f"backed up the database first: {backup}")
        if acting:
            with transaction(connection):
                for kind, name in acting:
                    connection.execute(f"DROP {kind} IF EXISTS {_identifier(name)}")
            done += [f"removed the {kind} {name}" for kind, name in acting]
        if high:
            connection.execute("PRAGMA foreign_keys = OFF")
            with transaction(connection):
                _lower(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            done.append(f"brought down {_counted(high, 'number')} of commands")
        if wants:
            catalog, marks = sync.read_catalog(files)
            connection.execute("PRAGMA foreign_keys = OFF")
            with transaction(connection):
                sync.rebuild(connection, files, catalog, marks)
            connection.execute("PRAGMA foreign_keys = ON")
            done.append("rebuilt the catalog and its indexes")
        if rows:
            with transaction(connection):
                count = _write_rows(connection, when)
            done.append(f"brought {_counted(count, 'row')} in line with the log")
    except sqlite3.Error as error:
        raise explain(error, path) from None
    finally:
        connection.close()
    return done


def _identifier(name: str) -> str:
    """Return *name*, which somebody else has chosen, as SQL takes it for nothing but a name."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _would(
    backup: Path, acting: Sequence[tuple[str, str]], catalog: bool, rows: bool, high: int
) -> list[str]:
    done = [f"would back up the database first: {backup}"]
    done += [f"would remove the {kind} {name}" for kind, name in acting]
    if high:
        done.append(f"would bring down {_counted(high, 'number')} of commands")
    if catalog:
        done.append("would rebuild the catalog and its indexes")
    if rows:
        done.append("would bring rows in line with the log")
    return done


def _lower(connection: sqlite3.Connection) -> None:
    """Bring down numbers that leave no room, of commands and of their undoings, in their order."""
    lower = numbering_of(connection)
    turns = connection.execute("SELECT seq, key FROM event WHERE entity = ?", (UNDOING,)).fetchall()
    for number, key in turns:
        turn = json.loads(key)["turn"]
        if turn in lower:
            new = row_text({"turn": lower[turn]})
            connection.execute("UPDATE event SET key = ? WHERE seq = ?", (new, number))
    for old, number in sorted(lower.items()):  # from below: what a number becomes is free by then
        connection.execute("UPDATE command SET seq = ? WHERE seq = ?", (number, old))
        connection.execute("UPDATE event SET command_seq = ? WHERE command_seq = ?", (number, old))


def _catalog_wants(connection: sqlite3.Connection, files: Files) -> bool:
    try:
        return bool(
            soundness.catalog_faults(connection)
            or check.index_fault(connection)
            or check.difference(connection, files)
        )
    except (InvalidFile, OSError):
        return False  # there is nothing to build it from


def _rows_to_write(connection: sqlite3.Connection) -> bool:
    try:
        names = former_ids(connection)
        log, replayed = records.read_log(connection, names)
        if records.incoherent(log, names):
            return False  # a log that is not whole cannot tell
        return bool(
            records.differences(replayed, records.stored_rows(connection), names)
            or records.stored_status(connection) != replayed.status
        )
    except soundness.LOG_FAULTS:
        return False


def _write_rows(connection: sqlite3.Connection, when: Moment) -> int:
    """Make rows, and how commands stand, what the log gives; rows it knows nothing of enter it."""
    names = former_ids(connection)
    log, replayed = records.read_log(connection, names)
    state = records.stored_rows(connection)
    apart = records.differences(replayed, state, names)
    told = {
        (event.entity, key)
        for command in log
        for event in command.events
        for key in (event.key, records.present(event.key, names))
    }
    unknown: dict[str, list[Event]] = {}
    for (table, key), row in apart:
        if row is None and (table, key) not in told:
            learner = {**json.loads(key), **json.loads(state[table, key])}["learner_id"]
            unknown.setdefault(learner, []).append(Event(table, key, None, state[table, key]))
            continue
        place = records.present(key, names)
        if place != key:
            write_row(connection, table, json.loads(key), None)
        if place == key or row:
            write_row(connection, table, json.loads(place), json.loads(row) if row else None)
    status = records.stored_status(connection)
    stands = [(how, seq) for seq, how in replayed.status.items() if status[seq] != how]
    connection.executemany("UPDATE command SET standing = ? WHERE seq = ?", stands)
    for learner, events in unknown.items():
        log_command(connection, learner, when, "doctor", "rows missing from the log", events)
    return len(apart) + len(stands)
