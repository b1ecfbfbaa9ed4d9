"""Progress reports: `report`."""

import typer

from llmpath.actions import report as actions
from llmpath.cli import options
from llmpath.cli.output import deliver
from llmpath.cli.session import session
from llmpath.export.report import markdown


def report(
    ctx: typer.Context,
    output: options.Output = None,
    json: options.Json = False,
) -> None:
    """A progress report in Markdown.

    Summary, goals, progress by track and module, what is done with dates and ratings, next
    steps, notes, and a map of your topics that Git forges render.

    \b
    Examples:
      llmpath report -o progress.md
      llmpath report | less
    """
    from llmpath.render import json as shapes
    from llmpath.render.pages import report as page

    s = session(ctx)
    found = actions.report(s)
    text = shapes.text(page.data(found)) if json else markdown(found)
    if s.plain and not json:
        from llmpath.render import plainly

        text = plainly.document(text)
    deliver(s, output, text)
