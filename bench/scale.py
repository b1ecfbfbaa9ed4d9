"""Time search at the shipped size and with 10,000 and 100,000 resources: `python -m bench.scale`.

The larger catalogs are made of the shipped one: each resource again with words of others in its
title and summary, written straight into the tables, since YAML of that size takes minutes to read.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.commands import FLOOR, MAIN, run
from llmpath.catalog import locate
from llmpath.catalog.load import load
from llmpath.curriculum import Catalog
from llmpath.store.catalog import sync
from llmpath.store.database.connection import transaction
from llmpath.store.opening import open_database

SIZES = (10_000, 100_000)
QUERIES = (
    ["quantization"],
    ["tranformer"],
    ["make", "a", "chatbot", "over", "my", "pdfs"],
    ["llm"],
    ["attention", "kind:paper", "year:2020.."],
)

# The command in a child, so that its peak is its own and not that of the measuring process.
CHILD = """
import os, resource, sys
sys.argv = ["llmpath", *{arguments!r}]
pid = os.fork()
if not pid:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    {main}
os.waitpid(pid, 0)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def grown(catalog: Catalog, size: int, seed: int = 1) -> Catalog:
    """Return *catalog* with variations of its resources up to *size*."""
    draw = random.Random(seed)
    words = [
        re.findall(r"[A-Za-z]{4,}", work.title + " " + work.summary) for work in catalog.resources
    ]
    everything = list(catalog.resources)
    syllables = ("brom", "tel", "vash", "cor", "pli", "dun")
    vocabulary = [f"{start}{number}" for start in syllables for number in range(2000)]
    while len(everything) < size:
        number = len(everything)
        base = draw.choice(catalog.resources)
        other = draw.choice(words)
        title = f"{base.title} {' '.join(draw.sample(other, min(2, len(other))))} {number}"
        extra = " ".join([*draw.sample(other, min(6, len(other))), draw.choice(vocabulary)])
        everything.append(
            base._replace(
                id=f"{base.id[:50]}-{number}",
                title=title,
                summary=f"{base.summary} {extra}",
                url=f"https://example.org/{number}",
                also=(),
                former_ids=(),
            )
        )
    return catalog._replace(resources=tuple(everything))


def build(home: Path, size: int) -> float:
    """Make a database of *size* resources in *home*; return the seconds the tables took."""
    files = locate.files()
    connection = open_database(home / "llmpath.db", files).connection
    catalog = grown(load(files), size) if size else load(files)
    start = time.perf_counter()
    connection.execute("PRAGMA foreign_keys = OFF")
    with transaction(connection):
        sync.rebuild(connection, files, catalog)
    taken = time.perf_counter() - start
    connection.close()
    return taken


def memory(arguments: list[str], environ: dict[str, str]) -> float:
    """Return the peak memory of one process in MB."""
    code = CHILD.format(arguments=arguments, main=MAIN)
    out = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True)
    return int(out.stdout.split()[-1]) / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each query")
    parser.add_argument("--sizes", type=int, nargs="*", default=[0, *SIZES])
    options = parser.parse_args()
    for size in options.sizes:
        home = Path(tempfile.mkdtemp(prefix="llmpath-scale-"))
        environ = {
            **os.environ,
            "LLMPATH_HOME": str(home),
            "TERM": "xterm-256color",
            "COLUMNS": "80",
        }
        for name in ("NO_COLOR", "LLMPATH_CATALOG", "PYTHONDONTWRITEBYTECODE"):
            environ.pop(name, None)
        try:
            seconds = build(home, size)
            disk = (home / "llmpath.db").stat().st_size / 1e6
            number = (
                sqlite3.connect(home / "llmpath.db")
                .execute("SELECT count(*) FROM resource")
                .fetchone()[0]
            )
            print(f"{number:,} resources: tables and index built in {seconds:.2f} s, {disk:.0f} MB")
            times: dict[str, list[float]] = {}
            for _ in range(options.runs):
                times.setdefault("floor", []).append(run(FLOOR, environ, False).wall)
                for words in QUERIES:
                    for drawn in (True, False):
                        key = f"{' '.join(words)}{'' if drawn else ' (piped)'}"
                        taken = run(["-c", MAIN, "search", *words], environ, drawn).wall
                        times.setdefault(key, []).append(taken)
            floor = statistics.median(times["floor"])
            print(f"  {'floor':<42}{1000 * floor:>7.1f} ms")
            for key, taken_all in times.items():
                if key != "floor":
                    taken = statistics.median(taken_all)
                    print(f"  {key:<42}{1000 * taken:>7.1f} ms {taken / floor:>6.2f}")
            for words in QUERIES[:3]:
                peak = memory(["search", *words], environ)
                print(f"  peak memory, {' '.join(words):<29}{peak:>7.0f} MB")
        finally:
            shutil.rmtree(home)


if __name__ == "__main__":
    main()
