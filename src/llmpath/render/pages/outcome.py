"""Say what a command that writes did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.phrases import duration, listed
from llmpath.render.layout import EMPTY, Line, Span, heading, line, paragraph, plural
from llmpath.render.layout import told as in_lines

if TYPE_CHECKING:
    from llmpath.actions.outcome import Outcome, Standing
    from llmpath.actions.reaching import Proposal
    from llmpath.store.learner.journal import LogLine

# What is said of each thing, by action: where something changed, and where nothing did.
VERBS = {
    "open": ("Started", "Already in progress"),
    "done": ("Done", "Already done"),
    "skip": ("Skipped", "Already skipped"),
    "reset": ("Reset", "Nothing to change"),
    "know": ("Known", "Already known"),
    "forget": ("No longer marked as known", "Was not marked as known"),
    "shaky": ("Shaky", "Already shaky"),
    "ignore": ("Ignored", "Already ignored"),
    "heed": ("No longer ignored", "Was not ignored"),
}
# What a command is called where the log has it by an older name.
CALLED = {"heed": "ignore --undo"}
TITLES_SHOWN = 6  # of topics that are unlocked
PASSED_SHOWN = 4
IMPLIED_SHOWN = 12


def lines(done: Outcome, width: int, titles: Sequence[str] | None = None) -> list[Line]:
    """Return what was done to each thing, or what *titles* say of them; then what that opens."""
    verb = VERBS[done.action][not done.changes]
    rows: list[Line] = []
    for title in [thing.title for thing in done.things] if titles is None else titles:
        rows += marked(f"{verb}: {title}", width)
    if done.action == "done" and not done.changes:  # or they undo something else
        rows += paragraph("As before; there is nothing new to undo.", width, 2)
    if done.passed:
        names = listed([node.title for node, _ in done.passed], PASSED_SHOWN)
        rows += paragraph(f"passed {names}", width, 2)
    for standing in done.standings:
        rows += paragraph(_progress(standing), width, 2)
    return [*rows, *unlocked(done, width), *reached(done, width)]


def _progress(standing: Standing) -> str:
    """Say where a topic stands that is not passed yet."""
    title, ahead = standing.topic.title, standing.ahead
    if not standing.extra:
        return f"{standing.done} of {standing.enough} for {title}"
    more = f"; what counts towards it: {ahead.title}" if ahead else ""
    return f"an extra for {title}{more}"


def known(done: Outcome, width: int) -> list[Line]:
    """Return which topics were marked as known, with those they build on or consist of."""
    names = listed([thing.title for thing in done.things], 8)
    named = {thing.id for thing in done.things}
    others = [change.title for change in done.changes if change.id not in named]
    if any(thing.what != "topic" for thing in done.things):
        names += f": {plural(len(done.changes), 'topic')}" if done.changes else ""
    elif others:
        they = "it builds" if len(done.things) == 1 else "they build"
        names += f" and {plural(len(others), 'topic')} {they} on"
    rows = marked(f"{VERBS[done.action][not done.changes]}: {names}", width)
    if others:
        rows += paragraph(listed(others, IMPLIED_SHOWN), width, 2, "dim")
    return [*rows, *unlocked(done, width), *reached(done, width)]


def unlocked(done: Outcome, width: int) -> list[Line]:
    """Return which topics are ready now."""
    if not done.unlocks:
        return []
    names = listed([node.title for node, _ in done.unlocks], TITLES_SHOWN)
    return paragraph(f"unlocks {plural(len(done.unlocks), 'topic')}: {names}", width, 2)


def reached(done: Outcome, width: int) -> list[Line]:
    """Return which goals are reached, with what that took, and goals to go for next."""
    rows: list[Line] = []
    for goal in done.reached:
        took = plural(goal.topics, "topic")
        took += f", {duration(goal.minutes)} of study" if goal.minutes else ""
        rows += [EMPTY, *marked(f"You've reached your goal: {goal.title}. {took}.", width)]
    return rows + proposed(done.proposals, width)


def proposed(goals: Sequence[Proposal], width: int) -> list[Line]:
    """Return *goals* to go for next, each as the command that sets it."""
    if not goals:
        return []
    rows = [heading("Where to next?")]
    for goal in goals:
        rows += paragraph(f"{goal.title}: llmpath goal {goal.id}", width, 2)
    return rows


def marked(text: str, width: int) -> list[Line]:
    """Return *text* as what was done."""
    return [tuple(Span(span.text, "done") for span in row) for row in paragraph(text, width)]


def sentence(text: str, width: int) -> list[Line]:
    """Return one sentence on what was done; a command in it stays whole, to be copied."""
    return [line(row) for row in in_lines(text, width)]


def reversed_lines(done: Outcome, width: int) -> list[Line]:
    """Return which commands were undone or redone."""
    verb = "Undone" if done.action == "undo" else "Redone"
    rows: list[Line] = []
    for command in done.commands:
        rows += marked(f"{verb}: {told(command)}", width)
    return rows


def told(command: LogLine) -> str:
    """Return what a command did, by the name that it has today."""
    return f"{CALLED.get(command.action, command.action)} {command.summary}"


def reversed_data(done: Outcome) -> dict[str, Any]:
    """Return the same for other programs."""
    return data(done, commands=[command_data(one) for one in done.commands])


def command_data(line: LogLine) -> dict[str, Any]:
    """Return a line of the log for other programs."""
    return {
        "seq": line.seq,
        "at": line.at,
        "action": line.action,
        "summary": line.summary,
        "standing": line.status,
    }


def data(done: Outcome, **more: Any) -> dict[str, Any]:
    """Return what a command did for other programs, with what else fits it."""
    from llmpath.render import json as shapes

    found = {
        "command": done.command,
        "changed": [
            {**change._asdict(), "id": change.id or None, "title": change.title or None}
            for change in done.changes
        ],
        "passed": [shapes.brief_topic(node, state) for node, state in done.passed],
        "unlocks": [shapes.brief_topic(node, state) for node, state in done.unlocks],
        "reached": [{"id": goal.id, "title": goal.title} for goal in done.reached],
        "proposals": [goal._asdict() for goal in done.proposals],
        **more,
    }
    if done.action == "done":
        found["progress"] = [_progress_data(standing) for standing in done.standings]
    return found


def _progress_data(standing: Standing) -> dict[str, Any]:
    """Return where a topic stands for other programs."""
    ahead = standing.ahead
    return {
        "id": standing.topic.id,
        "title": standing.topic.title,
        "done": standing.done,
        "enough": standing.enough,
        "extra": standing.extra,
        "next": {"id": ahead.id, "title": ahead.title} if ahead else None,
    }


def summed(done: Outcome, width: int) -> list[Line]:
    """Return what was done to all things in one line."""
    return lines(done, width, [listed([thing.title for thing in done.things], 8)])
