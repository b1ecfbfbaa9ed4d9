"""Gather what the study of a learner's map needs from the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.cli.session import Session
from llmpath.errors import NotFound
from llmpath.model import Learned, Resource
from llmpath.settings import WEIGHTS
from llmpath.store import catalog, learning, naming
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
    roadmap = Roadmap(catalog.nodes(connection))
    learned = learning.learned(connection, learner)
    return Standpoint(roadmap, learned, states(roadmap, learned))


def picks(session: Session, point: Standpoint, selection: Selection, count: int) -> list[Pick]:
    """Return what to study next within *selection*, best first."""
    connection, learner = session.connection, session.learner.id
    goals = tuple(goal.topic for goal in learning.goals(connection, learner))
    weights = {name: session.settings[name] for name in WEIGHTS}
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
        material = catalog.treating(connection, learner, topics, selection)
        for topic, works in material.items():
            core = situation.roadmap.nodes[topic].core
            works.sort(key=lambda work: core.index(work.id) if work.id in core else len(core))
    else:
        core_ids = [id_ for topic in topics for id_ in situation.roadmap.nodes[topic].core]
        found = catalog.by_id(connection, core_ids)
        material = {
            topic: [found[id_] for id_ in situation.roadmap.nodes[topic].core if id_ in found]
            for topic in topics
        }
    begun = [id_ for id_, status in situation.learned.statuses.items() if status is Status.DOING]
    if begun:
        doing = selection._replace(statuses=(Status.DOING,), track="")
        for work in catalog.resources(connection, learner, doing):
            topic = _topic_of(work, situation)
            if topic and (not selection.track or _track(situation, topic) == selection.track):
                others = [other for other in material.get(topic, []) if other.id != work.id]
                material[topic] = [work, *others]
    return material


def _topic_of(work: Resource, situation: Situation) -> str:
    return next((topic for topic in work.topics if topic in situation.roadmap.nodes), "")


def _track(situation: Situation, topic: str) -> str:
    return situation.roadmap.nodes[topic].track


def one(session: Session, name: str, what: str = "") -> naming.Named:
    """Return the resource or topic that *name* means."""
    numbered = session.numbered if name.isdecimal() else []
    return naming.find(session.connection, name, numbered, what)


def several(session: Session, names: Sequence[str], what: str) -> list[naming.Named]:
    """Return what *names* mean, each once; a phrase of several words may come unquoted.

    `done illustrated transformer` means one resource: where the words don't each name
    something, all of them together may.
    """
    try:
        found = [one(session, name, what) for name in names]
    except NotFound as error:
        if len(names) < 2:
            raise
        try:
            found = [naming.find(session.connection, " ".join(names), [], what)]
        except NotFound:
            raise error from None
    return list(dict.fromkeys(found))


def part(session: Session, column: str, name: str | None) -> str:
    """Return the id of the track or study guide called *name*, or raise NotFound."""
    if not name:
        return ""
    rows = {
        "track": [(track.id, track.title) for track in catalog.tracks(session.connection)],
        "source": [(source.id, source.title) for source in catalog.sources(session.connection)],
    }[column]
    wanted = name.casefold()
    hits = [id_ for id_, title in rows if wanted in (id_, title.casefold())] or [
        id_ for id_, title in rows if id_.startswith(wanted) or wanted in title.casefold()
    ]
    if len(hits) != 1:
        what = "study guide" if column == "source" else column
        ids = ", ".join(id_ for id_, _ in rows)
        raise NotFound(f"No {what} {name!r}.", f"There are: {ids}.")
    return hits[0]
