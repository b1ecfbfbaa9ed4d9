"""Unite two logs: the commands of both, each once, in whatever order logs are united. Pure.

Commands here are as their own machines meant them (`as_meant`), with the ids they were written
with; *names* maps ids the catalog had before to present ones, by which rows are told apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from llmpath.store.history.ledger import Event, row_text
from llmpath.store.history.records import present
from llmpath.store.history.replay import RULES, Command, meanings


def as_meant(command: Command) -> Command:
    """Return *command* with what its own machine saw and wrote, whatever became of it."""
    return command._replace(events=tuple(meanings(command, RULES)))


def united(
    mine: Sequence[Command], theirs: Sequence[Command], names: Mapping[str, str]
) -> list[Command]:
    """Return the commands of both, each once; one with another's number gets one of its own."""
    by_seq: dict[int, list[Command]] = {}
    for command in (*mine, *theirs):
        by_seq.setdefault(command.seq, []).append(command)
    found: dict[int, Command] = {}
    for seq, same in by_seq.items():
        if all(one == same[0] for one in same):
            found[seq] = _joined(found[seq], same[0], names) if seq in found else same[0]
            continue
        commands: dict[str, Command] = {}
        for command in same:
            content = content_of(command, names)
            there = commands.get(content)
            commands[content] = _joined(there, command, names) if there else command
        first, *others = sorted(commands)
        moved = [commands[content]._replace(seq=_elsewhere(seq, content)) for content in others]
        for command in (commands[first], *moved):
            there = found.get(command.seq)
            found[command.seq] = _joined(there, command, names) if there else command
    return sorted(found.values(), key=lambda command: command.seq)


def _elsewhere(seq: int, content: str) -> int:
    """Return another number of the same second for *content*: the same on every machine."""
    from hashlib import sha256  # hardly ever

    digest = int.from_bytes(sha256(content.encode()).digest()[:4], "big") >> 1
    return (seq >> 31 << 31) | digest


def content_of(command: Command, names: Mapping[str, str]) -> str:
    """Return what makes a command itself: all about it, and which rows it made or removed.

    Not their values: of those machines may have different views.
    """
    events = [[*place, event.after is None] for (*place, _), event in placed(command, names)]
    return json.dumps([*command[1:6], sorted(events)])


def placed(
    command: Command, names: Mapping[str, str]
) -> Iterable[tuple[tuple[str, str, int], Event]]:
    """Yield the events of *command* by place, and which of those at that place it is."""
    count: dict[tuple[str, str], int] = {}
    for event in command.events:
        place = (event.entity, present(event.key, names))
        count[place] = count.get(place, 0) + 1
        yield (*place, count[place]), event


def _joined(mine: Command, theirs: Command, names: Mapping[str, str]) -> Command:
    """Return the same command as both know it: undone and redone as on either machine."""
    undoings = tuple(sorted({*mine.undoings, *theirs.undoings}))
    if mine.events == theirs.events:
        return mine._replace(undoings=undoings)
    first, other = sorted(
        (mine, theirs), key=lambda command: [(event.entity, event.key) for event in command.events]
    )
    views = dict(placed(other, names))
    events = (_view_of(event, views.get(place, event)) for place, event in placed(first, names))
    return first._replace(events=tuple(events), undoings=undoings)


def _view_of(one: Event, other: Event) -> Event:
    """Return an event as both views of it have it: the same in whatever order views are joined.

    Only where a log was merged before events had `said`, views of what was there before differ,
    since each was derived anew. Then a row that one has as made was made; a field was written if
    either says so, but emptied only if both do.
    """
    key = min(one.key, other.key)
    views = [one._replace(key=key), other._replace(key=key)]
    if one.after != other.after or one.after is None:
        return min(views, key=lambda view: (view.after or "", *_knowledge(view.before)))
    if None in (one.before, other.before):
        return views[0]._replace(before=None)
    after = json.loads(one.after)
    befores = [json.loads(view.before or "{}") for view in views]
    row = {}
    for name, value in after.items():
        known = [before.get(name) for before in befores]
        wrote = [was for was in known if was != value]
        if not wrote or (value is None and len(wrote) == 1):
            row[name] = value
        else:
            row[name] = min(wrote, key=_in_order)
    return views[0]._replace(before=row_text(row))


def _in_order(value: Any) -> str:
    """Return a *value* of a row as something that can be put in order."""
    return json.dumps(value)


def _knowledge(before: str | None) -> tuple[bool, str, str]:
    """Return what somebody knew who removed a row, those first who knew the older one."""
    if before is None:
        return (True, "", "")
    return (False, json.loads(before).get("updated_at") or "", before)
