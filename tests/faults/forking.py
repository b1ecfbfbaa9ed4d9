"""Run many command lines fast: a process that has the program loaded makes a child for each.

`python -m tests.faults.forking` reads a call as JSON from each line of stdin, and writes a line of
JSON on what became of it. The child does what the program's own `main` does, in surroundings of
its own: arguments, environment, streams, folder, and a limit to its memory.
"""

from __future__ import annotations

import json
import os
import pty
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import IO, Any, NamedTuple

from tests.conftest import ROOT

MEMORY = 1_500_000_000  # bytes of address space that a child may have
TYPED = b"1\ny\n?\n\x1b[A\xff\n" + b"\x04" * 8  # at a terminal

# As nobody who may write anywhere else, but can still read the checkout.
_NOBODY = 54321
_AS_NOBODY = (
    "setpriv",
    f"--reuid={_NOBODY}",
    f"--regid={_NOBODY}",
    "--clear-groups",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
)


class Call(NamedTuple):
    """A command line and its surroundings.

    *stdin* and *stdout* are paths, or one of `closed`, `terminal` and `gone`, a pipe that nobody
    reads. What it says goes to *out* and *err* where these are files.
    """

    words: list[str]
    environ: dict[str, str]
    stdin: str = "/dev/null"
    stdout: str = ""


class Done(NamedTuple):
    """What became of a call: exit code (-1: hung), its words, seconds and megabytes at most."""

    code: int
    out: bytes
    err: bytes
    seconds: float
    megabytes: float


class Forks:
    """A process that has the program loaded, and runs calls in *folder*."""

    def __init__(self, folder: Path, scratch: Path, limit: float) -> None:
        self.said = scratch / "out", scratch / "err"
        self.asked = [str(folder), *map(str, self.said), str(limit)]
        self.process = subprocess.Popen(
            [
                *(_AS_NOBODY if os.geteuid() == 0 else ()),
                sys.executable,
                "-m",
                __name__,
                *self.asked,
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, call: Call) -> Done:
        """Return what became of *call*."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(call) + "\n")
        self.process.stdin.flush()
        code, seconds, megabytes = json.loads(self.process.stdout.readline())
        out, err = (path.read_bytes() for path in self.said)
        return Done(code, out, err, seconds, megabytes)

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def hand_over(folder: Path) -> None:
    """Let whoever the calls run as own all of *folder*."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)


def _stream(number: int, mode: str, errors: str, encoding: str) -> IO[str] | None:
    try:
        os.fstat(number)
    except OSError:
        return None
    return open(number, mode, encoding=encoding, errors=errors, closefd=False)


def _child(call: Call, folder: str, out: str, err: str) -> None:
    """Be the program, from its start to its end."""
    os.setsid()
    os.chdir(folder)
    master = -1
    if call.stdin == "terminal":
        master, side = pty.openpty()
        os.write(master, TYPED)
    opened = {
        0: side if call.stdin == "terminal" else _opened(call.stdin, os.O_RDONLY),
        1: _opened(call.stdout or out, os.O_WRONLY | os.O_TRUNC),
        2: _opened(err, os.O_WRONLY | os.O_TRUNC),
    }
    for number, source in opened.items():
        if source is None:
            os.close(number)
        else:
            os.dup2(source, number)
    os.closerange(3, master) if master > 3 else None
    os.closerange(max(3, master + 1), 256)
    os.environ.clear()
    os.environ.update(call.environ)
    time.tzset()
    encoding, _, errors = call.environ.get("PYTHONIOENCODING", "utf-8:surrogateescape").partition(
        ":"
    )
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        stream = _stream(number, mode, errors or "strict", encoding)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = ["llmpath", *call.words]
    from llmpath.__main__ import main

    main()


def _opened(path: str, flags: int) -> int | None:
    if path == "closed":
        return None
    if path == "gone":
        reading, writing = os.pipe()
        os.close(reading)
        return writing
    return os.open(path, flags)


def _ended(child: int, alive: int, limit: float) -> tuple[int, float]:
    """Return the exit code of *child* (-1: it hung) and the megabytes it had at most.

    It lives until the pipe *alive* comes to its end.
    """
    ended = bool(select.select([alive], [], [], limit)[0])
    if not ended:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status) if ended else -1, usage.ru_maxrss / 1024


def _load() -> None:
    """Import all that a command could, so that no child has to."""
    import llmpath

    for module in walk_packages(llmpath.__path__, "llmpath."):
        if module.name != "llmpath.__main__":
            import_module(module.name)
    for name in ("rich.console", "rich.text", "tomlkit", "platformdirs", "webbrowser"):
        import_module(name)


def main(folder: str, out: str, err: str, limit: str) -> None:
    """Run the calls that are read from stdin until its end."""
    _load()
    for path in (out, err):
        Path(path).touch()
    for line in sys.stdin:
        call = Call(*json.loads(line))
        for path in (out, err):
            Path(path).write_bytes(b"")
        start = time.perf_counter()
        alive, held = os.pipe()  # the child holds its end for as long as it lives
        child = os.fork()
        if not child:
            os.close(alive)
            try:
                _child(call, folder, out, err)
            except BaseException as error:
                os.write(2, f"Traceback of the harness: {error!r}\n".encode())
            os._exit(99)
        os.close(held)
        code, megabytes = _ended(child, alive, float(limit))
        os.close(alive)
        seconds = time.perf_counter() - start
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # an editor that was left
        sys.stdout.write(json.dumps([code, seconds, megabytes]) + "\n")
        sys.stdout.flush()


def environment(given: Mapping[str, Any]) -> dict[str, str]:
    """Return *given* without what is None."""
    return {name: value for name, value in given.items() if value is not None}


if __name__ == "__main__":
    main(*sys.argv[1:])
