"""Every statement of the program is run, and each goes with the tables as they are declared.

A story of commands is told in this process while every connection is watched (`statements.py`).
It reaches each call in the source that runs SQL: one that a later change adds without a command
here that comes by is named. What ran is then prepared against a database made by SQLModel alone.
"""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmpath.actions.dashboard import claim_welcome
from llmpath.actions.workspace import Workspace
from llmpath.cli import app, completing
from llmpath.store.database import schema
from tests.conftest import ROOT, SMALL
from tests.store.statements import SOURCES, Watched, sites, watching

STORY = """
next
next --json -k paper
next -m 3
start counting-video
done counting-video --minutes 30 --rating 4 --note "numbers one two"
AT 2026-03-11T18:30:00+00:00
next
done 1
spent 20 adding-paper --on yesterday
spent 1h --note "as far as the proof"
next -m 30
spent 20 -n
3 note --delete 99 -n
reset adding-paper --dry-run
skip plus --dry-run
need counting with story sums and adding
need look-ahead-paper --goal -n
show adding-paper
start counting-book
reset adding-paper counting-book
note adding "sums of numbers"
note --edit 1 "other numbers"
3 note --delete 99
3 note --delete 99 --dry-run
next
know 1 --dry-run
know how many -n
know basics -n
show adding-p
show long numbers
search how many numbers does one carry when adding
show lon
3 know adding-paper
3 know nonesuch
3 roadmap zebra
3 know a-b
know reading
skip writing
shaky counting
forget reading
goal word-problems
goal --drop word-problems
goal adding --first
goal reading --by friday --dry-run
ignore word-problems reading
ignore
plan --hours 5 --to word-problems
plan show
next
path word-problems
why adding
why adding-paper
roadmap
show adding
show counting-book
3 show https://example.com/nothing
list --kind video --level beginner --topic counting --track numbers --source guide-a --status done
list --minutes 60 --essential
list kind:video -level:advanced year:2000.. topic:counting track:numbers source:guide-a is:done
list is:ready,essential has:note language:english author:ann minutes:..600 numbers
list -- sort:year- sort:title
search numbers
search numbres
search 加法怎么做
search "adding long" -x
search numbers sort:title
search ounti
search ounti kind:video
search xyzzyqw
related counting-video
compare adding carry
compare "story sums" adding-paper
3 compare adding xyzzyqw
define
define NAP
3 define SUM
notes
notes numbers kind:video
notes counting
log
report
dispute word-problems adding
undo
redo
undo 3
place --yes-to counting
catalog stats
catalog diff $HERE/catalog $HERE/catalog
doctor
user add bob
user use bob
user rename bob rob
user remove rob
user restore rob
user remove rob
user remove rob --erase --yes
user add cleo -n
user add rob
user merge rob ada
user
user rename ada eve
user rename eve ada
user
export json -o $HERE/all.json
--user ada export json -o $HERE/ada.json
done adding-paper
import $HERE/all.json
import $HERE/all.json --replace
import $HERE/ada.json --dry-run
backup
backup list
restore 2026-03-11
EDIT "version: 1\\ntracks:" "version: 1\\nedition: '2026.1'\\ngoals: [GOAL]\\ntracks:"
EDIT "[GOAL]" "[{id: sum-it, title: Sum up, SUMMARY, aim: use, topics: [word-problems, writing]}]"
EDIT "SUMMARY" "summary: For whoever has to explain a sum to somebody else."
EDIT "{topic: reading, because: The" "{topic: reading, to: understand, because: The"
EDIT "core: [counting-video, counting-book]" "core: [counting-video, counting-book]\\n    enough: 2"
forget counting
next
log
--json
goal sum-it --aim use
goal sum-it --aim understand
path sum-it --aim use
path
goal
goal --drop sum-it
catalog freshness
catalog stats
list cost:free needs:gpu verified:2026 is:archived
list -- -cost:paid -needs:gpu,account -verified:2025-02 -is:superseded
EDIT "id: counting-video" "id: seen\\n    former_ids: [counting-video]"
EDIT "core: [counting-video" "core: [seen"
show counting-video
undo
doctor
SQL UPDATE command SET seq = seq + 5415000000000000000
SQL UPDATE event SET command_seq = command_seq + 5415000000000000000
SQL "UPDATE event SET key = json_object('turn', 9223100000000000000) WHERE entity = 'command'"
know counting
undo
SQL "UPDATE event SET key = '{\\"turn\\": 9223372030000000000}' WHERE entity = 'command'"
SQL DELETE FROM progress
SQL DELETE FROM alias
SQL CREATE TRIGGER mine AFTER INSERT ON note BEGIN SELECT 1; END
doctor --fix
open seen -n
user add eva
user remove ada
next
user restore ada
DAMAGE
5 next
restore 2026-03-11
next
user add zoe
"""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """What runs while the story is told in a home of its own."""
    here = tmp_path_factory.mktemp("story")
    shutil.copytree(SMALL, here / "catalog")
    surroundings = {
        "HOME": str(here),
        "LLMPATH_HOME": str(here / "data"),
        "LLMPATH_CATALOG": str(here / "catalog"),
        "LLMPATH_NOW": "2026-03-10T18:30:00+00:00",
        "LLMPATH_USER": "",
        "LOGNAME": "ada",
    }
    with pytest.MonkeyPatch.context() as patch, watching() as watched:
        for name, value in surroundings.items():
            patch.setenv(name, value)
        for line in STORY.strip().splitlines():
            _tell(line, here, patch)
        assert claim_welcome(Workspace("zoe"))  # asked of a terminal alone
        for offers in (completing.everything, completing.goals, completing.learners):
            assert offers("a")
        yield watched


