"""The way to a goal: minimal, complete, in an order one can follow."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from llmpath.model import Learned, Node, Resource
from llmpath.plans import Depth
from llmpath.study.graph import CLEARED, PASSED, Roadmap, states, without
from llmpath.study.path import Route, reading, route, topics_to, topics_toward
from llmpath.vocab import State, Status
from tests.study.conftest import as_goals, learners, material, roadmaps

NOBODY = Learned({}, frozenset())
CHAIN = Roadmap(
    [
        Node("sums", "Sums", "m", "k", ("counting",), ("s1", "shared"), 2),
        Node("counting", "Counting", "m", "k", (), ("shared", "c2"), 1),
        Node("stories", "Stories", "m", "k", ("sums",), ("t1",), 1),
        Node("other", "Other", "m", "k", (), ("o1",), 1),
    ]
)


def works(roadmap: Roadmap) -> dict[str, Resource]:
    return {
        work.id: work._replace(minutes=10) for found in material(roadmap).values() for work in found
    }


def found(roadmap: Roadmap, learned: Learned, *goals: str, depth: Depth = Depth.ENOUGH) -> Route:
    return route(
        roadmap, states(roadmap, learned), learned, as_goals(roadmap, goals), depth, works(roadmap)
    )


def ids(route: Route) -> list[tuple[str, list[str]]]:
    return [(step.topic, [work.id for work in step.works]) for step in route.steps]


def test_a_prerequisite_comes_first_whatever_the_map_order() -> None:
    assert topics_to(CHAIN, states(CHAIN, NOBODY), ["stories"]) == ["counting", "sums", "stories"]


def test_what_serves_two_topics_is_studied_once() -> None:
    assert ids(found(CHAIN, NOBODY, "stories")) == [
        ("counting", ["shared"]),
        ("sums", ["s1"]),
        ("stories", ["t1"]),
    ]


def test_depth_says_how_much_of_each_topic() -> None:
    assert ids(found(CHAIN, NOBODY, "sums", depth=Depth.DEEP)) == [
        ("counting", ["shared", "c2"]),
        ("sums", ["s1"]),
    ]
    quick = found(
        Roadmap([Node("a", "A", "m", "k", (), ("r1", "r2"), 2)]), NOBODY, "a", depth=Depth.QUICK
    )
    assert ids(quick) == [("a", ["r1"])]
    assert [step.enough for step in quick.steps] == [False]


def test_what_is_in_progress_is_read_first_and_what_is_skipped_never() -> None:
    learned = Learned({"c2": Status.DOING, "s1": Status.SKIPPED}, frozenset())
    assert ids(found(CHAIN, learned, "sums")) == [("counting", ["c2"]), ("sums", ["shared"])]


def test_what_lies_behind_something_known_is_left_out() -> None:
    learned = Learned({}, frozenset({"sums"}))
    got = found(CHAIN, learned, "stories")
    assert [step.topic for step in got.steps] == ["stories"]
    assert got.left_out == ("sums", "counting")


def test_what_is_skipped_is_left_out() -> None:
    learned = Learned({}, frozenset(), skipped=frozenset({"sums"}))
    assert [step.topic for step in found(CHAIN, learned, "stories").steps] == ["stories"]


def test_an_ignored_prerequisite_is_not_on_the_way() -> None:
    free = Roadmap(without(CHAIN.nodes.values(), {("stories", "sums")}))
    assert [step.topic for step in found(free, NOBODY, "stories").steps] == ["stories"]


def test_several_goals_share_their_way() -> None:
    got = found(CHAIN, NOBODY, "stories", "sums", "other")
    assert [step.topic for step in got.steps] == ["counting", "sums", "stories", "other"]
    assert got.steps[0].needed_by == ("sums",)
    assert got.minutes == 40


def test_a_goal_that_is_reached_needs_no_step() -> None:
    got = found(CHAIN, Learned({}, frozenset({"other"})), "other")
    assert (got.steps, got.reached) == ((), ("other",))


def can_be_followed(roadmap: Roadmap, learned: Learned, topics: list[str]) -> bool:
    """Say whether each of *topics* is ready when its turn comes."""
    for topic in topics:
        if states(roadmap, learned)[topic] is not State.READY:
            return False
        learned = learned._replace(known=learned.known | {topic})
    return True


@given(st.data())
def test_the_way_is_complete_in_a_valid_order_and_as_short_as_can_be(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps(most=7))
    learned = data.draw(learners(roadmap))
    goals = data.draw(st.lists(st.sampled_from(list(roadmap.nodes)), min_size=1, max_size=2))
    topics = topics_to(roadmap, states(roadmap, learned), goals)
    assert can_be_followed(roadmap, learned, topics)
    after = states(roadmap, learned._replace(known=learned.known | set(topics)))
    assert all(after[goal] in CLEARED for goal in goals)
    # No smaller set of topics, in any order, leads there.
    open_ = [id_ for id_, state in states(roadmap, learned).items() if state not in PASSED]
    for smaller in combinations(open_, len(topics) - 1) if topics else ():
        reached = states(roadmap, learned._replace(known=learned.known | set(smaller)))
        if all(reached[goal] in CLEARED for goal in goals):
            ordered = roadmap.in_study_order(set(smaller))
            assert not can_be_followed(roadmap, learned, ordered)


@given(st.data())
def test_studying_what_the_way_names_reaches_the_goal(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    learned = data.draw(learners(roadmap))
    goal = data.draw(st.sampled_from(list(roadmap.nodes)))
    topics = topics_to(roadmap, states(roadmap, learned), [goal])
    read = reading(roadmap, learned, topics, Depth.ENOUGH)
    done = {id_: Status.DONE for ids, _ in read.values() for id_ in ids}
    after = states(roadmap, learned._replace(statuses={**learned.statuses, **done}))
    assert all((after[topic] in PASSED) == enough for topic, (_, enough) in read.items())


def test_the_path_goes_goal_by_goal_in_the_order_they_have() -> None:
    assert [step.topic for step in found(CHAIN, NOBODY, "other", "stories").steps] == [
        "other",
        "counting",
        "sums",
        "stories",
    ]
    # What the second takes besides comes after all that the first takes.
    assert [step.topic for step in found(CHAIN, NOBODY, "sums", "other", "stories").steps] == [
        "counting",
        "sums",
        "other",
        "stories",
    ]


@given(st.data())
def test_each_goal_is_reached_by_its_part_of_the_path(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    learned = data.draw(learners(roadmap))
    ids = data.draw(st.lists(st.sampled_from(list(roadmap.nodes)), min_size=1, unique=True))
    present = states(roadmap, learned)
    goals = as_goals(roadmap, ids)
    topics = topics_toward(roadmap, present, goals)
    assert can_be_followed(roadmap, learned, topics)
    for count in range(1, len(ids) + 1):
        part = topics_to(roadmap, present, ids[:count])
        assert set(topics[: len(part)]) == set(part)


@given(st.data())
def test_the_order_of_progress_changes_nothing_and_that_of_goals_only_the_order(
    data: st.DataObject,
) -> None:
    roadmap = data.draw(roadmaps())
    learned = data.draw(learners(roadmap))
    goals = data.draw(st.lists(st.sampled_from(list(roadmap.nodes)), min_size=1, unique=True))
    other = data.draw(st.permutations(goals))
    shuffled = learned._replace(
        statuses=dict(data.draw(st.permutations(list(learned.statuses.items()))))
    )
    one = found(roadmap, learned, *goals)
    assert one.steps == found(roadmap, shuffled, *goals).steps
    two = found(roadmap, learned, *other)
    assert {step.topic for step in one.steps} == {step.topic for step in two.steps}
    assert one.left_out == two.left_out
