"""The names of things on a command line, each way to take them defined once."""

from typing import Annotated

import typer

from llmpath.cli import options

NAMING = "A title, words of it, an id, an address, or a number from the last list."
Names = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME...",
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
        metavar="NAME...",
        help=NAMING,
        autocompletion=options.completed("everything"),
    ),
]
Phrase = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME",
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
        help="Topics, modules or tracks by title, alias or id; separate several with commas.",
        autocompletion=options.completed("topics_and_parts"),
    ),
]
