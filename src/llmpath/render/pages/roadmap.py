"""Show the roadmap as a tree of tracks, modules and topics."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from llmpath.curriculum import Module, Track
from llmpath.model import Node
from llmpath.phrases import duration
from llmpath.render import json as shapes
from llmpath.render.layout import EMPTY, Line, Span, bar, cut, cut_apart, line, pad, width_of
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
ROOMY = 60  # columns; below, there is no bar, and no state but its sign


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
    titles = cut_apart([module.title for module in members], _room("├─ ", "", width))
    for i, (module, title) in enumerate(zip(members, titles, strict=True)):
        last = i == len(members) - 1
        rows += _module(page, module, title, topics[module.id], last, width)
    return [*rows, EMPTY]


def _topics(page: MapPage, module: str, shown: Shown) -> list[Node]:
    nodes = page.roadmap.modules.get(module, [])
    if shown is Shown.ALL:
        return nodes
    return [node for node in nodes if page.standings[node.id].state is State.READY]


def _module(
    page: MapPage, module: Module, title: str, topics: Sequence[Node], last: bool, width: int
) -> list[Line]:
    members = [node.id for node in page.roadmap.modules.get(module.id, ())]
    share = stats.share(page.standings, members)
    figures = f"{share.passed}/{share.total}"
    branch, trunk = ("└─ ", "   ") if last else ("├─ ", "│  ")
    rows = [_row(branch, Span(""), Span(title), share.part, figures, share.minutes_left, width)]
    goal = {node.id: " (goal)" if node.id in page.goals else "" for node in topics}
    room = _room(f"{trunk}├─ ", "○", width)
    names = cut_apart([f"{node.title}{goal[node.id]}" for node in topics], room)
    for i, (node, name) in enumerate(zip(topics, names, strict=True)):
        standing = page.standings[node.id]
        twig = trunk + ("└─ " if i == len(topics) - 1 else "├─ ")
        wanted = min(node.enough, len(node.core)) or 1
        part = 1.0 if standing.state in PASSED else min(standing.done / wanted, 1.0)
        figures = str(standing.state)
        span, sign = Span(name, STYLES[standing.state]), SIGNS[standing.state]
        rows.append(_row(twig, sign, span, part, figures, standing.minutes_left, width))
    return rows


def _row(
    guide: str, sign: Span, title: Span, part: float, figures: str, minutes: int, width: int
) -> Line:
    left = f"{duration(minutes):>7}" if minutes else " " * 7
    bare = sign.text and width < ROOMY  # the sign says as much
    tail = f" {left}" if bare else f" {figures:<7} {left}"
    size = BAR_WIDTH if width >= ROOMY else 0
    room = _room(guide, sign.text, width)
    mark = (sign, Span(" ")) if sign.text else ()
    name = Span(pad(title.text, room), title.style)
    return (Span(guide, "tree"), *mark, name, Span(" "), *bar(part, size), Span(tail, "dim"))


def _room(guide: str, sign: str, width: int) -> int:
    """Return the columns for the title of a module or, behind a *sign*, of a topic."""
    start = guide + (f"{sign} " if sign else "")
    if width >= ROOMY:
        return width - width_of(start) - 17 - BAR_WIDTH
    return width - width_of(start) - (9 if sign else 17)


def _legend(width: int) -> list[Line]:
    parts = ["✓ passed", "○ ready", "· locked", " time: what is left to study"]
    text = "  ".join(parts)
    if width_of(text) <= width:
        return [line((text, "legend"))]
    return [line(("  ".join(parts[:-1]), "legend")), line((cut(parts[-1].strip(), width), "dim"))]


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
