"""How good the guidance is, on the shipped map: `make quality` runs it.

Two questions. How many topics, and how many minutes, does it take to reach a goal by doing what
`next` offers first, against simpler policies, over every topic as a goal? And how well does
placement find out what simulated learners know? All draws are seeded: the same figures each time.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from llmpath.catalog import locate
from llmpath.catalog.load import load
from llmpath.model import Learned, Node, Resource
from llmpath.settings import SETTINGS, WEIGHTS
from llmpath.study.graph import CLEARED, Roadmap, done_count, states, to_study, wanted_count
from llmpath.study.path import reading, topics_to
from llmpath.study.placement import MOST, Placement
from llmpath.study.recommend import Situation, candidates, open_topics, recommend
from llmpath.vocab import Depth, State, Status

DEFAULTS = {name: float(SETTINGS[name].default) for name in WEIGHTS}
SEEDS = 5  # runs of the random policy for each goal


class Map(NamedTuple):
    """The shipped roadmap and its resources by id."""

    roadmap: Roadmap
    works: Mapping[str, Resource]

    def minutes(self, resources: Sequence[str]) -> int:
        """Return how long *resources* take together."""
        return sum(self.works[id_].minutes or 0 for id_ in resources)


def shipped() -> Map:
    """Return the map that is shipped."""
    catalog = load(locate.files())
    track_of = {module.id: module.track for module in catalog.modules}
    place = {module.id: i for i, module in enumerate(catalog.modules)}
    nodes = [
        Node(
            topic.id,
            topic.title,
            topic.module,
            track_of[topic.module],
            tuple(edge.topic for edge in topic.requires),
            topic.core,
            topic.enough,
        )
        for topic in sorted(catalog.topics, key=lambda topic: place[topic.module])
    ]
    return Map(Roadmap(nodes), {work.id: work for work in catalog.resources})


# --- to a goal ---------------------------------------------------------------------------------

Choice = Callable[[Map, Learned, Mapping[str, State]], str]


def ready(map_: Map, present: Mapping[str, State]) -> list[str]:
    """Return the ready topics that have something to read."""
    return [
        id_
        for id_, state in present.items()
        if state is State.READY and map_.roadmap.nodes[id_].core
    ]


def left(map_: Map, learned: Learned, topic: str) -> int:
    """Return the minutes until *topic* is passed."""
    node = map_.roadmap.nodes[topic]
    count = wanted_count(node, learned) - done_count(node, learned)
    return map_.minutes(to_study(node, learned)[:count])


def policies() -> dict[str, Callable[[int], Choice]]:
    """Return the goal-blind policies by name; each makes a choice, given a seed."""

    def topological(_: int) -> Choice:
        order: dict[str, int] = {}

        def choose(map_: Map, learned: Learned, present: Mapping[str, State]) -> str:
            if not order:
                whole = map_.roadmap.in_study_order(set(map_.roadmap.nodes))
                order.update({id_: i for i, id_ in enumerate(whole)})
            return min(ready(map_, present), key=order.__getitem__)

        return choose

    def dependents(_: int) -> Choice:
        counts: dict[str, int] = {}

        def choose(map_: Map, learned: Learned, present: Mapping[str, State]) -> str:
            if not counts:
                counts.update({id_: len(map_.roadmap.beyond(id_)) for id_ in map_.roadmap.nodes})
            return max(ready(map_, present), key=counts.__getitem__)

        return choose

    def shortest(_: int) -> Choice:
        return lambda map_, learned, present: min(
            ready(map_, present), key=lambda id_: left(map_, learned, id_)
        )

    def chance(seed: int) -> Choice:
        draw = random.Random(seed)
        return lambda map_, learned, present: draw.choice(ready(map_, present))

    return {
        "topological order": topological,
        "most dependents first": dependents,
        "shortest first": shortest,
        "random ready": chance,
    }


class Cost(NamedTuple):
    """Topics studied and minutes spent until a goal was passed."""

    topics: int
    minutes: int


def by_policy(map_: Map, goal: str, choose: Choice) -> Cost:
    """Study whole topics, as *choose* says, until *goal* is passed."""
    learned = Learned({}, frozenset())
    topics, minutes = 0, 0
    present = states(map_.roadmap, learned)
    while present[goal] not in CLEARED:
        topic = choose(map_, learned, present)
        node = map_.roadmap.nodes[topic]
        count = wanted_count(node, learned) - done_count(node, learned)
        read = to_study(node, learned)[:count]
        minutes += map_.minutes(read)
        topics += 1
        done = {**learned.statuses, **dict.fromkeys(read, Status.DONE)}
        learned = learned._replace(statuses=done)
        present = states(map_.roadmap, learned)
    return Cost(topics, minutes)


def by_next(map_: Map, goal: str, told: bool = True) -> Cost:
    """Do what `next` offers first until *goal* is passed, with the goal *told* to it or not."""
    learned = Learned({}, frozenset())
    topics: set[str] = set()
    minutes = 0
    goals = (goal,) if told else ()
    while True:
        situation = Situation(map_.roadmap, states(map_.roadmap, learned), learned, goals, DEFAULTS)
        if situation.states[goal] in CLEARED:
            return Cost(len(topics), minutes)
        works = {
            topic: [map_.works[id_] for id_ in candidates(situation, topic)]
            for topic in open_topics(situation)
        }
        pick = recommend(situation, works, 1)[0]
        topics.add(pick.topic)
        minutes += pick.resource.minutes or 0
        learned = learned._replace(statuses={**learned.statuses, pick.resource.id: Status.DONE})


def fewest(map_: Map, goal: str) -> Cost:
    """Return the least topics that lead to *goal*, and the minutes of what `path` names."""
    nobody = Learned({}, frozenset())
    topics = topics_to(map_.roadmap, states(map_.roadmap, nobody), [goal])
    read = reading(map_.roadmap, nobody, topics, Depth.ENOUGH)
    return Cost(len(topics), map_.minutes([id_ for ids, _ in read.values() for id_ in ids]))


def quantiles(values: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 90th percentile."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))]


def print_goals(map_: Map) -> None:
    """Print topics and minutes to every goal over the least there can be."""
    goals = list(map_.roadmap.nodes)
    least = {goal: fewest(map_, goal) for goal in goals}
    rows: dict[str, list[tuple[str, Cost]]] = {
        "next, goal set": [(goal, by_next(map_, goal)) for goal in goals],
        "next, no goal": [(goal, by_next(map_, goal, told=False)) for goal in goals],
    }
    for name, make in policies().items():
        seeds = range(SEEDS) if name == "random ready" else range(1)
        rows[name] = [(goal, by_policy(map_, goal, make(seed))) for seed in seeds for goal in goals]
    print(
        f"To each of {len(goals)} goals from nothing, over the fewest topics and `path`'s minutes"
    )
    print(f"{'':<24}{'topics':>16}{'minutes':>20}")
    print(f"{'':<24}{'median':>8}{'p90':>8}{'median':>12}{'p90':>8}")
    figures = {}
    for name, costs in rows.items():
        topics = quantiles([cost.topics / least[goal].topics for goal, cost in costs])
        minutes = quantiles([cost.minutes / least[goal].minutes for goal, cost in costs])
        figures[name] = (topics, minutes)
        print(f"{name:<24}{topics[0]:>8.2f}{topics[1]:>8.2f}{minutes[0]:>12.2f}{minutes[1]:>8.2f}")
    print_where_no_better(map_, least, rows)


def print_where_no_better(
    map_: Map, least: Mapping[str, Cost], rows: Mapping[str, Sequence[tuple[str, Cost]]]
) -> None:
    """Say for how many goals `next` is no better than each of the others."""
    mine = dict(rows["next, goal set"])
    print("Goals for which `next` with the goal set is no better:")
    for name, costs in rows.items():
        if name == "next, goal set":
            continue
        topics = [goal for goal, cost in costs if cost.topics <= mine[goal].topics]
        minutes = [goal for goal, cost in costs if cost.minutes <= mine[goal].minutes]
        count = len(costs) // len(mine)
        print(
            f"  than {name}: {len(topics) / count:.0f} in topics,"
            f" {len(minutes) / count:.0f} in minutes"
        )
    longer = [goal for goal in mine if mine[goal].minutes > least[goal].minutes]
    early = [goal for goal in mine if mine[goal].topics < least[goal].topics]
    print(f"  than `path` itself, in minutes: longer for {len(longer)} goals")
    print(
        f"  {len(early)} goals are passed before all they require, by a resource that is in the"
        " core of both"
    )


# --- placement ---------------------------------------------------------------------------------


def learners(map_: Map, kind: str, count: int, seed: int) -> Iterator[set[str]]:
    """Yield what simulated learners know: sets of topics with all that they require.

    `goals`: up to six topics drawn at random, with what they require. `track`: the first so many
    topics of a track. `wanderer`: so many topics, each drawn from those that were ready.
    """
    draw = random.Random(f"{kind} {seed}")
    roadmap = map_.roadmap
    ids = list(roadmap.nodes)
    for _ in range(count):
        if kind == "goals":
            yield roadmap.on_the_way(draw.sample(ids, draw.randint(0, 6)))
        elif kind == "track":
            track = draw.choice(sorted({node.track for node in roadmap.nodes.values()}))
            topics = [id_ for id_ in ids if roadmap.nodes[id_].track == track]
            yield roadmap.on_the_way(topics[: draw.randint(0, len(topics))])
        else:
            known: set[str] = set()
            for _ in range(draw.randint(0, len(ids))):
                open_ = [
                    id_
                    for id_ in ids
                    if id_ not in known and known.issuperset(roadmap.nodes[id_].requires)
                ]
                known.add(draw.choice(open_))
            yield known


def place(map_: Map, known: set[str], noise: float, draw: random.Random, order: bool) -> Placement:
    """Return the placement of somebody who knows *known*, and slips or guesses by *noise*."""
    placement = Placement(map_.roadmap, ())
    line = map_.roadmap.in_study_order(set(map_.roadmap.nodes))
    while True:
        asked = len(placement.answers)
        topic = (line[asked] if asked < MOST else None) if order else placement.question()
        if topic is None:
            return placement
        truth = topic in known
        placement.answer(topic, truth != (draw.random() < noise))


def print_placement(map_: Map, count: int) -> None:
    """Print questions asked and topics placed rightly, for each sort of learner and noise."""
    print()
    print(f"Placement of {count} simulated learners of each sort: questions, and topics right in %")
    print(f"{'':<28}{'questions':>14}{'placed right, %':>26}{'roadmap order, %':>22}")
    head = f"{'median':>8}{'p90':>6}{'mean':>10}{'median':>8}{'p10':>8}"
    print(f"{'learner, slips':<28}{head}{'mean':>10}{'median':>8}")
    total = len(map_.roadmap.nodes)
    no_better = []
    for kind in ("goals", "track", "wanderer"):
        for noise in (0.0, 0.1, 0.2):
            rows = []
            draw = random.Random(f"slips {kind} {noise}")
            for known in learners(map_, kind, count, 1):
                mine = place(map_, known, noise, draw, False)
                theirs = place(map_, known, noise, draw, True)
                rows.append(
                    (
                        len(mine.answers),
                        100 * agreement(map_, known, mine) / total,
                        100 * agreement(map_, known, theirs) / total,
                    )
                )
            asked = quantiles([row[0] for row in rows])
            right = sorted(row[1] for row in rows)
            other = [row[2] for row in rows]
            if statistics.mean(right) < statistics.mean(other) + 1:
                no_better.append(f"{kind}, {noise:.0%}")
            print(
                f"{f'{kind}, {noise:.0%}':<28}{asked[0]:>8.0f}{asked[1]:>6.0f}"
                f"{statistics.mean(right):>10.1f}{statistics.median(right):>8.1f}"
                f"{right[len(right) // 10]:>8.1f}"
                f"{statistics.mean(other):>10.1f}{statistics.median(other):>8.1f}"
            )

    where = "; ".join(no_better) or "nowhere"
    print(f"No better than asking in roadmap order, by less than a point: {where}")


def agreement(map_: Map, known: set[str], placement: Placement) -> int:
    """Return how many topics are placed rightly: set as known by who knows them, and only then."""
    found = set(placement.known())
    return sum((id_ in known) == (id_ in found) for id_ in map_.roadmap.nodes)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=100, help="simulated learners of each sort")
    options = parser.parse_args()
    map_ = shipped()
    print_goals(map_)
    print_placement(map_, options.learners)


if __name__ == "__main__":
    main()
