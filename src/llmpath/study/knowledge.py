"""What saying "I know this" or "not any more" implies for other topics."""

from __future__ import annotations

from collections.abc import Iterable

from llmpath.model import Learned
from llmpath.study.graph import PASSED, Roadmap, states


def to_mark(roadmap: Roadmap, learned: Learned, topics: Iterable[str]) -> list[str]:
    """Return what to mark as known with *topics*: those and their prerequisites, in map order.

    Prerequisites that are passed already are left as they are.
    """
    named = set(topics)
    present = states(roadmap, learned)
    implied = {id_ for id_ in roadmap.behind(named) if present[id_] not in PASSED}
    return [id_ for id_ in roadmap.in_order(named | implied) if id_ not in learned.known]


def to_unmark(roadmap: Roadmap, learned: Learned, topics: Iterable[str]) -> list[str]:
    """Return which of *topics* are marked as known, in map order.

    Forgetting closes nothing that has been marked beyond it: the learner said that of each.
    """
    return [id_ for id_ in roadmap.in_order(topics) if id_ in learned.known]
