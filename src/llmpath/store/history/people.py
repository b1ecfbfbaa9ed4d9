"""Who the learners of two databases are: which of them are one. Pure: rows in, rows out.

An id comes from the name somebody began with, so that one person is known on each of their
machines; but so do two students whose login is `student`. What tells them apart is what they did:
whoever has a command in common is one, whatever they are called; who has an id or a name in common
and nothing else is asked about.

Learners who are one form a class, which goes by the smallest of its ids; its other rows are
aliases (`same_as`). Classes are united like logs: it does not matter who hears of what first.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple
from unicodedata import normalize

from llmpath.errors import NotFound, NotSaid, UsageError, arguments
from llmpath.identity import alike, id_of
from llmpath.phrases import listed
from llmpath.store.database.meta import GUEST, IN_USE, OF_A_LEARNER
from llmpath.store.history.ledger import Row, row_text

Tables = dict[str, list[Row]]
Known = tuple[int, str, str, str]  # what a command is known by: its number, time, action, summary
EMPTY = {"id": "", "name": "", "created_at": "", "removed_at": None, "same_as": None}


class Person(NamedTuple):
    """A learner as a class: the id they go by, their name, all their ids, and what they did."""

    id: str
    name: str
    ids: frozenset[str]
    commands: frozenset[Known]


class Doubt(NamedTuple):
    """A learner of a file who may be one *here*, or another of that name."""

    id: str
    name: str
    here: str


class Said(NamedTuple):
    """What was said of the learners of a file, by the ids they go by there.

    Those whom nothing but an id or a name makes one with somebody here are the `same`, or have
    `names` here.
    """

    same: Collection[str] = ()
    names: Mapping[str, str] = {}


class Recognized(NamedTuple):
    """The tables of a file with its learners as they are known here.

    `known_as` has who goes by another name here (in the file, here); of `doubts` there must be
    none before anything is merged.
    """

    tables: Tables
    known_as: list[tuple[str, str]]
    doubts: list[Doubt]


def roots(*sides: Iterable[Row]) -> dict[str, str]:
    """Return the id that each learner's data goes under, by what the rows of all *sides* say."""
    parents: dict[str, str] = {}

    def root(id_: str) -> str:
        parents.setdefault(id_, id_)
        while parents[id_] != id_:
            id_ = parents[id_]
        return id_

    for row in chain(*sides):
        one, other = root(row["id"]), root(row["same_as"] or row["id"])
        parents[max(one, other)] = min(one, other)
    return {id_: root(id_) for id_ in parents}


def everybody(tables: Tables) -> list[Person]:
    """Return the learners of *tables*, each once, by id."""
    found = roots(tables["learner"])
    names = {row["id"]: row["name"] for row in tables["learner"]}
    ids: dict[str, set[str]] = {}
    for id_, root in found.items():
        ids.setdefault(root, set()).add(id_)
    commands: dict[str, set[Known]] = {}
    for row in tables["command"]:
        known = (row["seq"], row["at"], row["action"], row["summary"])
        commands.setdefault(found[row["learner_id"]], set()).add(known)
    return [
        Person(root, names[root], frozenset(ids[root]), frozenset(commands.get(root, ())))
        for root in sorted(ids)
    ]


def under_one(tables: Tables, ids: Mapping[str, str]) -> Tables:
    """Return *tables* with the log of each learner in *ids* under the id that stands there.

    Only the log: the rows follow from it.
    """
    moved = {former: id_ for former, id_ in ids.items() if former != id_}
    seqs = {row["seq"] for row in tables["command"] if row["learner_id"] in moved}
    if not seqs:
        return tables
    commands = [
        {**row, "learner_id": moved.get(row["learner_id"], row["learner_id"])}
        for row in tables["command"]
    ]
    events = [
        {name: _renamed(value, moved) for name, value in row.items()}
        if row["command_seq"] in seqs
        else row
        for row in tables["event"]
    ]
    return {**tables, "command": commands, "event": events}


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """Return the JSON in a column of an event with the learners' ids as in *ids*."""
    if not isinstance(value, str) or '"learner_id"' not in value:
        return value
    row = json.loads(value)
    for part in (row, *(inner for inner in row.values() if isinstance(inner, dict))):
        if "learner_id" in part:
            part["learner_id"] = ids.get(part["learner_id"], part["learner_id"])
    return row_text(row)


