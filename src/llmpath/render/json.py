"""Values as JSON: stable shapes for other programs, described in docs/JSON.md."""

from __future__ import annotations

import re
from typing import Any

from llmpath.model import Node, Resource, TopicStanding
from llmpath.vocab import State, Status

SCHEMA_VERSION = 1

# Controls that JSON lets through but a terminal would obey.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def text(value: dict[str, Any]) -> str:
    """Return *value* with the schema's version as indented JSON, harmless on a terminal."""
    import json  # 1 ms, and most commands print no JSON

    document = json.dumps({"schema_version": SCHEMA_VERSION, **value}, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", document) + "\n"


def resource(work: Resource, status: Status) -> dict[str, Any]:
    """Return a resource with the learner's status."""
    return {
        "id": work.id,
        "title": work.title,
        "url": work.url,
        "kind": work.kind,
        "level": work.level,
        "minutes": work.minutes,
        "topics": list(work.topics),
        "status": str(status),
        "authors": list(work.authors),
        "year": work.year,
        "language": work.language,
        "essential": work.essential,
        "summary": work.summary,
        "sources": list(work.sources),
        "upkeep": str(work.upkeep),
        "superseded_by": work.superseded_by or None,
        "cost": work.cost,
        "needs": list(work.needs),
        "verified": work.verified or None,
        "updated": work.updated,
        "because": work.because,
    }


def topic(node: Node, standing: TopicStanding) -> dict[str, Any]:
    """Return a topic with the learner's standing."""
    return {
        "id": node.id,
        "title": node.title,
        "state": str(standing.state),
        "minutes_left": standing.minutes_left,
        "done": standing.done,
        "core": len(node.core),
        "module": node.module,
        "track": node.track,
        "requires": list(node.requires),
    }


def brief_topic(node: Node, state: State) -> dict[str, Any]:
    """Return a topic by name and state."""
    return {"id": node.id, "title": node.title, "state": str(state)}
