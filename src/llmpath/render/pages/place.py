"""Show the questions of a placement and what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from llmpath.phrases import listed
from llmpath.render.layout import EMPTY, Line, line, paragraph, plural
from llmpath.study.placement import Placement

SHOWN = 12


def introduction(most: int, width: int) -> list[Line]:
    """Return what is told before the first question."""
    text = (
        f"At most {most} questions. Think of your answer, look at ours, and say whether you could"
        " have told: y or n; a when you know the topics named with it too, x when you know none of"
        " them either; q for enough. Nothing is set before the end."
    )
    return paragraph(text, width, 0, "dim")


def question(
    number: int, title: str, module: str, mates: Sequence[str], ask: str, width: int
) -> list[Line]:
    """Return a question with its number; with its module and the other topics of it, if any."""
    rows = [EMPTY, line((f"{number:>2}  ", "number"), (title, "title")), *paragraph(ask, width, 4)]
    if mates:
        text = f"a, x: also {listed(mates, len(mates))} ({module})"
        rows += paragraph(text, width, 4, "dim")
    return rows


def answer(text: str, width: int) -> list[Line]:
    """Return the answer to a question."""
    return paragraph(text, width, 4, "dim")


def outcome(
    placement: Placement,
    known: Sequence[str],
    opened: Sequence[str],
    dry_run: bool,
    width: int,
) -> list[Line]:
    """Return what was set as known, or would be, and what that opens."""
    titles = {id_: node.title for id_, node in placement.roadmap.nodes.items()}
    asked = plural(len(placement.answers), "answer")
    if not known:
        return paragraph(f"After {asked}: nothing to set as known.", width)
    verb = "would be known" if dry_run else "known now"
    names = listed([titles[id_] for id_ in known], SHOWN)
    rows = paragraph(f"After {asked}: {plural(len(known), 'topic')} {verb}", width)
    rows += paragraph(names, width, 2)
    presumed = [titles[id_] for id_ in placement.presumed()]
    if presumed:
        text = f"{len(presumed)} of them presumed from your other answers: "
        rows += paragraph(text + listed(presumed, SHOWN), width, 2, "dim")
    if opened:
        text = f"unlocks {plural(len(opened), 'topic')}: {listed([titles[i] for i in opened], 6)}"
        rows += paragraph(text, width, 2)
    if not dry_run:
        rows += paragraph("llmpath undo takes all of it back", width, 0, "dim")
    return rows


def data(
    placement: Placement, known: Sequence[str], card: Mapping[str, str] | None
) -> dict[str, Any]:
    """Return the placement for other programs: beliefs, what is known, the best next question."""
    return {
        "answers": [answer._asdict() for answer in placement.answers],
        "known": list(known),
        "presumed": placement.presumed(),
        "beliefs": {id_: round(belief, 4) for id_, belief in placement.beliefs().items()},
        "question": dict(card) if card else None,
    }
