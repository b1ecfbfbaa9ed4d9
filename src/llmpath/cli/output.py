"""Where a command's text goes: to stdout, or to the file named with -o."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from llmpath.errors import UsageError, quoted

if TYPE_CHECKING:
    from llmpath.cli.session import Session


def named(output: str | None) -> Path | None:
    """Return the file that *output* names, None for stdout: where there is none, or it is -."""
    if output in (None, "-"):
        return None
    if not output:
        raise UsageError("-o needs the name of a file.")
    if output.endswith(("/", os.sep)):  # which a path forgets
        raise UsageError(
            f"{quoted(output)} is no name of a file.",
            "Name a file in it, or remove the last slash.",
        )
    return Path(output).expanduser() if output.startswith("~/") else Path(output)


def is_stdout(output: str | None) -> bool:
    """Say whether what is written to *output* goes to stdout, by whatever name."""
    if output in (None, "", "-"):
        return output == "-"
    try:
        return os.path.samestat(os.stat(str(output)), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):
        return False


def deliver(s: Session, output: str | None, text: str) -> None:
    """Write *text* to the file that *output* names, or to stdout."""
    from llmpath.actions import outputs

    file = named(output)
    if file is None:
        s.write(text)
        return
    outputs.write(s, file, text)
    s.remark(f"Wrote {file}")
