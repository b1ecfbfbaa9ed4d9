"""The path to goals: the fewest topics from what one knows, goal by goal, as one can follow it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from llmpath.model import Goal, Learned, Node, Resource
from llmpath.plans import Depth
from llmpath.study.aims import topics_of
from llmpath.study.graph import (
    CLEARED,
    Roadmap,
    done_count,
    to_study,
    wanted_count,
    without,
)
from llmpath.study.taste import Taste, among
from llmpath.vocab import State, Status

OVER = (Status.DONE, Status.SKIPPED)
LEAST_SAVED = 60  # minutes that dropping a prerequisite must save to be worth naming
LEVERS_SHOWN = 3


class Step(NamedTuple):
    """A topic of the route: which later topics of it need this one, and what to study.

    `works` leave out what an earlier step has: what serves two topics is studied once. `minutes`
    are those of `works`; `enough` says whether they pass the topic. `unread` are the languages of
    what would, which the learner does not read.
    """

    topic: str
    state: State
    needed_by: tuple[str, ...]
    works: tuple[Resource, ...]
    minutes: int
    enough: bool
    unread: tuple[str, ...] = ()


class Route(NamedTuple):
    """The route to `goals`: its steps, goal by goal, and the topics left out as passed or skipped.

    The steps of each goal are in study order. `reached` are the topics of goals that need no step
    any more.
    """

    goals: tuple[Goal, ...]
    depth: Depth
    steps: tuple[Step, ...]
    left_out: tuple[str, ...]
    reached: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """The minutes of all steps."""
        return sum(step.minutes for step in self.steps)


class Lever(NamedTuple):
    """A prerequisite that only understanding takes, and what goes without it: topics, minutes."""

    topic: str
    needed: str
    topics: int
    minutes: int


def topics_to(roadmap: Roadmap, present: Mapping[str, State], goals: Iterable[str]) -> list[str]:
    """Return the fewest topics that lead to *goals* from *present*, in study order."""
    return roadmap.in_study_order(roadmap.still_to_pass(goals, present))


def topics_toward(
    roadmap: Roadmap, present: Mapping[str, State], goals: Iterable[Goal]
) -> list[str]:
    """Return the fewest topics that lead to *goals*: all for the first, what the next adds, ...

    Those of each goal are in study order.
    """
    found: dict[str, None] = {}
    for goal in goals:
        found |= dict.fromkeys(topics_to(roadmap, present, goal.topics))
    return list(found)


def reading(
    roadmap: Roadmap,
    learned: Learned,
    topics: Iterable[str],
    depth: Depth,
    works: Mapping[str, Resource] = {},
    taste: Taste = Taste(),
) -> dict[str, tuple[list[str], bool]]:
    """Return what to study for each of *topics*: resource ids, and whether they pass the topic.

    The curated order decides, what is in progress first. A resource that an earlier topic has
    counts for the later ones too, without being named again. Of *works* that take about as long,
    those to the *taste* are chosen, and none that the learner cannot read.
    """
    chosen: set[str] = set()
    result = {}
    for topic in topics:
        node = roadmap.nodes[topic]
        result[topic] = _reading(node, learned, depth, chosen, works, taste)
        chosen |= set(result[topic][0])
    return result


def _reading(
    node: Node,
    learned: Learned,
    depth: Depth,
    chosen: set[str],
    works: Mapping[str, Resource],
    taste: Taste,
) -> tuple[list[str], bool]:
    unread = set(_unread(node, learned, works, taste))
    fresh = [id_ for id_ in to_study(node, learned) if id_ not in unread]
    begun = [id_ for id_ in fresh if learned.statuses.get(id_) is Status.DOING]
    shared = [id_ for id_ in fresh if id_ in chosen]
    others = [id_ for id_ in fresh if id_ not in chosen and id_ not in begun]
    first = [id_ for id_ in begun if id_ not in chosen]
    done = done_count(node, learned) + len(shared)
    wanted = wanted_count(node, learned)
    if depth is Depth.DEEP:
        rest = [id_ for id_ in node.further if learned.statuses.get(id_) not in OVER]
        others += [id_ for id_ in rest if id_ not in chosen and id_ not in unread]
        count = len(first) + len(others)
    elif depth is Depth.ENOUGH:
        count = max(0, wanted - done)
    else:
        count = max(0, 1 - done)
    read = [*first[:count], *among(others, max(0, count - len(first)), works, taste)]
    teaching = sum(id_ in node.core for id_ in read)
    return read, bool(node.core) and done + teaching >= wanted


def _unread(node: Node, learned: Learned, works: Mapping[str, Resource], taste: Taste) -> list[str]:
    """Return what of the topic is in a language that the learner does not read, but not begun."""
    return [
        id_
        for id_ in (*node.core, *node.further)
        if id_ in works
        and not taste.reads(works[id_])
        and learned.statuses.get(id_) not in (*OVER, Status.DOING)
    ]


def route(
    roadmap: Roadmap,
    present: Mapping[str, State],
    learned: Learned,
    goals: Sequence[Goal],
    depth: Depth,
    works: Mapping[str, Resource],
    taste: Taste = Taste(),
) -> Route:
    """Return the route from *present* to *goals*; *works* are what there is to study, by id."""
    ends = topics_of(goals)
    topics = topics_toward(roadmap, present, goals)
    on_it = set(topics)
    read = reading(roadmap, learned, topics, depth, works, taste)
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
                () if enough else _languages(roadmap.nodes[topic], learned, works, taste),
            )
        )
    behind = roadmap.on_the_way(ends)
    left_out = roadmap.in_order(id_ for id_ in behind if id_ not in on_it)
    reached = tuple(id_ for id_ in ends if present[id_] in CLEARED)
    return Route(tuple(goals), depth, tuple(steps), tuple(left_out), reached)


def _languages(
    node: Node, learned: Learned, works: Mapping[str, Resource], taste: Taste
) -> tuple[str, ...]:
    """Return the languages of what counts towards the topic that the learner cannot read."""
    unread = [id_ for id_ in _unread(node, learned, works, taste) if id_ in node.core]
    return tuple(dict.fromkeys(works[id_].language for id_ in unread))


def levers(
    roadmap: Roadmap,
    optional: Iterable[tuple[str, str]],
    present: Mapping[str, State],
    learned: Learned,
    route: Route,
    works: Mapping[str, Resource] = {},
    taste: Taste = Taste(),
) -> list[Lever]:
    """Return the prerequisites that cost the *route* most, the costliest first.

    Only *optional* (topic, prerequisite) pairs are tried, each by itself.
    """
    on_it = {step.topic for step in route.steps}
    minutes = {work.id: work.minutes or 0 for step in route.steps for work in step.works}
    found = []
    for topic, needed in optional:
        if topic not in on_it or needed not in on_it:
            continue
        cut = Roadmap(without(roadmap.nodes.values(), {(topic, needed)}))
        topics = topics_toward(cut, present, route.goals)
        read = reading(cut, learned, topics, route.depth, works, taste)
        left = sum(minutes.get(id_, 0) for ids, _ in read.values() for id_ in ids)
        saved = route.minutes - left
        if saved >= LEAST_SAVED:
            found.append(Lever(topic, needed, len(on_it) - len(topics), saved))
    return sorted(found, key=lambda lever: -lever.minutes)[:LEVERS_SHOWN]
