"""Terminals to run the program on: real ones, typed into as it asks."""

from __future__ import annotations

import codecs
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import NamedTuple

_DRAWN = re.compile(r"\x1b\][^\x1b]*\x1b\\|\x1b\[[0-9;]*m")
PROMPT = re.compile(r"[:\]] \Z")
END = "\x04"
TICK = 0.02  # seconds between two looks
PATIENCE = 60  # seconds without a sign after which a program is taken to wait for ever


class Shown(NamedTuple):
    """How a program on a terminal ended, and all that was on the screen, what was typed too."""

    code: int
    screen: str


class Terminal:
    """A terminal, on which one command after the other is run; to be used as a block."""

    def __enter__(self) -> Terminal:
        self._ours, self._theirs = pty.openpty()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._ours)
        os.close(self._theirs)

    def run(
        self,
        *words: str,
        typed: Sequence[str] = (),
        code: int | None = 0,
        environ: Mapping[str, str] = {},
        surroundings: Mapping[str, str] | None = None,
    ) -> Shown:
        """Run `llmpath` with *words*; at each prompt the next of *typed* is typed.

        Where nothing is left to type, the input ends. The exit code is asserted to be *code*,
        unless that is None. What is in *environ* is added to the environment, which is that of
        this process unless *surroundings* are given.
        """
        process = subprocess.Popen(
            [sys.executable, "-m", "llmpath", *words],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env={**(os.environ if surroundings is None else surroundings), **environ},
            start_new_session=True,
        )
        answers = iter(typed)
        screen = ""
        decoder = codecs.getincrementaldecoder("utf-8")()  # a read may end within a character
        quiet = 0
        while True:
            over = process.poll() is not None
            if select.select([self._ours], [], [], 0 if over else TICK)[0]:
                quiet = 0
                screen += decoder.decode(os.read(self._ours, 65536))
                if PROMPT.search(_DRAWN.sub("", screen)):
                    answer = next(answers, None)
                    os.write(self._ours, (END if answer is None else f"{answer}\n").encode())
            elif over:
                break
            else:
                quiet += 1
                if quiet * TICK > PATIENCE:
                    process.kill()
                    raise AssertionError(f"waits for something: {screen}")
        shown = Shown(process.returncode, _DRAWN.sub("", screen).replace("\r\n", "\n"))
        assert code is None or shown.code == code, shown
        assert "Traceback" not in shown.screen
        return shown


def on_terminal(*words: str, typed: Sequence[str] = (), environ: Mapping[str, str] = {}) -> Shown:
    """Run one command line on a terminal of its own, see `Terminal.run`; with any exit code."""
    with Terminal() as terminal:
        return terminal.run(*words, typed=typed, code=None, environ=environ)
