"""What is read from a file or from stdin, whatever it is: never without end, nor for ever."""

from __future__ import annotations

import errno
import os
import select
import stat
import sys
import time
from pathlib import Path

CHUNK = 1 << 20  # bytes that are read out of a pipe at once
PATIENCE = 5  # seconds to wait for somebody who writes into a pipe


def read_file(path: Path | None, most: int) -> bytes:
    """Return what is in the file at *path*, or on stdin for None: at most *most* bytes and one.

    So whoever asks can tell that there is more, and something endless is not read to its end.
    Raises OSError; TimeoutError for a pipe that nobody writes into for PATIENCE seconds.
    """
    if path is None:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "there is no input")
        return sys.stdin.buffer.read(most + 1)
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(number, "rb") as file:
        if stat.S_ISFIFO(os.fstat(number).st_mode):
            return _from_pipe(number, most)
        if hasattr(os, "set_blocking"):
            os.set_blocking(number, True)  # a terminal has nothing to give yet
        return file.read(most + 1)


def _from_pipe(number: int, most: int) -> bytes:
    """Return what comes out of the pipe *number*, as `read_file` does."""
    data = bytearray()
    written, end = False, time.monotonic() + PATIENCE
    while len(data) <= most:
        try:
            chunk = os.read(number, min(most + 1 - len(data), CHUNK))
        except BlockingIOError:  # somebody has it open who has not written yet
            written = True
            select.select([number], [], [])
            continue
        if not chunk and written:
            break
        if not chunk and time.monotonic() > end:
            raise TimeoutError(errno.ETIMEDOUT, "nobody writes into this pipe")
        written = written or bool(chunk)
        data += chunk
        if not chunk:
            time.sleep(0.02)
    return bytes(data)
