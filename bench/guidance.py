"""How good the guidance is, on the shipped map: `make quality` runs it.

How many topics, and how many minutes, does it take to reach a goal by doing what `next` offers
first, against simpler policies, over every topic as a goal? How well placement does stands in
`bench.placing`. All draws are seeded: the same figures each time.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bench import placing
from llmpath.catalog import locate
from llmpath.catalog.load import load
from llmpath.model import Goal, Learned, Resource
from llmpath.plans import Depth
from llmpath.settings import SETTINGS, WEIGHTS
from llmpath.study.aims import counting
from llmpath.study.choices import recommend
from llmpath.study.graph import CLEARED, Roadmap, done_count, states, to_study, wanted_count
from llmpath.study.path import reading, topics_to
from llmpath.study.recommend import Situation, candidates, open_topics
from llmpath.vocab import State, Status

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
    return Map(
        Roadmap(counting(catalog.nodes(), ())), {work.id: work for work in catalog.resources}
    )


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
    node = map_.roadmap.nodes[goal]
    goals = (Goal(goal, node.title, (goal,), node.aim),) if told else ()
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


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=100, help="simulated learners of each sort")
    options = parser.parse_args()
    map_ = shipped()
    print_goals(map_)
    print()
    placing.print_placement(map_.roadmap, options.learners)


if __name__ == "__main__":
    main()
