"""Why something is or is not recommended now: what speaks for it, and what stands in the way."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from llmpath.model import Resource
from llmpath.study.aims import topics_of
from llmpath.study.graph import CLEARED, PASSED
from llmpath.study.recommend import Pick, Situation, candidates, open_goals
from llmpath.vocab import State, Status


class Hindrance(StrEnum):
    """What keeps something from being offered."""

    KNOWN = "the learner marked the topic as known"
    LEARNED = "enough of the topic's core is done"
    SKIPPED_TOPIC = "the learner skipped the topic"
    LOCKED = "prerequisites are missing"
    OFF_GOAL = "it does not lead to a goal"
    EMPTY = "there is nothing left to read on it"
    DONE = "the resource is done"
    SKIPPED = "the learner skipped the resource"
    NOT_CORE = "it is not in the core of any topic that is offered"
    NOT_LIVE = "it is archived, a stub or superseded"
    UNREAD = "it is in a language that the learner does not read"
    LATER = "other resources of its topic come before it"


class Verdict(NamedTuple):
    """Whether a thing is offered now: its topic, its place, and what stands in the way.

    `place` counts from 1 among all `total` choices there are, 0 when it is none of them; `pick`
    is that choice. `waits` are the topics to pass first, in study order.
    """

    topic: str
    place: int
    total: int
    pick: Pick | None
    hindrances: tuple[Hindrance, ...]
    waits: tuple[str, ...]


def judge_topic(situation: Situation, topic: str, choices: Sequence[Pick]) -> Verdict:
    """Return the verdict on *topic*, given all *choices* in the order they are offered."""
    place, pick = _place(choices, lambda one: one.topic == topic)
    hindrances = () if pick else _against(situation, topic)
    return Verdict(topic, place, len(choices), pick, hindrances, _waits(situation, topic))


def judge_resource(situation: Situation, work: Resource, choices: Sequence[Pick]) -> Verdict:
    """Return the verdict on *work*, for the one of its topics that comes nearest to an offer."""
    place, pick = _place(choices, lambda one: one.resource.id == work.id)
    if pick:
        return Verdict(pick.topic, place, len(choices), pick, (), ())
    topic = _nearest(situation, work)
    status = situation.learned.statuses.get(work.id)
    if status is Status.DONE:
        hindrances: tuple[Hindrance, ...] = (Hindrance.DONE,)
    elif status is Status.SKIPPED:
        hindrances = (Hindrance.SKIPPED,)
    elif not work.is_live:
        return Verdict(topic, 0, len(choices), None, (Hindrance.NOT_LIVE,), ())
    elif not situation.taste.reads(work):
        return Verdict(topic, 0, len(choices), None, (Hindrance.UNREAD,), ())
    else:
        hindrances = tuple(h for h in _against(situation, topic) if h is not Hindrance.EMPTY)
        if work.id not in situation.roadmap.nodes[topic].core:
            hindrances += (Hindrance.NOT_CORE,)
        hindrances = hindrances or (Hindrance.LATER,)
    return Verdict(topic, 0, len(choices), None, hindrances, _waits(situation, topic))


def _place(choices: Sequence[Pick], is_it: Callable[[Pick], bool]) -> tuple[int, Pick | None]:
    for number, pick in enumerate(choices, 1):
        if is_it(pick):
            return number, pick
    return 0, None


def _against(situation: Situation, topic: str) -> tuple[Hindrance, ...]:
    state = situation.states[topic]
    if state in CLEARED:
        by = {
            State.KNOWN: Hindrance.KNOWN,
            State.LEARNED: Hindrance.LEARNED,
            State.SKIPPED: Hindrance.SKIPPED_TOPIC,
        }
        return (by[state],)
    found = []
    goals = open_goals(situation)
    way = situation.roadmap.still_to_pass(topics_of(goals), situation.states)
    if goals and topic not in way:
        found.append(Hindrance.OFF_GOAL)
    if state is State.LOCKED:
        found.append(Hindrance.LOCKED)
    if not found and not candidates(situation, topic):
        found.append(Hindrance.EMPTY)
    return tuple(found)


def _waits(situation: Situation, topic: str) -> tuple[str, ...]:
    missing = situation.roadmap.still_to_pass([topic], situation.states) - {topic}
    return tuple(situation.roadmap.in_study_order(missing))


def _nearest(situation: Situation, work: Resource) -> str:
    """Return the topic of *work* with the fewest topics before it, its core ones preferred."""
    topics = [topic for topic in work.topics if topic in situation.roadmap.nodes]

    def distance(topic: str) -> tuple[bool, bool, int]:
        return (
            situation.states[topic] in PASSED,
            work.id not in situation.roadmap.nodes[topic].core,
            len(_waits(situation, topic)),
        )

    return min(topics, key=distance)
