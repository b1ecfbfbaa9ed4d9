"""Gather what the study of a learner's map needs from the database."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from llmpath.cli.session import Session
from llmpath.model import Learned, Resource
from llmpath.settings import WEIGHTS
from llmpath.store import learning, resources
from llmpath.store.roadmap import nodes
from llmpath.store.selection import Selection
from llmpath.study.graph import Roadmap, states
from llmpath.study.recommend import Pick, Situation, open_topics, recommend
from llmpath.vocab import State, Status


class Standpoint(NamedTuple):
    """A learner's map: the roadmap, what they have learned, and each topic's state."""

    roadmap: Roadmap
    learned: Learned
    states: Mapping[str, State]


def standpoint(connection: sqlite3.Connection, learner: str) -> Standpoint:
    """Return where *learner* stands."""
    roadmap = Roadmap(nodes(connection))
    learned = learning.learned(connection, learner)
    return Standpoint(roadmap, learned, states(roadmap, learned))


def picks(session: Session, point: Standpoint, selection: Selection, count: int) -> list[Pick]:
    """Return what to study next within *selection*, best first."""
    connection, learner = session.connection, session.learner.id
    goals = tuple(goal.topic for goal in learning.goals(connection, learner))
    weights = {name: session.settings.value(name) for name in WEIGHTS}
    situation = Situation(point.roadmap, point.states, point.learned, goals, weights)
    material = _material(session, situation, selection)
    return recommend(situation, material, count)


def _material(
    session: Session, situation: Situation, selection: Selection
) -> dict[str, list[Resource]]:
    """Return the resources to choose from: of the ready topics, and what is in progress."""
    connection, learner = session.connection, session.learner.id
    topics = open_topics(situation)
    if selection.track:
        topics = [id_ for id_ in topics if situation.roadmap.nodes[id_].track == selection.track]
    if selection:
        material = resources.treating(connection, learner, topics, selection)
        for topic, works in material.items():
            core = situation.roadmap.nodes[topic].core
            works.sort(key=lambda work: core.index(work.id) if work.id in core else len(core))
    else:
        core_ids = [id_ for topic in topics for id_ in situation.roadmap.nodes[topic].core]
        found = resources.by_id(connection, core_ids)
        material = {
            topic: [found[id_] for id_ in situation.roadmap.nodes[topic].core if id_ in found]
            for topic in topics
        }
    begun = [id_ for id_, status in situation.learned.statuses.items() if status is Status.DOING]
    if begun:
        doing = selection._replace(statuses=(Status.DOING,), track="")
        for work in resources.select(connection, learner, doing):
            topic = _topic_of(work, situation)
            if topic and (not selection.track or _track(situation, topic) == selection.track):
                others = [other for other in material.get(topic, []) if other.id != work.id]
                material[topic] = [work, *others]
    return material


def _topic_of(work: Resource, situation: Situation) -> str:
    return next((topic for topic in work.topics if topic in situation.roadmap.nodes), "")


def _track(situation: Situation, topic: str) -> str:
    return situation.roadmap.nodes[topic].track
