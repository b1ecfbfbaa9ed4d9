"""Show the roadmap as a tree of tracks, modules and topics."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from llmpath.curriculum import Module, Track
from llmpath.model import Node
from llmpath.phrases import duration
from llmpath.render import json as shapes
from llmpath.render.layout import EMPTY, Line, Span, bar, cut, line, pad, width_of
from llmpath.render.signs import SIGNS
from llmpath.study import stats
from llmpath.study.graph import PASSED
from llmpath.vocab import State

if TYPE_CHECKING:
    from llmpath.actions.roadmap import MapPage

STYLES = {
    State.KNOWN: "",
    State.LEARNED: "",
    State.SKIPPED: "skipped",
    State.READY: "title",
    State.LOCKED: "dim",
}
BAR_WIDTH = 10


class Shown(Enum):
    """Which topics of the tree are shown."""

    OPEN = "modules, with their ready topics"
    READY = "ready topics and nothing without one"
    ALL = "every topic"


def lines(page: MapPage, shown: Shown, width: int) -> list[Line]:
    """Return the tree."""
    rows: list[Line] = []
    for track in page.tracks:
        rows += [*_track(page, track, shown, width)]
    if not rows:
        rows.append(line("Nothing here is ready; see all with: llmpath roadmap --all"))
    else:
        rows += [*_legend(width)]
    return rows


def _track(page: MapPage, track: Track, shown: Shown, width: int) -> list[Line]:
    members = [module for module in page.modules if module.track == track.id]
    topics = {module.id: _topics(page, module.id, shown) for module in members}
    if shown is Shown.READY:
        members = [module for module in members if topics[module.id]]
    if not members:
        return []
    rows = [line((cut(f"{track.title}  ({track.id})", width), "heading"))]
    for i, module in enumerate(members):
        last = i == len(members) - 1
        rows += _module(page, module, topics[module.id], last, width)
    return [*rows, EMPTY]


def _topics(page: MapPage, module: str, shown: Shown) -> list[Node]:
    nodes = page.roadmap.modules.get(module, [])
    if shown is Shown.ALL:
        return nodes
    return [node for node in nodes if page.standings[node.id].state is State.READY]


def _module(
    page: MapPage, module: Module, topics: Sequence[Node], last: bool, width: int
) -> list[Line]:
    members = [node.id for node in page.roadmap.modules.get(module.id, ())]
    share = stats.share(page.standings, members)
    figures = f"{share.passed}/{share.total}"
    branch, trunk = ("└─ ", "   ") if last else ("├─ ", "│  ")
    rows = [
        _row(branch, Span(""), Span(module.title), share.part, figures, share.minutes_left, width)
    ]
    for i, node in enumerate(topics):
        standing = page.standings[node.id]
        twig = trunk + ("└─ " if i == len(topics) - 1 else "├─ ")
        wanted = min(node.enough, len(node.core)) or 1
        part = 1.0 if standing.state in PASSED else min(standing.done / wanted, 1.0)
        figures = str(standing.state)
        name = f"{node.title}{' (goal)' if node.id in page.goals else ''}"
        title = Span(name, STYLES[standing.state])
        sign = SIGNS[standing.state]
        rows.append(_row(twig, sign, title, part, figures, standing.minutes_left, width))
    return rows


def _row(
    guide: str, sign: Span, title: Span, part: float, figures: str, minutes: int, width: int
) -> Line:
    left = f"{duration(minutes):>7}" if minutes else " " * 7
    tail = f" {figures:<7} {left}"
    size = BAR_WIDTH if width >= 60 else 0
    start = guide + (f"{sign.text} " if sign.text else "")
    room = width - width_of(start) - len(tail) - size - 1
    mark = (Span(sign.text, sign.style), Span(" ")) if sign.text else ()
    name = Span(pad(title.text, room), title.style)
    return (Span(guide, "dim"), *mark, name, Span(" "), *bar(part, size), Span(tail, "dim"))


def _legend(width: int) -> list[Line]:
    text = "✓ passed  ○ ready  · locked   time: what is left to study"
    return [line((cut(text, width), "dim"))]


def data(page: MapPage) -> dict[str, Any]:
    """Return the map for other programs."""
    return {
        "tracks": [
            {
                "id": track.id,
                "title": track.title,
                "summary": track.summary,
                "modules": [
                    {
                        "id": module.id,
                        "title": module.title,
                        "topics": [
                            {
                                **shapes.topic(node, page.standings[node.id]),
                                "goal": node.id in page.goals,
                            }
                            for node in page.roadmap.modules.get(module.id, ())
                        ],
                    }
                    for module in page.modules
                    if module.track == track.id
                ],
            }
            for track in page.tracks
        ]
    }
