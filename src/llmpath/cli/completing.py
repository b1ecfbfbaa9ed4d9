"""What the shell offers to complete: silent, and harmless without a database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from llmpath import settings
from llmpath.cli.registry import COMMANDS
from llmpath.errors import LlmpathError
from llmpath.vocab import Kind, Order, Status
from llmpath.words import words_of

if TYPE_CHECKING:
    from llmpath.actions.welcome import Way

MOST_OFFERED = 200

# Shells evaluate what they are offered: no quote, bracket or dollar goes there.
_UNSAFE = re.compile(r"[^\w ,.+/@-]")

# Other names of a field, as far as they are what one would try.
_ALIASES = {"status": tuple(Status), "type": tuple(Kind)}

_RESOURCES = "SELECT id, title FROM resource"
_TOPICS = "SELECT id, title FROM topic"
_TERMS = "SELECT id, term AS title FROM term WHERE id NOT IN (SELECT id FROM topic)"
_PARTS = "SELECT id, title FROM track UNION ALL SELECT id, title FROM module"
_TOPICS_AND_PARTS = f"{_TOPICS} UNION ALL {_PARTS}"
_GOALS = f"SELECT id, title FROM destination UNION ALL {_TOPICS_AND_PARTS}"


def resources(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of resources that begin with *incomplete*, with their titles."""
    return _matching(_RESOURCES, incomplete)


