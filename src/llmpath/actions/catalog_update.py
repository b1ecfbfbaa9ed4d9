"""Gather what a catalog update means for the present learner."""

from __future__ import annotations

from llmpath.actions.learner_map import set_aim
from llmpath.actions.workspace import Workspace
from llmpath.catalog.diff import renames
from llmpath.curriculum import Catalog
from llmpath.model import Goal
from llmpath.store.learner import learning
from llmpath.study.aims import counting
from llmpath.study.update import Effect, Possessions, effect


def effect_on(w: Workspace, old: Catalog, new: Catalog) -> Effect:
    """Return what the update from *old* to *new* touches of the present learner's data."""
    connection, learner = w.connection, w.learner.id
    possessions = Possessions(
        learning.learned(connection, learner),
        tuple(learning.ignored(connection, learner)),
        tuple(learning.held_ids(connection, learner)),
    )
    goals = [one.goal for one in learning.goals(connection, learner, set_aim(w))]
    pairs = (
        (old.topics, new.topics),
        (old.resources, new.resources),
        (old.destinations, new.destinations),
    )
    renamed = {was: now for one, other in pairs for was, now in renames(one, other).items()}
    present = frozenset(topic.id for topic in new.topics)
    present |= {work.id for work in new.resources} | {one.id for one in new.destinations}
    before, after = (counting(one.nodes(), _known(goals, one), set_aim(w)) for one in (old, new))
    return effect(possessions, before, after, renamed, present)


def _known(goals: list[Goal], catalog: Catalog) -> list[Goal]:
    """Return *goals* with the topics that *catalog* has under these ids."""
    there = {topic.id for topic in catalog.topics}
    return [
        goal._replace(topics=tuple(id_ for id_ in goal.topics if id_ in there)) for goal in goals
    ]
