"""Merge what a learner has on two machines. Pure: tables in, tables out.

Commands are never changed and have numbers that grow with time, so two logs are united as sets,
and all the rest (how each command stands, the rows, the numbers of notes) is derived from the
united log. Hence merging is commutative, associative and idempotent: an operation-based CRDT
(Shapiro et al., "A comprehensive study of Convergent and Commutative Replicated Data Types",
2011), whose registers are resolved by event time, the later word winning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from llmpath.store.history import people
from llmpath.store.history.ledger import LEDGER, REFERENCES, UNDOING, Event, Row, row_text
from llmpath.store.history.people import Tables, merged_learners
from llmpath.store.history.records import COMMAND, EVENT, canonical, commands_of
from llmpath.store.history.replay import Command, Place, Replayed, Rules, as_said, replay

RULES = Rules({"note": "number"}, {"plan": "plan_step"})
FIRST_TIMED = 1 << 40  # numbers below it were counted, before they were times


class Conflict(NamedTuple):
    """A row that was written on both machines: the later word that holds, and what it replaced."""

    place: Place
    at: str
    kept: str | None
    over: str | None


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
    other machine may not know of any others yet.
    """
    same = people.roots(mine["learner"], theirs["learner"])
    written = [_log(people.under_one(one, same)) for one in (mine, theirs)]
    logs = [[canonical(command, names) for command in log] for log in written]
    united = _united(logs[0], logs[1])
    replayed = replay(united, RULES)
    learners = merged_learners(mine["learner"], theirs["learner"])
    commands = replayed.commands
    if names:
        originals = _originals(chain(*written), chain(*logs))
        commands = [_as_written(command, originals[_content(command)]) for command in commands]
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
    known = {command.seq for command in logs[0]}
    ids = {row["id"] for row in mine["learner"]}
    return Merged(
        tables,
        len(united) - len(known),
        [row["name"] for row in learners if row["id"] not in ids and not row["same_as"]],
        _conflicts(united, {command.seq: command for command in logs[0]}, replayed),
        _told(united) != _told(logs[0])
        or any(_sorted(tables[name]) != _sorted(mine[name]) for name in (*LEDGER, "learner")),
    )


def _told(commands: Iterable[Command]) -> list[tuple[int, str, Any]]:
    """Return what a log says, without what follows from it."""
    return [(command.seq, _content(command), command.undoings) for command in commands]


def _originals(written: Iterable[Command], read: Iterable[Command]) -> dict[str, tuple[Event, ...]]:
    """Return the events of commands as they were *written*, by their content as they are *read*.

    Where two machines have written differently of the same, the first in order of text.
    """
    found: dict[str, tuple[Event, ...]] = {}
    for command, canonized in zip(written, read, strict=True):
        content = _content(canonized)
        events = tuple(as_said(command, RULES.wholes))
        found[content] = min(found.get(content, events), events, key=repr)
    return found


def _as_written(command: Command, original: tuple[Event, ...]) -> Command:
    """Return *command* with the ids of its *original* events, and what else was derived of it."""
    events = []
    for event, first in zip_longest(command.events, original):
        if first is not None:
            after = event.after
            if after is not None:
                ids = {
                    name: value
                    for name, value in json.loads(first.after or "{}").items()
                    if name in REFERENCES
                }
                after = row_text({**json.loads(after), **ids}) if ids else after
            event = event._replace(key=first.key, after=after)
        events.append(event)
    return command._replace(events=tuple(events))


def _log(tables: Tables) -> list[Command]:
    commands, events = timed(tables["command"], tables["event"])
    return commands_of(
        [tuple(row[name] for name in COMMAND) for row in commands],
        [tuple(row[name] for name in EVENT) for row in sorted(events, key=lambda row: row["seq"])],
    )


def timed(commands: list[Row], events: list[Row]) -> tuple[list[Row], list[Row]]:
    """Give commands that were merely counted numbers that are times, in the same order."""
    if all(row["seq"] >= FIRST_TIMED for row in commands):
        return commands, events
    numbers: dict[int, int] = {}
    latest = 0
    for i, row in enumerate(sorted(commands, key=lambda row: int(row["seq"]))):
        if row["seq"] < FIRST_TIMED:
            latest = max(latest, int(datetime.fromisoformat(row["at"]).timestamp()))
            numbers[row["seq"]] = (latest << 31) + i
    return (
        [{**row, "seq": numbers.get(row["seq"], row["seq"])} for row in commands],
        [
            {**row, "command_seq": numbers.get(row["command_seq"], row["command_seq"])}
            for row in events
        ],
    )


def _united(mine: Sequence[Command], theirs: Sequence[Command]) -> list[Command]:
    """Return the commands of both, each once; one with another's number gets one of its own."""
    by_seq: dict[int, dict[str, Command]] = {}
    for command in (*mine, *theirs):
        content = _content(command)
        there = by_seq.setdefault(command.seq, {})
        there[content] = _joined(there[content], command) if content in there else command
    found: dict[int, Command] = {}
    for seq, commands in by_seq.items():
        first, *others = sorted(commands)
        moved = [commands[content]._replace(seq=_elsewhere(seq, content)) for content in others]
        for command in (commands[first], *moved):
            found[command.seq] = (
                _joined(found[command.seq], command) if command.seq in found else command
            )
    return sorted(found.values(), key=lambda command: command.seq)


def _elsewhere(seq: int, content: str) -> int:
    """Return another number of the same second for *content*: the same on every machine."""
    digest = int.from_bytes(sha256(content.encode()).digest()[:4], "big") >> 1
    return (seq >> 31 << 31) | digest


def _content(command: Command) -> str:
    """Return what makes a command itself: not what was before, nor how its rows are numbered."""
    events = []
    for entity, key, _, after in as_said(command, RULES.wholes):
        values = None if after is None else json.loads(after)
        if values and entity in RULES.numbered:
            values.pop(RULES.numbered[entity], None)
        events.append(json.dumps([entity, key, values], sort_keys=True))
    return json.dumps([*command[1:6], sorted(events)])


def _joined(mine: Command, theirs: Command) -> Command:
    """Return the same command as both know it: undone and redone as on either machine."""
    undoings = tuple(sorted({*mine.undoings, *theirs.undoings}))
    return min(mine, theirs, key=_derived)._replace(undoings=undoings)


def _derived(command: Command) -> list[tuple[str, str]]:
    """Return what two machines may see differently of a command, as something to be ordered."""
    return [(event.before or "", event.after or "") for event in command.events]


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


def _conflicts(
    united: Sequence[Command], mine: Mapping[int, Command], replayed: Replayed
) -> list[Conflict]:
    """Return the rows whose last live writer did not know what it wrote over."""
    found: dict[Place, Conflict] = {}
    for command, derived in zip(united, replayed.commands, strict=True):
        if replayed.status[command.seq] != "live":
            continue
        as_written = mine.get(command.seq, command)
        if _content(as_written) != _content(command):
            as_written = command  # mine of that number has got another
        seen = {(event.entity, event.key): event.before for event in as_written.events}
        for given in derived.events:
            place = (given.entity, given.key)
            found.pop(place, None)
            if given.before not in (seen.get(place), None, given.after):
                found[place] = Conflict(place, command.at, given.after, given.before)
    return list(found.values())
