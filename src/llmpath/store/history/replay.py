"""The log as values: how each command stands, and the rows that the log gives. Pure.

Everything a learner has follows from the log: the rows are what the live commands' events leave,
in the order of the commands' numbers. `doctor` holds the tables against that, and two machines'
logs are merged by uniting them and deriving everything anew (`merge.py`).
"""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any, NamedTuple

Place = tuple[str, str]  # a table, and the key of a row as JSON
Rows = Mapping[Place, str]  # the other columns as JSON


class Change(NamedTuple):
    """An event: a row as it was before a command and after it; texts are JSON, None is no row."""

    entity: str
    key: str
    before: str | None
    after: str | None


class Act(NamedTuple):
    """A command with its events; *turns* are (number, whether undone by it), ascending."""

    seq: int
    learner: str
    at: str
    local_date: str
    action: str
    summary: str
    changes: tuple[Change, ...]
    turns: tuple[tuple[int, bool], ...] = ()

    @property
    def undone(self) -> bool:
        """Whether it was undone last, rather than made or redone."""
        return bool(self.turns) and self.turns[-1][1]


class Replayed(NamedTuple):
    """What a log gives: the rows, how each command stands, and the acts with `before` derived."""

    rows: dict[Place, str]
    standing: dict[int, str]
    acts: list[Act]


def text(row: Mapping[str, Any]) -> str:
    """Return *row* as the journal writes it."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def standings(acts: Iterable[Act]) -> dict[int, str]:
    """Return how each command stands: live, undone (it can be redone) or discarded.

    A command that was undone can be redone while nothing newer of the same learner has been live
    since: a newer command, or one redone later, has taken its place.
    """
    found: dict[int, str] = {}
    live_until: dict[str, float] = {}  # by learner: until when something newer was live
    for act in sorted(acts, key=lambda act: -act.seq):
        newer = live_until.get(act.learner, float("-inf"))
        if not act.undone:
            found[act.seq] = "live"
            live_until[act.learner] = float("inf")
            continue
        end = act.turns[-1][0]
        found[act.seq] = "undone" if newer < end else "discarded"
        live_until[act.learner] = max(newer, end)
    return found


class Rules(NamedTuple):
    """How rows hang together beyond single ones, which matters when logs are merged.

    *numbered* names tables whose rows are numbered per learner, and the column; *wholes* names
    tables whose row, written anew, replaces all of the learner's rows in another.
    """

    numbered: Mapping[str, str]
    wholes: Mapping[str, str]


def replay(acts: Sequence[Act], rules: Rules | None = None) -> Replayed:
    """Return what *acts* give, in the order of their numbers.

    Under *rules*, a numbered row gets the number after the highest there is when it is made, and
    a new whole replaces the parts of the old, whatever the events say. Commands do just that, so
    it changes nothing but in a log that was merged.
    """
    standing = standings(acts)
    ordered = sorted(acts, key=lambda act: act.seq)
    rows: dict[Place, str] = {}
    numbers = _Numbers(rules.numbered if rules else {})
    wholes = rules.wholes if rules else {}
    derived = {}
    for act in ordered:
        if standing[act.seq] == "live":
            derived[act.seq] = _applied(act, rows, numbers, wholes)
        elif standing[act.seq] == "discarded" and rules:
            derived[act.seq] = _applied(act, ChainMap({}, rows), numbers.copied(), wholes)
    # What was undone would be redone on top of all that is live.
    beyond, beyond_numbers = dict(rows), numbers.copied()
    for act in ordered:
        if standing[act.seq] == "undone":
            derived[act.seq] = _applied(act, beyond, beyond_numbers, wholes)
    return Replayed(rows, standing, [derived.get(act.seq, act) for act in ordered])


def _applied(
    act: Act, rows: MutableMapping[Place, str], numbers: _Numbers, wholes: Mapping[str, str]
) -> Act:
    """Change *rows* as *act* did; return it with what was before each change."""
    changes = []
    for change in [*said(act, wholes), *_replaced(act, rows, wholes)]:
        place = (change.entity, change.key)
        before = rows.get(place)
        after = numbers.numbered(act.learner, place, change.after, before is None)
        if after is None:
            rows.pop(place, None)
        else:
            rows[place] = after
        changes.append(Change(*place, before, after))
    return act._replace(changes=tuple(changes))


def said(act: Act, wholes: Mapping[str, str]) -> list[Change]:
    """Return the changes of *act* but those that only follow from a whole it wrote anew."""
    parts = {wholes[change.entity] for change in act.changes if change.entity in wholes}
    return [
        change for change in act.changes if change.after is not None or change.entity not in parts
    ]


def _replaced(act: Act, rows: Mapping[Place, str], wholes: Mapping[str, str]) -> list[Change]:
    """Return the parts that go because *act* wrote their whole anew."""
    found = []
    written = {(change.entity, change.key) for change in said(act, wholes)}
    for change in act.changes:
        if change.entity in wholes:
            owner = json.loads(change.key)["learner_id"]
            found += [
                Change(*place, row, None)
                for place, row in sorted(rows.items())
                if place[0] == wholes[change.entity]
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
        return text({**values, column: used[place[1]]})
