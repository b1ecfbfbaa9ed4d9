"""Create the tables from their declaration. Imports SQLModel: 300 ms, so only when needed."""

from __future__ import annotations

import sqlite3

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement
from sqlmodel import SQLModel

from llmpath.store.database import catalog_tables, tables

# The text indexes over all that is searched. Contents are copied into them: the text is needed to
# show why something matched, and the whole is a few hundred kilobytes. What is no English text is
# folded before it gets there (`words.indexed`), so that the index and a query cannot differ: the
# tokenizer has but to cut, and takes the marks that are left for parts of words.
WORDS = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
INDEXES = {
    "resource_index": (
        "title, names, authors, topics, aliases, summary, facts",
        f'tokenize = "{WORDS}"',
    ),
    "topic_index": (
        "title, names, aliases, summary, asked, terms",
        f'tokenize = "{WORDS}"',
    ),
    # What the words don't find is looked for by parts of words; the text is not kept twice.
    "trigram_index": ("text", "tokenize = 'trigram', content = '', detail = none"),
}


GONE_TABLES = ("standing", "english")  # derived tables of earlier formats, dropped with the rest


def learner_statements() -> list[str]:
    """Return the SQL that creates the tables of the learner's data."""
    return [sql for name in tables.LEARNER_TABLES for sql in _statements(name)]


def catalog_names() -> list[str]:
    """Return the names of the tables that are derived from the catalog."""
    return catalog_tables.names()


def rebuild_catalog_tables(connection: sqlite3.Connection) -> None:
    """Drop the derived tables, whatever they look like, and create them empty."""
    for name in INDEXES:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for name in GONE_TABLES:
        connection.execute(f'DROP TABLE IF EXISTS "{name}"')
    for name in catalog_names():
        connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        for sql in _statements(name):
            connection.execute(sql)
    for name, (columns, options) in INDEXES.items():
        connection.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, {options})")


def _statements(name: str) -> list[str]:
    table = SQLModel.metadata.tables[name]
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    elements: list[DDLElement] = [CreateTable(table), *(CreateIndex(index) for index in indexes)]
    return [str(element.compile(dialect=sqlite.dialect())).strip() for element in elements]
