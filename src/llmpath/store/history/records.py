"""Read the log and the rows that it should give out of a database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from llmpath.store.history.ledger import (
    FOLLOWS,
    LEDGER,
    UNDOING,
    Event,
    Row,
    present_row,
    row_text,
)
from llmpath.store.history.replay import Command, Place, Replayed, replay


def commands_in(connection: sqlite3.Connection) -> list[Command]:
    """Return the commands with their events, in order. Raises ValueError for one that is none."""
    return commands_of(
        connection.execute(f"SELECT {', '.join(COMMAND)} FROM command").fetchall(),
        connection.execute(f"SELECT {', '.join(EVENT)} FROM event ORDER BY seq").fetchall(),
    )


COMMAND = ("seq", "learner_id", "at", "local_date", "action", "summary", "standing")
EVENT = ("command_seq", "entity", "key", "before", "after", "said")


def commands_of(
    commands: Iterable[tuple[Any, ...]], events: Iterable[tuple[Any, ...]]
) -> list[Command]:
    """Return the log in rows of COMMAND and EVENT, events in order, as values in order."""
    events_by: dict[int, list[Event]] = {}
    undoings: dict[int, list[tuple[int, bool]]] = {}
    for seq, entity, key, before, after, said in events:
        if entity == UNDOING:
            undone = json.loads(after)["standing"] == "undone"
            undoings.setdefault(seq, []).append((int(json.loads(key)["turn"]), undone))
        else:
            events_by.setdefault(seq, []).append(
                Event(
                    entity,
                    _ordered(key),
                    _complete(entity, before),
                    _complete(entity, after),
                    _complete_said(entity, said),
                )
            )
    rows = sorted(commands, key=lambda row: int(row[0]))
    _remember_undoings(rows, undoings)
    return [
        Command(*(*row[:6], tuple(events_by.get(row[0], ())), tuple(undoings.get(row[0], ()))))
        for row in rows
    ]


def _remember_undoings(
    rows: Sequence[tuple[Any, ...]], undoings: dict[int, list[tuple[int, bool]]]
) -> None:
    """Add the undoings that were not logged in the beginning: how a command stands tells of them.

    What was discarded had been undone at once, and what is undone newest first.
    """
    last = max((row[0] for row in rows), default=0)
    for row in reversed(rows):
        seq, standing = row[0], row[6]
        if standing == "discarded" and seq not in undoings:
            undoings[seq] = [(seq, True)]
        elif standing == "undone" and seq not in undoings:
            last += 1
            undoings[seq] = [(last, True)]
    for known in undoings.values():
        known.sort()


def _ordered(value: str) -> str:
    return row_text(json.loads(value))


def _complete(entity: str, value: str | None) -> str | None:
    """Return a row of an event with the columns that its table has got since, empty."""
    if value is None:
        return None
    _, columns = LEDGER.get(entity, ((), ()))
    return row_text({**dict.fromkeys(columns), **json.loads(value)})


def _complete_said(entity: str, value: str | None) -> str | None:
    if value is None or value == FOLLOWS:
        return value
    empty = dict.fromkeys(LEDGER.get(entity, ((), ()))[1])
    sides: dict[str, Row | None] = json.loads(value)
    return row_text({side: row and {**empty, **row} for side, row in sides.items()})


def stored_rows(connection: sqlite3.Connection) -> dict[Place, str]:
    """Return every row of the tables that the log gives."""
    found = {}
    for table, (keys, columns) in LEDGER.items():
        names = (*keys, *columns)
        for row in connection.execute(f"SELECT {', '.join(names)} FROM {table}"):
            values = dict(zip(names, row, strict=True))
            key = row_text({name: values.pop(name) for name in keys})
            found[table, key] = row_text(values)
    return found


def stored_status(connection: sqlite3.Connection) -> dict[int, str]:
    """Return how each command stands according to its row."""
    return dict(connection.execute("SELECT seq, standing FROM command"))


def present(row: str, names: Mapping[str, str]) -> str:
    """Return the JSON *row* with ids of before replaced by the present ones in *names*."""
    if not names:
        return row
    values: dict[str, Any] = json.loads(row)
    mapped = present_row(values, names)
    return row if mapped == values else row_text(mapped)


def _present_said(said: str | None, names: Mapping[str, str]) -> str | None:
    if said is None or said == FOLLOWS:
        return said
    sides: dict[str, Row | None] = json.loads(said)
    return row_text({side: row and present_row(row, names) for side, row in sides.items()})


def differences(
    replayed: Replayed, state: Mapping[Place, str], names: Mapping[str, str]
) -> list[tuple[Place, str | None]]:
    """Return the places where *state* is not what the log gives, with what the log gives there.

    What is *replayed* has present ids (see `read_log`). A row that still stands under an id of
    before (*names*) will do where none stands under the present one.
    """
    found: list[tuple[Place, str | None]] = []
    seen = set()
    for (table, key), row in state.items():
        place = (table, present(key, names))
        seen.add(place)
        former = place != (table, key) and place in state
        value = None if former else replayed.rows.get(place)
        if not _same(present(row, names), value):
            found.append(((table, key), value))
    found += [(place, row) for place, row in replayed.rows.items() if place not in seen]
    return found


def _moved(commands: Iterable[Command], names: Mapping[str, str]) -> set[Place]:
    """Return the places, by present ids, that have events under an id of before."""
    if not names:
        return set()
    return {
        (event.entity, present(event.key, names))
        for command in commands
        for event in command.events
        if present(event.key, names) != event.key
    }


def _same(row: str | None, given: str | None) -> bool:
    """Compare a row with what an event gives, which may lack columns that came later."""
    if row == given:
        return True
    if row is None or given is None:
        return False
    values, wanted = json.loads(row), json.loads(given)
    if wanted.keys() == values.keys():
        return False
    return all(values[name] == value for name, value in wanted.items() if name in values)


def canonical(command: Command, names: Mapping[str, str]) -> Command:
    """Return *command* with ids of before replaced by the present ones."""
    if not names:
        return command
    events = tuple(
        Event(
            event.entity,
            present(event.key, names),
            event.before and present(event.before, names),
            event.after and present(event.after, names),
            _present_said(event.said, names),
        )
        for event in command.events
    )
    return command._replace(events=events)


def incoherent(stored: Sequence[Command], names: Mapping[str, str]) -> list[int]:
    """Return the numbers of live commands whose events do not begin where those before ended.

    Of such a log it cannot be said that it is whole. What the catalog has renamed is left out.
    """
    moved = _moved(stored, names)
    mapped = [canonical(command, names) for command in stored]
    replayed = replay(mapped)
    found = []
    for command, derived in zip(mapped, replayed.commands, strict=True):
        if not command.events or (
            replayed.status[command.seq] == "live"
            and not all(
                (mine.entity, mine.key) in moved
                or _same(mine.before, theirs.before)
                or _same(theirs.before, mine.before)
                for mine, theirs in zip(command.events, derived.events, strict=True)
            )
        ):  # a command that changed nothing is never logged
            found.append(command.seq)
    return found


def read_log(
    connection: sqlite3.Connection, names: Mapping[str, str]
) -> tuple[list[Command], Replayed]:
    """Return the log of a database, and what it gives with the present ids of *names*."""
    log = commands_in(connection)
    return log, replay([canonical(command, names) for command in log])
