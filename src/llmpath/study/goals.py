"""When a goal is reached, and what to go for then."""

from collections.abc import Collection, Mapping, Sequence

from llmpath.curriculum import Destination
from llmpath.model import Goal
from llmpath.study.graph import CLEARED, PASSED, Roadmap
from llmpath.vocab import State

MOST_PROPOSED = 3


def is_reached(goal: Goal, present: Mapping[str, State]) -> bool:
    """Say whether *goal* is reached: all of it is passed, apart from what is skipped."""
    found = [present.get(id_) for id_ in goal.topics]
    return all(state in CLEARED for state in found) and any(state in PASSED for state in found)


def proposals(
    roadmap: Roadmap,
    present: Mapping[str, State],
    reached: Sequence[Goal],
    own: Collection[str],
    outcomes: Sequence[Destination],
) -> list[tuple[str, str]]:
    """Return (id, title) of up to MOST_PROPOSED goals to go for once others are *reached*.

    They are topics that build on those and are not passed, the ready ones first, and outcomes that
    those are part of; where there are none, other outcomes. What is the learner's *own* is left
    out.
    """
    ends = {id_ for goal in reached for id_ in goal.topics if id_ in roadmap.nodes}
    after = {later for id_ in ends for later in roadmap.dependents[id_]}
    topics = [
        (id_, roadmap.nodes[id_].title)
        for ready in (True, False)
        for id_ in roadmap.in_order(after)
        if present[id_] not in CLEARED and id_ not in own and (present[id_] is State.READY) is ready
    ]
    open_ = [
        one
        for one in outcomes
        if one.id not in own and any(present.get(id_) not in CLEARED for id_ in one.topics)
    ]
    wider = [(one.id, one.title) for one in open_ if not ends.isdisjoint(one.topics)]
    room = MOST_PROPOSED - min(len(wider), 1)  # one place is an outcome's
    found = [*topics[:room], *wider][:MOST_PROPOSED]
    return found or [(one.id, one.title) for one in open_][:MOST_PROPOSED]
