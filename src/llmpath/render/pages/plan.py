"""Show a plan week by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from llmpath.phrases import duration, listed
from llmpath.plans import Depth, Plan, Slot
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
from llmpath.study.plan import Remedy, weeks_of
from llmpath.study.standing import SlotStanding
from llmpath.study.weeks import WEEK, week_starts

if TYPE_CHECKING:
    from llmpath.actions.planning import PlanPage

SIGNS = {
    SlotStanding.DONE: Span("✓ ", "done", word="done"),
    SlotStanding.DOING: Span("◐ ", "doing", word="in progress"),
    SlotStanding.SLIPPED: Span("! ", "warn", word="late"),
    SlotStanding.DUE: Span("○ ", "ready", word="this week"),
    SlotStanding.AHEAD: Span("  "),
    SlotStanding.DROPPED: Span("- ", "dim", word="no longer needed"),
}

LEAST_TITLE = 24  # columns, below which a title has a line of its own

DEPTHS = {
    Depth.QUICK: "one resource per topic",
    Depth.ENOUGH: "enough of each topic",
    Depth.DEEP: "all of each topic",
}


def lines(page: PlanPage, width: int) -> list[Line]:
    """Return the plan, its resources numbered."""
    if not page.plan.slots:
        return _nothing(page, width)
    rows = [heading(row) for row in wrap(_heading(page), width)]
    for sentence in _summary(page):
        rows += paragraph(sentence, width)
    numbers = {id_: i for i, id_ in enumerate(page.numbered, 1)}
    shown = 0
    for week, group in groupby(page.standings, key=lambda pair: pair[0].week):
        for off, empty in groupby(range(shown, week), key=weeks_of(page.plan).days_off):
            rows += [EMPTY, _empty(page, list(empty), off, width)]
        rows += [EMPTY, *_week(page, week, list(group), numbers, width)]
        shown = week + 1
    return [*rows, EMPTY, *_hints(page, numbers, width)]


def _nothing(page: PlanPage, width: int) -> list[Line]:
    goals = listed([goal.title for goal in page.ahead], 4)
    rows = [line((row, "title")) for row in wrap(f"Nothing is left to plan: {goals}.", width)]
    hint = "Find the next goal: llmpath goal"
    return [*rows, *paragraph(hint, width, 0, "dim")]


def _heading(page: PlanPage) -> str:
    """Say what the plan is for and all that it was made with."""
    brief = page.plan.brief
    goals = listed([goal.title for goal in page.ahead], 4)
    facts = [f"{_hours(brief.hours)} a week", DEPTHS[brief.depth]]
    if brief.aim:
        facts.append(f"to {brief.aim}")
    if brief.until:
        facts.append(f"by {brief.until}")
    if brief.off:
        facts.append(f"off {listed([_days(days) for days in brief.off], 9)}")
    lead = f"Plan for {goals}" if goals else "Your plan"
    return f"{lead}: {', '.join(facts)}"


def _hours(hours: float) -> str:
    return f"{round(hours, 2):g} h"


def _days(span: tuple[str, str]) -> str:
    first, last = span
    return first if first == last else f"{first} to {last}"


def _summary(page: PlanPage) -> Iterator[str]:
    plan = page.plan
    needed = [pair for pair in page.standings if pair[1] is not SlotStanding.DROPPED]
    total = sum(slot.minutes for slot, _ in needed)
    topics = len({slot.topic for slot, _ in needed})
    yield f"{plural(topics, 'topic')}, {duration(total)}{_pace(plan)}. {_end(page)}"
    yield from _goal_days(page)
    if page.unplanned:
        names = listed([goal.title for goal in page.unplanned], 4)
        verb, them = ("is", "it") if len(page.unplanned) == 1 else ("are", "them")
        yield f"{names} {verb} not in this plan yet. Plan again to include {them}: llmpath plan"
    if page.remedy:
        yield from _remedies(page, page.remedy)
    if page.carried:
        kept = ", ".join(one.text for one in page.carried)
        options = ", ".join(one.option for one in page.carried)
        yield f"Kept from your last plan: {kept}. Change with {options}."
    if not page.fresh:
        counts = [standing for _, standing in needed]
        late = counts.count(SlotStanding.SLIPPED)
        told = f"{counts.count(SlotStanding.DONE)} of {plural(len(counts), 'step')} done"
        if late:
            told += f", {late} late. Reschedule from today: {_again(page)}"
        yield told if late else f"{told}."


def _again(page: PlanPage) -> str:
    """Return the command to plan again; a day that has passed has to be given up."""
    until = page.plan.brief.until
    return "llmpath plan --by none" if until and until < page.today else "llmpath plan"


def _pace(plan: Plan) -> str:
    if abs(plan.pace - 1) < 0.05:
        return ""
    return f" at your pace, {plan.pace:g} times the estimate"


def _end(page: PlanPage) -> str:
    until = page.plan.brief.until
    if page.is_over:
        return "Everything in it is done."
    shift = "" if page.fresh else _shift(page)
    if until is None:
        return f"At this pace you'd finish on {page.through}{shift}."
    if page.through > until:
        return f"It does not fit: you'd finish on {page.through}{shift}, not by {until}."
    days = _between(page.through, until)
    early = "" if not days else f", {plural(days, 'day')} ahead of your date"
    return f"You'll finish on {page.through}{shift}{early}."


def _shift(page: PlanPage) -> str:
    """Say how far the end has moved since the plan was made."""
    days = _between(page.planned, page.through)
    if not days:
        return ""
    return f", {plural(abs(days), 'day')} {'later' if days > 0 else 'earlier'} than planned"


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _goal_days(page: PlanPage) -> Iterator[str]:
    """Say of each goal with a day of its own how it stands against it."""
    for goal, end in page.days:
        if not end:
            yield f"{goal.title}: by {goal.until}, nothing left to study."
        elif goal.until < page.today:
            yield (
                f"{goal.title}: its date, {goal.until}, has passed; you'd reach it on {end}."
                f" Set another: llmpath goal {goal.id} --by DAY"
            )
        elif end > goal.until:
            yield f"{goal.title}: does not fit by {goal.until}; you'd reach it on {end}."
        else:
            days = _between(end, goal.until)
            ahead = f", {plural(days, 'day')} ahead of its date" if days else ", on its last day"
            yield f"{goal.title}: by {goal.until}{ahead}."


def _remedies(page: PlanPage, remedy: Remedy) -> Iterator[str]:
    until = remedy.until
    several = len([goal for goal in page.days if goal.goal.until >= page.today])
    every = "on every date" if several + bool(page.plan.brief.until) > 1 else f"by {until}"
    if remedy.hours is not None:
        hours = f"{remedy.hours:g}"
        how = f": llmpath plan --hours {hours}" if page.kept else f" (--hours {hours})."
        yield f"To finish {every} you need {hours} h a week{how}"
    else:
        yield f"Not possible {every}: it would take more than 80 hours a week."
    for depth, minutes, end, good in remedy.less:
        fit = "fits" if good else "does not fit either"
        yield f"With --depth {depth} it takes {duration(minutes)} and ends on {end}, which {fit}."
    topics = len({slot.topic for slot in page.plan.slots})
    names = listed([page.titles[id_] for id_ in remedy.passed[-2:]])
    last = f", up to {names}" if names else ""
    yield f"By {until} you'd cover {len(remedy.passed)} of {topics} topics{last}."


def _empty(page: PlanPage, weeks: Sequence[int], days: int, width: int) -> Line:
    """Return *weeks* in a row without work, for so many *days* off in each."""
    first, last = weeks[0] + 1, weeks[-1] + 1
    lead = f"Week {first}" if first == last else f"Weeks {first} to {last}"
    lead += f", from {week_starts(page.plan.starts_on, weeks[0])}"
    tail = "off" if days == WEEK else f"{plural(days, 'day')} off"
    return line((pad(lead, width - width_of(tail) - 1), "heading"), " ", (tail, "dim"))


def _week(
    page: PlanPage,
    week: int,
    slots: Sequence[tuple[Slot, SlotStanding]],
    numbers: Mapping[str, int],
    width: int,
) -> list[Line]:
    start = week_starts(page.plan.starts_on, week)
    now = start <= page.today < week_starts(page.plan.starts_on, week + 1)
    off = weeks_of(page.plan).days_off(week)
    lead = f"Week {week + 1}, from {start}{', now' if now and not page.fresh else ''}"
    lead += f", {plural(off, 'day')} off" if off else ""
    total = duration(sum(slot.minutes for slot, _ in slots))
    rows = [line((pad(lead, width - width_of(total) - 1), "heading"), " ", (total, "dim"))]
    topic = ""
    for slot, standing in slots:
        if slot.topic != topic:
            topic = slot.topic
            rows += paragraph(page.titles.get(topic, topic), width, 2)
        rows += _slot(page, slot, standing, numbers[slot.resource], width)
    return rows


def _slot(
    page: PlanPage, slot: Slot, standing: SlotStanding, number: int, width: int
) -> list[Line]:
    work = page.works[slot.resource]
    start = f"  {number:>3}  "
    sign = Span("") if page.fresh and standing is not SlotStanding.DOING else SIGNS[standing]
    part = f", part {slot.part} of {slot.parts}" if slot.parts > 1 else ""
    tail = f"  {work.kind}{part}, {duration(slot.minutes)}"
    if standing in (SlotStanding.SLIPPED, SlotStanding.DROPPED):
        tail += f", {standing.said}"
    room = width - width_of(start) - width_of(sign.text)
    title_room = room - width_of(tail)
    if title_room < LEAST_TITLE and width_of(work.title) > title_room:
        first = line((start, "number"), sign, Span(cut(work.title, room), "", work.url))
        return [first, *paragraph(tail.strip(), width, width - room, "dim")]
    title = Span(cut(work.title, title_room), "", work.url)
    return [line((start, "number"), sign, title, (tail, "dim"))]


def _hints(page: PlanPage, numbers: Mapping[str, int], width: int) -> list[Line]:
    """Return what to do now."""
    if not page.kept:
        hours = f"{round(page.plan.brief.hours, 4):g}"
        command = " ".join(["llmpath plan", *page.asked, "--hours", hours, "--yes"])
        text = "It does not fit, so your current plan stays. To keep this one instead:"
        return [*paragraph(text, width, 0, "warn"), *paragraph(command, width, 2, "dim")]
    if page.fresh:
        hint = f"See progress: llmpath plan show. Reschedule from today: {_again(page)}"
        return paragraph(hint, width, 0, "dim")
    if page.is_over:
        return paragraph("Find the next goal: llmpath goal", width, 0, "dim")
    if not page.now:
        text = "What is left waits for topics that are not in this plan. Plan again: "
        text += _again(page)
        return paragraph(text, width, 0, "warn")
    number = numbers[page.now]
    hint = f"llmpath start {number}, open {number}, done {number}, show {number}"
    return [
        *paragraph(f"Now: {page.works[page.now].title}", width),
        *paragraph(hint, width, 0, "dim"),
    ]


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
        "planned_through": page.planned,
        "fits": page.fits,
        "kept": page.kept,
        "off": [{"from": first, "to": last} for first, last in brief.off],
        "goal_days": [
            {"id": goal.id, "until": goal.until, "through": end or None} for goal, end in page.days
        ],
        "unplanned": [goal.id for goal in page.unplanned],
        "now": page.now or None,
        "remedy": None
        if page.remedy is None
        else {
            "hours": page.remedy.hours,
            "topics_passed_by_then": list(page.remedy.passed),
            "depths": [
                {"depth": str(depth), "minutes": minutes, "through": end, "fits": good}
                for depth, minutes, end, good in page.remedy.less
            ],
        },
        "weeks": [
            {
                "starts_on": week_starts(page.plan.starts_on, week),
                "steps": [
                    {
                        "topic": slot.topic,
                        "id": slot.resource,
                        "title": page.works[slot.resource].title,
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
