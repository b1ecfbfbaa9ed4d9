"""The path to a goal: the fewest topics from what one knows, in an order one can follow."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from llmpath.model import Learned, Node, Resource
from llmpath.plans import Depth
from llmpath.study.graph import CLEARED, Roadmap, done_count, to_study, wanted_count
from llmpath.vocab import State, Status


class Step(NamedTuple):
    """A topic of the route: which later topics of it need this one, and what to study.

    `works` leave out what an earlier step has: what serves two topics is studied once. `minutes`
    are those of `works`; `enough` says whether they pass the topic.
    """

    topic: str
    state: State
    needed_by: tuple[str, ...]
    works: tuple[Resource, ...]
    minutes: int
    enough: bool


class Route(NamedTuple):
    """The route to `goals`: its steps in study order, and the topics left out as passed or skipped.

    `reached` are the goals that need no step any more.
    """

    goals: tuple[str, ...]
    depth: Depth
    steps: tuple[Step, ...]
    left_out: tuple[str, ...]
    reached: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """The minutes of all steps."""
        return sum(step.minutes for step in self.steps)


def topics_to(roadmap: Roadmap, present: Mapping[str, State], goals: Iterable[str]) -> list[str]:
    """Return the fewest topics that lead to *goals* from *present*, in study order."""
    return roadmap.in_study_order(roadmap.still_to_pass(goals, present))


def reading(
    roadmap: Roadmap, learned: Learned, topics: Iterable[str], depth: Depth
) -> dict[str, tuple[list[str], bool]]:
    """Return what to study for each of *topics*: resource ids, and whether they pass the topic.

    The curated order decides, what is in progress first. A resource that an earlier topic has
    counts for the later ones too, without being named again.
    """
    chosen: set[str] = set()
    result = {}
    for topic in topics:
        node = roadmap.nodes[topic]
        result[topic] = _reading(node, learned, depth, chosen)
        chosen |= set(result[topic][0])
    return result


def _reading(
    node: Node, learned: Learned, depth: Depth, chosen: set[str]
) -> tuple[list[str], bool]:
    fresh = to_study(node, learned)
    fresh.sort(key=lambda id_: learned.statuses.get(id_) is not Status.DOING)  # stable
    shared = [id_ for id_ in fresh if id_ in chosen]
    others = [id_ for id_ in fresh if id_ not in chosen]
    done = done_count(node, learned) + len(shared)
    wanted = wanted_count(node, learned)
    if depth is Depth.DEEP:
        count = len(others)
    elif depth is Depth.ENOUGH:
        count = max(0, wanted - done)
    else:
        count = max(0, 1 - done)
    works = others[:count]
    return works, bool(node.core) and done + len(works) >= wanted


def route(
    roadmap: Roadmap,
    present: Mapping[str, State],
    learned: Learned,
    goals: Sequence[str],
    depth: Depth,
    works: Mapping[str, Resource],
) -> Route:
    """Return the route from *present* to *goals*; *works* are the core resources by id."""
    topics = topics_to(roadmap, present, goals)
    on_it = set(topics)
    read = reading(roadmap, learned, topics, depth)
    turn = {topic: i for i, topic in enumerate(topics)}
    needed_by: dict[str, list[str]] = {}
    for topic in topics:
        for need in roadmap.nodes[topic].requires:
            needed_by.setdefault(need, []).append(topic)
    steps = []
    for topic in topics:
        ids, enough = read[topic]
        found = tuple(works[id_] for id_ in ids if id_ in works)
        steps.append(
            Step(
                topic,
                present[topic],
                tuple(sorted(needed_by.get(topic, ()), key=turn.__getitem__)),
                found,
                sum(work.minutes or 0 for work in found),
                enough,
            )
        )
    behind = roadmap.on_the_way(goals)
    left_out = roadmap.in_order(id_ for id_ in behind if id_ not in on_it)
    reached = tuple(goal for goal in goals if present[goal] in CLEARED)
    return Route(tuple(goals), depth, tuple(steps), tuple(left_out), reached)
