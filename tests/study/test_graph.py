"""The outer fringe and the way to a goal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmpath.model import Learned, Node, TopicStanding
from llmpath.study.graph import (
    PASSED,
    Roadmap,
    newly_ready,
    opened_by,
    standings,
    states,
)
from llmpath.vocab import State, Status
from tests.study.conftest import learners, roadmaps

DIAMOND = Roadmap(
    [
        Node("top", "Top", "m", "k", (), ("a", "b"), 1),
        Node("left", "Left", "m", "k", ("top",), ("c", "d"), 2),
        Node("right", "Right", "m", "k", ("top",), ("e",), 1),
        Node("end", "End", "m", "k", ("left", "right"), ("f",), 1),
    ]
)


def learned(*done: str, known: tuple[str, ...] = ()) -> Learned:
    return Learned(dict.fromkeys(done, Status.DONE), frozenset(known))


def test_a_newcomer_is_ready_for_the_roots_alone() -> None:
    assert states(DIAMOND, learned()) == {
        "top": State.READY,
        "left": State.LOCKED,
        "right": State.LOCKED,
        "end": State.LOCKED,
    }


def test_enough_core_resources_make_a_topic_learned() -> None:
    assert states(DIAMOND, learned("a", "c"))["left"] is State.READY
    assert states(DIAMOND, learned("a", "c", "d"))["left"] is State.LEARNED


def test_a_topic_is_ready_only_when_all_its_prerequisites_are_passed() -> None:
    assert states(DIAMOND, learned("a", "e"))["end"] is State.LOCKED
    assert states(DIAMOND, learned("a", "e", known=("left",)))["end"] is State.READY


def test_known_says_more_than_learned() -> None:
    assert states(DIAMOND, learned("a", known=("top",)))["top"] is State.KNOWN


def test_a_topic_without_core_resources_is_never_learned_by_doing() -> None:
    roadmap = Roadmap([Node("bare", "Bare", "m", "k", (), (), 1)])
    assert states(roadmap, learned())["bare"] is State.READY
    assert states(roadmap, learned(known=("bare",)))["bare"] is State.KNOWN


def test_opened_by_names_the_topics_that_wait_for_this_one_alone() -> None:
    assert opened_by(DIAMOND, states(DIAMOND, learned()), "top") == ["left", "right"]
    assert opened_by(DIAMOND, states(DIAMOND, learned("a")), "right") == []
    assert opened_by(DIAMOND, states(DIAMOND, learned("a", "c", "d")), "right") == ["end"]


def test_the_way_to_a_goal_is_all_that_it_requires() -> None:
    assert DIAMOND.on_the_way(["left"]) == {"top", "left"}
    assert DIAMOND.on_the_way(["end"]) == {"top", "left", "right", "end"}
    assert DIAMOND.beyond("top") == {"left", "right", "end"}


def test_minutes_left_are_those_of_the_next_resources_until_enough() -> None:
    minutes = {"a": 10, "b": 20, "c": 30, "d": 40, "f": 50}
    now = learned("a", "d")
    got = standings(DIAMOND, states(DIAMOND, now), now, minutes)
    assert got["top"] == TopicStanding(State.LEARNED, 1, 0)
    assert got["left"] == TopicStanding(State.READY, 1, 30)
    assert got["right"] == TopicStanding(State.READY, 0, 0)
    assert got["end"] == TopicStanding(State.LOCKED, 0, 50)


@given(st.data())
def test_ready_means_not_passed_with_every_prerequisite_passed(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    present = states(roadmap, data.draw(learners(roadmap)))
    for node in roadmap.nodes.values():
        met = all(present[id_] in PASSED for id_ in node.requires)
        if present[node.id] not in PASSED:
            assert (present[node.id] is State.READY) == met


@given(st.data())
def test_finishing_or_knowing_something_never_locks_a_topic(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    before = data.draw(learners(roadmap))
    more = data.draw(learners(roadmap))
    done = {id_: s for id_, s in more.statuses.items() if s is Status.DONE}
    after = Learned({**before.statuses, **done}, before.known | more.known)
    old, new = states(roadmap, before), states(roadmap, after)
    assert all(new[id_] is not State.LOCKED for id_ in old if old[id_] is State.READY)
    assert all(new[id_] in PASSED for id_ in old if old[id_] in PASSED)
    assert newly_ready(old, new) == [
        id_ for id_ in old if (old[id_], new[id_]) == (State.LOCKED, State.READY)
    ]


def test_study_order_begins_with_an_overview() -> None:
    roadmap = Roadmap(
        [
            Node("a", "A", "m", "k", (), ("x",), 1),
            Node("b", "B", "m", "k", ("a",), ("y",), 1),
            Node("first", "First", "m", "k", (), ("z",), 1, overview=True),
            Node("c", "C", "m", "k", ("first",), ("v",), 1),
        ]
    )
    assert roadmap.in_study_order(["a", "b", "c", "first"]) == ["first", "a", "b", "c"]
