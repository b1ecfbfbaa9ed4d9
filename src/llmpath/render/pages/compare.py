"""Show things side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from llmpath.actions.comparing import start_of
from llmpath.errors import quoted
from llmpath.phrases import duration, listed
from llmpath.render import json as shapes
from llmpath.render.layout import (
    EMPTY,
    Line,
    Span,
    beside,
    facts,
    heading,
    line,
    paragraph,
    plural,
    told,
    wrap,
)
from llmpath.render.pages.list import table
from llmpath.render.pages.show import COSTS, time_spent, years, yours
from llmpath.render.signs import SIGNS
from llmpath.study.graph import CLEARED
from llmpath.vocab import Aim, Need

if TYPE_CHECKING:
    from llmpath.actions.comparing import ComparePage, Precedence, ResourceSide, Side, TopicSide
    from llmpath.model import Resource
    from llmpath.vocab import Status

LEAST_COLUMN = 38  # columns that one of several beside each other needs: two in 80
GAP = 4  # columns between them
NAMED = 4  # topics of a list that are named; the others are counted
TERMS_NAMED = 6
TO = {Aim.USE: "needed to use it", Aim.UNDERSTAND: "needed only to understand it"}


def lines(
    page: ComparePage, width: int, in_columns: bool = False, answers: bool = False
) -> list[Line]:
    """Return things one after the other, or *in_columns* where the width allows.

    With *answers* the questions have theirs.
    """
    rows: list[Line] = []
    for side in page.sides:
        if side.meant.read:
            rows += paragraph(
                f"Read {quoted(side.meant.said)} as {side.meant.title}.", width, 0, "warn"
            )
    if rows:
        rows.append(EMPTY)
    count = len(page.sides)
    column = (width - GAP * (count - 1)) // count
    if in_columns and column >= LEAST_COLUMN:
        parts = [_parts(page, side, column) for side in page.sides]
        for several in zip(*parts, strict=True):
            if any(several):
                rows += [*beside(several, column, GAP), EMPTY]
    else:
        for side in page.sides:
            rows += [row for part in _parts(page, side, width) if part for row in (*part, EMPTY)]
    rows += _common(page, width)
    rows += _together(page, width)
    rows += _questions(page, width, answers)
    return [*rows, *_way(page, width)] if page.ahead else rows[:-1]


def _way(page: ComparePage, width: int) -> list[Line]:
    """Return how to go on: the command stays whole, to be copied."""
    what = _both(page) if len(page.ahead) > 1 else "it"
    text = f"What to study for {what}: llmpath path {' '.join(page.ahead)}"
    return [line(row) for row in told(text, width)]


def _both(page: ComparePage) -> str:
    return "both" if len(page.sides) == 2 else "all"


def _parts(page: ComparePage, side: Side, width: int) -> list[list[Line]]:
    """Return the parts of a side, each at its place; what it has nothing to say on is empty."""
    term, topic = side.meant.term, side.topic
    name = f"{term.term}: {term.stands_for}" if term and term.stands_for else side.meant.title
    own: list[Line] = []
    number = ""
    if side.resource:
        number = f"{page.numbered.index(side.resource.work.id) + 1} "
        own = _resource(side.resource, width)
    elif term:
        own = paragraph(term.definition, width)
        if term.synonyms:
            own += paragraph(f"Also: {', '.join(term.synonyms)}", width, 0, "dim")
    head = [line((row, "title")) for row in wrap(name, width - len(number))]
    if number:
        head = [line((number, "number"), *head[0]), *head[1:]]
    if len(page.comparison.topics) == 1:
        return [[*head, *(own or _topic(topic, width, False))]]
    if side.resource or term:
        return [
            [*head, *own],
            [heading("Topic"), *_topic(topic, width, True)],
            *_map(page, side, width),
        ]
    return [[*head, *_topic(topic, width, False)], [], *_map(page, side, width)]


def _resource(side: ResourceSide, width: int) -> list[Line]:
    work = side.work
    rows = facts(
        [
            ("kind", f"{work.kind}, {work.level}{', must-read' if work.essential else ''}"),
            ("by", listed(work.authors)),
            ("year", years(work)),
            ("in", work.foreign),
            ("takes", duration(work.minutes) if work.minutes is not None else ""),
            ("cost", COSTS[work.cost] or "free"),
            ("needs", listed([Need(need).said for need in work.needs])),
            ("kept", "" if work.is_live else work.upkeep),
            ("topics", ", ".join(node.title for node in side.topics)),
            ("status", yours(side.progress)),
            ("spent", time_spent(work, side.progress, side.spent)),
        ],
        width,
    )
    return [*rows, *paragraph(work.summary, width)]


def _topic(topic: TopicSide, width: int, titled: bool) -> list[Line]:
    """Return a topic's standing and summary, its title too where that was not told."""
    state = topic.standing.state
    text = str(state)
    if state not in CLEARED:
        if topic.standing.minutes_left:
            text += f", {duration(topic.standing.minutes_left)} to study"
        if topic.waits:
            text += f", after {plural(topic.waits, 'topic')}"
            text += f" ({duration(topic.before)})" if topic.before else ""
    rows: list[Line] = []
    if titled:
        rows += _signed(SIGNS[state], topic.node.title, width, 0, "title")
        rows += paragraph(text, width, 2, "dim")
    else:
        rows += _signed(SIGNS[state], text, width, 0, "dim")
    return [*rows, *paragraph(topic.summary, width)]


