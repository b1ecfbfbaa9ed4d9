"""Show the catalog's figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from llmpath.render.layout import (
    EMPTY,
    Line,
    Span,
    bar,
    facts,
    heading,
    line,
    pad,
    paragraph,
    plural,
)

if TYPE_CHECKING:
    from llmpath.store.catalog.counts import Counts

BAR_WIDTH = 20


def lines(counts: Counts, width: int) -> list[Line]:
    """Return the figures as small tables."""
    edition = f", edition {counts.edition}" if counts.edition else ""
    rows = [heading(f"The catalog{edition}"), *_numbers(counts.totals)]
    for title, part in (
        ("Topics by track", counts.by_track),
        ("Resources by kind", counts.by_kind),
        ("Resources by level", counts.by_level),
        ("Resources by study guide", counts.by_source),
    ):
        rows += [EMPTY, heading(title), *_numbers(part)]
    if counts.added:
        added = ", ".join(f"{topic} {number}" for topic, number in counts.added.items())
        title = f"Added by the editors: {sum(counts.added.values()):,}, by home topic"
        rows += [EMPTY, heading(title), *paragraph(added, width, 2)]
    size = BAR_WIDTH if width >= 50 else 8
    rows += [EMPTY, heading("How complete the resources are")]
    rows += _shares(counts.filled, counts.totals["resources"], size)
    rows += [EMPTY, heading("... by kind, in %"), *_by_kind(counts)]
    rows += [EMPTY, heading("How complete the topics are")]
    rows += _shares(counts.topics_filled, counts.totals["topics"], size)
    return [*rows, EMPTY, heading("The graph"), *_graph(counts, width)]


def _numbers(part: Mapping[str, int]) -> list[Line]:
    column = max((len(name) for name in part), default=0)
    return [line(f"  {name:<{column}}  {number:>6,}") for name, number in part.items()]


def _share(number: int, total: int) -> float:
    """Return a share in %; all of nothing is 100, and only all of something is."""
    return 100.0 if number == total else min(100 * number / total, 99.9)


def _shares(part: Mapping[str, int], total: int, size: int) -> Iterable[Line]:
    for name, number in part.items():
        share = _share(number, total)
        yield line(f"  {name:<14}", *bar(share / 100, size), Span(f" {share:5.1f} %"))


def _by_kind(counts: Counts) -> Iterable[Line]:
    column = max((len(kind) for kind in counts.by_kind), default=0)
    fields = list(next(iter(counts.filled_by_kind.values()), ()))
    names = "".join(pad(name, 9, right=True) for name in fields)
    yield line((f"  {'':<{column}}{names}", "dim"))
    for kind, total in counts.by_kind.items():
        filled = counts.filled_by_kind[kind]
        shares = "".join(f"{_share(filled[name], total):9.1f}" for name in fields)
        yield line(f"  {kind:<{column}}{shares}")


def _graph(counts: Counts, width: int) -> list[Line]:
    edges = counts.totals["prerequisites"]
    given = counts.edges_with_reason
    reasons = f"{given:,} of {edges:,} ({_share(given, edges):.1f} %)"
    rows = facts(
        [
            ("with a reason", reasons),
            ("roots", f"{len(counts.roots)}: {', '.join(counts.roots)}"),
            ("longest chain", plural(len(counts.longest_chain), "topic")),
        ],
        width,
        2,
    )
    return [*rows, *paragraph(" → ".join(counts.longest_chain), width, 4)]


def data(counts: Counts) -> dict[str, Any]:
    """Return the figures for other programs."""
    return counts._asdict()
