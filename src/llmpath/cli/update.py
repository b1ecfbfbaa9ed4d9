"""Gather what a catalog update means for the present learner."""

from llmpath.catalog.diff import renames
from llmpath.cli.session import Session
from llmpath.curriculum import Catalog
from llmpath.store.learner import learning
from llmpath.study.update import Effect, Possessions, effect


def effect_on(session: Session, old: Catalog, new: Catalog) -> Effect:
    """Return what the update from *old* to *new* touches of the present learner's data."""
    connection, learner = session.connection, session.learner.id
    goals = [goal.topic for goal in learning.goals(connection, learner)]
    goals += [id_ for what, id_ in learning.unknown_ids(connection, learner) if what == "goal"]
    possessions = Possessions(
        learning.learned(connection, learner),
        tuple(goals),
        tuple(note.target for note in learning.notes(connection, learner)),
    )
    pairs = ((old.topics, new.topics), (old.resources, new.resources))
    renamed = {was: now for one, other in pairs for was, now in renames(one, other).items()}
    present = frozenset(topic.id for topic in new.topics)
    present |= {work.id for work in new.resources}
    return effect(possessions, old.nodes(), new.nodes(), renamed, present)
