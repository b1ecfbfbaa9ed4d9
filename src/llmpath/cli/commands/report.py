"""Progress reports: `report`."""

import sys

import typer

from llmpath.actions import report as actions
from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import LlmpathError
from llmpath.export.report import markdown
from llmpath.files import write_file
from llmpath.render.terminal import speakable


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
    if output is None:
        sys.stdout.write(speakable(text, sys.stdout))
        return
    try:
        write_file(output, text, 0o666)
    except OSError as error:
        raise LlmpathError(f"Cannot write {output}: {error.strerror}.") from None
    s.remark(f"Wrote {output}")
