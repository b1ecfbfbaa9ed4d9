"""What the catalog was like before its last change, as far as learners are concerned.

What passed a topic in the catalog of before must not be lost when the new one asks for more: what
topics took is remembered with the change, in the same transaction, until somebody has settled what
follows for each learner (`pending`, `settled`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from llmpath.store.catalog.edition import PENDING

NEWS = "news"  # a key of catalog_state


class Before(NamedTuple):
    """The catalog of before: its edition, '' for none, and what each topic took to be learned.

    `topics` are (id, core, enough); `progress` has the statuses of each learner's resources as
    they were then. All ids are those of then.
    """

    edition: str
    topics: tuple[tuple[str, tuple[str, ...], int], ...]
    progress: Mapping[str, Mapping[str, str]]


class News(NamedTuple):
    """A new edition, the topics that came with it, and the day it was first used (YYYY-MM-DD)."""

    edition: str
    topics: tuple[str, ...]
    since: str


def remembered(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what is to stay known when the derived tables are rebuilt now, by key.

    What is pending from an earlier change is what learners last had; it stays.
    """
    try:
        state = dict(connection.execute("SELECT key, value FROM catalog_state").fetchall())
        rows = connection.execute("SELECT id, core, enough FROM topic ORDER BY position").fetchall()
        somebody = connection.execute("SELECT 1 FROM learner LIMIT 1").fetchone()
        studied = connection.execute(
            "SELECT learner_id, resource_id, status FROM progress ORDER BY 1, 2"
        ).fetchall()
    except sqlite3.OperationalError:
        return {}  # there was no catalog yet, or nothing of it is readable
    import json

    kept = {key: state[key] for key in (PENDING, NEWS) if key in state}
    if somebody and PENDING not in kept:
        progress: dict[str, dict[str, str]] = {}
        for learner, resource, status in studied:
            progress.setdefault(learner, {})[resource] = status
        kept[PENDING] = json.dumps([state.get("edition", ""), rows, progress])
    return kept


def remember(connection: sqlite3.Connection, kept: dict[str, str]) -> None:
    """Write what `remembered` has given, unless the same edition takes what it took before."""
    import json

    if PENDING in kept:
        now = connection.execute("SELECT id, core, enough FROM topic ORDER BY position").fetchall()
        before, rows, _ = json.loads(kept[PENDING])
        if before == edition(connection) and rows == [list(row) for row in now]:
            kept = {key: value for key, value in kept.items() if key != PENDING}
    connection.executemany("INSERT INTO catalog_state (key, value) VALUES (?, ?)", kept.items())


def pending(connection: sqlite3.Connection) -> Before | None:
    """Return the catalog of before, where what follows for learners is still to be settled."""
    found = connection.execute(
        "SELECT value FROM catalog_state WHERE key = ?", (PENDING,)
    ).fetchone()
    if found is None:
        return None
    import json

    before, rows, progress = json.loads(found[0])
    topics = tuple((id_, tuple(core.split()), enough) for id_, core, enough in rows)
    return Before(before, topics, progress)


def settled(connection: sqlite3.Connection, news: News | None) -> None:
    """Forget the catalog of before; keep the *news*, if any, to be told for a while."""
    connection.execute("DELETE FROM catalog_state WHERE key = ?", (PENDING,))
    if news:
        import json

        connection.execute(
            "INSERT INTO catalog_state (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (NEWS, json.dumps([news.edition, news.topics, news.since])),
        )


def edition(connection: sqlite3.Connection) -> str:
    """Return the edition of the catalog in use, '' where it has none."""
    row = connection.execute("SELECT value FROM catalog_state WHERE key = 'edition'").fetchone()
    return str(row[0]) if row else ""


def news(connection: sqlite3.Connection) -> News | None:
    """Return the latest new edition that learners have met, or None."""
    row = connection.execute("SELECT value FROM catalog_state WHERE key = ?", (NEWS,)).fetchone()
    if row is None:
        return None
    import json  # 1 ms, and hardly ever is there news

    edition_, topics, since = json.loads(row[0])
    return News(edition_, tuple(topics), since)
