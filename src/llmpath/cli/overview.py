"""The help of the program itself: a screen, of the commands of a usual day."""

from typing import Any

from llmpath.cli.registry import COMMANDS, EVERY_DAY

LEAD = "What to study next, where it is, and how far you have come."
EXAMPLES = (
    ("llmpath", "your day at a glance"),
    ("llmpath help done", "a command in detail"),
    ("llmpath help --all", "all commands"),
)


def write(formatter: Any) -> None:
    """Write the help of `llmpath` with *formatter*, within 24 rows of 80 columns."""
    formatter.write("Usage: llmpath [OPTIONS] [COMMAND]\n\n")
    formatter.write_text(LEAD)
    with formatter.section("Commands"):
        formatter.write_dl([(name, text) for name, text in EVERY_DAY.items() if name in COMMANDS])
    with formatter.section("Examples"):
        formatter.write_dl(EXAMPLES)
    formatter.write("\n")
    formatter.write_text("Options: --json, --user NAME, -V/--version, -h/--help")
