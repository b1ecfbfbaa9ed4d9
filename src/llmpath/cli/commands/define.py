"""What an acronym or term means: `define`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from llmpath.cli import options
from llmpath.cli.session import Session, session
from llmpath.cli.standpoint import standpoint
from llmpath.curriculum import Term
from llmpath.errors import NotFound
from llmpath.store.catalog import glossary, reading, resources
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.render.pages.define import Page

START = 3  # resources to start with


def define(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TERM...]",
            help="An acronym or term; none lists them all.",
            autocompletion=options.completed("terms"),
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """What an acronym or term means, and where to start.

    \b
    Examples:
      llmpath define RLHF
      llmpath define byte pair encoding
    """
    from llmpath.render.pages import define

    s = session(ctx)
    name = " ".join(words or ())
    if not name:
        terms = glossary.all_terms(s.connection)
        if json:
            s.data({"terms": [term._asdict() for term in terms]})
            return
        s.show(define.listing(terms, s.width))
        return
    terms = glossary.called(s.connection, name)
    if not terms:
        raise NotFound(f"The glossary has no {_cut(name)!r}.", _hint(s, name))
    pages = [_page(s, term) for term in terms]
    if json:
        s.data({"terms": [define.data(page) for page in pages]})
        return
    s.number([work.id for work, _ in pages[0].start])
    s.show(define.lines(pages, s.width))


def _page(s: Session, term: Term) -> Page:
    from llmpath.render.pages.define import Page

    point = standpoint(s.connection, s.learner.id)
    topic = reading.topic(s.connection, term.topic)
    works = resources.by_id(s.connection, topic.core[:START])
    return Page(
        term,
        point.roadmap.nodes[term.topic],
        point.states[term.topic],
        topic.summary,
        [
            (works[id_], point.learned.statuses.get(id_, Status.TODO))
            for id_ in topic.core[:START]
            if id_ in works
        ],
    )


def _hint(s: Session, name: str) -> str:
    from difflib import get_close_matches  # only on the way to an error

    known = {one.casefold(): one for one in glossary.names(s.connection)}
    near = get_close_matches(name.casefold(), known, 2, 0.7)
    if near:
        return f"Did you mean {' or '.join(known[one] for one in near)}?"
    return f"Look for it with: llmpath search {_cut(name)}"


def _cut(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"
