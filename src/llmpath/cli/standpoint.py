"""Gather where a learner stands on their map: what most pages show, whether they rank or not."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from llmpath.model import Learned
from llmpath.store import learning
from llmpath.store.roadmap import nodes
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


def standpoint(connection: sqlite3.Connection, learner: str) -> Standpoint:
    """Return where *learner* stands."""
    ignored = learning.ignored(connection, learner)
    found = nodes(connection)
    roadmap = Roadmap(without(found, set(ignored)) if ignored else found)
    learned = learning.learned(connection, learner)
    return Standpoint(roadmap, learned, states(roadmap, learned), tuple(ignored))
