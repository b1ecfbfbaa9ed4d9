"""Two things side by side: `compare`."""

from typing import Annotated

import typer

from llmpath.actions import comparing
from llmpath.cli import options
from llmpath.cli.session import session


def compare(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="Topics, terms or resources, up to four; quotes keep a name's words together.",
            autocompletion=options.completed("comparable"),
        ),
    ],
    answers: Annotated[
        bool, typer.Option("--answers", help="Show the answers to the questions too.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Two to four things side by side, and what treats them all.

    Shows what each is, where you stand with it, what they build on together and what one needs
    alone, whether one comes before the other, and questions that help you choose. A name may be
    any words: they are read as the topic that a search for them means.

    \b
    Examples:
      llmpath compare rag 'fine tuning'
      llmpath compare lora vs qlora
      llmpath compare AWQ GPTQ --answers
      llmpath compare 1 2
    """
    from llmpath.render.pages import compare as page

    s = session(ctx)
    found = comparing.compare(s, names)
    if json:
        s.data(page.data(found))
        return
    s.number(found.numbered)
    s.show(page.lines(found, s.width, s.draws, answers))
