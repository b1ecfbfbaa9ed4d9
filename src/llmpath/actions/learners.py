"""Several learners in one database: list, add, use, rename, remove, restore, erase."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from llmpath.actions.outcome import Change, Outcome
from llmpath.actions.workspace import Workspace
from llmpath.identity import Learner
from llmpath.store.learner import drafts, learners, members, numbering
from llmpath.store.learner.members import Member


class LearnerChange(NamedTuple):
    """What was done to a learner: what they are called now, and were called before."""

    name: str
    former: str
    outcome: Outcome


class Members(NamedTuple):
    """Every learner with what they have, and the one that the command is for."""

    everyone: Sequence[Member]
    present: Learner


def everyone(w: Workspace) -> Members:
    """Return the learners, removed ones too, by name."""
    present = w.learner  # added, if this is their first command
    return Members(members.members(w.connection), present)


def add(w: Workspace, name: str) -> LearnerChange:
    """Add a learner called *name*; raises UsageError where that cannot be."""
    made = members.add(w.connection, name, w.moment.at)
    return _changed("add", made.name, None, {"removed": False})


def use(w: Workspace, name: str) -> LearnerChange:
    """Switch to the learner called *name*: commands are theirs from now on."""
    learner = learners.named(w.connection, name)
    before = members.use(w.connection, learner)
    return _changed("use", learner.name, {"in_use": before == learner.id}, {"in_use": True})


def rename(w: Workspace, name: str, new: str) -> LearnerChange:
    """Give the learner called *name* a *new* name; raises UsageError where it is taken.

    Somebody who is in use, be it by their login name alone, stays so.
    """
    own = w.learner  # added, if this is their first command
    learner = own if own.name == name else learners.named(w.connection, name)
    made = members.rename(w.connection, learner, new, learners.login_name(w.environ))
    done = _changed("rename", made, {"name": learner.name}, {"name": made})
    return done._replace(former=learner.name)


def remove(w: Workspace, name: str) -> LearnerChange:
    """Hide the learner called *name*; all of their data stays."""
    learner = learners.named(w.connection, name)
    members.remove(w.connection, learner, w.moment.at)
    return _changed("remove", learner.name, {"removed": False}, {"removed": True})


def restore(w: Workspace, name: str) -> LearnerChange:
    """Bring back the removed learner called *name*."""
    members.restore(w.connection, name)
    return _changed("restore", name, {"removed": True}, {"removed": False})


def erase(w: Workspace, name: str) -> LearnerChange:
    """Delete the removed learner called *name* with all of their data, for good."""
    id_ = members.erase(w.connection, name)
    if not w.trial:
        numbering.forget(w.settings.data, id_)
        drafts.forget(w.settings.data, id_)
    return _changed("erase", name, {"removed": True}, None)


def _changed(
    action: str, name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> LearnerChange:
    """Return what was done to a learner: learners are not part of any learner's log."""
    changes = [Change("learner", name, name, before, after)] if before != after else []
    return LearnerChange(name, name, Outcome(action, changes=changes))
