"""Draw topics as a Mermaid graph, which Git forges show as a picture."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from llmpath.render.layout import harmless
from llmpath.study.aims import topics_of
from llmpath.study.graph import PASSED, Roadmap
from llmpath.vocab import State

if TYPE_CHECKING:
    from llmpath.actions.paths import PathPage

CLASSES = (
    "  classDef passed fill:#2da44e,color:#ffffff,stroke:#1a7f37",
    "  classDef ready fill:#ddf4ff,color:#0550ae,stroke:#0969da",
    "  classDef locked fill:#f6f8fa,color:#57606a,stroke:#d0d7de",
    "  classDef goal fill:#fff8c5,color:#7d4e00,stroke:#bf8700",
)

_SIGNS = re.compile(r"[!-~](?<![\w,.()/+?!'-])", re.ASCII)


def graph(
    roadmap: Roadmap,
    states: Mapping[str, State],
    topics: Iterable[str],
    goals: Collection[str],
) -> list[str]:
    """Return *topics* as lines of a Mermaid graph, coloured by state, the goals apart."""
    shown = list(topics)
    rows = ["graph LR"]
    for id_ in shown:
        label = _label(roadmap.nodes[id_].title)
        rows.append(f'  {_key(id_)}["{label}"]:::{_class(states[id_], id_ in goals)}')
    inside = set(shown)
    for id_ in shown:
        for needed in roadmap.nodes[id_].requires:
            if needed in inside:
                rows.append(f"  {_key(needed)} --> {_key(id_)}")
    return [*rows, *CLASSES]


def path_graph(page: PathPage) -> list[str]:
    """Return the topics of a path as lines of a Mermaid graph."""
    route, map_ = page.route, page.map
    ends = topics_of(route.goals)
    shown = map_.roadmap.in_order({step.topic for step in route.steps} | set(ends))
    return graph(map_.roadmap, map_.states, shown, ends)


def _key(id_: str) -> str:
    return "t_" + "".join(char if char.isalnum() and char.isascii() else "_" for char in id_)


def _label(title: str) -> str:
    """Return *title* for a quoted Mermaid label: an entity for every sign that could be markup.

    Besides quotes, tags and Markdown that is formulas, icons (`fa:`) and, anywhere in a drawing,
    directives (`%%{init: ...}%%`), which may change its settings.
    """
    return _SIGNS.sub(lambda sign: f"#{ord(sign[0])};", harmless(title))


def _class(state: State, goal: bool) -> str:
    if state in PASSED:
        return "passed"
    if goal:
        return "goal"
    return "locked" if state is State.SKIPPED else str(state)
