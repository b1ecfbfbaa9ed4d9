"""Show what a term of the glossary means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.curriculum import Term
from llmpath.render import json as shapes
from llmpath.render.layout import EMPTY, Line, cut, heading, line, pad, paragraph, plural, width_of
from llmpath.render.pages.list import table
from llmpath.render.signs import SIGNS

if TYPE_CHECKING:
    from llmpath.actions.glossary import Definition


def lines(pages: Sequence[Definition], width: int) -> list[Line]:
    """Return what the terms mean, one after the other."""
    rows: list[Line] = []
    for page in pages:
        rows += [*_page(page, width, page is pages[0]), EMPTY]
    return rows[:-1]


def _page(page: Definition, width: int, lettered: bool) -> list[Line]:
    term = page.term
    name = f"{term.term}: {term.stands_for}" if term.stands_for else term.term
    rows = [line((row[-1].text, "title")) for row in paragraph(name, width)]
    rows += paragraph(term.definition, width)
    if term.synonyms:
        rows += paragraph("Also: " + ", ".join(term.synonyms), width, 0, "dim")
    rows.append(EMPTY)
    title = cut(page.topic.title, width - width_of(str(page.state)) - 11)
    rows.append(
        line("Topic  ", SIGNS[page.state], " ", (title, "title"), (f": {page.state}", "dim"))
    )
    rows += paragraph(page.summary, width)
    if page.start:
        rows += [EMPTY, heading("Where to start")]
        rows += table(page.start, width, lettered=lettered)
    return rows


def listing(terms: Sequence[Term], width: int) -> list[Line]:
    """Return the whole glossary, a line each."""
    if not terms:
        return [line("The catalog has no glossary.")]
    column = min(max(width_of(term.term) for term in terms), max(width // 3, 12))
    rows = [
        line(
            (pad(term.term, column), "title"),
            "  ",
            (cut(term.stands_for or term.definition, width - column - 2), "dim"),
        )
        for term in terms
    ]
    return [*rows, EMPTY, line((plural(len(terms), "term"), "dim"))]


def data(pages: Sequence[Definition]) -> dict[str, Any]:
    """Return terms for other programs, with their topic and where to start."""
    return {
        "terms": [
            {
                **page.term._asdict(),
                "topic": shapes.brief_topic(page.topic, page.state),
                "summary": page.summary,
                "start": [shapes.resource(work, status) for work, status in page.start],
            }
            for page in pages
        ]
    }


def listing_data(terms: Sequence[Term]) -> dict[str, Any]:
    """Return the whole glossary for other programs."""
    return {"terms": [term._asdict() for term in terms]}
