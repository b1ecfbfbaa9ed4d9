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

from llmpath.store.history.identity import id_of
from llmpath.store.history.ledger import LEDGER, REFERENCES, TURN
from llmpath.store.history.records import COMMAND, EVENT, acts_of, canonical
from llmpath.store.history.replay import Act, Change, Place, Replayed, Rules, replay, said, text

Row = dict[str, Any]
Tables = dict[str, list[Row]]
RULES = Rules({"note": "number"}, {"plan": "plan_step"})
TIMED = 1 << 40  # numbers below it were counted, before they were times
DERIVED = ("learner", "command", "event", *LEDGER)


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

    What belongs to a machine (the table meta) stays as in *mine*. The log keeps the ids that it
    was written with, since the other machine may not know of any others yet.
    """
    written = [_log(one) for one in (mine, theirs)]
    logs = [[canonical(act, names) for act in log] for log in written]
    united = _united(logs[0], logs[1])
    replayed = replay(united, RULES)
    learners = merged_learners(mine["learner"], theirs["learner"])
    acts = replayed.acts
    if names:
        originals = _originals(chain(*written), chain(*logs))
        acts = [_as_written(act, originals[_content(act)]) for act in acts]
    tables: Tables = {
        "learner": learners,
        **_log_tables(acts, replayed.standing),
        **_row_tables(replayed),
    }
    for name in mine:
        if name == "meta":
            tables[name] = mine[name]
        elif name not in tables:
            tables[name] = _either(mine[name], theirs.get(name, []))
    tables = {name: tables[name] for name in mine}
    known = {act.seq for act in logs[0]}
    ids = {row["id"] for row in mine["learner"]}
    return Merged(
        tables,
        len(united) - len(known),
        [row["name"] for row in learners if row["id"] not in ids],
        _conflicts(united, {act.seq: act for act in logs[0]}, replayed),
        _told(united) != _told(logs[0])
        or any(_sorted(tables[name]) != _sorted(mine[name]) for name in (*LEDGER, "learner")),
    )


def _told(acts: Iterable[Act]) -> list[tuple[int, str, Any]]:
    """Return what a log says, without what follows from it."""
    return [(act.seq, _content(act), act.turns) for act in acts]


def _originals(written: Iterable[Act], read: Iterable[Act]) -> dict[str, tuple[Change, ...]]:
    """Return the changes of acts as they were *written*, by the content with which they are *read*.

    Where two machines have written differently of the same, the first in order of text.
    """
    found: dict[str, tuple[Change, ...]] = {}
    for act, canonized in zip(written, read, strict=True):
        content = _content(canonized)
        changes = tuple(said(act, RULES.wholes))
        found[content] = min(found.get(content, changes), changes, key=repr)
    return found


def _as_written(act: Act, original: tuple[Change, ...]) -> Act:
    """Return *act* with the ids of its *original* changes, and what else was derived of it."""
    changes = []
    for change, first in zip_longest(act.changes, original):
        if first is not None:
            after = change.after
            if after is not None:
                ids = {
                    name: value
                    for name, value in json.loads(first.after or "{}").items()
                    if name in REFERENCES
                }
                after = text({**json.loads(after), **ids}) if ids else after
            change = change._replace(key=first.key, after=after)
        changes.append(change)
    return act._replace(changes=tuple(changes))


def _log(tables: Tables) -> list[Act]:
    commands, events = _timed(tables["command"], tables["event"])
    return acts_of(
        [tuple(row[name] for name in COMMAND) for row in commands],
        [tuple(row[name] for name in EVENT) for row in sorted(events, key=lambda row: row["seq"])],
    )


def _timed(commands: list[Row], events: list[Row]) -> tuple[list[Row], list[Row]]:
    """Give commands that were merely counted numbers that are times, in the same order."""
    if all(row["seq"] >= TIMED for row in commands):
        return commands, events
    numbers: dict[int, int] = {}
    latest = 0
    for i, row in enumerate(sorted(commands, key=lambda row: int(row["seq"]))):
        if row["seq"] < TIMED:
            latest = max(latest, int(datetime.fromisoformat(row["at"]).timestamp()))
            numbers[row["seq"]] = (latest << 31) + i
    return (
        [{**row, "seq": numbers.get(row["seq"], row["seq"])} for row in commands],
        [
            {**row, "command_seq": numbers.get(row["command_seq"], row["command_seq"])}
            for row in events
        ],
    )


def _united(mine: Sequence[Act], theirs: Sequence[Act]) -> list[Act]:
    """Return the acts of both, each once; one with another's number gets one of its own."""
    by_seq: dict[int, dict[str, Act]] = {}
    for act in (*mine, *theirs):
        content = _content(act)
        there = by_seq.setdefault(act.seq, {})
        there[content] = _joined(there[content], act) if content in there else act
    found: dict[int, Act] = {}
    for seq, acts in by_seq.items():
        first, *others = sorted(acts)
        moved = [acts[content]._replace(seq=_elsewhere(seq, content)) for content in others]
        for act in (acts[first], *moved):
            found[act.seq] = _joined(found[act.seq], act) if act.seq in found else act
    return sorted(found.values(), key=lambda act: act.seq)


