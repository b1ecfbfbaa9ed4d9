"""What to study next: the ready topics, ranked, each choice with its reason and its sum.

Only the outer fringe is ever offered (and what is in progress, and what wants refreshing), cut to
the prerequisites of the learner's goals where there are any. No clock, no randomness: same state,
same answer; ties fall to roadmap order. Scores are sums of term x weight that a learner can
inspect and change, after taskwarrior's urgency; what a topic opens counts, after Math Academy.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from llmpath.model import Goal, Learned, Resource
from llmpath.phrases import duration, listed
from llmpath.study.aims import topics_of
from llmpath.study.graph import (
    CLEARED,
    Roadmap,
    done_count,
    opened_by,
    to_study,
    wanted_count,
)
from llmpath.study.sittings import Sitting
from llmpath.study.taste import Taste, among
from llmpath.vocab import Cost, Need, State, Status

OPENS_COUNTED = 3  # opening more topics than this is no better
AT_LENGTH = 180  # minutes from which on a resource is no longer quick
FEWEST_CHOICES = 3  # that the core of ready topics gives, or the rest of the catalog stands in
MOST_PER_TOPIC = 2  # resources of a topic that are looked at where very many topics are ready


class Term(NamedTuple):
    """One line of a score: what is counted, how much of it there is, and its weight."""

    name: str
    amount: float
    weight: float

    @property
    def points(self) -> float:
        """What the term adds to the score."""
        return self.amount * self.weight


class Planned(NamedTuple):
    """Where the learner's plan has a choice: the first day of its week, and how it stands.

    `standing` is 'late', 'due' (this week) or 'ahead'.
    """

    week: str
    standing: str


class Pick(NamedTuple):
    """A choice: what to study, for which topic, why, and the sum that put it here.

    `serves` says which goals it serves, '' without goals; `opens` are the topics that doing it
    makes ready, those on the way to a goal first; `waits` are the prerequisites still missing,
    which only somebody who ignores locks, or looks ahead, ever meets. `needed` says whether it
    takes this one even when those of its topic before it are done, `completes` whether it passes
    the topic. `sitting` is the next one of it, where there is something to say of that; `planned`
    is where the learner's plan has it, where that is why it is offered.
    """

    resource: Resource
    topic: str
    status: Status
    serves: str
    reasons: tuple[str, ...]
    terms: tuple[Term, ...]
    opens: tuple[str, ...]
    waits: tuple[str, ...] = ()
    needed: bool = True
    completes: bool = False
    sitting: Sitting | None = None
    planned: Planned | None = None

    @property
    def score(self) -> float:
        """The sum of the terms' points."""
        return sum(term.points for term in self.terms)

    @property
    def is_core(self) -> bool:
        """Whether it counts towards passing its topic."""
        return any(term.name == "core" for term in self.terms)

    @property
    def reason(self) -> str:
        """The reasons as one line, the goals first."""
        return ", ".join(filter(None, (self.serves, *self.reasons)))


class Situation(NamedTuple):
    """All that a recommendation depends on, besides the resources it may choose from."""

    roadmap: Roadmap
    states: Mapping[str, State]
    learned: Learned
    goals: tuple[Goal, ...]
    weights: Mapping[str, float]
    taste: Taste = Taste()


def open_goals(situation: Situation) -> tuple[Goal, ...]:
    """Return the goals that are not reached yet."""
    return tuple(
        goal
        for goal in situation.goals
        if any(situation.states[id_] not in CLEARED for id_ in goal.topics)
    )


def open_topics(situation: Situation, locked: bool = False) -> list[str]:
    """Return the topics to choose from, in map order.

    They are the ready ones, and the *locked* ones too if asked for; those that are still to be
    passed on the way to open goals where there are any; and those that want refreshing.
    """
    goals = open_goals(situation)
    present = situation.states
    if goals:
        pool: Iterable[str] = situation.roadmap.still_to_pass(topics_of(goals), present)
    else:
        pool = present
    wanted = (State.READY, State.LOCKED) if locked else (State.READY,)
    chosen = [id_ for id_ in pool if present[id_] in wanted]
    return situation.roadmap.in_order([*chosen, *refreshers(situation)])


def refreshers(situation: Situation) -> list[str]:
    """Return the passed topics that the learner finds shaky, in map order."""
    return [
        id_
        for id_ in situation.roadmap.in_order(situation.learned.shaky & set(situation.states))
        if situation.states[id_] in CLEARED
    ]


def candidates(situation: Situation, topic: str) -> list[str]:
    """Return the core resources of *topic* that may be offered, in reading order.

    To refresh a topic, what was read before will do.
    """
    node = situation.roadmap.nodes[topic]
    if topic in situation.learned.shaky and situation.states[topic] in CLEARED:
        statuses = situation.learned.statuses
        return [id_ for id_ in node.core if statuses.get(id_) is not Status.SKIPPED]
    return to_study(node, situation.learned)


