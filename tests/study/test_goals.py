"""When a goal is reached, and which goals are proposed then."""

from __future__ import annotations

from llmpath.curriculum import Destination
from llmpath.model import Goal, Learned, Node
from llmpath.study.goals import is_reached, proposals
from llmpath.study.graph import Roadmap, states
from llmpath.vocab import Aim, State

MAP = Roadmap(
    [
        Node("late", "Late", "m", "k", ("base",), ("l",), 1),
        Node("base", "Base", "m", "k", (), ("b",), 1),
        Node("twig", "Twig", "m", "k", ("base",), ("t",), 1),
        Node("leaf", "Leaf", "m", "k", ("base",), ("f",), 1),
        Node("far", "Far", "m", "k", ("leaf",), ("r",), 1),
    ]
)
OUTCOMES = (
    Destination("other", "Other", "", ("far",), Aim.USE),
    Destination("wide", "Wide", "", ("base", "twig"), Aim.USE),
)
BASE = Goal("base", "Base", ("base",), Aim.USE)


def proposed(known: set[str], goal: Goal, own: tuple[str, ...] = ()) -> list[str]:
    present = states(MAP, Learned({}, frozenset(known)))
    return [id_ for id_, _ in proposals(MAP, present, [goal], own, OUTCOMES)]


def test_a_goal_is_reached_when_all_of_it_is_passed_apart_from_what_is_skipped() -> None:
    goal = Goal("wide", "Wide", ("base", "twig"), Aim.USE)
    assert is_reached(goal, {"base": State.KNOWN, "twig": State.LEARNED})
    assert is_reached(goal, {"base": State.KNOWN, "twig": State.SKIPPED})
    assert not is_reached(goal, {"base": State.SKIPPED, "twig": State.SKIPPED})
    assert not is_reached(goal, {"base": State.KNOWN, "twig": State.READY})
    assert not is_reached(goal, {"base": State.KNOWN})


def test_what_builds_on_the_goal_is_proposed_in_map_order_and_an_outcome_it_is_part_of() -> None:
    assert proposed({"base"}, BASE) == ["late", "twig", "wide"]


def test_what_is_passed_or_a_goal_already_is_not_proposed() -> None:
    assert proposed({"base", "late"}, BASE, ("twig",)) == ["leaf", "wide"]
    assert proposed({"base", "late"}, BASE, ("twig", "wide")) == ["leaf"]
    assert proposed({"base", "twig"}, BASE, ()) == ["late", "leaf"]  # the outcome is reached too


def test_where_nothing_builds_on_the_goal_other_outcomes_are_proposed() -> None:
    end = Goal("late", "Late", ("late",), Aim.USE)
    assert proposed({"base", "late"}, end) == ["other", "wide"]
    assert proposed({"base", "late"}, end, ("other", "wide")) == []
