"""Every command explains itself, with an example; the reference is what the program says."""

from __future__ import annotations

import inspect
import re
from importlib import import_module

import pytest
import typer

from llmpath.cli import reference
from llmpath.cli.registry import COMMANDS
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


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_there_without_a_database(run: Run, flag: str, home: object) -> None:
    out = run(flag).out
    listed = [name for name in COMMANDS if f"\n  {name} " in out]
    assert listed == [name for name, command in COMMANDS.items() if not command.hidden]
    assert run("next", flag).out.startswith("Usage: llmpath next [OPTIONS] [QUERY...]\n")
    assert run("user", "add", flag).out.startswith("Usage: llmpath user add")


def test_the_version_is_printed(run: Run) -> None:
    from llmpath import __version__

    assert run("-V").out == f"llmpath {__version__}\n"
    assert run("--version").out == f"llmpath {__version__}\n"
