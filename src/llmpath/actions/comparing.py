"""Two or more things side by side: what they share, what each has alone, which to begin with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, learner_map, taste_of, topic_standings
from llmpath.actions.sides import Meant, meant
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Card, Insight, Term, Topic
from llmpath.model import Node, Progress, Resource, Spent, TopicStanding
from llmpath.search.answer import in_common
from llmpath.store.catalog import glossary, reading, resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning
from llmpath.study import comparison
from llmpath.study.comparison import Comparison, Lead, mentions, names_in
from llmpath.study.graph import CLEARED, Roadmap, to_study
from llmpath.study.sittings import NOTHING
from llmpath.vocab import Status, Task

TOGETHER_SHOWN = 3  # resources that treat all of them
QUESTIONS_SHOWN = 3
LESSONS_SHOWN = 2


class TopicSide(NamedTuple):
    """A topic with the learner's side of it.

    `waits` counts the topics that the learner lacks before it, `before` are the minutes these
    take; `start` is the first core resource to study, until the topic is passed.
    """

    node: Node
    standing: TopicStanding
    summary: str
    terms: Sequence[Term]
    waits: int
    before: int
    start: tuple[Resource, Status] | None


class ResourceSide(NamedTuple):
    """A resource with what the learner did with it."""

    work: Resource
    progress: Progress
    spent: Spent
    topics: Sequence[Node]


class Side(NamedTuple):
    """One of the things compared: what was meant by its name, and the topic it belongs to."""

    meant: Meant
    topic: TopicSide
    resource: ResourceSide | None = None

    @property
    def key(self) -> str:
        """The topic by which it has its place on the map."""
        return self.topic.node.id


class Precedence(NamedTuple):
    """A topic that comes before another, and to what aim and why, where it is needed directly."""

    lead: Lead
    aim: str
    because: str


class Question(NamedTuple):
    """A card of one side's topic that is about another side, too."""

    topic: str
    card: Card


