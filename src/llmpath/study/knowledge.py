"""What saying "I know this" or "not any more" implies for other topics."""

from __future__ import annotations

from collections.abc import Iterable

from llmpath.model import Learned
from llmpath.study.graph import CLEARED, PASSED, Roadmap, states


def to_mark(roadmap: Roadmap, learned: Learned, topics: Iterable[str]) -> list[str]:
    """Return what to mark as known with *topics*: those and their prerequisites, in map order.

    Prerequisites that are passed or skipped already are left as they are.
    """
    named = set(topics)
    present = states(roadmap, learned)
    implied = {id_ for id_ in roadmap.behind(named) if present[id_] not in CLEARED}
    return [id_ for id_ in roadmap.in_order(named | implied) if id_ not in learned.known]


def to_unmark(roadmap: Roadmap, learned: Learned, topics: Iterable[str]) -> list[str]:
    """Return which of *topics* are marked as known, shaky or not, in map order.

    Forgetting closes nothing that has been marked beyond it: the learner said that of each.
    """
    return [id_ for id_ in roadmap.in_order(topics) if id_ in learned.known | learned.shaky]


def to_shake(roadmap: Roadmap, learned: Learned, topics: Iterable[str]) -> list[str]:
    """Return which of *topics* can be marked as shaky: those that are passed, in map order."""
    present = states(roadmap, learned)
    return [id_ for id_ in roadmap.in_order(topics) if present[id_] in PASSED]


def refreshed(roadmap: Roadmap, learned: Learned, resource: str) -> tuple[list[str], list[str]]:
    """Return the shaky topics that studying *resource* makes firm: by being known, by its core.

    A topic whose core carries it needs no mark any more; the others are known from now on.
    """
    firm = [
        id_
        for id_ in roadmap.in_order(learned.shaky & set(roadmap.nodes))
        if resource in roadmap.nodes[id_].core
    ]
    bare = states(roadmap, learned._replace(shaky=frozenset()))
    return (
        [id_ for id_ in firm if bare[id_] not in PASSED],
        [id_ for id_ in firm if bare[id_] in PASSED],
    )
