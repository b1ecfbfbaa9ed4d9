"""Several learners in one database: list, add, use, rename, merge, remove, restore, erase."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from llmpath.actions.outcome import Change, Outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import Declined, UsageError
from llmpath.identity import Learner
from llmpath.store.database import backups
from llmpath.store.history import transfer
from llmpath.store.learner import drafts, learners, members, numbering
from llmpath.store.learner.members import Member


class LearnerChange(NamedTuple):
    """What was done to a learner: what they are called now, and were called before."""

    name: str
    former: str
    outcome: Outcome


class Joined(NamedTuple):
    """What became of two learners: who is whose name now, the commands that went over, the backup.

    There is none on a trial.
    """

    former: str
    name: str
    commands: int
    backup: Path | None
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
    return _changed(
        "restore",
        members.restore(w.connection, name),
        {"removed": True},
        {"removed": False},
    )


def erase(w: Workspace, name: str) -> LearnerChange:
    """Delete the removed learner called *name* with all of their data, for good."""
    ids = members.erase(w.connection, name)
    _forget(w, ids)
    if not w.trial:
        drafts.forget(w.settings.data, ids)
    return _changed("erase", name, {"removed": True}, None)


def merge(w: Workspace, former: str, into: str) -> Joined:
    """Make the learner called *former* one with the one called *into*, whose name they have then.

    Where both have done something, it is asked first. A backup is made. Raises UsageError where
    the two are one already, NotFound, DatabaseTrouble, and Declined.
    """
    one, other = (learners.named(w.connection, name) for name in (former, into))
    if one.id == other.id:
        raise UsageError(
            f"{former} cannot be merged with themselves."
            if former == into
            else f"{former} and {into} are one learner already.",
            "See all with: llmpath user list",
        )
    counts = [members.commands(w.connection, learner) for learner in (one, other)]
    if all(counts) and w.asks:
        history = f"{counts[0]} and {counts[1]} commands"
        if not w.agrees(f"Make {one.name} and {other.name} one learner ({history})?", ()):
            raise Declined("Nothing was changed.")
    path = w.settings.database
    backup = backups.unused(backups.folder(path) / f"llmpath-{w.stamp}-before-merge.db")
    done = transfer.unite(w.connection, path, one.id, other.id, None if w.trial else backup)
    _forget(w, [one.id, other.id])
    change = Change("learner", one.name, one.name, {"name": one.name}, {"name": other.name})
    return Joined(
        one.name, other.name, done.commands, done.backup, Outcome("merge", changes=[change])
    )


def _forget(w: Workspace, ids: Iterable[str]) -> None:
    """Let no list be the last one of the learners with *ids*."""
    for id_ in ids if not w.trial else ():
        numbering.forget(w.settings.data, id_)


def _changed(
    action: str, name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> LearnerChange:
    """Return what was done to a learner: learners are not part of any learner's log."""
    changes = [Change("learner", name, name, before, after)] if before != after else []
    return LearnerChange(name, name, Outcome(action, changes=changes))
