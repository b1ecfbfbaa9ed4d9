"""Show backups. Paths stand on lines of their own, whole, since they are there to be copied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from llmpath.render.dates import local_minute
from llmpath.render.layout import Line, line
from llmpath.store.database.backups import Backup


def size(count: int) -> str:
    """Return a number of bytes for people: 1.4 MB."""
    if count < 1_000_000:
        return f"{max(count / 1000, 0.1):.1f} kB"
    return f"{count / 1_000_000:.1f} MB"


def made(path: Path, checksum: str) -> list[Line]:
    """Return that a backup was written and verified."""
    return [
        line("Backed up and verified: ", (str(path), "id")),
        line(("sha256 " + checksum, "dim")),
    ]


def lines(found: Sequence[Backup]) -> list[Line]:
    """Return the backups, each with its time, kind and size."""
    if not found:
        return [line("No backup yet; the first is made with your next change, or: llmpath backup")]
    rows = []
    for one in found:
        about = f"{local_minute(_time(one))}  {one.kind}, {size(one.size)}"
        rows += [line((about, "title")), line("  ", (str(one.path), "id"))]
    return rows


def checked(path: Path, version: int, summed: bool) -> list[Line]:
    """Return that a backup is good."""
    how = "checksum and structure are right" if summed else "no checksum beside it; it is whole"
    return [line((str(path), "id")), line(f"  can be restored: schema {version}, {how}")]


def restored(source: Path, aside: Path | None) -> list[Line]:
    """Return what was restored, and how to take that back."""
    rows = [line("Restored: ", (str(source), "id"))]
    if aside:
        rows.append(line("To take this back: llmpath restore ", (str(aside), "id")))
    return rows


def data(found: Sequence[Backup]) -> dict[str, Any]:
    """Return the backups for other programs."""
    return {
        "backups": [
            {"path": str(one.path), "kind": one.kind, "bytes": one.size, "made_at": _time(one)}
            for one in found
        ]
    }


def _time(one: Backup) -> str:
    return datetime.fromtimestamp(one.made, UTC).isoformat(timespec="seconds")
