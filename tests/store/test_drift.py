"""Plain SQL and the declared tables cannot drift apart."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from sqlmodel import Session, SQLModel, create_engine

from llmpath.catalog import locate
from llmpath.model import Progress
from llmpath.plans import Brief, Depth, Plan, Slot
from llmpath.store.catalog.edition import CATALOG_FORMAT
from llmpath.store.database import schema, tables
from llmpath.store.database.connection import VERSION
from llmpath.store.history import ledger
from llmpath.store.learner import journal, planning, writing
from llmpath.store.opening import open_database
from llmpath.vocab import Aim, Mark, Status
from tests.conftest import NOW, SMALL
from tests.store.conftest import WHEN


def test_the_ledger_names_every_column() -> None:
    for table, (keys, columns) in ledger.LEDGER.items():
        declared = SQLModel.metadata.tables[table].columns
        assert {column.name for column in declared} == {*keys, *columns}
        assert {column.name for column in declared if column.primary_key} == set(keys)


def test_a_plain_write_leaves_the_same_row_as_the_declared_table(
    connection: sqlite3.Connection, ada: str, bob: str, small: Path
) -> None:
    progress = Progress("counting-video", Status.DONE, NOW, NOW, 40, 5)
    with journal.command(connection, ada, WHEN, "done", "") as entry:
        writing.save_progress(entry, progress)
        writing.mark_topics(entry, ["counting"], Mark.KNOWN)
        writing.set_goals(entry, ["adding"], [], Aim.USE)
        writing.add_note(entry, "counting", "a note")
        writing.ignore(entry, "adding", "counting", True)
        writing.add_sitting(entry, "counting-video", "2026-03-10", 30)
        brief = Brief(("adding",), Depth.DEEP, 5, "2026-04-01", Aim.UNDERSTAND)
        planning.save(entry, Plan(brief, 1.5, "2026-03-10", (Slot(0, "adding", "r", 9, 1, 2),)))
    engine = create_engine(f"sqlite:///{small}")
    with Session(engine) as session:
        key = {"learner_id": bob}
        session.add(
            tables.Progress(
                **key,
                resource_id="counting-video",
                status="done",
                started_at=NOW,
                finished_at=NOW,
                minutes=40,
                rating=5,
                updated_at=NOW,
            )
        )
        session.add(tables.TopicMark(**key, topic_id="counting", mark="known", marked_at=NOW))
        session.add(tables.Goal(**key, topic_id="adding", set_at=NOW, aim="use"))
        session.add(
            tables.Note(
                **key,
                id="other",
                number=1,
                target="counting",
                body="a note",
                created_at=NOW,
                updated_at=NOW,
            )
        )
        session.add(
            tables.Sitting(
                **key,
                id="other",
                resource_id="counting-video",
                day="2026-03-10",
                minutes=30,
                logged_at=NOW,
            )
        )
        session.add(
            tables.IgnoredPrerequisite(
                **key, topic_id="adding", requires_id="counting", ignored_at=NOW
            )
        )
        session.add(
            tables.Plan(
                **key,
                topics="adding",
                depth="deep",
                hours=5,
                until="2026-04-01",
                pace=1.5,
                starts_on="2026-03-10",
                made_at=NOW,
                aim="understand",
            )
        )
        session.add(
            tables.PlanStep(
                **key,
                position=0,
                week=0,
                topic_id="adding",
                resource_id="r",
                minutes=9,
                part=1,
                parts=2,
            )
        )
        session.commit()
    engine.dispose()
    for table in ledger.LEDGER:
        columns = [
            column.name
            for column in SQLModel.metadata.tables[table].columns
            if column.name not in ("learner_id", "id")
        ]
        rows = connection.execute(
            f"SELECT {', '.join(f'{name}, typeof({name})' for name in columns)} FROM {table}"
        ).fetchall()
        assert len(rows) == 2, table
        assert rows[0] == rows[1], table


def test_no_learner_table_refers_to_a_catalog_table() -> None:
    for name in tables.LEARNER_TABLES:
        for key in SQLModel.metadata.tables[name].foreign_keys:
            assert key.column.table.name in tables.LEARNER_TABLES


def digest(statements: list[str]) -> str:
    return hashlib.sha256(" ".join(" ".join(statements).split()).encode()).hexdigest()[:16]


def test_a_changed_schema_raises_its_number(tmp_path: Path) -> None:
    """When this fails: learner tables want a migration and VERSION, derived ones CATALOG_FORMAT."""
    opened = open_database(tmp_path / "new" / "llmpath.db", locate.files(str(SMALL)))
    created = dict(
        opened.connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL")
    )
    opened.connection.close()
    derived = {*schema.catalog_names(), *schema.INDEXES}
    learner = [sql for name, sql in sorted(created.items()) if name in tables.LEARNER_TABLES]
    catalog = [sql for name, sql in sorted(created.items()) if name in derived]
    assert (VERSION, digest(learner)) == LEARNER_SCHEMA
    assert (CATALOG_FORMAT, digest(catalog)) == CATALOG_SCHEMA


LEARNER_SCHEMA = (5, "0470db671ef61e33")
CATALOG_SCHEMA = (11, "a725b1c07505195e")
