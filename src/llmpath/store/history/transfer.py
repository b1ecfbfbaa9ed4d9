"""Take a learner's data out of a database and into one: export, replace and merge."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from llmpath.errors import DatabaseTrouble, InvalidFile, UsageError
from llmpath.store.database import backups, migrations, tables
from llmpath.store.database.connection import VERSION, connect_again, transaction
from llmpath.store.database.failures import explain
from llmpath.store.database.meta import GUEST
from llmpath.store.history import checking, exchange, people, records, renaming
from llmpath.store.history.checking import Columns
from llmpath.store.history.conflicts import Conflict
from llmpath.store.history.exchange import Document
from llmpath.store.history.ledger import former_ids
from llmpath.store.history.merge import merge, timed, with_room
from llmpath.store.history.people import Doubt, Said, Tables


class Imported(NamedTuple):
    """What an import did or would do: counts, new learners, conflicts, and the backup before.

    `known_as` has the learners who go by another name here: (in the file, here).
    """

    commands: int
    learners: list[str]
    conflicts: list[Conflict]
    changed: bool
    backup: Path | None
    known_as: Sequence[tuple[str, str]] = ()


def export(connection: sqlite3.Connection, learner: str | None = None) -> Document:
    """Return all learners' data, or only that of the *learner* with this id."""
    connection.execute("BEGIN")  # one moment, whatever other commands write meanwhile
    try:
        found = _all(connection)
        names = former_ids(connection)
    finally:
        connection.execute("ROLLBACK")
    if learner is not None:
        commands = {row["seq"] for row in found["command"] if row["learner_id"] == learner}
        for name, rows in found.items():
            found[name] = [row for row in rows if _belongs(name, row, learner, commands)]
    log = "\n".join(f"{row['key']} {row['after']}" for row in found["event"]) if names else ""
    names = {former: id_ for former, id_ in names.items() if f'"{former}"' in log}
    return Document(VERSION, learner is None, found, names)


def _all(connection: sqlite3.Connection) -> Tables:
    return {name: _rows(connection, name) for name in tables.LEARNER_TABLES}


def _belongs(table: str, row: dict[str, Any], learner: str, commands: set[int]) -> bool:
    if table == "learner":
        return learner in (row["id"], row["same_as"])
    if table == "meta":
        return bool(row["key"] == GUEST + learner)
    if table == "event":
        return row["command_seq"] in commands
    return row.get("learner_id") == learner


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    names = list(columns(connection, table))
    quoted = ", ".join(f'"{name}"' for name in names)
    return [
        dict(zip(names, row, strict=True))
        for row in connection.execute(f'SELECT {quoted} FROM "{table}" ORDER BY rowid')
    ]


def columns(connection: sqlite3.Connection, table: str) -> Columns:
    """Return the columns of *table* with their types and whether they must be there."""
    return {
        name: (kind, bool(needed))
        for _, name, kind, needed, _, _ in connection.execute(f'PRAGMA table_info("{table}")')
    }


def load(path: Path) -> Document:
    """Return the document in the file at *path*, brought up to the present schema.

    Its rows are put into tables as they were when it was written, and take the migrations' own
    steps from there. Raises InvalidFile where anything is wrong with it.
    """
    document = exchange.read_export(path, VERSION)
    path = exchange.called(path)
    scratch = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrations.build(scratch, document.schema)
        names = [
            name
            for (name,) in scratch.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
            )
        ]
        checking.check(path, document.tables, {name: columns(scratch, name) for name in names})
        for name in names:
            for number, row in enumerate(document.tables[name]):
                try:
                    _insert(scratch, name, [row])
                except sqlite3.IntegrityError as error:
                    where = f"{path}: tables.{name}[{number}]"
                    raise InvalidFile(f"{where}: {error}.", "Nothing was changed.") from None
        loose = scratch.execute("PRAGMA foreign_key_check").fetchone()
        if loose:
            where = f"{path}: tables.{loose[0]}[{loose[1] - 1 if loose[1] else '?'}]"
            raise InvalidFile(f"{where}: a row refers to a missing row.", "Nothing was changed.")
        scratch.execute("BEGIN")
        checking.check_events(path, document.tables["event"], scratch)
        scratch.execute("ROLLBACK")
        migrations.advance(scratch, document.schema, VERSION)
        return document._replace(schema=VERSION, tables=_all(scratch))
    finally:
        scratch.close()


def _insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        row = rows[0]
        names = ", ".join(f'"{name}"' for name in row)
        values = ", ".join(f":{name}" for name in row)
        connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({values})', rows)


def coherent(found: Tables, names: Mapping[str, str]) -> str:
    """Return where the rows of *found* are not what its log gives, or ''.

    *names* are the ids that its catalog had before.
    """
    scratch = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrations.build(scratch, VERSION)
        for name, rows in found.items():
            _insert(scratch, name, rows)
        log, replayed = records.read_log(scratch, names)
        apart = records.differences(replayed, records.stored_rows(scratch), names)
        if apart:
            (table, key), _ = apart[0]
            return f"{table} {key}"
        if records.stored_status(scratch) != replayed.status or records.incoherent(log, names):
            return "the status of commands"
        return ""
    finally:
        scratch.close()


