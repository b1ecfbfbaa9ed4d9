"""Why something is or is not recommended now: `why`."""

from __future__ import annotations

import typer

from llmpath.actions import why as actions
from llmpath.cli import arguments, options
from llmpath.cli.session import session


def why(ctx: typer.Context, words: arguments.Phrase, json: options.Json = False) -> None:
    """Why something is or is not recommended now.

    Shows where you stand with it, what it waits for and why, and how its score adds up.

    \b
    Examples:
      llmpath why rag
      llmpath why 2
      llmpath why illustrated-transformer
    """
    from llmpath.render.pages import why as page

    s = session(ctx)
    found = actions.why(s, " ".join(words))
    s.present(page, found, json)