def ranked(situation: Situation, material: Mapping[str, Sequence[Resource]]) -> list[Pick]:
    """Return every choice there is in *material*, the highest score first."""
    view = _View(situation, material)
    picks: list[Pick] = []
    over = (Status.DONE, Status.SKIPPED)
    for topic in situation.roadmap.in_order(material):
        if topic in situation.learned.shaky and situation.states[topic] in CLEARED:
            fresh = _refresher(situation, topic, material[topic])
        else:
            statuses = situation.learned.statuses
            fresh = [work for work in material[topic] if statuses.get(work.id) not in over]
        if fresh:
            about = _About(view, topic)
            fresh = _in_order_of_taste(situation, about, fresh)
            picks += [_pick(view, about, work, place) for place, work in enumerate(fresh)]
    return in_rank(situation, picks)


def _in_order_of_taste(
    situation: Situation, about: "_About", works: Sequence[Resource]
) -> list[Resource]:
    """Return *works* in the order to offer them: what is to the taste before others of the topic.

    What is in progress comes first, then the core. Of the core as many as pass the topic are
    chosen as for a path, in the curated order; then comes what else there is, best liked first.
    """
    taste = situation.taste
    if not taste.chooses or situation.weights["weight.taste"] <= 0:
        return list(works)
    statuses, core = situation.learned.statuses, about.node.core
    begun = [work for work in works if statuses.get(work.id) is Status.DOING]
    fresh = {work.id: work for work in works if statuses.get(work.id) is not Status.DOING}
    missing = max(0, about.wanted - about.done - sum(work.id in core for work in begun))
    enough = among([id_ for id_ in fresh if id_ in core], missing, fresh, taste)
    rest = [work for id_, work in fresh.items() if id_ not in enough]
    rest.sort(key=lambda work: (work.id not in core, -taste.amount(work)))  # stable
    return [*begun, *(fresh[id_] for id_ in enough), *rest]


def _refresher(situation: Situation, topic: str, works: Sequence[Resource]) -> list[Resource]:
    """Return the shortest of *works* in the core of *topic*: what was known comes back soon."""
    core = candidates(situation, topic)
    fit = [work for work in works if work.id in core]
    return sorted(fit, key=lambda work: work.minutes or AT_LENGTH)[:1]


def in_rank(situation: Situation, picks: Iterable[Pick]) -> list[Pick]:
    """Return *picks*, the highest score first; ties stay in map order, then in reading order."""
    places = situation.roadmap.places
    return sorted(picks, key=lambda pick: (-pick.score, places[pick.topic]))


def ceilings(situation: Situation, topics: Sequence[str]) -> list[tuple[str, float]]:
    """Return *topics* with the most that any resource of each can score, the highest first.

    What is in progress scores more. Where hundreds of topics are ready, their resources need not
    all be read: those of topics whose ceiling lies under what is found already cannot matter.
    """
    view = _View(situation, topics)
    weights = situation.weights
    works = sum(max(0.0, weights[f"weight.{name}"]) for name in ("core", "essential", "quick"))
    taste = weights["weight.taste"]
    works += max(taste * situation.taste.most, -taste * bool(situation.taste.level), 0.0)
    found = []
    for topic in topics:
        about = _About(view, topic)
        counted = min(len(about.opens if view.way else about.elsewhere), OPENS_COUNTED)
        most = works + max(0.0, weights["weight.opens"] * counted)
        most += weights["weight.reach"] * about.reach
        most += max(0.0, weights["weight.goal"]) * about.goal
        most += max(0.0, weights["weight.overview"]) * about.node.overview
        most -= weights["weight.later"] * about.later
        most += weights["weight.begun"] * about.begun + weights["weight.refresh"] * about.refresh
        found.append((topic, most))
    return sorted(found, key=lambda pair: -pair[1])


class _View:
    """What all choices of one situation share, worked out once."""

    def __init__(self, situation: Situation, topics: Iterable[str]) -> None:
        self.situation = situation
        roadmap, goals = situation.roadmap, open_goals(situation)
        self.ways = {goal: roadmap.still_to_pass(goal.topics, situation.states) for goal in goals}
        self.way: set[str] = set().union(*self.ways.values())
        self.ends = _ends(goals)
        self.size = len(self.way) or len(roadmap.nodes)
        self._beyond = roadmap.beyond_masks(topics)
        self._inside = sum(1 << roadmap.places[id_] for id_ in self.way) if self.way else -1

    def beyond(self, topic: str) -> float:
        """Return the share of the way, or of the map without goals, that lies beyond *topic*."""
        return (self._beyond[topic] & self._inside).bit_count() / self.size

    def title(self, topic: str) -> str:
        return self.situation.roadmap.nodes[topic].title


def _ends(goals: Sequence[Goal]) -> dict[str, float]:
    """Return how much the topics that goals are made of count, 0 to 1: the first of a goal most."""
    found: dict[str, float] = {}
    for goal in goals:
        for place, topic in enumerate(goal.topics):
            found[topic] = max(found.get(topic, 0.0), 1 - place / len(goal.topics))
    return found


