"""Find out which words were given up in a merge, for others that did not know of them. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from llmpath.store.history import fields
from llmpath.store.history.ledger import Event, row_text
from llmpath.store.history.records import canonical
from llmpath.store.history.replay import RULES, Command, Place, Replayed
from llmpath.store.history.uniting import as_meant, content_of, placed


class Conflict(NamedTuple):
    """A row of which two machines said different things: as it is, and as the other word had it.

    None is no row. `fields` are those in which a word was given up, or that were written though
    the row had been removed; `at` is when the one was said that holds.
    """

    place: Place
    at: str
    kept: str | None
    over: str | None
    fields: tuple[str, ...] = ()


def conflicts(
    united: Sequence[Command],
    mine: Iterable[Command],
    replayed: Replayed,
    names: Mapping[str, str],
) -> list[Conflict]:
    """Return the rows in which a word was given up for one that did not know of it."""
    held = {command.seq: command for command in mine}
    found: dict[Place, Conflict] = {}
    times: dict[Place, str] = {}
    for meant, derived in zip(united, replayed.commands, strict=True):
        if replayed.status[meant.seq] != "live":
            continue
        before = {place: event.before for place, event in placed(canonical(meant, names), {})}
        own = held.get(meant.seq)
        if own and content_of(as_meant(own), names) == content_of(meant, names):
            # What had become of it here is known here.
            before |= {
                place: event.before
                for place, event in placed(canonical(own, names), {})
                if place in before
            }
        said = {place: event.after for place, event in placed(canonical(meant, names), {})}
        for where, event in placed(derived, {}):
            place = (event.entity, event.key)
            found.pop(place, None)
            if where in said and event.entity != "plan_step":
                at = times.get(place, meant.at)
                conflict = _conflict(event, before[where], said[where], (at, meant.at))
                if conflict:
                    found[place] = conflict
            if event.before != event.after:
                times[place] = meant.at
    return list(found.values())


def _conflict(
    event: Event, known: str | None, said: str | None, at: tuple[str, str]
) -> Conflict | None:
    """Return what was given up when somebody who *said* a row, and *known* another, met a third.

    *at* is when that was last written, and when this was said.
    """
    if event.before in (known, said):
        return None
    place = (event.entity, event.key)
    had = None if known is None else json.loads(known)
    if event.before is None:  # somebody else had removed it
        words = fields.said(had, json.loads(said or "{}"))
        return Conflict(place, at[1], event.after, None, tuple(words)) if said else None
    was = json.loads(event.before)
    unknown = [
        name
        for name, value in was.items()
        if name not in (*fields.TIMES, *RULES.numbered.values())
        and value is not None
        and value != (had or {}).get(name)
    ]
    if said is None:
        if not unknown:
            return None
        if event.after is not None:
            return Conflict(place, at[0], event.after, None, tuple(unknown))
        return Conflict(place, at[1], None, event.before, tuple(unknown))
    wanted = json.loads(said)
    words = fields.said(had, wanted)
    apart = [name for name in unknown if name in words and wanted[name] != was[name]]
    row = json.loads(event.after or "{}")
    given_up = {
        name: was[name] if row.get(name) == wanted[name] else wanted[name] for name in apart
    }
    given_up = {name: value for name, value in given_up.items() if row.get(name) != value}
    if not given_up:
        return None
    holds = any(row[name] == wanted[name] for name in given_up)
    whole = event.entity in fields.WHOLES
    over = event.before if whole else row_text({**row, **given_up})
    return Conflict(place, at[holds], event.after, over, tuple(given_up))
