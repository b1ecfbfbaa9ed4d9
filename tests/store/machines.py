"""Machines on which learners do random things, and now and then import what another has."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from llmpath.errors import LlmpathError
from llmpath.identity import Learner, Moment
from llmpath.plans import Brief, Depth, Plan, Slot
from llmpath.store.database import migrations
from llmpath.store.database.connection import VERSION
from llmpath.store.history import records, transfer
from llmpath.store.history.ledger import LEDGER, row_text
from llmpath.store.history.merge import merge
from llmpath.store.history.people import Tables
from llmpath.store.learner import journal, learners, learning, members, planning, writing
from llmpath.study import progress
from llmpath.vocab import Mark

RESOURCES = ("counting-video", "adding-article")
TOPICS = ("counting", "adding", "reading")
NAMES = ("ada", "bob")
OFF = (-900, -1, 0, 0, 3, 900, 29_000)  # days that a clock may be off; the last makes it 2105

Step = tuple[int, str, Any, int]  # machine, what, its argument, minute of the clock
Word = tuple[str, str, str | None, str | None]  # table, key, the row as it was seen, as written

STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(
            [
                *("done", "done", "start", "spent", "spent", "reset", "skip", "rate"),
                *("know", "shaky", "leave", "forget", "goal", "first", "ignore", "heed"),
                *("note", "note", "edit", "edit", "delete", "plan", "drop"),
                *("undo", "undo", "redo", "import", "import", "take"),
                *("user", "rename", "remove", "one"),
            ]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=40,
)
CLOCKS = st.tuples(*(st.sampled_from(OFF) for _ in range(3)))


MARKS = {"know": Mark.KNOWN, "shaky": Mark.SHAKY, "leave": Mark.SKIPPED}


class Machine:
    """A database without a catalog, and who is at the keyboard."""

    def __init__(self, off: int = 0) -> None:
        self.off = off  # days that its clock is off
        self.words: dict[int, list[Word]] = {}  # by the number of the command
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        migrations.build(self.connection, VERSION)
        self.connection.execute("CREATE TABLE renamed (former, id)")
        self.who = "ada"

    @property
    def tables(self) -> Tables:
        """All that the learners have."""
        return transfer.export(self.connection).tables

    def learner(self) -> Learner:
        """Who is at the keyboard; somebody else when they were removed."""
        try:
            return learners.present(self.connection, None, self.who, when(0).at)
        except LlmpathError:
            return members.add(self.connection, f"{self.who} again", when(0).at)

    def take(self, what: str, argument: int, minute: int) -> None:
        """Do something."""
        now, who = when(minute, self.off), self.learner()
        if what in ("undo", "redo"):
            act = journal.undo if what == "undo" else journal.redo
            act(self.connection, who.id, argument + 1, now)
        elif what == "user":
            self.who = NAMES[argument % 2]
        elif what == "rename":
            members.rename(self.connection, who, f"{who.name[:20]}{argument}", "nobody")
        elif what == "remove":
            members.remove(self.connection, who, now.at)
        elif what == "one":
            others = [one for one in members.members(self.connection) if not one.removed_at]
            other = others[argument % len(others)].learner
            if other != who:
                self.put(transfer.as_one(self.tables, who.id, other.id, {}))
        else:
            with journal.command(self.connection, who.id, now, what, "") as entry:
                self._write(entry, what, argument)
            if entry.number is not None:
                self.words[entry.number] = [event[:4] for event in entry.events]

    def _write(self, entry: journal.Journal, what: str, argument: int) -> None:
        resource, topic = RESOURCES[argument % 2], TOPICS[argument % 3]
        other = TOPICS[(argument + 1) % 3]
        present = learning.progress_of(self.connection, entry.learner, resource)
        at = entry.when.at
        if what == "done":
            minutes, rating = ((None, None), (90, 5), (None, 3), (40, None))[argument % 4]
            writing.save_progress(entry, progress.finish(present, at, minutes, rating))
        elif what == "rate":
            status = present._replace(rating=argument or None)
            writing.save_progress(entry, status if argument else present)
        elif what in ("start", "skip"):
            begun = progress.start(present, at) if what == "start" else progress.skip(present)
            writing.save_progress(entry, begun)
        elif what == "reset":
            writing.save_progress(entry, progress.reset(present))
            writing.clear_sittings(entry, resource)
        elif what == "spent":
            writing.save_progress(entry, progress.spend(present, at, argument + 1))
            writing.add_sitting(entry, resource, "2026-03-10", argument + 1)
        elif what in MARKS:
            writing.mark_topics(entry, [topic, "counting"], MARKS[what])
        elif what == "forget":
            writing.unmark_topics(entry, [topic])
        elif what == "goal":
            until = (None, "", "2026-05-01", "2026-06-01")[argument % 4]
            writing.set_goals(entry, [topic], [other] if argument > 3 else [], until=until)
        elif what == "first":
            writing.set_goals(entry, [topic], [], first=True)
        elif what in ("ignore", "heed"):
            writing.ignore(entry, topic, other, what == "ignore")
        elif what == "plan":
            planning.save(entry, plan_of(argument))
        elif what == "drop":
            planning.save(entry, None)
        else:
            self._write_note(entry, what, argument, topic)

    def _write_note(self, entry: journal.Journal, what: str, argument: int, topic: str) -> None:
        notes = learning.notes(self.connection, entry.learner)
        if what == "note":
            writing.add_note(entry, topic, f"thought {argument}")
        elif notes:
            number = notes[argument % len(notes)].number
            if what == "edit":
                writing.edit_note(entry, number, f"better thought {argument}")
            else:
                writing.delete_note(entry, number)

    def receive(self, theirs: Tables) -> None:
        """Import what another machine has."""
        self.put(merge(self.tables, theirs, {}).tables)

    def put(self, tables: Tables) -> None:
        """Hold *tables* from now on."""
        with self.connection:
            self.connection.execute("BEGIN")
            transfer._write(self.connection, tables, {})


def plan_of(argument: int) -> Plan:
    """Return a plan of some weeks."""
    slots = [
        Slot(week, TOPICS[week % 3], RESOURCES[(week + argument) % 2], 30, 1, 1)
        for week in range(argument + 1)
    ]
    return Plan(Brief((), Depth.ENOUGH, argument + 1, None), 1.0, "2026-03-09", tuple(slots))


def when(minute: int, off: int = 0) -> Moment:
    """Return a moment of a clock that may go backwards and be *off* by days."""
    at = datetime(2026, 3, 10, 18, 30 + minute, tzinfo=UTC) + timedelta(days=off)
    return Moment(at.isoformat(), at.date().isoformat())


def of_one(tables: Tables, learner: str) -> Tables:
    """Return what *learner* alone has."""
    commands = {row["seq"] for row in tables["command"] if row["learner_id"] == learner}
    return {
        name: [row for row in rows if transfer._belongs(name, row, learner, commands)]
        for name, rows in tables.items()
    }


def lived(steps: list[Step], clocks: tuple[int, ...] = (0, 0, 0)) -> list[Machine]:
    """Return three machines after *steps*, with *clocks* that are off by so many days."""
    machines = [Machine(off) for off in clocks]
    for number, what, argument, minute in steps:
        machine, other = machines[number], machines[argument % 3]
        try:
            if what == "import":
                machine.receive(other.tables)
            elif what == "take":  # in part
                machine.receive(of_one(other.tables, other.learner().id))
            else:
                machine.take(what, argument, minute)
        except LlmpathError:
            continue  # nothing to undo, a name that is taken
    return machines


def lost(machines: list[Machine], merged: Tables, names: dict[str, str]) -> list[str]:
    """Return what a machine said that *merged* does not have, though nobody who knew changed it.

    A second way to say what merging keeps: from the words as they were written, one place after
    the other, where merging goes command by command.
    """
    live = sorted(row["seq"] for row in merged["command"] if row["standing"] == "live")
    words = {seq: found for machine in machines for seq, found in machine.words.items()}
    one_as = {row["id"]: row["same_as"] for row in merged["learner"] if row["same_as"]}

    def now(row: str) -> str:
        """Return *row* as it stands under the ids that topics, resources and learners have."""
        values = json.loads(records.present(row, names))
        if values.get("learner_id") in one_as:
            values["learner_id"] = one_as[values["learner_id"]]
        return row_text(values)

    said: dict[tuple[str, str], list[tuple[Any, Any]]] = {}
    later: dict[
        str, list[tuple[int, int]]
    ] = {}  # sittings: (number of words on it before, minutes)
    for seq in live:
        known = words[seq]
        for table, key, before, after in known:
            place = (table, now(key))
            sides = [one and json.loads(now(one)) for one in (before, after)]
            said.setdefault(place, []).append((sides[0], sides[1]))
        for table, _, before, after in known:
            if table == "sitting" and before is None and after:
                row = json.loads(now(after))
                key = row_text({name: row[name] for name in ("learner_id", "resource_id")})
                count = len(said.get(("progress", key), []))
                later.setdefault(key, []).append((count, row["minutes"]))
    rows = {
        (table, row_text({name: row[name] for name in LEDGER[table][0]})): row
        for table in LEDGER
        for row in merged[table]
    }
    found = []
    for (table, key), pairs in said.items():
        row = rows.get((table, key), {})
        if table == "sitting":
            if not row and all(after for _, after in pairs):
                found.append(f"sitting {key}")
        elif table == "note":
            body = [after["body"] for _, after in pairs if after][-1]
            known = {before["body"] for before, after in pairs if not after}
            if body not in known and row.get("body") != body:
                found.append(f"note {key}: {body}")
        elif table == "progress":
            found += _lost_progress(key, pairs, row, later.get(key, []))
    return found


def _lost_progress(
    key: str, pairs: list[tuple[Any, Any]], row: dict[str, Any], sittings: list[tuple[int, int]]
) -> list[str]:
    found = []
    finished = [
        number
        for number, (before, after) in enumerate(pairs)
        if after and after["status"] == "done" and (before or {}).get("status") != "done"
    ]
    known = [
        number
        for number, (before, after) in enumerate(pairs)
        if (before or {}).get("status") == "done" and (after or {}).get("status") != "done"
    ]
    if finished and finished[-1] > max(known, default=-1) and row.get("status") != "done":
        found.append(f"done {key}")
    if not all(after for _, after in pairs):
        return found  # what a reset leaves is another question
    for name in ("rating", "minutes"):
        values = [
            (number, after[name])
            for number, (before, after) in enumerate(pairs)
            if after[name] is not None
            and (before or {}).get(name) != after[name]
            and (name == "rating" or not any(count == number + 1 for count, _ in sittings))
        ]
        if values:
            number, value = values[-1]
            if name == "minutes":
                value += sum(minutes for count, minutes in sittings if count > number + 1)
            if row[name] != value:
                found.append(f"{name} {key}: {value}")
    return found
