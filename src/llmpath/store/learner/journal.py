"""Write to the learner's tables, and only so: every change is an event with before and after.

A command is one transaction: its rows, its events and its line in the log are committed together
or not at all. `undo` writes the events' `before` back, `redo` their `after`; that a command was
undone or redone is an event of its own (entity UNDOING), so that the log alone tells how each
stands.

A command's number is its time, see `history/numbers.py`.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from llmpath.errors import NotFound, NothingToUndo
from llmpath.identity import Moment
from llmpath.store.database.connection import transaction
from llmpath.store.history.ledger import (
    UNDOING,
    Event,
    Row,
    former_ids,
    present_row,
    read_row,
    row_text,
    write_row,
)
from llmpath.store.history.numbers import number


class LogLine(NamedTuple):
    """A line of the log."""

    seq: int
    at: str
    action: str
    summary: str
    status: str


class Undone(NamedTuple):
    """Commands that were undone, or redone, and what that changed."""

    lines: list[LogLine]
    events: list[Event]


class Journal:
    """Collects one command's changes; see `command`.

    `summary` may be set until the command ends, where it depends on what is found under the lock;
    `number` is the command's in the log, None while there is none and where nothing changed.
    """

    def __init__(
        self, connection: sqlite3.Connection, learner: str, when: Moment, summary: str = ""
    ) -> None:
        self.connection = connection
        self.learner = learner
        self.when = when
        self.summary = summary
        self.number: int | None = None
        self._changes: dict[tuple[str, str], tuple[str | None, str | None]] = {}
        self._anew: set[tuple[str, str]] = set()

    def read(self, table: str, key: Row) -> Row | None:
        """Return the present row of *table* under *key*, or None."""
        return read_row(self.connection, table, key)

    def put(self, table: str, key: Row, after: Row | None, anew: bool = False) -> bool:
        """Make the row under *key* be *after* (None: no row); say whether that changed anything.

        A part of a whole that is written *anew* is logged even where it is as before.
        """
        before = self.read(table, key)
        place = (table, row_text(key))
        if anew:
            self._anew.add(place)
        elif before == after:
            return False
        write_row(self.connection, table, key, after)
        first, _ = self._changes.get(place, (_text_or_none(before), None))
        self._changes[place] = (first, _text_or_none(after))
        return True

    @property
    def events(self) -> list[Event]:
        """What changed."""
        return [
            Event(*place, before, after)
            for place, (before, after) in self._changes.items()
            if before != after or (place in self._anew and after is not None)
        ]


@contextmanager
def command(
    connection: sqlite3.Connection, learner: str, when: Moment, action: str, summary: str = ""
) -> Iterator[Journal]:
    """Run the block as one command of *learner*; it is logged if it changed something.

    What had been undone before can no longer be brought back after a new command.
    """
    with transaction(connection):
        _refuse_alias(connection, learner)
        journal = Journal(connection, learner, when, summary)
        yield journal
        events = journal.events
        if events:
            summary = journal.summary
            journal.number = log_command(connection, learner, when, action, summary, events)


def _refuse_alias(connection: sqlite3.Connection, learner: str) -> None:
    """Raise NotFound where another terminal has just made *learner* one with somebody."""
    row = connection.execute("SELECT same_as FROM learner WHERE id = ?", (learner,)).fetchone()
    if row and row[0]:
        raise NotFound(
            "You have just been merged with another learner; nothing was changed.",
            "Run the command again.",
        )


def log_command(
    connection: sqlite3.Connection,
    learner: str,
    when: Moment,
    action: str,
    summary: str,
    events: Sequence[Event],
) -> int:
    """Write a command with its *events* into the log, inside the caller's transaction.

    Returns its number.
    """
    seq = number(when.at, _last(connection, learner))
    connection.execute(
        "UPDATE command SET standing = 'discarded' WHERE learner_id = ? AND standing = 'undone'",
        (learner,),
    )
    connection.execute(
        "INSERT INTO command (seq, learner_id, at, local_date, action, summary, standing)"
        " VALUES (?, ?, ?, ?, ?, ?, 'live')",
        (seq, learner, when.at, when.local_date, action, summary),
    )
    connection.executemany(
        "INSERT INTO event (command_seq, entity, key, before, after) VALUES (?, ?, ?, ?, ?)",
        [(seq, *event[:4]) for event in events],  # of one machine: what it saw is what was there
    )
    return seq


def _last(connection: sqlite3.Connection, learner: str) -> int:
    """Return the highest number in the log, of commands and of the learner's latest undoing."""
    commands = int(connection.execute("SELECT coalesce(max(seq), 0) FROM command").fetchone()[0])
    undone = _lines(connection, learner, "undone", "ASC", -1)
    return max(commands, *(_last_undoing(connection, line.seq) for line in undone), 0)


