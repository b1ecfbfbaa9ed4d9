"""Find resources and topics by words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import learner_map
from llmpath.actions.querying import Filters, narrowed_by, read_query, selected
from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError
from llmpath.model import Node
from llmpath.search import engine
from llmpath.search.engine import Found
from llmpath.search.query import Query
from llmpath.study.graph import done_count
from llmpath.vocab import State, Status

FACETS_SHOWN = 4  # kinds and topics that are counted out


class TopicHit(NamedTuple):
    """A topic that matches as a topic, with the learner's state and core resources done."""

    node: Node
    state: State
    done: int


class SearchPage(NamedTuple):
    """A query with what it found and the learner's side of it."""

    query: Query
    found: Found
    statuses: Sequence[Status]
    topics: Sequence[TopicHit]
    titles: Mapping[str, str]

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return [hit.resource.id for hit in self.found.hits]


def search(
    w: Workspace, words: Sequence[str], filters: Filters, limit: int, exact: bool = False
) -> SearchPage:
    """Return at most *limit* resources (0 for all) and the topics that *words* find.

    Raises UsageError where there is nothing to search for.
    """
    asked = read_query(w, words)
    if not (asked.wanted or asked.filters or asked.excluded or asked.sort):
        raise UsageError("Search for what?", "For example: llmpath search quantization")
    selection = narrowed_by(w, selected(w, filters), asked)
    found = engine.search(w.connection, w.learner.id, asked, selection, limit or -1, exact)
    if any(one.field == "has" for one in asked.filters):
        found = found._replace(topics=_with_notes(w, asked, found.topics))
    shown = {*found.topics, *list(found.homes)[:FACETS_SHOWN]}
    point = learner_map(w, shown)
    statuses = point.learned.statuses
    return SearchPage(
        asked,
        found,
        [statuses.get(hit.resource.id, Status.TODO) for hit in found.hits],
        [
            TopicHit(node, point.states[node.id], done_count(node, point.learned))
            for node in (point.roadmap.nodes[id_] for id_ in found.topics)
        ],
        point.titles,
    )


def _with_notes(w: Workspace, asked: Query, topics: Sequence[str]) -> tuple[str, ...]:
    """Return the topics that `has:note` asks for: of *topics*, and of those the learner noted.

    A note counts as found where it has all the words.
    """
    from llmpath.search.notebook import matching_notes  # seldom asked for
    from llmpath.store.catalog.roadmap import nodes
    from llmpath.store.learner import learning

    notes = learning.notes(w.connection, w.learner.id)
    noted = {note.target for note in notes}
    if any(one.field == "has" and one.negated for one in asked.filters):
        return tuple(id_ for id_ in topics if id_ not in noted)
    found = [id_ for id_ in topics if id_ in noted]
    if len(asked.filters) == 1:  # what other filters ask for is asked of resources
        known = {node.id for node in nodes(w.connection)}
        found += [note.target for note in matching_notes(w.connection, asked, notes)]
        found = [id_ for id_ in found if id_ in known]
    return tuple(dict.fromkeys(found))
