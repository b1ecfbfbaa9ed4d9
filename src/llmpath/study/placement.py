"""Find out what somebody knows in few questions: adaptive placement over the prerequisites.

After Falmagne and Doignon ("A class of stochastic procedures for the assessment of knowledge",
1988): ask where the answer is expected to settle most, and let no single answer settle anything
for good, since people slip and guess. An answer "yes" speaks for all that the topic requires, a
"no" against all that requires it. Their full method weighs every possible state of knowledge,
which a map of 170 topics has far too many of (10 to the 32nd); here each topic has a belief of
its own. Twenty answers of two kinds tell at most 20 bits, far too few for that many states; so one
may also answer for the whole module of a topic: all of it, or nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import exp, log, log2
from typing import NamedTuple

from llmpath.study.graph import Roadmap

MOST_QUESTIONS = 20  # questions
SLIP_RATE = 0.03  # how likely an answer is wrong, as far as belief goes
SURE_BELIEF = 0.7  # belief from which on a topic is set as known: to skip what one lacks costs more
WORTH_BITS = 0.1  # bits that a question must be expected to settle to be worth asking
PRIOR_ANSWERS = (1.0, 1.0)  # "yes" and "no" thought to have been answered before the first question
PRESUME_AFTER = 12  # answers before which nothing is set as known that no answer bears on
FIRST_STEPS = 4  # topics that build on nothing, to ask a beginner about before leaving them alone
NEAR_WEIGHT = 2.0  # how many answers elsewhere weigh as much as one on a topic of the same module


class Answer(NamedTuple):
    """What somebody said of a topic: whether they know it; of its `whole` module if they did."""

    topic: str
    yes: bool
    whole: bool = False


class Placement:
    """A placement under way: the map, the topics `given` as cleared, and the answers so far.

    It is about the topics in `scope`: only those are asked about, and presumed of the rest.
    """

    def __init__(
        self,
        roadmap: Roadmap,
        given: Collection[str],
        behind: Mapping[str, set[str]] | None = None,
        scope: Collection[str] = (),
    ) -> None:
        """*behind* says what knowing each topic implies, where that is not all the map requires.

        *scope* are the topics it is about; all of them, where there are none.
        """
        self.roadmap = roadmap
        self.scope = set(scope) or set(roadmap.nodes)
        self.given = set(given)
        self.answers: list[Answer] = []
        self._order = roadmap.in_study_order(set(roadmap.nodes))
        if behind is None:
            behind = {id_: roadmap.behind([id_]) for id_ in self._order}
        self._down = {id_: behind[id_] | {id_} for id_ in self._order}
        self._up: dict[str, set[str]] = {id_: set() for id_ in self._order}
        for id_, down in self._down.items():
            for needed in down:
                self._up[needed].add(id_)
        self._firsts = self._first_steps()

    def _first_steps(self) -> list[str]:
        """Return the topics that build on nothing and that most of the scope builds on."""
        counts = {
            id_: len(self._up[id_] & self.scope)
            for id_ in self._order
            if id_ in self.scope and not self.roadmap.nodes[id_].requires
        }
        firsts = [id_ for id_, count in counts.items() if count > 1 and id_ not in self.given]
        return sorted(firsts, key=lambda id_: -counts[id_])[:FIRST_STEPS]

    @property
    def is_beginning(self) -> bool:
        """Whether the learner is at the beginning: nothing but "no", on the first steps too."""
        said = self._said()
        denied = {id_ for id_, _ in said}
        return bool(self._firsts) and denied.issuperset(self._firsts) and self._only_no(said)

    def _only_no(self, said: Sequence[tuple[str, bool]]) -> bool:
        return not self.given and not any(yes for _, yes in said)

    def module(self, topic: str) -> list[str]:
        """Return the topics of the module that *topic* is in, in map order."""
        return [node.id for node in self.roadmap.modules[self.roadmap.nodes[topic].module]]

    def answer(self, topic: str, yes: bool, whole: bool = False) -> None:
        """Take in that the learner knows *topic*, or does not; all or nothing of its module."""
        self.answers.append(Answer(topic, yes, whole))

    def _said(self) -> list[tuple[str, bool]]:
        """Return what was said of each topic, one by one."""
        return [
            (id_, yes)
            for topic, yes, whole in self.answers
            for id_ in (self.module(topic) if whole else [topic])
        ]

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
        said = self._said()
        share = (PRIOR_ANSWERS[0] + sum(yes for _, yes in said)) / (sum(PRIOR_ANSWERS) + len(said))
        by_module: dict[str, list[bool]] = {}
        for topic, yes in said:
            by_module.setdefault(self.roadmap.nodes[topic].module, []).append(yes)
        return share, {
            module: (NEAR_WEIGHT * share + sum(yes)) / (NEAR_WEIGHT + len(yes))
            for module, yes in by_module.items()
        }

    def question(self) -> str | None:
        """Return the topic to ask about, or None when no question is worth asking any more.

        It is the one whose answer is expected to settle the most bits, in map order where two
        do; nothing is asked twice. Where all answers are "no", the first steps are asked about
        instead: whoever knows none of them is at the beginning, and is asked no more.
        """
        if len(self.answers) >= MOST_QUESTIONS or self.is_beginning:
            return None
        said = self._said()
        asked = {id_ for id_, _ in said}
        if said and self._only_no(said):
            for id_ in self._firsts:
                if id_ not in asked:
                    return id_
        beliefs = self.beliefs()
        open_ = {id_: entropy(beliefs[id_]) if id_ in self.scope else 0.0 for id_ in beliefs}
        modules = {
            name: self._whole_gains([node.id for node in mates], open_)
            for name, mates in self.roadmap.modules.items()
        }
        best, most = None, WORTH_BITS
        for id_ in self.roadmap.nodes:
            if id_ in asked or id_ in self.given or id_ not in self.scope:
                continue
            gain = self._gain(id_, beliefs, open_, modules[self.roadmap.nodes[id_].module])
            if gain > most + 1e-9:
                best, most = id_, gain
        return best

    def _whole_gains(self, mates: Sequence[str], open_: Mapping[str, float]) -> tuple[float, float]:
        """Return the bits that knowing all of a module settles, and knowing nothing of it."""
        below = set[str]().union(*(self._down[id_] for id_ in mates))
        above = set[str]().union(*(self._up[id_] for id_ in mates))
        return sum(open_[id_] for id_ in below), sum(open_[id_] for id_ in above)

    def _gain(
        self,
        topic: str,
        beliefs: Mapping[str, float],
        open_: Mapping[str, float],
        whole: tuple[float, float],
    ) -> float:
        """Return the bits that asking about *topic* is expected to settle.

        Who knows a module's least likely topic is taken to know all of it: topics of a module
        go together.
        """
        mates = self.module(topic)
        chances = [beliefs[id_] for id_ in mates] if len(mates) > 1 else [0.0, 1.0]
        all_, none = min(chances), 1 - max(chances)
        below = sum(open_[id_] for id_ in self._down[topic])
        above = sum(open_[id_] for id_ in self._up[topic])
        yes, no = beliefs[topic] - all_, 1 - beliefs[topic] - none
        return all_ * whole[0] + none * whole[1] + yes * below + no * above

    def known(self) -> list[str]:
        """Return the topics to set as known, in map order: never one without what it implies.

        What somebody who knows a topic knows to its aim is known, though they need not know what
        it would take for another.
        """
        beliefs = self.beliefs()
        sure = {id_ for id_, belief in beliefs.items() if belief >= SURE_BELIEF}
        heard = self.given | set(self._odds())
        sure &= heard if len(self.answers) < PRESUME_AFTER else heard | self.scope
        whole = {id_ for id_ in sure if self._down[id_] <= sure}
        taken = set[str]().union(*(self._down[id_] for id_ in whole))
        return [id_ for id_ in self.roadmap.nodes if id_ in taken & sure and id_ not in self.given]

    def presumed(self) -> list[str]:
        """Return which of the topics to set as known no answer bears on, in map order."""
        heard = self._odds()
        return [id_ for id_ in self.known() if id_ not in heard]

    def _odds(self) -> dict[str, float]:
        """Return the log-odds of each topic that an answer bears on."""
        weight = log((1 - SLIP_RATE) / SLIP_RATE)
        odds: dict[str, float] = {}
        for topic, yes in self._said():
            for id_ in (self._down if yes else self._up)[topic]:
                odds[id_] = odds.get(id_, 0.0) + (weight if yes else -weight)
        return odds


def entropy(belief: float) -> float:
    """Return how open a question is of which one side has the chance *belief*, in bits."""
    if belief <= 0 or belief >= 1:
        return 0.0
    return -belief * log2(belief) - (1 - belief) * log2(1 - belief)


def placed(
    roadmap: Roadmap,
    given: Collection[str],
    answers: Sequence[Answer],
    behind: Mapping[str, set[str]] | None = None,
    scope: Collection[str] = (),
) -> Placement:
    """Return the placement after *answers*; see `Placement` for *behind* and *scope*."""
    placement = Placement(roadmap, given, behind, scope)
    for answer in answers:
        placement.answer(*answer)
    return placement
