"""Gather where a learner stands on their map: what most pages show, whether they rank or not."""

import sqlite3
from collections.abc import Collection, Mapping
from typing import NamedTuple

from llmpath.model import Learned
from llmpath.store.catalog.reading import nodes, nodes_about
from llmpath.store.learner import learning
from llmpath.study.graph import Roadmap, states, without
from llmpath.vocab import State


class Standpoint(NamedTuple):
    """A learner's map: the roadmap, what they have learned, and each topic's state.

    The prerequisites that the learner ignores are no longer in the roadmap; they are beside it.
    """

    roadmap: Roadmap
    learned: Learned
    states: Mapping[str, State]
    ignored: tuple[tuple[str, str], ...] = ()


def standpoint(
    connection: sqlite3.Connection, learner: str, topics: Collection[str] | None = None
) -> Standpoint:
    """Return where *learner* stands, or where with *topics* alone.

    The map is then of these and what they require, of which no more than the titles should be
    told: whether one of those is ready depends on topics that are left out.
    """
    ignored = learning.ignored(connection, learner)
    found = nodes(connection) if topics is None else nodes_about(connection, topics)
    roadmap = Roadmap(without(found, set(ignored)) if ignored else found)
    learned = learning.learned(connection, learner)
    return Standpoint(roadmap, learned, states(roadmap, learned), tuple(ignored))
