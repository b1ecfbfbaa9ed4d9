"""Disagree with the map: `ignore`, `heed`, `dispute`."""

from __future__ import annotations

from typing import Annotated

import typer

from llmpath.actions import opinions
from llmpath.cli import options
from llmpath.cli.session import session
from llmpath.errors import UsageError

Topic = Annotated[
    str | None,
    typer.Argument(
        metavar="[TOPIC]",
        help="The topic that has the prerequisite.",
        autocompletion=options.completed("topics"),
    ),
]
Needed = Annotated[
    str | None,
    typer.Argument(
        metavar="[PREREQUISITE]",
        help="The prerequisite.",
        autocompletion=options.completed("topics"),
    ),
]


def ignore(
    ctx: typer.Context,
    topic: Topic = None,
    prerequisite: Needed = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Restore a prerequisite you ignore.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Drop a prerequisite of a topic, for you alone, or restore it.

    The topic no longer waits for it. Without names, it lists the prerequisites you ignore.

    \b
    Examples:
      llmpath ignore rag llm-apis
      llmpath ignore
      llmpath ignore --undo rag llm-apis
    """
    from llmpath.render.pages import ignore as page

    s = session(ctx)
    if topic is None and not undo:
        edges = opinions.ignored(s)
        if json:
            s.data(page.listing_data(edges))
            return
        s.show(page.listing(edges, s.width))
        return
    waiting, needed = _both(topic, prerequisite, "ignore --undo" if undo else "ignore")
    done = opinions.ignore(s, waiting, needed, not undo)
    if json:
        from llmpath.render.pages import outcome

        s.data(outcome.data(done.outcome))
        return
    s.show(page.lines(done, s.width))


def heed(
    ctx: typer.Context,
    topic: Topic = None,
    prerequisite: Needed = None,
    json: options.Json = False,
) -> None:
    """Restore a prerequisite you ignore: the older name of `ignore --undo`.

    \b
    Examples:
      llmpath heed rag llm-apis
    """
    ignore(ctx, topic, prerequisite, True, json)


def dispute(
    ctx: typer.Context,
    topic: Topic = None,
    prerequisite: Needed = None,
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help="Why it is not needed.")
    ] = "",
) -> None:
    """Print a report on a prerequisite you disagree with.

    Paste it into an issue on llmpath's repository. Nothing is sent, and nothing changes.

    \b
    Examples:
      llmpath dispute rag llm-apis --because "A local model works as well."
      llmpath dispute rag llm-apis > issue.md
    """
    from llmpath import __version__
    from llmpath.export.issue import issue_text

    waiting, needed = _both(topic, prerequisite, "dispute")
    s = session(ctx)
    dispute = opinions.dispute(s, waiting, needed)
    s.write(issue_text(dispute, because, __version__))


def _both(topic: str | None, prerequisite: str | None, action: str) -> tuple[str, str]:
    """Return both names; raises UsageError where one is missing."""
    if topic is None or prerequisite is None:
        raise UsageError(
            "Which prerequisite of which topic?", f"For example: llmpath {action} rag llm-apis"
        )
    return topic, prerequisite
