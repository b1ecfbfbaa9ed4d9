"""The names of things on a command line, each way to take them defined once."""

from typing import Annotated

import typer

from llmpath.cli import options

NAMING = "An id or its start, words from a title, an address, or a number from the last list."
Names = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help=NAMING,
        autocompletion=options.completed("resources"),
    ),
]
MaybeNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID]...",
        help=f"{NAMING} Without one, what is in progress.",
        autocompletion=options.completed("resources"),
    ),
]
Things = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help=NAMING,
        autocompletion=options.completed("everything"),
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help=NAMING,
        autocompletion=options.completed("everything"),
    ),
]
Learner = Annotated[
    str, typer.Argument(metavar="NAME", autocompletion=options.completed("learners"))
]
NewLearner = Annotated[str, typer.Argument(metavar="NAME")]
Topics = Annotated[
    list[str],
    typer.Argument(
        metavar="TOPIC...",
        help="Ids of topics, or words from their titles.",
        autocompletion=options.completed("topics"),
    ),
]
