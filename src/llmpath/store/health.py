"""Check a database: is it whole, in step with the catalog, and private?"""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path
from typing import NamedTuple

from llmpath.catalog.locate import Files
from llmpath.errors import LlmpathError
from llmpath.store import database, learning, members


class Finding(NamedTuple):
    """One thing that was checked: whether it is well, what was seen, and what to do if not."""

    check: str
    well: bool
    seen: str
    remedy: str = ""


def examine(path: Path, files: Files) -> list[Finding]:
    """Return what was found about the database at *path*; nothing is changed."""
    if not path.exists():
        return [Finding("database", True, f"none yet at {path}; the first command makes it")]
    try:
        connection, version = database.connect(path)
    except LlmpathError as error:
        backups = sorted(str(one) for one in path.parent.glob(f"{path.stem}-*.db"))
        where = f"Backups: {', '.join(backups)}." if backups else "There is no backup beside it."
        remedy = f"Move {path} away and copy a backup in its place. {where}"
        return [Finding("database", False, error.message, remedy)]
    try:
        return [
            Finding("database", True, f"{path}, schema {version}"),
            *_integrity(connection),
            *_catalog(connection, files),
            *_lost(connection),
            _private(path),
        ]
    finally:
        connection.close()


def _integrity(connection: sqlite3.Connection) -> list[Finding]:
    try:
        verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
        keys = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        verdict, keys = [str(error)], []
    well = verdict == ["ok"]
    findings = [
        Finding(
            "integrity",
            well,
            "whole" if well else "; ".join(verdict),
            "" if well else "Restore a backup.",
        )
    ]
    if keys:
        findings.append(
            Finding("references", False, f"{len(keys)} rows refer to nothing", "Restore a backup.")
        )
    return findings


def _catalog(connection: sqlite3.Connection, files: Files) -> list[Finding]:
    works, indexed = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("resource", "resource_index")
    )
    if not files.signature():
        seen = f"{files.resources.parent} lacks a file; {works} resources of before are used"
        return [Finding("catalog", False, seen, "Reinstall llmpath, or mend: config get catalog")]
    if works != indexed:
        seen = f"{works} resources, {indexed} in the search index"
        return [Finding("catalog", False, seen, f"Touch {files.resources} to have it rebuilt.")]
    return [Finding("catalog", True, f"{works} resources from {files.resources.parent}")]


def _lost(connection: sqlite3.Connection) -> list[Finding]:
    findings = []
    for member in members.members(connection):
        rows = learning.lost(connection, member.learner.id)
        if rows:
            ids = ", ".join(f"{what} {id_}" for what, id_ in rows)
            findings.append(
                Finding(
                    "kept aside",
                    True,
                    f"{member.learner.name} has data on what the catalog no longer has: {ids}",
                )
            )
    return findings


def _private(path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    well = not mode & 0o077
    return Finding(
        "privacy",
        well,
        "only you can read it" if well else f"others can read it (mode {mode:04o})",
        "" if well else f"chmod 600 {path}",
    )
