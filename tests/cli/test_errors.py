"""Errors fit the terminal that they are told on."""

from __future__ import annotations

import io
import os
import pty
import shutil
import sys
from pathlib import Path

import pytest

from llmpath.cli import app
from llmpath.cli.registry import COMMANDS
from llmpath.render.layout import JOINERS
from tests.conftest import SMALL, Run


def on_a_terminal(columns: int, *arguments: str) -> str:
    """Return what a command tells on stderr where that is a terminal of so many columns."""
    ours, theirs = pty.openpty()
    child = os.fork()
    if child == 0:
        os.dup2(theirs, 2)
        os.environ["COLUMNS"] = str(columns)
        os.execv(sys.executable, [sys.executable, "-m", "llmpath", *arguments])
    os.close(theirs)
    told = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # how a terminal says that nobody writes any more
            break
        if not part:
            break
        told += part
    os.waitpid(child, 0)
    os.close(ours)
    return told.decode().replace("\r\n", "\n")


@pytest.mark.usefixtures("small")
def test_an_error_is_broken_between_words(run: Run) -> None:
    assert on_a_terminal(50, "config", "set", "prefer.kinds", "viedo") == (
        "llmpath: prefer.kinds cannot be 'viedo'.\n"
        "  Choose from: article, paper, video, course,\n"
        "  book, docs, notebook, repo, tool, dataset,\n"
        "  model, project, leaderboard.\n"
    )
    assert on_a_terminal(40, "path") == (
        "llmpath: A path to what? You have no\n"
        "  goal yet.\n"
        "  Name a topic (llmpath path rag) or set\n"
        "  a goal first: llmpath goal rag\n"
    )


@pytest.mark.usefixtures("small")
def test_a_path_stays_whole_in_an_error(tmp_path: Path) -> None:
    file = tmp_path / "a-name-that-is-rather-long-for-a-narrow-terminal.json"
    assert str(file) in on_a_terminal(40, "import", str(file))


@pytest.mark.usefixtures("small")
def test_into_a_file_an_error_goes_as_it_is(run: Run) -> None:
    assert run("path", code=2).err.splitlines()[1] == (
        "  Name a topic (llmpath path rag) or set a goal first: llmpath goal rag"
    )


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("command", ["show", "define"])
def test_what_was_typed_is_quoted_where_it_is_to_be_typed_again(run: Run, command: str) -> None:
    hint = run(command, "it's; rm *", code=3).err.splitlines()[1]
    assert hint.endswith("""llmpath search 'it'"'"'s;' rm '*'""")
    assert run(command, "quite unheard of", code=3).err.endswith(
        "llmpath search quite unheard of\n"
    )


# A terminal would obey these, or hide them: ESC, BEL, CSI, an override of the direction of text,
# an isolate, a zero-width space, a soft hyphen, a tag.
HOSTILE = "a\x1b]0;b\x07c\x9b31md\u202ee\u2066f\u200bg\xadh\U000e0041i"
ASIDE = ("open", "completion", "welcome")  # start a browser, know their words, ask


def leaves() -> list[tuple[str, ...]]:
    """Return the words of every command that does something."""
    found = []
    for name in COMMANDS:
        if name in ASIDE:
            continue
        subcommands = getattr(app.build(name), "commands", {})
        found += [(name,), *((name, one) for one in subcommands)]
    return found


def options_of(words: tuple[str, ...]) -> list[str]:
    command = app.build(words[0])
    for word in words[1:]:
        command = command.commands[word]
    return [
        name
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("--") and not getattr(parameter, "is_flag", False)
    ]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("words", leaves(), ids=" ".join)
def test_no_argument_reaches_a_terminal_as_more_than_text(
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog = shutil.copytree(SMALL, tmp_path / "catalog")  # which one of them may write to
    monkeypatch.setenv("LLMPATH_CATALOG", str(catalog))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    lines = [
        [*words, HOSTILE],
        [*words, HOSTILE, HOSTILE, "--json"],
        [*words, f"--{HOSTILE}"],
        [*words, f"-{HOSTILE}"],
        [*words, "counting", HOSTILE],
        ["--user", HOSTILE, *words],
        *([*words, name, HOSTILE] for name in options_of(words)),
    ]
    for line in lines:
        app.run(line)
        captured = capsys.readouterr()
        for char in (captured.out + captured.err).replace("\n", " "):
            assert char.isprintable() or char in JOINERS, (line, char, captured)


def test_a_value_with_controls_in_it_is_shown_without(run: Run, data: Path) -> None:
    odd = data.parent / f"odd{HOSTILE}"
    odd.mkdir()
    run("config", "set", "catalog", str(odd))
    for words in (("config", "get", "catalog"), ("config",), ("config", "--json"), ("doctor",)):
        shown = run(*words).out
        assert all(char.isprintable() for char in shown.replace("\n", " ")), words


@pytest.mark.parametrize("command", ["next --kind", "config get", "done 1 --rating", "import", ""])
def test_a_long_argument_makes_no_long_error(run: Run, command: str) -> None:
    for code in (2, 3, 4, 1):
        try:
            told = run(*command.split(), "ß" * 5000, code=code).err
        except AssertionError:
            continue
        assert len(told) < 600
        return
    raise AssertionError(command)
