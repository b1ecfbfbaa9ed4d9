"""Which prerequisites count: those that somebody needs for what they want of a topic.

One can use a topic without what is needed only to understand why it works. So the same map serves
people who build and people who want to understand; what differs is which of its edges count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from llmpath.model import Goal, Node
from llmpath.vocab import Aim


def counting(nodes: Sequence[Node], goals: Iterable[Goal], default: str = "") -> list[Node]:
    """Return *nodes* with the prerequisites in `requires` that count, and the others beside.

    A topic on the way to goals has their aim, to understand where one of them has that: what one
    needs to use it one needs then as well. Elsewhere a topic has the *default* aim, that of its
    track where none is given. In the result `understand` has what does not count.
    """
    of = aims(nodes, goals, default)
    return [
        node._replace(requires=(*node.requires, *node.understand), understand=())
        if node.understand and of[node.id] == Aim.UNDERSTAND
        else node
        for node in nodes
    ]


def aims(nodes: Sequence[Node], goals: Iterable[Goal], default: str = "") -> dict[str, str]:
    """Return the aim of each topic: that of the goals it serves, else *default*, else its track's.

    Of goals that differ, the wider aim holds.
    """
    found = _served({node.id: node for node in nodes}, list(goals))
    return {node.id: found.get(node.id) or default or node.aim for node in nodes}


def behind_each(nodes: Sequence[Node], of: Mapping[str, str]) -> dict[str, set[str]]:
    """Return for each topic what it takes by its own aim in *of*, whatever that of the others.

    Who can use a topic need not understand what it is made of.
    """
    by_id = {node.id: node for node in nodes}
    return {id_: set(_served(by_id, [Goal(id_, "", (id_,), of[id_])])) - {id_} for id_ in by_id}


def _served(nodes: dict[str, Node], goals: Sequence[Goal]) -> dict[str, str]:
    """Return the aim of each topic on the way to *goals*: what a goal's own edges lead to."""
    found: dict[str, str] = {}
    for aim in (Aim.USE, Aim.UNDERSTAND):  # the second outranks the first
        queue = [id_ for goal in goals if goal.aim == aim for id_ in goal.topics if id_ in nodes]
        seen = set(queue)
        while queue:
            id_ = queue.pop()
            found[id_] = aim
            node = nodes[id_]
            needs = node.requires if aim is Aim.USE else (*node.requires, *node.understand)
            fresh = [need for need in needs if need not in seen and need in nodes]
            seen.update(fresh)
            queue += fresh
    return found


def topics_of(goals: Iterable[Goal]) -> list[str]:
    """Return the topics that *goals* are made of, each once."""
    return list(dict.fromkeys(id_ for goal in goals for id_ in goal.topics))
