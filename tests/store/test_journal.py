"""Every change is an event; undo takes back a command whole."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from llmpath.catalog import locate
from llmpath.errors import NotFound, NothingToUndo, UsageError
from llmpath.model import Progress
from llmpath.store.history import ledger
from llmpath.store.learner import journal, learners, learning, writing
from llmpath.store.opening import open_database
from llmpath.vocab import Mark, Status
from tests.conftest import NOW, SMALL
from tests.store.conftest import WHEN

TABLES = tuple(ledger.LEDGER)


def state(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(connection.execute(f"SELECT * FROM {table}")) for table in TABLES}


def done(connection: sqlite3.Connection, learner: str, *resources: str) -> None:
    with journal.command(connection, learner, WHEN, "done", " ".join(resources)) as entry:
        for resource in resources:
            writing.save_progress(entry, Progress(resource, Status.DONE, None, NOW))


def test_a_command_is_logged_with_what_was_before_and_after(
    connection: sqlite3.Connection, ada: str
) -> None:
    done(connection, ada, "counting-video")
    rows = connection.execute("SELECT entity, key, before, after FROM event").fetchall()
    assert rows == [
        (
            "progress",
            f'{{"learner_id": "{ada}", "resource_id": "counting-video"}}',
            None,
            json.dumps(
                {
                    "finished_at": NOW,
                    "minutes": None,
                    "rating": None,
                    "started_at": None,
                    "status": "done",
                    "updated_at": NOW,
                }
            ),
        )
    ]
    assert [entry.summary for entry in journal.log(connection, ada, 9)] == ["counting-video"]


def test_a_command_that_changes_nothing_leaves_no_trace(
    connection: sqlite3.Connection, ada: str
) -> None:
    done(connection, ada, "counting-video")
    done(connection, ada, "counting-video")
    assert connection.execute("SELECT count(*) FROM command").fetchone() == (1,)


def test_undo_takes_back_a_command_whole_and_redo_brings_it_back(
    connection: sqlite3.Connection, ada: str
) -> None:
    done(connection, ada, "counting-video")
    one = state(connection)
    done(connection, ada, "adding-article", "adding-paper", "counting-book")
    two = state(connection)
    journal.undo(connection, ada, 1)
    assert state(connection) == one
    journal.redo(connection, ada, 1)
    assert state(connection) == two


def test_undo_of_several_takes_what_there_is(connection: sqlite3.Connection, ada: str) -> None:
    before = state(connection)
    done(connection, ada, "counting-video")
    done(connection, ada, "adding-article")
    assert [e.summary for e in journal.undo(connection, ada, 5).lines] == [
        "adding-article",
        "counting-video",
    ]
    assert state(connection) == before
    with pytest.raises(NothingToUndo):
        journal.undo(connection, ada, 1)


def test_a_new_command_discards_what_was_undone(connection: sqlite3.Connection, ada: str) -> None:
    done(connection, ada, "counting-video")
    journal.undo(connection, ada, 1)
    done(connection, ada, "adding-article")
    with pytest.raises(NothingToUndo):
        journal.redo(connection, ada, 1)
    journal.undo(connection, ada, 1)
    assert [e.summary for e in journal.redo(connection, ada, 9).lines] == ["adding-article"]


def test_one_learner_cannot_undo_what_another_did(
    connection: sqlite3.Connection, ada: str, bob: str
) -> None:
    done(connection, ada, "counting-video")
    with pytest.raises(NothingToUndo):
        journal.undo(connection, bob, 1)
    assert learning.learned(connection, ada).statuses == {"counting-video": Status.DONE}
    assert learning.learned(connection, bob).statuses == {}


def test_an_error_within_a_command_changes_nothing(
    connection: sqlite3.Connection, ada: str
) -> None:
    before = state(connection)
    with (
        pytest.raises(NotFound),
        journal.command(connection, ada, WHEN, "note", "") as entry,
    ):
        writing.add_note(entry, "counting", "kept only if all is well")
        writing.delete_note(entry, 99)
    assert state(connection) == before
    assert journal.log(connection, ada, 9) == []


def test_a_note_is_numbered_per_learner_and_its_text_is_put_in_order(
    connection: sqlite3.Connection, ada: str, bob: str
) -> None:
    for learner, text in ((ada, "one"), (ada, " \n  two\r\nlines \n"), (bob, "mine")):
        with journal.command(connection, learner, WHEN, "note", "") as entry:
            writing.add_note(entry, "counting", text)
    assert [(n.number, n.body) for n in learning.notes(connection, ada)] == [
        (1, "one"),
        (2, "  two\nlines"),
    ]
    assert [(n.number, n.body) for n in learning.notes(connection, bob)] == [(1, "mine")]


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_an_empty_note_is_refused(connection: sqlite3.Connection, ada: str, text: str) -> None:
    with (
        pytest.raises(UsageError, match="empty"),
        journal.command(connection, ada, WHEN, "note", "") as entry,
    ):
        writing.add_note(entry, "counting", text)


def test_undo_follows_an_id_that_was_renamed_since(
    connection: sqlite3.Connection, ada: str
) -> None:
    connection.execute("DELETE FROM renamed")
    done(connection, ada, "look-ahead-paper")
    connection.execute("INSERT INTO renamed VALUES ('look-ahead-paper', 'adding-paper')")
    connection.execute("UPDATE progress SET resource_id = 'adding-paper'")
    journal.undo(connection, ada, 1)
    assert state(connection)["progress"] == []
    journal.redo(connection, ada, 1)
    assert [row[1] for row in state(connection)["progress"]] == ["adding-paper"]


RESOURCES = ("counting-video", "adding-article", "adding-paper")
TOPICS = ("counting", "adding", "reading")


@cache
def template() -> sqlite3.Connection:
    """A database with the small catalog, to be copied."""
    with tempfile.TemporaryDirectory() as folder:
        opened = open_database(Path(folder) / "llmpath.db", locate.files(str(SMALL)))
        memory = sqlite3.connect(":memory:", isolation_level=None)
        opened.connection.backup(memory)
        opened.connection.close()
    return memory


class Commands(RuleBasedStateMachine):
    """Random commands against a stack of remembered states."""

    def __init__(self) -> None:
        super().__init__()
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        template().backup(self.connection)
        self.ada = learners.present(self.connection, None, "ada", NOW).id
        self.past = [state(self.connection)]
        self.future: list[dict[str, list[tuple[object, ...]]]] = []

    def teardown(self) -> None:
        self.connection.close()

    def note_state(self) -> None:
        now = state(self.connection)
        if now != self.past[-1]:
            self.past.append(now)
            self.future = []

    @rule(
        resources=st.lists(st.sampled_from(RESOURCES), min_size=1), status=st.sampled_from(Status)
    )
    def progress(self, resources: list[str], status: Status) -> None:
        with journal.command(self.connection, self.ada, WHEN, "done", "") as entry:
            for resource in resources:
                writing.save_progress(entry, Progress(resource, status, NOW))
        self.note_state()

    @rule(topics=st.lists(st.sampled_from(TOPICS), min_size=1), known=st.booleans())
    def know(self, topics: list[str], known: bool) -> None:
        with journal.command(self.connection, self.ada, WHEN, "know", "") as entry:
            if known:
                writing.mark_topics(entry, topics, Mark.KNOWN)
            else:
                writing.unmark_topics(entry, topics)
        self.note_state()

    @rule(add=st.lists(st.sampled_from(TOPICS)), drop=st.lists(st.sampled_from(TOPICS)))
    def goals(self, add: list[str], drop: list[str]) -> None:
        with journal.command(self.connection, self.ada, WHEN, "goal", "") as entry:
            writing.set_goals(entry, add, drop)
        self.note_state()

    @rule(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9))
    def note(self, text: str) -> None:
        try:
            with journal.command(self.connection, self.ada, WHEN, "note", "") as entry:
                writing.add_note(entry, "counting", text)
        except UsageError:
            assert not text.strip() or "\0" in text
        self.note_state()

    @precondition(lambda self: len(self.past) > 1)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        count = data.draw(st.integers(1, len(self.past) - 1))
        journal.undo(self.connection, self.ada, count)
        for _ in range(count):
            self.future.append(self.past.pop())
        assert state(self.connection) == self.past[-1]

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        journal.redo(self.connection, self.ada, 1)
        self.past.append(self.future.pop())
        assert state(self.connection) == self.past[-1]

    @rule()
    def live_events_replayed_give_the_state(self) -> None:
        rows: dict[str, dict[str, str]] = {table: {} for table in TABLES}
        events = self.connection.execute(
            "SELECT entity, key, after FROM event JOIN command ON command.seq = command_seq"
            " WHERE standing = 'live' ORDER BY event.seq"
        )
        for entity, key, after in events:
            if entity == ledger.UNDOING:
                continue
            if after is None:
                rows[entity].pop(key, None)
            else:
                rows[entity][key] = after
        counted = {table: len(found) for table, found in state(self.connection).items()}
        assert {table: len(found) for table, found in rows.items()} == counted


Commands.TestCase.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
TestCommands = Commands.TestCase
