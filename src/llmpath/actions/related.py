"""Resources like one."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.naming import find
from llmpath.actions.workspace import Workspace
from llmpath.search import related as likeness
from llmpath.search.related import Related
from llmpath.store.catalog.naming import Named
from llmpath.store.learner import learning
from llmpath.vocab import Status


class RelatedPage(NamedTuple):
    """A resource, and those like it with the learner's status."""

    thing: Named
    rows: Sequence[tuple[Related, Status]]

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return [hit.resource.id for hit, _ in self.rows]


def related(w: Workspace, name: str, limit: int) -> RelatedPage:
    """Return at most *limit* resources like the one called *name*, the likest first."""
    thing = find(w, name, "resource")
    statuses = learning.learned(w.connection, w.learner.id).statuses
    found = likeness.related(w.connection, thing.id, limit)
    return RelatedPage(thing, [(hit, statuses.get(hit.resource.id, Status.TODO)) for hit in found])
