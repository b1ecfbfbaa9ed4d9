"""Make a new database, complete or not at all, and the files beside it likewise."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from llmpath.catalog.locate import Files
from llmpath.curriculum import Catalog
from llmpath.errors import InvalidFile
from llmpath.files import being_built, private_folder, put_new, sweep
from llmpath.store.catalog import sync
from llmpath.store.database import schema
from llmpath.store.database.connection import APPLICATION_ID, VERSION, be_durable
from llmpath.store.database.failures import explain, uncreatable


def create(path: Path, files: Files) -> None:
    """Make a new database at *path*, private to its owner, complete or not at all.

    It is built under another name and linked into place, so that of two first commands at once
    one wins and the other finds a finished database.
    """
    if not files.signature():
        where = files.resources.parent
        raise InvalidFile(f"The catalog's files are missing in {where}.", sync.way_to_ours(files))
    catalog, marks = sync.read_catalog(files)
    try:
        private_folder(path.parent)
        sweep(path.parent)
        with being_built(path) as partial:
            _build(partial, files, catalog, marks)
            put_new(partial, path)  # unless another first command was quicker
    except OSError as error:
        raise uncreatable(path, error) from None
    except sqlite3.Error as error:
        raise explain(error, path) from None


def _build(partial: Path, files: Files, catalog: Catalog, marks: Mapping[str, str]) -> None:
    """Make a database with the catalog and no learner in the empty file *partial*."""
    connection = sqlite3.connect(partial, isolation_level=None)
    be_durable(connection)
    connection.execute("BEGIN IMMEDIATE")
    for sql in schema.learner_statements():
        connection.execute(sql)
    sync.rebuild(connection, files, catalog, marks)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
    # Last, for a log that does not fit into the database in the end is left beside it without a
    # word. Stays DELETE where WAL cannot work.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
