"""Say what an import did, or would do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from llmpath.render.dates import local_minute
from llmpath.render.layout import Line, cut, line, paragraph, plural
from llmpath.store.history.merge import Conflict
from llmpath.store.history.transfer import Outcome

SHOWN = 20


def lines(done: Outcome, file: Path, replaced: bool, dry_run: bool, width: int) -> list[Line]:
    """Return what was taken from *file*, the conflicts, and how to go back."""
    if not done.changed:
        return paragraph(f"{file} has nothing that is not here already.", width)
    verb = ("Would replace" if dry_run else "Replaced") if replaced else "Merged"
    if dry_run and not replaced:
        verb = "Would merge"
    what = plural(done.commands, "command") + ("" if replaced else " new here")
    if done.learners:
        what += ", learners: " + ", ".join(done.learners)
    rows = paragraph(f"{verb}: {what}", width)
    if done.conflicts:
        rows += paragraph("Written on both sides; the later word holds:", width)
        for conflict in done.conflicts[:SHOWN]:
            rows.append(line("  ", (cut(_sentence(conflict), width - 2), "warn")))
        if len(done.conflicts) > SHOWN:
            rows.append(line(f"  ... and {len(done.conflicts) - SHOWN} more"))
    if done.backup and not dry_run:
        rows.append(line("To take this back: llmpath restore ", (str(done.backup), "id")))
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


def data(done: Outcome, replaced: bool, dry_run: bool) -> dict[str, Any]:
    """Return what an import did for other programs."""
    return {
        "replaced": replaced,
        "dry_run": dry_run,
        "changed": done.changed,
        "commands": done.commands,
        "learners": done.learners,
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
