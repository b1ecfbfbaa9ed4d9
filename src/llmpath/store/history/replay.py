"""The log as values: how each command stands, and the rows that the log gives. Pure.

Everything a learner has follows from the log: the rows are what the live commands' events leave,
in the order of the commands' numbers. `doctor` holds the tables against that, and two machines'
logs are merged by uniting them and deriving everything anew (`merge.py`).
"""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import NamedTuple

from llmpath.store.history import fields
from llmpath.store.history.ledger import FOLLOWS, Event, row_text

Place = tuple[str, str]  # a table, and the key of a row as JSON
Rows = Mapping[Place, str]  # the other columns as JSON


class Command(NamedTuple):
    """A command with its events; *undoings* are (number, whether undone by it), ascending."""

    seq: int
    learner: str
    at: str
    local_date: str
    action: str
    summary: str
    events: tuple[Event, ...]
    undoings: tuple[tuple[int, bool], ...] = ()

    @property
    def undone(self) -> bool:
        """Whether it was undone last, rather than made or redone."""
        return bool(self.undoings) and self.undoings[-1][1]


class Replayed(NamedTuple):
    """What a log gives: the rows, how each command stands, the commands with what each came to."""

    rows: dict[Place, str]
    status: dict[int, str]
    commands: list[Command]


def statuses(commands: Iterable[Command]) -> dict[int, str]:
    """Return how each command stands: live, undone (it can be redone) or discarded.

    A command that was undone can be redone while nothing newer of the same learner has been live
    since: a newer command, or one redone later, has taken its place.
    """
    found: dict[int, str] = {}
    live_until: dict[str, float] = {}  # by learner: until when something newer was live
    for command in sorted(commands, key=lambda command: -command.seq):
        newer = live_until.get(command.learner, float("-inf"))
        if not command.undone:
            found[command.seq] = "live"
            live_until[command.learner] = float("inf")
            continue
        end = command.undoings[-1][0]
        found[command.seq] = "undone" if newer < end else "discarded"
        live_until[command.learner] = max(newer, end)
    return found


class Rules(NamedTuple):
    """How rows hang together beyond single ones, which matters when logs are merged.

    *numbered* names tables whose rows are numbered per learner, and the column; *wholes* names
    tables whose row, written anew, replaces all of the learner's rows in another.
    """

    numbered: Mapping[str, str]
    wholes: Mapping[str, str]


RULES = Rules({"note": "number"}, {"plan": "plan_step"})


def replay(commands: Sequence[Command], rules: Rules | None = None) -> Replayed:
    """Return what *commands* give, in the order of their numbers.

    Without *rules* each event leaves the row it says it leaves. Under *rules* each does with the
    row that is there what its own machine meant, field by field where that machine knew less
    (`fields.py`); a numbered row gets the number after the highest there is when it is made, and
    a new whole replaces the parts of the old. Commands do just that, so it changes nothing but
    in a log that was merged. The commands returned say what each came to.
    """
    status = statuses(commands)
    ordered = sorted(commands, key=lambda command: command.seq)
    rows: dict[Place, str] = {}
    numbers = _Numbers(rules.numbered if rules else {})
    derived = {}
    for command in ordered:
        if status[command.seq] == "live":
            derived[command.seq] = _applied(command, rows, numbers, rules)
        elif status[command.seq] == "discarded" and rules:
            derived[command.seq] = _applied(command, ChainMap({}, rows), numbers.copied(), rules)
    # What was undone would be redone on top of all that is live.
    beyond, beyond_numbers = dict(rows), numbers.copied()
    for command in ordered:
        if status[command.seq] == "undone":
            derived[command.seq] = _applied(command, beyond, beyond_numbers, rules)
    return Replayed(rows, status, [derived.get(command.seq, command) for command in ordered])


def _applied(
    command: Command, rows: MutableMapping[Place, str], numbers: _Numbers, rules: Rules | None
) -> Command:
    """Change *rows* as *command* did; return it with what was before and after each event."""
    if rules is None:
        events = [
            Event(*place, _put(rows, place, event.after), event.after, event.said)
            for event in command.events
            for place in [(event.entity, event.key)]
        ]
        return command._replace(events=tuple(events))
    events = []
    added = _sat(command)
    meant = meanings(command, rules)
    for event in meant:
        place = (event.entity, event.key)
        row = rows.get(place)
        after = _effect(event, row, added.get(place, 0), rules)
        after = numbers.numbered(command.learner, place, after, row is None)
        _put(rows, place, after)
        events.append(Event(*place, row, after, _said(event, row, after, rules)))
    for place in _replaced(command, meant, rows, rules.wholes):
        events.append(Event(*place, _put(rows, place, None), None))
    for place, minutes in added.items():
        total = rows.get(place)
        if total and place not in {(event.entity, event.key) for event in meant}:
            progress = json.loads(total)
            if progress["minutes"] is not None:
                row = row_text(fields.grown(progress, minutes, command.at))
                events.append(Event(*place, _put(rows, place, row), row, FOLLOWS))
    return command._replace(events=tuple(events))