def _last_undoing(connection: sqlite3.Connection, seq: int) -> int:
    keys = connection.execute(
        "SELECT key FROM event WHERE command_seq = ? AND entity = ?", (seq, UNDOING)
    )
    return max((int(json.loads(key)["turn"]) for (key,) in keys), default=0)


def undo(
    connection: sqlite3.Connection, learner: str, count: int, when: Moment | None = None
) -> Undone:
    """Undo the learner's last *count* commands, each completely; return them, newest first.

    Raises NothingToUndo when there is none; undoes what there is when there are fewer.
    """
    with transaction(connection):
        taken = _lines(connection, learner, "live", "DESC", count)
        if not taken:
            raise NothingToUndo("There is nothing to undo.", "See what happened with: llmpath log")
        events: list[Event] = []
        for line in taken:
            _log_undoing(connection, learner, line.seq, ("live", "undone"), when)
            events += _apply(connection, line.seq, "before")
    return Undone([line._replace(status="undone") for line in taken], _summed(events))


def redo(
    connection: sqlite3.Connection, learner: str, count: int, when: Moment | None = None
) -> Undone:
    """Bring back the last *count* commands that were undone; return them in their order.

    Raises NothingToUndo when there is none.
    """
    with transaction(connection):
        brought = _lines(connection, learner, "undone", "ASC", count)
        if not brought:
            raise NothingToUndo(
                "There is nothing to redo.", "You can only redo what you have just undone."
            )
        events: list[Event] = []
        for line in brought:
            _log_undoing(connection, learner, line.seq, ("undone", "live"), when)
            events += _apply(connection, line.seq, "after")
    return Undone([line._replace(status="live") for line in brought], _summed(events))


def log(connection: sqlite3.Connection, learner: str, limit: int) -> list[LogLine]:
    """Return the learner's last *limit* commands, newest first."""
    return [
        LogLine(*row)
        for row in connection.execute(
            "SELECT seq, at, action, summary, standing FROM command"
            # The sign keeps SQLite to the order of numbers: it would sort the whole log otherwise.
            " WHERE +learner_id = ? AND standing != 'discarded' ORDER BY seq DESC LIMIT ?",
            (learner, limit),
        )
    ]


def _lines(
    connection: sqlite3.Connection, learner: str, standing: str, order: str, count: int
) -> list[LogLine]:
    rows = connection.execute(
        "SELECT seq, at, action, summary, standing FROM command"
        f" WHERE learner_id = ? AND standing = ? ORDER BY seq {order} LIMIT ?",
        (learner, standing, count),
    )
    return [LogLine(*row) for row in rows.fetchall()]


def _apply(connection: sqlite3.Connection, seq: int, side: str) -> list[Event]:
    """Make the rows of the command *seq* what they were *side* it; return what that changed."""
    order = "DESC" if side == "before" else "ASC"
    events = connection.execute(
        f"SELECT entity, key, {side} FROM event WHERE command_seq = ? AND entity != ?"
        f" ORDER BY seq {order}",
        (seq, UNDOING),
    ).fetchall()
    names = former_ids(connection)
    changed = []
    for entity, key, values in events:
        place = present_row(json.loads(key), names)
        row = json.loads(values) if values else None
        if names:
            from llmpath.store.history import renaming  # hardly ever

            said = renaming.last_word(connection, entity, place)
            row = said[0] if said else row
        before, after = read_row(connection, entity, place), row and present_row(row, names)
        write_row(connection, entity, place, after)
        changed.append(Event(entity, row_text(place), _text_or_none(before), _text_or_none(after)))
    return changed


def _summed(events: Sequence[Event]) -> list[Event]:
    """Return *events* with those of the same row as one, and without those that cancel out."""
    found: dict[tuple[str, str], Event] = {}
    for event in events:
        place = (event.entity, event.key)
        first = found.get(place, event)
        found[place] = event._replace(before=first.before)
    return [event for event in found.values() if event.before != event.after]


def _log_undoing(
    connection: sqlite3.Connection,
    learner: str,
    seq: int,
    change: tuple[str, str],
    when: Moment | None,
) -> None:
    """Let the command *seq* stand otherwise, and log that it does."""
    last = max(_last(connection, learner), _last_undoing(connection, seq))
    turn = number(when.at if when else None, last)
    before, after = (row_text({"standing": standing}) for standing in change)
    connection.execute(
        "INSERT INTO event (command_seq, entity, key, before, after) VALUES (?, ?, ?, ?, ?)",
        (seq, UNDOING, row_text({"turn": turn}), before, after),
    )
    connection.execute("UPDATE command SET standing = ? WHERE seq = ?", (change[1], seq))


def _text_or_none(row: Row | None) -> str | None:
    return None if row is None else row_text(row)
