"""Nothing leaves the machine: no command asks for a name or opens a connection."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

GUARD = """
import os, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        os.write(2, f"{event} {arguments}".encode())
        os._exit(97)

sys.addaudithook(refuse)
"""
COMMANDS = (
    ["next"],
    ["search", "sums"],
    ["show", "counting"],
    ["roadmap"],
    ["done", "counting-video", "--note", "seen"],
    ["path", "word-problems"],
    ["plan", "--to", "word-problems"],
    ["place", "--yes-to", "adding"],
    ["report"],
    ["open", "adding-article", "--dry-run"],
    ["dispute", "adding", "counting", "--because", "One can add without."],
    ["backup"],
    ["export", "json"],
    ["doctor"],
    ["catalog", "validate"],
    ["catalog", "stats"],
)


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """An environment whose Python ends at once when it turns to the network."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return {"PYTHONPATH": str(tmp_path / "guard")}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_turns_to_the_network(
    process: Run, guarded: dict[str, str], command: list[str]
) -> None:
    assert process(*command, environ=guarded).code == 0


def test_the_guard_sees_a_connection(guarded: dict[str, str]) -> None:
    program = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", program], env=guarded, check=False)
    assert done.returncode == 97
