"""Which resources are meant: the filters that `list`, `next` and `search` share, as SQL."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from llmpath.vocab import Status


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
    return " AND ".join(conditions) or "1", parameters
