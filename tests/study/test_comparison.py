"""Topics held against each other: what they share, what one needs alone, which comes first."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.study.comparison import compare, leads, mentions, names_in, nearest
from llmpath.study.graph import Roadmap
from tests.study.conftest import roadmaps


@st.composite
def compared(draw: st.DrawFn) -> tuple[Roadmap, list[str]]:
    """A map and two to four of its topics."""
    roadmap = draw(roadmaps().filter(lambda one: len(one.nodes) > 1))
    topics = st.lists(st.sampled_from(list(roadmap.nodes)), min_size=2, max_size=4, unique=True)
    return roadmap, draw(topics)


@given(compared())
def test_shared_and_alone_are_apart_and_with_the_rest_all_that_is_needed(
    case: tuple[Roadmap, list[str]],
) -> None:
    roadmap, topics = case
    found = compare(roadmap, topics)
    parts = [found.shared, found.in_part(), *(found.alone(id_) for id_ in topics)]
    told = [id_ for part in parts for id_ in part]
    assert len(told) == len(set(told))
    assert set(told) == roadmap.behind(topics) - set(topics)
    for id_ in topics:
        behind = roadmap.behind([id_])
        assert set(found.shared) <= behind
        assert set(found.alone(id_)) <= behind


@given(compared())
def test_the_order_of_the_topics_changes_nothing_but_the_order(
    case: tuple[Roadmap, list[str]],
) -> None:
    roadmap, topics = case
    first = compare(roadmap, topics)
    for order in permutations(topics):
        other = compare(roadmap, order)
        assert other.shared == first.shared
        assert other.in_part() == first.in_part()
        assert other.opens == first.opens
        assert [other.alone(id_) for id_ in topics] == [first.alone(id_) for id_ in topics]
        assert set(leads(roadmap, order)) == set(leads(roadmap, topics))


@given(compared())
def test_what_is_needed_is_named_in_an_order_to_study_it(case: tuple[Roadmap, list[str]]) -> None:
    roadmap, topics = case
    needs = list(compare(roadmap, topics).needs)
    for place, id_ in enumerate(needs):
        assert not set(roadmap.nodes[id_].requires) & set(needs[place:])


@given(compared())
def test_a_lead_is_a_way_along_prerequisites_past_none_of_the_others(
    case: tuple[Roadmap, list[str]],
) -> None:
    roadmap, topics = case
    found = leads(roadmap, topics)
    for one in found:
        assert (one.way[0], one.way[-1]) == (one.before, one.after)
        assert not set(one.way[1:-1]) & set(topics)
        assert all(before in roadmap.nodes[after].requires for before, after in pairwise(one.way))
    if len(topics) == 2:
        told = {(one.before, one.after) for one in found}
        ways = permutations(topics)
        assert told == {(one, two) for one, two in ways if one in roadmap.behind([two])}


@given(compared())
def test_the_nearest_have_all_the_others_behind_them(case: tuple[Roadmap, list[str]]) -> None:
    roadmap, topics = case
    shared = compare(roadmap, topics).shared
    near = nearest(roadmap, shared)
    assert set(near) | roadmap.behind(near) >= set(shared)
    assert not set(near) & roadmap.behind(near)


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Would you pick LoRA here?", ["LoRA"], True),
        ("Two adapters at once", ["adapter"], True),
        ("One adapter at once", ["adapters"], True),
        ("A flora of models", ["LoRA"], False),
        ("Retrieval first, then generation", ["retrieval generation"], False),
        ("fine-tuning comes second", ["Fine tuning"], True),
        ("Anything at all", ["", "?"], False),
        ("Anything at all", [], False),
    ],
)
def test_a_text_mentions_a_name_as_words_of_its_own(
    text: str, names: list[str], found: bool
) -> None:
    assert mentions(text, names) is found


def test_a_title_that_lists_names_has_each_of_them() -> None:
    title = "Post-training quantization: GPTQ, AWQ and others"
    assert names_in(title) == [title, "Post-training quantization", "GPTQ", "AWQ", "others"]
    assert names_in("Agents") == ["Agents"]
    assert names_in("The how and why") == ["The how and why"]
