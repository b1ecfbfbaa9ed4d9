"""Options that several commands share, each defined once."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from llmpath.cli.shells import completed as completed
from llmpath.vocab import Aim

MOST_SHOWN = 1_000_000  # that anybody may ask for; SQLite counts no further than 64 bits


def setting_value(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return what completes the value of the setting that the line names."""
    from llmpath.cli import completing

    return completing.setting_values(ctx.params.get("name"), incomplete)


def length(text: str) -> int:
    """Return a length of time on the command line in minutes; a bare number is minutes."""
    from llmpath import times  # 1 ms, with the patterns, and few commands are given one

    return times.minutes(text)


def maybe_length(text: str) -> int | None:
    """Return *text* as length() does, None for what is no length of time."""
    from llmpath.errors import UsageError

    try:
        return length(text)
    except UsageError:
        return None


def some_length(text: str) -> int:
    """Return *text* as length() does; raises UsageError for less than a minute."""
    from llmpath.errors import UsageError, quoted

    found = length(text)
    if not found:
        raise UsageError(f"{quoted(text)} is too short.", "Write it as 30, 30m, 1h30 or 1.5h.")
    return found


def weekly(text: str) -> float:
    """Return hours a week on the command line; a bare number is hours."""
    from llmpath import times

    return times.weekly(text)


def group(text: str) -> typer.Typer:
    """Return a group of commands with *text* as its help; by itself it does what is meant most."""
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        invoke_without_command=True,
        help=text,
    )


def limit(least: int = 0) -> Any:
    """Return the option that says how many to show at most, from *least* on; 0 is for all."""
    every = "" if least else "; 0 for all"
    return typer.Option(
        "--limit",
        "--count",
        "-n",
        metavar="N",
        min=least,
        max=MOST_SHOWN,
        help=f"Show at most this many{every}.",
    )


Json = Annotated[bool, typer.Option("--json", help="Print JSON instead, for scripts.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help="When it was: yesterday, friday or 2026-11-20."),
]
Note = Annotated[
    str | None,
    typer.Option("--note", metavar="TEXT", help="A note to keep with each, in Markdown."),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file; - is stdout."),
]
AimOption = Annotated[
    Aim | None,
    typer.Option(
        "--aim",
        metavar="AIM",
        help="What for: use (work with it) or understand (see why it works).",
    ),
]


class AimChoice(StrEnum):
    """An aim, or none of one's own."""

    USE = "use"
    UNDERSTAND = "understand"
    DEFAULT = "default"


AimChoiceOption = Annotated[
    AimChoice | None,
    typer.Option(
        "--aim",
        metavar="AIM",
        help="What for: use, understand, or default (undo what you chose).",
    ),
]
DEPTHS = (
    "How much of each topic: quick (one resource), enough (to move on), deep (all core resources)."
)
