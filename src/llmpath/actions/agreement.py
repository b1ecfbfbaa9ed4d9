"""Ask before a command changes much: a name may mean more than its user thought of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from llmpath.actions.workspace import Workspace
from llmpath.errors import Declined
from llmpath.store.catalog import naming

FEW = 3  # topics that are changed without asking, as taskwarrior's `bulk` has it
QUESTIONS: Mapping[str, str] = {
    "know": "Mark these {count} topics as known?",
    "forget": "No longer mark these {count} topics as known?",
    "shaky": "Mark these {count} topics as shaky?",
    "skip": "Skip all {count} of these?",
    "need": "Make these {count} topics your goals?",
    "reset": "Clear what you have on all {count} of these?",
}


def agreed_on(w: Workspace, action: str, ids: Sequence[str]) -> Collection[str] | None:
    """Return what the learner agreed to of *ids*, which *action* would change; None for anything.

    They are shown and asked for where they are more than FEW and somebody can be asked. Raises
    Declined where the answer is no.
    """
    if len(ids) <= FEW or not w.asks:
        return None
    titles = naming.titles(w.connection, ids)
    if not w.agrees(QUESTIONS[action].format(count=len(ids)), [titles[id_] for id_ in ids]):
        raise Declined("Nothing was changed.")
    return set(ids)
