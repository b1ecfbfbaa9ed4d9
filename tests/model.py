"""Random commands through the whole program, held against a simple model of what they mean."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import sqlite3
import tempfile
import traceback
from collections import Counter
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from llmpath.cli import app
from llmpath.store.history.ledger import LEDGER
from tests.conftest import FIXED, SMALL
from tests.faults.place import present, replayed

USERS = ("ada", "bob", "cyd")
RESOURCES = st.sampled_from(("counting-video", "adding-article", "adding-paper", "reading-notes"))
TOPICS = st.sampled_from(("counting", "reading"))  # they have no prerequisites
GONE = "adding-paper"
# What each edition of the catalog calls what the first called so: one resource and one topic get
# another id, one resource goes, and in the end two resources become one.
RENAMED = {"counting-video": "seen", "reading": "letters"}
MERGED = {"reading-notes": "adding-article"}
PRESENT: tuple[dict[str, str], ...] = ({}, RENAMED, RENAMED, RENAMED | MERGED)
# What each edition takes to pass a topic, by the ids it has then: its core, and how much of it.
CORES: tuple[dict[str, tuple[tuple[str, ...], int]], ...] = (
    {
        "counting": (("counting-video", "counting-book"), 1),
        "adding": (("adding-article", "adding-paper"), 2),
        "reading": (("reading-notes", "reading-course"), 1),
    },
    {
        "counting": (("seen", "counting-book"), 1),
        "adding": (("adding-article", "adding-paper"), 2),
        "reading": (("reading-notes", "reading-course"), 1),
    },
    {
        "counting": (("seen", "counting-book"), 1),
        "adding": (("adding-article",), 1),
        "reading": (("reading-notes", "reading-course"), 1),
    },
    {
        "counting": (("seen", "counting-book"), 1),
        "adding": (("adding-article",), 1),
        "reading": (("reading-course",), 1),
    },
)
SETS = {
    "SELECT learner_id, topic_id FROM topic_mark WHERE mark = 'known'": "known",
    "SELECT learner_id, topic_id FROM topic_mark WHERE mark = 'skipped'": "skipped",
    "SELECT learner_id, topic_id FROM goal": "goals",
    "SELECT learner_id, topic_id, until FROM goal WHERE until IS NOT NULL": "until",
    "SELECT learner_id, topic_id, requires_id FROM ignored_prerequisite": "ignored",
}
EDGES = (("adding", "counting"), ("writing", "reading"))
LATER = "2026-03-10T18:3{}:00+00:00"  # elsewhere, so that its numbers follow those of here
STEPS = 25  # rules in a sequence, at most


class Work(NamedTuple):
    """Progress on a resource, without the times of a clock that stands still."""

    status: str = "todo"
    started: bool = False
    finished: bool = False
    minutes: int | None = None
    rating: int | None = None


def begun(work: Work) -> Work:
    """Return *work* as it is once started: what is done stays done."""
    if work.status == "done":
        return work._replace(started=True)
    return (
        work
        if work.status == "doing"
        else work._replace(status="doing", started=True, finished=False)
    )


class Life(NamedTuple):
    """All that a learner has, by first ids; of each resource ever marked, the last that was said.

    What was said last stands last: it holds when two resources become one.
    """

    said: tuple[tuple[str, Work], ...]
    known: frozenset[str]
    goals: frozenset[str]
    notes: dict[int, tuple[str, str]]
    sittings: tuple[tuple[str, int], ...] = ()  # resource, minutes
    skipped: frozenset[str] = frozenset()
    ignored: frozenset[tuple[str, str]] = frozenset()  # topic, prerequisite
    until: frozenset[tuple[str, str]] = frozenset()  # goal, day

    def works(self, names: Mapping[str, str]) -> dict[str, Work]:
        """Return what holds, where things are called by *names*."""
        found = {names.get(id_, id_): work for id_, work in self.said}
        return {id_: work for id_, work in found.items() if work != Work()}

    def passed(self, edition: int) -> frozenset[str]:
        """Return which topics are passed in an edition, by first ids."""
        works = self.works(PRESENT[edition])
        found = set(self.known)
        for topic, (core, enough) in CORES[edition].items():
            statuses = [works.get(id_, Work()).status for id_ in core]
            wanted = max(
                1, min(enough, len(core) - (statuses.count("skipped") if len(core) > 1 else 0))
            )
            if statuses.count("done") >= wanted:
                found.add(topic)
        return frozenset(found)

    def seen(self, names: Mapping[str, str]) -> Seen:
        """Return what a database with *names* has of it."""
        known, goals, skipped = (
            frozenset(names.get(id_, id_) for id_ in ids)
            for ids in (self.known, self.goals, self.skipped)
        )
        ignored, until = (
            frozenset((names.get(one, one), names.get(other, other)) for one, other in pairs)
            for pairs in (self.ignored, self.until)
        )
        notes = {i: (names.get(target, target), body) for i, (target, body) in self.notes.items()}
        spent = Counter[str]()
        for id_, minutes in self.sittings:
            spent[names.get(id_, id_)] += minutes
        return Seen(self.works(names), known, goals, notes, spent, skipped, ignored, until)


class Seen(NamedTuple):
    """All that a learner has, by present ids."""

    works: dict[str, Work]
    known: frozenset[str]
    goals: frozenset[str]
    notes: dict[int, tuple[str, str]]
    spent: Counter[str]  # minutes in sittings
    skipped: frozenset[str]
    ignored: frozenset[tuple[str, str]]
    until: frozenset[tuple[str, str]]


EMPTY = Life((), frozenset(), frozenset(), {})


@cache
def editions() -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return four editions of a catalog, each the next one's past, and a new database of each."""
    folder = Path(tempfile.mkdtemp(prefix="llmpath-model-", dir=_memory()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    catalogs = tuple(folder / name for name in "abcd")
    shutil.copytree(SMALL, catalogs[0])
    for catalog, before in pairwise(catalogs):
        shutil.copytree(catalog, before)
    for catalog in catalogs[1:]:
        works, roadmap = catalog / "resources.yaml", catalog / "roadmap.yaml"
        _edit(works, "id: counting-video", "id: seen\n    former_ids: [counting-video]")
        _edit(roadmap, "[counting-video", "[seen")
        _edit(works, "topics: [reading]", "topics: [letters]")
        _edit(roadmap, "topic: reading,", "topic: letters,")
        _edit(roadmap, "  - id: reading\n", "  - id: letters\n    former_ids: [reading]\n")
    for catalog in catalogs[2:]:
        _leave_out(catalog / "resources.yaml", GONE)
        _edit(catalog / "roadmap.yaml", f", {GONE}]\n    enough: 2", "]")
    _leave_out(catalogs[3] / "resources.yaml", "reading-notes")
    _edit(catalogs[3] / "roadmap.yaml", "[reading-notes, ", "[")
    _edit(
        catalogs[3] / "resources.yaml",
        "id: adding-article",
        "id: adding-article\n    former_ids: [reading-notes]",
    )
    for catalog in catalogs:
        call(folder / f"new-{catalog.name}", catalog, "next")
    return tuple(folder / f"new-{catalog.name}" / "llmpath.db" for catalog in catalogs), catalogs


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def _leave_out(file: Path, resource: str) -> None:
    text = file.read_text(encoding="utf-8")
    start = text.index(f"  - id: {resource}\n")
    end = text.find("  - id: ", start + 9)
    file.write_text(text[:start] + (text[end:] if end > 0 else ""), encoding="utf-8")


def call(
    data: Path, catalog: Path, *words: str, environ: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, str]:
    """Run a command line in this process; return its exit code and all that it wrote."""
    place = {"LLMPATH_HOME": str(data), "LLMPATH_CATALOG": str(catalog), "LLMPATH_USER": ""}
    os.environ.update(FIXED | place | environ)
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        code = app.run(words)
    return code, told.getvalue()


class Learning(RuleBasedStateMachine):
    """Three learners in one database."""

    def __init__(self) -> None:
        super().__init__()
        self.databases, self.catalogs = editions()
        self.folder = Path(tempfile.mkdtemp(prefix="llmpath-model-", dir=_memory()))
        shutil.copy(self.databases[0], self.folder / "llmpath.db")
        self.edition = 0
        self.user = USERS[0]
        self.past = {user: [EMPTY] for user in USERS}
        self.future: dict[str, list[Life]] = {user: [] for user in USERS}
        self.exports: list[Path] = []
        self.met = 0  # how often two machines were brought together
        for user in USERS[1:]:
            self.must("user", "add", user)

    def teardown(self) -> None:
        for user in USERS:
            self.user = user
            self.call("--user", user, "undo", "10000")
            self.past[user], self.future[user] = [EMPTY], []
        self.check()
        connection = sqlite3.connect(self.folder / "llmpath.db")
        left = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in LEDGER]
        connection.close()
        assert not any(left)
        shutil.rmtree(self.folder)

    def call(self, *words: str) -> tuple[int, str]:
        return call(self.folder, self.catalogs[self.edition], *words)

    def must(self, *words: str) -> None:
        code, told = self.call(*words)
        assert code == 0, f"{words}: {code}: {told}"

    @property
    def life(self) -> Life:
        return self.past[self.user][-1]

    def do(self, life: Life, *words: str) -> None:
        """Give a command that leads to *life*; where that is what was, nothing is logged."""
        self.must("--user", self.user, *words)
        if life != self.life:
            self.past[self.user].append(life)
            self.future[self.user] = []
        self.check()

    def check(self) -> None:
        """Hold the database against the model, and the rows against the events."""
        connection = sqlite3.connect(self.folder / "llmpath.db")
        try:
            names = dict(connection.execute("SELECT id, name FROM learner"))
            lives = {name: EMPTY.seen({}) for name in USERS}
            for id_, resource, *row in connection.execute(
                "SELECT learner_id, resource_id, status, started_at, finished_at, minutes, rating"
                " FROM progress"
            ):
                work = Work(row[0], row[1] is not None, row[2] is not None, *row[3:])
                lives[names[id_]].works[resource] = work
            for sql, column in SETS.items():
                for id_, *values in connection.execute(sql):
                    life = lives[names[id_]]
                    both = getattr(life, column) | {values[0] if len(values) == 1 else (*values,)}
                    lives[names[id_]] = life._replace(**{column: both})
            for id_, number, target, body in connection.execute(
                "SELECT learner_id, number, target, body FROM note"
            ):
                lives[names[id_]].notes[number] = (target, body)
            for id_, resource, minutes in connection.execute(
                "SELECT learner_id, resource_id, minutes FROM sitting"
            ):
                lives[names[id_]].spent[resource] += minutes
            ids = PRESENT[self.edition]
            assert lives == {user: self.past[user][-1].seen(ids) for user in USERS}
            assert present(connection) == replayed(connection, ids)
        finally:
            connection.close()

    def name(self, id_: str) -> str:
        return PRESENT[self.edition].get(id_, id_)

    def there(self, resource: str) -> bool:
        """Say whether the catalog has it; a command that names what is gone changes nothing."""
        if self.edition < 2 or resource != GONE:
            return True
        code, _ = self.call("--user", self.user, "start", resource)
        assert code == 3
        self.check()
        return False

    def holds(self, resource: str) -> Work:
        return self.life.works(PRESENT[self.edition]).get(self.name(resource), Work())

    def work(self, resource: str, work: Work) -> Life:
        """Return the present life with another word on *resource*, where it is another."""
        if work == self.holds(resource):
            return self.life
        # With two in one, the log has it under the id that both have now.
        id_ = MERGED.get(resource, resource) if self.edition == 3 else resource
        said = tuple(one for one in self.life.said if one[0] != id_)
        return self.life._replace(said=(*said, (id_, work)))

    @rule(resource=RESOURCES)
    def start(self, resource: str) -> None:
        if self.there(resource):
            work = begun(self.holds(resource))
            self.do(self.work(resource, work), "start", self.name(resource))

    @rule(resource=RESOURCES, minutes=st.integers(1, 90))
    def spent(self, resource: str, minutes: int) -> None:
        if self.there(resource):
            work = self.holds(resource)
            work = work if work.status == "done" else begun(work)
            if work.minutes is not None:
                work = work._replace(minutes=work.minutes + minutes)
            life = self.work(resource, work)
            life = life._replace(sittings=(*life.sittings, (resource, minutes)))
            self.do(life, "spent", str(minutes), self.name(resource))

    @rule(
        resource=RESOURCES,
        minutes=st.none() | st.integers(0, 90),
        rating=st.none() | st.integers(1, 5),
        note=st.none() | st.sampled_from(("short", "two\nlines", "[/b] \x1b[31m ✓")),
    )
    def done(
        self, resource: str, minutes: int | None, rating: int | None, note: str | None
    ) -> None:
        if not self.there(resource):
            return
        work = self.holds(resource)
        work = work._replace(
            status="done",
            finished=True,
            minutes=work.minutes if minutes is None else minutes,
            rating=work.rating if rating is None else rating,
        )
        life = self.work(resource, work)
        words = ["done", self.name(resource)]
        words += [] if minutes is None else ["--minutes", str(minutes)]
        words += [] if rating is None else ["--rating", str(rating)]
        if note:
            words += ["--note", note]
            life = self.noted(life, resource, note)
        self.do(life, *words)

    @staticmethod
    def noted(life: Life, target: str, body: str) -> Life:
        return life._replace(notes={**life.notes, max(life.notes, default=0) + 1: (target, body)})

    @rule(resource=RESOURCES)
    def skip(self, resource: str) -> None:
        if self.there(resource):
            work = self.holds(resource)
            work = work._replace(status="skipped", finished=False)
            self.do(self.work(resource, work), "skip", self.name(resource))

    @rule(resource=RESOURCES)
    def reset(self, resource: str) -> None:
        if self.there(resource):
            name, names = self.name(resource), PRESENT[self.edition]
            kept = [one for one in self.life.sittings if names.get(one[0], one[0]) != name]
            life = self.work(resource, Work())._replace(sittings=tuple(kept))
            self.do(life, "reset", name)

    @rule(topic=TOPICS)
    def know(self, topic: str) -> None:
        self.do(self.life._replace(known=self.life.known | {topic}), "know", self.name(topic))

    @rule(topic=TOPICS)
    def forget(self, topic: str) -> None:
        self.do(self.life._replace(known=self.life.known - {topic}), "forget", self.name(topic))

    @rule(forget=st.booleans())
    def skip_a_topic(self, forget: bool) -> None:
        skipped = frozenset(() if forget else ("writing",))
        words = ("reset" if forget else "skip", "writing")
        self.do(self.life._replace(skipped=skipped), *words)

    @rule(edge=st.sampled_from(EDGES))
    def ignore(self, edge: tuple[str, str]) -> None:
        undo = ["--undo"] if edge in self.life.ignored else []
        ignored = self.life.ignored ^ {edge}
        words = ["ignore", *undo, *(self.name(id_) for id_ in edge)]
        self.do(self.life._replace(ignored=ignored), *words)

    @rule(
        topic=TOPICS,
        drop=st.booleans(),
        day=st.none() | st.sampled_from(("2026-05-01", "2026-06-01")),
    )
    def goal(self, topic: str, drop: bool, day: str | None) -> None:
        life = self.life
        others = frozenset(one for one in life.until if one[0] != topic)
        if drop:
            life = life._replace(goals=life.goals - {topic}, until=others)
        else:
            until = others | {(topic, day)} if day else life.until
            life = life._replace(goals=life.goals | {topic}, until=until)
        options = ["--drop"] if drop else ["--by", day] if day else []
        self.do(life, "goal", self.name(topic), *options)

    @rule(topic=TOPICS, body=st.sampled_from(("one", "two words", "[x](javascript:y)", "=1+1")))
    def note(self, topic: str, body: str) -> None:
        self.do(self.noted(self.life, topic, body), "note", self.name(topic), body)

    @precondition(lambda self: self.life.notes)
    @rule(data=st.data(), body=st.sampled_from(("better", "worse")))
    def edit(self, data: st.DataObject, body: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.life.notes)))
        notes = {**self.life.notes, number: (self.life.notes[number][0], body)}
        self.do(self.life._replace(notes=notes), "note", "--edit", str(number), body)

    @precondition(lambda self: self.life.notes)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.life.notes)))
        notes = {key: note for key, note in self.life.notes.items() if key != number}
        self.do(self.life._replace(notes=notes), "note", "--delete", str(number))

    @rule(count=st.integers(1, 6))
    def undo(self, count: int) -> None:
        past, future = self.past[self.user], self.future[self.user]
        code, _ = self.call("--user", self.user, "undo", str(count))
        assert code == (0 if len(past) > 1 else 3)
        for _ in range(min(count, len(past) - 1)):
            future.append(past.pop())
        self.check()

    @rule(count=st.integers(1, 6))
    def redo(self, count: int) -> None:
        past, future = self.past[self.user], self.future[self.user]
        code, _ = self.call("--user", self.user, "redo", str(count))
        assert code == (0 if future else 3)
        for _ in range(min(count, len(future))):
            past.append(future.pop())
        self.check()

    @rule(user=st.sampled_from(USERS))
    def switch(self, user: str) -> None:
        self.must("user", "use", user)
        self.user = user

    @precondition(lambda self: self.edition < 3)
    @rule(editions=st.integers(1, 3))
    def update_the_catalog(self, editions: int) -> None:
        before, self.edition = self.edition, min(self.edition + editions, 3)
        self.must("next")
        for user in USERS:  # what was passed stays passed, by a command of its own
            life = self.past[user][-1]
            lost = life.passed(before) - life.passed(self.edition)
            if lost:
                self.past[user].append(life._replace(known=life.known | lost))
                self.future[user] = []
        self.check()

    @rule()
    def export(self) -> None:
        file = self.folder / f"{len(self.exports)}.json"
        self.must("export", "json", "-o", str(file))
        self.exports.append(file)

    @precondition(lambda self: self.exports)
    @rule(data=st.data())
    def merge_what_is_known(self, data: st.DataObject) -> None:
        self.must("import", str(data.draw(st.sampled_from(self.exports))))
        self.check()

    @precondition(lambda self: self.edition < 3 and self.met < 9)
    @rule(resource=RESOURCES, minutes=st.none() | st.integers(1, 90))
    def learn_on_two_machines(self, resource: str, minutes: int | None) -> None:
        """Finish something here, leave it out and write a note elsewhere; then bring it together.

        The note comes after what was done here, which outranks that it was to be left out.
        """
        if self.holds(resource).status == "done" or not self.there(resource):
            return
        name, user, there = self.name(resource), self.user, self.folder / "elsewhere"
        there.mkdir()
        self.met += 1
        shutil.copy(self.databases[self.edition], there / "llmpath.db")
        file = self.folder / "machine.json"
        self.must("export", "json", "-o", str(file))
        catalog, later = self.catalogs[self.edition], {"LLMPATH_NOW": LATER.format(self.met)}
        for words in (
            ("import", str(file), "--replace"),
            ("--user", user, "note", name, "elsewhere"),
            ("--user", user, "skip", name),
            ("export", "json", "-o", str(file)),
        ):
            code, told = call(there, catalog, *words, environ=later)
            assert code == 0, f"{words}: {told}"
        shutil.rmtree(there)
        left_out = self.holds(resource).status != "skipped"
        self.done(resource, minutes, None, None)
        self.must("import", str(file))
        self.past[user].append(self.noted(self.life, resource, "elsewhere"))
        if left_out:
            self.past[user].append(self.life)  # a command that came to nothing can be undone, too
        self.check()

    @rule()
    def move_to_another_machine(self) -> None:
        self.must("export", "json", "-o", str(self.folder / "move.json"))
        for tail in ("", "-wal", "-shm"):
            (self.folder / f"llmpath.db{tail}").unlink(missing_ok=True)
        shutil.copy(self.databases[self.edition], self.folder / "llmpath.db")
        self.must("import", str(self.folder / "move.json"), "--replace")
        self.check()

    @rule(option=st.sampled_from(("", "--fix", *["--quick"] * 6)))
    def doctor(self, option: str) -> None:
        self.folder.chmod(0o700)
        self.must("doctor", *([option] if option else []))
        self.check()


class Ran(NamedTuple):
    """How many sequences and commands were really given, and what the first failure said."""

    sequences: int
    commands: int
    wrong: str


def run(count: int, number: int) -> Ran:
    """Give *count* random sequences, those of the seed *number*."""
    given = {"sequences": 0, "commands": 0}

    class Counted(Learning):
        def __init__(self) -> None:
            given["sequences"] += 1
            super().__init__()

        def call(self, *words: str) -> tuple[int, str]:
            given["commands"] += 1
            return super().call(*words)

    chosen = settings(
        max_examples=count,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    told = io.StringIO()
    try:
        with redirect_stdout(told):
            run_state_machine_as_test(seed(number)(Counted), settings=chosen)
    except Exception:  # whatever it is, it is what was found
        wrong = f"{traceback.format_exc()}\n{told.getvalue()}"
        return Ran(given["sequences"], given["commands"], wrong)
    return Ran(given["sequences"], given["commands"], "")
