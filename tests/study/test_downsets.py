"""All states of knowledge: counted and drawn as by trying every set."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product

import pytest
from bench.downsets import Downsets, most_right
from hypothesis import given
from hypothesis import settings as hypothesis

from llmpath.study.graph import Roadmap
from tests.study import shipped
from tests.study.conftest import roadmaps


def tried(roadmap: Roadmap) -> set[frozenset[str]]:
    ids = list(roadmap.nodes)
    sets = (
        {id_ for id_, has in zip(ids, row, strict=True) if has}
        for row in product((0, 1), repeat=len(ids))
    )
    return {frozenset(one) for one in sets if roadmap.behind(one) <= one}


@hypothesis(deadline=None, max_examples=40)
@given(roadmaps())
def test_states_are_counted_and_drawn_as_by_trying_every_set(roadmap: Roadmap) -> None:
    states = Downsets(roadmap)
    every = tried(roadmap)
    assert states.count == len(every)
    draw = random.Random(1)
    assert {frozenset(states.draw(draw)) for _ in range(20)} <= every


def test_each_state_is_as_likely() -> None:
    fork = Roadmap(list(shipped.roadmap().nodes.values())[:4])
    states, draw = Downsets(fork), random.Random(2)
    drawn = Counter(frozenset(states.draw(draw)) for _ in range(200 * states.count))
    assert set(drawn) == tried(fork)
    assert all(140 < count < 260 for count in drawn.values())


def test_what_is_not_told_cannot_be_placed() -> None:
    assert most_right(2**100, 100, 0) == pytest.approx(0.5)
    assert most_right(2**100, 100, 100) == pytest.approx(1, abs=1e-6)
    assert 0.68 < most_right(2**100, 100, 10) < 0.69
