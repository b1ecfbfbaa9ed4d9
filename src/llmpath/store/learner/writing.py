"""What commands write to the learner's tables, through the journal."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from llmpath import texts
from llmpath.errors import NotFound, Overtaken, UsageError
from llmpath.model import Progress
from llmpath.store.history.ledger import Row, read_row
from llmpath.store.learner.journal import Journal
from llmpath.vocab import Mark

LONGEST_NOTE = 1_000_000  # characters
BEYOND = 2**63  # no number in the database is as large


def save_progress(journal: Journal, progress: Progress) -> bool:
    """Write *progress*; one that says nothing any more has no row. Say whether that changed."""
    key = {"learner_id": journal.learner, "resource_id": progress.resource}
    if progress == Progress(progress.resource):
        return journal.put("progress", key, None)
    present = journal.read("progress", key)
    row: Row = {
        "status": str(progress.status),
        "started_at": progress.started_at,
        "finished_at": progress.finished_at,
        "minutes": progress.minutes,
        "rating": progress.rating,
        "updated_at": journal.when.at,
    }
    if present and {**row, "updated_at": None} == {**present, "updated_at": None}:
        return False
    return journal.put("progress", key, row)


def mark_topics(journal: Journal, topics: Iterable[str], said: Mark) -> None:
    """Let each of *topics* be marked as *said*; one that is already keeps its date."""
    for topic in topics:
        key = {"learner_id": journal.learner, "topic_id": topic}
        present = journal.read("topic_mark", key)
        if present is None or present["mark"] != said:
            journal.put("topic_mark", key, {"mark": str(said), "marked_at": journal.when.at})


def unmark_topics(journal: Journal, topics: Iterable[str]) -> None:
    """Take back what was said of *topics*."""
    for topic in topics:
        journal.put("topic_mark", {"learner_id": journal.learner, "topic_id": topic}, None)


def set_goals(
    journal: Journal,
    add: list[str],
    drop: list[str],
    aim: str | None = None,
    until: str | None = None,
    first: bool = False,
) -> None:
    """Add goals and drop goals; one that is set keeps its date.

    Those added get the *aim* and the day *until* if given, '' for none, and with *first* come
    before all others.
    """
    said = {"aim": aim or None} if aim is not None else {}
    said |= {"until": until or None} if until is not None else {}
    places = _first_places(journal, add) if first else []
    now = datetime.fromisoformat(journal.when.at)
    (last,) = journal.connection.execute(
        "SELECT max(set_at) FROM goal WHERE learner_id = ?", (journal.learner,)
    ).fetchone()
    if last:
        now = max(now, datetime.fromisoformat(last) + timedelta(microseconds=1))
    for number, topic in enumerate(add):
        key = {"learner_id": journal.learner, "topic_id": topic}
        present = journal.read("goal", key)
        at = (now + timedelta(microseconds=number)).isoformat()  # in the order they were named
        row: Row = {"set_at": at, "aim": None, "until": None, "place": None}
        place = {"place": places[number]} if first else {}
        changed = {**(present or row), **said, **place}
        if changed != present:
            journal.put("goal", key, changed)
    for topic in drop:
        journal.put("goal", {"learner_id": journal.learner, "topic_id": topic}, None)


def _first_places(journal: Journal, ids: list[str]) -> list[int]:
    """Return places for the goals *ids* before all others: those they have, if they are.

    Goals that were given no place have 0.
    """
    rows = journal.connection.execute(
        "SELECT topic_id, coalesce(place, 0) FROM goal WHERE learner_id = ?", (journal.learner,)
    )
    found = dict(rows.fetchall())
    present = [found.pop(id_, 0) for id_ in ids]
    lowest = min([0, *found.values()])
    if present == sorted(present) and present[-1] < lowest:
        return present
    return [lowest - len(ids) + number for number in range(len(ids))]


def ignore(journal: Journal, topic: str, prerequisite: str, ignored: bool) -> bool:
    """Let *topic* no longer wait for *prerequisite*, or wait again; say whether that changed."""
    key = {"learner_id": journal.learner, "topic_id": topic, "requires_id": prerequisite}
    if not ignored:
        return journal.put("ignored_prerequisite", key, None)
    if journal.read("ignored_prerequisite", key) is not None:
        return False
    return journal.put("ignored_prerequisite", key, {"ignored_at": journal.when.at})


def add_sitting(journal: Journal, resource: str, day: str, minutes: int) -> None:
    """Write that *minutes* were spent on *resource* on the learner's own *day* (YYYY-MM-DD)."""
    journal.put(
        "sitting",
        {"id": os.urandom(8).hex()},
        {
            "learner_id": journal.learner,
            "resource_id": resource,
            "day": day,
            "minutes": minutes,
            "logged_at": journal.when.at,
        },
    )


