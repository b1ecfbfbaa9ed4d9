"""The shell completes commands and ids, quietly."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run


def ask(process: Run, line: str, shell: str = "bash") -> list[str]:
    environ: dict[str, str | None] = {"_LLMPATH_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        words = line.split(" ")
        environ |= {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    else:
        environ |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    ran = process(environ=environ)
    assert ran.err == ""
    return ran.out.splitlines()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("llmpath re", ["reset", "related", "redo", "report", "restore"]),
        ("llmpath show cou", ["counting", "counting-book", "counting-video"]),
        ("llmpath done cou", ["counting-book", "counting-video"]),
        ("llmpath know wr", ["writing"]),
        ("llmpath next --track ", ["letters", "numbers"]),
        ("llmpath next --level in", ["intermediate"]),
        ("llmpath help re", ["reset", "related", "redo", "report", "restore"]),
        ("llmpath ls --level in", ["intermediate"]),
        ("llmpath user re", ["rename", "remove", "restore"]),
        ("llmpath config get next", ["next.count"]),
    ],
)
def test_commands_ids_and_choices_are_offered(process: Run, line: str, offered: list[str]) -> None:
    assert ask(process, line) == offered


@pytest.mark.usefixtures("small")
def test_titles_come_with_ids_where_the_shell_shows_them(process: Run) -> None:
    assert ask(process, "llmpath show counting-", "fish") == [
        "counting-book\tThe Book of Numbers a first course",
        "counting-video\tCounting, slowly",
    ]


def test_without_a_database_nothing_is_offered_and_none_is_made(process: Run, data: Path) -> None:
    assert ask(process, "llmpath show cou") == [] or ask(process, "llmpath show cou") == [""]
    assert not data.exists()


def test_a_damaged_database_offers_nothing_and_says_nothing(process: Run, small: Path) -> None:
    small.write_bytes(b"not a database at all" * 500)
    assert "".join(ask(process, "llmpath show cou")) == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "pwsh"])
def test_there_is_a_script_for_each_shell(run: Run, shell: str) -> None:
    script = run("completion", shell).out
    assert "_LLMPATH_COMPLETE" in script
    assert "llmpath" in script


@pytest.mark.usefixtures("small")
def test_the_bash_script_works_in_bash(run: Run, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "llmpath"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m llmpath "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = run("completion", "bash").out
    bash = shutil.which("bash")
    assert bash
    done = subprocess.run(
        [
            bash,
            "-c",
            f"PATH={program.parent}:$PATH\n{script}\nCOMP_WORDS=(llmpath show counting-v)\n"
            "COMP_CWORD=2\n_llmpath_completion llmpath\necho ${COMPREPLY[@]}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "counting-video\n"