def topics(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of topics that begin with *incomplete*, with their titles."""
    return _matching(_TOPICS, incomplete)


def topics_and_parts(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of topics, modules and tracks that begin with *incomplete*."""
    return _matching(_TOPICS_AND_PARTS, incomplete)


def goals(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of what can be a goal that begin with *incomplete*, with their titles."""
    return _matching(_GOALS, incomplete)


def wants(incomplete: str) -> list[tuple[str, str]]:
    """Return what one may want, in plain words, then what can be a goal."""
    from llmpath.actions.welcome import WANTS

    return _ways(WANTS, incomplete) + goals(incomplete)


def skills(incomplete: str) -> list[tuple[str, str]]:
    """Return what one may know, in plain words, then topics."""
    from llmpath.actions.welcome import SKILLS

    return _ways(SKILLS, incomplete) + topics(incomplete)


def _ways(ways: Sequence[Way], incomplete: str) -> list[tuple[str, str]]:
    return [
        (way.word, _UNSAFE.sub("", way.text)) for way in ways if way.word.startswith(incomplete)
    ]


def everything(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of topics and resources that begin with *incomplete*."""
    return _matching(f"{_TOPICS} UNION ALL {_RESOURCES}", incomplete)


def comparable(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of topics, terms and resources that begin with *incomplete*."""
    return _matching(f"{_TOPICS} UNION ALL {_TERMS} UNION ALL {_RESOURCES}", incomplete)


def tracks(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of tracks that begin with *incomplete*."""
    return _matching("SELECT id, title FROM track", incomplete)


def parts(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of tracks and modules that begin with *incomplete*."""
    return _matching(_PARTS, incomplete)


def modules(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of modules that begin with *incomplete*."""
    return _matching("SELECT id, title FROM module", incomplete)


def sources(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of study guides that begin with *incomplete*."""
    return _matching("SELECT id, title FROM catalog_source", incomplete)


def terms(incomplete: str) -> list[tuple[str, str]]:
    """Return the terms of the glossary that begin with *incomplete*."""
    return _matching("SELECT id, stands_for AS title FROM term", incomplete)


def learners(incomplete: str) -> list[tuple[str, str]]:
    """Return the names of learners that begin with *incomplete*."""
    names = _rows(
        "SELECT name FROM learner WHERE removed_at IS NULL AND same_as IS NULL ORDER BY name", ()
    )
    return [(name, "") for (name,) in names if name.startswith(incomplete) and _safe(name)]


def authors(incomplete: str) -> list[tuple[str, str]]:
    """Return the authors whose name begins with *incomplete*, as one word: jay-alammar."""
    rows = _rows("SELECT DISTINCT authors FROM resource WHERE authors != ''", ())
    found = {name: words_of(name) for (names,) in rows for name in names.split("\n")}
    offers = {"-".join(words): name for name, words in found.items()}
    return [
        (one, _UNSAFE.sub("", offers[one]))
        for one in sorted(offers)
        if one.startswith(incomplete.lower()) and _safe(one)
    ][:MOST_OFFERED]


def setting_names(incomplete: str) -> list[tuple[str, str]]:
    """Return the names of settings that begin with *incomplete*, with their meanings."""
    return [
        (name, one.meaning)
        for name, one in settings.SETTINGS.items()
        if name.startswith(incomplete)
    ]


def commands(incomplete: str) -> list[tuple[str, str]]:
    """Return the names of commands that begin with *incomplete*, with their lines of help."""
    return [
        (name, _UNSAFE.sub("", command.line))
        for name, command in COMMANDS.items()
        if name.startswith(incomplete) and not command.hidden
    ]


def setting_values(name: str | None, incomplete: str) -> list[tuple[str, str]]:
    """Return the values that the setting *name* can have; of a list, those of its last word."""
    setting = settings.SETTINGS.get(name or "")
    if setting is None:
        return []
    if setting.hour:
        return [
            (value, "") for value in ("00:00", "03:00", "04:00") if value.startswith(incomplete)
        ]
    if not setting.words:
        return [(value, "") for value in setting.choices if value.startswith(incomplete)]
    return _in_list(incomplete, setting.words())


def orders(incomplete: str) -> list[tuple[str, str]]:
    """Return what `--sort` takes."""
    names = [
        f"{name}{way}" for name in Order for way in ("", *"+-") if name != Order.ROADMAP or not way
    ]
    return [(name, "") for name in names if name.startswith(incomplete)]


def filters(incomplete: str) -> list[tuple[str, str]]:
    """Return the filters of a query that begin with *incomplete*, each with its value.

    Fields whose values are ids are completed once they stand there: `topic:`.
    """
    from llmpath.actions.querying import choices

    field, colon, value = incomplete.partition(":")
    found = {
        "topic": topics,
        "track": tracks,
        "source": sources,
        "author": authors,
        "by": authors,
    }.get(field)
    if colon and found:
        return [(f"{field}:{id_}", title) for id_, title in found(value)]
    fields = choices()
    if colon:
        values = {**fields, **_ALIASES, "lang": fields["language"]}.get(field, ())
        return [(f"{field}:{one}", "") for one, _ in _in_list(value, values)]
    every = [f"{name}:{one}" for name, values in fields.items() for one in values]
    return [(one, "") for one in every if one.startswith(incomplete)]


def things_and_filters(incomplete: str) -> list[tuple[str, str]]:
    """Return ids of topics and resources, and filters, that begin with *incomplete*."""
    return everything(incomplete) + filters(incomplete)


def _in_list(incomplete: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Return the list *incomplete* with its last word completed, not by one that it has."""
    start, comma, word = incomplete.rpartition(",")
    given = start.split(",")
    low = word.lower()
    return [
        (f"{start}{comma}{value}", "")
        for value in values
        if value.lower().startswith(low) and value not in given
    ]


def _matching(query: str, incomplete: str) -> list[tuple[str, str]]:
    """Return the ids and titles of *query* whose ids begin with *incomplete*."""
    start = incomplete.lower()
    rows = _rows(
        f"SELECT id, title FROM ({query}) WHERE id >= ? AND id < ?"
        f" ORDER BY id LIMIT {MOST_OFFERED}",
        (start, start + "\U0010ffff"),
    )
    return [(id_, _UNSAFE.sub("", title)) for id_, title in rows if _safe(id_)]


def _safe(value: str) -> bool:
    return not _UNSAFE.search(value)


def _rows(query: str, parameters: Sequence[str]) -> list[tuple[str, ...]]:
    """Run *query* on the database as it stands: nothing is created, synced or told of."""
    try:
        path = settings.load(settings.environment()).database
        if not path.is_file():
            return []
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0.5)
        rows = connection.execute(query, parameters).fetchall()
        connection.close()
    except (sqlite3.Error, LlmpathError, OSError, ValueError):
        return []
    return rows
