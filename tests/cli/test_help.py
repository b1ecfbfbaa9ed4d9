"""Every command explains itself, with an example; the reference is what the program says."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
import typer

from llmpath.cli import reference
from llmpath.cli.registry import ALIASES, COMMANDS, ELSEWHERE, EVERY_DAY
from tests.conftest import ROOT, Run

PAGES = dict(reference.pages())


def test_the_reference_is_current() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == reference.markdown(), "run: make docs"


@pytest.mark.parametrize("line", PAGES)
def test_every_command_has_help_with_an_example(line: str) -> None:
    page = PAGES[line]
    assert "Examples:\n" in page
    examples = page.split("Examples:\n")[1]
    assert re.search(rf"^    {line}\b", examples, re.MULTILINE) or line == "llmpath"


@pytest.mark.parametrize("line", PAGES)
def test_help_is_eighty_columns_wide_or_little_more(line: str) -> None:
    assert max(map(len, PAGES[line].splitlines())) <= 90


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_a_command_is_the_first_of_its_help(name: str) -> None:
    module, _, attribute = COMMANDS[name].target.partition(":")
    target = getattr(import_module(f"llmpath.cli.commands.{module}"), attribute)
    text = target.info.help if isinstance(target, typer.Typer) else inspect.getdoc(target)
    assert text.splitlines()[0] == COMMANDS[name].line


ROWS, COLUMNS = 24, 80  # of a terminal, the last row being the next prompt's


@pytest.mark.parametrize("words", [("-h",), ("--help",), ("help",)])
def test_the_help_of_the_program_fits_on_a_screen(run: Run, words: tuple[str, ...]) -> None:
    rows = run(*words).out.splitlines()
    assert rows[0] == "Usage: llmpath [OPTIONS] [COMMAND]"
    assert len(rows) < ROWS
    assert max(map(len, rows)) <= COLUMNS
    assert [name for name in EVERY_DAY if f"  {name} " in "\n".join(rows)] == [
        name for name in EVERY_DAY if name in COMMANDS
    ]


def test_the_help_is_short_on_a_narrow_screen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    rows = run("--help").out.splitlines()
    assert len(rows) <= ROWS + 2
    assert max(map(len, rows)) <= 50


def test_all_commands_are_listed_on_demand(run: Run) -> None:
    out = run("help", "--all").out
    listed = [name for name in COMMANDS if f"\n  {name} " in out]
    assert listed == [name for name, command in COMMANDS.items() if not command.hidden]


def test_help_is_there_without_a_database(run: Run, data: Path) -> None:
    assert run("next", "-h").out.startswith("Usage: llmpath next [OPTIONS] [QUERY...]\n")
    assert run("user", "add", "--help").out.startswith("Usage: llmpath user add")
    assert not data.exists()


@pytest.mark.parametrize("name", ["done", "plan", "plan show", "help", "catalog diff", "ls"])
def test_help_by_name_is_the_help_of_the_command(run: Run, name: str) -> None:
    assert run("help", *name.split()).out == run(*name.split(), "--help").out


def test_help_on_what_is_none_says_so(run: Run) -> None:
    assert run("help", "serch", code=2).err == (
        "llmpath: No command 'serch'.\n  Did you mean search?\n"
    )
    assert run("help", "done", "one", code=2).err == (
        "llmpath: llmpath done has no commands of its own.\n  Run: llmpath help done\n"
    )
    assert "No such command 'one'" in run("help", "plan", "one", code=2).err
    assert run("help", "--all", "done", code=2).err.startswith("llmpath: --all lists all commands")


def test_what_people_try_for_a_command_is_none_itself() -> None:
    for words in (ALIASES, ELSEWHERE):
        assert set(words) & set(COMMANDS) == set()
    assert set(ALIASES) & set(ELSEWHERE) == set()
    assert set(ALIASES.values()) <= set(COMMANDS)
    assert set(EVERY_DAY) - {"spent"} <= set(COMMANDS)


@pytest.mark.parametrize(("word", "command"), ALIASES.items())
def test_another_name_runs_the_command(run: Run, word: str, command: str) -> None:
    assert run(word, "--help").out == run(command, "--help").out


@pytest.mark.usefixtures("small")
def test_the_day_has_names(run: Run) -> None:
    assert run("status").out == run("today").out == run().out
    assert run("status", "--json").out == run("--json").out


@pytest.mark.parametrize("word", ELSEWHERE)
def test_a_word_without_a_command_leads_somewhere(run: Run, word: str, home: object) -> None:
    ran = run(word, "1", code=2)
    assert ran.out == ""
    assert ran.err.splitlines()[1:] == [f"  {way}" for way in ELSEWHERE[word][1:]]
    for name in re.findall(r"llmpath ([a-z]+)", ran.err.split("\n", 1)[1]):
        assert name in COMMANDS


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("serach", "Did you mean search?"),
        ("pla", "Did you mean plan or place?"),
        ("staus", "Did you mean status or stats?"),
        ("helpp", "Did you mean help?"),
        ("Done", "Did you mean done?"),
        ("delet", "Did you mean delete?"),
        ("note-add", "Did you mean note?"),
        ("exitt", "Did you mean exit?"),
        ("swimming", "See them all: llmpath help --all"),
        ("x", "See them all: llmpath help --all"),
    ],
)
def test_a_word_nearby_is_offered_and_no_silly_one(run: Run, word: str, hint: str) -> None:
    assert run(word, code=2).err.splitlines()[1].strip() == hint


def test_the_version_is_printed(run: Run) -> None:
    from llmpath import __version__

    assert run("-V").out == f"llmpath {__version__}\n"
    assert run("--version").out == f"llmpath {__version__}\n"
