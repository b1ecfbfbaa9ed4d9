"""Run llmpath as a program: `llmpath` or `python -m llmpath`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave at once.

    A command lives for some 50 ms: collecting garbage and taking the interpreter down in order
    are a fifth of that, and nothing is lost without them once the output is flushed. Belongs
    here alone, never in the app that tests and other programs call.
    """
    gc.disable()
    _complete_streams()
    from llmpath.cli.app import run

    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            code = code or 1  # what was to be said could not be
    os._exit(code)


def _complete_streams() -> None:
    """Let every standard stream be there, and able to write any character somehow.

    Where one was closed, the next file opened would take its number, and be written into.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        elif mode == "w":
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
