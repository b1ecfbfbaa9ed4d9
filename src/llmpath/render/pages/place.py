"""Show the questions of a placement and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.phrases import listed
from llmpath.render.layout import EMPTY, Line, line, paragraph, plural
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.placing import Placed, Question

TITLES_SHOWN = 12
MATES_SHOWN = 4
COMFORT = "You are at the beginning: that is a fine place to start."


def introduction(most: int, goals: Sequence[str], width: int) -> list[Line]:
    """Return what is told before the first question; *goals* are what it is about, if any."""
    about = f", on the path to {listed(goals, 2)}" if goals else ""
    text = (
        f"At most {most} questions{about}. Think of your answer, compare it with ours, and say"
        " whether you knew it: y or n; a if you know all the topics named with it too, x if you"
        " know none of them; q to finish early. Nothing is saved before you finish."
    )
    return paragraph(text, width, 0, "dim")


def question(number: int, asked: Question, width: int) -> list[Line]:
    """Return a question with its number; with its module and the other topics of it, if any."""
    lead = line((f"{number:>2}  ", "number"), (asked.title, "title"))
    rows = [EMPTY, lead, *paragraph(asked.ask, width, 4)]
    if asked.mates:
        text = f"a and x also cover: {listed(asked.mates, MATES_SHOWN)} ({asked.module})"
        rows += paragraph(text, width, 4, "dim")
    return rows


def answer(text: str, width: int) -> list[Line]:
    """Return the answer to a question."""
    return paragraph(text, width, 4, "dim")


def lines(page: Placed, dry_run: bool, width: int) -> list[Line]:
    """Return what was marked as known, or would be, and what that opens."""
    placement, known = page.placement, page.known
    titles = {id_: node.title for id_, node in placement.roadmap.nodes.items()}
    asked = plural(len(placement.answers), "answer")
    if not known:
        rows = paragraph(f"After {asked}: no topics marked as known.", width)
        if placement.is_beginning:
            rows += paragraph(COMFORT, width)
        return rows + paragraph("What to study first: llmpath next", width, 0, "dim")
    verb = "would be known" if dry_run else "known now"
    rows = paragraph(f"After {asked}: {plural(len(known), 'topic')} {verb}", width)
    rows += paragraph(listed([titles[id_] for id_ in known], TITLES_SHOWN), width, 2)
    presumed = [titles[id_] for id_ in placement.presumed()]
    if presumed:
        text = f"{len(presumed)} of them presumed from your other answers: "
        rows += paragraph(text + listed(presumed, TITLES_SHOWN), width, 2, "dim")
    rows += outcome.unlocked(page.outcome, width)
    if not dry_run:
        hint = "What to study now: llmpath next. To undo all of it: llmpath undo"
        rows += paragraph(hint, width, 0, "dim")
    return rows + outcome.reached(page.outcome, width)


def data(page: Placed, asked: Question | None) -> dict[str, Any]:
    """Return the placement for other programs: beliefs, what is known, the best next question."""
    placement = page.placement
    return outcome.data(
        page.outcome,
        answers=[answer._asdict() for answer in placement.answers],
        known=list(page.known),
        presumed=placement.presumed(),
        beliefs={id_: round(belief, 4) for id_, belief in placement.beliefs().items()},
        question=None
        if asked is None
        else {
            "topic": asked.topic,
            "title": asked.title,
            "ask": asked.ask,
            "answer": asked.answer,
        },
    )