def _tell(line: str, here: Path, patch: pytest.MonkeyPatch) -> None:
    first, *rest = shlex.split(line.replace("$HERE", str(here)))
    database = here / "data" / "llmpath.db"
    if first == "AT":
        patch.setenv("LLMPATH_NOW", rest[0])
    elif first == "EDIT":
        for file in (here / "catalog").iterdir():
            text = file.read_text(encoding="utf-8")
            old, new = (part.replace("\\n", "\n") for part in rest)
            file.write_text(text.replace(old, new), encoding="utf-8")
    elif first == "SQL":
        connection = sqlite3.connect(database)
        connection.execute(" ".join(rest))
        connection.commit()
        connection.close()
    elif first == "DAMAGE":
        database.write_bytes(b"nothing of a database")
    else:
        code = int(first) if first.isdecimal() else 0
        assert app.run(rest if first.isdecimal() else [first, *rest]) == code, line


def test_every_call_that_runs_a_statement_is_reached(watched: Watched) -> None:
    assert len(list(sites())) > 150
    assert [str(site) for site in watched.unseen()] == []


def test_every_statement_that_runs_goes_with_the_declared_tables(watched: Watched) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for sql in schema.learner_statements():
        connection.execute(sql)
    schema.rebuild_catalog_tables(connection)
    ours = {str(path) for path in SOURCES}
    statements = sorted({sql for path, _, sql in watched.seen if path in ours})
    prepared = [sql for sql in statements if sql.split()[0] in READING_OR_WRITING]
    assert len(prepared) > 250
    for sql in prepared:
        assert _complaint(connection, sql) == "", sql


READING_OR_WRITING = ("SELECT", "INSERT", "UPDATE", "DELETE")


def _complaint(connection: sqlite3.Connection, sql: str) -> str:
    """Return what keeps *sql* from being prepared; that it wants parameters does not count."""
    try:
        connection.execute(f"EXPLAIN {sql}")
    except sqlite3.ProgrammingError:
        return ""
    except sqlite3.OperationalError as error:
        return str(error)
    return ""


def test_a_statement_that_has_drifted_is_found(watched: Watched) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for sql in schema.learner_statements():
        connection.execute(sql)
    assert _complaint(connection, "SELECT body FROM note WHERE learner_id = ?") == ""
    assert "no such column" in _complaint(connection, "SELECT text FROM note WHERE number = ?")
    assert "incomplete input" in _complaint(connection, "SELECT ")


def test_no_statement_goes_through_a_table_for_each_row_of_another(watched: Watched) -> None:
    """What takes a moment with the shipped catalog would take minutes with a hundred times it.

    No index helps where a word of a list is looked for (`instr`): few have such lists.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for sql in schema.learner_statements():
        connection.execute(sql)
    schema.rebuild_catalog_tables(connection)
    ours = {str(path) for path in SOURCES}
    statements = sorted({sql for path, _, sql in watched.seen if path in ours})
    found = {
        sql: inner
        for sql in statements
        if sql.split()[0] in READING_OR_WRITING
        and "instr(" not in sql
        and (inner := _scanned_within(connection, sql))
    }
    assert found == {}


def _scanned_within(connection: sqlite3.Connection, sql: str) -> list[str]:
    """Return the loops of *sql*, but the outermost of a join, that go through a whole table."""
    explained = f"EXPLAIN QUERY PLAN {sql}"
    try:
        plan = connection.execute(explained).fetchall()
    except sqlite3.ProgrammingError as error:  # of how many values it wants
        values = re.findall(r"uses (\d+)", str(error))
        plan = connection.execute(explained, [None] * int(*values)).fetchall()
    joins: dict[int, list[str]] = {}
    for _, parent, _, detail in plan:
        if detail.startswith(("SCAN", "SEARCH")):
            joins.setdefault(parent, []).append(detail)
    return [
        detail
        for loops in joins.values()
        for detail in loops[1:]
        if detail.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in detail
    ]


def test_a_table_gone_through_for_each_row_is_found() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.rebuild_catalog_tables(connection)
    joined = "SELECT topic FROM resource_index JOIN resource_topic ON resource_position = {}"
    matching = joined.format("resource_index.rowid") + " WHERE resource_index MATCH ?"
    assert _scanned_within(connection, matching) == ["SCAN resource_topic"]
    assert _scanned_within(connection, f"{matching} AND topic = ?") == []


def test_no_placeholder_has_a_number() -> None:
    """Python 3.12 warns of a sequence for `?1`, and where warnings are errors that is one."""
    numbered = re.compile(r"(?<![\\(\[\])])\?[1-9]")  # no regular expression
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and numbered.search(node.value)
    ]
    assert found == []
