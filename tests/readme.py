"""What the README shows of the program, made by running it: examples and figures.

`python -m tests.readme` writes them again after the catalog or the output has changed; read the
difference before committing it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from llmpath.catalog import load, locate
from tests.conftest import FIXED, KEPT, ROOT

README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
EXAMPLE = re.compile(r"^\$ llmpath(.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
# The row under a head that begins with 'resources'.
FIGURES = re.compile(r"(?<=\n)(\| resources .*\n\|[-:| ]+\n).*")


def told(command: str, home: Path, **environ: str) -> str:
    """Return what `llmpath COMMAND` prints in *home*, with the clock and width of the tests."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    places = {"HOME": str(home), "LLMPATH_HOME": str(home / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "llmpath", *shlex.split(command)],
        env={**kept, **FIXED, **places, **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"llmpath {command}: {done.stderr or done.stdout}"
    return done.stdout


def figures() -> str:
    """Return the row of a table that says how much there is in the shipped catalog."""
    catalog = load.load(locate.files())
    edges = [edge for topic in catalog.topics for edge in topic.requires]
    assert all(edge.because for edge in edges)  # the table says so
    cells = (
        len(catalog.resources),
        sum(resource.cost == "free" for resource in catalog.resources),
        len(catalog.topics),
        len(edges),
        len(catalog.glossary),
        len(catalog.destinations),
    )
    return "|" + "".join(f" {cell:,} |" for cell in cells)


def written(text: str, home: Path) -> str:
    """Return the README's *text* with the figures and output of today.

    The examples are run in their order in *home*, those that show no output as well.
    """

    def example(found: re.Match[str]) -> str:
        output = told(found[1], home)
        return f"$ llmpath{found[1]}\n" + (output if found[2] else "")

    text = FIGURES.sub(lambda found: found[1] + figures(), text)
    return BLOCK.sub(lambda block: EXAMPLE.sub(example, block[0]), text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(
            written(README.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8"
        )
