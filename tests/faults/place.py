"""A learner's place for the fault tests: a home, its database, and real processes on them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from llmpath.store.history.ledger import LEDGER, REFERENCES
from tests.conftest import FIXED, SMALL, Ran

TIMEOUT = 120  # seconds until a process counts as hanging


class Tally(NamedTuple):
    """What became of a fault that was tried many times."""

    fault: str
    tried: int
    lost: int  # said to be done and not there
    wrong: list[str]  # anything else that was not as promised
    codes: Counter[int]
    message: str  # what the learner read
    details: Sequence[str] = ()  # a table of its own, in Markdown

    @property
    def well(self) -> bool:
        """Whether every promise was kept."""
        return not self.lost and not self.wrong


class Tallying:
    """Collects one fault's tally."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.tried = self.lost = 0
        self.wrong: list[str] = []
        self.codes: Counter[int] = Counter()
        self.message = ""

    def ran(self, ran: Ran, codes: Sequence[int] = (0, 5)) -> None:
        """Count one command: its exit code is one of *codes*, and it never shows a traceback."""
        self.tried += 1
        self.codes[ran.code] += 1
        if ran.code not in codes:
            self.wrong.append(f"exit {ran.code}: {ran.err or ran.out}")
        if "Traceback" in ran.out + ran.err or "should not have" in ran.err:
            self.wrong.append(ran.err)
        if ran.code and ran.err:
            self.message = ran.err.splitlines()[0]

    def check(self, well: bool, complaint: str) -> None:
        """Complain unless *well*."""
        if not well:
            self.wrong.append(complaint)

    def tally(self) -> Tally:
        """Return what was collected."""
        return Tally(self.fault, self.tried, self.lost, self.wrong, self.codes, self.message)


class Place:
    """A home in *folder* whose commands use *catalog*."""

    def __init__(self, folder: Path, catalog: Path = SMALL) -> None:
        self.folder = folder
        self.catalog = catalog
        self.data = folder / "data"
        self.environ: dict[str, str] = {
            "PATH": os.environ.get("PATH", os.defpath),
            **FIXED,
            "HOME": str(folder),
            "LLMPATH_HOME": str(self.data),
            "LLMPATH_CATALOG": str(catalog),
        }
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def database(self) -> Path:
        """The database's path."""
        return self.data / "llmpath.db"

    def start(
        self,
        *arguments: str,
        prefix: Sequence[str] = (),
        environ: Mapping[str, str | None] | None = None,
        **options: Any,
    ) -> subprocess.Popen[bytes]:
        """Return a started command."""
        given = {**self.environ, **(environ or {})}
        return subprocess.Popen(
            [*prefix, sys.executable, "-m", "llmpath", *arguments],
            env={name: value for name, value in given.items() if value is not None},
            **{
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                **options,
            },
        )

    def run(self, *arguments: str, stdin: bytes | None = None, **options: Any) -> Ran:
        """Return what a command did."""
        if stdin is not None:
            options["stdin"] = subprocess.PIPE
        return ended(self.start(*arguments, **options), stdin)

    def must(self, *arguments: str, **options: Any) -> str:
        """Return what a command that has to succeed wrote."""
        ran = self.run(*arguments, **options)
        assert ran.code == 0, ran.err or ran.out
        return ran.out

    def copy(self, folder: Path) -> Place:
        """Return another place with a copy of this one's data."""
        other = Place(folder, self.catalog)
        shutil.copytree(self.data, other.data)
        return other

    def age(self) -> None:
        """Let what is unfinished in it be of long ago."""
        for one in self.data.rglob(".*.new*"):
            os.utime(one, (0, 0))

    def remove(self) -> None:
        """Remove the place."""
        shutil.rmtree(self.folder)

    def complaints(self) -> list[str]:
        """Return what is wrong with the database: its structure, and the log against the state."""
        connection = sqlite3.connect(self.database)
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            found += [f"reference {row}" for row in connection.execute("PRAGMA foreign_key_check")]
            found.remove("ok")
            if replayed(connection) != present(connection):
                found.append("the events do not give the state")
        except ValueError:
            pass  # not ok: the verdict is in what was found
        finally:
            connection.close()
        return found

    def snapshot(self) -> Snapshot:
        """Return all that the learners have."""
        connection = sqlite3.connect(self.database)
        try:
            standing = connection.execute("SELECT seq, standing FROM command").fetchall()
            return Snapshot(present(connection), dict(standing))
        finally:
            connection.close()


class Snapshot(NamedTuple):
    """The learners' rows and how each command of the log stands."""

    rows: dict[tuple[str, str], str]
    standing: dict[int, str]


def ended(process: subprocess.Popen[bytes], stdin: bytes | None = None) -> Ran:
    """Return what *process* did, after its end."""
    try:
        out, err = process.communicate(stdin, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Ran(-1, "", "hung")
    return Ran(
        process.returncode,
        (out or b"").decode("utf-8", "surrogateescape"),
        (err or b"").decode("utf-8", "surrogateescape"),
    )


def present(
    connection: sqlite3.Connection,
    tables: Collection[str] = LEDGER.keys(),
    without: Collection[str] = (),
) -> dict[tuple[str, str], str]:
    """Return every journaled row of *tables*, *without* some columns, by table and key, as JSON."""
    found = {}
    for table, (keys, columns) in LEDGER.items():
        if table not in tables:
            continue
        names = [name for name in (*keys, *columns) if f"{table}.{name}" not in without]
        for row in connection.execute(f"SELECT {', '.join(names)} FROM {table}"):
            values = dict(zip(names, row, strict=True))
            key = json.dumps({name: values.pop(name) for name in keys}, sort_keys=True)
            found[table, key] = json.dumps(values, sort_keys=True)
    return found


def replayed(
    connection: sqlite3.Connection, names: Mapping[str, str] = MappingProxyType({})
) -> dict[tuple[str, str], str]:
    """Return the rows that the events of live commands give; *names* are ids that were renamed."""

    def named(text: str) -> str:
        values = json.loads(text)
        return json.dumps(
            {
                column: names.get(value, value) if column in REFERENCES else value
                for column, value in values.items()
            },
            sort_keys=True,
        )

    rows: dict[tuple[str, str], str] = {}
    events = connection.execute(
        "SELECT entity, key, after FROM event JOIN command ON command.seq = command_seq"
        " WHERE standing = 'live' ORDER BY command.seq, event.seq"
    )
    for entity, key, after in events:
        if entity not in LEDGER:
            continue
        place = (entity, named(key))
        if after is None:
            rows.pop(place, None)
        else:
            columns = dict.fromkeys(LEDGER[entity][1])  # one that came later is empty
            rows[place] = named(json.dumps({**columns, **json.loads(after)}))
    return rows
