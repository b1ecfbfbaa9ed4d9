"""What is like a resource: `related`."""

from typing import Annotated

import typer

from llmpath.actions import related as actions
from llmpath.cli import arguments, options
from llmpath.cli.session import session


def related(
    ctx: typer.Context,
    words: arguments.Phrase,
    limit: Annotated[int, options.limit(1)] = 8,
    json: options.Json = False,
) -> None:
    """Similar resources, by the words they share.

    \b
    Examples:
      llmpath related illustrated-transformer
      llmpath related 1 --limit 3
    """
    from llmpath.render.pages import related as page

    s = session(ctx)
    found = actions.related(s, " ".join(words), limit)
    s.present(page, found, json, found.numbered)
