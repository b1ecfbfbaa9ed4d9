"""Files written whole or not at all: their names, and what is left when that was cut short."""

from __future__ import annotations

import os
from pathlib import Path


def unfinished(path: Path) -> Path:
    """Return where to write what will be *path* once it is complete: beside it, hidden."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def sweep(folder: Path) -> None:
    """Remove from *folder* what commands that were killed had not finished writing.

    Unfinished files carry the number of their process; those of living ones are left.
    """
    for one in folder.glob(".*.new*"):
        number = one.name.partition(".new")[0].rpartition(".")[2]
        if number.isdecimal() and not _lives(int(number)):
            one.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True


def keep_names(folder: Path) -> None:
    """Make sure that the names in *folder* survive a power cut, as the files' contents do."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a system without folders to open
    try:
        os.fsync(number)
    except OSError:
        pass
    finally:
        os.close(number)
