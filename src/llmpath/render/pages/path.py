"""Show the way to a goal: its topics in order, each with its reason and what to study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.model import Resource
from llmpath.phrases import duration, listed
from llmpath.plans import Depth
from llmpath.render import json as shapes
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
from llmpath.render.signs import SIGNS
from llmpath.study.aims import topics_of
from llmpath.study.graph import PASSED
from llmpath.study.path import Route, Step
from llmpath.vocab import Aim, State, Status

if TYPE_CHECKING:
    from llmpath.actions.paths import PathPage

SKIPPED_SHOWN = 6


def lines(page: PathPage, width: int) -> list[Line]:
    """Return the way; resources are numbered."""
    route = page.route
    goals = listed([goal.title for goal in route.goals], 4)
    if not route.steps:
        return [line((row, "title")) for row in wrap(f"You've reached {goals}.", width)]
    rows = [heading(row) for row in wrap(f"The path to {goals}", width)]
    rows += [*paragraph(_total(route, page.aim), width), *_levers(page, width)]
    rows += [*_passed(page, width), EMPTY]
    number = 1
    for step in route.steps:
        rows += _step(page, step, number, width)
        number += len(step.works)
    if number > 1:
        rows += [EMPTY, *paragraph("llmpath start 1, open 1, done 1, show 1", width, 0, "dim")]
    return rows


def _total(route: Route, aim: Aim | None) -> str:
    what = {Aim.USE: "to use it: ", Aim.UNDERSTAND: "to understand it: ", None: ""}[aim]
    text = f"{what}{plural(len(route.steps), 'topic')}, {duration(route.minutes)}"
    text = text[0].upper() + text[1:]
    short = sum(not step.enough for step in route.steps)
    if route.depth is Depth.QUICK:
        text += ", one resource per topic"
    elif route.depth is Depth.DEEP:
        text += ", all core resources"
    if short:
        verb = "needs" if short == 1 else "need"
        text += f"; {plural(short, 'topic')} {verb} more than this to count as passed"
    return text


def _levers(page: PathPage, width: int) -> list[Line]:
    """Return what costs most of the path, each with the command that drops or adds it."""
    rows: list[Line] = []
    other = page.otherwise
    if other:
        topics = other.topics - len(page.route.steps)
        minutes = other.minutes - page.route.minutes
        if topics > 0:
            text = f"To {other.aim} it as well: +{plural(topics, 'topic')}, {duration(minutes)}"
        else:
            text = f"Only to {other.aim} it: {plural(-topics, 'topic')} fewer"
            text += f", {duration(-minutes)} less" if minutes < 0 else ""
        command = " ".join(["llmpath path", *page.named, f"--aim {other.aim}"])
        rows += _with_command(text, command, width)
    for lever in page.levers:
        names = f"{page.map.title(lever.topic)} needs {page.map.title(lever.needed)}"
        cost = f"{plural(lever.topics, 'topic')}, {duration(lever.minutes)}"
        text = f"{names} only to be understood; without it {cost} less"
        rows += _with_command(text, f"llmpath ignore {lever.topic} {lever.needed}", width)
    return rows


def _with_command(text: str, command: str, width: int) -> list[Line]:
    """Return *text* with the *command* for it, on a line of its own where it does not fit."""
    if width_of(f"{text}: {command}") <= width:
        return paragraph(f"{text}: {command}", width, 0, "dim")
    return [*paragraph(f"{text}:", width, 0, "dim"), line((f"  {command}", "dim"))]


def _passed(page: PathPage, width: int) -> list[Line]:
    """Return what the way leaves out, and why."""
    rows: list[Line] = []
    states = page.map.states
    known = [page.map.title(id_) for id_ in page.route.left_out if states[id_] in PASSED]
    skipped = [page.map.title(id_) for id_ in page.route.left_out if states[id_] is State.SKIPPED]
    beyond = [
        page.map.title(id_)
        for id_ in page.route.left_out
        if states[id_] not in PASSED and states[id_] is not State.SKIPPED
    ]
    for reason, names in (
        ("you know them", known),
        ("you skip them", skipped),
        ("you have already passed what builds on them", beyond),
    ):
        if names:
            text = f"Skipped, because {reason}: {listed(names, SKIPPED_SHOWN)}"
            rows += paragraph(text, width, 0, "dim")
    for topic, needed in page.ignored:
        if topic in {step.topic for step in page.route.steps}:
            text = f"Ignored by you: {page.map.title(needed)} for {page.map.title(topic)}"
            rows += paragraph(text, width, 0, "dim")
    return rows


def _step(page: PathPage, step: Step, number: int, width: int) -> list[Line]:
    sign = SIGNS[step.state]
    tail = duration(step.minutes) if step.minutes else ""
    room = width - 2 - width_of(tail) - 2
    title = page.map.title(step.topic)
    style = "title" if step.state is State.READY else ""
    rows = [line(sign, " ", Span(pad(title, room), style), "  ", (tail, "dim"))]
    rows += paragraph(reason(page, step), width, 4, "dim")
    for offset, work in enumerate(step.works):
        rows.append(_work(work, page, number + offset, width))
    if not step.works:
        rows += paragraph(_nothing_to_read(page, step), width, 4)
    return rows


def _work(work: Resource, page: PathPage, number: int, width: int) -> Line:
    start = f"    {number:>2}  "
    mark = (
        Span("◐ ", "doing", word="in progress")
        if page.map.learned.statuses.get(work.id) is Status.DOING
        else Span("")
    )
    length = f", {duration(work.minutes)}" if work.minutes is not None else ""
    tail = f"  {work.kind}{length}"
    room = max(width - width_of(start) - width_of(mark.text) - width_of(tail), 12)
    return line((start, "number"), mark, Span(cut(work.title, room), "", work.url), (tail, "dim"))


def _nothing_to_read(page: PathPage, step: Step) -> str:
    if page.map.roadmap.nodes[step.topic].core and step.enough:
        return "what you study for the topics above covers it"
    if step.unread:
        return f"what there is is in {listed(step.unread)}, which you don't read"
    return f"no resource is listed; once you know it: llmpath know {step.topic}"


def reason(page: PathPage, step: Step) -> str:
    """Say why *step* is on the way: what needs it, and for what."""
    ends = topics_of(page.route.goals)
    if step.topic in ends and not step.needed_by:
        return "your goal" if len(ends) == len(page.route.goals) else "part of your goal"
    first, *more = step.needed_by
    text = f"for {page.map.title(first)}: {page.because.get((first, step.topic), '')}".rstrip(": ")
    if more:
        text += f" Also for {listed([page.map.title(id_) for id_ in more])}."
    return f"your goal; {text}" if step.topic in ends else text


def data(page: PathPage) -> dict[str, Any]:
    """Return the way for other programs."""
    route = page.route
    return {
        "goals": [goal.id for goal in route.goals],
        "aim": page.aim,
        "otherwise": page.otherwise._asdict() if page.otherwise else None,
        "levers": [lever._asdict() for lever in page.levers],
        "depth": str(route.depth),
        "minutes": route.minutes,
        "hours": round(route.minutes / 60, 2),
        "steps": [
            {
                "id": step.topic,
                "title": page.map.title(step.topic),
                "state": str(step.state),
                "minutes": step.minutes,
                "enough": step.enough,
                "unread": list(step.unread),
                "needed_by": [
                    {"id": id_, "because": page.because.get((id_, step.topic), "")}
                    for id_ in step.needed_by
                ],
                "resources": [
                    shapes.resource(work, page.map.learned.statuses.get(work.id, Status.TODO))
                    for work in step.works
                ],
            }
            for step in route.steps
        ],
        "left_out": [
            shapes.brief_topic(page.map.roadmap.nodes[id_], page.map.states[id_])
            for id_ in route.left_out
        ],
        "ignored": [{"topic": topic, "requires": needed} for topic, needed in page.ignored],
    }
