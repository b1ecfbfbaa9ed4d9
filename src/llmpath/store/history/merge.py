"""Merge what a learner has on two machines. Pure: tables in, tables out.

What a command said never changes, and numbers grow with time, so two logs are united as sets,
and all the rest (how each command stands, what became of its rows, the numbers of notes) is
derived from the united log. Hence merging is commutative, associative and idempotent: an
operation-based CRDT (Shapiro et al., "A comprehensive study of Convergent and Commutative
Replicated Data Types", 2011), whose registers are the fields of rows (`fields.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from llmpath.store.history import people, uniting
from llmpath.store.history.conflicts import Conflict, conflicts
from llmpath.store.history.ledger import LEDGER, REFERENCES, UNDOING, Event, Row, row_text
from llmpath.store.history.numbers import LATEST_SECOND, lowered
from llmpath.store.history.people import Tables, merged_learners
from llmpath.store.history.records import COMMAND, EVENT, canonical, commands_of
from llmpath.store.history.replay import RULES, Command, Replayed, replay

FIRST_TIMED = 1 << 40  # numbers below it were counted, before they were times


class Merged(NamedTuple):
    """The united tables, how many commands and learners are new, and the conflicts."""

    tables: Tables
    commands: int
    learners: list[str]
    conflicts: list[Conflict]
    changed: bool


def merge(mine: Tables, theirs: Tables, names: Mapping[str, str]) -> Merged:
    """Return *mine* and *theirs* as one; *names* maps ids the catalog had before to present ones.

    What belongs to a machine (the table meta) stays as in *mine*. Learners who are one by either
    are so in the end. The log keeps the ids of the catalog that it was written with, since the
    other machine may not know of any others yet. Nothing has changed
    where the united log tells what mine does, whatever became of its rows when ids became one.
    """
    same = people.roots(mine["learner"], theirs["learner"])
    held, told = (_log(people.under_one(one, same)) for one in (mine, theirs))
    logs = [[uniting.as_meant(command) for command in log] for log in (held, told)]
    united = uniting.united(logs[0], logs[1], names)
    replayed = replay([canonical(command, names) for command in united], RULES)
    learners = merged_learners(mine["learner"], theirs["learner"])
    commands = [
        _as_written(derived, meant, names) if names else derived
        for derived, meant in zip(replayed.commands, united, strict=True)
    ]
    tables: Tables = {
        "learner": learners,
        **_log_tables(commands, replayed.status),
        **_row_tables(replayed),
    }
    for name in mine:
        if name == "meta":
            tables[name] = mine[name]
        elif name not in tables:
            tables[name] = _either(mine[name], theirs.get(name, []))
    tables = {name: tables[name] for name in mine}
    known = {command.seq for command in held}
    ids = {row["id"] for row in mine["learner"]}
    return Merged(
        tables,
        len(united) - len(known),
        [row["name"] for row in learners if row["id"] not in ids and not row["same_as"]],
        conflicts(united, held, replayed, names),
        united != sorted(logs[0], key=lambda command: command.seq)
        or _sorted(learners) != _sorted(mine["learner"]),
    )


def _as_written(derived: Command, meant: Command, names: Mapping[str, str]) -> Command:
    """Return *derived*, which has present ids, with those it was written with: see *meant*."""
    events = []
    for event, first in zip_longest(derived.events, meant.events):
        if first is not None:
            event = Event(
                first.entity,
                first.key,
                _with_ids(event.before, first.before, names),
                _with_ids(event.after, first.after, names),
                event.said and _sides(first),
            )
        events.append(event)
    return derived._replace(events=tuple(events))


def _with_ids(row: str | None, written: str | None, names: Mapping[str, str]) -> str | None:
    """Return *row* with the ids that the row *written* has for the same things."""
    if row is None or written is None:
        return row
    values = json.loads(row)
    ids = {
        name: value
        for name, value in json.loads(written).items()
        if name in REFERENCES and names.get(value, value) == values[name]
    }
    return row_text({**values, **ids}) if ids else row


def _sides(meant: Event) -> str:
    sides = {"before": meant.before, "after": meant.after}
    return row_text({side: row and json.loads(row) for side, row in sides.items()})


def _log(tables: Tables) -> list[Command]:
    commands, events = with_room(*timed(tables["command"], tables["event"]))
    return commands_of(
        [tuple(row[name] for name in COMMAND) for row in commands],
        [tuple(row[name] for name in EVENT) for row in sorted(events, key=lambda row: row["seq"])],
    )


def with_room(commands: list[Row], events: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return a log's rows with numbers so high that few can follow brought down, in their order."""
    turns = {
        row["seq"]: json.loads(row["key"])["turn"] for row in events if row["entity"] == UNDOING
    }
    numbers = lowered([*(row["seq"] for row in commands), *turns.values()])
    if not numbers:
        return commands, events
    return (
        [{**row, "seq": numbers.get(row["seq"], row["seq"])} for row in commands],
        [
            {
                **row,
                "command_seq": numbers.get(row["command_seq"], row["command_seq"]),
                "key": row_text({"turn": numbers.get(turns[row["seq"]], turns[row["seq"]])})
                if row["seq"] in turns
                else row["key"],
            }
            for row in events
        ],
    )


def timed(commands: list[Row], events: list[Row]) -> tuple[list[Row], list[Row]]:
    """Give commands that were merely counted numbers that are times, in the same order."""
    if all(row["seq"] >= FIRST_TIMED for row in commands):
        return commands, events
    numbers: dict[int, int] = {}
    latest = 0
    for i, row in enumerate(sorted(commands, key=lambda row: int(row["seq"]))):
        if row["seq"] < FIRST_TIMED:
            at = int(datetime.fromisoformat(row["at"]).timestamp())
            latest = max(latest, min(at, LATEST_SECOND))
            numbers[row["seq"]] = (latest << 31) + i
    return (
        [{**row, "seq": numbers.get(row["seq"], row["seq"])} for row in commands],
        [
            {**row, "command_seq": numbers.get(row["command_seq"], row["command_seq"])}
            for row in events
        ],
    )


def _log_tables(commands: Iterable[Command], status: Mapping[int, str]) -> Tables:
    rows, events = [], []
    for command in commands:
        row = dict(zip(COMMAND, (*command[:6], status[command.seq]), strict=True))
        rows.append(row)
        for event in command.events:
            events.append({"command_seq": command.seq, **event._asdict()})
        for number, undone in command.undoings:
            before, after = ("live", "undone") if undone else ("undone", "live")
            events.append(
                {
                    "command_seq": command.seq,
                    "entity": UNDOING,
                    "key": row_text({"turn": number}),
                    "before": row_text({"standing": before}),
                    "after": row_text({"standing": after}),
                    "said": None,
                }
            )
    return {"command": rows, "event": [{"seq": i, **row} for i, row in enumerate(events, 1)]}


def _row_tables(replayed: Replayed) -> Tables:
    tables: Tables = {name: [] for name in LEDGER}
    for (table, key), row in replayed.rows.items():
        tables[table].append({**json.loads(key), **json.loads(row)})
    return tables


def _either(mine: Iterable[Row], theirs: Iterable[Row]) -> list[Row]:
    """Return the rows of both, of a table that has no log."""
    rows = {row_text(row): row for row in (*mine, *theirs)}
    return [rows[key] for key in sorted(rows)]


def _sorted(rows: Iterable[Row]) -> list[str]:
    return sorted(row_text(row) for row in rows)
