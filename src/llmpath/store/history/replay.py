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

from llmpath.store.history.ledger import Event, row_text

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
    """What a log gives: the rows, how each command stands, the commands with `before` derived."""

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


def replay(commands: Sequence[Command], rules: Rules | None = None) -> Replayed:
    """Return what *commands* give, in the order of their numbers.

    Under *rules*, a numbered row gets the number after the highest there is when it is made, and
    a new whole replaces the parts of the old, whatever the events say. Commands do just that, so
    it changes nothing but in a log that was merged.
    """
    status = statuses(commands)
    ordered = sorted(commands, key=lambda command: command.seq)
    rows: dict[Place, str] = {}
    numbers = _Numbers(rules.numbered if rules else {})
    wholes = rules.wholes if rules else {}
    derived = {}
    for command in ordered:
        if status[command.seq] == "live":
            derived[command.seq] = _applied(command, rows, numbers, wholes)
        elif status[command.seq] == "discarded" and rules:
            derived[command.seq] = _applied(command, ChainMap({}, rows), numbers.copied(), wholes)
    # What was undone would be redone on top of all that is live.
    beyond, beyond_numbers = dict(rows), numbers.copied()
    for command in ordered:
        if status[command.seq] == "undone":
            derived[command.seq] = _applied(command, beyond, beyond_numbers, wholes)
    return Replayed(rows, status, [derived.get(command.seq, command) for command in ordered])


def _applied(
    command: Command, rows: MutableMapping[Place, str], numbers: _Numbers, wholes: Mapping[str, str]
) -> Command:
    """Change *rows* as *command* did; return it with what was before each event."""
    events = []
    for event in [*as_said(command, wholes), *_replaced(command, rows, wholes)]:
        place = (event.entity, event.key)
        before = rows.get(place)
        after = numbers.numbered(command.learner, place, event.after, before is None)
        if after is None:
            rows.pop(place, None)
        else:
            rows[place] = after
        events.append(Event(*place, before, after))
    return command._replace(events=tuple(events))


def as_said(command: Command, wholes: Mapping[str, str]) -> list[Event]:
    """Return the events of *command*, less those that merely follow from its replacing a whole."""
    parts = {wholes[event.entity] for event in command.events if event.entity in wholes}
    return [
        event for event in command.events if event.after is not None or event.entity not in parts
    ]


def _replaced(
    command: Command, rows: Mapping[Place, str], wholes: Mapping[str, str]
) -> list[Event]:
    """Return the parts that go because *command* replaced the whole they belong to."""
    found = []
    written = {(event.entity, event.key) for event in as_said(command, wholes)}
    for event in command.events:
        if event.entity in wholes:
            owner = json.loads(event.key)["learner_id"]
            found += [
                Event(*place, row, None)
                for place, row in sorted(rows.items())
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
