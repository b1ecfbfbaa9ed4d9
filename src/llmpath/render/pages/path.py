"""Show the way to a goal: its topics in order, each with its reason and what to study."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from llmpath.model import Resource
from llmpath.phrases import duration, listed
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
from llmpath.study.graph import PASSED, Roadmap
from llmpath.study.path import Step, Way
from llmpath.vocab import Depth, State, Status

LEFT_OUT_SHOWN = 6


class Page(NamedTuple):
    """A way with what it is drawn from; `because` gives the reason of (topic, prerequisite)."""

    way: Way
    roadmap: Roadmap
    states: Mapping[str, State]
    statuses: Mapping[str, Status]
    because: Mapping[tuple[str, str], str]
    ignored: Sequence[tuple[str, str]]

    def title(self, topic: str) -> str:
        """Return the title of a topic, its id where the catalog has lost it."""
        node = self.roadmap.nodes.get(topic)
        return node.title if node else topic


def lines(page: Page, width: int) -> list[Line]:
    """Return the way; resources are numbered."""
    way = page.way
    goals = listed([page.title(goal) for goal in way.goals], 4)
    if not way.steps:
        return [line((row, "title")) for row in wrap(f"You are there: {goals}.", width)]
    rows = [heading(row) for row in wrap(f"The way to {goals}", width)]
    rows += [*paragraph(_total(way), width), *_passed(page, width), EMPTY]
    number = 1
    for step in way.steps:
        rows += _step(page, step, number, width)
        number += len(step.works)
    if number > 1:
        rows += [EMPTY, *paragraph("llmpath start 1, open 1, done 1, show 1", width, 0, "dim")]
    return rows


def _total(way: Way) -> str:
    text = f"{plural(len(way.steps), 'topic')}, {duration(way.minutes)}"
    short = sum(not step.enough for step in way.steps)
    if way.depth is Depth.QUICK:
        text += ", one resource a topic"
    elif way.depth is Depth.DEEP:
        text += ", all core resources"
    if short:
        text += f"; {plural(short, 'topic')} would want more to count as passed"
    return text


def _passed(page: Page, width: int) -> list[Line]:
    """Return what the way leaves out, and why."""
    rows: list[Line] = []
    states = page.states
    known = [page.title(id_) for id_ in page.way.left_out if states[id_] in PASSED]
    skipped = [page.title(id_) for id_ in page.way.left_out if states[id_] is State.SKIPPED]
    beyond = [
        page.title(id_)
        for id_ in page.way.left_out
        if states[id_] not in PASSED and states[id_] is not State.SKIPPED
    ]
    for reason, names in (
        ("you know it", known),
        ("you skip it", skipped),
        ("what builds on it is behind you", beyond),
    ):
        if names:
            text = f"Left out, since {reason}: {listed(names, LEFT_OUT_SHOWN)}"
            rows += paragraph(text, width, 0, "dim")
    for topic, needed in page.ignored:
        if topic in {step.topic for step in page.way.steps}:
            text = f"Ignored by you: {page.title(needed)} for {page.title(topic)}"
            rows += paragraph(text, width, 0, "dim")
    return rows


def _step(page: Page, step: Step, number: int, width: int) -> list[Line]:
    sign = SIGNS[step.state]
    tail = duration(step.minutes) if step.minutes else ""
    room = width - 2 - width_of(tail) - 2
    title = page.title(step.topic)
    style = "title" if step.state is State.READY else ""
    rows = [line(sign, " ", Span(pad(title, room), style), "  ", (tail, "dim"))]
    rows += paragraph(reason(page, step), width, 4, "dim")
    for offset, work in enumerate(step.works):
        rows.append(_work(work, page, number + offset, width))
    if not step.works:
        rows += paragraph(_nothing_to_read(page, step), width, 4)
    return rows


def _work(work: Resource, page: Page, number: int, width: int) -> Line:
    start = f"    {number:>2}  "
    mark = Span("◐ ", "doing") if page.statuses.get(work.id) is Status.DOING else Span("")
    length = f", {duration(work.minutes)}" if work.minutes is not None else ""
    tail = f"  {work.kind}{length}"
    room = max(width - width_of(start) - width_of(mark.text) - width_of(tail), 12)
    return line((start, "number"), mark, Span(cut(work.title, room), "", work.url), (tail, "dim"))


def _nothing_to_read(page: Page, step: Step) -> str:
    if page.roadmap.nodes[step.topic].core and step.enough:
        return "what you study for the topics above is enough"
    return f"nothing is listed to read; when you know it: llmpath know {step.topic}"


def reason(page: Page, step: Step) -> str:
    """Say why *step* is on the way: what needs it, and for what."""
    if step.topic in page.way.goals and not step.needed_by:
        return "your goal"
    first, *more = step.needed_by
    text = f"for {page.title(first)}: {page.because.get((first, step.topic), '')}".rstrip(": ")
    if more:
        text += f" Also for {listed([page.title(id_) for id_ in more])}."
    return f"your goal; {text}" if step.topic in page.way.goals else text


def data(page: Page) -> dict[str, Any]:
    """Return the way for other programs."""
    way = page.way
    return {
        "goals": list(way.goals),
        "depth": str(way.depth),
        "minutes": way.minutes,
        "hours": round(way.minutes / 60, 2),
        "steps": [
            {
                "id": step.topic,
                "title": page.title(step.topic),
                "state": str(step.state),
                "minutes": step.minutes,
                "enough": step.enough,
                "needed_by": [
                    {"id": id_, "because": page.because.get((id_, step.topic), "")}
                    for id_ in step.needed_by
                ],
                "resources": [
                    shapes.resource(work, page.statuses.get(work.id, Status.TODO))
                    for work in step.works
                ],
            }
            for step in way.steps
        ],
        "left_out": [
            shapes.brief_topic(page.roadmap.nodes[id_], page.states[id_]) for id_ in way.left_out
        ],
        "ignored": [{"topic": topic, "requires": needed} for topic, needed in page.ignored],
    }
