"""The story of a first evening: commands with what they print, told to `story.txt`.

`python -m tests.cli.story` tells it anew after the catalog or the output has changed; read the
difference before committing it.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import FIXED, KEPT

TEXT = Path(__file__).with_name("story.txt")
COMMANDS = (
    "next",
    "start 1",
    'done 1 --note "The first hour: what the words *mean*."',
    "undo",
    "redo",
    "know python-basics linear-algebra",
    "goal quantization",
    "next",
    "search quantization",
    "report",
)


def tell(home: Path) -> str:
    """Run each command in a process of its own, in an empty *home*; return the transcript."""
    places = {"HOME": str(home), "LLMPATH_HOME": str(home / "data")}
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    parts = []
    for number, command in enumerate(COMMANDS):
        # An hour between commands, so that the report has times to tell apart.
        clock = {"LLMPATH_NOW": f"2026-03-10T{10 + number}:00:00+00:00"}
        done = subprocess.run(
            [sys.executable, "-m", "llmpath", *shlex.split(command)],
            env={**kept, **FIXED, **places, **clock},
            capture_output=True,
            text=True,
            check=False,
        )
        error = done.stderr.replace(str(home), "HOME")
        end = f"exit {done.returncode}\n" if done.returncode else ""
        parts.append(f"$ llmpath {command}\n{error}{done.stdout}{end}")
    return "\n".join(parts)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        TEXT.write_text(tell(Path(folder)), encoding="utf-8")