def _signed(sign: Span, text: str, width: int, indent: int, style: str = "") -> list[Line]:
    """Return *text* wrapped behind *sign*."""
    rows = paragraph(text, width, indent + 2, style)
    return [(Span(" " * indent), sign, Span(" "), *rows[0][1:]), *rows[1:]]


def _map(page: ComparePage, side: Side, width: int) -> Iterable[list[Line]]:
    """Yield what a side alone needs, what it opens, its terms and where to start.

    Of a resource that is nothing: it has its place on the map by its topic.
    """
    if side.resource:
        yield from ([], [], [], [])
        return
    alone = page.comparison.alone(side.key)
    yield _needs(page, "Needed for this alone", alone, width)
    opened = [page.map.title(id_) for id_ in page.comparison.opens[side.key]]
    yield [heading("Opens"), *paragraph(listed(opened, NAMED), width, 2)] if opened else []
    terms = [] if side.meant.term else [term.term for term in side.topic.terms]
    yield [heading("Terms"), *paragraph(listed(terms, TERMS_NAMED), width, 2)] if terms else []
    yield _start(page, side, width)


def _start(page: ComparePage, side: Side, width: int) -> list[Line]:
    start = start_of(side)
    if not start:
        return []
    return [heading("Start with"), *_numbered(page, [start], width)]


def _numbered(
    page: ComparePage, rows: Iterable[tuple[Resource, Status]], width: int
) -> Iterable[Line]:
    """Yield resources, each with the number that it has on the page."""
    for row in rows:
        yield from table([row], width, page.numbered.index(row[0].id) + 1)


def _needs(page: ComparePage, title: str, topics: Sequence[str], width: int) -> list[Line]:
    """Return the nearest of *topics*, each with its state, and how many there are behind them."""
    if not topics:
        return []
    shown = page.nearest(topics)[:NAMED]
    rows = [heading(title)]
    for id_ in shown:
        rows += _signed(SIGNS[page.map.states[id_]], page.map.title(id_), width, 2)
    rest = len(topics) - len(shown)
    if rest:
        rows += paragraph(f"and {plural(rest, 'more topic')} behind", width, 4, "dim")
    return rows


def _common(page: ComparePage, width: int) -> list[Line]:
    """Return how the sides are connected: on the map, or by what they belong to together."""
    rows: list[Line] = []
    both = _both(page).capitalize()
    works = [side.resource for side in page.sides if side.resource]
    if len(works) == len(page.sides):
        shared = [node.title for node in works[0].topics if all(node in w.topics for w in works)]
        if shared:
            rows += [heading(f"{both} treat"), *paragraph(listed(shared, NAMED), width, 2), EMPTY]
    if len(page.comparison.topics) > 1:
        return [*rows, *_on_the_map(page, width)]
    if rows:
        return rows
    rows = [*_belonging(page, width), EMPTY]
    start = next((_start(page, side, width) for side in page.sides if start_of(side)), [])
    return [*rows, *start, EMPTY] if start else rows


def _belonging(page: ComparePage, width: int) -> list[Line]:
    """Return the one topic that all sides belong to, which may be one of them."""
    parts = [side.meant.title for side in page.sides if side.meant.what != "topic"]
    topic = page.sides[0].topic
    if len(parts) < len(page.sides):
        verb = "belongs" if len(parts) == 1 else "belong"
        return paragraph(f"{listed(parts, NAMED)} {verb} to {topic.node.title}.", width)
    title = heading(f"{_both(page).capitalize()} belong to")
    return [title, *_topic(topic, width, True)]


