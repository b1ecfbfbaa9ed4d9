"""Show how fresh the catalog is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.render.layout import EMPTY, Line, heading, line, paragraph, plural

if TYPE_CHECKING:
    from llmpath.store.catalog.freshness import Freshness, TopicAge


def lines(found: Freshness, width: int) -> list[Line]:
    """Return topics by the year of the newest work in their core, then the resources."""
    name = f"Edition {found.edition}, seen in {found.year}" if found.edition else str(found.year)
    rows = [heading(name), EMPTY, heading("Topics by the newest work in their core")]
    by_year: dict[int, list[TopicAge]] = {}
    for topic in found.topics:
        by_year.setdefault(topic.newest, []).append(topic)
    for year in sorted(by_year, reverse=True):
        rows.append(line(f"  {_year(year):<8} {len(by_year[year]):>5,}"))
    rows += [EMPTY, *_stale(found, width)]
    rows += [EMPTY, heading("Resources by their newest year")]
    for year, count in found.by_year.items():
        rows.append(line(f"  {_year(year):<8} {count:>5,}"))
    rows += [EMPTY, heading("Resources by when they were last checked")]
    for month, count in found.verified.items():
        rows.append(line(f"  {month or 'never':<8} {count:>5,}"))
    rows += [EMPTY, heading("Resources by how they are kept up")]
    for upkeep, count in found.upkeep.items():
        rows.append(line(f"  {upkeep:<10} {count:>3,}"))
    return rows


def _stale(found: Freshness, width: int) -> list[Line]:
    if not found.stale:
        text = "Every topic has a new work in its core, or a reason why older ones stay best."
        return paragraph(text, width)
    title = f"{plural(len(found.stale), 'topic')} without a new work in the core, or a reason"
    rows = [*paragraph(title, width, 0, "heading")]
    for topic in sorted(found.stale, key=lambda one: one.newest):
        rows += paragraph(f"{_year(topic.newest)}  {topic.id} ({topic.track})", width, 2)
    return rows


def _year(year: int) -> str:
    return str(year) if year else "unknown"


def data(found: Freshness) -> dict[str, Any]:
    """Return the same for other programs."""
    return {
        "edition": found.edition or None,
        "year": found.year,
        "topics": [topic._asdict() for topic in found.topics],
        "stale": [topic.id for topic in found.stale],
        "by_year": {_year(year): count for year, count in found.by_year.items()},
        "verified": {month or "never": count for month, count in found.verified.items()},
        "upkeep": found.upkeep,
    }
