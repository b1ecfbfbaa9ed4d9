"""Watch which statements run, and from where in the source."""

from __future__ import annotations

import ast
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "llmpath"
# Migrations speak to older schemas; tests/store/test_migrations.py takes their steps.
SOURCES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "migrations.py")
RUNNING = ("execute", "executemany", "executescript")


class Site(NamedTuple):
    """A call in the source that runs SQL: its file, its lines, the function it stands in."""

    path: str
    first: int
    last: int
    function: str

    def __str__(self) -> str:
        return f"{self.path}:{self.first} in {self.function}"


class Watched:
    """The statements that ran, each with the file and line of the call."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int, str]] = set()

    def note(self, sql: str) -> None:
        """Take in that *sql* is run by whoever called the connection."""
        frame = sys._getframe(2)
        self.seen.add((frame.f_code.co_filename, frame.f_lineno, sql))

    def unseen(self) -> list[Site]:
        """Return the calls of the source that no statement came from."""
        lines = {(path, line) for path, line, _ in self.seen}
        return [
            site
            for site in sites()
            if not any(
                (str(SOURCE / site.path), line) in lines
                for line in range(site.first, site.last + 1)
            )
        ]


def sites() -> Iterator[Site]:
    """Yield every call in the source that runs SQL."""
    for path in SOURCES:
        yield from _sites(path, ast.parse(path.read_text(encoding="utf-8")), "")


def _sites(path: Path, node: ast.AST, function: str) -> Iterator[Site]:
    if isinstance(node, ast.FunctionDef):
        function = node.name
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in RUNNING
    ):
        name = path.relative_to(SOURCE).as_posix()
        yield Site(name, node.lineno, node.end_lineno or node.lineno, function)
    for child in ast.iter_child_nodes(node):
        yield from _sites(path, child, function)


@contextmanager
def watching() -> Iterator[Watched]:
    """Watch every connection that is made within the block."""
    watched = Watched()
    plain = sqlite3.connect

    def connect(*arguments: Any, factory: Any = sqlite3.Connection, **options: Any) -> Any:
        return plain(*arguments, factory=_watched(factory, watched), **options)

    sqlite3.connect = connect
    try:
        yield watched
    finally:
        sqlite3.connect = plain


def _watched(factory: type[sqlite3.Connection], watched: Watched) -> type[sqlite3.Connection]:
    class Connection(factory):  # type: ignore[valid-type, misc]
        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            watched.note(sql)
            return super().execute(sql, *parameters)

        def executemany(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            watched.note(sql)
            return super().executemany(sql, *parameters)

        def executescript(self, sql: str) -> sqlite3.Cursor:
            watched.note(sql)
            return super().executescript(sql)

    return Connection
