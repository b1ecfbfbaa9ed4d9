"""Count how old the catalog is: the newest core work of each topic, the last look at each entry."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

NEW_YEARS = 2  # calendar years, this one included, whose works are new


class TopicAge(NamedTuple):
    """A topic with the year of the newest work in its core, 0 where none has one.

    `lasting` is the reason why older ones stay best, '' for none.
    """

    id: str
    title: str
    track: str
    newest: int
    lasting: str


class Freshness(NamedTuple):
    """How fresh a catalog is in a *year*: its topics in map order, and its resources.

    `by_year` counts resources by their newest year (0: unknown), `verified` by the month (YYYY-MM,
    '' for never) in which they were last held against the work, `upkeep` by how they are kept up.
    """

    edition: str
    year: int
    topics: tuple[TopicAge, ...]
    by_year: dict[int, int]
    verified: dict[str, int]
    upkeep: dict[str, int]

    @property
    def stale(self) -> list[TopicAge]:
        """The topics without a new work in their core, and without a reason for it."""
        first = self.year - NEW_YEARS + 1
        return [topic for topic in self.topics if topic.newest < first and not topic.lasting]


def freshness(connection: sqlite3.Connection, edition: str, year: int) -> Freshness:
    """Return how fresh the catalog of *edition* is in *year*."""
    years = dict(
        connection.execute("SELECT id, max(coalesce(year, 0), coalesce(updated, 0)) FROM resource")
    )
    topics = tuple(
        TopicAge(
            id_, title, track, max((years.get(one, 0) for one in core.split()), default=0), why
        )
        for id_, title, track, core, why in connection.execute(
            "SELECT id, title, track, core, lasting FROM topic ORDER BY position"
        )
    )
    return Freshness(
        edition,
        year,
        topics,
        dict(
            connection.execute(
                "SELECT max(coalesce(year, 0), coalesce(updated, 0)) AS newest, count(*)"
                " FROM resource GROUP BY newest ORDER BY newest DESC"
            )
        ),
        dict(
            connection.execute(
                "SELECT verified, count(*) FROM resource GROUP BY verified ORDER BY verified DESC"
            )
        ),
        dict(
            connection.execute(
                "SELECT upkeep, count(*) FROM resource GROUP BY upkeep ORDER BY count(*) DESC"
            )
        ),
    )
