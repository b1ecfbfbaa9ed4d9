"""Show the catalog's figures."""

from __future__ import annotations

from collections.abc import Mapping

from llmpath.render.layout import EMPTY, Line, Span, bar, heading, line
from llmpath.store.counts import Counts

BAR = 20


def lines(counts: Counts, width: int) -> list[Line]:
    """Return the figures as small tables."""
    rows = [heading("The catalog"), *_numbers(counts.totals)]
    for title, part in (
        ("Topics by track", counts.by_track),
        ("Resources by kind", counts.by_kind),
        ("Resources by level", counts.by_level),
        ("Resources by study guide", counts.by_source),
    ):
        rows += [EMPTY, heading(title), *_numbers(part)]
    rows += [EMPTY, heading("How complete the resources are")]
    total = counts.totals["resources"]
    size = BAR if width >= 50 else 8
    for name, filled in counts.filled.items():
        share = filled / total if total else 0.0
        rows.append(line(f"  {name:<14}", *bar(share, size), Span(f" {100 * share:5.1f} %")))
    return rows


def _numbers(part: Mapping[str, int]) -> list[Line]:
    column = max((len(name) for name in part), default=0)
    return [line(f"  {name:<{column}}  {number:>6,}") for name, number in part.items()]
