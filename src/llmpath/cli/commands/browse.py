"""Look at resources: `list` and `open`."""

from typing import Annotated

import typer

from llmpath.actions.querying import Filters
from llmpath.cli import arguments, filters, options, queries
from llmpath.cli.session import session
from llmpath.errors import UsageError
from llmpath.vocab import Order, Status


def order(text: str) -> str:
    """Return how a list is sorted as it was asked for: an Order, with + or - behind it."""
    wanted = text.casefold()
    if wanted.rstrip("+-") in tuple(Order) and len(wanted) - len(wanted.rstrip("+-")) < 2:
        return wanted
    hint = f"Choose from: {', '.join(Order)}; year- has the newest first, year+ the oldest."
    raise UsageError(f"--sort cannot be {text!r}.", hint)


def list_(
    ctx: typer.Context,
    words: queries.Words = None,
    topic: filters.Topic = None,
    kind: filters.Kinds = None,
    level: filters.Levels = None,
    status: filters.Statuses = None,
    track: filters.Track = None,
    source: filters.Source = None,
    minutes: filters.Minutes = None,
    essential: Annotated[bool, typer.Option("--essential", "-e", help="Only must-reads.")] = False,
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="ORDER",
            parser=order,
            help=f"Sort by {', '.join(Order)}; with a - behind it falling, as in year-.",
            autocompletion=options.completed("orders"),
        ),
    ] = "roadmap",
    limit: Annotated[int, options.limit()] = 50,
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
    from llmpath.actions.listing import listing
    from llmpath.render.pages import list as page

    s = session(ctx)
    wanted = Filters(kind, level, topic, track, source, status, minutes, essential)
    found = listing(s, queries.as_typed(words), wanted, sort, limit)
    s.present(page, found, json, found.numbered)


def open_(
    ctx: typer.Context,
    words: arguments.Phrase,
    json: options.Json = False,
) -> None:
    """Open a resource in the browser and start it.

    Prints the address if there is no browser, or with --dry-run. A resource you
    have done stays done.

    \b
    Examples:
      llmpath open 1
      llmpath open illustrated-transformer
      llmpath open 1 --dry-run
    """
    from llmpath.actions import progress
    from llmpath.cli.browser import browse
    from llmpath.render.pages import open as page

    s = session(ctx)
    work = progress.to_open(s, " ".join(words))
    shown = not s.trial and browse(work.url)
    if not shown and not json:
        s.write(f"{work.url}\n")
    done = None if s.trial else progress.opened(s, work)
    if json:
        s.data(page.data(work, done, shown))
    elif done and done.outcome.changes:
        s.show(page.lines(done, s.width))
    elif done and done.before is Status.DONE:
        s.remark(f"Opened {work.title}, which you have already done.")
