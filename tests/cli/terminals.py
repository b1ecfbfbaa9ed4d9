"""A terminal to run the program on, typed into as it asks."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_DRAWN = re.compile(r"\x1b\][^\x1b]*\x1b\\|\x1b\[[0-9;]*m")
PROMPT = re.compile(r": \Z")


class Shown(NamedTuple):
    """How a program on a terminal ended, and all that was on the screen, what was typed too."""

    code: int
    screen: str


def on_terminal(*words: str, typed: Sequence[str] = (), environ: Mapping[str, str] = {}) -> Shown:
    """Run `llmpath` with *words* on a terminal; at each prompt the next of *typed* is typed.

    Where nothing is left to type, the input ends.
    """
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "llmpath", *words],
        stdin=side,
        stdout=side,
        stderr=side,
        env={**os.environ, **environ},
        start_new_session=True,
    )
    os.close(side)
    answers = iter(typed)
    screen = ""
    while True:
        try:
            part = os.read(main, 65536).decode()
        except OSError:  # the other side is closed
            break
        if not part:
            break
        screen += part
        if PROMPT.search(_DRAWN.sub("", screen)):
            answer = next(answers, None)
            os.write(main, b"\x04" if answer is None else answer.encode() + b"\n")
    code = process.wait(60)
    os.close(main)
    return Shown(code, _DRAWN.sub("", screen).replace("\r\n", "\n"))
