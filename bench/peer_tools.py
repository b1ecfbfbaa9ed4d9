"""Other programs that keep entries, each with its usual way of adding one and its own listing."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

PATIENCE = 60  # seconds until a process counts as hanging


class Tool(NamedTuple):
    """A program, with what it takes to use it in a home of its own, without a question.

    `prepare` writes its configuration; `add` and `page` give its arguments for adding an entry
    and for showing all of them; `export` those for a list that `titles` reads.
    """

    name: str
    program: str
    version: Sequence[str]
    prepare: Callable[[Path, str], None]
    add: Callable[[str, int], list[str]]
    page: Sequence[str]
    export: Sequence[str]
    titles: Callable[[str], list[str]]


class Ended(NamedTuple):
    """What a process did."""

    code: int
    out: str
    err: str


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which everything a program keeps lies in *home*."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LLMPATH_HOME": str(home / "llmpath"),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLUMNS": "200",
        "TZ": "UTC",
    }


def run(command: Sequence[str], home: Path, prepare: Callable[[], object] | None = None) -> Ended:
    """Run *command* in *home* without a terminal; one that hangs is ended and has failed."""
    process = subprocess.Popen(
        command,
        env=environment(home),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=prepare,
    )
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Ended(-1, "", "hung")
    return Ended(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def on_terminal(command: Sequence[str], home: Path) -> str:
    """Return all that *command* sends to a terminal."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        command, env=environment(home), cwd="/", stdin=side, stdout=side, stderr=side
    )
    os.close(side)
    sent = b""
    while True:
        try:
            read = os.read(main, 65536)
        except OSError:  # the other side is closed: the program has ended
            break
        if not read:
            break
        sent += read
    process.wait(PATIENCE)
    os.close(main)
    return sent.decode("utf-8", "replace")


def _no_configuration(home: Path, version: str) -> None:
    pass


def _taskwarrior(home: Path, version: str) -> None:
    (home / ".taskrc").write_text(f"data.location={home / '.task'}\n")


def _jrnl(home: Path, version: str) -> None:
    folder = home / ".config" / "jrnl"
    folder.mkdir(parents=True)
    text = f"version: '{version}'\njournals:\n  default:\n    journal: {home / 'journal.txt'}\n"
    (folder / "jrnl.yaml").write_text(text)


def tools(programs: dict[str, str]) -> list[Tool]:
    """Return the tools that *programs* has a path for, by name."""
    known = [
        Tool(
            "llmpath",
            programs.get("llmpath", ""),
            ["--version"],
            _no_configuration,
            lambda title, number: ["note", "attention", title],
            ["notes"],
            ["notes", "--json"],
            lambda text: [note["body"] for note in json.loads(text)["notes"]],
        ),
        Tool(
            "taskwarrior",
            programs.get("task", ""),
            ["--version"],
            _taskwarrior,
            lambda title, number: ["add", title],
            ["list"],
            ["export"],
            lambda text: [task["description"] for task in json.loads(text)],
        ),
        Tool(
            "buku",
            programs.get("buku", ""),
            ["--nostdin", "--version"],
            _no_configuration,
            # Offline and with a title: adding would fetch the page otherwise.
            lambda title, number: [
                *("--nostdin", "--offline", "--add", f"https://example.org/{number}"),
                *("--title", title),
            ],
            ["--nostdin", "--np", "--print"],
            ["--nostdin", "--np", "--print", "--json"],
            lambda text: [mark["title"] for mark in json.loads(text)],
        ),
        Tool(
            "jrnl",
            programs.get("jrnl", ""),
            ["--version"],
            _jrnl,
            lambda title, number: [title],
            ["-n", "1000000"],
            ["--format", "json"],
            lambda text: [
                " ".join(f"{entry['title']} {entry['body']}".split())
                for entry in json.loads(text)["entries"]
            ],
        ),
    ]
    return [tool for tool in known if tool.program]


def version_of(tool: Tool, home: Path) -> str:
    """Return the version that *tool* tells of itself."""
    told = run([tool.program, *tool.version], home)
    words = (told.out or told.err).split()
    return next((word.strip("v,") for word in words if word.strip("v,")[:1].isdigit()), "unknown")


def own() -> str:
    """Return the path of the llmpath that is installed beside this interpreter."""
    path = Path(sys.executable).parent / "llmpath"
    return str(path) if path.exists() else ""
