"""Find out what somebody knows in few questions: adaptive placement over the prerequisites.

After Falmagne and Doignon ("A class of stochastic procedures for the assessment of knowledge",
1988): ask where the answer is expected to settle most, and let no single answer settle anything
for good, since people slip and guess. An answer "yes" speaks for all that the topic requires, a
"no" against all that requires it. Their full method weighs every possible state of knowledge,
which a map of 140 topics has far too many of; here each topic has a belief of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import exp, log, log2
from typing import NamedTuple

from llmpath.study.graph import Roadmap

MOST = 20  # questions
SLIP = 0.03  # how likely an answer is wrong, as far as belief goes
SURE = 0.75  # belief from which on a topic is set as known: to skip what one lacks costs more
ENOUGH = 0.3  # bits that a question must be expected to settle to be worth asking
PRIOR = (1.0, 1.0)  # "yes" and "no" thought to have been answered before the first question
PRESUME = 12  # answers before which nothing is set as known that no answer bears on
NEAR = 2.0  # how many answers elsewhere weigh as much as one on a topic of the same module


class Answer(NamedTuple):
    """What somebody said of a topic: whether they know it."""

    topic: str
    yes: bool


class Placement:
    """A placement under way: the map, the topics `given` as cleared, and the answers so far."""

    def __init__(self, roadmap: Roadmap, given: Collection[str]) -> None:
        self.roadmap = roadmap
        self.given = set(given)
        self.answers: list[Answer] = []
        self._order = roadmap.in_study_order(set(roadmap.nodes))
        self._down = {id_: roadmap.behind([id_]) | {id_} for id_ in self._order}
        self._up = {id_: roadmap.beyond(id_) | {id_} for id_ in self._order}

    def answer(self, topic: str, yes: bool) -> None:
        """Take in that the learner knows *topic*, or does not."""
        self.answers.append(Answer(topic, yes))

    def beliefs(self) -> dict[str, float]:
        """Return how likely each topic is known, 0 to 1.

        Where answers bear on a topic, their odds multiply. Where none does, it is as likely as
        its least likely prerequisite, times the share of "yes" so far, those on topics of the
        same module counting most.
        """
        odds = self._odds()
        share, near = self._shares()
        found: dict[str, float] = {}
        for id_ in self._order:
            node = self.roadmap.nodes[id_]
            if id_ in self.given:
                found[id_] = 1.0
            elif odds.get(id_):
                found[id_] = 1 / (1 + exp(-odds[id_]))
            else:
                least = min((found[need] for need in node.requires), default=1.0)
                found[id_] = near.get(node.module, share) * least
        return found

    def _shares(self) -> tuple[float, dict[str, float]]:
        """Return the share of "yes" in all answers, and for each module that was asked about."""
        said = [answer.yes for answer in self.answers]
        share = (PRIOR[0] + sum(said)) / (sum(PRIOR) + len(said))
        by_module: dict[str, list[bool]] = {}
        for topic, yes in self.answers:
            by_module.setdefault(self.roadmap.nodes[topic].module, []).append(yes)
        return share, {
            module: (NEAR * share + sum(yes)) / (NEAR + len(yes))
            for module, yes in by_module.items()
        }

    def question(self) -> str | None:
        """Return the topic to ask about, or None when no question is worth asking any more.

        It is the one whose answer is expected to settle the most bits, in map order where two
        do; nothing is asked twice.
        """
        if len(self.answers) >= MOST:
            return None
        asked = {answer.topic for answer in self.answers}
        beliefs = self.beliefs()
        open_ = {id_: entropy(belief) for id_, belief in beliefs.items()}
        best, most = None, ENOUGH
        for id_ in self.roadmap.nodes:
            if id_ in asked or id_ in self.given:
                continue
            gain = self._gain(id_, beliefs[id_], open_)
            if gain > most + 1e-9:
                best, most = id_, gain
        return best

    def _gain(self, topic: str, belief: float, open_: Mapping[str, float]) -> float:
        below = sum(open_[id_] for id_ in self._down[topic])
        above = sum(open_[id_] for id_ in self._up[topic])
        return belief * below + (1 - belief) * above

    def known(self) -> list[str]:
        """Return the topics to set as known, in map order: never one without all it requires."""
        beliefs = self.beliefs()
        sure = {id_ for id_, belief in beliefs.items() if belief >= SURE}
        if len(self.answers) < PRESUME:
            sure &= self.given | set(self._odds())
        return [
            id_
            for id_ in self.roadmap.nodes
            if id_ in sure and id_ not in self.given and self._down[id_] <= sure
        ]

    def presumed(self) -> list[str]:
        """Return which of the topics to set as known no answer bears on, in map order."""
        heard = self._odds()
        return [id_ for id_ in self.known() if id_ not in heard]

    def _odds(self) -> dict[str, float]:
        """Return the log-odds of each topic that an answer bears on."""
        weight = log((1 - SLIP) / SLIP)
        odds: dict[str, float] = {}
        for topic, yes in self.answers:
            for id_ in (self._down if yes else self._up)[topic]:
                odds[id_] = odds.get(id_, 0.0) + (weight if yes else -weight)
        return odds


def entropy(belief: float) -> float:
    """Return how open a question is of which one side has the chance *belief*, in bits."""
    if belief <= 0 or belief >= 1:
        return 0.0
    return -belief * log2(belief) - (1 - belief) * log2(1 - belief)


def placed(roadmap: Roadmap, given: Collection[str], answers: Sequence[Answer]) -> Placement:
    """Return the placement after *answers*."""
    placement = Placement(roadmap, given)
    for topic, yes in answers:
        placement.answer(topic, yes)
    return placement