def clear_sittings(journal: Journal, resource: str) -> None:
    """Drop what the learner logged of sittings with *resource*."""
    rows = journal.connection.execute(
        "SELECT id FROM sitting WHERE learner_id = ? AND resource_id = ?",
        (journal.learner, resource),
    )
    for (id_,) in rows.fetchall():
        journal.put("sitting", {"id": id_}, None)


def add_note(journal: Journal, target: str, body: str) -> int:
    """Write a note on *target* and return its number; raises UsageError for an empty one."""
    number = journal.connection.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM note WHERE learner_id = ?",
        (journal.learner,),
    ).fetchone()[0]
    journal.put(
        "note",
        {"id": os.urandom(8).hex()},
        {
            "learner_id": journal.learner,
            "number": number,
            "target": target,
            "body": _body(body),
            "created_at": journal.when.at,
            "updated_at": journal.when.at,
        },
    )
    return int(number)


def edit_note(
    journal: Journal, number: int, body: str, id_: str = "", seen: str | None = None
) -> int:
    """Give note *number* another text; raises NotFound when there is none.

    Who began with a note has its *id_*, which is what counts: numbers may have moved. What they
    had *seen* of it must be what is there, or Overtaken is raised; None where they saw nothing.
    Returns the note's number.
    """
    key, row = ({"id": id_}, journal.read("note", {"id": id_})) if id_ else _note(journal, number)
    if row is None or row["learner_id"] != journal.learner:
        raise NotFound(f"Note {number} was deleted meanwhile; nothing was changed.")
    if seen is not None and body == seen:
        return int(row["number"])
    text = _body(body)
    if text == row["body"] or (seen is not None and text == seen.rstrip()):
        return int(row["number"])
    if seen is not None and row["body"] != seen:
        raise Overtaken(f"Note {row['number']} was changed meanwhile; nothing was overwritten.")
    journal.put("note", key, {**row, "body": text, "updated_at": journal.when.at})
    return int(row["number"])


def delete_note(journal: Journal, number: int) -> None:
    """Delete note *number*; raises NotFound when there is none."""
    key, _ = _note(journal, number)
    journal.put("note", key, None)


def find_note(connection: sqlite3.Connection, learner: str, number: int) -> tuple[str, Row]:
    """Return the id of the learner's note *number* and the note; raises NotFound."""
    found = connection.execute(
        "SELECT id FROM note WHERE learner_id = ? AND number = ?",
        (learner, number if abs(number) < BEYOND else 0),
    ).fetchone()
    row = read_row(connection, "note", {"id": found[0]}) if found else None
    if row is None:
        raise NotFound(f"No note {number}.", "See your notes with: llmpath notes")
    return found[0], row


def number_of_note(connection: sqlite3.Connection, id_: str) -> int | None:
    """Return the number that the note with this id has; None where there is none."""
    row = read_row(connection, "note", {"id": id_})
    return int(row["number"]) if row else None


def _note(journal: Journal, number: int) -> tuple[Row, Row]:
    id_, row = find_note(journal.connection, journal.learner, number)
    return {"id": id_}, row


def _body(text: str) -> str:
    """Return *text* as a note's body: line ends unified, blank ends cut; raises UsageError.

    What its first line is indented by stays.
    """
    body = texts.plain(text, "the note").rstrip()
    body = body[body.rfind("\n", 0, len(body) - len(body.lstrip())) + 1 :]
    if not body:
        raise UsageError("The note is empty; nothing was written.")
    if len(body) > LONGEST_NOTE:
        raise UsageError(
            f"The note has {len(body):,} characters; at most {LONGEST_NOTE:,} are kept."
        )
    return body
