"""What a command makes of a row that it did not know as it is: field by field. Pure.

On one machine every command knows the row that it changes, and its word is all that holds. Where
two machines wrote without knowing of each other, each has said something of some fields only:
those that it changed, or, of a row that it made, those that it filled. The later word on a field
holds, with these exceptions:

* Done outranks what is not done, whoever spoke last. How something stands and since when go
  together; times of the word that does not hold only fill what is empty.
* A sitting adds to a total that its machine knew nothing of, as it would have there.
* What would remove a row leaves one that has meanwhile been done, or a note that has meanwhile
  been given another text.
* A goal that was set twice has the place in the order that it got first.
"""

from __future__ import annotations

from collections.abc import Callable

from llmpath.store.history.ledger import Row

STANDING = ("status", "started_at", "finished_at")
# When things happened: times go with what they are the times of.
TIMES = (
    *("started_at", "finished_at", "updated_at", "created_at"),
    *("set_at", "marked_at", "ignored_at", "logged_at"),
)
WHOLES = ("plan", "plan_step")  # rows that only make sense whole


def said(before: Row | None, after: Row) -> list[str]:
    """Return the fields of which something was said by making *before* into *after*."""
    if before is None:
        return [name for name, value in after.items() if value is not None]
    return [name for name, value in after.items() if before.get(name) != value]


def mixed(table: str, before: Row | None, after: Row | None, actual: Row, added: int) -> Row | None:
    """Return what the *actual* row of *table* becomes by a word of somebody who did not know it.

    They knew it as *before* (None: no row) and made it *after* (None: removed it). *added* are
    the minutes of sittings that were logged with it.
    """
    if after is None:
        return actual if _survives(table, before, actual) else None
    if table in WHOLES:
        return after
    row = _RULES.get(table, _later)(before, after, actual)
    if table == "progress":
        row["minutes"] = _minutes(before, after, actual, added)
        if {**row, "updated_at": None} == {**actual, "updated_at": None}:
            return actual  # it has told nothing new
    return row


def grown(progress: Row, added: int, at: str) -> Row:
    """Return *progress* with *added* minutes more, logged *at* a time; a total must be there."""
    return {**progress, "minutes": progress["minutes"] + added, "updated_at": at}


def _survives(table: str, before: Row | None, actual: Row) -> bool:
    """Say whether *actual* must not go, since who removed the row *before* it knew less."""
    known = before or {}
    if table == "progress":
        return bool(actual["status"] == "done" and known.get("status") != "done")
    if table == "note":
        return bool(actual.get("body") != known.get("body"))
    return False


def _later(before: Row | None, after: Row, actual: Row) -> Row:
    return {**actual, **{name: after[name] for name in said(before, after)}}


def _goal(before: Row | None, after: Row, actual: Row) -> Row:
    row = _later(before, after, actual)
    return {**row, "set_at": actual["set_at"]} if before is None else row


def _mark(before: Row | None, after: Row, actual: Row) -> Row:
    return actual if after["mark"] == actual["mark"] else after


def _progress(before: Row | None, after: Row, actual: Row) -> Row:
    row = _later(before, after, actual)
    words = said(before, after)
    if not any(name in words for name in STANDING):
        return row
    known = before or {}
    if all(known.get(name) == actual[name] for name in STANDING):
        return row
    if outranked(before, after, actual):
        times = {**actual, "started_at": actual["started_at"] or after["started_at"]}
        return {**row, **{name: times[name] for name in STANDING}}
    if row["started_at"] is None:
        row["started_at"] = actual["started_at"] or after["started_at"]
    if row["status"] != "done":
        row["finished_at"] = None
    elif row["finished_at"] is None:
        row["finished_at"] = actual["finished_at"] or after["finished_at"]
    return row


def outranked(before: Row | None, after: Row, actual: Row) -> bool:
    """Say whether *actual* progress is done and *after* is not, of somebody who knew of no end."""
    theirs = (after["status"], (before or {}).get("status"))
    return bool(actual["status"] == "done" and "done" not in theirs)


def _minutes(before: Row | None, after: Row, actual: Row, added: int) -> int | None:
    total: int | None = actual["minutes"]
    if added:
        return None if total is None else total + added
    spoken: int | None = after["minutes"]
    return spoken if "minutes" in said(before, after) else total


_RULES: dict[str, Callable[[Row | None, Row, Row], Row]] = {
    "progress": _progress,
    "goal": _goal,
    "topic_mark": _mark,
}
