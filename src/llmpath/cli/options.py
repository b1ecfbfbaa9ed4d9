"""Options that several commands share, each defined once."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from llmpath.vocab import Aim

Completer = Callable[[str], list[tuple[str, str]]]


def completed(what: str) -> Completer:
    """Return what completes *what*; it is imported only when the shell asks."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        from llmpath.cli import completing

        offers: Completer = getattr(completing, what)
        return offers(incomplete)

    return complete


def length(text: str) -> int:
    """Return a length of time on the command line in minutes; a bare number is minutes."""
    from llmpath import times  # 1 ms, with the patterns, and few commands are given one

    return times.minutes(text)


def weekly(text: str) -> float:
    """Return hours a week on the command line; a bare number is hours."""
    from llmpath import times
    from llmpath.errors import UsageError

    minutes = times.minutes(text, 60)
    if not 30 <= minutes <= 80 * 60:
        raise UsageError("--hours takes 30 minutes to 80 hours a week.", "For example: --hours 5")
    return minutes / 60


def group(text: str, needs_command: bool = False) -> typer.Typer:
    """Return a group of commands with *text* as its help; some do something by themselves."""
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        invoke_without_command=not needs_command,
        no_args_is_help=needs_command,
        help=text,
    )


Json = Annotated[bool, typer.Option("--json", help="Print JSON instead, for scripts.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of stdout."),
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
