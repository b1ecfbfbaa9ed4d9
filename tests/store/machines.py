"""Machines on which learners do random things, and now and then import what another has."""

from __future__ import annotations

import sqlite3
from typing import Any

from hypothesis import strategies as st

from llmpath.errors import LlmpathError
from llmpath.identity import Learner, Moment
from llmpath.model import Progress
from llmpath.store.database import migrations
from llmpath.store.database.connection import VERSION
from llmpath.store.history import transfer
from llmpath.store.history.merge import Tables, merge
from llmpath.store.learner import journal, learners, learning, members, writing
from llmpath.vocab import Mark, Status

RESOURCES = ("counting-video", "adding-article")
TOPICS = ("counting", "adding", "reading")
NAMES = ("ada", "bob")

Step = tuple[int, str, Any, int]  # machine, what, its argument, minute of the clock

STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(
            [
                *("done", "start", "spent", "reset", "know", "forget", "goal", "note", "note"),
                *("edit", "delete", "undo", "undo", "redo", "import", "import"),
                *("user", "rename", "remove", "one"),
            ]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=40,
)


class Machine:
    """A database without a catalog, and who is at the keyboard."""

    def __init__(self) -> None:
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
        now, who = when(minute), self.learner()
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

    def _write(self, entry: journal.Journal, what: str, argument: int) -> None:
        resource, topic = RESOURCES[argument % 2], TOPICS[argument % 3]
        notes = learning.notes(self.connection, entry.learner)
        if what in ("done", "start", "reset"):
            status = {"done": Status.DONE, "start": Status.DOING, "reset": Status.TODO}[what]
            said = argument + 1 if what == "done" and argument < 5 else None
            writing.save_progress(entry, Progress(resource, status, rating=said))
            if what == "reset":
                writing.clear_sittings(entry, resource)
        elif what == "spent":
            writing.add_sitting(entry, resource, "2026-03-10", argument + 1)
        elif what == "know":
            writing.mark_topics(entry, [topic, "counting"], Mark.KNOWN)
        elif what == "forget":
            writing.unmark_topics(entry, [topic])
        elif what == "goal":
            writing.set_goals(entry, [topic], [TOPICS[(argument + 1) % 3]])
        elif what == "note":
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


def when(minute: int) -> Moment:
    """Return a moment of a clock that may go backwards."""
    return Moment(f"2026-03-10T18:{30 + minute}:00+00:00", "2026-03-10")


def lived(steps: list[Step]) -> list[Machine]:
    """Return three machines after *steps*."""
    machines = [Machine() for _ in range(3)]
    for number, what, argument, minute in steps:
        machine = machines[number]
        try:
            if what == "import":
                machine.receive(machines[argument % 3].tables)
            else:
                machine.take(what, argument, minute)
        except LlmpathError:
            continue  # nothing to undo, a name that is taken
    return machines
