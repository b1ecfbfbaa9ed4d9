"""Time the daily commands against the floor, side by side in one run: `make bench`.

The floor is what any command with Typer and Rich must pay: the environment's own interpreter,
`import typer, rich.console, rich.table, sqlite3`, and out. Ratios are of medians of interleaved
runs, since machines are noisy; nothing here fails a test.
"""

from __future__ import annotations

import argparse
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

FLOOR = ["-c", "import typer, rich.console, rich.table, sqlite3"]
MAIN = "from llmpath.__main__ import main; main()"


class Case(NamedTuple):
    """One command to time: on a terminal or into a pipe, and the ratio it may have at most."""

    name: str
    arguments: Sequence[str]
    terminal: bool
    budget: float
    environ: Mapping[str, str] = {}


def cases() -> list[Case]:
    """Return the commands of the budget."""
    daily = {
        "next": ["next"],
        "search": ["search", "quantization"],
        "show": ["show", "attention"],
        "roadmap": ["roadmap"],
        "dashboard": [],
        "start": ["start", "illustrated-transformer"],
        "done": ["done", "illustrated-transformer"],
        "undo": ["undo"],
        "note": ["note", "attention", "a thought"],
    }
    rows = [Case(f"{name}, terminal", words, True, 1.1) for name, words in daily.items()]
    rows += [Case(f"{name}, piped", words, False, 0.8) for name, words in daily.items()]
    rows.append(Case("--help, terminal", ["--help"], True, 0.9))
    rows.append(Case("next --help, terminal", ["next", "--help"], True, 0.9))
    completion = {
        "_LLMPATH_COMPLETE": "complete_bash",
        "COMP_WORDS": "llmpath show illus",
        "COMP_CWORD": "2",
    }
    rows.append(Case("completion of an id", [], False, 0.9, completion))
    return rows


def run(arguments: Sequence[str], environ: Mapping[str, str], terminal: bool) -> float:
    """Return the seconds that one process takes, from start to its end."""
    command = [sys.executable, *arguments]
    if not terminal:
        start = time.perf_counter()
        subprocess.run(command, env=environ, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        return time.perf_counter() - start
    main, side = pty.openpty()
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdout=side, stdin=side)
    os.close(side)
    while True:
        try:
            if not os.read(main, 65536):
                break
        except OSError:  # the other side is closed: the program has ended
            break
    process.wait()
    elapsed = time.perf_counter() - start
    os.close(main)
    return elapsed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25, help="runs of each command")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="llmpath-bench-"))
    environ = {**os.environ, "LLMPATH_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "80"}
    # Bytecode is cached wherever llmpath is installed; a shell may have turned that off.
    for name in ("NO_COLOR", "LLMPATH_NOW", "LLMPATH_CATALOG", "PYTHONDONTWRITEBYTECODE"):
        environ.pop(name, None)
    try:
        measure(home, environ, options.runs)
    finally:
        shutil.rmtree(home)


def measure(home: Path, environ: Mapping[str, str], runs: int) -> None:
    """Time everything *runs* times, interleaved, and print medians and ratios."""
    first = []
    for _ in range(3):
        shutil.rmtree(home)
        first.append(run(["-c", MAIN, "next"], environ, False))
    times: dict[str, list[float]] = {"floor": []}
    rows = cases()
    for _ in range(runs):
        times["floor"].append(run(FLOOR, environ, False))
        for case in rows:
            taken = run(["-c", MAIN, *case.arguments], {**environ, **case.environ}, case.terminal)
            times.setdefault(case.name, []).append(taken)
    floor = statistics.median(times["floor"])
    print(f"{'':<24}{'ms':>8}{'ratio':>8}{'budget':>8}")
    print(f"{'floor':<24}{1000 * floor:>8.1f}{1:>8.2f}")
    for case in rows:
        taken = statistics.median(times[case.name])
        over = "" if taken / floor <= case.budget else "  over"
        print(f"{case.name:<24}{1000 * taken:>8.1f}{taken / floor:>8.2f}{case.budget:>8.1f}{over}")
    made = statistics.median(first)
    print(f"{'first run ever':<24}{1000 * made:>8.1f}{made / floor:>8.2f}")


if __name__ == "__main__":
    main()
