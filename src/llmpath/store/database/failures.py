"""What goes wrong with a database, in a learner's words: each failure with its next step."""

import os
import sqlite3
from pathlib import Path

from llmpath.errors import DatabaseTrouble, RefusedDatabase

PATIENCE = 5  # seconds to wait for another program to be done with the database

BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR")


def failed(error: sqlite3.Error, *names: str) -> bool:
    """Say whether *error* is one of SQLite's *names*; what Python itself raised has no name."""
    return (getattr(error, "sqlite_errorname", None) or "").startswith(names)


def explain(error: sqlite3.Error | UnicodeDecodeError, path: Path | str) -> DatabaseTrouble:
    """Return what *error*, met while using the database at *path*, means to a learner."""
    if isinstance(error, UnicodeDecodeError):
        return refused(path, "is damaged")  # even SQLite's own message had a spoiled text in it
    if failed(error, *BUSY):
        return DatabaseTrouble(
            f"Another program has been writing to {path} for over {PATIENCE} seconds.",
            "Nothing was changed. Try again when it is done.",
        )
    if failed(error, *DAMAGED) or "decode to UTF-8" in str(error):
        return refused(path, "is damaged")
    if failed(error, *READ_ONLY) and not _writable(path):
        return DatabaseTrouble(
            f"Cannot write to {path}: the file or its folder is read-only.",
            "Nothing was changed. Set LLMPATH_HOME to a folder you can write to.",
        )
    if failed(error, *READ_ONLY, *NO_ROOM):
        return DatabaseTrouble(
            f"Cannot write to {path}: the disk is full or failing.",
            "Nothing was changed. Free some space and try again.",
        )
    return DatabaseTrouble(
        f"The database {path} is not responding: {error}.", "Try: llmpath doctor"
    )


def refused(path: Path | str, what: str) -> RefusedDatabase:
    """Return the refusal of *path*, which *what* says the reason for, with the way back."""
    return RefusedDatabase(
        f"{path} {what}; it was left as it is.",
        "Check it with: llmpath doctor. Restore a backup with: llmpath restore",
    )


def _writable(path: Path | str) -> bool:
    return os.access(path, os.W_OK) and os.access(Path(path).parent, os.W_OK)
