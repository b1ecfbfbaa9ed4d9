"""List resources, filtered and sorted."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.querying import Filters, matching, read_query, selected, topics_fitting
from llmpath.actions.workspace import Workspace
from llmpath.model import Resource
from llmpath.store.catalog import resources
from llmpath.store.learner import learning
from llmpath.vocab import Status


class Listing(NamedTuple):
    """Resources with the learner's status, and how many there are besides those listed.

    Where there are none, `noted` counts the topics with a note, if notes were asked for.
    """

    rows: Sequence[tuple[Resource, Status]]
    total: int
    noted: int = 0

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return [work.id for work, _ in self.rows]


def listing(
    w: Workspace, words: Sequence[str], filters: Filters, order: str, limit: int
) -> Listing:
    """Return at most *limit* resources (0 for all) in an *order* of `resources.ORDERS`.

    An order that the query in *words* names goes before *order*.
    """
    chosen = selected(w, filters)
    asked = read_query(w, words)
    selection = matching(w, chosen, asked)
    order = asked.sort if asked.sort.rstrip("+-") not in ("", "relevance") else order
    works = resources.select(w.connection, w.learner.id, selection, order, limit or -1)
    total = resources.count(w.connection, w.learner.id, selection)
    statuses = learning.learned(w.connection, w.learner.id).statuses
    rows = [(work, statuses.get(work.id, Status.TODO)) for work in works]
    notes_alone = not rows and {(one.field, one.negated) for one in asked.filters} == {
        ("has", False)
    }
    return Listing(rows, total, len(topics_fitting(w, asked) or ()) if notes_alone else 0)
