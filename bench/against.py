"""Time the daily commands against those of another checkout: `python -m bench.against OTHER`.

Each command is run by turns from both, in this environment with the sources of either on its path,
each with a database of its own. Medians of many such pairs, and the ratio; machines are noisy, so
the processor's seconds stand beside, and the pairs' own ratios: their median and middle half. What
disturbs one run in a pair mostly disturbs the other.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.commands import MAIN, Case, Taken, cases, run, surroundings, typical

HERE = Path(__file__).parents[1]


def environ(checkout: Path, home: Path) -> dict[str, str]:
    """Return the environment in which *checkout* runs with its data in *home*."""
    found = {**surroundings(home), "HOME": str(home), "PYTHONPATH": str(checkout / "src")}
    for name in ("LLMPATH_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):  # as for most learners
        found.pop(name, None)
    return found


def pairs(
    rows: Sequence[Case], sides: Sequence[dict[str, str]], runs: int
) -> dict[str, list[tuple[Taken, Taken]]]:
    """Return what each command took on both *sides*, *runs* times, by turns."""
    for side in sides:
        for case in rows:  # the database is made and bytecode cached before anything is timed
            command = [sys.executable, "-c", MAIN, *case.arguments]
            subprocess.run(command, env={**side, **case.environ}, check=True, capture_output=True)
    found: dict[str, list[tuple[Taken, Taken]]] = {case.name: [] for case in rows}
    for turn in range(runs):
        for case in rows:
            taken = {}
            for i in (0, 1) if turn % 2 else (1, 0):
                program = ["-c", MAIN, *case.arguments]
                taken[i] = run(program, {**sides[i], **case.environ}, case.terminal)
            found[case.name].append((taken[0], taken[1]))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="the checkout to compare with, as a folder")
    parser.add_argument("--runs", type=int, default=31, help="pairs of runs of each command")
    parser.add_argument("--only", default="", help="commands whose name has this in it")
    options = parser.parse_args()
    rows = [case for case in cases() if options.only in case.name]
    home = Path(tempfile.mkdtemp(prefix="llmpath-against-"))
    try:
        sides = []
        for name, checkout in (("other", options.other.resolve()), ("this", HERE)):
            (home / name).mkdir()
            sides.append(environ(checkout, home / name))
            where = [sys.executable, "-c", "import llmpath; print(llmpath.__file__)"]
            found = subprocess.run(where, env=sides[-1], check=True, capture_output=True, text=True)
            if not found.stdout.startswith(str(checkout) + os.sep):
                raise SystemExit(f"{checkout} is not what runs, but {found.stdout.strip()}")
        taken = pairs(rows, sides, options.runs)
    finally:
        shutil.rmtree(home)
    heads = f"{'other ms':>9}{'this ms':>9}{'ratio':>8}{'cpu':>8}{'pairs':>8}"
    print(f"{'':<28}{heads}   middle half of them")
    for name, both in taken.items():
        other, this = (typical([pair[i] for pair in both]) for i in (0, 1))
        low, middle, high = statistics.quantiles([pair[1].wall / pair[0].wall for pair in both])
        print(
            f"{name:<28}{1000 * other.wall:>9.1f}{1000 * this.wall:>9.1f}"
            f"{this.wall / other.wall:>8.3f}{this.processor / other.processor:>8.3f}"
            f"{middle:>8.3f}   {low:.3f} to {high:.3f}"
        )
    ratios = [
        statistics.median(this.wall for _, this in both)
        / statistics.median(other.wall for other, _ in both)
        for both in taken.values()
    ]
    print(f"{'median of all':<28}{'':>18}{statistics.median(ratios):>8.3f}")


if __name__ == "__main__":
    main()
