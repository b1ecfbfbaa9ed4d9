"""What an acronym or term means: `define`."""

from __future__ import annotations

from typing import Annotated

import typer

from llmpath.actions import glossary
from llmpath.cli import options
from llmpath.cli.session import session


def define(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TERM...]",
            help="An acronym or term; omit it to list all.",
            autocompletion=options.completed("terms"),
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """What an acronym or term means, and where to start.

    \b
    Examples:
      llmpath define RLHF
      llmpath define byte pair encoding
    """
    from llmpath.render.pages import define as page

    s = session(ctx)
    name = " ".join(words or ())
    if not name:
        terms = glossary.terms(s)
        if json:
            s.data(page.listing_data(terms))
            return
        s.show(page.listing(terms, s.width))
        return
    found = glossary.define(s, name)
    if json:
        s.data(page.data(found))
        return
    s.letter(found[0].lettered)
    s.show(page.lines(found, s.width))
