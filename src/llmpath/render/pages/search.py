"""Show what a search found, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from llmpath.actions.querying import of_resources
from llmpath.actions.searching import FACETS_SHOWN
from llmpath.errors import arguments
from llmpath.phrases import duration, listed
from llmpath.render.layout import (
    EMPTY,
    Line,
    Span,
    cut,
    line,
    paragraph,
    plural,
    told,
    width_of,
)
from llmpath.render.signs import SIGN_OF, SIGNS
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.actions.searching import SearchPage, TopicHit
    from llmpath.search.engine import Hit
    from llmpath.search.query import Query
    from llmpath.search.why import Marked


def lines(page: SearchPage, width: int) -> list[Line]:
    """Return what a search found: what was read otherwise, topics, resources, and counts."""
    rows: list[Line] = []
    for text in _readings(page):
        rows += paragraph(text, width, 0, "warn")
    if rows:
        rows.append(EMPTY)
    for hit in page.topics:
        rows += _topic(hit, width)
    if page.more_topics:
        rows.append(
            line((f"and {plural(page.more_topics, 'more topic')}; --limit 0 shows all", "dim"))
        )
    query = page.query
    if page.topics and not page.found.hits and query.filters and not of_resources(query):
        return rows  # what was asked for is what topics have, too
    if page.topics:
        rows.append(EMPTY)
    if not page.found.hits:
        return [*rows, *_nothing(query, width, bool(page.topics))]
    digits = max(2, len(str(len(page.found.hits))))
    for number, (one_hit, status) in enumerate(zip(page.found.hits, page.statuses, strict=True), 1):
        rows += _hit(number, one_hit, status, digits, width)
    rows.append(EMPTY)
    for text in _counts(page):
        rows += paragraph(text, width, 0, "dim")
    if page.compared:
        hint = f"Side by side: llmpath compare {arguments(*page.compared)}"
        rows += [line((row, "dim")) for row in told(hint, width)]
    return rows


def _readings(page: SearchPage) -> Iterable[str]:
    """Yield what was searched for instead of what was typed, and what there is nothing on."""
    found = page.found
    for one in found.corrections:
        yield f"Searched for {one.used!r} instead of {one.typed!r}; --exact keeps it."
    if found.translations:
        read = [f"{one.typed}: {' or '.join(one.used)}" for one in found.translations]
        yield f"Read in English: {'; '.join(read)}."
    if found.unknown and found.hits:
        words = listed([repr(word) for word in found.unknown])
        rest = ""
        if found.any_words:
            rest = "; what follows has the other words"
        elif page.topics:
            rest = f"; near: {listed([hit.node.title for hit in page.topics])}"
        yield f"Nothing on {words}{rest}."


def _nothing(query: Query, width: int, topics: bool) -> list[Line]:
    said = cut(query.text, max(width - 20, 8))
    hint = "Try fewer or other words, or browse: llmpath roadmap --all"
    if query.filters:
        hint = "Remove a filter to see more."
    what = "No resource" if topics else "Nothing"
    return [line(f"{what} found for {said!r}."), *paragraph(hint, width, 0, "dim")]


def _topic(hit: TopicHit, width: int) -> list[Line]:
    text = str(hit.state)
    if hit.node.core:
        text += f", {hit.done} of {len(hit.node.core)} done"
    title = cut(hit.node.title, max(width - width_of(text) - 13, 12))
    return [line("Topic  ", SIGNS[hit.state], " ", (title, "title"), (f": {text}", "dim"))]


def _hit(number: int, hit: Hit, status: Status, digits: int, width: int) -> list[Line]:
    """Return a hit: its title, then its facts, then why it matched."""
    work, why = hit.resource, hit.why
    head = (Span(f"{number:>{digits}} ", "number"), SIGN_OF[status], Span(" "))
    indent = digits + 3
    style = "skipped" if status is Status.SKIPPED else "title" if work.essential else ""
    title = _fit(why.title or ((work.title, False),), width - indent, style, work.url)
    length = duration(work.minutes) if work.minutes is not None else ""
    facts = [work.kind, work.level, length, str(work.year or "")]
    if work.foreign:
        facts.append(f"in {work.foreign}")
    if status is not Status.TODO:
        facts.append(str(status))
    if "notes" in why.matched_in:
        facts.append("in your notes")
    facts += [f"matches {name}" for name in why.same_as[:2]]
    if why.matched_in == ("topic",):
        facts.append("on the same topic")
    if why.matched_in == ("letters",):
        facts.append("similar spelling")
    if "authors" in why.matched_in and work.authors:
        facts.append("by " + ", ".join(work.authors[:2]))
    rows = [(*head, *title)]
    rows += paragraph(", ".join(filter(None, facts)), width, indent, "dim")
    if why.excerpt:
        rows.append((Span(" " * indent), *_fit(why.excerpt, width - indent, "dim")))
    return rows


def _fit(marked: Marked, width: int, style: str, link: str = "") -> tuple[Span, ...]:
    """Return *marked* as spans within *width* columns, matches in the style of a hit."""
    spans: list[Span] = []
    room = width
    if sum(width_of(text) for text, _ in marked) > width:
        room -= 1  # for the ellipsis
    for text, hit in marked:
        kept = text[:room]
        while width_of(kept) > room:
            kept = kept[:-1]
        spans.append(Span(kept, "hit" if hit else style, link))
        room -= width_of(kept)
        if kept != text:
            spans[-1] = spans[-1]._replace(text=kept.rstrip() + "…")
            break
    return tuple(spans)


def _counts(page: SearchPage) -> Iterable[str]:
    """Yield how many there are, with how many words, of which kinds and on which topics."""
    found, terms = page.found, len(page.query.terms) + len(page.query.phrases)
    text = plural(found.total, "resource")
    if terms > 1 and found.all_words < found.total:
        text += f": {found.all_words} with all the words"
        if found.any_words > found.all_words:
            text += f", {found.any_words - found.all_words} with some"
        if found.total > found.any_words:
            text += f", {found.total - found.any_words} on the same topic"
    if found.total > len(found.hits):
        text += f"; showing the best {len(found.hits)}; use --limit for more"
    yield text
    if found.total > 1:
        kinds = _counted(found.kinds, {})
        yield f"Kinds: {kinds}"
        if len(found.homes) > 1:
            best = sum(found.homes.values())
            of = f" of the best {best}" if found.total > best else ""
            yield f"Topics{of}: {_counted(found.homes, page.titles)}"


def _counted(counts: Mapping[str, int], titles: Mapping[str, str]) -> str:
    shown = [
        f"{titles.get(name, name)} {count}" for name, count in list(counts.items())[:FACETS_SHOWN]
    ]
    rest = len(counts) - len(shown)
    return ", ".join(shown) + (f", {rest} more" if rest > 0 else "")


def data(page: SearchPage) -> dict[str, Any]:
    """Return what a search found for other programs."""
    from llmpath.render import json as shapes

    found = page.found
    return {
        "query": page.query.text,
        "corrected": [one._asdict() for one in found.corrections],
        "translated": [{"typed": one.typed, "used": list(one.used)} for one in found.translations],
        "unknown": list(found.unknown),
        "sides": list(found.sides),
        "warnings": list(page.query.warnings),
        "total": found.total,
        "all_words": found.all_words,
        "facets": {
            "kind": dict(found.kinds),
            "topic": dict(found.homes),
        },
        "topics": [
            {
                **shapes.brief_topic(hit.node, hit.state),
                "done": hit.done,
                "core": len(hit.node.core),
            }
            for hit in page.topics
        ],
        "results": [
            {
                **shapes.resource(hit.resource, status),
                "score": round(hit.score, 4),
                "matched_in": list(hit.why.matched_in),
            }
            for hit, status in zip(found.hits, page.statuses, strict=True)
        ],
    }
