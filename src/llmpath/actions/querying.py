"""Read a query, and narrow a selection by it: what `list`, `next`, `notes` and `search` share."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from llmpath.actions.workspace import Workspace
from llmpath.store.catalog.selection import Condition, Selection

if TYPE_CHECKING:
    from llmpath.model import Node
    from llmpath.search.query import Filter, Query

_SPOKEN = ("author", "by")  # fields whose values are names of several words


class Filters(NamedTuple):
    """What a resource must be, as it was asked for: parts by name, an empty one asks nothing."""

    kinds: Sequence[str] | None = None
    levels: Sequence[str] | None = None
    topic: str | None = None
    track: str | None = None
    source: str | None = None
    statuses: Sequence[str] | None = None
    minutes: int | None = None
    essential: bool = False


def choices() -> dict[str, tuple[str, ...]]:
    """Return the values of each field of a query that has only certain ones."""
    from llmpath.languages import Language
    from llmpath.search.query import CHOICES, SORTS

    languages = tuple(language.lower() for language in Language)
    return {**CHOICES, "language": languages, "sort": SORTS}


def selected(w: Workspace, filters: Filters) -> Selection:
    """Return *filters* with the ids that their names mean; raises NotFound or Ambiguous."""
    if filters == Filters():
        return Selection()
    from llmpath.actions.naming import find, part_id, topics_of  # 0.5 ms; mostly asked bare

    about = find(w, filters.topic, "topics") if filters.topic else None
    within = [topic.id for topic in topics_of(w, [about])] if about else []
    of_part = about is not None and about.what != "topic"
    return Selection(
        kinds=tuple(filters.kinds or ()),
        levels=tuple(filters.levels or ()),
        topic="" if of_part else "".join(within),
        track=part_id(w, "track", filters.track),
        source=part_id(w, "source", filters.source),
        statuses=tuple(filters.statuses or ()),
        minutes=filters.minutes,
        essential=filters.essential,
        conditions=(Condition("topic", tuple(within)),) if of_part else (),
    )


def read_query(w: Workspace, words: Sequence[str] | None) -> "Query":
    """Return the query in *words*; what is odd in it is told beside."""
    from llmpath.search import query as language  # 0.6 ms, and `next` is mostly asked for nothing

    query = language.parse(" ".join(_quoted(word) for word in words or ()))
    for warning in query.warnings:
        w.tell(warning)
    return query


def _quoted(word: str) -> str:
    """Return an argument as it was meant: the shell has taken the quotes off `by:"Jay Alammar"`."""
    field, colon, value = word.partition(":")
    if colon and " " in value and '"' not in word and field.lstrip("-").casefold() in _SPOKEN:
        return f'{field}:"{value}"'
    return word


def narrowed_by(w: Workspace, selection: Selection, query: "Query") -> Selection:
    """Return *selection* narrowed by the query's filters, phrases and excluded words."""
    if not (query.filters or query.phrases or query.excluded):
        return selection
    from llmpath.actions.learner_map import learner_map
    from llmpath.search.filters import narrowed

    return narrowed(
        selection, query, w.learner.id, partial(_named, w), lambda: learner_map(w).states
    )


def _named(w: Workspace, field: str, value: str) -> tuple[str, ...]:
    """Return the ids of what a *field* of a query calls *value*."""
    from llmpath.actions.naming import find, part_id, topics_of

    if field == "topic":
        return tuple(topic.id for topic in topics_of(w, [find(w, value, "topics")]))
    return (part_id(w, field, value),)


def topics_fitting(w: Workspace, query: "Query") -> tuple[str, ...] | None:
    """Return the topics that *query*'s filters leave, in map order; None where all are left.

    A topic has a place, a state and notes; what is asked of resources alone narrows no topics.
    """
    from llmpath.search.query import TOPIC_STATES

    asked = [
        one
        for one in query.filters
        if one.field in ("topic", "track", "has")
        or (one.field == "is" and TOPIC_STATES.intersection(one.values))
    ]
    if not asked:
        return None
    from llmpath.actions.learner_map import learner_map
    from llmpath.store.learner import learning

    point = learner_map(w)
    noted: frozenset[str] = frozenset()
    if any(one.field == "has" for one in asked):
        noted = frozenset(note.target for note in learning.notes(w.connection, w.learner.id))

    def fits(one: "Filter", node: "Node") -> bool:
        if one.field == "has":
            return node.id in noted
        if one.field == "is":
            return point.states[node.id] in one.values
        return (node.id if one.field == "topic" else node.track) in ids[one]

    ids = {
        one: {id_ for value in one.values for id_ in _named(w, one.field, value)}
        for one in asked
        if one.field in ("topic", "track")
    }
    return tuple(
        id_
        for id_, node in point.roadmap.nodes.items()
        if all(fits(one, node) != one.negated for one in asked)
    )


def of_resources(query: "Query") -> bool:
    """Say whether a filter of *query* asks for what no topic has: a kind, a year, a status."""
    from llmpath.search.query import TOPIC_STATES

    return any(
        not one.negated
        and one.field not in ("topic", "track", "has")
        and not (one.field == "is" and TOPIC_STATES.intersection(one.values))
        for one in query.filters
    )


def matching(w: Workspace, selection: Selection, query: "Query") -> Selection:
    """Return *selection* narrowed by all of *query*, its words too: each must stand somewhere."""
    selection = narrowed_by(w, selection, query)
    if not query.terms:
        return selection
    from llmpath.search.groups import SYNONYM, widen
    from llmpath.search.lexicon import Lexicon
    from llmpath.search.ranking import near

    groups = widen(query.terms, Lexicon(w.connection))
    words = Condition("match", tuple(" OR ".join(near(group, SYNONYM)) for group in groups))
    return selection._replace(conditions=(*selection.conditions, words))