class _About:
    """What all choices of one topic share."""

    def __init__(self, view: _View, topic: str) -> None:
        situation = view.situation
        statuses = situation.learned.statuses
        node = self.node = situation.roadmap.nodes[topic]
        self.cleared = situation.states[topic] in CLEARED
        self.done = done_count(node, situation.learned)
        self.wanted = wanted_count(node, situation.learned)
        self.begun = not self.cleared and (
            self.done > 0 or any(statuses.get(id_) is Status.DOING for id_ in node.core)
        )
        opens = [] if self.cleared else opened_by(situation.roadmap, situation.states, topic)
        self.opens = [id_ for id_ in opens if id_ in view.way]
        self.elsewhere = [id_ for id_ in opens if id_ not in view.way]
        self.goal = 0.0 if self.cleared else view.ends.get(topic, 0.0)
        self.reach = 0.0 if self.cleared else view.beyond(topic)
        self.refresh = topic in situation.learned.shaky and self.cleared
        self.waits: tuple[str, ...] = ()
        if situation.states[topic] is State.LOCKED:
            self.waits = tuple(n for n in node.requires if situation.states[n] not in CLEARED)
        served = [goal for goal, way in view.ways.items() if topic in way]
        self.later = list(view.ways).index(served[0]) if served else 0
        self.serves = _serves(topic, served)

    def completes(self, work: Resource) -> bool:
        """Say whether doing *work* passes the topic."""
        return not self.cleared and work.id in self.node.core and self.done + 1 >= self.wanted


def _pick(view: _View, about: _About, work: Resource, place: int) -> Pick:
    situation = view.situation
    status = situation.learned.statuses.get(work.id, Status.TODO)
    completes = about.completes(work)
    counted = about.opens if view.way else about.elsewhere
    amounts = {
        "doing": float(status is Status.DOING),
        "core": float(work.id in about.node.core),
        "order": -float(place),
        "opens": float(min(len(counted), OPENS_COUNTED)) if completes else 0.0,
        "reach": about.reach,
        "begun": float(about.begun),
        "refresh": float(about.refresh),
        "essential": float(work.essential),
        "goal": about.goal,
        "later": -float(about.later),
        "overview": float(about.node.overview and not about.cleared),
        "taste": situation.taste.amount(work),
        "quick": 0.0 if work.minutes is None else max(0.0, 1 - work.minutes / AT_LENGTH),
    }
    terms = tuple(
        Term(name, amount, situation.weights[f"weight.{name}"])
        for name, amount in amounts.items()
        if amount
    )
    opens = tuple([*about.opens, *about.elsewhere] if completes else ())
    told = about.opens if view.way else opens  # to somebody with a goal, what leads there
    reasons = _reasons(view, about, work, place, told if completes else ())
    needed = place == 0 or (work.id in about.node.core and about.done + place < about.wanted)
    return Pick(
        work,
        about.node.id,
        status,
        about.serves,
        reasons,
        terms,
        opens,
        about.waits,
        needed,
        completes,
    )


def _serves(topic: str, served: Sequence[Goal]) -> str:
    beyond = [goal.title for goal in served if goal.id != topic]
    parts = [f"your goal {goal.title}" for goal in served if goal.id == topic]
    if beyond:
        parts.append(f"on the path to {listed(beyond)}")
    return ", ".join(parts)


def _reasons(
    view: _View, about: _About, work: Resource, place: int, opens: Sequence[str]
) -> tuple[str, ...]:
    reasons = []
    status = view.situation.learned.statuses.get(work.id, Status.TODO)
    if status is Status.DOING:
        reasons.append("in progress")
    if about.waits:
        reasons.append(f"locked until {listed([view.title(id_) for id_ in about.waits])}")
    if about.refresh:
        reasons.append("to refresh, because you marked it as shaky")
    if opens:
        reasons.append(f"opens {listed([view.title(id_) for id_ in opens])}")
    step = _step(about, work, place)
    if step:
        reasons.append(step)
    if work.essential:
        reasons.append("must-read")
    if not work.is_live:
        after = f", see {work.superseded_by}" if work.superseded_by else ""
        reasons.append(f"{work.upkeep}{after}")
    if work.cost == Cost.PAID:
        reasons.append("paid")
    if work.needs:
        reasons.append(f"needs {listed([Need(need).said for need in work.needs])}")
    if work.foreign:
        reasons.append(f"in {work.foreign}")
    if work.minutes is not None:
        reasons.append(duration(work.minutes))
    return tuple(reasons)


def _step(about: _About, work: Resource, place: int) -> str:
    """Say how far *work*, at its *place*, brings a topic that takes more than one resource."""
    step = about.done + place + 1
    if about.cleared or about.wanted < 2 or work.id not in about.node.core or step > about.wanted:
        return ""
    return f"step {step} of {about.wanted}"
