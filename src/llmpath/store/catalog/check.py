"""Hold the derived tables against the catalog's files, and the text indexes against their rows."""

from __future__ import annotations

import sqlite3

from llmpath.catalog.locate import Files
from llmpath.store.catalog import sync
from llmpath.store.database import schema


def index_fault(connection: sqlite3.Connection) -> str:
    """Return what is wrong with a text index, or ''; each is held against what it was made of."""
    for name in schema.INDEXES:
        try:
            connection.execute("SAVEPOINT look")
            try:
                connection.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
            finally:
                connection.execute("ROLLBACK TO look")
                connection.execute("RELEASE look")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                return f"the index {name} cannot be checked: {error}"
        except sqlite3.DatabaseError as error:
            return f"the index {name} does not match its rows ({error})"
    return ""


def difference(connection: sqlite3.Connection, files: Files) -> str:
    """Return where the derived tables are not what *files* give, or ''.

    They are built anew in memory for it. Raises InvalidFile and OSError where *files* are no good.
    """
    catalog, _ = sync.read_catalog(files)
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for sql in schema.learner_statements():
            fresh.execute(sql)
        sync.rebuild(fresh, files, catalog)
        for name in (*schema.catalog_names(), *schema.INDEXES):
            if name == "catalog_state":
                continue
            query = f'SELECT * FROM "{name}"'
            stored, given = (one.execute(query).fetchall() for one in (connection, fresh))
            if sorted(map(repr, stored)) != sorted(map(repr, given)):
                return f"the table {name} does not match the catalog's files"
    finally:
        fresh.close()
    return ""
