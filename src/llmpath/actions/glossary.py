"""What acronyms and terms mean, and where to start."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, learner_map
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Term
from llmpath.errors import NotFound
from llmpath.model import Node, Resource
from llmpath.store.catalog import glossary, reading, resources
from llmpath.vocab import State, Status

STARTS_SHOWN = 3  # resources to start with
LONGEST_TERM = 40  # of what was asked for, when it is said back


class Definition(NamedTuple):
    """A term, its topic with the learner's state there, and the resources to start with."""

    term: Term
    topic: Node
    state: State
    summary: str
    start: Sequence[tuple[Resource, Status]]

    @property
    def lettered(self) -> list[str]:
        """The resources in the order they go by letters."""
        return [work.id for work, _ in self.start]


def terms(w: Workspace) -> list[Term]:
    """Return all terms of the glossary, by name."""
    return glossary.all_terms(w.connection)


def define(w: Workspace, name: str) -> list[Definition]:
    """Return what *name* means, a definition for each term called so; or raise NotFound."""
    found = glossary.called(w.connection, name)
    if not found:
        raise NotFound(f"{_cut(name)!r} is not in the glossary.", _hint(w, name))
    point = learner_map(w)
    return [_definition(w, point, term) for term in found]


def _definition(w: Workspace, point: LearnerMap, term: Term) -> Definition:
    topic = reading.topic(w.connection, term.topic)
    works = resources.by_id(w.connection, topic.core[:STARTS_SHOWN])
    statuses = point.learned.statuses
    return Definition(
        term,
        point.roadmap.nodes[term.topic],
        point.states[term.topic],
        topic.summary,
        [
            (works[id_], statuses.get(id_, Status.TODO))
            for id_ in topic.core[:STARTS_SHOWN]  # in their order
            if id_ in works
        ],
    )


def _hint(w: Workspace, name: str) -> str:
    from difflib import get_close_matches  # only on the way to an error
    from shlex import join

    from llmpath.words import folded

    known = {folded(one): one for one in glossary.names(w.connection)}
    near = get_close_matches(folded(name), known, 2, 0.7)
    if near:
        return f"Did you mean {' or '.join(known[one] for one in near)}?"
    return f"Search for it with: llmpath search {join(_cut(name).split())}"


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_TERM else name[: LONGEST_TERM - 1] + "…"