def _elsewhere(seq: int, content: str) -> int:
    """Return another number of the same second for *content*: the same on every machine."""
    digest = int.from_bytes(sha256(content.encode()).digest()[:4], "big") >> 1
    return (seq >> 31 << 31) | digest


def _content(act: Act) -> str:
    """Return what makes a command itself: not what was before, nor how its rows are numbered."""
    changes = []
    for entity, key, _, after in said(act, RULES.wholes):
        values = None if after is None else json.loads(after)
        if values and entity in RULES.numbered:
            values.pop(RULES.numbered[entity], None)
        changes.append(json.dumps([entity, key, values], sort_keys=True))
    return json.dumps([*act[1:6], sorted(changes)])


def _joined(mine: Act, theirs: Act) -> Act:
    """Return the same command as both know it: undone and redone as on either machine."""
    turns = tuple(sorted({*mine.turns, *theirs.turns}))
    return min(mine, theirs, key=_derived)._replace(turns=turns)


def _derived(act: Act) -> list[tuple[str, str]]:
    """Return what two machines may see differently of a command, as something to be ordered."""
    return [(change.before or "", change.after or "") for change in act.changes]


def _log_tables(acts: Iterable[Act], standing: Mapping[int, str]) -> Tables:
    commands, events = [], []
    for act in acts:
        row = dict(zip(COMMAND, (*act[:6], standing[act.seq]), strict=True))
        commands.append(row)
        for change in act.changes:
            events.append({"command_seq": act.seq, **change._asdict()})
        for number, undone in act.turns:
            before, after = ("live", "undone") if undone else ("undone", "live")
            events.append(
                {
                    "command_seq": act.seq,
                    "entity": TURN,
                    "key": text({"turn": number}),
                    "before": text({"standing": before}),
                    "after": text({"standing": after}),
                }
            )
    return {"command": commands, "event": [{"seq": i, **row} for i, row in enumerate(events, 1)]}


def _row_tables(replayed: Replayed) -> Tables:
    tables: Tables = {name: [] for name in LEDGER}
    for (table, key), row in replayed.rows.items():
        tables[table].append({**json.loads(key), **json.loads(row)})
    return tables


def _either(mine: Iterable[Row], theirs: Iterable[Row]) -> list[Row]:
    """Return the rows of both, of a table that has no log."""
    rows = {text(row): row for row in (*mine, *theirs)}
    return [rows[key] for key in sorted(rows)]


def _sorted(rows: Iterable[Row]) -> list[str]:
    return sorted(text(row) for row in rows)


def _conflicts(
    united: Sequence[Act], mine: Mapping[int, Act], replayed: Replayed
) -> list[Conflict]:
    """Return the rows whose last live writer did not know what it wrote over."""
    found: dict[Place, Conflict] = {}
    for act, derived in zip(united, replayed.acts, strict=True):
        if replayed.standing[act.seq] != "live":
            continue
        as_written = mine.get(act.seq, act)
        if _content(as_written) != _content(act):
            as_written = act  # mine of that number has got another
        seen = {(change.entity, change.key): change.before for change in as_written.changes}
        for given in derived.changes:
            place = (given.entity, given.key)
            found.pop(place, None)
            if given.before not in (seen.get(place), None, given.after):
                found[place] = Conflict(place, act.at, given.after, given.before)
    return list(found.values())


def merged_learners(mine: Iterable[Row], theirs: Iterable[Row]) -> list[Row]:
    """Return the learners of both: renamed if either says so, removed only if both do."""
    by_id: dict[str, list[Row]] = {}
    for row in (*mine, *theirs):
        by_id.setdefault(row["id"], []).append(row)
    merged = []
    for id_, rows in by_id.items():
        rows.sort(key=lambda row: text(row))
        bare = [str(row["name"]).removesuffix(_suffix(id_)) for row in rows]
        removed = [row["removed_at"] for row in rows]
        merged.append(
            {
                **rows[-1],
                "name": max(bare, key=lambda name: (id_of(name) != id_, name)),
                "created_at": min(row["created_at"] for row in rows),
                "removed_at": None if None in removed else max(removed),
            }
        )
    taken: set[str] = set()
    for row in sorted(merged, key=lambda row: str(row["id"])):
        if row["name"] in taken:
            row["name"] += _suffix(row["id"])
        taken.add(row["name"])
    return sorted(merged, key=lambda row: str(row["id"]))


def _suffix(id_: str) -> str:
    """Return what tells a learner from another of the same name."""
    return f"-{id_[:4]}"
