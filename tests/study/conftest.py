"""Random roadmaps and learners."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from llmpath.model import Goal, Learned, Node, Resource
from llmpath.study.graph import Roadmap
from llmpath.vocab import Status


def as_goals(roadmap: Roadmap, topics: Iterable[str]) -> tuple[Goal, ...]:
    """Return *topics* as goals, each with the aim of its track."""
    nodes = [roadmap.nodes[id_] for id_ in topics]
    return tuple(Goal(node.id, node.title, (node.id,), node.aim) for node in nodes)


@st.composite
def roadmaps(draw: st.DrawFn, most: int = 9) -> Roadmap:
    """A directed acyclic graph of topics, some with core resources."""
    size = draw(st.integers(1, most))
    nodes = []
    for i in range(size):
        requires = draw(st.sets(st.integers(0, i - 1), max_size=3)) if i else set()
        core = tuple(f"r{i}-{j}" for j in range(draw(st.integers(0, 3))))
        enough = draw(st.integers(1, max(1, len(core))))
        needed = tuple(f"t{j}" for j in sorted(requires))
        nodes.append(Node(f"t{i}", f"Topic {i}", f"m{i % 3}", "k", needed, core, enough))
    return Roadmap(nodes)


@st.composite
def learners(draw: st.DrawFn, roadmap: Roadmap) -> Learned:
    """What somebody has done and knows of *roadmap*, in any order at all."""
    works = [id_ for node in roadmap.nodes.values() for id_ in node.core]
    statuses = draw(
        st.dictionaries(st.sampled_from(works), st.sampled_from(Status)) if works else st.just({})
    )
    known = draw(st.sets(st.sampled_from(list(roadmap.nodes))))
    return Learned(statuses, frozenset(known))


def material(roadmap: Roadmap) -> dict[str, list[Resource]]:
    """Every topic's core resources, of a length that their names give."""
    return {
        node.id: [
            Resource(
                id_, id_.upper(), f"https://x.example/{id_}", "article", "beginner", (node.id,)
            )
            for id_ in node.core
        ]
        for node in roadmap.nodes.values()
    }
