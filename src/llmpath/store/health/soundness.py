"""Say whether a backup is one: whole, of our making, with a log that holds together."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from llmpath.errors import InvalidFile, quoted
from llmpath.store.catalog.edition import is_ours
from llmpath.store.database import backups, migrations, shape
from llmpath.store.database.connection import VERSION
from llmpath.store.database.failures import explain
from llmpath.store.history import records
from llmpath.store.history.checking import ID
from llmpath.store.history.ledger import former_ids

LOG_FAULTS = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
)  # of what stands in a log


def verify(path: Path, log: bool = True) -> int:
    """Return the schema version of the backup at *path*; raise InvalidFile when it is no good.

    Without *log* the log, which takes time with size, is not replayed.
    """
    version = backups.verify(path)
    connection = backups.reading(path)
    try:
        faults = shape_faults(connection, version)
        if not faults and log:
            faults = _log_faults(connection, version)
    except sqlite3.Error as error:
        raise backups.no_good(explain(error, path)) from None
    finally:
        connection.close()
    if faults:
        first, *more = faults
        raise InvalidFile(f"{path} cannot be used: {first}.", backups.SEE_OTHERS, more)
    return version


def shape_faults(connection: sqlite3.Connection, version: int) -> list[str]:
    """Return what of a database in the schema *version* is not as llmpath makes it."""
    faults = shape.learner_faults(connection, version)
    return faults or catalog_faults(connection)


def catalog_faults(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the derived tables; those of another format are built anew."""
    try:
        state = dict(connection.execute("SELECT key, value FROM catalog_state").fetchall())
    except sqlite3.OperationalError:
        return ["the table catalog_state is missing"]
    return shape.catalog_faults(connection) if is_ours(state) else []


def _log_faults(connection: sqlite3.Connection, version: int) -> list[str]:
    """Return what is wrong with the log, read in the present schema: in a copy in memory."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
        migrations.advance(copy, version, VERSION)
        names = former_ids(copy)
        broken = records.incoherent(records.commands_in(copy), names)
        strange = [
            id_ for (id_,) in copy.execute("SELECT id FROM learner") if not ID.fullmatch(id_)
        ]
    except LOG_FAULTS:
        return ["its log cannot be read"]
    finally:
        copy.close()
    if strange:
        return [f"the id of a learner is {quoted(strange[0])}"]
    return [f"events are missing or changed in its log (command {broken[0]})"] if broken else []


def differs(path: Path) -> bool:
    """Say whether the rows of the backup at *path*, which is one, are not what its log gives."""
    connection = backups.reading(path)
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
        version = int(copy.execute("PRAGMA user_version").fetchone()[0])
        migrations.advance(copy, version, VERSION)
        names = former_ids(copy)
        _, replayed = records.read_log(copy, names)
        return bool(records.differences(replayed, records.stored_rows(copy), names))
    finally:
        copy.close()
        connection.close()
