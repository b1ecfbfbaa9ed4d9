"""Show what a catalog update changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from llmpath.phrases import listed
from llmpath.render.layout import EMPTY, Line, Span, cut, heading, line, paragraph, plural

if TYPE_CHECKING:
    from llmpath.actions.catalog import Update
    from llmpath.catalog.diff import Edit, Part
    from llmpath.study.update import Effect

ABSENT = "none"


def lines(page: Update, width: int) -> list[Line]:
    """Return the changes by sort of entry, then what they touch of the learner's data."""
    difference, effect, name = page
    if difference.is_none:
        return [line("No differences.")]
    rows: list[Line] = []
    for what, part in difference.parts.items():
        if any(part):
            rows += [EMPTY] * bool(rows)
            rows += [heading(f"{what.capitalize()}: {_sum(part)}"), *_part(part, width)]
    if effect is not None:
        rows += [EMPTY, heading(f"For {name}"), *_effect(effect, width)]
    return rows


def data(page: Update) -> dict[str, Any]:
    """Return the same for other programs; `yours` is null where there is no learner yet."""
    difference, effect, _ = page
    return {
        "changes": {
            what: {
                "added": [{"id": id_, "title": title} for id_, title in part.added],
                "removed": [{"id": id_, "title": title} for id_, title in part.removed],
                "renamed": [{"from": old, "to": new} for old, new in part.renamed],
                "changed": [
                    {"id": one.id, "fields": [_value(edit) for edit in one.edits]}
                    for one in part.changed
                ],
                "proposed": [
                    {
                        "id": one.id,
                        "from": list(one.before),
                        "by": one.by,
                        "former_ids": list(one.former_ids),
                    }
                    for one in part.proposed
                ],
                "reused": [_value(one) for one in part.reused],
            }
            for what, part in difference.parts.items()
        },
        "yours": None
        if effect is None
        else {
            "carried": [
                {"what": one.what, "from": one.before, "to": one.after} for one in effect.carried
            ],
            "kept_aside": [_value(kept) for kept in effect.kept],
            "states": [_value(change) for change in effect.state_changes],
        },
    }


def _value(given: Any) -> Any:
    if hasattr(given, "_asdict"):
        return {key: _value(part) for key, part in given._asdict().items()}
    return [_value(part) for part in given] if isinstance(given, tuple) else given


def _sum(part: Part) -> str:
    changes = part._replace(proposed=(), reused=())._asdict()  # those are told where they belong
    return ", ".join(f"{len(found)} {what}" for what, found in changes.items() if found)


def _part(part: Part, width: int) -> Iterable[Line]:
    for id_, title in part.added:
        yield _entry("+", "done", id_, title, width)
    for id_, title in part.removed:
        yield _entry("-", "error", id_, title, width)
    for before, after in part.renamed:
        yield line("  ", ("> ", "doing"), (f"{before} is now {after}", "id"))
    for one in part.changed:
        yield line("  ", ("~ ", "doing"), (one.id, "id"))
        for edit in one.edits:
            yield from paragraph(f"{edit.field}: {_edit(edit)}", width, 6)
    for proposal in part.proposed:
        gone = listed(proposal.before, len(proposal.before))
        text = (
            f"{proposal.id} has the same {proposal.by} as {gone}. If it is the same, give it"
            f" former_ids: [{', '.join(proposal.former_ids)}], so that what learners have follows."
        )
        yield from paragraph(f"? {text}", width, 2, "warn")
    for reused in part.reused:
        text = (
            f"{reused.id} has another title and another address. If it is another work, give it a"
            " new id, or who finished the old one has finished this."
        )
        yield from paragraph(f"! {text}", width, 2, "warn")


def _entry(sign: str, style: str, id_: str, title: str, width: int) -> Line:
    room = max(width - len(id_) - 6, 12)
    return line("  ", (f"{sign} ", style), (id_, "id"), Span(f"  {cut(title, room)}"))


def _edit(edit: Edit) -> str:
    """Return an edit in words: lists by what comes and goes, values before and after."""
    if isinstance(edit.before, tuple) and isinstance(edit.after, tuple) and not _fields(edit):
        gone = [f"-{_word(item)}" for item in edit.before if item not in edit.after]
        come = [f"+{_word(item)}" for item in edit.after if item not in edit.before]
        return " ".join([*gone, *come]) or f"in another order: {_word(edit.after)}"
    return f"{_word(edit.before)} → {_word(edit.after)}"


def _fields(edit: Edit) -> bool:
    return hasattr(edit.before, "_fields") or hasattr(edit.after, "_fields")


def _word(value: Any) -> str:
    if value is None or value in ((), ""):
        return ABSENT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "_fields"):
        return ", ".join(f"{key} {_word(part)}" for key, part in value._asdict().items())
    if isinstance(value, tuple):
        return ", ".join(map(_word, value))
    return str(value)


def _effect(effect: Effect, width: int) -> Sequence[Line]:
    if not any(effect):
        return [line("  None of your data is affected.")]
    rows: list[Line] = []
    for one in effect.carried:
        rows += paragraph(f"{one.what} on {one.before} continues as {one.after}", width, 2)
    for kept in effect.kept:
        text = f"{kept.what} on {kept.id} is kept, although the catalog no longer has it"
        rows += paragraph(text, width, 2, "warn")
    new = [change for change in effect.state_changes if change.before is None]
    for change in effect.state_changes:
        if change.before is not None:
            after = change.after or "gone"
            rows += paragraph(f"{change.topic}: {change.before} → {after}", width, 2)
    if new:
        names = ", ".join(f"{change.topic} ({change.after})" for change in new)
        rows += paragraph(f"{plural(len(new), 'new topic')}: {names}", width, 2)
    return rows
