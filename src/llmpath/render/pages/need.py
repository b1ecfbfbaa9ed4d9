"""Show what a text needs: what of it the learner has and lacks, and the way to that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from llmpath.render.pages import outcome
from llmpath.render.signs import SIGNS
from llmpath.study.graph import PASSED
from llmpath.vocab import Aim, State, Status

if TYPE_CHECKING:
    from llmpath.actions.needing import NeedPage
    from llmpath.search.needs import Need
    from llmpath.study.path import Step

HAD_SHOWN, BESIDES_SHOWN = 12, 6
LONGEST_WORDS = 40  # columns of one piece of the text


def lines(page: NeedPage, width: int) -> list[Line]:
    """Return the topics, those that are lacking numbered."""
    if not page.needs:
        return _none(page, width)
    count = plural(len(page.needs), "topic")
    rows = [heading(row) for row in wrap(f"What {_called(page)} needs: {count}", width)]
    about = [page.map.title(need.topic) for need in page.needs if need.main]
    if about:
        rows += paragraph(f"It is about: {'; '.join(about)}", width)
    rows += [*_left_out(page, width), *_taken_out(page, width)]
    rows += _has(page, width)
    rows += _lacking(page, width)
    rows += _way(page, width)
    return [*rows, EMPTY, *_next(page, width)]


def _called(page: NeedPage) -> str:
    """Return what the text is called in the middle of a sentence."""
    source = page.source
    return f'"{source.name}"' if source.resource else source.name


def _none(page: NeedPage, width: int) -> list[Line]:
    text = f"No topic of the map is named in {_called(page)}, and none is near."
    if page.removed:
        text = f"You removed all that {_called(page)} needs."
    hint = "Name one yourself with --add TOPIC, or look for its words: llmpath search WORDS"
    told = [*_left_out(page, width), *_taken_out(page, width)]
    return [*paragraph(text, width), *told, *paragraph(hint, width, 0, "dim")]


def _left_out(page: NeedPage, width: int) -> list[Line]:
    left = page.source.left_out
    return paragraph(f"Not read: {left}.", width, 0, "dim") if left else []


def _taken_out(page: NeedPage, width: int) -> list[Line]:
    """Return what was removed, and what could not be since the text does not need it."""
    rows: list[Line] = []
    for start, ids in (("Removed", page.removed), ("Not needed anyway", page.strangers)):
        if ids:
            titles = listed([page.map.title(id_) for id_ in ids], HAD_SHOWN)
            rows += paragraph(f"{start}: {titles}", width)
    return rows


def _has(page: NeedPage, width: int) -> list[Line]:
    """Return what the learner need not learn, and why."""
    rows: list[Line] = []
    states = page.map.states
    for start, named in (
        ("You have", [id_ for id_ in page.has if states[id_] in PASSED]),
        ("You skip", [id_ for id_ in page.has if states[id_] is State.SKIPPED]),
    ):
        if named:
            titles = listed([page.map.title(id_) for id_ in named], HAD_SHOWN)
            rows += [EMPTY, *paragraph(f"{start}: {titles}", width)]
    return rows


def _lacking(page: NeedPage, width: int) -> list[Line]:
    steps = page.lacking
    if not steps:
        return [EMPTY, line(("You lack nothing of it.", "title"))]
    head = "You lack it:" if len(steps) == 1 else f"You lack {len(steps)}, in the order to learn:"
    words = {need.topic: need for need in page.needs}
    rows = [EMPTY, line(head)]
    for step in steps:
        number = page.numbered.index(step.topic) + 1
        rows += _topic(page, step, words[step.topic], number, width)
    return rows


def _topic(page: NeedPage, step: Step, need: Need, number: int, width: int) -> list[Line]:
    start = f"{number:>2}  "
    tail = duration(step.minutes) if step.minutes else ""
    room = width - width_of(start) - 2 - width_of(tail) - 2
    title = pad(page.map.title(step.topic), room)
    row = line((start, "number"), SIGNS[step.state], " ", Span(title, "title" if need.main else ""))
    return [
        (*row, *line("  ", (tail, "dim"))),
        *paragraph(_evidence(page, need), width, 6, "dim"),
    ]


def _evidence(page: NeedPage, need: Need) -> str:
    """Say what of the text speaks for a topic."""
    if need.words:
        return ", ".join(cut(word, LONGEST_WORDS) for word in need.words)
    if need.topic in page.added:
        return "added by you"
    if page.source.resource and need.topic in page.source.resource.topics:
        return "what it is listed under"
    return "by its words as a whole"


def _way(page: NeedPage, width: int) -> list[Line]:
    """Return what the way takes in all, and where it begins."""
    route = page.route
    if not route.steps:
        return []
    rows: list[Line] = [EMPTY]
    if page.besides:
        titles = listed([page.map.title(step.topic) for step in page.besides], BESIDES_SHOWN)
        verb = "This needs" if len(page.lacking) == 1 else "These need"
        rows += paragraph(f"{verb} {len(page.besides)} more: {titles}", width)
    what = {Aim.USE: ", to use it", Aim.UNDERSTAND: ", to understand it", None: ""}[page.aim]
    total = f"{plural(len(route.steps), 'topic')}, {duration(route.minutes)}"
    rows += paragraph(f"In all{what}: {total}", width)
    if page.to_use:
        less = f"{plural(page.to_use.topics, 'topic')}, {duration(page.to_use.minutes)}"
        rows += paragraph(f"Only to use it: {less} (--aim use)", width)
    first = route.steps[0]
    begin = f"Begin with {page.map.title(first.topic)}"
    if first.works:
        work = first.works[0]
        length = f", {duration(work.minutes)}" if work.minutes is not None else ""
        begin += f": {work.title} ({work.kind}{length})"
    return [*rows, *paragraph(begin, width)]


def _next(page: NeedPage, width: int) -> list[Line]:
    """Return what was made of it, or what can be."""
    if page.goals:
        if not page.goals.outcome.changes:
            return paragraph("They are your goals already.", width)
        count = plural(len(page.lacking), "goal")
        said = outcome.marked(f"Set: {count}", width)
        return [*said, *paragraph("llmpath path, llmpath next, llmpath undo", width, 0, "dim")]
    lacking = page.lacking
    number = page.numbered.index(lacking[0].topic) + 1 if lacking else 0
    remove = f"--drop {number or 'TOPIC'}"
    hints = [f"Not right? Remove a topic with {remove}, add one with --add TOPIC."]
    if lacking:
        hints.append("To make what you lack your goals, add --goal.")
    return [row for hint in hints for row in paragraph(hint, width, 0, "dim")]


def data(page: NeedPage) -> dict[str, Any]:
    """Return the same for other programs."""
    states = page.map.states
    nodes = page.map.roadmap.nodes
    source, route = page.source, page.route
    first = route.steps[0] if route.steps else None
    lacking = [step.topic for step in page.lacking]
    found = {
        "source": source.name,
        "resource": source.resource.id if source.resource else None,
        "characters": len(source.text),
        "left_out": source.left_out or None,
        "topics": [
            {
                **shapes.brief_topic(nodes[need.topic], states[need.topic]),
                "main": need.main,
                "score": need.score,
                "words": list(need.words),
                "added": need.topic in page.added,
            }
            for need in page.needs
        ],
        "has": page.has,
        "lacking": lacking,
        "removed": list(page.removed),
        "not_needed": list(page.strangers),
        "aim": page.aim,
        "minutes": route.minutes,
        "hours": round(route.minutes / 60, 2),
        "to_use": page.to_use and {"topics": page.to_use.topics, "minutes": page.to_use.minutes},
        "steps": [
            {
                **shapes.brief_topic(nodes[step.topic], step.state),
                "minutes": step.minutes,
                "needed": step.topic in lacking,
            }
            for step in route.steps
        ],
        "begin": {
            "topic": first.topic,
            "resource": shapes.resource(
                first.works[0],
                page.map.learned.statuses.get(first.works[0].id, Status.TODO),
            )
            if first.works
            else None,
        }
        if first
        else None,
    }
    return outcome.data(page.goals.outcome, **found) if page.goals else found