def _on_the_map(page: ComparePage, width: int) -> list[Line]:
    """Return which of the topics comes before which, and what they build on together."""
    rows: list[Line] = []
    both = _both(page).capitalize()
    shared, in_part = page.comparison.shared, page.comparison.in_part()
    for one in page.leads:
        rows += [*_lead(page, one, width), EMPTY]
    if not page.leads:
        none = "Neither needs the other" if len(page.sides) == 2 else "None needs another"
        none += "." if shared or in_part else ", and there is nothing that they share on the map."
        rows += [*paragraph(none, width), EMPTY]
    for title, topics in ((f"{both} build on", shared), ("Several build on", in_part)):
        rows += [*_needs(page, title, topics, width), EMPTY] if topics else []
    return rows


def _lead(page: ComparePage, one: Precedence, width: int) -> list[Line]:
    title = page.map.title
    before, after = title(one.lead.before), title(one.lead.after)
    if one.aim:
        rows = paragraph(f"{before} comes before {after}: {TO[Aim(one.aim)]}.", width)
        return [*rows, *paragraph(one.because, width, 2, "dim")]
    between = [title(id_) for id_ in one.lead.way[1:-1]]
    return paragraph(f"{before} comes before {after}, by way of {listed(between, 3)}.", width)


def _together(page: ComparePage, width: int) -> list[Line]:
    both = _both(page)
    if any(side.resource for side in page.sides):
        return []
    if not page.together:
        return [*paragraph(f"No resource treats {both} of them.", width), EMPTY]
    return [heading(f"Resources on {both}"), *_numbered(page, page.together, width), EMPTY]


def _questions(page: ComparePage, width: int, answers: bool) -> list[Line]:
    rows: list[Line] = []
    if page.questions:
        rows.append(heading("Ask yourself"))
        for one in page.questions:
            rows += _signed(Span("-"), one.card.ask, width, 2)
            if answers:
                rows += paragraph(one.card.answer, width, 4, "dim")
        if not answers:
            rows += paragraph("The answers: the same with --answers", width, 4, "dim")
        rows.append(EMPTY)
    if page.lessons:
        rows.append(heading("From the guides"))
        for lesson in page.lessons:
            by = f"{lesson.by}, an opinion" if lesson.opinion else lesson.by
            rows += _signed(Span("-"), f"{lesson.text} ({by})", width, 2)
        rows.append(EMPTY)
    return rows


def data(page: ComparePage) -> dict[str, Any]:
    """Return things side by side for other programs."""

    def brief(ids: Iterable[str]) -> list[dict[str, Any]]:
        nodes, states = page.map.roadmap.nodes, page.map.states
        return [shapes.brief_topic(nodes[id_], states[id_]) for id_ in ids]

    return {
        "sides": [_side_data(page, side, brief) for side in page.sides],
        "shared": brief(page.comparison.shared),
        "nearest_shared": page.nearest(page.comparison.shared),
        "in_part": brief(page.comparison.in_part()),
        "leads": [
            {
                "before": one.lead.before,
                "after": one.lead.after,
                "way": list(one.lead.way),
                "to": one.aim or None,
                "because": one.because,
            }
            for one in page.leads
        ],
        "results": [shapes.resource(work, status) for work, status in page.together],
        "questions": [
            {"topic": one.topic, "id": one.card.id, "ask": one.card.ask, "answer": one.card.answer}
            for one in page.questions
        ],
        "insights": [lesson._asdict() for lesson in page.lessons],
    }


def _side_data(page: ComparePage, side: Side, brief: Any) -> dict[str, Any]:
    meant, topic = side.meant, side.topic
    return {
        "said": meant.said,
        "read_as": meant.title if meant.read else None,
        "what": meant.what,
        "id": meant.id,
        "title": meant.title,
        "term": meant.term._asdict() if meant.term else None,
        "resource": shapes.resource(side.resource.work, side.resource.progress.status)
        if side.resource
        else None,
        "topic": {
            **shapes.topic(topic.node, topic.standing),
            "summary": topic.summary,
            "terms": [term.term for term in topic.terms],
            "waits": topic.waits,
            "minutes_before": topic.before,
            "start": shapes.resource(*topic.start) if topic.start else None,
        },
        "needs_alone": brief(page.comparison.alone(side.key)),
        "opens": brief(page.comparison.opens[side.key]),
    }
