"""The map of topics: `roadmap`."""

from typing import Annotated

import typer

from llmpath.actions import roadmap as actions
from llmpath.cli import options
from llmpath.cli.session import session


def roadmap(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[TRACK or MODULE]",
            help="Only this part.",
            autocompletion=options.completed("parts"),
        ),
    ] = None,
    ready: Annotated[bool, typer.Option("--ready", help="Only topics you are ready for.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", "-a", help="Every topic of every track.")
    ] = False,
    json: options.Json = False,
) -> None:
    """The map of topics: what is passed, ready and locked.

    Without a part, it shows tracks and modules with the topics you are ready for.

    \b
    Examples:
      llmpath roadmap
      llmpath roadmap engineer
      llmpath roadmap --ready
    """
    from llmpath.render.pages import roadmap as page
    from llmpath.render.pages.roadmap import Shown

    s = session(ctx)
    found = actions.roadmap(s, name)
    if json:
        s.data(page.data(found))
        return
    shown = Shown.READY if ready else Shown.ALL if name or everything else Shown.OPEN
    s.show(page.lines(found, shown, s.width))
