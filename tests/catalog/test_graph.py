"""Circles, implied edges and chains of prerequisites, held against their definitions."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from llmpath.catalog import graph

NAMES = "abcdefg"
ANY = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(NAMES), max_size=3, unique=True) for name in NAMES}
)
ACYCLIC = st.fixed_dictionaries(
    {
        name: st.lists(st.sampled_from(NAMES[:i]), max_size=3, unique=True) if i else st.just([])
        for i, name in enumerate(NAMES)
    }
)
Requires = dict[str, list[str]]


def behind(requires: Requires, topic: str) -> set[str]:
    found: set[str] = set()
    for _ in requires:
        for one in [topic, *found]:
            found |= set(requires[one])
    return found


@given(ANY)
def test_circles_are_circles_and_name_every_topic_that_is_in_one(requires: Requires) -> None:
    found = list(graph.circles(requires))
    for circle in found:
        assert circle[0] == circle[-1]
        assert len(set(circle)) == len(circle) - 1
        assert all(need in requires[topic] for topic, need in pairwise(circle))
    in_one = {topic for topic in requires if topic in behind(requires, topic)}
    assert {topic for circle in found for topic in circle} == in_one


@given(ANY)
def test_an_order_has_each_topic_after_what_it_requires(requires: Requires) -> None:
    found = graph.order(requires)
    assert all(found.index(need) < i for i, topic in enumerate(found) for need in requires[topic])
    circular = {topic for topic in requires if topic in behind(requires, topic)}
    assert set(found) == {
        topic for topic in requires if not ({topic} | behind(requires, topic)) & circular
    }


@given(ACYCLIC)
def test_an_edge_is_implied_when_leaving_it_out_changes_nothing(requires: Requires) -> None:
    found = {(topic, need) for topic, need, _ in graph.implied(requires)}
    for topic, needs in requires.items():
        for need in needs:
            without = {**requires, topic: [one for one in needs if one != need]}
            same = behind(without, topic) == behind(requires, topic)
            assert ((topic, need) in found) == same
    for topic, need, way in graph.implied(requires):
        assert (way[0], way[-1]) == (topic, need)
        assert len(way) > 2
        assert all(one in requires[other] for other, one in pairwise(way))


@given(ACYCLIC)
def test_the_longest_chain_is_one_and_no_topic_is_deeper(requires: Requires) -> None:
    chain = graph.longest_chain(requires)
    assert all(need in requires[topic] for need, topic in pairwise(chain))
    assert len(chain) == max(graph.depth(requires).values())
    assert requires[chain[0]] == []


def test_a_long_chain_needs_no_recursion() -> None:
    requires = {str(i): [str(i - 1)] if i else [] for i in range(20_000)}
    assert len(graph.longest_chain(requires)) == 20_000
    requires["0"] = ["19999"]
    assert [len(circle) for circle in graph.circles(requires)] == [20_001]
