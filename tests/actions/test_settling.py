"""An update of the catalog that asks for more takes nothing from anybody."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.actions import knowledge
from llmpath.actions.workspace import Workspace
from llmpath.catalog import locate
from llmpath.model import Learned, Node
from llmpath.store.catalog import replaced
from llmpath.store.opening import open_database
from llmpath.study.graph import CLEARED, PASSED, Roadmap, states
from llmpath.study.update import passed_in, to_keep
from llmpath.vocab import Status
from tests.conftest import NOW, Edition, Run
from tests.faults.place import present, replayed
from tests.rights import without_rights
from tests.study.conftest import learners, roadmaps

# Both works of counting, and both of reading, are needed from now on.
MORE = (
    "core: [counting-video, counting-book]\n",
    "core: [counting-video, counting-book]\n    enough: 2\n",
)
READ_MORE = (
    "core: [reading-notes, reading-course]\n",
    "core: [reading-notes, reading-course]\n    enough: 2\n",
)
KEPT = "Counting now takes more; it stays passed.\n"


def state(run: Run, topic: str, *user: str) -> str:
    return str(json.loads(run(*user, "show", topic, "--json").out)["state"])


def actions(run: Run, *user: str) -> list[tuple[str, str]]:
    """Return the commands of the log, the last one first."""
    found = json.loads(run(*user, "log", "--json").out)["commands"]
    return [(one["action"], one["summary"]) for one in found]


def sound(path: Path) -> bool:
    """Say whether the log gives the rows."""
    connection = sqlite3.connect(path)
    try:
        names = dict(connection.execute("SELECT former, id FROM renamed"))
        return present(connection) == replayed(connection, names)
    finally:
        connection.close()


def test_what_was_passed_stays_passed_by_a_command_in_the_log(
    run: Run, small: Path, edition: Edition
) -> None:
    run("done", "counting-video")
    edition(MORE)
    assert run("next").err == KEPT
    assert state(run, "counting") == "known"
    assert state(run, "adding") == "ready"
    assert run("log").out == (
        "2026-03-10 18:30  keep Counting\n2026-03-10 18:30  done Counting, slowly\n"
    )
    assert sound(small)
    assert run("doctor").code == 0


def test_it_is_settled_once(run: Run, small: Path, edition: Edition) -> None:
    run("done", "counting-video")
    edition(MORE)
    assert run("next").err == KEPT
    assert run("next").err == ""
    run("undo")
    assert run("next").err == ""
    assert state(run, "counting") == "ready"
    assert actions(run)[0] == ("keep", "Counting")


def test_it_can_be_undone_and_redone(run: Run, small: Path, edition: Edition) -> None:
    run("done", "counting-video")
    edition(MORE)
    assert run("undo").out == "Undone: keep Counting\n"
    assert state(run, "counting") == "ready"
    assert run("redo").out == "Redone: keep Counting\n"
    assert state(run, "counting") == "known"
    assert run("undo", "2").out == "Undone: keep Counting\nUndone: done Counting, slowly\n"
    assert sound(small)


def test_every_learner_keeps_it_in_their_own_log(run: Run, small: Path, edition: Edition) -> None:
    run("done", "counting-video")
    for name in ("bob", "cyd", "dan"):
        run("user", "add", name)
    run("--user", "bob", "done", "counting-video", "reading-notes")
    run("--user", "cyd", "start", "counting-video")
    run("--user", "dan", "done", "counting-video")
    run("user", "remove", "dan")
    edition(MORE, READ_MORE)
    run("next")
    assert actions(run) == [("keep", "Counting"), ("done", "Counting, slowly")]
    assert actions(run, "--user", "bob")[0] == ("keep", "Counting and Reading")
    assert actions(run, "--user", "cyd") == [("start", "Counting, slowly")]
    assert state(run, "reading", "--user", "bob") == "known"
    run("user", "restore", "dan")  # who had been put away
    assert state(run, "counting", "--user", "dan") == "known"
    assert actions(run, "--user", "dan")[0] == ("keep", "Counting")
    assert sound(small)


def test_several_topics_are_told_of_in_the_plural(run: Run, small: Path, edition: Edition) -> None:
    run("done", "counting-video", "reading-notes")
    edition(MORE, READ_MORE)
    assert run("next").err == "Counting and Reading now take more; they stay passed.\n"


def test_a_crash_between_the_update_and_settling_it_loses_nothing(
    run: Run, small: Path, edition: Edition
) -> None:
    run("done", "counting-video")
    new = edition(MORE)
    opened = open_database(small, locate.files(str(new)))  # the sync alone, as if killed then
    assert opened.replaced
    assert replaced.pending(opened.connection) is not None
    opened.connection.close()
    assert run("next").err == KEPT
    assert state(run, "counting") == "known"
    opened = open_database(small, locate.files(str(new)))
    assert not opened.replaced
    opened.connection.close()


def test_what_is_pending_from_one_update_outlasts_the_next(
    run: Run, small: Path, edition: Edition
) -> None:
    run("done", "counting-video", "reading-notes")
    renamed = (
        ("id: counting-video", "id: seen\n    former_ids: [counting-video]"),
        ("core: [counting-video, counting-book]\n", "core: [seen, counting-book]\n    enough: 2\n"),
    )
    for changes in ([MORE], [MORE, READ_MORE], [*renamed, READ_MORE]):
        open_database(small, locate.files(str(edition(*changes)))).connection.close()
    run("next")
    assert actions(run)[0] == ("keep", "Counting and Reading")


def test_an_update_that_is_taken_back_before_it_is_settled_was_none(
    run: Run, small: Path, edition: Edition
) -> None:
    run("done", "counting-video")
    for changes in ([MORE], []):
        opened = open_database(small, locate.files(str(edition(*changes))))
        opened.connection.close()
    assert not opened.replaced
    assert run("next").err == ""
    assert state(run, "counting") == "learned"


@pytest.mark.parametrize(
    ("commands", "changes"),
    [
        ([], [MORE]),
        (["start counting-video"], [MORE]),
        (["done counting-video counting-book"], [MORE]),
        (["know counting"], [MORE]),
        (["done counting-video", "shaky counting"], [MORE]),
        (["skip counting", "done reading-notes"], [MORE]),
        (["done counting-video"], [READ_MORE]),
        (["done counting-video"], [("title: Counting\n", "title: To count\n")]),
        (["done adding-article adding-paper"], [("    enough: 2\n", "")]),
        (
            ["done counting-video"],
            [("core: [counting-video, counting-book]", "core: [counting-book, counting-video]")],
        ),
    ],
    ids=[
        "nothing done",
        "only begun",
        "all done",
        "known",
        "shaky",
        "skipped",
        "another topic",
        "a title",
        "less",
        "another order",
    ],
)
def test_where_nothing_is_lost_nothing_is_logged(
    run: Run,
    small: Path,
    edition: Edition,
    commands: list[str],
    changes: list[tuple[str, str]],
) -> None:
    for command in commands:
        run(*command.split())
    before = actions(run)
    edition(*changes)
    assert run("next").err == ""
    assert actions(run) == before


def test_a_learner_who_comes_later_keeps_nothing(run: Run, small: Path, edition: Edition) -> None:
    edition(MORE)
    assert run("next").err == ""
    run("done", "counting-video")
    assert state(run, "counting") == "ready"


def test_works_that_leave_a_core_or_the_catalog_have_passed_what_they_passed(
    run: Run, small: Path, edition: Edition
) -> None:
    run("done", "counting-video", "reading-notes")
    edition(
        ("core: [counting-video, counting-book]\n", "core: [counting-book]\n"),
        ("core: [reading-notes, reading-course]\n", "core: [reading-course]\n"),
        ("  - id: reading-notes\n", "  - id: reading-pages\n"),
    )
    run("next")
    assert actions(run)[0] == ("keep", "Counting and Reading")
    assert state(run, "counting") == state(run, "reading") == "known"
    assert "ada has data on what the catalog no longer has: progress reading-notes" in (
        " ".join(run("doctor").out.split())
    )


# Topics that change their place.

JOINED = (
    # Reading and writing become one topic, which takes three works.
    (
        "  - id: reading\n    title: Reading\n",
        "  - id: letters\n    title: Letters\n    former_ids: [reading, writing]\n",
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
    ("topics: [reading]\n", "topics: [letters]\n"),
    ("topics: [writing]\n", "topics: [letters]\n"),
    ("{topic: reading, because: The numbers", "{topic: letters, because: The numbers"),
)


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        (["done reading-notes"], "known"),
        (["done writing-guide"], "known"),
        (["know writing"], "known"),
        (["done reading-notes writing-guide"], "known"),
        (["done reading-notes reading-course writing-guide"], "learned"),
        (["start reading-notes"], "ready"),
        (["skip reading"], "skipped"),
        (["done reading-notes", "skip writing"], "skipped"),
    ],
)
def test_of_two_topics_in_one_whoever_passed_either_has_passed_it(
    run: Run, small: Path, edition: Edition, commands: list[str], expected: str
) -> None:
    for command in commands:
        run(*command.split())
    edition(*JOINED)
    run("next")
    assert state(run, "letters") == expected
    assert sound(small)
    assert run("doctor").code == 0


MERGED = (
    # Two works become one: the notes on letters are now part of the article on adding.
    ("  - id: reading-notes", "  - id: reading-pages"),
    ("[reading-notes, ", "["),
    ("id: adding-article", "id: adding-article\n    former_ids: [reading-notes]"),
)


def test_a_work_that_another_became_part_of_passes_nothing_that_it_never_taught(
    run: Run, small: Path, edition: Edition
) -> None:
    run("done", "adding-article")
    assert state(run, "reading") == "ready"
    edition(*MERGED)
    run("next")
    assert state(run, "reading") == "ready"
    assert actions(run) == [("done", "Adding by carrying")]


def test_a_topic_stays_passed_though_its_work_becomes_one_with_another_that_is_not_done(
    run: Run, small: Path, edition: Edition
) -> None:
    run("done", "adding-article", "adding-paper")
    run("start", "reading-notes")
    assert state(run, "adding") == "learned"
    edition(*MERGED)
    run("next")
    assert state(run, "adding") in ("learned", "known")


# Where the database cannot be written to.


@pytest.mark.parametrize("synced", [False, True], ids=["not synced", "synced"])
def test_a_database_that_cannot_be_written_to_waits(
    run: Run, process: Run, small: Path, edition: Edition, synced: bool
) -> None:
    run("done", "counting-video")
    new = edition(MORE)
    if synced:
        open_database(small, locate.files(str(new))).connection.close()
    small.parent.chmod(0o555)
    small.chmod(0o444)
    try:
        for _ in range(2):
            ran = process("next", prefix=without_rights())
            assert (ran.code, ran.err) == (0, "")
    finally:
        small.parent.chmod(0o700)
        small.chmod(0o600)
    assert process("next").err == KEPT
    assert state(run, "counting") == "known"
    assert actions(run)[0] == ("keep", "Counting")


def test_another_terminal_may_settle_it_first(run: Run, small: Path, edition: Edition) -> None:
    run("done", "counting-video")
    edition(MORE)
    one, two = Workspace(), Workspace()
    knowledge.know(one, ["reading"])
    assert two.learner.name == "ada"
    one.close()
    two.close()
    assert [action for action, _ in actions(run)] == ["know", "keep", "done"]


def test_an_old_backup_is_settled_when_it_comes_back(
    run: Run, small: Path, edition: Edition, tmp_path: Path
) -> None:
    run("done", "counting-video")
    made = json.loads(run("backup", "--json").out)["path"]
    edition(MORE)
    run("next")
    run("undo", "2")
    run("restore", made)
    run("next")
    assert state(run, "counting") == "known"
    assert run("doctor").code == 0


def test_what_is_kept_is_dated_when_it_was_settled_and_is_no_day_of_study(
    run: Run, small: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("done", "counting-video")
    monkeypatch.setenv("LLMPATH_NOW", NOW.replace("-10T", "-13T"))
    edition(MORE)
    day = json.loads(run("--json").out)
    assert day["days_in_a_row"] == 0
    assert run("log").out.splitlines()[0] == "2026-03-13 18:30  keep Counting"


# What is to be kept, as values.


def node(id_: str, core: str, enough: int = 1) -> Node:
    return Node(id_, id_, "m", "k", (), tuple(core.split()), enough)


def test_what_to_keep_is_what_was_passed_and_is_there_and_is_passed_no_more() -> None:
    old = [node("a", "x"), node("b", "y"), node("c", "z"), node("gone", "x"), node("d", "x y", 2)]
    new = Roadmap([node("d", "x y z", 3), node("a", "x w", 2), node("b", "y"), node("c", "z v", 2)])
    had = {"x": "done", "y": "done", "z": "doing"}
    passed = passed_in(old, had)
    assert passed == ["a", "b", "gone", "d"]
    learned = Learned({"x": Status.DONE, "y": Status.DONE, "z": Status.DOING}, frozenset())
    assert to_keep(passed, new, learned, {}) == ["d", "a"]
    skipped = learned._replace(skipped=frozenset({"a"}))
    assert to_keep(passed, new, skipped, {}) == ["d"]
    assert to_keep(["was"], new, Learned({}, frozenset()), {"was": "c"}) == ["c"]


@given(st.data())
def test_with_what_is_kept_nothing_that_was_passed_is_passed_no_more(data: st.DataObject) -> None:
    old, new = data.draw(roadmaps()), data.draw(roadmaps())
    learned = data.draw(learners(old))
    had = {id_: str(status) for id_, status in learned.statuses.items()}
    passed = passed_in(old.nodes.values(), had)
    kept = to_keep(passed, new, learned, {})
    before, bare = states(old, learned), states(new, learned)
    after = states(new, learned._replace(known=learned.known | set(kept)))
    for id_, state in before.items():
        if state in PASSED and id_ in after:
            assert after[id_] in CLEARED
    assert all(before[id_] in PASSED and bare[id_] not in CLEARED for id_ in kept)
    assert to_keep(passed, old, learned, {}) == []
