"""The options that narrow what is offered, listed or searched, each defined once."""

from enum import StrEnum
from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.vocab import Kind, Level, Status


def _either(choices: type[StrEnum]) -> str:
    return f"{', '.join(choices)}; may be repeated"


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
        help="Only this topic, or the topics of this module or track.",
        autocompletion=options.completed("topics_and_parts"),
    ),
]
Track = Annotated[
    str | None,
    typer.Option(
        "--track",
        metavar="TRACK",
        help="Only this track.",
        autocompletion=options.completed("tracks"),
    ),
]
Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="GUIDE",
        help="Only this study guide.",
        autocompletion=options.completed("sources"),
    ),
]
Minutes = Annotated[
    int | None,
    typer.Option(
        "--minutes",
        "-m",
        metavar="TIME",
        parser=options.some_length,
        help="Only resources that take at most this long: 45, 1h30.",
    ),
]
