"""Settle what an update of the catalog means for every learner: nobody loses what they passed."""

from __future__ import annotations

import sqlite3

from llmpath.identity import Moment
from llmpath.model import Node
from llmpath.phrases import listed
from llmpath.store.catalog import replaced
from llmpath.store.catalog.replaced import Before, News
from llmpath.store.catalog.roadmap import nodes
from llmpath.store.database.connection import transaction
from llmpath.store.database.failures import BUSY, NO_ROOM, READ_ONLY, failed
from llmpath.store.history.ledger import former_ids
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import command
from llmpath.study.graph import Roadmap
from llmpath.study.update import to_keep
from llmpath.vocab import Mark

TITLES_LOGGED, TITLES_TOLD = 8, 3  # of the topics that stay passed


def settle(connection: sqlite3.Connection, when: Moment) -> list[str]:
    """Let every learner keep what they had passed before the catalog changed.

    A topic that the new catalog would no longer count as passed is marked as known, by a command
    in that learner's log. Returns what to tell. When it is cut short, the next command does it.
    """
    before = replaced.pending(connection)
    if before is None:
        return []
    names = former_ids(connection)
    old = [_node(names, *row) for row in before.topics]
    new = Roadmap(nodes(connection))
    told = []
    try:
        for learner in learning.everybody(connection):
            with command(connection, learner, when, "keep") as journal:
                learned = learning.learned(connection, learner)
                lost = to_keep(old, new, learned)
                titles = [new.nodes[id_].title for id_ in lost]
                journal.summary = listed(titles, TITLES_LOGGED)
                writing.mark_topics(journal, lost, Mark.KNOWN)
            if lost:
                told.append(f"{listed(titles, TITLES_TOLD)} now takes more; it stays passed.")
        news = _news(connection, before, names, when)
        with transaction(connection):
            replaced.settled(connection, news)
    except sqlite3.OperationalError as error:
        if not failed(error, *READ_ONLY, *BUSY, *NO_ROOM):
            raise
    return told


def _node(names: dict[str, str], id_: str, core: tuple[str, ...], enough: int) -> Node:
    """Return a topic of before, as far as passing it goes, under the ids of now."""
    works = tuple(dict.fromkeys(names.get(work, work) for work in core))
    return Node(names.get(id_, id_), "", "", "", (), works, min(enough, len(works) or 1))


def _news(
    connection: sqlite3.Connection, before: Before, names: dict[str, str], when: Moment
) -> News | None:
    """Return what the edition in use brings, where it is another than that of *before*."""
    edition = replaced.edition(connection)
    if edition in ("", before.edition):
        return None
    had = {names.get(id_, id_) for id_, _, _ in before.topics}
    fresh = [node.id for node in nodes(connection) if node.id not in had]
    return News(edition, tuple(fresh), when.local_date)
