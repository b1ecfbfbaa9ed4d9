"""A full disk: the command says so and nothing has changed."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.place import Place, Tally, Tallying

ROOM = 4 * 1024 * 1024


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Let *folder* be a disk of its own, of ROOM bytes; False where we may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def full_disk(folder: Path, step: int) -> Tally:
    """Write with 0, *step*, 2 x *step*, ... kilobytes left, on a disk and under a size limit."""
    tallying = Tallying("disk full")
    with small_disk(folder / "disk") as mounted:
        if mounted:
            _on_a_disk(Place(folder / "disk" / "home"), tallying, step)
    _under_a_limit(Place(folder / "limited"), tallying, step)
    return tallying.tally()


def _on_a_disk(place: Place, tallying: Tallying, step: int) -> None:
    place.must("done", "counting-video", "--note", "kept")
    ballast = place.folder / "ballast"
    for left in range(0, 200, step):
        free = shutil.disk_usage(place.folder).free
        ballast.write_bytes(b"x" * max(0, free - left * 1024))
        before = _state(place)
        for words in (["note", "counting", "thought " * 500], ["next"], ["undo"]):
            ran = place.run(*words)
            tallying.ran(ran)
            after = _state(place)
            _judge(tallying, f"{left} KB left: {words[0]}", ran.code, ran.err, before == after)
            if words[0] == "next":
                tallying.check(ran.code == 0, f"{left} KB left: reading failed: {ran.err}")
            elif ran.code == 0 and before == after:
                tallying.lost += 1
            before = after
        ballast.unlink()
        tallying.wrong += place.complaints()
        again = place.run("note", "counting", "room again")
        tallying.check(again.code == 0, f"with room again: {again.err}")


def _under_a_limit(place: Place, tallying: Tallying, step: int) -> None:
    place.must("done", "counting-video", "--note", "kept")
    for limit in range(0, 200, step):

        def confine(most: int = limit * 1024) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        before = _state(place)
        ran = place.run("note", "counting", "thought " * 500, preexec_fn=confine)
        tallying.ran(ran)
        after = _state(place)
        _judge(tallying, f"limit {limit} KB", ran.code, ran.err, before == after)
        if ran.code == 0 and before == after:
            tallying.lost += 1
        tallying.wrong += place.complaints()
    again = place.run("note", "counting", "room again")
    tallying.check(again.code == 0, f"without a limit: {again.err}")


def _judge(tallying: Tallying, where: str, code: int, err: str, same: bool) -> None:
    if code:
        tallying.check(code == 5, f"{where}: exit {code}: {err}")
        tallying.check(same, f"{where}: failed, yet something changed")
        first = [line for line in err.splitlines() if not line.startswith("  ")]
        tallying.check(len(first) == 1, f"{where}: more than one message: {err}")


def _state(place: Place) -> object:
    """Return what is stored, read from a copy: reading in place would want room itself."""
    copy = place.folder.parent.parent / f"{place.folder.name}-copy"
    shutil.rmtree(copy, ignore_errors=True)
    return place.copy(copy).snapshot()
