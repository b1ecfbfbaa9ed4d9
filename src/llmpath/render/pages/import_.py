"""Say what an import did, or would do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from llmpath.errors import arguments
from llmpath.render.dates import local_minute
from llmpath.render.layout import Line, cut, line, paragraph, plural

if TYPE_CHECKING:
    from llmpath.actions.transfer import Import
    from llmpath.store.history.conflicts import Conflict

CONFLICTS_SHOWN = 20
LINES_SHOWN = 12  # of the text of a note that does not hold


def lines(page: Import, width: int) -> list[Line]:
    """Return what was taken from a file, the conflicts, and how to go back."""
    file, replaced, dry_run, done = page
    if not done.changed:
        return paragraph(f"{file} contains nothing new.", width)
    verb = ("Would replace" if dry_run else "Replaced") if replaced else "Merged"
    if dry_run and not replaced:
        verb = "Would merge"
    what = plural(done.commands, "command") + ("" if replaced else " new here")
    if not (done.commands or replaced):
        what = "no new commands, only changes to known commands or learners"
    if done.learners:
        what += ", learners: " + ", ".join(done.learners)
    rows = paragraph(f"{verb}: {what}", width)
    for there, here in done.known_as:
        rows += paragraph(f"{there} in {file} is {here} here.", width)
    if done.conflicts:
        rows += paragraph("Said differently on both sides; this holds:", width)
        for conflict in done.conflicts[:CONFLICTS_SHOWN]:
            rows += paragraph(_sentence(conflict), width, 2, "warn")
            rows += _other_text(conflict, width)
        if len(done.conflicts) > CONFLICTS_SHOWN:
            rows.append(line(f"  ... and {len(done.conflicts) - CONFLICTS_SHOWN} more"))
    if done.backup and not dry_run:
        rows.append(line("To undo this: llmpath restore ", (arguments(str(done.backup)), "id")))
    return rows


def _sentence(conflict: Conflict) -> str:
    """Return which word holds, and in which fields over which other."""
    table, _ = conflict.place
    when = local_minute(conflict.at)
    if conflict.kept is None:
        gone = _GONE.get(table, "dropped")
        return f"{_name(conflict)}: {gone} {when}, though changed elsewhere"
    if conflict.over is None:
        row = json.loads(conflict.kept)
        what = "with the text of" if table == "note" else f"{row.get('status', 'kept')} as of"
        return f"{_name(conflict)}: {what} {when}, though {_GONE.get(table, 'dropped')} elsewhere"
    kept, over = json.loads(conflict.kept), json.loads(conflict.over)
    if table == "plan":
        return f"plan: the one made {when}, not that of {local_minute(over['made_at'])}"
    words = [
        "the text" if field == "body" else f"{field} {_said(kept[field])}, not {_said(over[field])}"
        for field in conflict.fields
    ]
    return f"{_name(conflict)}: {'; '.join(words)} (as of {when})"


_GONE = {"progress": "reset", "note": "deleted", "topic_mark": "forgotten"}


def _name(conflict: Conflict) -> str:
    table, key = conflict.place
    values = json.loads(key)
    values.pop("learner_id", None)
    name = " ".join(str(value) for value in values.values())
    if table == "note":
        row = json.loads(conflict.kept or conflict.over or "{}")
        name = f"{row.get('number')} on {row.get('target')}"
    return f"{table.replace('_', ' ')} {name}".rstrip()  # of plans there is one


def _said(value: Any) -> str:
    return "none" if value is None else str(value)


def _other_text(conflict: Conflict, width: int) -> list[Line]:
    """Return the text of a note that does not hold, so that what is wanted of it can be kept."""
    over = json.loads(conflict.over or "{}")
    if conflict.place[0] != "note" or "body" not in conflict.fields or "body" not in over:
        return []
    text = over["body"].splitlines()
    rows = [line("    ", (cut(one, width - 4), "dim")) for one in text[:LINES_SHOWN]]
    if len(text) > LINES_SHOWN:
        rows.append(line(f"    ... and {plural(len(text) - LINES_SHOWN, 'line')} more"))
    what = "its text was" if conflict.kept is None else "the other text is"
    return [line(f"    {what}:"), *rows]


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
                "fields": list(conflict.fields),
            }
            for conflict in done.conflicts
        ],
        "backup": str(done.backup) if done.backup and not dry_run else None,
    }
