"""Remember the numbers of the last list, so that `done 2` means what the learner saw."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def remember(folder: Path, learner: str, ids: Sequence[str]) -> None:
    """Keep *ids* as the last list of *learner*; where that cannot be written, quietly do not.

    A file rather than a table: a list is no reason for a durable write to the database.
    """
    path = _path(folder, learner)
    text = "".join(f"{id_}\n" for id_ in ids)
    try:
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return
        from llmpath.files import write_file  # a list shown again is not written again

        write_file(path, text, durable=False)
    except OSError:
        return


def recall(folder: Path, learner: str) -> list[str]:
    """Return the ids of the learner's last list, the first being number 1."""
    try:
        return _path(folder, learner).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _path(folder: Path, learner: str) -> Path:
    return folder / f"last-list-{learner or 'nobody'}"
