"""Read where a learner stands."""

import sqlite3
from typing import NamedTuple

from llmpath.model import Goal, Learned, Note, Progress, Spent
from llmpath.store.catalog.roadmap import as_goals
from llmpath.vocab import Mark, Status


class SetGoal(NamedTuple):
    """A goal of the learner, since when (UTC, ISO 8601), and the aim they gave it, '' for none."""

    goal: Goal
    set_at: str
    said: str


def everybody(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all learners, removed ones too."""
    return [id_ for (id_,) in connection.execute("SELECT id FROM learner ORDER BY id")]


def learned(connection: sqlite3.Connection, learner: str) -> Learned:
    """Return what the graph needs to know of *learner*."""
    statuses = connection.execute(
        "SELECT resource_id, status FROM progress WHERE learner_id = ?", (learner,)
    )
    marks = connection.execute(
        "SELECT topic_id, mark FROM topic_mark WHERE learner_id = ?", (learner,)
    ).fetchall()
    return Learned(
        {resource: _STATUS[status] for resource, status in statuses},
        *(frozenset(topic for topic, said in marks if said == mark) for mark in _MARKS),
    )


_STATUS = {str(status): status for status in Status}
_MARKS = (Mark.KNOWN, Mark.SKIPPED, Mark.SHAKY)  # in the order of Learned's fields


def marked_at(connection: sqlite3.Connection, learner: str, topic: str) -> str:
    """Return when the learner last said something of *topic* (UTC, ISO 8601); '' if never."""
    row = connection.execute(
        "SELECT marked_at FROM topic_mark WHERE learner_id = ? AND topic_id = ?", (learner, topic)
    ).fetchone()
    return str(row[0]) if row else ""


def ignored(connection: sqlite3.Connection, learner: str) -> list[tuple[str, str]]:
    """Return the (topic, prerequisite) pairs that *learner* ignores, in the order ignored."""
    rows = connection.execute(
        "SELECT topic_id, requires_id FROM ignored_prerequisite WHERE learner_id = ?"
        " ORDER BY ignored_at, topic_id, requires_id",
        (learner,),
    )
    return rows.fetchall()


def progress(connection: sqlite3.Connection, learner: str) -> list[Progress]:
    """Return all of the learner's progress, what changed last first."""
    rows = connection.execute(
        "SELECT resource_id, status, started_at, finished_at, minutes, rating FROM progress"
        " WHERE learner_id = ? ORDER BY updated_at DESC, resource_id",
        (learner,),
    )
    return [Progress(row[0], _STATUS[row[1]], *row[2:]) for row in rows]


def progress_of(connection: sqlite3.Connection, learner: str, resource: str) -> Progress:
    """Return the learner's progress on one resource."""
    row = connection.execute(
        "SELECT resource_id, status, started_at, finished_at, minutes, rating FROM progress"
        " WHERE learner_id = ? AND resource_id = ?",
        (learner, resource),
    ).fetchone()
    return Progress(row[0], _STATUS[row[1]], *row[2:]) if row else Progress(resource)


def spent(connection: sqlite3.Connection, learner: str) -> dict[str, Spent]:
    """Return what the learner's sittings come to, by resource."""
    rows = connection.execute(
        "SELECT resource_id, sum(minutes), count(*) FROM sitting WHERE learner_id = ?"
        " GROUP BY resource_id",
        (learner,),
    )
    return {id_: Spent(minutes, count) for id_, minutes, count in rows}


def goals(connection: sqlite3.Connection, learner: str, aim: str = "") -> list[SetGoal]:
    """Return the learner's goals in their order; goals the catalog lost are left out.

    Those put first come first, then those with a day to be reached by, then as they were set.
    A goal has the aim the learner gave it, else *aim*, else that of its track or outcome.
    """
    rows = connection.execute(
        "SELECT topic_id, set_at, coalesce(aim, ''), coalesce(until, '') FROM goal"
        " WHERE learner_id = ? ORDER BY coalesce(place, 0), until IS NULL, until, set_at",
        (learner,),
    ).fetchall()
    if not rows:
        return []
    found = {goal.id: goal for goal in as_goals(connection, [row[0] for row in rows], aim)}
    return [
        SetGoal(found[id_]._replace(aim=said or found[id_].aim, until=until), set_at, said)
        for id_, set_at, said, until in rows
        if id_ in found
    ]


def has_begun(connection: sqlite3.Connection, learner: str) -> bool:
    """Say whether *learner* has given any command that changed something."""
    return bool(
        connection.execute("SELECT 1 FROM command WHERE learner_id = ?", (learner,)).fetchone()
    )


def has_plan(connection: sqlite3.Connection, learner: str) -> bool:
    """Say whether *learner* has a plan; who has none need not import what reads one."""
    return bool(
        connection.execute("SELECT 1 FROM plan WHERE learner_id = ?", (learner,)).fetchone()
    )


def notes(connection: sqlite3.Connection, learner: str, target: str | None = None) -> list[Note]:
    """Return the learner's notes in the order written; only those on *target* if given."""
    rows = connection.execute(
        "SELECT number, target, body, created_at, updated_at FROM note"
        " WHERE learner_id = ? AND (target = ? OR ? IS NULL) ORDER BY number",
        (learner, target, target),
    )
    return [Note(*row) for row in rows]


def active_dates(connection: sqlite3.Connection, learner: str) -> set[str]:
    """Return the learner's own dates (YYYY-MM-DD) on which something was studied or written.

    A note that is deleted is neither, whether that is taken back or not.
    """
    rows = connection.execute(
        "SELECT DISTINCT local_date FROM command WHERE learner_id = ? AND standing = 'live'"
        " AND (action IN ('start', 'spent', 'done', 'open') OR action = 'note' AND EXISTS (SELECT 1"
        " FROM event WHERE command_seq = command.seq AND entity = 'note' AND after NOT NULL))",
        (learner,),
    )
    return {date for (date,) in rows}


def held_ids(connection: sqlite3.Connection, learner: str) -> list[tuple[str, str]]:
    """Return (what, id) for all that the learner has on the catalog, whether it has the id or not.

    What is known, skipped or shaky is told apart; every column of the ledger that holds ids counts.
    """
    from llmpath.store.history.ledger import LEDGER, REFERENCES  # 1 ms, with json; pages only read

    found: list[tuple[str, str]] = []
    for table, (keys, columns) in LEDGER.items():
        what = "mark || ' topic'" if table == "topic_mark" else "?"
        for column in (*keys, *columns):
            if column in REFERENCES:
                found += connection.execute(
                    f"SELECT DISTINCT {what}, {column} FROM {table} WHERE learner_id = ?"
                    " ORDER BY 1, 2",
                    (learner,) if table == "topic_mark" else (table.replace("_", " "), learner),
                ).fetchall()
    return list(dict.fromkeys(found))


def unknown_ids(connection: sqlite3.Connection, learner: str) -> list[tuple[str, str]]:
    """Return (what, id) of the learner's rows on ids that the catalog no longer has."""
    known = {
        id_
        for (id_,) in connection.execute(
            "SELECT id FROM resource UNION SELECT id FROM topic UNION SELECT id FROM destination"
            " UNION SELECT id FROM module UNION SELECT id FROM track"
        )
    }
    return [(what, id_) for what, id_ in held_ids(connection, learner) if id_ not in known]