def _put(rows: MutableMapping[Place, str], place: Place, row: str | None) -> str | None:
    """Let *row* stand at *place*, or none; return what stood there."""
    before = rows.get(place)
    if row is None:
        rows.pop(place, None)
    else:
        rows[place] = row
    return before


def meanings(command: Command, rules: Rules) -> list[Event]:
    """Return the events of *command* as its own machine meant them, and only those.

    What merely follows is left out, and so are the numbers of rows, which are derived.
    """
    parts = {rules.wholes[event.entity] for event in command.events if event.entity in rules.wholes}
    found = []
    for event in command.events:
        if event.said == FOLLOWS or (event.after is None and event.entity in parts):
            continue
        before, after = event.before, event.after
        if event.said is not None:
            sides = json.loads(event.said)
            before, after = (
                None if sides[side] is None else row_text(sides[side])
                for side in ("before", "after")
            )
        column = rules.numbered.get(event.entity)
        found.append(Event(event.entity, event.key, _bare(before, column), _bare(after, column)))
    return found


def _bare(row: str | None, column: str | None) -> str | None:
    """Return *row* with nothing in the *column* that numbers it."""
    return row if row is None or column is None else row_text({**json.loads(row), column: None})


def _effect(event: Event, row: str | None, added: int, rules: Rules) -> str | None:
    """Return what a meant *event* makes of the *row* that is there."""
    if row is None or _bare(row, rules.numbered.get(event.entity)) == event.before:
        return event.after
    before, after = (
        None if side is None else json.loads(side) for side in (event.before, event.after)
    )
    mixed = fields.mixed(event.entity, before, after, json.loads(row), added)
    return None if mixed is None else row_text(mixed)


def _said(event: Event, before: str | None, after: str | None, rules: Rules) -> str | None:
    """Return what a meant *event* said, where that is not what became of it."""
    column = rules.numbered.get(event.entity)
    if (_bare(before, column), _bare(after, column)) == (event.before, event.after):
        return None
    sides = {"before": event.before, "after": event.after}
    return row_text({side: row and json.loads(row) for side, row in sides.items()})


def _sat(command: Command) -> dict[Place, int]:
    """Return the minutes of the sittings that *command* logged, by the place of the progress."""
    found: dict[Place, int] = {}
    for event in command.events:
        if event.entity == "sitting" and event.before is None and event.after is not None:
            row = json.loads(event.after)
            key = {"learner_id": row["learner_id"], "resource_id": row["resource_id"]}
            place = ("progress", row_text(key))
            found[place] = found.get(place, 0) + row["minutes"]
    return found


def _replaced(
    command: Command, meant: Iterable[Event], rows: Mapping[Place, str], wholes: Mapping[str, str]
) -> list[Place]:
    """Return the parts that go because *command* replaced the whole they belong to."""
    found = []
    written = {(event.entity, event.key) for event in meant}
    for event in command.events:
        if event.entity in wholes:
            owner = json.loads(event.key)["learner_id"]
            found += [
                place
                for place in sorted(rows)
                if place[0] == wholes[event.entity]
                and place not in written
                and json.loads(place[1])["learner_id"] == owner
            ]
    return found


class _Numbers:
    """The numbers in use, by table and learner."""

    def __init__(
        self, columns: Mapping[str, str], used: dict[tuple[str, str], dict[str, int]] | None = None
    ) -> None:
        self._columns = columns
        self._used = used or {}

    def copied(self) -> _Numbers:
        return _Numbers(self._columns, {key: dict(used) for key, used in self._used.items()})

    def numbered(self, learner: str, place: Place, row: str | None, new: bool) -> str | None:
        column = self._columns.get(place[0])
        if column is None:
            return row
        used = self._used.setdefault((place[0], learner), {})
        if row is None:
            used.pop(place[1], None)
            return None
        if new or place[1] not in used:
            used[place[1]] = max(used.values(), default=0) + 1
        values = json.loads(row)
        if values.get(column) == used[place[1]]:
            return row
        return row_text({**values, column: used[place[1]]})
