"""Show why something is or is not recommended now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.phrases import listed
from llmpath.render.dates import local_day
from llmpath.render.layout import EMPTY, Line, Span, heading, line, paragraph, plural, wrap
from llmpath.render.pages.next import pick_data, score_lines
from llmpath.render.signs import SIGNS
from llmpath.study.graph import CLEARED
from llmpath.study.recommend import Pick, open_goals
from llmpath.study.why import Hindrance
from llmpath.vocab import State, Upkeep

if TYPE_CHECKING:
    from llmpath.actions.why import WhyPage


def lines(page: WhyPage, width: int) -> list[Line]:
    """Return the answer."""
    rows = [line((row, "title")) for row in wrap(page.title, width)]
    rows += paragraph(_standing(page), width, 0, "dim")
    for sentence in _answer(page):
        rows += paragraph(sentence, width)
    if page.verdict.pick:
        rows += [EMPTY, *_sum(page, page.verdict.pick, width)]
    if page.verdict.waits:
        rows += [EMPTY, *_waits(page, width)]
    for topic, needed in page.ignored:
        text = f"You ignore that it builds on {page.topic_title(needed)}"
        command = f"llmpath ignore --undo {topic} {needed}"
        rows += [EMPTY, *paragraph(f"{text}: {command}", width, 0, "dim")]
    return rows


def _standing(page: WhyPage) -> str:
    topic = page.verdict.topic
    state = page.situation.states[topic]
    return (
        f"{page.id}, {state}" if page.work is None else f"{page.id}, for {_named(page)} ({state})"
    )


def _named(page: WhyPage) -> str:
    return page.topic_title(page.verdict.topic)


def _answer(page: WhyPage) -> list[str]:
    """Return in sentences whether it is offered, and what decides that."""
    pick, place = page.verdict.pick, page.verdict.place
    if pick is None:
        return [_told(page, hindrance) for hindrance in page.verdict.hindrances]
    what = "" if page.work else f", with {pick.resource.title}"
    if place <= page.shown:
        first = f"Recommended now: number {place} of {plural(page.verdict.total, 'choice')}{what}."
    else:
        first = (
            f"You are ready for it, but it is number {place} of {page.verdict.total}, and `next`"
            f" shows {page.shown}{what}."
        )
    return [first, f"Why: {pick.reason}." if pick.reason else "Nothing else adds to its score yet."]


def _told(page: WhyPage, hindrance: Hindrance) -> str:
    topic, on = page.verdict.topic, f" (since {local_day(page.since)})" if page.since else ""
    goals = [goal.title for goal in open_goals(page.situation)]
    told = {
        Hindrance.KNOWN: f"Not recommended: you marked {_named(page)} as known{on}."
        f" To see it again: llmpath shaky {topic}",
        Hindrance.LEARNED: f"Not recommended: you have learned {_named(page)}{on}."
        f" To see it again: llmpath shaky {topic}",
        Hindrance.SKIPPED_TOPIC: f"Not recommended: you skipped {_named(page)}{on}."
        f" To restore it: llmpath reset {topic}",
        Hindrance.LOCKED: f"Not yet: {plural(len(page.verdict.waits), 'topic')} before"
        f" {_named(page)}. You can still open it.",
        Hindrance.OFF_GOAL: f"Not recommended: {_named(page)} does not lead to {listed(goals, 3)}."
        f" To see it anyway: llmpath next --topic {topic}",
        Hindrance.EMPTY: "Not recommended: there is nothing left to read on it."
        f" If you know it: llmpath know {topic}",
        Hindrance.DONE: f"Not recommended: you have done it{on}.",
        Hindrance.SKIPPED: f"Not recommended: you skipped it. To restore it: llmpath reset"
        f" {page.id}",
        Hindrance.NOT_CORE: f"It is further reading, not in the core of {_named(page)}, from which"
        " `next` chooses unless you filter.",
        Hindrance.NOT_LIVE: f"Never recommended: {_kept(page)}",
        Hindrance.UNREAD: f"Not recommended: {_language(page)}",
        Hindrance.LATER: f"Not yet: other resources of {_named(page)} come before it.",
    }
    return told[hindrance]


def _language(page: WhyPage) -> str:
    """Say which language the resource is in, and how to be offered it."""
    read, work = page.situation.taste.languages, page.work
    if work is None:
        return "you do not read its language."
    wanted = ",".join([*read, work.language])
    return (
        f"it is in {work.language}, and you read {listed(read)}."
        f" To be offered it: llmpath config set languages {wanted}"
    )


def _kept(page: WhyPage) -> str:
    """Say how the resource is kept up, and where to go instead."""
    work = page.work
    if work is None or work.is_live:
        return "it is kept up."
    what = "it is a stub." if work.upkeep == Upkeep.STUB else f"it is {work.upkeep}."
    instead = work.superseded_by
    return f"{what} See instead: llmpath show {instead}" if instead else what


def _sum(page: WhyPage, pick: Pick, width: int) -> list[Line]:
    rows = [heading("How its score adds up"), *score_lines(pick, 2)]
    if page.ahead:
        names = listed([f"{one.resource.title} ({one.score:.1f})" for one in page.ahead], 3)
        rows += paragraph(f"Ahead of it: {names}", width, 2, "dim")
    return rows


def _waits(page: WhyPage, width: int) -> list[Line]:
    """Return what is missing, in study order, each with what it is for."""
    states, roadmap = page.map.states, page.map.roadmap
    on_it = [*page.verdict.waits, page.verdict.topic]
    rows = [heading("First")]
    for topic in page.verdict.waits:
        style = "title" if states[topic] is State.READY else ""
        rows.append(line("  ", SIGNS[states[topic]], " ", Span(page.topic_title(topic), style)))
        needing = next(id_ for id_ in on_it if topic in roadmap.nodes[id_].requires)
        reason = page.because.get((needing, topic), "")
        rows += paragraph(f"for {page.topic_title(needing)}: {reason}", width, 4, "dim")
    return [*rows, *paragraph(f"What to study for it: llmpath path {page.verdict.topic}", width)]


def data(page: WhyPage) -> dict[str, Any]:
    """Return the answer for other programs."""
    verdict = page.verdict
    states, roadmap = page.map.states, page.map.roadmap
    return {
        "id": page.id,
        "what": "topic" if page.work is None else "resource",
        "title": page.title,
        "topic": verdict.topic,
        "state": str(page.situation.states[verdict.topic]),
        "recommended": 0 < verdict.place <= page.shown,
        "place": verdict.place or None,
        "choices": verdict.total or None,
        "pick": pick_data(verdict.pick) if verdict.pick else None,
        "hindrances": [
            {"name": one.name.lower().replace("_", "-"), "text": _told(page, one)}
            for one in verdict.hindrances
        ],
        "waits_for": [
            {
                "id": topic,
                "title": page.topic_title(topic),
                "state": str(states[topic]),
                "requires": [n for n in roadmap.nodes[topic].requires if states[n] not in CLEARED],
            }
            for topic in verdict.waits
        ],
    }
