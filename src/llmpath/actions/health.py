"""Look over the database, and repair what can be derived."""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError
from llmpath.settings import SETTINGS, load
from llmpath.store.health import health
from llmpath.store.health.health import Finding


class Examined(NamedTuple):
    """What was found, and what was repaired before."""

    findings: Sequence[Finding]
    repaired: Sequence[str]

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.well for finding in self.findings)


def examine(w: Workspace, fix: bool = False, quick: bool = False) -> Examined:
    """Return what was found about the database, after a repair if it is to *fix* something.

    On a trial nothing is repaired, and what would be is told. A *quick* look leaves out what takes
    time with size.
    """
    if fix and quick:
        raise UsageError("Use either --fix or --quick, not both.")
    w.settings = load(w.environ)
    wrong = [
        Finding("settings", bool(name) and name not in SETTINGS, fault.message, fault.hint)
        for name, fault in w.settings.faults.items()
    ]
    done: list[str] = []
    if fix:
        from llmpath.store.health import repair

        done = repair.mend(w.settings.database, w.files, w.moment, w.stamp, w.trial)
    return Examined([*wrong, *health.examine(w.settings.database, w.files, w.now, quick)], done)
