"""The shell completes commands and ids, quietly."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
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
        ("llmpath compare adding ca", ["carry"]),
        ("llmpath compare adding cou", ["counting", "counting-book", "counting-video"]),
        ("llmpath next --track ", ["letters", "numbers"]),
        ("llmpath next --level in", ["intermediate"]),
        ("llmpath help re", ["reset", "related", "redo", "report", "restore"]),
        ("llmpath ls --level in", ["intermediate"]),
        ("llmpath user re", ["rename", "remove", "restore"]),
        ("llmpath config get next", ["next.count"]),
        ("llmpath search kind:v", ["kind:video"]),
        ("llmpath search kind:video,pa", ["kind:video,paper"]),
        ("llmpath search counting level:b", ["level:beginner"]),
        ("llmpath list -kind:no", ["-kind:notebook"]),
        ("llmpath list status:do", ["status:doing", "status:done"]),
        ("llmpath list needs:g", ["needs:gpu"]),
        ("llmpath next is:re", ["is:ready"]),
        ("llmpath search topic:wr", ["topic:writing"]),
        ("llmpath search ha", ["has:note"]),
        ("llmpath notes wri", ["writing", "writing-guide"]),
        ("llmpath notes lang:ch", ["lang:chinese"]),
        ("llmpath search --ex", ["--exact"]),
        ("llmpath list --sort ye", ["year", "year+", "year-"]),
        ("llmpath config set color ", ["auto", "always", "never"]),
        ("llmpath config set prefer.level b", ["beginner"]),
        ("llmpath config set prefer.kinds video,p", ["video,paper", "video,project"]),
        ("llmpath config set languages English,En", []),
        ("llmpath config set next.count ", []),
        ("llmpath config set plain ", ["no", "yes"]),
        ("llmpath config set links ", ["auto", "never"]),
        ("llmpath config set day.start 04", ["04:00"]),
        ("llmpath search author:co", ["author:cora-count"]),
        ("llmpath search -by:ad", ["-by:adam-adder"]),
        ("llmpath --pl", ["--plain"]),
        ("llmpath roadmap --pl", ["--plain"]),
        ("llmpath welcome --want wri", ["writing"]),
        ("llmpath welcome --want bu", ["build"]),
        ("llmpath welcome --know mat", ["maths"]),
    ],
)
def test_commands_ids_and_choices_are_offered(process: Run, line: str, offered: list[str]) -> None:
    assert [one for one in ask(process, line) if one] == offered


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
@pytest.mark.parametrize("shell", ["zsh", "fish", "pwsh"])
def test_a_filter_is_one_word_in_every_shell(process: Run, shell: str) -> None:
    environ = {
        "_LLMPATH_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": "llmpath search kind:v",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "kind:v",
    }
    told = {
        "zsh": "_arguments '*: :((\"kind\\\\:video\"))'",  # a colon would begin a description
        "fish": "kind:video",
        "pwsh": "kind:video::: ",
    }
    assert process(environ=environ).out.rstrip("\n") == told[shell]


@pytest.fixture
def bash(run: Run, tmp_path: Path) -> Callable[..., list[str]]:
    """Return what bash has to offer for a line, by our script; at the second TAB if so asked."""
    program = tmp_path / "bin" / "llmpath"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m llmpath "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = run("completion", "bash").out
    shell = shutil.which("bash")
    assert shell

    def offers(line: str, second: bool = False, breaks: str = " =:") -> list[str]:
        done = subprocess.run(
            [
                shell,
                "-c",
                f"PATH={program.parent}:$PATH\n{script}\nCOMP_LINE=$1 COMP_POINT=${{#1}}"
                " COMP_TYPE=$2 COMP_WORDBREAKS=$3 COLUMNS=40\n_llmpath_completion llmpath\n"
                "printf '%s\\n' \"${COMPREPLY[@]}\"",
                "bash",
                line,
                "63" if second else "9",
                breaks,
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    return offers


@pytest.mark.usefixtures("small")
def test_the_bash_script_works_in_bash(bash: Callable[..., list[str]]) -> None:
    assert bash("llmpath show counting-v") == ["counting-video"]
    assert bash("llmpath show counting-") == ["counting-book", "counting-video"]
    assert bash("llmpath show counting-", second=True) == [
        "counting-book   The Book of Numbers a ",
        "counting-video  Counting, slowly",
    ]
    assert bash("llmpath show counting-v", second=True) == ["counting-video"]
    assert bash("llmpath nothing-of-ours x") == [""]


@pytest.mark.usefixtures("small")
def test_bash_completes_what_stands_after_a_colon(bash: Callable[..., list[str]]) -> None:
    assert bash("llmpath search kind:v") == ["video"]
    assert bash("llmpath search -level:b") == ["beginner"]
    assert bash("llmpath search kind:v", breaks=" =") == ["kind:video"]
    assert bash("llmpath next --kind=vi") == ["video"]
    assert bash("llmpath search topic:writ", second=True) == ["writing"]


@pytest.mark.parametrize("line", ["next --user {}", "--user {}", "user use {}", "plan --user {}"])
def test_learners_are_offered(small: Path, run: Run, process: Run, line: str) -> None:
    run("user", "add", "Øyvind")
    assert ask(process, f"llmpath {line.format('Ø')}") == ["Øyvind"]


def test_an_author_that_is_offered_is_found(small: Path, run: Run) -> None:
    assert "Counting, slowly" in run("list", "author:cora-count").out
