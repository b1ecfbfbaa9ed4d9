"""Options that several commands share, each defined once."""

from __future__ import annotations

from typing import Annotated

import typer

from llmpath.cli import complete
from llmpath.vocab import Kind, Level, Status

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead, for other programs.")]
Names = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help="An id or the start of one, words of a title, an address, or a number of the last list.",
        autocompletion=complete.resources,
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="An id or the start of one, words of a title, an address, or a number of the last list.",
        autocompletion=complete.everything,
    ),
]
Topics = Annotated[
    list[str],
    typer.Argument(
        metavar="TOPIC...", help="Ids or words of topic titles.", autocompletion=complete.topics
    ),
]
Kinds = Annotated[
    list[Kind] | None,
    typer.Option("--kind", "-k", help="Only this kind; may be given several times."),
]
Levels = Annotated[
    list[Level] | None,
    typer.Option("--level", "-l", help="Only this level; may be given several times."),
]
Statuses = Annotated[
    list[Status] | None,
    typer.Option("--status", "-s", help="Only this status; may be given several times."),
]
Topic = Annotated[
    str | None,
    typer.Option("--topic", "-t", help="Only this topic.", autocompletion=complete.topics),
]
Track = Annotated[
    str | None,
    typer.Option("--track", help="Only this track.", autocompletion=complete.tracks),
]
Source = Annotated[
    str | None,
    typer.Option("--source", help="Only this study guide.", autocompletion=complete.sources),
]
Minutes = Annotated[
    int | None, typer.Option("--minutes", "-m", min=1, help="Only what takes at most so long.")
]
