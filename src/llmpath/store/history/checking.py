"""Hold the rows of an export against the tables: nothing of it is trusted.

Each row is held against the tables' columns and types, each event against the rows that it would
write, and every problem is named with its place in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import MAXYEAR, date, datetime
from pathlib import Path
from sqlite3 import Connection, IntegrityError
from typing import Any
from unicodedata import normalize

from llmpath.errors import InvalidFile
from llmpath.identity import clean_name
from llmpath.plans import LONGEST_OFF
from llmpath.store.history.ledger import FOLLOWS, LEDGER, UNDOING, row_text
from llmpath.store.history.numbers import HIGHEST
from llmpath.store.history.people import Tables, suffix
from llmpath.store.history.replay import RULES
from llmpath.times import FIRST_YEAR, LAST_YEAR

PROBLEMS_SHOWN = 20
HIGHEST_NUMBER = 2**63 - 1
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # of a learner

Columns = Mapping[str, tuple[str, bool]]  # name -> (declared type, whether it must be there)


def check(path: Path, tables: Tables, declared: Mapping[str, Columns]) -> None:
    """Hold *tables* of the file at *path* against the *declared* columns; raise InvalidFile."""
    problems = []
    for problem in _problems(tables, declared):
        problems.append(f"{path}: {problem}")
        if len(problems) > PROBLEMS_SHOWN:
            problems[-1] = "... and more"
            break
    if problems:
        raise InvalidFile(f"{path} cannot be imported.", "Nothing was changed.", problems)


def _problems(tables: Tables, declared: Mapping[str, Columns]) -> Iterator[str]:
    for name in tables:
        if name not in declared:
            yield f"tables: there is no table {name[:40]!r}."
    for name, columns in declared.items():
        if name not in tables:
            yield f"tables: {name} is missing."
            continue
        for number, row in enumerate(tables[name]):
            where = f"tables.{name}[{number}]"
            if not isinstance(row, dict):
                yield f"{where} is not an object."
                continue
            yield from _row_problems(where, row, columns)
    if all(
        isinstance(row, dict)
        for name in ("learner", "command", "event")
        for row in tables.get(name, [])
    ):
        yield from _learner_problems(tables)
        yield from _number_problems(tables)
        yield from _event_problems(tables, declared)


def _row_problems(where: str, row: Mapping[str, Any], columns: Columns) -> Iterator[str]:
    for name in row.keys() - columns.keys():
        yield f"{where}: there is no column {name[:40]!r}."
    for name, (kind, needed) in columns.items():
        if name not in row:
            yield f"{where}: {name} is missing."
            continue
        wrong = fault(name, row[name], kind, needed)
        if wrong:
            yield f"{where}.{name} {wrong}."


def fault(name: str, value: Any, kind: str, needed: bool) -> str:
    """Return why *value* cannot stand in a column *name* of a *kind*, or ''."""
    if value is None:
        return "must not be null" if needed else ""
    if kind == "INTEGER":
        if type(value) is not int or not -HIGHEST_NUMBER <= value <= HIGHEST_NUMBER:
            return "is not a 64-bit whole number"
        return ""
    if kind in ("FLOAT", "REAL", "NUMERIC"):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if number and abs(value) < 1e300 else "is not a number"
    if not isinstance(value, str):
        return "is not text"
    if "\0" in value:
        return f"has a NUL at character {value.index(chr(0)) + 1}"
    for i, char in enumerate(value) if not value.isascii() else ():
        if "\ud800" <= char <= "\udfff":
            return f"has half a surrogate pair at character {i + 1}"
    return time_fault(name, value)


def time_fault(name: str, value: str) -> str:
    """Return why *value* is no time or day that a column *name* can have, or ''."""
    is_time = name == "at" or name.endswith("_at")
    try:
        if is_time:
            at = datetime.fromisoformat(value)
            if at.tzinfo is None:
                return "is not a time with its zone, such as 2026-11-20T09:00:00+00:00"
            if not FIRST_YEAR <= at.year <= LAST_YEAR:
                return _AGES_AWAY
        elif name in ("local_date", "day") or name.endswith("_on"):
            if not FIRST_YEAR - 1 <= _day(value).year <= LAST_YEAR + 1:  # a zone's day
                return _AGES_AWAY
        elif name == "until":
            if not _can_come(_day(value)):
                return _BEYOND
        elif name == "off":
            for one in value.split():
                first, last = (_day(text) for text in one.partition("..")[::2])
                if not 0 <= (last - first).days < LONGEST_OFF:
                    return f"has days off that end before they begin, or after a year: {one}"
                if not _can_come(first):
                    return _BEYOND
    except ValueError:
        return f"is not a {'time' if is_time else 'date'}"
    return ""


_AGES_AWAY = f"is not within the years {FIRST_YEAR} to {LAST_YEAR}"
_BEYOND = f"is before {FIRST_YEAR}, or at the end of the calendar"


def _can_come(day: date) -> bool:
    """Say whether a learner can have a *day* ahead: near its end, the calendar has no next week."""
    return FIRST_YEAR <= day.year < MAXYEAR


def _day(value: str) -> date:
    """Return the day that is written YYYY-MM-DD; raises ValueError for any other form."""
    found = date.fromisoformat(value)
    if found.isoformat() != value:
        raise ValueError(value)
    return found


def _learner_problems(tables: Tables) -> Iterator[str]:
    leads: dict[str, Any] = {
        str(row.get("id")): row.get("same_as") and str(row["same_as"])
        for row in tables.get("learner", [])
    }
    for number, row in enumerate(tables.get("learner", [])):
        where = f"tables.learner[{number}]"
        if isinstance(row.get("id"), str) and not ID.fullmatch(row["id"]):
            yield f"{where}.id may contain only letters, digits, - and _."
        name = row.get("name")
        bare = name.removesuffix(suffix(str(row.get("id")))) if isinstance(name, str) else ""
        if isinstance(name, str) and clean_name(bare) != normalize("NFC", bare):
            yield f"{where}.name cannot be a learner's name."
        other = leads[str(row.get("id"))]
        if other is not None and (leads.get(other, "") is not None or other > str(row.get("id"))):
            yield f"{where}.same_as is not the id of another learner who is listed by it."
    for number, row in enumerate(tables.get("command", [])):
        if leads.get(str(row.get("learner_id"))) is not None:
            yield f"tables.command[{number}].learner_id is that of a learner who is another."


def _number_problems(tables: Tables) -> Iterator[str]:
    """Later commands need numbers above those of a file, so that none may use up what there are."""
    for number, row in enumerate(tables.get("command", [])):
        if type(row.get("seq")) is int and row["seq"] > HIGHEST:
            yield f"tables.command[{number}].seq {_USED_UP}"
        elif type(row.get("seq")) is int and row["seq"] < 1:
            yield f"tables.command[{number}].seq is not the number of a command."


_USED_UP = (
    "leaves no room for later commands. On the machine it comes from, run llmpath doctor --fix"
    " and export again."
)


def _event_problems(tables: Tables, declared: Mapping[str, Columns]) -> Iterator[str]:
    """An undo writes what events say: each must name a known table, whole rows, its own learner."""
    owners = {row.get("seq"): row.get("learner_id") for row in tables.get("command", [])}
    for number, row in enumerate(tables.get("event", [])):
        where = f"tables.event[{number}]"
        sides = {}
        try:
            for name in ("key", "before", "after", "said"):
                value = row.get(name)
                sides[name] = None if value is None else _object(value)
        except (ValueError, TypeError, RecursionError):
            yield f"{where}.{name} is not a JSON object."
            continue
        key, said = sides["key"] or {}, sides["said"]
        entity = str(row.get("entity"))
        if entity == UNDOING:
            standing = sides["after"] and sides["after"].get("standing")
            turn = key.get("turn")
            if type(turn) is not int or standing not in ("live", "undone") or said is not None:
                yield f"{where} does not give the status of a command."
            elif not 0 < turn <= HIGHEST:
                yield f"{where}.key {_USED_UP}"
            continue
        if entity not in LEDGER:
            yield f"{where}.entity is not a table that has events."
            continue
        keys, _ = LEDGER[entity]
        kinds = declared.get(entity, {})
        if set(key) != set(keys) or any(
            fault(name, key[name], kinds.get(name, ("TEXT", True))[0], True) for name in keys
        ):
            yield f"{where}.key is not the key of {entity}."
            continue
        rows = [sides["before"], sides["after"]]
        if said is not None and row["said"] != FOLLOWS:
            if said.keys() != {"before", "after"} or not all(
                one is None or isinstance(one, dict) for one in said.values()
            ):
                yield f"{where}.said does not give a row before and after."
                continue
            rows += [_numbered(entity, one) for one in said.values()]
        owner = owners.get(row.get("command_seq"))
        for one in rows:
            if one is not None:
                if one.get("learner_id", key.get("learner_id")) != owner:
                    yield f"{where} belongs to another learner than its command."
                yield from _side_problems(where, entity, one, kinds)


def check_events(path: Path, events: Iterable[Mapping[str, Any]], scratch: Connection) -> None:
    """Hold the rows in *events* against the rules of their tables, in a database to be thrown away.

    A redo or a merge writes them. Raises InvalidFile; the events are otherwise known to be sound.
    """
    held: set[tuple[str, str]] = set()
    for number, event in enumerate(events):
        entity = event["entity"]
        if entity not in LEDGER:
            continue
        key = json.loads(event["key"])
        said = json.loads(event.get("said") or "{}").values()
        sides = [json.loads(event[side] or "null") for side in ("before", "after")]
        for row in (*sides, *said):
            text = (entity, row_text(row)) if row else ("", "")
            if row is None or text in held:
                continue
            held.add(text)
            values = {**key, **(_numbered(entity, row) or {})}
            names = ", ".join(f'"{name}"' for name in values)
            marks = ", ".join("?" * len(values))
            try:
                scratch.execute(
                    f"INSERT OR REPLACE INTO {entity} ({names}) VALUES ({marks})",
                    list(values.values()),
                )
            except IntegrityError as error:
                where = f"{path}: tables.event[{number}]"
                raise InvalidFile(f"{where}: {error}.", "Nothing was changed.") from None


def _numbered(entity: str, row: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a *row* that was said, which has no number: that is derived."""
    column = RULES.numbered.get(entity)
    return {**row, column: 0} if row and column and row.get(column) is None else row


def _side_problems(
    where: str, entity: str, row: Mapping[str, Any], declared: Columns
) -> Iterator[str]:
    """Yield why *row* cannot come to stand in the table *entity*, but for its key."""
    _, columns = LEDGER[entity]
    if not row.keys() <= set(columns) or not row:
        yield f"{where}: these are not the columns of {entity}."
        return
    for name in columns:
        kind, needed = declared.get(name, ("TEXT", False))
        wrong = fault(name, row.get(name), kind, needed)
        if wrong:
            yield f"{where}: {name} {wrong}."


def _object(value: str) -> dict[str, Any]:
    found = json.loads(value, object_pairs_hook=once, parse_constant=refuse)
    if not isinstance(found, dict):
        raise ValueError(value)
    return found


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return *pairs* of a JSON object as one; raises ValueError for a key that appears twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key {twice[:40]!r} appears twice in one object")
    return found


def refuse(name: str) -> Any:
    """Raise ValueError: NaN and the like are no numbers."""
    raise ValueError(f"{name} is not a number")
