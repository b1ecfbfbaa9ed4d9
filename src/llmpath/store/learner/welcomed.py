"""Remember who was welcomed, so that nobody is asked twice."""

from __future__ import annotations

from pathlib import Path


def first_time(folder: Path, learner: str) -> bool:
    """Say whether *learner* was not welcomed before, and remember that they are now.

    A file beside the database, like the numbers of the last list: no part of what a learner has
    learned, and nothing to undo. Where it cannot be written, it is never the first time.
    """
    if not learner:
        return False
    try:
        (folder / f"welcomed-{learner}").touch(mode=0o600, exist_ok=False)
    except OSError:
        return False
    return True
