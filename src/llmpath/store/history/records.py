"""Read the log and the rows that it should give out of a database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from llmpath.store.history.ledger import LEDGER, REFERENCES, TURN
from llmpath.store.history.replay import Act, Change, Place, Replayed, replay, text


def acts(connection: sqlite3.Connection) -> list[Act]:
    """Return the commands with their events, in order. Raises ValueError for one that is none."""
    return acts_of(
        connection.execute(f"SELECT {', '.join(COMMAND)} FROM command").fetchall(),
        connection.execute(f"SELECT {', '.join(EVENT)} FROM event ORDER BY seq").fetchall(),
    )


COMMAND = ("seq", "learner_id", "at", "local_date", "action", "summary", "standing")
EVENT = ("command_seq", "entity", "key", "before", "after")


def acts_of(commands: Iterable[tuple[Any, ...]], events: Iterable[tuple[Any, ...]]) -> list[Act]:
    """Return the log in rows of COMMAND and EVENT, events in order, as values in order."""
    changes: dict[int, list[Change]] = {}
    turns: dict[int, list[tuple[int, bool]]] = {}
    for seq, entity, key, before, after in events:
        if entity == TURN:
            undone = json.loads(after)["standing"] == "undone"
            turns.setdefault(seq, []).append((int(json.loads(key)["turn"]), undone))
        else:
            changes.setdefault(seq, []).append(
                Change(entity, _ordered(key), _ordered_or_none(before), _ordered_or_none(after))
            )
    rows = sorted(commands, key=lambda row: int(row[0]))
    _remember_standings(rows, turns)
    return [
        Act(*(*row[:6], tuple(changes.get(row[0], ())), tuple(turns.get(row[0], ()))))
        for row in rows
    ]


def _remember_standings(
    rows: Sequence[tuple[Any, ...]], turns: dict[int, list[tuple[int, bool]]]
) -> None:
    """Add the turns that were not logged in the beginning: how a command stands tells of them.

    What was discarded had been undone at once, and what is undone newest first.
    """
    last = max((row[0] for row in rows), default=0)
    for row in reversed(rows):
        seq, standing = row[0], row[6]
        if standing == "discarded" and seq not in turns:
            turns[seq] = [(seq, True)]
        elif standing == "undone" and seq not in turns:
            last += 1
            turns[seq] = [(last, True)]
    for known in turns.values():
        known.sort()


def _ordered(value: str) -> str:
    return text(json.loads(value))


def _ordered_or_none(value: str | None) -> str | None:
    return None if value is None else _ordered(value)


def rows(connection: sqlite3.Connection) -> dict[Place, str]:
    """Return every row of the tables that the log gives."""
    found = {}
    for table, (keys, columns) in LEDGER.items():
        names = (*keys, *columns)
        for row in connection.execute(f"SELECT {', '.join(names)} FROM {table}"):
            values = dict(zip(names, row, strict=True))
            key = text({name: values.pop(name) for name in keys})
            found[table, key] = text(values)
    return found


def standing(connection: sqlite3.Connection) -> dict[int, str]:
    """Return how each command stands according to its row."""
    return dict(connection.execute("SELECT seq, standing FROM command"))


def renamed(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the ids the catalog had before, and what each is now."""
    return dict(connection.execute("SELECT former, id FROM renamed"))


def present(row: str, names: Mapping[str, str]) -> str:
    """Return the JSON *row* with ids of before replaced by the present ones in *names*."""
    values: dict[str, Any] = json.loads(row)
    changed = {
        column: names[value]
        for column in REFERENCES
        if (value := values.get(column)) in names and isinstance(value, str)
    }
    return text({**values, **changed}) if changed else row


def differences(
    replayed: Replayed, state: Mapping[Place, str], names: Mapping[str, str]
) -> list[tuple[Place, str | None]]:
    """Return the places where *state* is not what the log gives, with what the log gives there.

    What is *replayed* has present ids (see `read`). A row that still stands under an id of before
    (*names*) will do where none stands under the present one.
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


def _moved(acts: Iterable[Act], names: Mapping[str, str]) -> set[Place]:
    """Return the places, by present ids, that have events under an id of before."""
    if not names:
        return set()
    return {
        (change.entity, present(change.key, names))
        for act in acts
        for change in act.changes
        if present(change.key, names) != change.key
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


def canonical(act: Act, names: Mapping[str, str]) -> Act:
    """Return *act* with ids of before replaced by the present ones."""
    if not names:
        return act
    changes = tuple(
        Change(
            change.entity,
            present(change.key, names),
            change.before and present(change.before, names),
            change.after and present(change.after, names),
        )
        for change in act.changes
    )
    return act._replace(changes=changes)


def incoherent(stored: Sequence[Act], names: Mapping[str, str]) -> list[int]:
    """Return the numbers of live commands whose events do not begin where those before ended.

    Of such a log it cannot be said that it is whole. What the catalog has renamed is left out.
    """
    moved = _moved(stored, names)
    mapped = [canonical(act, names) for act in stored]
    replayed = replay(mapped)
    found = []
    for act, derived in zip(mapped, replayed.acts, strict=True):
        if not act.changes or (
            replayed.standing[act.seq] == "live"
            and not all(
                (mine.entity, mine.key) in moved
                or _same(mine.before, theirs.before)
                or _same(theirs.before, mine.before)
                for mine, theirs in zip(act.changes, derived.changes, strict=True)
            )
        ):  # a command that changed nothing is never logged
            found.append(act.seq)
    return found


def read(connection: sqlite3.Connection, names: Mapping[str, str]) -> tuple[list[Act], Replayed]:
    """Return the log of a database, and what it gives with the present ids of *names*."""
    stored = acts(connection)
    return stored, replay([canonical(act, names) for act in stored])