class ComparePage(NamedTuple):
    """Things side by side; `comparison` is of their topics, where these are several."""

    sides: Sequence[Side]
    map: LearnerMap
    comparison: Comparison
    leads: Sequence[Precedence]
    together: Sequence[tuple[Resource, Status]]
    questions: Sequence[Question]
    lessons: Sequence[Insight]

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered, each once."""
        own = [side.resource.work.id for side in self.sides if side.resource]
        starts = [start[0].id for start in map(start_of, self.sides) if start]
        return list(dict.fromkeys([*own, *starts, *(work.id for work, _ in self.together)]))

    @property
    def ahead(self) -> list[str]:
        """The topics that the learner has not passed."""
        return [id_ for id_ in self.comparison.topics if self.map.states[id_] not in CLEARED]

    def nearest(self, topics: Sequence[str]) -> list[str]:
        """Return those of *topics* that no other of them builds on, in map order."""
        return comparison.nearest(self.map.roadmap, topics)


def start_of(side: Side) -> tuple[Resource, Status] | None:
    """Return where to start with *side*, with its status; a resource is a start itself."""
    return None if side.resource else side.topic.start


def compare(w: Workspace, words: Sequence[str]) -> ComparePage:
    """Return what *words* name, side by side.

    Raises UsageError, NotFound and Ambiguous as `sides.meant` does.
    """
    found = meant(w, words)
    works = resources.by_id(w.connection, [one.id for one in found if one.what == "resource"])
    homes = [_topic_of(one, works) for one in found]
    topics = list(dict.fromkeys(homes))
    point = learner_map(w).toward(topics)
    full = {id_: reading.topic(w.connection, id_) for id_ in topics}
    terms = glossary.about(w.connection, topics)
    of_topic = _topic_sides(w, point, full, terms)
    sides = [
        Side(one, of_topic[home], _resource_side(w, point, one, works))
        for one, home in zip(found, homes, strict=True)
    ]
    questions, lessons = _deciding(sides, full, terms)
    return ComparePage(
        sides=sides,
        map=point,
        comparison=comparison.compare(point.roadmap, topics),
        leads=_leads(w, point, topics),
        together=_together(w, sides, point),
        questions=questions[:QUESTIONS_SHOWN],
        lessons=lessons[:LESSONS_SHOWN],
    )


def _topic_of(one: Meant, works: Mapping[str, Resource]) -> str:
    if one.what == "resource":
        return works[one.id].topics[0]
    return one.term.topic if one.term else one.id


def _topic_sides(
    w: Workspace,
    point: LearnerMap,
    topics: Mapping[str, Topic],
    terms: Mapping[str, Sequence[Term]],
) -> dict[str, TopicSide]:
    standings = topic_standings(w, point)
    statuses = point.learned.statuses
    first = {
        id_: next(iter(to_study(point.roadmap.nodes[id_], point.learned)), "")
        if point.states[id_] not in CLEARED
        else ""
        for id_ in topics
    }
    works = resources.by_id(w.connection, list(filter(None, first.values())))
    found = {}
    for id_, topic in topics.items():
        before = point.roadmap.still_to_pass([id_], point.states) - {id_}
        start = works.get(first[id_])
        found[id_] = TopicSide(
            point.roadmap.nodes[id_],
            standings[id_],
            topic.summary,
            terms[id_],
            len(before),
            sum(standings[one].minutes_left for one in before),
            (start, statuses.get(start.id, Status.TODO)) if start else None,
        )
    return found


def _resource_side(
    w: Workspace, point: LearnerMap, one: Meant, works: Mapping[str, Resource]
) -> ResourceSide | None:
    if one.what != "resource":
        return None
    work = works[one.id]
    return ResourceSide(
        work,
        learning.progress_of(w.connection, w.learner.id, work.id),
        learning.spent(w.connection, w.learner.id).get(work.id, NOTHING),
        [point.roadmap.nodes[id_] for id_ in work.topics],
    )


def _leads(w: Workspace, point: LearnerMap, topics: Sequence[str]) -> list[Precedence]:
    """Return which of *topics* come before others, those that only understanding takes too."""
    every = Roadmap(
        node._replace(requires=(*node.requires, *node.understand), understand=())
        for node in point.every
    )
    found = comparison.leads(every, topics)
    if not found:
        return []
    edges = {
        (id_, edge.topic): edge
        for id_ in dict.fromkeys(lead.after for lead in found)
        for edge in reading.topic(w.connection, id_).requires
    }
    result = []
    for lead in found:
        edge = edges.get((lead.after, lead.before)) if len(lead.way) == 2 else None
        result.append(Precedence(lead, edge.to if edge else "", edge.because if edge else ""))
    return result


def _together(
    w: Workspace, sides: Sequence[Side], point: LearnerMap
) -> list[tuple[Resource, Status]]:
    """Return the resources that treat all of *sides*: by their topics, then by what they say.

    Where a side is a resource itself there are none to tell.
    """
    if any(side.resource for side in sides):
        return []
    hits = {
        hit.resource.id: hit.resource
        for hit in in_common(w.connection, w.learner.id, [_searched_as(side) for side in sides])
    }
    topics = list(dict.fromkeys(side.key for side in sides))
    found: dict[str, Resource] = {}
    if len(topics) > 1:
        treating = resources.treating(w.connection, w.learner.id, topics, Selection())
        rank = {id_: place for place, id_ in enumerate(hits)}
        both = [w_ for w_ in treating.get(topics[0], ()) if set(topics) <= set(w_.topics)]
        both.sort(key=lambda work: (rank.get(work.id, len(rank)), not work.essential))  # stable
        found = {work.id: work for work in both}
    languages = taste_of(w).languages
    shown = [
        work for work in {**found, **hits}.values() if work.is_live and work.language in languages
    ]
    statuses = point.learned.statuses
    return [(work, statuses.get(work.id, Status.TODO)) for work in shown[:TOGETHER_SHOWN]]


def _searched_as(side: Side) -> str:
    """Return the words by which what treats *side* is looked for."""
    if side.meant.term:
        return " ".join(filter(None, (side.meant.term.term, side.meant.term.stands_for)))
    return side.meant.title


def _deciding(
    sides: Sequence[Side], topics: Mapping[str, Topic], terms: Mapping[str, Sequence[Term]]
) -> tuple[list[Question], list[Insight]]:
    """Return the questions and the lessons of one side's topic that are about another side."""
    questions: dict[str, Question] = {}
    lessons: dict[str, Insight] = {}
    for side in sides:
        topic = topics[side.key]
        names = [
            name for other in sides if other is not side for name in _names(other, topics, terms)
        ]
        for card in topic.cards:
            text = f"{card.ask} {card.answer}" if card.asks == Task.DECIDE else card.ask
            if mentions(text, names):
                questions.setdefault(card.id, Question(topic.id, card))
        for lesson in topic.insights:
            if mentions(lesson.text, names):
                lessons.setdefault(lesson.text, lesson)
    order = sorted(questions.values(), key=lambda one: one.card.asks != Task.DECIDE)  # stable
    return order, list(lessons.values())


def _names(
    side: Side, topics: Mapping[str, Topic], terms: Mapping[str, Sequence[Term]]
) -> Iterable[str]:
    """Return what *side* is called in a text: of a topic, its names and those of its terms."""
    term = side.meant.term
    if side.resource:
        return names_in(side.resource.work.title)[:1]
    if term:
        return filter(None, (term.term, term.stands_for, *term.synonyms))
    topic = topics[side.key]
    of_terms = [name for one in terms[topic.id] for name in (one.term, one.stands_for) if name]
    return [*names_in(topic.title), *topic.aliases, *of_terms]
