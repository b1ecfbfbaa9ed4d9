"""Show all there is to know about one resource or topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from llmpath.actions.show import ResourcePage, TopicPage
from llmpath.curriculum import Prerequisite
from llmpath.model import Note, Progress, Resource, Spent
from llmpath.phrases import clock, duration, exactly, listed
from llmpath.render import json as shapes
from llmpath.render.dates import local_day
from llmpath.render.layout import (
    EMPTY,
    Line,
    Span,
    facts,
    harmless,
    heading,
    length,
    line,
    paragraph,
    plural,
    verbatim,
    wrap,
)
from llmpath.render.pages.list import table
from llmpath.render.signs import SIGNS
from llmpath.study.sittings import total
from llmpath.vocab import Aim, Cost, Need, State, Status, Upkeep

if TYPE_CHECKING:
    from llmpath.actions.roadmap import MapPage

KEPT: Mapping[str, str] = {
    Upkeep.ARCHIVED: "Archived: no longer kept up.",
    Upkeep.STUB: "A stub: there is hardly anything in it.",
    Upkeep.SUPERSEDED: "Superseded.",
}
COSTS: Mapping[str, str] = {
    Cost.FREE: "",
    Cost.ACCOUNT: "free, with an account",
    Cost.PAID: "paid",
}
NOTES_SHOWN = 20  # the last ones; `notes` has them all, whole
LONGEST_SHOWN = 10_000  # characters of a note


def lines(page: ResourcePage | TopicPage | MapPage, width: int) -> list[Line]:
    """Return a resource or a topic in full, of a module or track all its topics."""
    if isinstance(page, TopicPage):
        return _topic_lines(page, width)
    if isinstance(page, ResourcePage):
        return _resource_lines(page, width)
    from llmpath.render.pages import roadmap  # 0.5 ms, and most look at one thing

    return roadmap.lines(page, roadmap.Shown.ALL, width)


def data(page: ResourcePage | TopicPage | MapPage) -> dict[str, Any]:
    """Return a resource, a topic or a part of the map in full for other programs."""
    if isinstance(page, TopicPage):
        return _topic_data(page)
    if isinstance(page, ResourcePage):
        return _resource_data(page)
    from llmpath.render.pages import roadmap

    return {"what": "part", **roadmap.data(page)}


def _resource_lines(page: ResourcePage, width: int) -> list[Line]:
    """Return a resource in full."""
    work, progress = page.work, page.progress
    rows = [line((row, "title")) for row in wrap(work.title, width)]
    rows.append((Span(work.url, "link", work.url),))
    rows.append(EMPTY)
    if not work.is_live:
        rows += [*_kept(work, width), EMPTY]
    if work.summary:
        rows += [*paragraph(work.summary, width), EMPTY]
    if work.because:
        rows += [*paragraph(f"Must-read: {work.because}", width), EMPTY]
    rows += facts(
        [
            ("id", work.id),
            ("kind", f"{work.kind}, {work.level}{', must-read' if work.essential else ''}"),
            ("by", ", ".join(work.authors)),
            ("year", years(work)),
            ("in", work.foreign),
            ("takes", duration(work.minutes) if work.minutes is not None else ""),
            ("cost", COSTS[work.cost]),
            ("needs", listed([Need(need).said for need in work.needs])),
            ("rows", (work.dataset.rows or "") if work.dataset else ""),
            ("category", work.dataset.category if work.dataset else ""),
            ("released", (work.dataset.released or "") if work.dataset else ""),
            ("topics", ", ".join(f"{node.title} ({state})" for node, state in page.topics)),
            ("checked", work.verified),
            ("listed in", ", ".join(source.title for source in page.sources)),
            ("status", yours(progress)),
            ("spent", time_spent(work, progress, page.spent)),
        ],
        width,
    )
    if page.related:
        rows += [EMPTY, heading("Related"), *table(page.related, width, lettered=True)]
    return rows + _notes(page.notes, work.id, width)


def _kept(work: Resource, width: int) -> list[Line]:
    """Return how the resource is kept up, and where to go instead."""
    rows = [line((KEPT[work.upkeep], "warn"))]
    if work.superseded_by:
        rows += paragraph(f"See instead: llmpath show {work.superseded_by}", width, 0, "dim")
    return rows


def years(work: Resource) -> str:
    """Return when a resource is from, and when it was updated."""
    parts = [str(work.year) if work.year else ""]
    if work.updated and work.updated != work.year:
        parts.append(f"updated {work.updated}")
    return ", ".join(filter(None, parts))


def yours(progress: Progress) -> str:
    """Return in words where a learner stands with a resource."""
    parts = ["not started" if progress.status is Status.TODO else str(progress.status)]
    if progress.status is Status.DONE and progress.finished_at:
        parts = [f"done on {local_day(progress.finished_at)}"]
        if progress.started_at and progress.started_at > progress.finished_at:
            parts.append(f"started again on {local_day(progress.started_at)}")
    elif progress.status is Status.DOING and progress.started_at:
        parts = [f"in progress since {local_day(progress.started_at)}"]
    if progress.rating is not None:
        parts.append(f"rated {progress.rating} of 5")
    return ", ".join(parts)


def time_spent(work: Resource, progress: Progress, spent: Spent) -> str:
    """Return the time spent on a resource, in how many sittings, and where to go on."""
    minutes = total(progress, spent)
    if minutes is None:
        return ""
    count = f"{plural(spent.sittings, 'sitting')}, " if spent.sittings else ""
    left = work.minutes and spent.minutes < work.minutes
    going = progress.status is Status.DOING and spent.sittings and left
    place = f"; go on at {clock(spent.minutes)}" if going else ""
    length = f"{minutes} min" if minutes < 120 else exactly(minutes)
    return f"{count}{length}{place}"


def _notes(notes: Sequence[Note], target: str, width: int) -> list[Line]:
    """Return the last notes on *target*, each cut where it gets very long."""
    rows: list[Line] = []
    shown = notes[-NOTES_SHOWN:]
    if len(shown) < len(notes):
        count = plural(len(notes) - len(shown), "earlier note")
        rows += [EMPTY, *paragraph(f"... {count}: llmpath notes {target}", width, 0, "dim")]
    for note in shown:
        rows += [EMPTY, heading(f"Note {note.number}, {local_day(note.created_at)}")]
        rows += verbatim(note.body[:LONGEST_SHOWN], width, 2)
        rest = len(note.body) - LONGEST_SHOWN
        if rest > 0:
            more = f"... {rest:,} more characters: llmpath notes {target}"
            rows += paragraph(more, width, 2, "dim")
    return rows


def _topic_lines(page: TopicPage, width: int) -> list[Line]:
    """Return a topic in full."""
    topic = page.topic
    rows = [line((row, "title")) for row in wrap(topic.title, width)]
    rows += [*paragraph(_state(page), width, 0, "dim"), EMPTY]
    rows += [*paragraph(topic.summary, width), EMPTY]
    if topic.aliases:
        rows += [*paragraph("Also: " + ", ".join(topic.aliases), width, 0, "dim"), EMPTY]
    rows += _edges("Builds on", topic.requires, page, width)
    rows += _edges("Unlocks", page.unlocks, page, width)
    if page.core:
        need = f"{page.node.enough} of {len(page.core)} is enough to move on"
        rows.append(line(("Study", "heading"), (f"  {need}", "dim")))
        rows += [*table(page.core, width, lettered=True), EMPTY]
    number = len(page.core) + 1
    if page.further:
        rows += [heading("To round it off"), *table(page.further, width, number, True), EMPTY]
        number += len(page.further)
    if page.others:
        shown = page.others_shown
        rows += [heading("More on this topic"), *table(shown, width, number, True)]
        if len(page.others) > len(shown):
            more = f"... {len(page.others) - len(shown)} more: llmpath list --topic {topic.id}"
            rows.append(line((more, "dim")))
        rows.append(EMPTY)
    if topic.cards:
        rows.append(heading("Check yourself"))
        for card in topic.cards:
            rows += _bullet(card.ask, width)
        rows.append(EMPTY)
    if topic.insights:
        rows.append(heading("From the guides"))
        for insight in topic.insights:
            by = f"{insight.by}, an opinion" if insight.opinion else insight.by
            rows += _bullet(f"{insight.text} ({by})", width)
        rows.append(EMPTY)
    rows = rows[:-1]
    return rows + _notes(page.notes, topic.id, width)


def _state(page: TopicPage) -> str:
    standing = page.standing
    text = f"{page.topic.id}, {standing.state}"
    if standing.state is State.LOCKED:
        text += f": {plural(len(page.waits), 'topic')} before it"
        text += f", first {listed([page.titles[id_] for id_ in page.waits])}"
    elif standing.state is State.READY and standing.minutes_left:
        text += f", {duration(standing.minutes_left)} to study"
    return text


def _edges(title: str, edges: Sequence[Prerequisite], page: TopicPage, width: int) -> list[Line]:
    if not edges:
        return []
    rows = [heading(title)]
    for edge in edges:
        state = page.states[edge.topic]
        sign = SIGNS[state]
        note = "only to understand it" if edge.to == Aim.UNDERSTAND else ""
        first = line("  ", sign, " ", harmless(page.titles[edge.topic]))
        if note and length(first) + 2 + len(note) <= width:
            rows.append((*first, *line((f"  {note}", "dim"))))
        else:
            rows += [first, *(paragraph(note, width, 4, "dim") if note else ())]
        rows += paragraph(edge.because, width, 4, "dim")
    return [*rows, EMPTY]


def _bullet(text: str, width: int) -> list[Line]:
    rows = paragraph(text, width, 4)
    return [line("  - ", *rows[0][1:]), *rows[1:]] if rows else []


def _resource_data(page: ResourcePage) -> dict[str, Any]:
    """Return a resource in full for other programs."""
    work, progress = page.work, page.progress
    return {
        "what": "resource",
        **shapes.resource(work, progress.status),
        "also": list(work.also),
        "dataset": work.dataset._asdict() if work.dataset else None,
        "started_at": progress.started_at,
        "finished_at": progress.finished_at,
        "minutes_spent": total(progress, page.spent),
        "sittings": page.spent.sittings,
        "rating": progress.rating,
        "topic_states": [shapes.brief_topic(node, state) for node, state in page.topics],
        "notes": [note._asdict() for note in page.notes],
        "related": [shapes.resource(other, status) for other, status in page.related],
    }


def _topic_data(page: TopicPage) -> dict[str, Any]:
    """Return a topic in full for other programs."""
    topic = page.topic

    def edges(rows: Sequence[Prerequisite]) -> list[dict[str, Any]]:
        return [
            {
                "id": edge.topic,
                "title": page.titles[edge.topic],
                "state": str(page.states[edge.topic]),
                "because": edge.because,
                "to": edge.to,
            }
            for edge in rows
        ]

    return {
        "what": "topic",
        **shapes.topic(page.node, page.standing),
        "summary": topic.summary,
        "aliases": list(topic.aliases),
        "enough": topic.enough,
        "requires": edges(topic.requires),
        "unlocks": edges(page.unlocks),
        "waits_for": list(page.waits),
        "core_resources": [shapes.resource(work, status) for work, status in page.core],
        "further_resources": [shapes.resource(work, status) for work, status in page.further],
        "size": topic.size,
        "lasting": topic.lasting,
        "other_resources": [shapes.resource(work, status) for work, status in page.others],
        "cards": [
            {"id": card.id, "ask": card.ask, "answer": card.answer, "asks": card.asks}
            for card in topic.cards
        ],
        "insights": [insight._asdict() for insight in topic.insights],
        "notes": [note._asdict() for note in page.notes],
    }
