"""How well `place` finds out what simulated learners know, on the shipped map.

Each learner knows a set of topics with all that they require, and answers as people do: yes or no
to a topic, or for its whole module where they know all of it or nothing of it. `make quality` runs
it. All draws are seeded: the same figures each time.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench.downsets import Downsets, most_right
from llmpath.study.graph import Roadmap
from llmpath.study.placement import MOST_QUESTIONS, Answer, Placement

NOISE = (0.0, 0.1, 0.2)
KINDS = {
    "goals": "up to six topics, with what they require",
    "track": "the first so many topics of a track",
    "modules": "up to eight modules, with what they require",
    "wanderer": "so many topics, each drawn from those that were ready",
    "any": "any of all possible states, each as likely",
}


class Placed(NamedTuple):
    """How a placement went: questions asked, and the share of topics that were placed rightly."""

    questions: int
    right: float


def learners(states: Downsets, kind: str, count: int, seed: int) -> Iterator[set[str]]:
    """Yield what *count* simulated learners of a *kind* know; KINDS describes each."""
    draw = random.Random(f"{kind} {seed}")
    roadmap = states.roadmap
    ids = list(roadmap.nodes)

    def goals() -> set[str]:
        return roadmap.on_the_way(draw.sample(ids, draw.randint(0, 6)))

    def track() -> set[str]:
        name = draw.choice(sorted({node.track for node in roadmap.nodes.values()}))
        topics = [id_ for id_ in ids if roadmap.nodes[id_].track == name]
        return roadmap.on_the_way(topics[: draw.randint(0, len(topics))])

    def modules() -> set[str]:
        names = list(dict.fromkeys(node.module for node in roadmap.nodes.values()))
        chosen = set(draw.sample(names, draw.randint(0, 8)))
        return roadmap.on_the_way(id_ for id_ in ids if roadmap.nodes[id_].module in chosen)

    def wanderer() -> set[str]:
        known: set[str] = set()
        for _ in range(draw.randint(0, len(ids))):
            ready = [id_ for id_ in ids if known.issuperset(roadmap.nodes[id_].requires)]
            known.add(draw.choice([id_ for id_ in ready if id_ not in known]))
        return known

    make: dict[str, Callable[[], set[str]]] = {
        "goals": goals,
        "track": track,
        "modules": modules,
        "wanderer": wanderer,
        "any": lambda: states.draw(draw),
    }
    for _ in range(count):
        yield make[kind]()


def answered(
    placement: Placement, topic: str, known: set[str], noise: float, draw: random.Random
) -> Answer:
    """Return what somebody who knows *known* says of *topic*.

    By the chance *noise* they slip or guess; by the same chance they make out that a module of
    which they know more than half is known, or one of which they know less is not.
    """
    mates = placement.module(topic)
    share = sum(id_ in known for id_ in mates) / len(mates)
    if draw.random() < noise and share != 0.5:
        share = float(share > 0.5)
    yes = (topic in known) != (draw.random() < noise)
    return Answer(topic, yes, share == float(yes))


def place(
    roadmap: Roadmap, known: set[str], noise: float, draw: random.Random, in_order: bool = False
) -> Placed:
    """Place somebody who knows *known*, by the questions of `place` or in the roadmap's order."""
    placement = Placement(roadmap, ())
    line = roadmap.in_study_order(set(roadmap.nodes))
    while len(placement.answers) < MOST_QUESTIONS:
        topic = _following(placement, line) if in_order else placement.question()
        if topic is None:
            break
        placement.answer(*answered(placement, topic, known, noise, draw))
    found = set(placement.known())
    right = sum((id_ in known) == (id_ in found) for id_ in roadmap.nodes)
    return Placed(len(placement.answers), 100 * right / len(roadmap.nodes))


def _following(placement: Placement, line: list[str]) -> str | None:
    """Return the first topic of *line* that nothing was said of."""
    said = {
        id_
        for topic, _, whole in placement.answers
        for id_ in (placement.module(topic) if whole else [topic])
    }
    return next((id_ for id_ in line if id_ not in said), None)


def print_placement(roadmap: Roadmap, count: int) -> None:
    """Print questions asked and topics placed rightly, for each sort of learner and noise."""
    states = Downsets(roadmap)
    print(f"Placement of {count} simulated learners of each sort, who know")
    for kind, text in KINDS.items():
        print(f"  {kind:<10}{text}")
    print(f"{'':<18}{'questions':>12}{'placed rightly, %':>30}{'roadmap order, %':>20}")
    head = f"{'median':>8}{'p90':>5}{'mean':>11}{'median':>8}{'worst tenth':>13}"
    print(f"{'learner, slips':<18}{head}{'mean':>11}{'median':>8}")
    for kind in KINDS:
        for noise in NOISE:
            draw = random.Random(f"slips {kind} {noise}")
            known = list(learners(states, kind, count, 1))
            mine = [place(roadmap, one, noise, draw) for one in known]
            other = [place(roadmap, one, noise, draw, in_order=True).right for one in known]
            asked = sorted(one.questions for one in mine)
            right = sorted(one.right for one in mine)
            print(
                f"{f'{kind}, {noise:.0%}':<18}"
                f"{statistics.median(asked):>8.0f}{asked[9 * count // 10]:>5}"
                f"{statistics.mean(right):>11.1f}{statistics.median(right):>8.1f}"
                f"{right[count // 10]:>13.1f}"
                f"{statistics.mean(other):>11.1f}{statistics.median(other):>8.1f}"
            )
    _print_bound(states)


def _print_bound(states: Downsets) -> None:
    """Say what no questions could do better than, where every state is as likely."""
    total = len(states.roadmap.nodes)
    print(
        f"There are {states.count:.2e} states ({math.log2(states.count):.1f} bits). Were each as"
        f" likely, no {MOST_QUESTIONS} answers of two kinds could place more than"
        f" {most_right(states.count, total, MOST_QUESTIONS):.1%} of the topics rightly on average,"
        " and none of four kinds more than"
        f" {most_right(states.count, total, 2 * MOST_QUESTIONS):.1%}."
    )
