"""Show a plan week by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from llmpath.phrases import duration, listed
from llmpath.plans import Plan, Slot
from llmpath.render.layout import (
    EMPTY,
    Line,
    Span,
    cut,
    heading,
    line,
    pad,
    paragraph,
    plural,
    width_of,
    wrap,
)
from llmpath.render.pages import outcome
from llmpath.study.plan import Remedy, SlotStanding, week_starts

if TYPE_CHECKING:
    from llmpath.actions.planning import PlanPage

SIGNS = {
    SlotStanding.DONE: Span("✓ ", "done"),
    SlotStanding.DOING: Span("◐ ", "doing"),
    SlotStanding.SLIPPED: Span("! ", "warn"),
    SlotStanding.DUE: Span("○ ", "ready"),
    SlotStanding.AHEAD: Span("  "),
    SlotStanding.DROPPED: Span("- ", "dim"),
}


def lines(page: PlanPage, width: int) -> list[Line]:
    """Return the plan, its resources numbered."""
    goals = listed([goal.title for goal in page.goals], 4)
    if not page.plan.slots:
        return [line((row, "title")) for row in wrap(f"Nothing is left to plan: {goals}.", width)]
    brief = page.plan.brief
    lead = f"Plan for {goals}, {brief.hours:g} h a week"
    rows = [heading(row) for row in wrap(lead, width)]
    for sentence in _summary(page):
        rows += paragraph(sentence, width)
    numbers = {id_: i for i, id_ in enumerate(page.numbered, 1)}
    for week, group in groupby(page.standings, key=lambda pair: pair[0].week):
        rows += [EMPTY, *_week(page, week, list(group), numbers, width)]
    rows += [EMPTY, *paragraph(_hint(page), width, 0, "dim")]
    return rows


def _summary(page: PlanPage) -> Iterator[str]:
    plan = page.plan
    total = sum(slot.minutes for slot in plan.slots)
    topics = len({slot.topic for slot in plan.slots})
    yield f"{plural(topics, 'topic')}, {duration(total)}{_pace(plan)}. {_end(page)}"
    if page.remedy:
        yield from _remedies(page, page.remedy)
    if not page.fresh:
        counts = [standing for _, standing in page.standings]
        told = [f"{counts.count(SlotStanding.DONE)} of {plural(len(counts), 'step')} done"]
        if SlotStanding.SLIPPED in counts:
            told.append(
                f"{counts.count(SlotStanding.SLIPPED)} slipped; reschedule from today with:"
            )
            told[-1] += " llmpath plan"
        yield ", ".join(told) + "."


def _pace(plan: Plan) -> str:
    if abs(plan.pace - 1) < 0.05:
        return ""
    return f" at your pace, {plan.pace:g} times the estimate"


def _end(page: PlanPage) -> str:
    until = page.plan.brief.until
    if until is None:
        return f"At this pace you'd finish on {page.through}."
    if page.through > until:
        return f"It does not fit: you'd finish on {page.through}, not by {until}."
    days = (date.fromisoformat(until) - date.fromisoformat(page.through)).days
    early = "" if not days else f", {plural(days, 'day')} ahead of your date"
    return f"You'll finish on {page.through}{early}."


def _remedies(page: PlanPage, remedy: Remedy) -> Iterator[str]:
    until = page.plan.brief.until
    if remedy.hours is not None:
        hours = f"{remedy.hours:g}"
        yield f"To finish by {until} you need {hours} h a week: llmpath plan --hours {hours}"
    else:
        yield f"Not possible by {until}: it would take more than 80 hours a week."
    for depth, minutes, end in remedy.less:
        fit = "fits" if end <= str(until) else "does not fit either"
        yield f"With --depth {depth} it takes {duration(minutes)} and ends on {end}, which {fit}."
    topics = len({slot.topic for slot in page.plan.slots})
    names = listed([page.titles[id_] for id_ in remedy.passed[-2:]])
    last = f", up to {names}" if names else ""
    yield f"By {until} you'd cover {len(remedy.passed)} of {topics} topics{last}."


def _week(
    page: PlanPage,
    week: int,
    slots: Sequence[tuple[Slot, SlotStanding]],
    numbers: Mapping[str, int],
    width: int,
) -> list[Line]:
    start = week_starts(page.plan.starts_on, week)
    now = start <= page.today < week_starts(page.plan.starts_on, week + 1)
    lead = f"Week {week + 1}, from {start}{', now' if now and not page.fresh else ''}"
    total = duration(sum(slot.minutes for slot, _ in slots))
    rows = [line((pad(lead, width - width_of(total) - 1), "heading"), " ", (total, "dim"))]
    topic = ""
    for slot, standing in slots:
        if slot.topic != topic:
            topic = slot.topic
            rows += paragraph(page.titles.get(topic, topic), width, 2)
        rows.append(_slot(page, slot, standing, numbers[slot.resource], width))
    return rows


def _slot(page: PlanPage, slot: Slot, standing: SlotStanding, number: int, width: int) -> Line:
    work = page.works.get(slot.resource)
    title = work.title if work else slot.resource
    start = f"  {number:>3}  "
    sign = Span("") if page.fresh and standing is not SlotStanding.DOING else SIGNS[standing]
    part = f", part {slot.part} of {slot.parts}" if slot.parts > 1 else ""
    kind = work.kind if work else ""
    tail = f"  {kind}{part}, {duration(slot.minutes)}"
    if standing in (SlotStanding.SLIPPED, SlotStanding.DROPPED):
        tail += f", {standing}"
    room = max(width - width_of(start) - width_of(sign.text) - width_of(tail), 12)
    url = work.url if work else ""
    return line((start, "number"), sign, Span(cut(title, room), "", url), (tail, "dim"))


def _hint(page: PlanPage) -> str:
    if page.fresh:
        return "See progress: llmpath plan show. Reschedule from today: llmpath plan"
    return "llmpath start 1, open 1, done 1, show 1"


def data(page: PlanPage) -> dict[str, Any]:
    """Return the plan for other programs."""
    brief = page.plan.brief
    found = {
        "goals": [goal.id for goal in page.goals],
        "aim": brief.aim,
        "depth": str(brief.depth),
        "hours": brief.hours,
        "by": brief.until,
        "pace": page.plan.pace,
        "starts_on": page.plan.starts_on,
        "through": page.through,
        "fits": brief.until is None or page.through <= brief.until,
        "remedy": None
        if page.remedy is None
        else {
            "hours": page.remedy.hours,
            "topics_passed_by_then": list(page.remedy.passed),
            "depths": [
                {"depth": str(depth), "minutes": minutes, "through": end}
                for depth, minutes, end in page.remedy.less
            ],
        },
        "weeks": [
            {
                "starts_on": week_starts(page.plan.starts_on, week),
                "steps": [
                    {
                        "topic": slot.topic,
                        "id": slot.resource,
                        "title": page.works[slot.resource].title
                        if slot.resource in page.works
                        else slot.resource,
                        "minutes": slot.minutes,
                        "part": slot.part,
                        "parts": slot.parts,
                        "standing": str(standing),
                    }
                    for slot, standing in group
                ],
            }
            for week, group in groupby(page.standings, key=lambda pair: pair[0].week)
        ],
    }
    return outcome.data(page.outcome, **found)
