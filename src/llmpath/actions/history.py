"""What happened, undoing it and doing it again."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmpath.actions.outcome import Outcome, changes, with_states
from llmpath.actions.workspace import Workspace
from llmpath.store.learner import journal
from llmpath.store.learner.journal import LogLine, Undone


class Reversal(NamedTuple):
    """The commands that were undone or redone, and what that changed."""

    commands: Sequence[LogLine]
    outcome: Outcome


def undo(w: Workspace, count: int = 1, told: bool = False) -> Reversal:
    """Undo the learner's last *count* commands; raises NothingToUndo where there is none.

    What that changed is worked out only if it is to be *told*: it takes 4 ms.
    """
    return _reversed(w, "undo", journal.undo, count, told)


def redo(w: Workspace, count: int = 1, told: bool = False) -> Reversal:
    """Redo the last *count* commands undone; otherwise as undo()."""
    return _reversed(w, "redo", journal.redo, count, told)


def _reversed(
    w: Workspace, action: str, act: Callable[..., Undone], count: int, told: bool
) -> Reversal:
    if not told:
        return Reversal(act(w.connection, w.learner.id, count, w.moment).lines, Outcome(action))
    from llmpath.actions.learner_map import learner_map

    before = learner_map(w)
    undone = act(w.connection, w.learner.id, count, w.moment)
    done = Outcome(action, changes=changes(w, undone.events))
    return Reversal(undone.lines, with_states(w, done, before))


def log(w: Workspace, limit: int) -> list[LogLine]:
    """Return the learner's last *limit* commands (0 for all), newest first."""
    return journal.log(w.connection, w.learner.id, limit or -1)
