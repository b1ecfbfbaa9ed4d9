"""Look at prerequisites as a graph: circles, what lies behind a topic, edges others imply."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

Requires = Mapping[str, Sequence[str]]  # a topic's prerequisites; each of them is a topic too


def order(requires: Requires) -> list[str]:
    """Return the topics that no circle lies behind, each after its prerequisites."""
    missing = {topic: len(set(needs)) for topic, needs in requires.items()}
    dependents: dict[str, list[str]] = {topic: [] for topic in requires}
    for topic, needs in requires.items():
        for need in set(needs):
            dependents[need].append(topic)
    found = [topic for topic, count in missing.items() if not count]
    for topic in found:  # grows while it is read
        for dependent in dependents[topic]:
            missing[dependent] -= 1
            if not missing[dependent]:
                found.append(dependent)
    return found


def circles(requires: Requires) -> Iterator[list[str]]:
    """Yield circles of prerequisites, first member also last, until each topic in one is named.

    Each is a shortest one through its first member; first members are in the order given.
    """
    sound = set(order(requires))
    named: set[str] = set()
    for topic in requires:
        if topic in sound or topic in named:
            continue
        circle = path(requires, topic, topic)
        if circle:
            named.update(circle)
            yield circle


def path(requires: Requires, start: str, end: str) -> list[str]:
    """Return a shortest way from *start* to *end*, each requiring the next; [] if there is none."""
    came: dict[str, str] = {}
    queue = deque([start])
    while queue:
        topic = queue.popleft()
        for need in requires[topic]:
            if need not in came:
                came[need] = topic
                queue.append(need)
        if end in came:
            way = [end, came[end]]
            while way[-1] != start:
                way.append(came[way[-1]])
            return way[::-1]
    return []


def implied(requires: Requires) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (topic, prerequisite, way) for each edge that the other edges of the topic imply.

    The way leads from the topic to the prerequisite over another of the topic's edges. Topics
    with a circle behind them are left out: what is implied there is not determined.
    """
    bit: dict[str, int] = {}
    behind: dict[str, int] = {}  # sets as bits: 10,000 topics take a second, not minutes
    for number, topic in enumerate(order(requires)):
        bit[topic] = 1 << number
        behind[topic] = 0
        for need in requires[topic]:
            behind[topic] |= bit[need] | behind[need]
    for topic, needs in requires.items():
        if topic not in behind:
            continue
        for need in dict.fromkeys(needs):
            via = next((other for other in needs if behind[other] & bit[need]), None)
            if via:
                yield topic, need, [topic, via, *path(requires, via, need)[1:]]


def depth(requires: Requires) -> dict[str, int]:
    """Return for each topic without a circle behind it the topics on its longest chain.

    A topic without prerequisites has 1.
    """
    found: dict[str, int] = {}
    for topic in order(requires):
        found[topic] = 1 + max((found[need] for need in requires[topic]), default=0)
    return found


def longest_chain(requires: Requires) -> list[str]:
    """Return the longest chain of topics, each required by the next; the first found of several."""
    depths = depth(requires)
    if not depths:
        return []
    topic = max(depths, key=lambda one: depths[one])
    chain = [topic]
    while requires[topic]:
        topic = max(requires[topic], key=lambda one: depths[one])
        chain.append(topic)
    return chain[::-1]
