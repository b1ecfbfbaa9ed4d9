"""Turn the filters of a query into a selection, as far as words alone can tell."""

from collections.abc import Callable, Mapping

from llmpath.search.query import Filter, Query
from llmpath.store.catalog.selection import Condition, Selection
from llmpath.vocab import State, Status, Upkeep
from llmpath.words import quoted, words_of

Name = Callable[[str, str], tuple[str, ...]]


def narrowed(
    selection: Selection,
    query: Query,
    learner: str,
    named: Name,
    topics_in: Callable[[], Mapping[str, State]],
) -> Selection:
    """Return *selection* narrowed by the filters, phrases and excluded words of *query*.

    *named* gives the ids of what is called so (field, name) or raises NotFound; *topics_in* gives
    the state of each topic for *learner*, and is only asked where the query is.
    """
    conditions = [
        condition
        for one in query.filters
        for condition in _conditions(one, learner, named, topics_in)
    ]
    if query.phrases:
        conditions.append(Condition("match", tuple(map(_phrase, query.phrases))))
    conditions += [
        Condition("match", (quoted(" ".join(words_of(text))),), True) for text in query.excluded
    ]
    return selection._replace(conditions=(*selection.conditions, *conditions))


def _phrase(text: str) -> str:
    """What stands in quotes must stand so in the resource itself, not in words for its topic."""
    return f"{{title names authors topics summary}} : {quoted(text)}"


def _conditions(
    one: Filter, learner: str, named: Name, topics_in: Callable[[], Mapping[str, State]]
) -> list[Condition]:
    match one.field:
        case "topic" | "track" | "source":
            ids = tuple(id_ for value in one.values for id_ in named(one.field, value))
            return [Condition(one.field, ids, one.negated)]
        case "author":
            return [_author(one)]
        case "has":
            return [Condition("note", (learner,), one.negated)]
        case "is":
            return _being(one, topics_in)
        case _:
            return [Condition(*one)]


def _author(one: Filter) -> Condition:
    """Any of the values as words of an author's name; the last may be begun."""
    said = [words_of(value) for value in one.values]
    expressions = [quoted(" ".join(words), prefix=True) for words in said if words]
    expression = "{authors} : (" + " OR ".join(expressions or ['""']) + ")"
    return Condition("match", (expression,), one.negated)


def _being(one: Filter, topics_in: Callable[[], Mapping[str, State]]) -> list[Condition]:
    """`is:` asks for a resource's status, upkeep, the state of its home topic, or must-reads."""
    found: list[Condition] = []
    statuses = tuple(value for value in one.values if value in tuple(Status))
    if statuses:
        found.append(Condition("status", statuses, one.negated))
    states = [value for value in one.values if value in tuple(State) and value not in statuses]
    if states:
        homes = tuple(id_ for id_, state in topics_in().items() if state in states)
        found.append(Condition("home", homes, one.negated))
    kept = tuple(value for value in one.values if value in tuple(Upkeep))
    if kept:
        found.append(Condition("upkeep", kept, one.negated))
    if "essential" in one.values:
        found.append(Condition("essential", (), one.negated))
    return found
