"""Find resources and topics by words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import learner_map
from llmpath.actions.querying import (
    Filters,
    narrowed_by,
    of_resources,
    read_query,
    selected,
    topics_fitting,
)
from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError
from llmpath.model import Node
from llmpath.search.answer import answer
from llmpath.search.engine import Found
from llmpath.search.query import Query
from llmpath.study.graph import done_count
from llmpath.vocab import State, Status

TOPICS_SHOWN = 3  # of those that are meant
FACETS_SHOWN = 4  # kinds and topics that are counted out


class TopicHit(NamedTuple):
    """A topic that matches as a topic, with the learner's state and core resources done."""

    node: Node
    state: State
    done: int


class SearchPage(NamedTuple):
    """A query with what it found and the learner's side of it.

    `compared` are the words for `compare` that set side by side what the query does.
    """

    query: Query
    found: Found
    statuses: Sequence[Status]
    topics: Sequence[TopicHit]
    titles: Mapping[str, str]
    more_topics: int = 0  # that are not shown
    compared: Sequence[str] = ()

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
    found = answer(w.connection, w.learner.id, asked, selection, limit or -1, exact)
    topics = _topics(w, asked, found.topics)
    found = found._replace(topics=topics[: max(limit, TOPICS_SHOWN)] if limit else topics)
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
        len(topics) - len(found.topics),
        _offered(w, found.sides) if found.sides else (),
    )


def _offered(w: Workspace, names: Sequence[str]) -> Sequence[str]:
    from llmpath.actions.sides import offered  # 2 ms, and few queries ask for a choice

    return offered(w, names)


def _topics(w: Workspace, asked: Query, topics: Sequence[str]) -> tuple[str, ...]:
    """Return the first of *topics*, which are meant, and those with a note that has all the words.

    Without words it is what the filters ask for: topics in a state, topics with a note.
    """
    fitting = topics_fitting(w, asked)
    if of_resources(asked):
        return tuple(_fitting(topics, fitting)[:TOPICS_SHOWN])
    given = {one.field for one in asked.filters if not one.negated}
    found = _fitting(topics, fitting)[:TOPICS_SHOWN]
    if asked.wanted or "has" in given:
        found += _noted(w, asked)
    elif "is" in given:
        found += fitting or ()
    return tuple(dict.fromkeys(_fitting(found, fitting)))


def _fitting(topics: Sequence[str], fitting: Sequence[str] | None) -> list[str]:
    return [id_ for id_ in topics if fitting is None or id_ in fitting]


def _noted(w: Workspace, asked: Query) -> list[str]:
    """Return the topics with a note that has all the words of *asked*."""
    from llmpath.store.catalog.roadmap import topic_ids
    from llmpath.store.learner import learning

    notes = learning.notes(w.connection, w.learner.id)
    if not notes:
        return []
    from llmpath.search.lexicon import LONGEST_READ, MOST_NOTES
    from llmpath.search.notebook import matching_notes

    topics = topic_ids(w.connection)
    on_topics = [
        note._replace(body=note.body[:LONGEST_READ]) for note in notes if note.target in topics
    ]
    return [note.target for note in matching_notes(asked, on_topics[-MOST_NOTES:])]
