"""Options that several commands share, each defined once."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from llmpath.vocab import Kind, Level, Status

Completer = Callable[[str], list[tuple[str, str]]]


def completed(what: str) -> Completer:
    """Return what completes *what*; it is imported only when the shell asks."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        from llmpath.cli import completing

        offers: Completer = getattr(completing, what)
        return offers(incomplete)

    return complete


def _either(choices: type[StrEnum]) -> str:
    return f"{', '.join(choices)}; may be repeated"


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
NAMING = "An id or its start, words from a title, an address, or a number from the last list."
Names = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help=NAMING,
        autocompletion=completed("resources"),
    ),
]
Things = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help=NAMING,
        autocompletion=completed("everything"),
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help=NAMING,
        autocompletion=completed("everything"),
    ),
]
Learner = Annotated[str, typer.Argument(metavar="NAME", autocompletion=completed("learners"))]
NewLearner = Annotated[str, typer.Argument(metavar="NAME")]
Topics = Annotated[
    list[str],
    typer.Argument(
        metavar="TOPIC...",
        help="Ids of topics, or words from their titles.",
        autocompletion=completed("topics"),
    ),
]
Kinds = Annotated[
    list[Kind] | None,
    typer.Option("--kind", "-k", metavar="KIND", help=f"Only this kind: {_either(Kind)}."),
]
Levels = Annotated[
    list[Level] | None,
    typer.Option("--level", "-l", metavar="LEVEL", help=f"Only this level: {_either(Level)}."),
]
Statuses = Annotated[
    list[Status] | None,
    typer.Option("--status", "-s", metavar="STATUS", help=f"Only this status: {_either(Status)}."),
]
Topic = Annotated[
    str | None,
    typer.Option(
        "--topic",
        "-t",
        metavar="TOPIC",
        help="Only this topic.",
        autocompletion=completed("topics"),
    ),
]
Track = Annotated[
    str | None,
    typer.Option(
        "--track", metavar="TRACK", help="Only this track.", autocompletion=completed("tracks")
    ),
]
Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="GUIDE",
        help="Only this study guide.",
        autocompletion=completed("sources"),
    ),
]
Minutes = Annotated[
    int | None,
    typer.Option(
        "--minutes", "-m", metavar="N", min=1, help="Only resources that take at most N minutes."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of stdout."),
]
DEPTHS = (
    "How much of each topic: quick (one resource), enough (to move on), deep (all core resources)."
)
