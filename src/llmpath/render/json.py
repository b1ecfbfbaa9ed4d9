"""Values as JSON: stable shapes for other programs, described in docs/JSON.md."""

from __future__ import annotations

import re
from typing import Any

from llmpath.model import Node, Resource, TopicStanding
from llmpath.render.layout import JOINERS
from llmpath.vocab import State, Status

SCHEMA_VERSION = 1

# What may not be printable; each is looked at.
_DOUBTFUL = re.compile("[^\\n -~]")


def text(value: dict[str, Any]) -> str:
    """Return *value* with the schema's version as indented JSON, harmless on a terminal."""
    import json  # 1 ms, and most commands print no JSON

    document = json.dumps({"schema_version": SCHEMA_VERSION, **value}, ensure_ascii=False, indent=2)
    return harmless_json(document) + "\n"


def harmless_json(document: str) -> str:
    """Return the JSON *document* with what a terminal would obey or hide written as escapes."""
    if document.isascii() and "\x7f" not in document:  # JSON has escaped the others
        return document
    return _DOUBTFUL.sub(lambda found: _escaped(found[0]), document)


def _escaped(char: str) -> str:
    if char.isprintable() or char in JOINERS:
        return char
    from json import dumps

    return dumps(char)[1:-1] if char != "\x7f" else "\\u007f"


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
