"""Write the CLI reference: every command's help, as Markdown. `make docs` runs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from llmpath.cli.app import app, build
from llmpath.cli.registry import COMMANDS

INTRODUCTION = """\
# Command reference

Generated from the program by `make docs`; a test keeps it current.

"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield (command line, its help) for the program and every command of it."""
    root = get_command(app)
    yield "llmpath", _help(root, None, "llmpath")
    context = root.make_context("llmpath", ["--json"], resilient_parsing=True)
    for name in COMMANDS:
        command = build(name)
        yield f"llmpath {name}", _help(command, context, name)
        above = command.make_context(name, [], parent=context, resilient_parsing=True)
        for part, inner in getattr(command, "commands", {}).items():
            yield f"llmpath {name} {part}", _help(inner, above, part)


def _help(command: Any, parent: Any, name: str) -> str:
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    context.terminal_width = context.max_content_width = 88
    text: str = command.get_help(context)
    return text


def markdown() -> str:
    """Return the whole reference."""
    parts = [f"## {line}\n\n```text\n{text.rstrip()}\n```\n" for line, text in pages()]
    return INTRODUCTION + "\n".join(parts)


if __name__ == "__main__":
    print(markdown(), end="")
