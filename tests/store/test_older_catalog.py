"""Whoever learned with an older catalog loses nothing with the shipped one, or with any other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from llmpath.model import Learned, Node
from llmpath.store.learner import learning
from llmpath.study.graph import CLEARED, PASSED, Roadmap, states
from llmpath.vocab import State
from tests.conftest import Edition, Run
from tests.faults.place import present, replayed

OLD = Path(__file__).parent / "fixtures" / "before-editions.txt"


class Old(NamedTuple):
    """The catalog of before: (id, enough, core) of each topic, and the works beside every core."""

    topics: list[tuple[str, int, list[str]]]
    others: list[str]


def read() -> Old:
    _, topics, others = OLD.read_text(encoding="utf-8").split("\n\n")
    rows = [row.split() for row in topics.splitlines()]
    return Old([(id_, int(enough), core) for id_, enough, *core in rows], others.split())


def written(old: Old, folder: Path) -> Path:
    """Write *old* as a catalog: its ids are what counts, the rest is made up."""
    folder.mkdir()
    treats: dict[str, list[str]] = {id_: [old.topics[0][0]] for id_ in old.others}
    for topic, _, core in old.topics:
        for work in core:
            treats.setdefault(work, []).append(topic)
    summary = "A summary that is made up, since none of this is about what it says."
    works = "".join(
        f"  - id: {id_}\n    title: {id_}\n    url: https://x.example/{id_}\n    kind: article\n"
        f"    level: beginner\n    topics: [{', '.join(topics)}]\n    summary: {summary}\n"
        "    sources: [guide]\n"
        for id_, topics in treats.items()
    )
    topics = "".join(
        f"  - id: {id_}\n    title: {id_}\n    module: all\n    summary: {summary}\n"
        f"    core: [{', '.join(core)}]\n    enough: {enough}\n"
        for id_, enough, core in old.topics
    )
    head = f"version: 1\ntracks:\n  - id: every\n    title: Everything\n    summary: {summary}\n"
    (folder / "resources.yaml").write_text(
        f"version: 1\nsources:\n  - {{id: guide, title: Guide}}\nresources:\n{works}",
        encoding="utf-8",
    )
    (folder / "roadmap.yaml").write_text(
        f"{head}    modules:\n      - {{id: all, title: All}}\ntopics:\n{topics}", encoding="utf-8"
    )
    return folder


def learned(connection: sqlite3.Connection, user: str) -> Learned:
    (id_,) = connection.execute("SELECT id FROM learner WHERE name = ?", (user,)).fetchone()
    return learning.learned(connection, id_)


def passed(connection: sqlite3.Connection, user: str) -> dict[str, State]:
    """Return the state of every topic by what is done and said, without its prerequisites."""
    rows = connection.execute("SELECT id, core, enough FROM topic ORDER BY position")
    nodes = [Node(id_, "", "", "", (), tuple(core.split()), enough) for id_, core, enough in rows]
    return states(Roadmap(nodes), learned(connection, user))


def names_of(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT former, id FROM renamed"))


def owned(connection: sqlite3.Connection, names: Mapping[str, str]) -> dict[str, set[object]]:
    """Return what each table has on which id, by the *names* of now."""
    columns = {
        "progress": "resource_id",
        "topic_mark": "topic_id",
        "goal": "topic_id",
        "note": "target",
        "ignored_prerequisite": "topic_id",
    }
    return {
        table: {
            (learner, names.get(id_, id_))
            for learner, id_ in connection.execute(f"SELECT learner_id, {column} FROM {table}")
        }
        for table, column in columns.items()
    }


@pytest.fixture
def opened(data: Path) -> Iterator[list[sqlite3.Connection]]:
    """Connections to be closed."""
    made: list[sqlite3.Connection] = []
    yield made
    for connection in made:
        connection.close()


def look(data: Path, opened: list[sqlite3.Connection]) -> sqlite3.Connection:
    opened.append(sqlite3.connect(data / "llmpath.db"))
    return opened[-1]


USERS = ("ada", "bob", "cyd")


def test_with_the_shipped_catalog_nobody_loses_what_they_had_before_it(
    run: Run,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[sqlite3.Connection],
) -> None:
    old = read()
    monkeypatch.setenv("LLMPATH_CATALOG", str(written(old, tmp_path / "old")))
    run("next")
    for user in USERS[1:]:
        run("user", "add", user)
    # Ada has passed every topic by its first works, bob every second one by its last; cyd knows
    # some, has skipped some and is unsure of some.
    run("done", *dict.fromkeys(id_ for _, enough, core in old.topics for id_ in core[:enough]))
    last = [id_ for _, enough, core in old.topics[::2] for id_ in core[-enough:]]
    run("--user", "bob", "done", *dict.fromkeys(last))
    ids = [id_ for id_, _, _ in old.topics]
    run("--user", "cyd", "know", *ids[::3])
    run("--user", "cyd", "skip", *ids[1::9])
    run("--user", "cyd", "shaky", *ids[::6])
    for user in USERS:
        run("--user", user, "goal", *ids[::3])
    for topic in ids[::5]:
        run("note", topic, f"on {topic}")
    for work in old.others[::10]:
        run("note", work, f"on {work}")
    run("--user", "bob", "start", *old.others[::3])
    connection = look(data, opened)
    had = {user: passed(connection, user) for user in USERS}
    rows = owned(connection, {})
    log = connection.execute("SELECT seq, action FROM command ORDER BY seq").fetchall()
    bodies = connection.execute("SELECT id, body FROM note ORDER BY id").fetchall()
    assert sum(state in PASSED for state in had["ada"].values()) == len(ids) == 140
    assert set(had["cyd"].values()) >= {State.KNOWN, State.SKIPPED}

    monkeypatch.delenv("LLMPATH_CATALOG")
    run("next")
    connection = look(data, opened)
    names = names_of(connection)
    there = {id_ for (id_,) in connection.execute("SELECT id FROM topic")}
    has = {user: passed(connection, user) for user in USERS}
    for user in USERS:
        for topic, state in had[user].items():
            now = names.get(topic, topic)
            assert now in there, topic
            if state in PASSED:
                assert has[user][now] in CLEARED, (user, topic)
                # Of several that are one now, another may have been skipped.
                others = [one for one in had[user] if names.get(one, one) == now]
                if not any(had[user][one] is State.SKIPPED for one in others):
                    assert has[user][now] in PASSED, (user, topic)
    after = owned(connection, names)
    for table, wanted in rows.items():
        renamed = {(learner, names.get(str(id_), id_)) for learner, id_ in wanted}  # type: ignore[misc]
        assert renamed <= after[table], table
        if table != "topic_mark":  # what was kept is marked besides
            assert renamed == after[table], table
    commands = connection.execute("SELECT seq, action FROM command ORDER BY seq").fetchall()
    assert commands[: len(log)] == log
    assert {action for _, action in commands[len(log) :]} <= {"keep"}
    assert len(commands) - len(log) <= len(USERS)
    assert connection.execute("SELECT id, body FROM note ORDER BY id").fetchall() == bodies
    assert present(connection) == replayed(connection, names)
    assert run("doctor").code == 0
    assert "keep" not in run("next").err  # it is told once
    # All of it can be undone, and done again.
    run("undo", "1000")
    run("redo", "1000")
    again = look(data, opened)
    assert present(again) == replayed(again, names)
    assert passed(again, "ada") == has["ada"]


# An update of the small catalog with one change of each sort: counting is split in two, reading
# and writing are joined, word problems are renamed, a work is renamed and one leaves its core.
CHANGES = (
    (
        "  - id: counting\n    title: Counting\n",
        """\
  - id: counting-on
    title: Counting on
    module: basics
    summary: Going on from a number somebody else has said, rather than from one.
    requires:
      - {topic: counting, because: One goes on with the same numbers in order.}
    core: [counting-book]

  - id: counting
    title: Counting
