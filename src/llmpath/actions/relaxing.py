"""What to do when nothing fits: which filter to relax, and what that would give."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from llmpath.actions.choosing import picks, unread
from llmpath.actions.learner_map import LearnerMap, situation_of
from llmpath.actions.workspace import Workspace
from llmpath.phrases import listed
from llmpath.store.catalog.selection import Selection
from llmpath.study.graph import CLEARED
from llmpath.study.recommend import Pick, open_topics
from llmpath.vocab import State

MOST_PICKS = 50
NO_FILTER = Selection()
OPTIONS = {
    "kinds": "--kind",
    "levels": "--level",
    "track": "--track",
    "topic": "--topic",
    "conditions": "the query",
}


class Relaxation(NamedTuple):
    """A way to ask for less: what to change, and the choices that gives."""

    change: str
    picks: Sequence[Pick]


def relaxations(
    w: Workspace, point: LearnerMap, selection: Selection, locked: bool
) -> list[Relaxation]:
    """Return the ways to relax as little as possible that give something, each on its own.

    Where no one filter is to blame, two at once are tried, then three, ...
    """
    given = [name for name in OPTIONS if getattr(selection, name) != getattr(NO_FILTER, name)]
    if not locked:
        given.append("locks")
    for size in range(1, len(given) + 1):
        ways = []
        for names in combinations(given, size):
            way = _without(w, point, selection, names, locked)
            if way.picks:
                ways.append(way)
        if ways:
            return ways
    return []


def _without(
    w: Workspace, point: LearnerMap, selection: Selection, names: Sequence[str], locked: bool
) -> Relaxation:
    parts = []
    for name in names:
        if name != "locks":
            parts.append(f"without {_said(selection, name)}")
    every = locked or "locks" in names
    if "locks" in names:
        parts.append("with --all")
    freed = selection._replace(
        **{name: getattr(NO_FILTER, name) for name in names if name != "locks"}
    )
    return Relaxation(" and ".join(parts), picks(w, point, freed, MOST_PICKS, every))


def _said(selection: Selection, name: str) -> str:
    """Return the filter *name* as it was asked for."""
    given = getattr(selection, name)
    if name == "conditions":
        return OPTIONS[name]
    words = given if isinstance(given, tuple) else [given]
    return " ".join(f"{OPTIONS[name]} {word}" for word in words)


def advice(w: Workspace, point: LearnerMap, selection: Selection, locked: bool) -> list[str]:
    """Return what there is to say besides: why the topic has nothing, or that all is done."""
    title = {id_: node.title for id_, node in point.roadmap.nodes.items()}
    if selection.topic:
        topic, state = selection.topic, point.states[selection.topic]
        if state in CLEARED:
            return [
                f"{title[topic]} is {state}. To refresh it: llmpath shaky {topic};"
                f" everything on it: llmpath list --topic {topic}"
            ]
        if state is State.LOCKED and not locked:
            return [f"{title[topic]} is locked. To see what comes first: llmpath path {topic}"]
    languages = unread(w, point, selection, locked)
    if languages:
        read = ",".join([*situation_of(w, point).taste.languages, *languages])
        return [
            f"All of it is in {listed(languages)}."
            f" To be offered it: llmpath config set languages {read}"
        ]
    if selection:
        return []
    ready = open_topics(situation_of(w, point), locked)
    if ready:
        names = listed([title[id_] for id_ in ready], 4)
        return [
            f"You are ready for {names}, but there is nothing left to read.",
            f"If you already know it: llmpath know {ready[0]}",
        ]
    return ["You have finished the map."]
