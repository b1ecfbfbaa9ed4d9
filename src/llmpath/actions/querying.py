"""Read a query, and narrow a selection by it: what `list`, `next`, `notes` and `search` share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from llmpath.actions.workspace import Workspace
from llmpath.store.catalog.selection import Condition, Selection

if TYPE_CHECKING:
    from llmpath.search.query import Query

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
    from llmpath.actions.naming import find, part_id, topics_of
    from llmpath.search.filters import narrowed

    def named(field: str, value: str) -> tuple[str, ...]:
        if field == "topic":
            return tuple(topic.id for topic in topics_of(w, [find(w, value, "topics")]))
        return (part_id(w, field, value),)

    return narrowed(selection, query, w.learner.id, named, lambda: learner_map(w).states)


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
