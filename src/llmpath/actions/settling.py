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
from llmpath.study.update import passed_in, to_keep
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
    old = [Node(id_, "", "", "", (), core, enough) for id_, core, enough in before.topics]
    new = Roadmap(nodes(connection))
    kept: set[str] = set()
    try:
        for learner in learning.everybody(connection):
            with command(connection, learner, when, "keep") as journal:
                learned = learning.learned(connection, learner)
                had = before.progress.get(learner, {})
                lost = to_keep(passed_in(old, had), new, learned, names)
                titles = [new.nodes[id_].title for id_ in lost]
                journal.summary = listed(titles, TITLES_LOGGED)
                writing.mark_topics(journal, lost, Mark.KNOWN)
            kept.update(lost)
        news = _news(connection, before, names, when)
        with transaction(connection):
            replaced.settled(connection, news)
    except sqlite3.OperationalError as error:
        if not failed(error, *READ_ONLY, *BUSY, *NO_ROOM):
            raise
    if not kept:
        return []
    titles = [new.nodes[id_].title for id_ in new.in_order(kept)]
    more = "now takes more; it stays" if len(titles) == 1 else "now take more; they stay"
    return [f"{listed(titles, TITLES_TOLD)} {more} passed."]


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
