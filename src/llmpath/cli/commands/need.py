"""What a text needs: `need`."""

from typing import Annotated

import typer

from llmpath.actions import needing
from llmpath.cli import options
from llmpath.cli.dashes import as_typed
from llmpath.cli.session import session
from llmpath.errors import UsageError


def need(
    ctx: typer.Context,
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE, -, NAME or TEXT...]",
            help="A file (text, HTML, PDF), - for a pipe, a resource or its address, or the text.",
        ),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add",
            metavar="TOPIC",
            help="Add a topic.",
            autocompletion=options.completed("topics"),
        ),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="TOPIC", help="Remove a topic, by number or name."),
    ] = None,
    aim: options.AimOption = None,
    goal: Annotated[
        bool, typer.Option("--goal", help="Make the topics you lack your goals.")
    ] = False,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Which topics a text needs, and the path to them.

    The text may be an abstract, a paper, a job advert, a syllabus or a README. Each topic comes
    with the words that speak for it: it is a proposal, which --add and --drop change. Nothing is
    fetched. On a terminal, --goal shows more than three topics first and asks.

    \b
    Examples:
      llmpath need paper.pdf
      llmpath need "We fine-tune a language model with LoRA and DPO."
      llmpath need advert.txt --drop 2 --add rag --goal
      llmpath need https://arxiv.org/abs/2106.09685
      pdftotext paper.pdf - | llmpath need -
    """
    from llmpath.cli.editor import is_terminal
    from llmpath.render.pages import need as page

    if yes and not goal:
        raise UsageError("--yes is for --goal.", "For example: llmpath need paper.pdf --goal --yes")
    s = session(ctx, yes)
    found = needing.need(
        s, as_typed(text), lambda: not is_terminal(), add or (), drop or (), aim, goal
    )
    s.present(page, found, json, found.numbered)
