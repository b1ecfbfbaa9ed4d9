"""Gather what a catalog update means for the present learner."""

from __future__ import annotations

from llmpath.actions.workspace import Workspace
from llmpath.catalog.diff import renames
from llmpath.curriculum import Catalog
from llmpath.store.learner import learning
from llmpath.study.update import Effect, Possessions, effect


def effect_on(w: Workspace, old: Catalog, new: Catalog) -> Effect:
    """Return what the update from *old* to *new* touches of the present learner's data."""
    connection, learner = w.connection, w.learner.id
    possessions = Possessions(
        learning.learned(connection, learner),
        tuple(learning.ignored(connection, learner)),
        tuple(learning.held_ids(connection, learner)),
    )
    pairs = ((old.topics, new.topics), (old.resources, new.resources))
    renamed = {was: now for one, other in pairs for was, now in renames(one, other).items()}
    present = frozenset(topic.id for topic in new.topics)
    present |= {work.id for work in new.resources}
    return effect(possessions, old.nodes(), new.nodes(), renamed, present)