""",
    ),
    ("core: [counting-video, counting-book]\n", "core: [seen, counting-on-paper]\n    enough: 2\n"),
    ("  - id: counting-video\n", "  - id: seen\n    former_ids: [counting-video]\n"),
    (
        "  - id: adding-article\n",
        """\
  - id: counting-on-paper
    title: Counting on paper
    url: https://books.example/paper
    kind: article
    level: beginner
    topics: [counting]
    minutes: 50
    summary: How to count what has been drawn rather than what lies there.
    sources: [guide-a]

  - id: adding-article
""",
    ),
    (
        "  - id: reading\n    title: Reading\n",
        "  - id: letters-topic\n    title: Reading and writing\n"
        "    former_ids: [reading, writing]\n",
    ),
    (
        "core: [reading-notes, reading-course]\n",
        "core: [reading-notes, reading-course, writing-guide]\n    enough: 3\n",
    ),
    (
        """  - id: writing
    title: Writing
    module: stories
    summary: Turning words into letters, so that somebody else can read them later.
    requires:
      - {topic: reading, because: One writes what one can read back.}
    core: [writing-guide]
""",
        "",
    ),
    ("topics: [reading]\n", "topics: [letters-topic]\n"),
    ("topics: [writing]\n", "topics: [letters-topic]\n"),
    ("{topic: reading, because: The numbers", "{topic: letters-topic, because: The numbers"),
    ("  - id: word-problems\n", "  - id: sum-stories\n"),
    ("former_ids: [text-sums]", "former_ids: [word-problems, text-sums]"),
    ("[word-problems, adding]", "[sum-stories, adding]"),
    ("topics: [word-problems]\n", "topics: [sum-stories]\n"),
    ("core: [word-problems-notebook]\n", "core: [word-problems-dataset]\n"),
)  # fmt: skip


def test_topics_that_are_split_joined_and_renamed_keep_all_that_was_on_them(
    run: Run, small: Path, edition: Edition, opened: list[sqlite3.Connection]
) -> None:
    topics = ("counting", "adding", "reading", "writing", "word-problems")
    run("user", "add", "bob")
    run("done", "counting-video", "writing-guide", "word-problems-notebook", "--rating", "4")
    run("--user", "bob", "done", "reading-notes")
    run("--user", "bob", "know", "word-problems")
    run("--user", "bob", "shaky", "word-problems")
    for user in ("ada", "bob"):
        run("--user", user, "goal", *topics)
        for topic in topics:
            run("--user", user, "note", topic, f"{user} on {topic}")
    run("ignore", "word-problems", "reading")
    before = look(small.parent, opened)
    had = {user: passed(before, user) for user in ("ada", "bob")}
    rows, bodies = (
        owned(before, {}),
        before.execute("SELECT id, body FROM note ORDER BY id").fetchall(),
    )

    edition(*CHANGES)
    told = run("next").err
    assert told.startswith("Counting, ") or "Counting" in told
    after = look(small.parent, opened)
    names = names_of(after)
    assert names["writing"] == names["reading"] == "letters-topic"
    for user, old in had.items():
        now = passed(after, user)
        for topic, state in old.items():
            if state in PASSED:
                assert now[names.get(topic, topic)] in PASSED, (user, topic)
    assert passed(after, "ada")["counting-on"] is State.READY  # nobody had that
    for table, wanted in rows.items():
        renamed = {(learner, names.get(str(id_), id_)) for learner, id_ in wanted}  # type: ignore[misc]
        assert renamed <= owned(after, names)[table], table
    assert after.execute("SELECT id, body FROM note ORDER BY id").fetchall() == bodies
    assert present(after) == replayed(after, names)
    kept = json.loads(run("log", "--json").out)["commands"][0]
    assert (kept["action"], kept["summary"]) == (
        "keep",
        "Counting, Reading and writing and Word problems",
    )
    assert [row["id"] for row in json.loads(run("goal", "--json").out)["goals"]] == [
        "counting",
        "adding",
        "letters-topic",
        "sum-stories",
    ]
    assert run("notes", "letters-topic").out.count("ada on ") == 2
    assert json.loads(run("ignore", "--json").out)["ignored"] == [
        {"topic": "sum-stories", "requires": "letters-topic"}
    ]
    assert "rated 4 of 5" in run("show", "seen").out
    assert run("doctor").code == 0
    # Back to the old catalog, all is where it was.
    edition()
    run("next")
    again = look(small.parent, opened)
    for user, old in had.items():
        now = passed(again, user)
        assert all(now[topic] in PASSED for topic, state in old.items() if state in PASSED)
    assert owned(again, {})["note"] == rows["note"]
    assert owned(again, {})["progress"] == rows["progress"]


def test_a_plan_leads_to_what_its_topics_are_called_now(
    run: Run, small: Path, edition: Edition
) -> None:
    run("plan", "--to", "word-problems", "--to", "adding", "--hours", "3")
    edition(*CHANGES)
    assert json.loads(run("plan", "show", "--json").out)["goals"] == ["sum-stories", "adding"]
    assert json.loads(run("plan", "--hours", "4", "--json").out)["goals"] == [
        "sum-stories",
        "adding",
    ]
