"""What to study next: the ready topics, ranked, each choice with its reason and its sum.

Only the outer fringe is ever offered (and what is in progress), cut to the prerequisites of the
learner's goals where there are any. No clock, no randomness: same state, same answer; ties fall
to roadmap order. Scores are sums of term x weight that a learner can inspect and change, after
taskwarrior's urgency.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.model import Learned, Resource
from llmpath.study.graph import PASSED, Roadmap, done_count, opened_by
from llmpath.vocab import State, Status

OPENS_COUNTED = 3  # opening more topics than this is no better
AT_LENGTH = 60  # minutes from which on a resource is no longer quick


class Term(NamedTuple):
    """One line of a score: what is counted, how much of it there is, and its weight."""

    name: str
    amount: float
    weight: float

    @property
    def points(self) -> float:
        """What the term adds to the score."""
        return self.amount * self.weight


class Pick(NamedTuple):
    """A choice: what to study, for which topic, why, and the sum that put it here.

    `serves` says which goals it serves, '' without goals.
    """

    resource: Resource
    topic: str
    status: Status
    serves: str
    reasons: tuple[str, ...]
    terms: tuple[Term, ...]
    opens: tuple[str, ...]

    @property
    def score(self) -> float:
        """The sum of the terms' points."""
        return sum(term.points for term in self.terms)

    @property
    def reason(self) -> str:
        """The reasons as one line, the goals first."""
        return ", ".join(filter(None, (self.serves, *self.reasons)))


class Situation(NamedTuple):
    """All that a recommendation depends on, besides the resources it may choose from."""

    roadmap: Roadmap
    states: Mapping[str, State]
    learned: Learned
    goals: tuple[str, ...]
    weights: Mapping[str, float]


def open_goals(situation: Situation) -> tuple[str, ...]:
    """Return the goals that are not reached yet."""
    return tuple(goal for goal in situation.goals if situation.states[goal] not in PASSED)


def open_topics(situation: Situation) -> list[str]:
    """Return the ready topics, those on the way to open goals where there are any, in map order."""
    goals = open_goals(situation)
    way = situation.roadmap.on_the_way(goals) if goals else situation.roadmap.nodes
    return [id_ for id_, state in situation.states.items() if state is State.READY and id_ in way]


def recommend(
    situation: Situation, material: Mapping[str, Sequence[Resource]], count: int
) -> list[Pick]:
    """Return up to *count* choices, best first, from *material*: topic -> its resources.

    What is in progress comes first; then the best of each topic before a second of any, so that
    there is a choice of topics. Done and skipped resources are left out.
    """
    ways = {goal: situation.roadmap.on_the_way([goal]) for goal in open_goals(situation)}
    picks: list[Pick] = []
    for topic in situation.roadmap.in_order(material):
        fresh = [
            work
            for work in material[topic]
            if situation.learned.statuses.get(work.id) not in (Status.DONE, Status.SKIPPED)
        ]
        picks += [_pick(situation, ways, topic, work, place) for place, work in enumerate(fresh)]
    picks.sort(key=lambda pick: -pick.score)  # stable: ties stay in map order
    return _varied(picks, count)


def _varied(picks: Sequence[Pick], count: int) -> list[Pick]:
    """Return the first *count*: in progress, then one of each topic, then the rest."""
    begun: list[Pick] = []
    first: list[Pick] = []
    rest: list[Pick] = []
    topics: set[str] = set()
    works: set[str] = set()
    for pick in picks:
        if pick.resource.id in works:
            continue
        works.add(pick.resource.id)
        if pick.status is Status.DOING:
            begun.append(pick)
        elif pick.topic not in topics:
            first.append(pick)
        else:
            rest.append(pick)
        topics.add(pick.topic)
    return (begun + first + rest)[:count]


def _pick(
    situation: Situation,
    ways: Mapping[str, set[str]],
    topic: str,
    work: Resource,
    place: int,
) -> Pick:
    node = situation.roadmap.nodes[topic]
    weights = situation.weights
    status = situation.learned.statuses.get(work.id, Status.TODO)
    done = done_count(node, situation.learned)
    is_core = work.id in node.core
    completes = is_core and done + 1 >= min(node.enough, len(node.core))
    opens = opened_by(situation.roadmap, situation.states, topic) if completes else []
    begun = done > 0 or any(
        situation.learned.statuses.get(id_) is Status.DOING for id_ in node.core
    )
    reach = len(situation.roadmap.beyond(topic)) / len(situation.roadmap.nodes)
    quick = 0.0 if work.minutes is None else max(0.0, 1 - work.minutes / AT_LENGTH)
    amounts = {
        "doing": float(status is Status.DOING),
        "core": 1 / (1 + place) if is_core else 0.0,
        "opens": float(min(len(opens), OPENS_COUNTED)),
        "reach": reach,
        "begun": float(begun),
        "essential": float(work.essential),
        "quick": quick,
    }
    terms = tuple(
        Term(name, amount, weights[f"weight.{name}"]) for name, amount in amounts.items() if amount
    )
    titles = {id_: node.title for id_, node in situation.roadmap.nodes.items()}
    served = [goal for goal, way in ways.items() if topic in way]
    serves = _serves(topic, [goal for goal in served if goal != topic], served, titles)
    reasons = _reasons(work, status, [titles[id_] for id_ in opens])
    return Pick(work, topic, status, serves, reasons, terms, tuple(opens))


def _serves(
    topic: str, beyond: Sequence[str], served: Sequence[str], titles: Mapping[str, str]
) -> str:
    parts = [f"your goal {titles[topic]}"] if topic in served else []
    if beyond:
        parts.append(f"on your way to {listed([titles[goal] for goal in beyond])}")
    return ", ".join(parts)


def _reasons(work: Resource, status: Status, opens: Sequence[str]) -> tuple[str, ...]:
    reasons = []
    if status is Status.DOING:
        reasons.append("in progress")
    if opens:
        reasons.append(f"opens {listed(opens)}")
    if work.essential:
        guides = len(work.sources)
        reasons.append(f"must-read in {guides} guides" if guides > 1 else "must-read")
    if work.minutes is not None:
        reasons.append(duration(work.minutes))
    return tuple(reasons)


def listed(names: Sequence[str], most: int = 2) -> str:
    """Return *names* as a phrase, those beyond *most* counted: 'A, B and C', 'A, B and 3 more'."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def duration(minutes: int) -> str:
    """Return a length of time as people say it: '45 min', '2 h', '2.5 h', '120 h'."""
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes / 60
    return f"{hours:.0f} h" if hours >= 10 or minutes % 60 < 3 else f"{hours:.1f} h"
