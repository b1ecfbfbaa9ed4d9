"""Open the database for a command: create it when there is none, bring an older one up to date."""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from llmpath.catalog.locate import Files
from llmpath.store.catalog.edition import PENDING, with_format
from llmpath.store.database.connection import VERSION, Database, connect, refuse_what_acts


class Opened(NamedTuple):
    """A database ready for use, and what the learner should be told about it.

    Where its catalog has been `replaced`, what follows for learners is still to be settled.
    """

    connection: Database
    messages: tuple[str, ...]
    replaced: bool = False


def open_database(path: Path, files: Files) -> Opened:
    """Return the database at *path* with the catalog of *files* in it.

    Creates the database, migrates an older one and syncs a changed catalog. Raises
    DatabaseTrouble where it cannot be opened or trusted (it is left untouched then), and
    InvalidFile where there is no database yet and the catalog is faulty.
    """
    messages = []
    if not os.path.exists(path):  # one that may not be looked for is refused below
        from llmpath.store import creation  # the first command ever pays it

        creation.create(path, files)
        messages.append(f"Your study database is {path}")
    connection, version = connect(path)
    try:
        refuse_what_acts(connection, path)
        if version < VERSION:
            from llmpath.store.database import migrations

            backup = migrations.migrate(connection, path, version)
            messages.append(f"Upgraded the database; the old one is kept at {backup}")
        told, replaced = _follow_catalog(connection, files)
    except BaseException:
        connection.close()
        raise
    return Opened(connection, (*messages, *told), replaced)


def _follow_catalog(connection: sqlite3.Connection, files: Files) -> tuple[list[str], bool]:
    """Sync the catalog when its files changed; keep the last good one when they are no good.

    Returns what to tell, and whether what follows for learners is still to be settled.
    """
    signature = with_format(files.signature())
    state = dict(connection.execute("SELECT key, value FROM catalog_state").fetchall())
    if signature == state.get("signature"):
        return [], PENDING in state
    from llmpath.store.catalog import replaced, sync  # only on the way to a change

    told = sync.follow(connection, files, state)
    return told, replaced.pending(connection) is not None
