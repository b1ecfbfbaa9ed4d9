"""Look at resources: `list` and `open`."""

from enum import StrEnum
from typing import Annotated

import typer

from llmpath.cli import options, queries
from llmpath.cli.names import one, part
from llmpath.cli.session import session
from llmpath.store.catalog import resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning
from llmpath.vocab import Status


class Order(StrEnum):
    """How a list is sorted."""

    ROADMAP = "roadmap"
    TITLE = "title"
    MINUTES = "minutes"
    YEAR = "year"
    LEVEL = "level"


def list_(
    ctx: typer.Context,
    words: queries.Words = None,
    topic: options.Topic = None,
    kind: options.Kinds = None,
    level: options.Levels = None,
    status: options.Statuses = None,
    track: options.Track = None,
    source: options.Source = None,
    minutes: options.Minutes = None,
    essential: Annotated[bool, typer.Option("--essential", "-e", help="Only must-reads.")] = False,
    sort: Annotated[
        Order, typer.Option("--sort", metavar="ORDER", help="How to sort: " + ", ".join(Order))
    ] = Order.ROADMAP,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=0, help="How many at most; 0 for all.")
    ] = 50,
    json: options.Json = False,
) -> None:
    """List resources, filtered and sorted.

    \b
    Examples:
      llmpath list kind:video -level:advanced year:2023.. sort:year-
      llmpath list --topic rag
      llmpath list --kind video --level beginner --sort minutes
      llmpath list --status done --limit 0
    """
    from llmpath.render.pages import list

    s = session(ctx)
    selection = Selection(
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        topic=one(s, topic, "topic").id if topic else "",
        track=part(s, "track", track),
        source=part(s, "source", source),
        statuses=tuple(status or ()),
        minutes=minutes,
        essential=essential,
    )
    asked = queries.read(s, words)
    selection = queries.having(s, selection, asked)
    order = asked.sort if asked.sort.rstrip("+-") not in ("", "relevance") else str(sort)
    works = resources.select(s.connection, s.learner.id, selection, order, limit or -1)
    total = resources.count(s.connection, s.learner.id, selection)
    statuses = learning.learned(s.connection, s.learner.id).statuses
    rows = [(work, statuses.get(work.id, Status.TODO)) for work in works]
    if json:
        s.data(list.data(rows, total))
        return
    s.number([work.id for work in works])
    s.show(list.lines(rows, total, s.width))


def open_(
    ctx: typer.Context,
    name: options.Name,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only print the address; start nothing.")
    ] = False,
) -> None:
    """Open a resource in the browser and start it.

    Prints the address where there is no browser. What is done stays done.

    \b
    Examples:
      llmpath open 1
      llmpath open illustrated-transformer
      llmpath open 1 --dry-run
    """
    from llmpath.cli.commands.progress import record
    from llmpath.study import progress

    s = session(ctx)
    named = one(s, name, "resource")
    work = resources.by_id(s.connection, [named.id])[named.id]
    if dry_run or not _browse(work.url):
        typer.echo(work.url)
    if dry_run:
        return
    before = learning.progress_of(s.connection, s.learner.id, named.id)
    if before.status in (Status.TODO, Status.SKIPPED):
        record(s, "open", [named], lambda now: progress.start(now, s.moment.at))
    elif before.status is Status.DONE:
        s.remark(f"Opened {named.title}, which you have done.")


def _browse(url: str) -> bool:
    """Open *url* in the learner's browser if there is one; text browsers do not count."""
    import os
    import sys

    graphical = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    if not graphical or not url.startswith(("https://", "http://")):
        return False
    import webbrowser

    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
