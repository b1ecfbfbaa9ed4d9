"""Time the daily commands against the floor, side by side in one run: `make bench`.

The floor is what any command with Typer and Rich must pay: the environment's own interpreter,
`import typer, rich.console, rich.table, sqlite3`, and out. Ratios are of medians of interleaved
runs, since machines are noisy; nothing here fails a test. The ratio of processor time stands
beside: where other programs keep the machine busy it is the better guide. What a flush to the disk
takes is told too: a command that writes waits for five of them, which the floor does not.
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
DRAWN, PIPED, ASKED = 1.1, 0.8, 0.9  # what a command may take of the floor; ASKED: help, completion
LARGE = 2.0  # with a great deal of data


class Case(NamedTuple):
    """One command to time: on a terminal or into a pipe, and the ratio it may have at most."""

    name: str
    arguments: Sequence[str]
    terminal: bool
    budget: float
    environ: Mapping[str, str] = {}
    daily: bool = True  # reads or writes what the learner has


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
    rows = [Case(f"{name}, terminal", words, True, DRAWN) for name, words in daily.items()]
    rows += [Case(f"{name}, piped", words, False, PIPED) for name, words in daily.items()]
    for words in (["--help"], ["next", "--help"]):
        rows.append(Case(f"{' '.join(words)}, terminal", words, True, ASKED, daily=False))
    completion = {
        "_LLMPATH_COMPLETE": "complete_bash",
        "COMP_WORDS": "llmpath show illus",
        "COMP_CWORD": "2",
    }
    rows.append(Case("completion of an id", [], False, ASKED, completion, daily=False))
    return rows


class Taken(NamedTuple):
    """What one process took: seconds from its start to its end, and seconds of the processor."""

    wall: float
    processor: float


def run(arguments: Sequence[str], environ: Mapping[str, str], terminal: bool) -> Taken:
    """Run one process and return what it took."""
    command = [sys.executable, *arguments]
    main, side = pty.openpty() if terminal else os.pipe()
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environ, stdout=side, stdin=side if terminal else subprocess.DEVNULL
    )
    os.close(side)
    while True:
        try:
            if not os.read(main, 65536):
                break
        except OSError:  # the other side is closed: the program has ended
            break
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    os.close(main)
    return Taken(wall, usage.ru_utime + usage.ru_stime)


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of the commands that are timed, with their data in *home*."""
    environ = {**os.environ, "LLMPATH_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "80"}
    # Bytecode is cached wherever llmpath is installed; a shell may have turned that off.
    for name in ("NO_COLOR", "LLMPATH_NOW", "LLMPATH_CATALOG", "PYTHONDONTWRITEBYTECODE"):
        environ.pop(name, None)
    return environ


def flush(folder: Path) -> float:
    """Return the seconds that it takes to write a page through to the disk of *folder*."""
    taken = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(25):
            file.write(bytes(4096))
            start = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measure(title: str, rows: Sequence[Case], environ: Mapping[str, str], runs: int) -> float:
    """Time *rows* and the floor *runs* times, interleaved; print medians and ratios.

    Returns the seconds that the floor takes.
    """
    for case in rows:  # a command that fails is quick
        command = [sys.executable, "-c", MAIN, *case.arguments]
        subprocess.run(command, env={**environ, **case.environ}, check=True, capture_output=True)
    home = Path(environ.get("LLMPATH_HOME") or environ["HOME"])
    flushes = [flush(home)]
    floors: list[Taken] = []
    times: dict[str, list[Taken]] = {case.name: [] for case in rows}
    for _ in range(runs):
        for i, case in enumerate(rows):
            if i % 4 == 0:
                floors.append(run(FLOOR, environ, False))
            program = ["-c", MAIN, *case.arguments]
            times[case.name].append(run(program, {**environ, **case.environ}, case.terminal))
        flushes.append(flush(home))
    floor = typical(floors)
    print(f"{title:<44}{'ms':>8}{'ratio':>8}{'budget':>8}{'cpu':>8}")
    print(f"{'floor':<44}{1000 * floor.wall:>8.1f}{1:>8.2f}{'':>8}{1:>8.2f}")
    for case in rows:
        taken = typical(times[case.name])
        ratio, share = taken.wall / floor.wall, taken.processor / floor.processor
        over = "" if ratio <= case.budget else "  over"
        print(
            f"{case.name:<44}{1000 * taken.wall:>8.1f}{ratio:>8.2f}{case.budget:>8.2f}"
            f"{share:>8.2f}{over}"
        )
    print(f"{'a flush to the disk':<44}{1000 * statistics.median(flushes):>8.2f}")
    return floor.wall


def typical(taken: Sequence[Taken]) -> Taken:
    """Return the medians of *taken*."""
    return Taken(*(statistics.median(values) for values in zip(*taken, strict=True)))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=31, help="runs of each command")
    parser.add_argument("--folder", type=Path, help="where to make the database")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="llmpath-bench-", dir=options.folder))
    environ = {**surroundings(home), "HOME": str(home)}
    for name in ("LLMPATH_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):  # as for most learners
        environ.pop(name, None)
    try:
        first = []
        for _ in range(3):
            shutil.rmtree(home)
            command = [sys.executable, "-c", MAIN, "next"]
            start = time.perf_counter()
            subprocess.run(command, env=environ, capture_output=True, check=True)
            first.append(time.perf_counter() - start)
        floor = measure("shipped catalog", cases(), environ, options.runs)
        made = statistics.median(first)
        print(f"{'the first command ever':<44}{1000 * made:>8.1f}{made / floor:>8.2f}")
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
