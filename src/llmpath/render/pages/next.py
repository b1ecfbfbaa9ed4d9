"""Show what to study next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.phrases import duration, listed
from llmpath.render.layout import (
    EMPTY,
    Line,
    Span,
    cut,
    heading,
    line,
    paragraph,
    plural,
    width_of,
    wrap,
)
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.actions.leading import Lead
    from llmpath.actions.next import Choices
    from llmpath.actions.relaxing import Relaxation
    from llmpath.study.recommend import Pick
    from llmpath.study.sittings import Sitting


def lines(page: Choices, width: int, explain: bool = False) -> list[Line]:
    """Return the choices, numbered, with their reasons."""
    rows = offered(page, width, explain)
    if not page.picks:
        return rows
    return [*rows, EMPTY, *paragraph(_hint(page), width, 0, "dim")]


def offered(page: Choices, width: int, explain: bool = False) -> list[Line]:
    """Return the choices with their reasons and what comes after, or why there are none."""
    if not page.picks:
        return _nothing(page.relaxations, page.advice, width)
    goals = titles_led([goal.title for goal in page.led], page.lead)
    rows = [*[heading(row) for row in wrap(_heading(page, goals), width)], EMPTY]
    for number, pick in enumerate(page.picks, 1):
        rows += _choice(number, pick, page.map.title(pick.topic), why(pick, len(goals)), width)
        if explain:
            rows += score_lines(pick, 6)
    return rows + _then(page, width)


def _hint(page: Choices) -> str:
    """Return what to do with a choice; with so many minutes, how to log a sitting of the first."""
    sitting = page.picks[0].sitting
    if page.minutes is None or sitting is None or not sitting.minutes:
        return "llmpath start 1, open 1, done 1, show 1"
    return f"llmpath open 1, spent {sitting.minutes} 1, done 1, show 1"


def titles_led(goals: Sequence[str], lead: Lead | None) -> list[str]:
    """Return the titles of what the choices lead to: what the plan is for, and the *goals*."""
    planned = [goal.title for goal in lead.goals] if lead else []
    return list(dict.fromkeys([*planned, *goals]))


def _heading(page: Choices, goals: Sequence[str]) -> str:
    if page.lead and page.lead.is_due:
        week = [goal.title for goal in page.lead.goals]
        return f"This week, on the path to {listed(week, 3)}" if week else "This week"
    return f"Next, on the path to {listed(goals, 3)}" if goals else "What to study next"


def _then(page: Choices, width: int) -> list[Line]:
    """Return what comes after the choices, each with the numbers of those it waits for."""
    if not page.then:
        return []
    rows = [EMPTY, heading("Then")]
    numbers: dict[str, int] = {}
    for number, pick in enumerate(page.picks, 1):
        numbers.setdefault(pick.topic, number)
    completing = {pick.topic for pick in page.picks if pick.completes}
    for number, pick in enumerate(page.then, len(page.picks) + 1):
        waits = sorted(numbers[topic] for topic in pick.waits if topic in completing)
        titles = [page.map.title(topic) for topic in pick.waits if topic not in completing]
        wait = f"after {listed([*map(str, waits), *titles], 9)}"
        length = pick.resource.minutes
        facts = ", ".join(filter(None, (wait, duration(length) if length is not None else "")))
        title = Span(cut(pick.resource.title, width - 4), "", pick.resource.url)
        rows.append(line((f"{number:>2}  ", "number"), title))
        rows += paragraph(f"{page.map.title(pick.topic)}: {facts}", width, 4, "dim")
    return rows


def why(pick: Pick, goals: int) -> str:
    """Return a choice's reasons; with one goal, which is named above, they do not repeat it."""
    return pick.reason if goals > 1 else ", ".join(pick.reasons)


def _choice(number: int, pick: Pick, topic: str, reason: str, width: int) -> list[Line]:
    """Return one choice: title, kind and level, then topic and reasons below."""
    work = pick.resource
    mark = Span("◐ ", "doing", word="in progress") if pick.status is Status.DOING else Span("")
    tail = f"  {work.kind}, {work.level}"
    start = f"{number:>2}  "
    room = width - width_of(start) - width_of(mark.text)
    title_room = room - width_of(tail)
    if title_room < 24 and width_of(work.title) > title_room:
        first = line((start, "number"), mark, Span(cut(work.title, room), "title", work.url))
        rows = [first, *paragraph(tail.strip(), width, 4, "dim")]
    else:
        title = Span(cut(work.title, title_room), "title", work.url)
        rows = [line((start, "number"), mark, title, (tail, "dim"))]
    return rows + paragraph(f"{topic}: {reason}".rstrip(": "), width, 4)


def score_lines(pick: Pick, indent: int) -> list[Line]:
    """Return how the score adds up: term, amount x weight = points."""
    sums = [
        f"{term.name:<10}{term.amount:>6.2f} x {term.weight:>5g} = {term.points:>6.1f}"
        for term in pick.terms
    ]
    sums.append(f"{'score':<27}{pick.score:>6.1f}")
    return [line((" " * indent + row, "dim")) for row in sums]


def _nothing(ways: Sequence[Relaxation], advice: Sequence[str], width: int) -> list[Line]:
    """Return what to say when there is nothing to offer: *ways* to ask for less, and *advice*."""
    rows = [
        line("Nothing matches among the topics you're ready for." if ways else "Nothing to offer.")
    ]
    for way in ways:
        first = way.picks[0]
        gain = f"{plural(len(way.picks), 'choice')}, first {first.resource.title}"
        if first.resource.minutes is not None:
            gain += f" ({duration(first.resource.minutes)})"
        if first.waits:
            gain += ", " + next(reason for reason in first.reasons if "locked" in reason)
        rows += paragraph(f"{way.change}: {gain}", width, 2)
    for text in advice:
        rows += paragraph(text, width, 0, "dim")
    return rows


def data(page: Choices) -> dict[str, Any]:
    """Return the choices for other programs, or the ways to relax what was asked for."""
    found: dict[str, Any] = {
        "goals": [goal.id for goal in page.goals],
        "picks": [pick_data(pick) for pick in page.picks],
    }
    if page.then:
        found["then"] = [pick_data(pick) for pick in page.then]
    if not page.picks:
        found["loosen"] = [
            {"change": way.change, "picks": [pick_data(pick) for pick in way.picks]}
            for way in page.relaxations
        ]
    return found


def pick_data(pick: Pick) -> dict[str, Any]:
    """Return one choice for other programs."""
    from llmpath.render import json as shapes

    return {
        **shapes.resource(pick.resource, pick.status),
        "topic": pick.topic,
        "reason": pick.reason,
        "score": round(pick.score, 3),
        "sitting": _sitting_data(pick.sitting),
        "opens": list(pick.opens),
        "waits_for": list(pick.waits),
        "planned": pick.planned._asdict() if pick.planned else None,
        "terms": [
            {"name": term.name, "amount": round(term.amount, 4), "weight": term.weight}
            for term in pick.terms
        ],
    }


def _sitting_data(sitting: Sitting | None) -> dict[str, int] | None:
    """Return which part of something to study: its minutes, from which minute, of how many."""
    if sitting is None:
        return None
    return {"minutes": sitting.minutes, "from": sitting.start, "of": sitting.of}
