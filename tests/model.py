"""Random commands through the whole program, held against a simple model of what they mean."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
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
from llmpath.store.journal import LEDGER
from tests.conftest import FIXED, SMALL
from tests.faults.place import present, replayed

USERS = ("ada", "bob", "cyd")
RESOURCES = st.sampled_from(("counting-video", "adding-article", "adding-paper", "reading-notes"))
TOPICS = st.sampled_from(("counting", "reading"))  # they have no prerequisites
RENAMED = {"counting-video": "seen"}
GONE = "adding-paper"
STEPS = 25  # rules in a sequence, at most


class Work(NamedTuple):
    """Progress on a resource, without the times of a clock that stands still."""

    status: str = "todo"
    started: bool = False
    finished: bool = False
    minutes: int | None = None
    rating: int | None = None


class Life(NamedTuple):
    """All that a learner has."""

    works: dict[str, Work]
    known: frozenset[str]
    goals: frozenset[str]
    notes: dict[int, tuple[str, str]]


EMPTY = Life({}, frozenset(), frozenset(), {})


@cache
def editions() -> tuple[Path, tuple[Path, ...]]:
    """Return a database to copy, and three editions of its catalog, each the next one's past."""
    folder = Path(tempfile.mkdtemp(prefix="llmpath-model-", dir=_memory()))
    catalogs = tuple(folder / name for name in "abc")
    for catalog in catalogs:
        shutil.copytree(SMALL, catalog)
    for catalog in catalogs[1:]:
        _edit(
            catalog / "resources.yaml",
            "id: counting-video",
            "id: seen\n    former_ids: [counting-video]",
        )
        _edit(catalog / "roadmap.yaml", "[counting-video", "[seen")
    text = (catalogs[2] / "resources.yaml").read_text(encoding="utf-8")
    start = text.index(f"  - id: {GONE}")
    end = text.index("  - id: ", start + 9)
    (catalogs[2] / "resources.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    _edit(catalogs[2] / "roadmap.yaml", f", {GONE}]\n    enough: 2", "]")
    call(folder / "template", catalogs[0], "next")
    return folder / "template" / "llmpath.db", catalogs


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def call(data: Path, catalog: Path, *words: str) -> tuple[int, str]:
    """Run a command line in this process; return its exit code and all that it wrote."""
    os.environ.update(
        FIXED | {"LLMPATH_HOME": str(data), "LLMPATH_CATALOG": str(catalog), "LLMPATH_USER": ""}
    )
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        code = app.run(words)
    return code, told.getvalue()


class Learning(RuleBasedStateMachine):
    """Three learners in one database."""

    def __init__(self) -> None:
        super().__init__()
        template, self.catalogs = editions()
        self.folder = Path(tempfile.mkdtemp(prefix="llmpath-model-", dir=_memory()))
        shutil.copy(template, self.folder / "llmpath.db")
        self.edition = 0
        self.user = USERS[0]
        self.past = {user: [EMPTY] for user in USERS}
        self.future: dict[str, list[Life]] = {user: [] for user in USERS}
        self.exports: list[Path] = []
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
            lives = {name: Life({}, frozenset(), frozenset(), {}) for name in USERS}
            former = {new: old for old, new in RENAMED.items()}
            for id_, resource, *row in connection.execute(
                "SELECT learner_id, resource_id, status, started_at, finished_at, minutes, rating"
                " FROM progress"
            ):
                work = Work(row[0], row[1] is not None, row[2] is not None, *row[3:])
                lives[names[id_]].works[former.get(resource, resource)] = work
            for table, column in (("topic_mark", "known"), ("goal", "goals")):
                for id_, topic in connection.execute(f"SELECT learner_id, topic_id FROM {table}"):
                    life = lives[names[id_]]
                    both = getattr(life, column) | {topic}
                    lives[names[id_]] = life._replace(**{column: both})
            for id_, number, target, body in connection.execute(
                "SELECT learner_id, number, target, body FROM note"
            ):
                lives[names[id_]].notes[number] = (former.get(target, target), body)
            assert lives == {user: self.past[user][-1] for user in USERS}
            if not self.edition:
                assert present(connection) == replayed(connection)
        finally:
            connection.close()

    def name(self, resource: str) -> str:
        return RENAMED.get(resource, resource) if self.edition else resource

    def there(self, resource: str) -> bool:
        """Say whether the catalog has it; a command that names what is gone changes nothing."""
        if self.edition < 2 or resource != GONE:
            return True
        code, _ = self.call("--user", self.user, "start", resource)
        assert code == 3
        self.check()
        return False

    def work(self, resource: str, work: Work) -> Life:
        works = {**self.life.works, resource: work}
        return self.life._replace(works={name: one for name, one in works.items() if one != Work()})

    @rule(resource=RESOURCES)
    def start(self, resource: str) -> None:
        if self.there(resource):
            work = self.life.works.get(resource, Work())
            if work.status != "doing":
                work = work._replace(status="doing", started=True, finished=False)
            self.do(self.work(resource, work), "start", self.name(resource))

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
        work = self.life.works.get(resource, Work())
        spent = work.minutes if minutes is None else (work.minutes or 0) + minutes
        work = work._replace(
            status="done",
            finished=True,
            minutes=spent,
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
            work = self.life.works.get(resource, Work())
            work = work._replace(status="skipped", finished=False)
            self.do(self.work(resource, work), "skip", self.name(resource))

    @rule(resource=RESOURCES)
    def reset(self, resource: str) -> None:
        if self.there(resource):
            self.do(self.work(resource, Work()), "reset", self.name(resource))

    @rule(topic=TOPICS)
    def know(self, topic: str) -> None:
        self.do(self.life._replace(known=self.life.known | {topic}), "know", topic)

    @rule(topic=TOPICS)
    def forget(self, topic: str) -> None:
        self.do(self.life._replace(known=self.life.known - {topic}), "forget", topic)

    @rule(topic=TOPICS, drop=st.booleans())
    def goal(self, topic: str, drop: bool) -> None:
        goals = self.life.goals - {topic} if drop else self.life.goals | {topic}
        options = ["--drop"] if drop else []
        self.do(self.life._replace(goals=goals), "goal", topic, *options)

    @rule(topic=TOPICS, body=st.sampled_from(("one", "two words", "[x](javascript:y)", "=1+1")))
    def note(self, topic: str, body: str) -> None:
        self.do(self.noted(self.life, topic, body), "note", topic, body)

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

    @precondition(lambda self: self.edition < 2)
    @rule()
    def update_the_catalog(self) -> None:
        self.edition += 1
        self.must("next")
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

    @rule()
    def move_to_another_machine(self) -> None:
        self.must("export", "json", "-o", str(self.folder / "move.json"))
        for tail in ("", "-wal", "-shm"):
            (self.folder / f"llmpath.db{tail}").unlink(missing_ok=True)
        self.must("import", str(self.folder / "move.json"), "--replace")
        self.check()

    @rule(fix=st.booleans())
    def doctor(self, fix: bool) -> None:
        self.folder.chmod(0o700)
        self.must("doctor", *(["--fix"] if fix else []))
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
    except Exception as error:  # whatever it is, it is what was found
        notes = "\n".join(getattr(error, "__notes__", ()))
        return Ran(given["sequences"], given["commands"], f"{error!r}\n{notes}\n{told.getvalue()}")
    return Ran(given["sequences"], given["commands"], "")
