"""Details of one thing: `show`."""

import typer

from llmpath.actions import show as actions
from llmpath.cli import arguments, options
from llmpath.cli.session import session


def show(ctx: typer.Context, name: arguments.Name, json: options.Json = False) -> None:
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
    found = actions.show(s, name)
    s.present(page, found, json, found.numbered)
