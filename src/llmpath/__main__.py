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
    from llmpath.cli.app import run

    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            code = code or 1  # what was to be said could not be
    os._exit(code)


if __name__ == "__main__":
    main()