def recognized(file: str, mine: Tables, theirs: Tables, trusted: bool, said: Said) -> Recognized:
    """Return what a *file* has, its learners as they are known among *mine*.

    *trusted* says that it was made by whoever works here: then an id or a name says enough, but of
    those who have what they have from an import alone. Raises NotSaid, NotFound and UsageError
    where a learner cannot be who they are said to be.
    """
    here = everybody(mine)
    rows = {row["id"]: row for row in mine["learner"]}
    guests = _guests(mine) | _guests(theirs)
    there = {row["id"]: row for row in theirs["learner"]}
    ids: dict[str, str] = {}
    targets, known_as, doubts = [], [], []
    for person in everybody(theirs):
        shared = [one for one in here if one.commands & person.commands]
        by_id = [one for one in here if one.ids & person.ids]
        if person.id in said.names:
            target = _named(file, mine, theirs, person, said.names[person.id], shared)
        elif not all(one in by_id for one in shared):
            if len(shared) > 1:
                raise _two(file, person, shared)
            target = rows[shared[0].id]
        else:
            named = [one for one in here if _alike(one, person) and not one.ids & there.keys()]
            alikes = by_id or named[:1]
            for one in alikes if person.commands else ():
                clear = one in shared or not one.commands
                certain = trusted and not (one.ids | person.ids) & guests
                if not (clear or certain or person.id in said.same):
                    doubts.append(Doubt(person.id, person.name, one.name))
            if not alikes or (by_id and (person.commands or trusted)):
                continue
            target = rows[alikes[0].id]  # known by name alone, or brings nothing but a name
        ids |= dict.fromkeys(person.ids, str(target["id"]))
        targets.append(_as_there(target, there[person.id]))
        if target["name"] != person.name and person.commands:
            known_as.append((person.name, target["name"]))
    return Recognized(_taken_as(theirs, ids, targets), known_as, doubts)


def _alike(one: Person, other: Person) -> bool:
    return alike(one.name) == alike(other.name)


def _as_there(row: Row, there: Row) -> Row:
    """Return the *row* of a learner here as the file would have it, whose row is that *there*."""
    since = min(row["created_at"] or there["created_at"], there["created_at"])
    return {**row, "created_at": since, "removed_at": there["removed_at"]}


def _guests(tables: Tables) -> set[str]:
    return {
        row["key"].removeprefix(GUEST) for row in tables["meta"] if row["key"].startswith(GUEST)
    }


def _named(
    file: str, mine: Tables, theirs: Tables, person: Person, name: str, shared: Iterable[Person]
) -> Row:
    """Return the row of who is called *name* here, a new one if nobody is."""
    found = roots(mine["learner"])
    rows = {row["id"]: row for row in mine["learner"]}
    called = [rows[found[id_]] for id_ in rows if rows[id_]["name"] == name]
    called += [rows[found[id_]] for id_ in rows if alike(rows[id_]["name"]) == alike(name)]
    row = next(iter(called), None)
    if row and row["removed_at"]:
        raise NotFound(
            f"The learner {name!r} was removed.",
            f"Bring them back with: llmpath user restore {arguments(name)}",
        )
    others = [one for one in shared if row is None or one.id != row["id"]]
    if others:
        known = f"The learner of {file} is {others[0].name} here already; nothing was imported."
        pair = arguments(others[0].name, name)
        if row:
            raise UsageError(known, f"If the two are one person: llmpath user merge {pair}")
        raise UsageError(known, f"To call them {name}: llmpath user rename {pair}")
    if row:
        return row
    taken = {row["id"] for row in theirs["learner"]} - person.ids | rows.keys()
    return {**EMPTY, "id": _free_id(name, taken), "name": name}


def _free_id(name: str, taken: Collection[str]) -> str:
    """Return the id of a new learner called *name*: the next one where it is *taken*."""
    id_, number = id_of(name), 1
    while id_ in taken:
        number += 1
        id_ = id_of(f"{name}\n{number}")
    return id_


def unclear(file: str, tables: Tables, doubt: Doubt) -> NotSaid:
    """Return what to say of a *doubt* where nobody is asked; the *file* has *tables*."""
    name = arguments(file)
    if sum(bool(one.commands) for one in everybody(tables)) > 1:
        user = shlex.quote(f"--user={doubt.name}")
        way = f"If not, export theirs alone for import with --as NAME: llmpath {user} export json"
    else:
        way = f"If not, say who they are: llmpath import --as NAME {name}"
    return NotSaid(
        question(file, doubt),
        "Nothing was imported.",
        [f"If so: llmpath import --same {name}", way],
    )


def question(file: str, doubt: Doubt) -> str:
    """Return what to ask of a learner of *file* who may be one here."""
    told = f"{file} has the data of a learner called {doubt.name}."
    if alike(doubt.name) == alike(doubt.here):
        told += f" There is a learner {doubt.here} here too, with nothing in common so far."
    else:
        told += f" That may be {doubt.here} here, with nothing in common so far."
    return f"{told} Are they the same person?"


