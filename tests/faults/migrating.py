"""A migration that is killed at each of its statements and files: old or new, never between."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.conftest import Ran
from tests.faults.place import Place, Tally, Tallying, present

FIXTURE = Path(__file__).parents[1] / "store" / "fixtures" / "first.db"

# Opens the database with one step more than there is, and kills itself at the given moment:
# before a statement of any connection, or a file that is opened, moved or removed.
SCRIPT = """
import os, signal, sqlite3, sys
from pathlib import Path
path, catalog, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
folder = os.path.dirname(path)
from llmpath.store.database import connection as connections
connections.VERSION += 1
from llmpath.catalog import locate
from llmpath.store import opening
from llmpath.store.catalog import sync
from llmpath.store.database import migrations, schema

def step(connection):
    for sql in (
        "CREATE TABLE extra (id VARCHAR NOT NULL, PRIMARY KEY (id))",
        "INSERT INTO extra SELECT resource_id FROM progress GROUP BY 1",
        "ALTER TABLE goal ADD COLUMN why VARCHAR",
        "CREATE TABLE marks AS SELECT * FROM topic_mark",
        "DROP TABLE topic_mark",
        "CREATE TABLE topic_mark (learner_id VARCHAR NOT NULL, topic_id VARCHAR NOT NULL,"
        " mark VARCHAR NOT NULL, marked_at VARCHAR NOT NULL, PRIMARY KEY (learner_id, topic_id))",
        "INSERT INTO topic_mark SELECT * FROM marks",
        "DROP TABLE marks",
        "UPDATE event SET entity = entity",
    ):
        connection.execute(sql)

migrations.STEPS = {**migrations.STEPS, connections.VERSION: step}
counted = 0

def count(*_):
    global counted
    counted += 1
    if counted == last:
        os.kill(os.getpid(), signal.SIGKILL)

FILES = ("os.rename", "os.remove", "os.mkdir", "shutil.copyfile")

def watch(event, arguments):
    if event in FILES or (event == "open" and str(arguments[0]).startswith(folder)):
        count()

plain = sqlite3.connect

def connect(*arguments, **options):
    connection = plain(*arguments, **options)
    connection.set_trace_callback(count)
    return connection

sqlite3.connect = connect
sys.addaudithook(watch)
migrate, migrated = migrations.migrate, 0

def note_end(*arguments):
    global migrated
    try:
        return migrate(*arguments)
    finally:
        migrated = counted

migrations.migrate = note_end
opened = opening.open_database(Path(path), locate.files(catalog))
opened.connection.close()
print(migrated, counted)
"""


def migrate(place: Place, last: int) -> Ran:
    """Open the database of *place* with a new schema, killed at the moment *last* (0: never)."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(place.database), str(place.catalog), str(last)],
        env=place.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


# Columns that the first schema had not.
LATER = ("goal.aim", "goal.until", "goal.place", "plan.aim", "plan.off")


def interrupted_migrations(folder: Path, one_in: int) -> Tally:
    """Kill a migration at one in *one_in* of its moments; then let another finish it.

    Also at some moments of what follows it, when the catalog is taken in anew.
    """
    tallying = Tallying("interrupted migration, at each statement")
    template = Place(folder / "template")
    template.data.mkdir(mode=0o700)
    shutil.copy(FIXTURE, template.database)
    before = _rows(template.database)
    version = _version(template.database)
    whole = migrate(template.copy(folder / "whole"), 0)
    tallying.ran(whole, (0,))
    assert whole.code == 0, whole.err
    moments, all_moments = map(int, whole.out.split())
    following = range(moments + 1, all_moments + 1, max(1, one_in * (all_moments - moments) // 20))
    chosen = [*range(1, moments + 1, one_in), *following]
    old = 0
    for last in chosen:
        place = template.copy(folder / "killed")
        ran = migrate(place, last)
        tallying.ran(ran, (-9,))
        now = _version(place.database)
        old += now == version
        tallying.check(now > version or _rows(place.database) == before, f"{last}: data changed")
        tallying.check(_whole(place.database), f"{last}: not whole")
        tallying.check(_tables(place.database) == (now > version), f"{last}: between old and new")
        if now > version:
            tallying.check(_good_backup(place, version, before), f"{last}: no backup")
        place.age()
        ran = migrate(place, 0)
        tallying.ran(ran, (0,))
        tallying.check(_version(place.database) > version, f"{last}: not finished: {ran.err}")
        tallying.lost += _rows(place.database) != before
        tallying.check(_good_backup(place, version, before), f"{last}: no backup in the end")
        left = [one.name for one in place.data.rglob(".*.new*")]
        tallying.check(not left, f"{last}: left behind {left}")
        place.remove()
    tallying.message = (
        f"{len(chosen) - len(following)} of {moments} moments of it, {len(following)} after:"
        f" {old} left the old schema, the rest the new"
    )
    return tallying.tally()


def _version(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def _whole(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()


def _tables(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        return "extra" in names
    finally:
        connection.close()


def _rows(path: Path) -> dict[tuple[str, str], str]:
    """Return the rows that the learners have, by the tables and columns of the first schema."""
    connection = sqlite3.connect(path)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        return present(connection, tables, LATER)
    finally:
        connection.close()


def _good_backup(place: Place, version: int, before: dict[tuple[str, str], str]) -> bool:
    """Say whether a backup of the old schema with all the data lies beside the database."""
    for path in place.data.glob("llmpath-before-version-*.db"):
        if _version(path) == version and _whole(path) and _rows(path) == before:
            return True
    return False
