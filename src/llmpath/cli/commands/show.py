"""Details of one thing: `show`."""

import typer

from llmpath.actions import show as actions
from llmpath.cli import arguments, options
from llmpath.cli.session import session


def show(ctx: typer.Context, words: arguments.Phrase, json: options.Json = False) -> None:
    """Details of a resource or topic.

    \b
    Examples:
      llmpath show attention
      llmpath show 1
      llmpath show illustrated transformer
      llmpath show https://arxiv.org/abs/1706.03762
    """
    from llmpath.render.pages import show as page

    s = session(ctx)
    found = actions.show(s, " ".join(words))
    s.present(page, found, json, lettered=found.lettered)
