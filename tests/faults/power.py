"""The power is cut while a command writes: what it acknowledged is there, nothing is half there.

Each command is recorded once, system call by system call. Then, for moments within it, what a disk
may have been left with is laid out and opened, as the next command would.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from llmpath.catalog import locate
from llmpath.errors import LlmpathError
from llmpath.store.database import backups
from llmpath.store.opening import open_database
from tests.conftest import SMALL
from tests.faults.lossy_disk import MODELS, WAYS, Disk, State
from tests.faults.migrating import FIXTURE
from tests.faults.place import Place, Snapshot, Tally, Tallying
from tests.faults.recording import CannotTrace, Record, record

DATABASE = "data/llmpath.db"
NOT_PROMISED = ("data/lists",)  # what the numbers of a list mean may be forgotten
SHARED = "-shm"  # SQLite makes it anew
NEXT_DAY = {"LLMPATH_NOW": "2026-03-11T18:30:00+00:00"}


def _begun(place: Place) -> None:
    place.must("done", "counting-video", "--note", "kept")
    place.must("goal", "adding")


def _with_settings(place: Place) -> None:
    _begun(place)
    place.must("config", "set", "next.count", "3")


def _backed_up(place: Place) -> None:
    _begun(place)
    place.must("backup", "-o", str(place.folder / "old.db"))
    place.must("note", "counting", "newer")


def _with_report(place: Place) -> None:
    _begun(place)
    (place.folder / "report.md").write_text("an older report", encoding="utf-8")


def _with_export(place: Place) -> None:
    _begun(place)
    place.must("export", "json", "-o", str(place.folder / "data.json"))
    place.must("note", "counting", "newer")


def _with_theirs(place: Place) -> None:
    other = Place(place.folder / "other")
    other.must("done", "adding-article", "--note", "theirs")
    other.must("export", "json", "-o", str(place.folder / "data.json"))
    other.remove()
    _begun(place)


def _gone(place: Place) -> None:
    _backed_up(place)
    for path in place.data.glob("llmpath.db*"):
        path.unlink()


def _damaged(place: Place) -> None:
    _backed_up(place)
    with place.database.open("r+b") as file:
        file.seek(0)
        file.write(b"nothing that SQLite would know" * 500)


def _out_of_step(place: Place) -> None:
    _begun(place)
    connection = sqlite3.connect(place.database)
    connection.execute("UPDATE progress SET minutes = 77")
    connection.commit()
    connection.close()


def _old(place: Place) -> None:
    place.data.mkdir(mode=0o700)
    shutil.copy(FIXTURE, place.database)


def _with_catalog(place: Place) -> None:
    _begun(place)
    shutil.copytree(SMALL, place.folder / "catalog")
    for file in (place.folder / "catalog").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("\n", "\n\n", 3), encoding="utf-8")


def _nothing(place: Place) -> None:
    """Leave the place empty."""


class Command(NamedTuple):
    """A command that writes: what is there before it, its words, and what is different about it."""

    prepare: Callable[[Place], None]
    words: tuple[str, ...]
    environ: Mapping[str, str] = MappingProxyType({})
    sets_aside: bool = False  # the database of before is kept beside the new one
    repairs: bool = False  # the database of before is not sound
    watched: bool = False  # another program has the database open: closing it writes nothing back


# Words that begin with ./ are paths in the place.
COMMANDS = {
    "first command": Command(_nothing, ("note", "counting", "first")),
    "done": Command(_begun, ("done", "adding-article", "--minutes", "20", "--note", "both")),
    "done, in two terminals": Command(_begun, ("done", "adding-article"), watched=True),
    "note, in two terminals": Command(_begun, ("note", "counting", "one"), NEXT_DAY, watched=True),
    "restore, none there": Command(_gone, ("restore", "./old.db")),
    "config set, first": Command(_begun, ("config", "set", "next.count", "4")),
    "config set": Command(_with_settings, ("config", "set", "languages", "English,German")),
    "backup over a backup": Command(_backed_up, ("backup", "-o", "./old.db")),
    "restore over damage": Command(
        _damaged, ("restore", "./old.db"), sets_aside=True, repairs=True
    ),
    "note": Command(_begun, ("note", "counting", "a thought " * 900)),
    "spent": Command(_begun, ("spent", "20", "adding-article")),
    "goal": Command(_begun, ("goal", "counting")),
    "plan": Command(_begun, ("plan", "--hours", "3", "--yes")),
    "undo": Command(_begun, ("undo",)),
    "user add": Command(_begun, ("user", "add", "bob")),
    "user rename": Command(_begun, ("user", "rename", "ada", "grace")),
    "note, a day later": Command(_begun, ("note", "counting", "later"), NEXT_DAY),
    "report": Command(_with_report, ("report", "-o", "./report.md")),
    "export": Command(_with_export, ("export", "json", "-o", "./data.json")),
    "backup": Command(_begun, ("backup",)),
    "import": Command(_with_theirs, ("import", "./data.json")),
    "import --replace": Command(_with_theirs, ("import", "./data.json", "--replace")),
    "restore": Command(_backed_up, ("restore", "./old.db"), sets_aside=True),
    "migration": Command(_old, ("note", "counting", "newer")),
    "doctor --fix": Command(_out_of_step, ("doctor", "--fix"), repairs=True),
    "catalog format": Command(_with_catalog, ("catalog", "format", "./catalog")),
}
QUICK = (
    "first command",
    "done, in two terminals",
    "config set",
    "backup over a backup",
    "catalog format",
)


class Losses(NamedTuple):
    """What became of one command: states that differ, what was lost in them, and what was wrong."""

    operations: int
    cuts: int
    states: int
    lost: list[str]
    wrong: list[str]


def moments(made: Record, count: int, chance: random.Random) -> list[int]:
    """Return up to *count* moments to cut the power at: after how many operations.

    First the last of all, then around what is said, synced or named, then any.
    """
    turning = [number for number, op in enumerate(made.ops) if op[0] not in ("write", "truncate")]
    near = {number + after for number in turning for after in (0, 1)}
    others = sorted(set(range(len(made.ops) + 1)) - near)
    chosen = [len(made.ops), *_some(sorted(near), count, chance), *_some(others, count, chance)]
    return sorted(set(chosen[:count]))


def _some(numbers: list[int], count: int, chance: random.Random) -> list[int]:
    return chance.sample(numbers, min(count, len(numbers)))


def digest(state: State) -> bytes:
    """Return what tells *state* from others."""
    whole = hashlib.blake2b()
    for path, content in sorted(state.items()):
        size = len(content) if content is not None else -1
        whole.update(f"{path}\0{type(content)}{size}\0".encode())
        whole.update(content if isinstance(content, bytes) else f"{content}".encode())
    return whole.digest()


class Found(NamedTuple):
    """What the learners have in a database, None without one, and what is wrong with it."""

    rows: Snapshot | None
    wrong: str


class Judge:
    """Says what is wrong with what is left of a place, given what was there before and after."""

    def __init__(self, command: Command, folder: Path, before: State, after: State) -> None:
        self.command = command
        self.place = Place(folder)
        self.before, self.after = before, after
        self.seen: dict[bytes, Found] = {}
        self.verified: dict[bytes, str] = {}  # what is wrong with a backup
        self.old, self.new = self._database(before), self._database(after)
        assert bool(self.old.wrong) == command.repairs, self.old.wrong
        assert not self.new.wrong, self.new.wrong
        self.unacknowledged = [self.old, self.new]
        if not self.old.rows:  # a first command makes an empty database before all else
            self.unacknowledged.append(Found(Snapshot({}, {}), ""))

    def complaints(self, state: State, acknowledged: bool) -> Iterator[tuple[bool, str]]:
        """Yield each complaint about *state*, and whether it is that something was lost."""
        now = self._database(state)
        if now.wrong and (acknowledged or now != self.old):
            yield False, now.wrong
        elif now != self.new and acknowledged:
            yield True, "acknowledged, and not in the database"
        elif now not in self.unacknowledged:
            yield True, "rows are gone"
        if self.command.sets_aside and not self._is_kept(state):
            yield True, "the database of before is neither in place nor aside"
        for path in sorted({*self.before, *self.after, *state}):
            if path.startswith((DATABASE, *NOT_PROMISED)) or "/." in f"/{path}":
                continue
            yield from self._file(path, state, acknowledged)
        yield from self._backups(state)

    def _is_kept(self, state: State) -> bool:
        aside = [path for path in state if path.endswith("-before-restore.db")]
        if self.old.wrong:
            return any(state.get(one) == self.before[DATABASE] for one in (DATABASE, *aside))
        return self._database(state) == self.old or any(
            self._database({DATABASE: state[one]}) == self.old for one in aside
        )

    def _file(self, path: str, state: State, acknowledged: bool) -> Iterator[tuple[bool, str]]:
        missing = b"missing"
        old, new, now = (one.get(path, missing) for one in (self.before, self.after, state))
        if now == new or (now == old and (not acknowledged or new == missing)):
            return
        if path.endswith(".sha256"):
            return  # not synced for its own sake: held against its backup below
        if now is None or isinstance(now, str):
            yield True, f"{path}: another kind of thing"
        elif now == missing:
            yield True, f"{path}: gone"
        elif now == old:
            yield True, f"{path}: acknowledged, and as it was"
        else:
            yield False, f"{path}: half-written, {len(now)} bytes"

    def _backups(self, state: State) -> Iterator[tuple[bool, str]]:
        """Complain of backups that the program itself would not take."""
        for path in sorted(state):
            if not path.endswith(".db") or path == DATABASE or "/." in f"/{path}":
                continue
            if self.old.wrong and state[path] == self.before[DATABASE]:
                continue  # the damaged one, aside
            parts = {one: state[one] for one in (path, f"{path}.sha256") if one in state}
            key = digest(parts)
            if key not in self.verified:
                self._lay_out(parts)
                self.verified[key] = self._verified(path)
            if self.verified[key]:
                yield False, f"{path}: {self.verified[key]}"

    def _verified(self, path: str) -> str:
        try:
            backups.verify(self.place.folder / path)
        except LlmpathError as error:
            return error.message.replace(f"{self.place.folder}/", "")
        return ""

    def _database(self, state: State) -> Found:
        """Return what the learners have once a command opens *state*, and what is wrong with it."""
        parts = {path: of for path, of in state.items() if path.startswith(DATABASE)}
        key = digest(parts)
        if key not in self.seen:
            self._lay_out(parts)
            self.seen[key] = self._opened()
        return self.seen[key]

    def _opened(self) -> Found:
        if not self.place.database.exists():
            return Found(None, "")
        try:
            open_database(self.place.database, locate.files(str(SMALL))).connection.close()
            return Found(self.place.snapshot(), "; ".join(self.place.complaints()))
        except LlmpathError as error:
            return Found(None, f"refused: {error.message}")
        except sqlite3.Error as error:
            return Found(None, f"not whole: {error}")

    def _lay_out(self, state: State) -> None:
        shutil.rmtree(self.place.folder)
        self.place.data.mkdir(mode=0o700, parents=True)
        for path, content in state.items():
            file = self.place.folder / path
            if isinstance(content, bytes) and not path.endswith(SHARED):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)


class Recorded(NamedTuple):
    """A command that was recorded, and who judges what is left of its place."""

    name: str
    made: Record
    judge: Judge


def record_command(folder: Path, name: str) -> Recorded:
    """Return the record of the command *name*, run in a place that is ready for it."""
    command = COMMANDS[name]
    place = Place(folder / "place")
    command.prepare(place)
    words = [str(place.folder / word) if word.startswith("./") else word for word in command.words]
    environ = {**place.environ, **command.environ}
    other = sqlite3.connect(place.database if command.watched else ":memory:")
    other.execute("SELECT count(*) FROM sqlite_master").fetchall()
    made = record(
        place.folder, [sys.executable, "-m", "llmpath", *words], environ, folder / "record"
    )
    assert made.code == 0, made.err.decode()
    before, after = Disk(made, MODELS[0]).whole(), _finished(made, place)
    other.close()
    return Recorded(name, made, Judge(command, folder / "left", before, after))


def losses(recorded: Recorded, cuts: int, syncing: bool = True) -> Losses:
    """Cut the power at up to *cuts* moments of a command; not *syncing* is the control."""
    name, made, judge = recorded
    chance = random.Random(name)
    disks = {model: Disk(made, model, syncing) for model in MODELS}
    chosen = moments(made, cuts, chance)
    found = Losses(len(made.ops), len(chosen), 0, [], [])
    seen: set[tuple[bool, bytes]] = set()
    said = b""
    for number, op in enumerate([*made.ops, None]):
        if number in chosen:
            acknowledged = bool(made.out) and said == made.out
            for model, way in product(MODELS, WAYS):
                state = disks[model].left(way, chance)
                if (key := (acknowledged, digest(state))) in seen:
                    continue
                seen.add(key)
                where = f"{name}, after {number} of {len(made.ops)} operations, {model}, {way}"
                for lost, complaint in judge.complaints(state, acknowledged):
                    (found.lost if lost else found.wrong).append(f"{where}: {complaint}")
        if op:
            said += op[1] if op[0] == "said" else b""
            for disk in disks.values():
                disk.do(op)
    return found._replace(states=len(seen))


def _finished(made: Record, place: Place) -> State:
    """Return what all of *made* gives; it has to be what is there, or something was not seen."""
    disk = Disk(made, MODELS[0])
    for op in made.ops:
        disk.do(op)
    given = {path: of for path, of in disk.whole().items() if not path.endswith(SHARED)}
    there: State = {}
    for path in place.folder.rglob("*"):
        if path.is_symlink():
            there[str(path.relative_to(place.folder))] = str(path.readlink())
        elif not path.name.endswith(SHARED):
            content = None if path.is_dir() else path.read_bytes()
            there[str(path.relative_to(place.folder))] = content
    assert given == there, (
        f"not seen: {[one for one in given | there if given.get(one) != there.get(one)]}"
    )
    return given


HEAD = (
    "| command | operations | cut points | states | lost | wrong | control: states | faults |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
)


def power_cuts(folder: Path, names: tuple[str, ...], count: int, control: int) -> Tally:
    """Cut the power at up to *count* moments of each command, in all states that may leave.

    *control* moments are tried as well on a disk that takes every sync for nothing. There a lot
    has to be found, or the trial would not see what it looks for.
    """
    tallying = Tallying(f"power cut, {len(names)} commands")
    rows, faulty, states = list(HEAD), 0, 0
    for name in names:
        try:
            recorded = record_command(folder / name, name)
        except CannotTrace as error:
            tallying.wrong.append(f"no command can be traced here, so nothing was tried: {error}")
            break
        found = losses(recorded, count)
        without = losses(recorded, control, syncing=False)
        shutil.rmtree(folder / name)
        tallying.tried += found.states
        tallying.lost += len(found.lost)
        tallying.wrong += [*found.lost, *found.wrong]
        bad = len(without.lost) + len(without.wrong)
        tallying.check(bad > 0, f"{name}: nothing is lost even where nothing is synced")
        states, faulty = states + without.states, faulty + bad
        rows.append(
            f"| {name} | {found.operations:,} | {found.cuts} | {found.states} | {len(found.lost)} |"
            f" {len(found.wrong)} | {without.states} | {bad} |"
        )
    tallying.message = f"control, where syncs do nothing: {faulty} faults in {states} states"
    return tallying.tally()._replace(details=tuple(rows), codes=Counter())