def replace(
    connection: sqlite3.Connection, path: Path, document: Document, backup: Path | None
) -> Imported:
    """Put the data of *document* in place of all that is in the database at *path*.

    A backup is made at *backup* first; without one, nothing is written. Raises UsageError for a
    document that holds only one learner.
    """
    if not document.whole:
        raise UsageError(
            "This export contains only one learner.", "Merge it into your data with: --merge"
        )

    def decide(present: Tables) -> tuple[Tables, Imported]:
        known = {row["id"] for row in present["learner"]}
        added = [row["name"] for row in document.tables["learner"] if row["id"] not in known]
        changed = present != document.tables
        count = len(document.tables["command"])
        return document.tables, Imported(count, added, [], changed, backup if changed else None)

    return _carry_out(connection, path, decide, backup, document.names)


def doubts(
    connection: sqlite3.Connection, file: Path, document: Document, said: Said, account: str
) -> list[Doubt]:
    """Return who of *document*, read from *file*, may be one with somebody here or may not be.

    After all that was *said*; *account* is that of this command.
    """
    present, theirs = (_timed(found) for found in (export(connection).tables, document.tables))
    return people.recognized(str(file), present, theirs, _trusted(document, account), said).doubts


def _trusted(document: Document, account: str) -> bool:
    return bool(account) and document.account == account


def _timed(found: Tables) -> Tables:
    commands, events = with_room(*timed(found["command"], found["event"]))
    return {**found, "command": commands, "event": events}


def join(
    connection: sqlite3.Connection,
    path: Path,
    file: Path,
    document: Document,
    backup: Path | None,
    said: Said = Said(),
    account: str = "",
    login: str = "",
) -> Imported:
    """Merge the *document* of a *file* into the database at *path*, after a backup at *backup*.

    Its learners are who they were *said* to be, or are known by what they did; *account* and
    *login* are those of this command. Without a backup nothing is written. Raises InvalidFile
    where the document's events do not give its rows, DatabaseTrouble where those of the database
    do not, and NotSaid where it is in doubt who somebody is.
    """
    names = former_ids(connection)
    wrong = coherent(document.tables, document.names) and coherent(document.tables, names)
    if wrong:
        raise InvalidFile(
            f"{file} cannot be merged: its events do not match its rows ({wrong}).",
            "Fix it on the machine it comes from (llmpath doctor --fix) and export again.",
        )

    def decide(present: Tables) -> tuple[Tables, Imported]:
        _refuse_incoherent(path, present, names)
        found = people.recognized(
            str(file), _timed(present), _timed(document.tables), _trusted(document, account), said
        )
        if found.doubts:
            raise people.unclear(str(file), document.tables, found.doubts[0])
        merged = merge(present, found.tables, names)
        conflicts = merged.conflicts if merged.changed else []
        kept = backup if merged.changed else None
        outcome = Imported(
            merged.commands, merged.learners, conflicts, merged.changed, kept, found.known_as
        )
        return people.arrived(present, merged.tables, login), outcome

    return _carry_out(connection, path, decide, backup, names)


def unite(
    connection: sqlite3.Connection, path: Path, former: str, into: str, backup: Path | None
) -> Imported:
    """Make the learners with the ids *former* and *into* one, after a backup at *backup*.

    Without a backup nothing is written. Raises NotFound where one of them is gone.
    """
    names = former_ids(connection)

    def decide(present: Tables) -> tuple[Tables, Imported]:
        _refuse_incoherent(path, present, names)
        count = sum(row["learner_id"] == former for row in present["command"])
        merged = as_one(present, former, into, names)
        return merged, Imported(count, [], [], True, backup)

    return _carry_out(connection, path, decide, backup, names)


def as_one(present: Tables, former: str, into: str, names: Mapping[str, str]) -> Tables:
    """Return the tables with the learners of the ids *former* and *into* as one."""
    joined = {**present, "learner": people.united(present["learner"], former, into)}
    return people.settled(merge(joined, {name: [] for name in present}, names).tables)


def _refuse_incoherent(path: Path, present: Tables, names: Mapping[str, str]) -> None:
    wrong = coherent(present, names)
    if wrong:
        raise DatabaseTrouble(
            f"The events in {path} do not match its rows ({wrong}); nothing was merged.",
            "Find out more with: llmpath doctor",
        )


def _carry_out(
    connection: sqlite3.Connection,
    path: Path,
    decide: Callable[[Tables], tuple[Tables, Imported]],
    backup: Path | None,
    names: Mapping[str, str],
) -> Imported:
    """Make the learners' tables what *decide* says, in one transaction with the backup.

    Its rows have ids as in *names*.

    So no command of another terminal falls between what was read and what is written.
    """
    if backup is None:
        return decide(export(connection).tables)[1]
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        with transaction(connection):
            found, outcome = decide(_all(connection))
            if outcome.changed:
                _back_up(path, backup)
                _write(connection, found, names)
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise explain(error, path) from None
    return outcome


def _back_up(path: Path, backup: Path) -> None:
    """Back up what is committed: the transaction under way is another connection's."""
    reader, _ = connect_again(path)  # `connect` would let go of the lock
    try:
        backups.copy(reader, backup, backups.folder(path))
    finally:
        reader.close()


def _write(connection: sqlite3.Connection, found: Tables, names: Mapping[str, str]) -> None:
    for name in tables.LEARNER_TABLES:
        connection.execute(f'DELETE FROM "{name}"')
    for name in tables.LEARNER_TABLES:
        _insert(connection, name, found[name])
    renaming.settle(connection, names, former_ids(connection))
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise DatabaseTrouble("Rows refer to missing rows.", "Nothing was changed.")