def _two(file: str, person: Person, shared: list[Person]) -> NotSaid:
    names = [one.name for one in shared]
    pair = arguments(*names[:2])
    return NotSaid(
        f"The learner {person.name!r} of {file} has commands in common with"
        f" {listed(names, len(names))} here; nothing was imported.",
        f"If the two are one person, first: llmpath user merge {pair}",
    )


def _taken_as(tables: Tables, ids: Mapping[str, str], targets: Iterable[Row]) -> Tables:
    """Return *tables* with the learners in *ids* as those of the rows in *targets*."""
    if not ids:
        return tables
    learners = [row for row in tables["learner"] if row["id"] not in ids]
    return under_one({**tables, "learner": [*learners, *targets]}, ids)


def alone(tables: Tables, person: Person) -> Tables:
    """Return *tables* without the learners that are not *person* and did nothing."""
    kept = [row for row in tables["learner"] if row["id"] in person.ids]
    return {**tables, "learner": kept}


def arrived(before: Tables, after: Tables, login: str = "") -> Tables:
    """Return the tables *after* an import, with who is a guest by it, and who is in use.

    A guest is whoever had done nothing here *before*. Whose commands were theirs by the *login*
    name alone is in use from then on if another machine has given them another name.
    """
    found = roots(after["learner"])
    worked = {found[row["learner_id"]] for row in before["command"]}
    guests = {row["learner_id"] for row in after["command"]} - worked
    meta = {row["key"]: row for row in after["meta"]}
    meta |= {GUEST + id_: {"key": GUEST + id_, "value": ""} for id_ in sorted(guests)}
    for own in (found[row["id"]] for row in before["learner"] if row["name"] == login):
        if login not in (row["name"] for row in after["learner"] if found[row["id"]] == own):
            meta.setdefault(IN_USE, {"key": IN_USE, "value": own})
    return settled({**after, "meta": list(meta.values())})


def settled(tables: Tables) -> Tables:
    """Return *tables* with all that the machine knows of a learner under the id they go by."""
    found = roots(tables["learner"])
    meta = {}
    for row in tables["meta"]:
        key, value = row["key"], row["value"]
        start = next((start for start in OF_A_LEARNER if key.startswith(start)), "")
        id_ = key.removeprefix(start)
        if start:
            key = start + found.get(id_, id_)
        elif key == IN_USE:
            value = found.get(value, value)
        meta[key] = {"key": key, "value": value}
    return {**tables, "meta": list(meta.values())}


def united(rows: Iterable[Row], former: str, into: str) -> list[Row]:
    """Return the learners with *former* and *into* as one, called as *into* is.

    Both are ids that classes go by. The one that the class goes by has the name from then on; the
    other has the other's, and leads to it.
    """
    by_id = {row["id"]: dict(row) for row in rows}
    for id_ in (former, into):
        if id_ not in by_id or by_id[id_]["removed_at"] or by_id[id_]["same_as"]:
            raise NotFound(
                "One of the two learners was renamed, removed or merged meanwhile.",
                "See all with: llmpath user list",
            )
    first, second = sorted((former, into))
    for row in by_id.values():
        if row["id"] == second or row["same_as"] == second:
            row["same_as"] = first
    if first != into:
        one, other = by_id[first], by_id[second]
        one["name"], other["name"] = other["name"], one["name"]
    return list(by_id.values())


def merged_learners(mine: Iterable[Row], theirs: Iterable[Row]) -> list[Row]:
    """Return the learners of both: renamed if either says so, removed only if both do.

    Who is one with another by either is so by both, and removed only where the other is.
    """
    rows_there = [*mine, *theirs]
    by_id: dict[str, list[Row]] = {}
    for row in rows_there:
        by_id.setdefault(row["id"], []).append(row)
    found = roots(rows_there)
    merged = []
    removed: dict[str, list[str | None]] = {}
    for row in rows_there:
        removed.setdefault(found[row["id"]], []).append(row["removed_at"])
    for id_, rows in by_id.items():
        rows.sort(key=lambda row: row_text(row))
        bare = [str(row["name"]).removesuffix(suffix(id_)) for row in rows]
        times = removed[found[id_]]
        merged.append(
            {
                **rows[-1],
                "name": max(bare, key=lambda name: (id_of(name) != id_, name)),
                "created_at": min(row["created_at"] for row in rows),
                "removed_at": None if None in times else max(time for time in times if time),
                "same_as": None if found[id_] == id_ else found[id_],
            }
        )
    taken: set[str] = set()
    for row in sorted(merged, key=lambda row: (row["same_as"] is not None, str(row["id"]))):
        if normalize("NFC", row["name"]) in taken:
            row["name"] += suffix(row["id"])
        taken.add(normalize("NFC", row["name"]))
    return sorted(merged, key=lambda row: str(row["id"]))


def suffix(id_: str) -> str:
    """Return what tells a learner from another of the same name."""
    return f"-{id_[:4]}"
