"""Adaptive placement: few questions, answers that settle much, nothing set without its ground."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from llmpath.model import Node
from llmpath.study.graph import Roadmap
from llmpath.study.placement import MOST_QUESTIONS, Answer, Placement, entropy, placed
from tests.study import shipped
from tests.study.conftest import roadmaps

CHAIN = Roadmap(
    [Node(f"t{i}", f"T{i}", "m", "k", (f"t{i - 1}",) if i else (), (f"r{i}",), 1) for i in range(7)]
)
FORK = Roadmap(
    [
        Node("root", "Root", "m", "k", (), ("r",), 1),
        Node("left", "Left", "m", "k", ("root",), ("l",), 1),
        Node("right", "Right", "m", "k", ("root",), ("x",), 1),
    ]
)


def settle(roadmap: Roadmap, known: set[str]) -> Placement:
    placement = Placement(roadmap, ())
    while (topic := placement.question()) is not None:
        placement.answer(topic, topic in known)
    return placement


def test_a_chain_is_halved() -> None:
    placement = settle(CHAIN, {"t0", "t1"})
    assert placement.known() == ["t0", "t1"]
    assert len(placement.answers) <= 4


def test_yes_speaks_for_prerequisites_and_no_against_dependents() -> None:
    yes = placed(FORK, (), [Answer("left", True)])
    assert yes.known() == ["root", "left"]
    assert placed(FORK, (), [Answer("root", False)]).known() == []
    assert placed(FORK, (), [Answer("root", False)]).beliefs()["right"] < 0.1


def test_what_no_answer_bears_on_is_not_presumed_from_a_few() -> None:
    some = [Answer(id_, True) for id_ in ("pytorch", "text-preprocessing", "llm-introduction")]
    placement = placed(shipped.roadmap(), (), some)
    assert set(placement.known()) == shipped.roadmap().on_the_way(answer.topic for answer in some)
    assert placement.presumed() == []


def test_what_is_passed_already_is_neither_asked_nor_set() -> None:
    placement = Placement(CHAIN, {"t0", "t1", "t2"})
    asked = []
    while (topic := placement.question()) is not None:
        asked.append(topic)
        placement.answer(topic, True)
    assert not {"t0", "t1", "t2"} & set(asked)
    assert placement.known() == ["t3", "t4", "t5", "t6"]


def test_an_answer_for_a_module_is_one_for_each_of_its_topics() -> None:
    nodes = [
        node._replace(module="n") if node.id != "root" else node for node in FORK.nodes.values()
    ]
    roadmap = Roadmap(nodes)
    every = placed(roadmap, (), [Answer("left", True, whole=True)])
    assert every.known() == ["root", "left", "right"]
    assert every.question() is None
    none = placed(roadmap, (), [Answer("left", False, whole=True)])
    assert none.beliefs()["right"] < 0.1
    assert none.question() == "root"
    assert len(none.answers) == 1


def test_one_slip_is_outweighed() -> None:
    answers = [Answer("t1", False), Answer("t3", True), Answer("t5", True)]
    assert "t1" in placed(CHAIN, (), answers).known()


def test_entropy_is_most_where_the_chances_are_even() -> None:
    assert (entropy(0), entropy(0.5), entropy(1)) == (0, 1, 0)


@hypothesis(deadline=None)
@given(st.data())
def test_what_is_set_as_known_has_all_its_prerequisites(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    topics = st.sampled_from(list(roadmap.nodes))
    answer = st.builds(Answer, topics, st.booleans(), st.booleans())
    answers = data.draw(st.lists(answer, max_size=20))
    known = set(placed(roadmap, (), answers).known())
    assert roadmap.behind(known) <= known


def test_on_the_shipped_map_twenty_questions_place_a_learner() -> None:
    roadmap = shipped.roadmap()
    draw = random.Random(11)
    right = []
    for _ in range(20):
        known = roadmap.on_the_way(draw.sample(list(roadmap.nodes), draw.randint(0, 6)))
        placement = settle(roadmap, known)
        assert len(placement.answers) <= MOST_QUESTIONS
        assert len({answer.topic for answer in placement.answers}) == len(placement.answers)
        found = set(placement.known())
        right.append(sum((id_ in known) == (id_ in found) for id_ in roadmap.nodes))
    assert sum(right) >= 0.95 * len(right) * len(roadmap.nodes)


def test_a_beginner_is_left_alone_after_the_first_steps() -> None:
    roadmap = shipped.roadmap()
    placement = settle(roadmap, set())
    asked = [answer.topic for answer in placement.answers]
    assert set(asked) >= {"python-basics", "llm-introduction", "linear-algebra"}
    assert len(asked) <= 6
    assert placement.is_beginning
    assert placement.known() == []


@pytest.mark.parametrize("known", ["python-basics", "llm-introduction", "probability"])
def test_a_single_first_step_is_found(known: str) -> None:
    placement = settle(shipped.roadmap(), {known})
    assert not placement.is_beginning
    assert placement.known() == [known]


def test_a_placement_asks_and_presumes_within_its_scope() -> None:
    roadmap = shipped.roadmap()
    scope = roadmap.on_the_way(["rag"])
    placement = Placement(roadmap, (), scope=scope)
    while (topic := placement.question()) is not None:
        placement.answer(topic, True)
    assert {answer.topic for answer in placement.answers} <= scope
    assert set(placement.known()) == scope


def test_who_knows_whole_modules_is_placed_by_answering_for_them() -> None:
    roadmap = shipped.roadmap()
    draw = random.Random(12)
    modules = list(dict.fromkeys(node.module for node in roadmap.nodes.values()))
    right = []
    for _ in range(10):
        chosen = set(draw.sample(modules, draw.randint(0, 8)))
        known = roadmap.on_the_way(id_ for id_, n in roadmap.nodes.items() if n.module in chosen)
        placement = Placement(roadmap, ())
        while (topic := placement.question()) is not None:
            yes = topic in known
            whole = all((id_ in known) == yes for id_ in placement.module(topic))
            placement.answer(topic, yes, whole)
        assert len(placement.answers) <= MOST_QUESTIONS
        found = set(placement.known())
        right.append(sum((id_ in known) == (id_ in found) for id_ in roadmap.nodes))
    assert sum(right) >= 0.95 * len(right) * len(roadmap.nodes)
