"""Keep two commands from changing the same file at once, where no database does."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PATIENCE = 5  # seconds to wait for another program that changes files in the same folder


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other commands from changing files in *folder* during a block.

    Raises TimeoutError when another one does for over PATIENCE seconds. Where folders cannot be
    locked, nobody is kept off.
    """
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        end = time.monotonic() + PATIENCE
        while not _lock(number):
            if time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, f"another program has been busy in {folder}")
            time.sleep(0.02)
        yield
    finally:
        os.close(number)  # and the lock with it


def _lock(number: int) -> bool:
    """Say whether the open folder *number* is locked by us now, or cannot be."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return True
