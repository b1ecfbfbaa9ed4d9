"""Try the same faults on llmpath and on other programs that keep entries: `python -m bench.peers`.

Two processes that add at once, a full disk, and escape sequences in a title. What each program
said it had done is compared with what its own listing has afterwards. The programs are looked for
on PATH unless a path is given; one that is absent is left out, which is said. Prints Markdown.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bench.peer_tools import Ended, Tool, on_terminal, own, run, tools, version_of

PEERS = ("task", "buku", "jrnl")
EARLIER = 20  # entries that are there before the disk gets full
LONG = "words " * 1000  # of an entry that wants room
ROOM = 32 * 1024 * 1024  # bytes of the small disk
STEPS = range(0, 97, 4)  # kilobytes that are left on it, or that a file may have
ESCAPES = {"colour": "\x1b[31mred", "window title": "\x1b]0;owned"}
MARKED = f"alarm {ESCAPES['colour']}\x1b[0m {ESCAPES['window title']}\x07 end"


class Home:
    """A home of *tool* alone, in *folder*."""

    def __init__(self, tool: Tool, version: str, folder: Path) -> None:
        self.tool, self.folder = tool, folder
        folder.mkdir(parents=True)
        tool.prepare(folder, version)

    def add(self, title: str, number: int, prepare: Callable[[], object] | None = None) -> Ended:
        """Add an entry; *prepare* is called in the process before the program."""
        words = self.tool.add(title, number)
        return run([self.tool.program, *words], self.folder, prepare)

    def must(self, title: str, number: int) -> None:
        """Add an entry where nothing is in the way."""
        ended = self.add(title, number)
        if ended.code:
            sys.exit(f"{self.tool.name} adds nothing: {ended.err or ended.out}")

    def keys(self) -> Counter[str] | None:
        """Return how often each first word of an entry is listed; None where listing fails."""
        ended = run([self.tool.program, *self.tool.export], self.folder)
        try:
            titles = self.tool.titles(ended.out)
        except (ValueError, KeyError, TypeError):
            return None
        return None if ended.code else Counter(title.split(" ")[0] for title in titles)


class AtOnce(NamedTuple):
    """What became of entries that two processes added at once."""

    said: int
    lost: int
    doubled: int
    refused: int
    unreadable: int  # repeats after which the program could not list its entries


def at_once(tool: Tool, version: str, folder: Path, adds: int, repeats: int) -> AtOnce:
    """Let two processes add *adds* entries each at once, *repeats* times in new homes."""
    said = lost = doubled = unreadable = 0
    for repeat in range(repeats):
        home = Home(tool, version, folder / str(repeat))
        home.must("first", 0)  # what making the files takes is not tried here
        done: list[str] = []

        def shell(name: int, home: Home = home, done: list[str] = done) -> None:
            for i in range(adds):
                key = f"entry-{name}-{i}"
                if home.add(f"{key} words", 1 + name * adds + i).code == 0:
                    done.append(key)

        threads = [threading.Thread(target=shell, args=(name,)) for name in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        said += len(done)
        found = home.keys()
        if found is None:
            unreadable += 1
            lost += len(done)
            continue
        lost += sum(not found[key] for key in done)
        doubled += sum(count > 1 for count in found.values())
    return AtOnce(said, lost, doubled, 2 * adds * repeats - said, unreadable)


class Full(NamedTuple):
    """What became of entries for which there was no room, or hardly any."""

    tried: int
    said: int  # exit code 0
    lost: int  # of these, not stored
    hushed: int  # of these, with no error shown either
    denied: int  # another exit code, and yet stored
    earlier: int  # tries after which entries from before were missing or could not be listed


Confine = Callable[[Home, int], tuple[Callable[[], object] | None, Callable[[], None]]]


def full(tool: Tool, version: str, folder: Path, steps: Sequence[int], confine: Confine) -> Full:
    """Add an entry at each of *steps* kilobytes that *confine* leaves, each from the same state."""
    home = Home(tool, version, folder / "home")
    for i in range(EARLIER):
        home.must(f"earlier-{i} words", i)
    kept = Path(tempfile.mkdtemp(prefix="llmpath-peers-kept-"))
    shutil.copytree(home.folder, kept / "home", symlinks=True)
    said = lost = hushed = denied = earlier = 0
    try:
        for step in steps:
            prepare, release = confine(home, step)
            ended = home.add(f"late-{step} {LONG}", 1000 + step, prepare)
            release()
            found = home.keys()
            stored = bool(found and found[f"late-{step}"])
            said += ended.code == 0
            lost += ended.code == 0 and not stored
            hushed += ended.code == 0 and not stored and "error" not in ended.err.lower()
            denied += ended.code != 0 and stored
            earlier += found is None or any(not found[f"earlier-{i}"] for i in range(EARLIER))
            shutil.rmtree(home.folder)
            shutil.copytree(kept / "home", home.folder, symlinks=True)
    finally:
        shutil.rmtree(kept)
    return Full(len(steps), said, lost, hushed, denied, earlier)


def on_disk(home: Home, left: int) -> tuple[None, Callable[[], None]]:
    """Leave *left* kilobytes on the disk that *home* is on."""
    ballast = home.folder.parent / "ballast"
    with ballast.open("wb") as file:
        file.write(bytes(max(0, shutil.disk_usage(home.folder).free - left * 1024)))
    return None, ballast.unlink


def under_limit(home: Home, most: int) -> tuple[Callable[[], None], Callable[[], None]]:
    """Let no file of the next process grow beyond *most* kilobytes."""

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most * 1024, most * 1024))

    return prepare, lambda: None


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Let *folder* be a disk of ROOM bytes; give False where none may be mounted."""
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def reach(tool: Tool, version: str, folder: Path) -> list[str]:
    """Say which escape sequences of a title its listing sends to a terminal, and into a pipe."""
    home = Home(tool, version, folder)
    if home.add(MARKED, 1).code:
        return ["refused", "refused"]
    command = [tool.program, *tool.page]
    told = []
    for out in (on_terminal(command, home.folder), run(command, home.folder).out):
        passed = [name for name, escape in ESCAPES.items() if escape in out]
        told.append(", ".join(passed) or ("none" if "alarm" in out else "not listed"))
    return told


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown, figures to the right."""
    lines = [head, ["---", *["--:" for _ in head[1:]]], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def report(found: Sequence[tuple[Tool, str]], folder: Path, adds: int, repeats: int) -> None:
    """Try everything and print the tables."""
    print(f"Two processes, each adding {adds} entries at once, {repeats} times:\n")
    head: Sequence[str] = (
        "",
        "exit code 0",
        "of these not stored",
        "doubled",
        "refused",
        "unreadable after",
    )
    rows: list[Sequence[object]] = [
        (tool.name, *at_once(tool, version, folder / tool.name / "once", adds, repeats))
        for tool, version in found
    ]
    print(table(head, rows), flush=True)
    head = (
        *("", "tried", "exit code 0", "of these not stored", "with no error shown either"),
        *("failed, yet stored", "earlier entries harmed"),
    )
    print(f"\nAn entry of 6 KB with {STEPS[0]} to {STEPS[-1]} KB left on a small disk:\n")
    rows = []
    for tool, version in found:
        place = folder / tool.name / "disk"
        with small_disk(place) as mounted:
            if not mounted:
                print("Not tried: no file system may be mounted here.", flush=True)
                break
            rows.append((tool.name, *full(tool, version, place, STEPS, on_disk)))
    if rows:
        print(table(head, rows), flush=True)
    print(f"\nThe same where no file may have more than {STEPS[0]} to {STEPS[-1]} KB:\n")
    rows = [
        (tool.name, *full(tool, version, folder / tool.name / "limit", STEPS, under_limit))
        for tool, version in found
    ]
    print(table(head, rows), flush=True)
    print("\nEscape sequences of a title that the listing passes on:\n")
    rows = [
        (tool.name, *reach(tool, version, folder / tool.name / "escapes"))
        for tool, version in found
    ]
    print(table(("", "to a terminal", "into a pipe"), rows), flush=True)


def main() -> None:
    """Find the programs, try them and print what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adds", type=int, default=200, help="entries of each process")
    parser.add_argument("--repeats", type=int, default=3, help="of two processes at once")
    for name in ("llmpath", *PEERS):
        parser.add_argument(f"--{name}", metavar="PATH", help=f"the program {name}")
    options = vars(parser.parse_args())
    programs = {name: options[name] or shutil.which(name) or "" for name in PEERS}
    programs["llmpath"] = options["llmpath"] or own() or shutil.which("llmpath") or ""
    folder = Path(tempfile.mkdtemp(prefix="llmpath-peers-"))
    try:
        found = []
        for tool in tools(programs):
            (folder / tool.name).mkdir()
            found.append((tool, version_of(tool, folder / tool.name)))
        print(f"{datetime.now(UTC):%Y-%m-%d}: ", end="")
        print(", ".join(f"{tool.name} {version}" for tool, version in found) + ".")
        for name, program in programs.items():
            if not program:
                print(f"Not tried: {name} is not on PATH (--{name} PATH).")
        print(flush=True)
        report(found, folder, options["adds"], options["repeats"])
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
