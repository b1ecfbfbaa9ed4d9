"""Let the learners' rows follow the ids that the catalog renames, by what the log says.

The log is never rewritten: its events keep the ids they were written with. The rows are what it
gives with every id read as its present one, so that of two ids that have become one the last
word on either holds, now and after any undo.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import product

from llmpath.store.history import records
from llmpath.store.history.ledger import (
    LEDGER,
    REFERENCES,
    Row,
    present_row,
    read_row,
    row_text,
    write_row,
)

Names = Mapping[str, str]  # ids that the catalog had before, and what each is now
TABLES = [
    table
    for table, parts in LEDGER.items()
    if any(column in REFERENCES for part in parts for column in part)
]


def last_word(connection: sqlite3.Connection, table: str, place: Row) -> tuple[Row | None] | None:
    """Return, in a tuple, what the live log says of a row whose *place* it has by several names.

    Returns None where it has it by one name alone, as nearly always.
    """
    former: dict[str, list[str]] = {}
    for column, value in place.items():
        if column in REFERENCES:
            found = connection.execute("SELECT former FROM renamed WHERE id = ?", (value,))
            former[column] = [value, *(name for (name,) in found)]
    if all(len(ids) == 1 for ids in former.values()):
        return None
    keys = [
        row_text({**place, **dict(zip(former, ids, strict=True))})
        for ids in product(*former.values())
    ]
    marks = ", ".join("?" * len(keys))
    events = connection.execute(
        "SELECT key, after, standing FROM event JOIN command ON command.seq = command_seq"
        f" WHERE entity = ? AND key IN ({marks}) ORDER BY command_seq DESC, event.seq DESC",
        [table, *keys],
    ).fetchall()
    if len({key for key, _, _ in events}) < 2:
        return None
    after = next((after for _, after, standing in events if standing == "live"), None)
    return (json.loads(after) if after else None,)


def settle(connection: sqlite3.Connection, before: Names, names: Names) -> None:
    """Make rows that had ids as in *before* have them as in *names*, inside a transaction.

    When the log says that `old` was done and then `new` reset, and the catalog now calls old new,
    no row is left: the last word on either was the reset. Undone, the row is that of `old`, under
    the id `new`.

    A row that the log does not know of moves where its place is free. Of a log that is not
    whole nothing is concluded: there every row is treated so.
    """
    changed = {one for pair in before.items() ^ names.items() for one in pair}
    if not changed or not _stand_in_rows(connection, changed):
        return
    whole = _is_whole(connection, before, names)
    for table in TABLES:
        told, words = _said(connection, table, before, names, changed) if whole else (set(), {})
        loose = []
        for key, row in _rows(connection, table):
            if row_text(key) in told:
                write_row(connection, table, key, None)
            elif present_row(key, names) != key or present_row(row, names) != row:
                loose.append((key, row))
        for said, word in words.items():
            write_row(connection, table, json.loads(said), word)
        for key, row in loose:
            place = present_row(key, names)
            if place == key or read_row(connection, table, place) is None:
                write_row(connection, table, key, None)
                write_row(connection, table, place, present_row(row, names))


def _stand_in_rows(connection: sqlite3.Connection, ids: Iterable[str]) -> bool:
    """Say whether a row or an event has one of *ids*, so that there is something to do."""
    for id_ in ids:
        quoted = json.dumps(id_, ensure_ascii=False)
        if connection.execute(
            "SELECT 1 FROM event WHERE instr(key, :id) OR instr(after, :id) LIMIT 1",
            {"id": quoted},
        ).fetchone():
            return True
        for table in TABLES:
            for column in (*LEDGER[table][0], *LEDGER[table][1]):
                if (
                    column in REFERENCES
                    and connection.execute(
                        f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (id_,)
                    ).fetchone()
                ):
                    return True
    return False


def _is_whole(connection: sqlite3.Connection, *editions: Names) -> bool:
    """Say whether the log goes together, with the ids that any of *editions* gives."""
    try:
        log = records.commands_in(connection)
        return any(not records.incoherent(log, names) for names in editions)
    except (ValueError, KeyError, TypeError):
        return False


def _said(
    connection: sqlite3.Connection, table: str, before: Names, names: Names, changed: set[str]
) -> tuple[set[str], dict[str, Row | None]]:
    """Return the places that the log has had and has now, and the last word on those it has now.

    Only those that have to do with a *changed* id.
    """
    told: set[str] = set()
    touched: set[str] = set()
    words: dict[str, Row | None] = {}
    for key_text, after_text, standing in connection.execute(
        "SELECT key, after, standing FROM event JOIN command ON command.seq = command_seq"
        " WHERE entity = ? ORDER BY command_seq, event.seq",
        (table,),
    ):
        key, after = json.loads(key_text), json.loads(after_text) if after_text else None
        place = row_text(present_row(key, names))
        if any(values.get(name) in changed for values in (key, after or {}) for name in REFERENCES):
            touched.add(place)
            told |= {place, row_text(present_row(key, before))}
        if standing == "live":
            words[place] = present_row(after, names) if after else None
    return told, {place: words.get(place) for place in touched}


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Row, Row]]:
    keys, columns = LEDGER[table]
    found = connection.execute(f"SELECT {', '.join((*keys, *columns))} FROM {table}").fetchall()
    return [
        (
            dict(zip(keys, row[: len(keys)], strict=True)),
            dict(zip(columns, row[len(keys) :], strict=True)),
        )
        for row in found
    ]
