"""Say that two learners are one: a part of `user`."""

from typing import Annotated

import typer

from llmpath.actions import learners
from llmpath.cli import options
from llmpath.cli.session import session

Former = Annotated[
    str, typer.Argument(metavar="FROM", autocompletion=options.completed("learners"))
]
Into = Annotated[str, typer.Argument(metavar="INTO", autocompletion=options.completed("learners"))]


def merge(
    ctx: typer.Context,
    former: Former,
    into: Into,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Make two learners one.

    For one person with two names, say on two computers. INTO gets what both did, and FROM becomes
    another name for them. A backup is made first. Your next export tells other computers.

    \b
    Examples:
      llmpath user merge adal ada
    """
    from llmpath.render.pages import user as page

    s = session(ctx, yes)
    done = learners.merge(s, former, into)
    if json:
        s.data(page.merged_data(done))
        return
    s.show(page.merged(done, s.width))
