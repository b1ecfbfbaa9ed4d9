"""Show backups. Paths stand on lines of their own, whole, since they are there to be copied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from llmpath.actions.outcome import Outcome
from llmpath.errors import arguments
from llmpath.render.dates import local_minute
from llmpath.render.layout import Line, line
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.backups import Checked, Made, Restored
    from llmpath.store.database.backups import Backup


def size(count: int) -> str:
    """Return a number of bytes for people: 1.4 MB."""
    if count < 1_000_000:
        return f"{max(count / 1000, 0.1):.1f} kB"
    return f"{count / 1_000_000:.1f} MB"


def made(one: Made) -> list[Line]:
    """Return that a backup was written and verified, or where it would be."""
    if not one.checksum:
        return [line("Would back up to: ", (str(one.path), "id"))]
    return [
        line("Backed up and verified: ", (str(one.path), "id")),
        line(("sha256 " + one.checksum, "dim")),
    ]


def lines(found: Sequence[Backup]) -> list[Line]:
    """Return the backups, each with its time, kind and size."""
    if not found:
        return [line("No backup yet; one is made at your next change, or run: llmpath backup")]
    rows = []
    for one in found:
        about = f"{local_minute(_time(one))}  {one.kind}, {size(one.size)}"
        rows += [line((about, "title")), line("  ", (str(one.path), "id"))]
    return rows


def checked(one: Checked) -> list[Line]:
    """Return that a backup is good."""
    how = "no checksum file; its structure is ok"
    if one.has_checksum:
        how = "checksum and structure are ok"
    return [line((str(one.path), "id")), line(f"  can be restored: schema {one.version}, {how}")]


def restored(one: Restored) -> list[Line]:
    """Return what was restored, and how to undo that."""
    rows = [line("Restored: ", (str(one.source), "id"))]
    if one.aside and not one.backup:
        rows.append(line("What was there is damaged, and kept at ", (str(one.aside), "id")))
    elif one.aside:
        rows.append(line("To undo this: llmpath restore ", (arguments(str(one.aside)), "id")))
    return rows


def data(found: Sequence[Backup]) -> dict[str, Any]:
    """Return the backups for other programs."""
    return {
        "backups": [
            {"path": str(one.path), "kind": one.kind, "bytes": one.size, "made_at": _time(one)}
            for one in found
        ]
    }


def made_data(one: Made) -> dict[str, Any]:
    """Return a new backup for other programs."""
    return outcome.data(Outcome("backup"), path=str(one.path), sha256=one.checksum or None)


def checked_data(one: Checked) -> dict[str, Any]:
    """Return that a backup is good for other programs."""
    return outcome.data(
        Outcome("restore"),
        path=str(one.path),
        schema=one.version,
        has_checksum=one.has_checksum,
        dry_run=True,
    )


def restored_data(one: Restored) -> dict[str, Any]:
    """Return what was restored for other programs."""
    return outcome.data(
        Outcome("restore"),
        path=str(one.source),
        set_aside=str(one.aside) if one.aside else None,
        dry_run=False,
    )


def _time(one: Backup) -> str:
    return datetime.fromtimestamp(one.made, UTC).isoformat(timespec="seconds")
