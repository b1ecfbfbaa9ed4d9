"""All there is to know about one resource or topic."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from llmpath.actions.learner_map import learner_map, topic_standings
from llmpath.actions.naming import find
from llmpath.actions.workspace import Workspace
from llmpath.curriculum import Prerequisite, Source, Topic
from llmpath.model import Node, Note, Progress, Resource, Spent, TopicStanding
from llmpath.store.catalog import reading, resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning
from llmpath.study.sittings import NOTHING
from llmpath.vocab import State, Status

if TYPE_CHECKING:
    from llmpath.actions.roadmap import MapPage

RELATED_SHOWN = 3  # resources like the one shown
OTHERS_SHOWN = 12  # resources on a topic that are none of its own


class ResourcePage(NamedTuple):
    """A resource with the learner's side of it: `spent` is what its sittings come to."""

    work: Resource
    progress: Progress
    spent: Spent
    notes: Sequence[Note]
    topics: Sequence[tuple[Node, State]]
    sources: Sequence[Source]
    related: Sequence[tuple[Resource, Status]] = ()

    @property
    def lettered(self) -> list[str]:
        """The resources in the order they go by letters."""
        return [work.id for work, _ in self.related]


class TopicPage(NamedTuple):
    """A topic with the learner's side of it."""

    topic: Topic
    node: Node
    standing: TopicStanding
    titles: Mapping[str, str]
    states: Mapping[str, State]
    unlocks: Sequence[Prerequisite]
    core: Sequence[tuple[Resource, Status]]
    further: Sequence[tuple[Resource, Status]]
    others: Sequence[tuple[Resource, Status]]
    notes: Sequence[Note]
    waits: Sequence[str]

    @property
    def others_shown(self) -> Sequence[tuple[Resource, Status]]:
        """Those of the others that have room on a page."""
        return self.others[:OTHERS_SHOWN]

    @property
    def lettered(self) -> list[str]:
        """The resources in the order they go by letters."""
        return [work.id for work, _ in [*self.core, *self.further, *self.others_shown]]


def show(w: Workspace, name: str) -> "ResourcePage | TopicPage | MapPage":
    """Return what there is to know about the resource or topic called *name*.

    Of a module or track it is that part of the map.
    """
    named = find(w, name, "things")
    if named.what == "resource":
        return _resource(w, named.id)
    if named.what == "topic":
        return _topic(w, named.id)
    from llmpath.actions.roadmap import part_page  # 0.5 ms, and most look at one thing

    return part_page(w, named.id)


def _resource(w: Workspace, id_: str) -> ResourcePage:
    from llmpath.search.related import related  # for resources alone

    point = learner_map(w)
    work = resources.by_id(w.connection, [id_])[id_]
    return ResourcePage(
        work=work,
        progress=learning.progress_of(w.connection, w.learner.id, id_),
        spent=learning.spent(w.connection, w.learner.id).get(id_, NOTHING),
        notes=learning.notes(w.connection, w.learner.id, id_),
        topics=[(point.roadmap.nodes[topic], point.states[topic]) for topic in work.topics],
        sources=[one for one in reading.sources(w.connection) if one.id in work.sources],
        related=[
            (hit.resource, point.learned.statuses.get(hit.resource.id, Status.TODO))
            for hit in related(w.connection, id_, RELATED_SHOWN)
        ],
    )


def _topic(w: Workspace, id_: str) -> TopicPage:
    point = learner_map(w).toward([id_])
    topic = reading.topic(w.connection, id_)
    statuses = point.learned.statuses
    treating = resources.treating(w.connection, w.learner.id, [id_], Selection()).get(id_, [])
    named = resources.by_id(w.connection, [*topic.core, *topic.further])
    others = [work for work in treating if work.id not in named]
    others.sort(key=lambda work: not work.is_live)  # stable
    before = point.roadmap.still_to_pass([id_], point.states) - {id_}
    return TopicPage(
        topic=topic,
        node=point.roadmap.nodes[id_],
        standing=topic_standings(w, point)[id_],
        titles=point.titles,
        states=point.states,
        unlocks=reading.reasons(w.connection, id_),
        core=[(named[key], statuses.get(key, Status.TODO)) for key in topic.core],
        further=[(named[key], statuses.get(key, Status.TODO)) for key in topic.further],
        others=[(work, statuses.get(work.id, Status.TODO)) for work in others],
        notes=learning.notes(w.connection, w.learner.id, id_),
        waits=point.roadmap.in_study_order(before),
    )
