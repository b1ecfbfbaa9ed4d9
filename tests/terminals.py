"""Terminals to run commands in: real ones, so that a test sees what is asked and who is asked."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from types import TracebackType
from typing import NamedTuple


class Shown(NamedTuple):
    """What a command on a terminal did: its exit code, and all that stood on the terminal."""

    code: int
    text: str


class Terminal:
    """A terminal of 80 by 24; what is typed is not echoed. To be used as a block."""

    def __enter__(self) -> Terminal:
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        modes = termios.tcgetattr(self._theirs)
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(self._theirs, termios.TCSANOW, modes)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._ours)
        os.close(self._theirs)

    def run(self, *arguments: str, typed: str = "", code: int | None = 0) -> Shown:
        """Run a command line with *typed* waiting to be read, and then the end of the input."""
        os.write(self._ours, typed.encode() + b"\x04")
        process = subprocess.Popen(
            [sys.executable, "-m", "llmpath", *arguments],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            start_new_session=True,
        )
        read = bytearray()
        while process.poll() is None:
            read += self._waiting(0.02)
        read += self._waiting(0)
        termios.tcflush(self._theirs, termios.TCIFLUSH)
        shown = Shown(process.returncode, read.decode().replace("\r\n", "\n"))
        assert code is None or shown.code == code, shown
        assert "Traceback" not in shown.text
        return shown

    def _waiting(self, seconds: float) -> bytes:
        """Return what has been written to the terminal, after at most *seconds* of nothing."""
        import select

        found = b""
        while select.select([self._ours], [], [], seconds)[0]:
            found += os.read(self._ours, 65536)
        return found
