"""What the commands that take a query share: reading it, and narrowing a selection by it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from llmpath.cli.session import Session
from llmpath.store.catalog.selection import Condition, Selection
from llmpath.vocab import Kind, Level, Status

if TYPE_CHECKING:
    from llmpath.search.query import Query

# `-kind:paper`, `-"a phrase"` and `-graph` look like options, but no option has a colon or a quote,
# and three letters are none: unless they are a value set right behind one, as in `-kvideo`.
# Compiled when first needed: 0.2 ms, and most arguments start with no minus.
_NEGATED = r'-([A-Za-z]+:.|"|[A-Za-z]{2}[\w-]+$)'
_KEPT = "\0"  # no shell can pass it, so it marks what is not an option

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUERY...]",
        help="Words and filters such as kind:video -level:advanced year:2020.. is:ready.",
    ),
]


class QueryCommand(TyperCommand):
    """A command whose arguments may be filters that start with a minus."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep filters from being taken for options."""
        return super().parse_args(ctx, [_KEPT + arg if _is_negated(arg) else arg for arg in args])


def _is_negated(arg: str) -> bool:
    """Say whether *arg* is something to leave out rather than an option."""
    if not arg.startswith("-") or not re.match(_NEGATED, arg):
        return False
    return arg[2:] not in (*Kind, *Level, *Status)


def read(session: Session, words: Sequence[str] | None) -> "Query":
    """Return the query in the command's arguments; what is odd in it is told on stderr."""
    from llmpath.search import query as language  # 0.6 ms, and `next` is mostly asked for nothing

    said = [word.removeprefix(_KEPT) for word in words or ()]
    query = language.parse(" ".join(_whole(word) for word in said))
    for warning in query.warnings:
        session.remark(warning)
    return query


def _whole(word: str) -> str:
    """Return an argument as it was meant: the shell has taken the quotes off `by:"Jay Alammar"`."""
    field, colon, value = word.partition(":")
    if colon and " " in value and '"' not in word and field.lstrip("-").casefold() in _SPOKEN:
        return f'{field}:"{value}"'
    return word


_SPOKEN = ("author", "by")


def narrow(session: Session, selection: Selection, query: "Query") -> Selection:
    """Return *selection* narrowed by the query's filters, phrases and excluded words."""
    if not (query.filters or query.phrases or query.excluded):
        return selection
    from llmpath.cli.names import one, part
    from llmpath.cli.standpoint import standpoint
    from llmpath.search.filters import narrowed

    connection, learner = session.connection, session.learner.id

    def named(field: str, value: str) -> str:
        return one(session, value, "topic").id if field == "topic" else part(session, field, value)

    return narrowed(
        selection, query, learner, named, lambda: standpoint(connection, learner).states
    )


def part_of(session: Session, column: str, name: str | None) -> str:
    """Return the id of the track or study guide called *name*, '' for none."""
    if not name:
        return ""
    from llmpath.cli.names import part

    return part(session, column, name)


def having(session: Session, selection: Selection, query: "Query") -> Selection:
    """Return *selection* narrowed by all of *query*, its words too: each must stand somewhere."""
    selection = narrow(session, selection, query)
    if not query.terms:
        return selection
    from llmpath.search.groups import SYNONYM, widen
    from llmpath.search.lexicon import Lexicon
    from llmpath.search.ranking import near

    groups = widen(query.terms, Lexicon(session.connection))
    words = Condition("match", tuple(" OR ".join(near(group, SYNONYM)) for group in groups))
    return selection._replace(conditions=(*selection.conditions, words))
