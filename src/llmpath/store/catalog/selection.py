"""Which resources are meant: the filters that `list`, `next` and `search` share, as SQL."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from llmpath.vocab import Status


class Condition(NamedTuple):
    """What a field of a resource may be, or may not when *negated*.

    Fields: kind, level, status, upkeep, cost, needs, topic, home, track, source (values are ids,
    any of which will do), verified (a year or month), year and minutes (least and most, '' where
    open), essential (no values), note (the id of the learner who wrote one), match (FTS5
    expressions, all of them to be met).
    """

    field: str
    values: tuple[str, ...] = ()
    negated: bool = False


class Selection(NamedTuple):
    """What a resource must be; an empty part asks nothing."""

    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    topic: str = ""
    track: str = ""
    source: str = ""
    statuses: tuple[str, ...] = ()
    minutes: int | None = None
    essential: bool = False
    conditions: tuple[Condition, ...] = ()

    def __bool__(self) -> bool:
        return any(self)


def where(selection: Selection) -> tuple[str, list[Any]]:
    """Return *selection* as a condition on `resource` and `progress`, with its parameters.

    `progress` is to be joined as the learner's rows; a missing row means todo.
    """
    conditions: list[str] = []
    parameters: list[Any] = []

    def one_of(column: str, values: Sequence[str]) -> None:
        if values:
            conditions.append(f"{column} IN ({', '.join('?' * len(values))})")
            parameters.extend(values)

    one_of("resource.kind", selection.kinds)
    one_of("resource.level", selection.levels)
    one_of(f"coalesce(progress.status, '{Status.TODO}')", selection.statuses)
    if selection.topic:
        conditions.append(
            "resource.position IN (SELECT resource_position FROM resource_topic WHERE topic = ?)"
        )
        parameters.append(selection.topic)
    if selection.track:
        conditions.append("resource.home IN (SELECT id FROM topic WHERE track = ?)")
        parameters.append(selection.track)
    if selection.source:
        conditions.append("instr(' ' || resource.sources || ' ', ?)")
        parameters.append(f" {selection.source} ")
    if selection.minutes is not None:
        conditions.append("resource.minutes <= ?")
        parameters.append(selection.minutes)
    if selection.essential:
        conditions.append("resource.essential")
    for condition in selection.conditions:
        text, values = _condition(condition)
        conditions.append(f"NOT coalesce(({text}), 0)" if condition.negated else text)
        parameters.extend(values)
    return " AND ".join(conditions) or "1", parameters


_STATUS = f"coalesce(progress.status, '{Status.TODO}')"
_COLUMNS = {
    "kind": "resource.kind",
    "level": "resource.level",
    "language": "lower(resource.language)",
    "status": _STATUS,
    "home": "resource.home",
    "upkeep": "resource.upkeep",
    "cost": "resource.cost",
}


def _condition(condition: Condition) -> tuple[str, list[Any]]:
    field, values = condition.field, list(condition.values)
    marks = ", ".join("?" * len(values))
    match field:
        case "topic":
            rows = f"SELECT resource_position FROM resource_topic WHERE topic IN ({marks})"
            return f"resource.position IN ({rows})", values
        case "track":
            topics = f"SELECT id FROM topic WHERE track IN ({marks})"
            return f"resource.home IN ({topics})", values
        case "source":
            tests = " OR ".join("instr(' ' || resource.sources || ' ', ?)" for _ in values)
            return f"({tests})", [f" {value} " for value in values]
        case "needs":
            tests = " OR ".join("instr(' ' || resource.needs || ' ', ?)" for _ in values)
            return f"({tests})", [f" {value} " for value in values]
        case "verified":
            tests = " OR ".join("instr(resource.verified, ?) = 1" for _ in values)
            return f"({tests})", values
        case "match":
            rows = "SELECT rowid FROM resource_index WHERE resource_index MATCH ?"
            return " AND ".join(f"resource.position IN ({rows})" for _ in values) or "1", values
        case "year" | "minutes":
            bounds = [
                (sign, value) for sign, value in zip((">=", "<="), values, strict=True) if value
            ]
            tests = " AND ".join(f"resource.{field} {sign} ?" for sign, _ in bounds)
            return f"({tests})", [int(value) for _, value in bounds]
        case "essential":
            return "resource.essential", []
        case "note":
            notes = f"SELECT target FROM note WHERE learner_id IN ({marks})"
            return f"resource.id IN ({notes})", values
        case _:
            return f"{_COLUMNS[field]} IN ({marks})", values
