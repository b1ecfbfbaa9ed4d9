"""Show the learner's goals, and those to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.phrases import duration, listed
from llmpath.render.layout import EMPTY, Line, Span, bar, heading, line, paragraph, plural
from llmpath.render.pages import outcome

if TYPE_CHECKING:
    from llmpath.actions.goals import GoalRow, Goals
    from llmpath.curriculum import Destination


def lines(page: Goals, width: int) -> list[Line]:
    """Return the goals, each with how far it is, or else those to choose from."""
    shown: list[Line] = []
    for named in page.strangers:
        shown += paragraph(f"{named.title} is not one of your goals.", width)
    if not page.rows:
        hint = "Set one with: llmpath goal GOAL or TOPIC, for example llmpath goal rag"
        # After dropping or clearing them, nobody asks for others.
        asked = page.outcome.command is None and not page.strangers
        offers = _offers(page.offers, width) if asked else []
        return [*shown, line("No goals."), *offers, *paragraph(hint, width, 0, "dim")]
    shown += _changed(page, width)
    shown += [EMPTY] if shown else []
    for goal in page.rows:
        shown += _goal(goal, width)
    open_ = [goal for goal in page.rows if goal.passed < goal.topics]
    hints = []
    if len(open_) > 1:
        hints.append(
            f"You study for them in this order. Change it: llmpath goal {open_[1].id} --first"
        )
    if page.offers:
        hints.append(f"More goals: {', '.join(one.id for one in page.offers)}")
    for hint in hints:
        shown += [EMPTY, *paragraph(hint, width, 0, "dim")]
    return shown


def _changed(page: Goals, width: int) -> list[Line]:
    """Say which of several goals the command was about."""
    if not page.outcome.changes:
        return []
    ids = {goal.id for goal in page.rows}
    rows: list[Line] = []
    for verb, there in (("Set", True), ("Dropped", False)):
        titles = [one.title for one in page.outcome.things if (one.id in ids) is there]
        if titles and not (there and len(titles) == len(ids)):
            rows += outcome.marked(f"{verb}: {listed(titles, 4)}", width)
    return rows


def _goal(goal: GoalRow, width: int) -> list[Line]:
    rows = [line((row[-1].text, "title")) for row in paragraph(goal.title, width)]
    figures = f"{goal.passed} of {plural(goal.topics, 'topic')} passed"
    if goal.passed == goal.topics:
        figures = "reached" if goal.topics else "skipped"
    part = goal.passed / goal.topics if goal.topics else 1.0  # no topics: all are skipped
    rows.append(line("  ", *bar(part, 20), Span(f"  {figures}")))
    if goal.passed < goal.topics:
        facts = [f"to {goal.aim}"]
        facts += [f"{duration(goal.minutes)} to study"] if goal.minutes else []
        rows += paragraph(", ".join([*facts, *_day(goal)]), width, 2, "dim")
    return rows


def _day(goal: GoalRow) -> list[str]:
    """Say by when to reach *goal*, and how many days that leaves."""
    if goal.days is None:
        return []
    if goal.days < 0:
        return [f"by {goal.until}, {plural(-goal.days, 'day')} ago"]
    return [f"by {goal.until}", plural(goal.days, "day") if goal.days else "today"]


def _offers(offers: Sequence[Destination], width: int) -> list[Line]:
    if not offers:
        return []
    rows = [EMPTY, heading("Goals to choose from")]
    for one in offers:
        rows.append(line("  ", (one.id, "title")))
        rows += paragraph(f"{one.title}. {one.summary}", width, 4)
    return [*rows, EMPTY]


def data(page: Goals) -> dict[str, Any]:
    """Return the goals for other programs."""
    return outcome.data(
        page.outcome,
        goals=[goal._asdict() for goal in page.rows],
        not_goals=[{"id": named.id, "title": named.title} for named in page.strangers],
        offers=[
            {
                "id": one.id,
                "title": one.title,
                "summary": one.summary,
                "topics": list(one.topics),
                "aim": one.aim,
            }
            for one in page.offers
        ],
    )
