"""Gather what a recommendation needs from the database, and rank what there is to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from llmpath.actions.learner_map import LearnerMap, situation_of
from llmpath.actions.workspace import Workspace
from llmpath.model import Resource
from llmpath.store.catalog import resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning
from llmpath.study import choices
from llmpath.study.choices import ahead, is_settled, varied
from llmpath.study.graph import CLEARED
from llmpath.study.recommend import (
    FEWEST_CHOICES,
    MOST_PER_TOPIC,
    Pick,
    Situation,
    candidates,
    ceilings,
    in_rank,
    open_goals,
    open_topics,
    ranked,
)
from llmpath.vocab import State, Status

if TYPE_CHECKING:
    from llmpath.actions.leading import Lead

AT_ONCE = 60  # topics whose resources are read together


def picks(
    w: Workspace, point: LearnerMap, selection: Selection, count: int, locked: bool = False
) -> list[Pick]:
    """Return what to study next within *selection*, best first; *locked* topics too if asked."""
    return seated(w, varied(ranks(w, point, selection, count, locked), count))


def seated(w: Workspace, picks: Sequence[Pick], minutes: int | None = None) -> list[Pick]:
    """Return *picks* with the next sitting of each, for who has so many *minutes*, if it is said.

    Without, only what is in progress has any.
    """
    if minutes is None and all(pick.status is not Status.DOING for pick in picks):
        return list(picks)
    spent = learning.spent(w.connection, w.learner.id)
    return [choices.seated(pick, spent.get(pick.resource.id), minutes) for pick in picks]


def ranks(
    w: Workspace, point: LearnerMap, selection: Selection, count: int, locked: bool = False
) -> list[Pick]:
    """Return what there is to choose from, the highest score first: all that *count* may need."""
    situation = situation_of(w, point)
    if selection.topic:  # a topic asked for by name need not lie on the way to a goal
        situation = situation._replace(goals=())
    topics = _topics(situation, selection, locked)
    if len(topics) <= AT_ONCE:
        return ranked(situation, _material(w, situation, selection, topics))
    found: list[Pick] = []
    order = ceilings(situation, topics)
    for start in range(0, len(order), AT_ONCE):
        part = [topic for topic, _ in order[start : start + AT_ONCE]]
        material = _material(w, situation, selection, part, start == 0)
        found = in_rank(situation, [*found, *ranked(situation, material)])
        after = order[start + AT_ONCE : start + AT_ONCE + 1]
        if after and is_settled(found, count, after[0][1]):
            break
    return found


def afterwards(w: Workspace, point: LearnerMap, offered: list[Pick], count: int) -> list[Pick]:
    """Return up to *count* choices of topics that are ready once those *offered* are passed."""
    now = situation_of(w, point)
    then = ahead(now, offered)
    if open_goals(now) and not open_goals(then):
        return []  # with these the goals are reached
    before = set(open_topics(now))
    fresh = [id_ for id_ in open_topics(then) if id_ not in before]
    material = _material(w, then, Selection(), fresh, begun=False, most=1)
    found = varied([pick for pick in ranked(then, material) if pick.is_core], count)
    return [pick._replace(waits=_missing(now, pick.topic)) for pick in found]


def _missing(situation: Situation, topic: str) -> tuple[str, ...]:
    """Return what *topic* still waits for."""
    needs = situation.roadmap.nodes[topic].requires
    return tuple(need for need in needs if situation.states[need] not in CLEARED)


def ranking(w: Workspace, situation: Situation) -> list[Pick]:
    """Return every choice there is at present, the highest score first.

    Where very many topics are ready, only those that `next` would name before a third of any.
    """
    selection = Selection()
    topics = _topics(situation, selection, False)
    most = None if len(topics) <= AT_ONCE else MOST_PER_TOPIC
    return ranked(situation, _material(w, situation, selection, topics, most=most))


def _topics(situation: Situation, selection: Selection, locked: bool) -> list[str]:
    """Return the topics to choose from within *selection*, in map order."""
    topics = open_topics(situation, locked)
    if selection.track:
        topics = [id_ for id_ in topics if _track(situation, id_) == selection.track]
    if selection.topic:
        topics = [id_ for id_ in topics if id_ == selection.topic]
    return topics


def _material(
    w: Workspace,
    situation: Situation,
    selection: Selection,
    topics: list[str],
    begun: bool = True,
    most: int | None = None,
) -> dict[str, list[Resource]]:
    """Return the resources to choose from: of *topics*, and with *begun* what is in progress.

    Of the core of each topic that is unfiltered, at *most* so many. Nothing is in a language that
    the learner does not read, unless they have begun it or the selection asks for languages.
    """
    if situation.taste.chooses:
        most = None  # what the learner likes best may stand anywhere in the core
    if selection:
        material = _treating(w, situation, topics, selection)
    else:
        chosen = {topic: candidates(situation, topic)[:most] for topic in topics}
        found = resources.by_id(w.connection, [i for ids in chosen.values() for i in ids])
        material = {
            topic: [found[id_] for id_ in ids if id_ in found and _fits(situation, found[id_])]
            for topic, ids in chosen.items()
        }
        few = not situation.goals and sum(map(len, material.values())) < FEWEST_CHOICES
        bare = [topic for topic, works in material.items() if few or not works]
        if bare:  # too little of the core is left to choose from: the rest of the catalog stands in
            material |= _treating(w, situation, bare, selection)
    for topic, work in _begun(w, situation, selection) if begun else ():
        others = [other for other in material.get(topic, []) if other.id != work.id]
        material[topic] = [work, *others]
    return material


def _treating(
    w: Workspace, situation: Situation, topics: list[str], selection: Selection
) -> dict[str, list[Resource]]:
    """Return all of *selection* that treats each of *topics*, the core in its order first.

    After the core comes what is in English, then the rest. What is not kept up is left out.
    """
    found = resources.treating(w.connection, w.learner.id, topics, selection)
    anyhow = any(one.field == "language" and not one.negated for one in selection.conditions)
    for topic, works in found.items():
        works[:] = [work for work in works if _fits(situation, work, anyhow)]
        core = situation.roadmap.nodes[topic].core
        places = {id_: place for place, id_ in enumerate(core)}
        works.sort(key=lambda work: places.get(work.id, len(core) + bool(work.foreign)))
    return found


def _fits(situation: Situation, work: Resource, in_any_language: bool = False) -> bool:
    """Say whether *work* is worth offering to somebody who reads what they read."""
    return work.is_live and (in_any_language or situation.taste.reads(work))


def unread(
    w: Workspace, point: LearnerMap, selection: Selection, locked: bool = False
) -> list[str]:
    """Return the languages of what there is to choose from and the learner does not read."""
    from llmpath.languages import Language  # 0.2 ms, only where there is nothing to offer

    situation = situation_of(w, point)
    if selection.topic:
        situation = situation._replace(goals=())
    read, every = situation.taste.languages, tuple(Language)
    situation = situation._replace(taste=situation.taste._replace(languages=every))
    topics = _topics(situation, selection, locked)
    material = _material(w, situation, selection, topics, begun=False)
    found = {pick.resource.language for pick in ranked(situation, material)}
    return sorted(str(one) for one in found.difference(read))


def _begun(
    w: Workspace, situation: Situation, selection: Selection
) -> Iterator[tuple[str, Resource]]:
    """Yield what is in progress within *selection*, each with the topic it is studied for."""
    statuses = situation.learned.statuses
    if Status.DOING not in statuses.values():
        return
    doing = selection._replace(statuses=(Status.DOING,), track="")
    for work in resources.select(w.connection, w.learner.id, doing):
        topic = _topic_of(work, situation, selection)
        if topic and (not selection.track or _track(situation, topic) == selection.track):
            yield topic, work


def _topic_of(work: Resource, situation: Situation, selection: Selection) -> str:
    """Return the topic that *work* is studied for: one still to pass, whose core it is, if any."""
    if selection.topic:
        return selection.topic
    known = [topic for topic in work.topics if topic in situation.roadmap.nodes]
    ready = [topic for topic in known if situation.states[topic] is State.READY]
    core = [topic for topic in ready if work.id in situation.roadmap.nodes[topic].core]
    return next(iter([*core, *ready, *known]), "")


def _track(situation: Situation, topic: str) -> str:
    return situation.roadmap.nodes[topic].track


def planned_now(w: Workspace, point: LearnerMap) -> Lead | None:
    """Return what the learner's plan has now, None where they have none or it is through."""
    if not learning.has_plan(w.connection, w.learner.id):
        return None
    from llmpath.actions.leading import lead  # 2 ms, and not everybody has a plan

    return lead(w, point)
