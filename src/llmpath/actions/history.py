"""What happened, undoing it and doing it again."""

from __future__ import annotations

from collections.abc import Callable

from llmpath.actions.outcome import Outcome, changes, with_states
from llmpath.actions.workspace import Workspace
from llmpath.store.learner import journal
from llmpath.store.learner.journal import LogLine, Undone


def undo(w: Workspace, count: int = 1, told: bool = False) -> Outcome:
    """Undo the learner's last *count* commands; raises NothingToUndo where there is none.

    What that changed is worked out only if it is to be *told*: it takes 4 ms.
    """
    return _reversed(w, "undo", journal.undo, count, told)


def redo(w: Workspace, count: int = 1, told: bool = False) -> Outcome:
    """Redo the last *count* commands undone; otherwise as undo()."""
    return _reversed(w, "redo", journal.redo, count, told)


def _reversed(
    w: Workspace, action: str, act: Callable[..., Undone], count: int, told: bool
) -> Outcome:
    if not told:
        lines = act(w.connection, w.learner.id, count, w.moment).lines
        return Outcome(action, commands=lines)
    from llmpath.actions.learner_map import learner_map

    before = learner_map(w)
    undone = act(w.connection, w.learner.id, count, w.moment)
    done = Outcome(action, changes=changes(w, undone.events), commands=undone.lines)
    return with_states(w, done, before)


def log(w: Workspace, limit: int) -> list[LogLine]:
    """Return the learner's last *limit* commands (0 for all), newest first."""
    return journal.log(w.connection, w.learner.id, limit or -1)
