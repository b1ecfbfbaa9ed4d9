"""Say what an import did, or would do."""

from __future__ import annotations

import json
from shlex import quote
from typing import TYPE_CHECKING, Any

from llmpath.render.dates import local_minute
from llmpath.render.layout import Line, cut, line, paragraph, plural

if TYPE_CHECKING:
    from llmpath.actions.transfer import Import
    from llmpath.store.history.conflicts import Conflict

CONFLICTS_SHOWN = 20


def lines(page: Import, width: int) -> list[Line]:
    """Return what was taken from a file, the conflicts, and how to go back."""
    file, replaced, dry_run, done = page
    if not done.changed:
        return paragraph(f"{file} contains nothing new.", width)
    verb = ("Would replace" if dry_run else "Replaced") if replaced else "Merged"
    if dry_run and not replaced:
        verb = "Would merge"
    what = plural(done.commands, "command") + ("" if replaced else " new here")
    if done.learners:
        what += ", learners: " + ", ".join(done.learners)
    rows = paragraph(f"{verb}: {what}", width)
    for there, here in done.known_as:
        rows += paragraph(f"{there} in {file} is {here} here.", width)
    if done.conflicts:
        rows += paragraph("Changed on both sides; the later change wins:", width)
        for conflict in done.conflicts[:CONFLICTS_SHOWN]:
            rows.append(line("  ", (cut(_sentence(conflict), width - 2), "warn")))
        if len(done.conflicts) > CONFLICTS_SHOWN:
            rows.append(line(f"  ... and {len(done.conflicts) - CONFLICTS_SHOWN} more"))
    if done.backup and not dry_run:
        rows.append(line("To undo this: llmpath restore ", (quote(str(done.backup)), "id")))
    return rows


def _sentence(conflict: Conflict) -> str:
    table, key = conflict.place
    values = json.loads(key)
    values.pop("learner_id", None)
    name = " ".join(str(value) for value in values.values())
    row = json.loads(conflict.kept or conflict.over or "{}")
    if table == "note":
        name = f"{row.get('number')} on {row.get('target')}"
    how = "deleted" if conflict.kept is None else "written"
    return f"{table.replace('_', ' ')} {name}: as {how} {local_minute(conflict.at)}"


def data(page: Import) -> dict[str, Any]:
    """Return what an import did for other programs."""
    _, replaced, dry_run, done = page
    return {
        "replaced": replaced,
        "dry_run": dry_run,
        "changed": done.changed,
        "commands": done.commands,
        "learners": done.learners,
        "known_as": [{"in_file": there, "here": here} for there, here in done.known_as],
        "conflicts": [
            {
                "table": conflict.place[0],
                "key": json.loads(conflict.place[1]),
                "at": conflict.at,
                "kept": conflict.kept and json.loads(conflict.kept),
                "over": conflict.over and json.loads(conflict.over),
            }
            for conflict in done.conflicts
        ],
        "backup": str(done.backup) if done.backup and not dry_run else None,
    }
