"""Try every fault with its full count, and print what became of it: `make soak`.

For each fault: how often it was tried, what was lost (said to be done and not there), what else
was not as promised, the exit codes, and what a learner read. The exit code is 1 when anything was
lost or wrong. The faults themselves are in `tests/faults`, the model in `tests/model.py`; `make
test` gives a small share of them.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import shutil
import sys
import tempfile
import textwrap
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests import model
from tests.faults import hostile
from tests.faults.place import Place, Tally
from tests.faults.trials import TRIALS

SEQUENCES = 10_000  # of random commands; a few hundred with --quick
BATCH = 250  # sequences that one seed gives
SHOWN = 5  # complaints of a fault that are printed
LINES = 200  # of each


def sequences(count: int, seed: int) -> Tally:
    """Hold *count* random command sequences against the model, in batches of seeds from *seed*."""
    tried, commands, wrong, batch = 0, 0, [], 0
    while tried < count and len(wrong) < SHOWN:
        gc.disable()  # a tenth of the time; the commands themselves run without it, too
        ran = model.run(min(BATCH, count - tried), seed + batch)
        gc.enable()
        gc.collect()
        tried += ran.sequences
        commands += ran.commands
        if ran.wrong:
            wrong.append(f"seed {seed + batch}: {ran.wrong}")
        batch += 1
        if batch % 4 == 0:
            print(f"  {tried:,} sequences, {commands:,} commands", file=sys.stderr, flush=True)
    message = f"{commands:,} commands, seeds {seed} to {seed + batch - 1}"
    return Tally("random command sequences against a model", tried, 0, wrong, Counter(), message)


def row(tally: Tally, seconds: float) -> str:
    """Return *tally* as a row of the table, in Markdown."""
    codes = ", ".join(
        f"{code} ({number:,})" if len(tally.codes) > 1 else str(code)
        for code, number in sorted(tally.codes.items(), key=lambda item: -item[1])
    )
    cells = (
        tally.fault,
        f"{tally.tried:,}",
        str(tally.lost),
        str(len(tally.wrong)),
        codes or "-",
        _anywhere(tally.message).replace("|", "\\|"),
        f"{seconds:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _anywhere(message: str) -> str:
    """Return *message* without the folder that this run had its places in."""
    return re.sub(rf"{re.escape(tempfile.gettempdir())}/\S*/", ".../", message)


HEAD = (
    "| fault | tried | lost | wrong | exit codes | message, or what became of it | s |\n"
    "|---|--:|--:|--:|---|---|--:|"
)


def hostile_rows() -> Iterable[str]:
    """Yield each hostile file with the time and memory its refusal takes, and what is said."""
    yield "| file | s | MB | exit code | first line of the message |\n|---|--:|--:|--:|---|"
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder) / "place")
        place.must("next")
        for one in hostile.CASES:
            refusal = hostile.refuse(place, one)
            told = hostile.told(refusal).splitlines()
            first = next((line for line in told if "FILE:" in line), told[0]).strip()
            said = textwrap.shorten(first.removeprefix("llmpath: "), 90).replace("|", "\\|")
            yield (
                f"| {one.suffix}: {one.name} | {refusal.seconds:.2f} |"
                f" {refusal.megabytes:.0f} | {refusal.code} | `{said}` |"
            )


def main() -> int:
    """Print the table; return the exit code."""
    names = [*TRIALS, "sequences"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="NAME", action="append", choices=names, help="this alone")
    parser.add_argument("--quick", action="store_true", help="the share that `make test` gives")
    parser.add_argument("--sequences", type=int, metavar="N", help="random command sequences")
    parser.add_argument("--seed", type=int, default=0, help="of the first batch of sequences")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or every command compiles llmpath anew
    chosen = options.only or names
    count = options.sequences or (200 if options.quick else SEQUENCES)
    print(f"{date.today()}, Python {sys.version.split()[0]}, {os.cpu_count()} cores\n\n{HEAD}")
    well, details = True, []
    for name in chosen:
        folder = Path(tempfile.mkdtemp(prefix="llmpath-soak-"))
        start = time.perf_counter()
        try:
            if name == "sequences":
                tally = sequences(count, options.seed)
            else:
                tally = (TRIALS[name].quick if options.quick else TRIALS[name].full)(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        well = well and tally.well
        details += ["", *tally.details]
        print(row(tally, time.perf_counter() - start), flush=True)
        for complaint in tally.wrong[:SHOWN]:
            lines = complaint.splitlines()
            short = "\n".join([*lines[:LINES], "..."] if len(lines) > LINES else lines)
            print(textwrap.indent(short, "    "), file=sys.stderr, flush=True)
    if any(details):
        print("\n".join(details))
    if "hostile" in chosen and not options.quick:
        print()
        for line in hostile_rows():
            print(line, flush=True)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
