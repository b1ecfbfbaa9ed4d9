"""What to study next: `next`."""

from typing import Annotated

import typer

from llmpath.actions.next import choose
from llmpath.actions.querying import Filters
from llmpath.cli import filters, options, queries
from llmpath.cli.session import session


def next_(
    ctx: typer.Context,
    words: queries.Words = None,
    count: Annotated[
        int | None,
        typer.Option(
            "--count", "--limit", "-n", metavar="N", min=1, max=50, help="How many choices to show."
        ),
    ] = None,
    topic: filters.Topic = None,
    track: filters.Track = None,
    kind: filters.Kinds = None,
    level: filters.Levels = None,
    minutes: Annotated[
        int | None,
        typer.Option(
            "--minutes",
            "-m",
            metavar="TIME",
            parser=options.some_length,
            help="How long you have, 30 or 1h30: says which part of each to take.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", "-a", help="Offer locked topics too.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how each choice's score adds up.")
    ] = False,
    json: options.Json = False,
) -> None:
    """What to study next, with reasons.

    Offers topics you are ready for: you have passed all their prerequisites. If you have goals, it
    offers only topics on the path to them. Anything you have started comes first. Say how long you
    have with --minutes, and each choice says which part of it to take (see `spent`).

    \b
    Examples:
      llmpath next
      llmpath next --minutes 30
      llmpath next -n 3 --kind video
      llmpath next --track engineer --explain
      llmpath next --topic rag --all
      llmpath next -kind:paper minutes:..45
    """
    from llmpath.render.pages import next as page

    s = session(ctx)
    wanted = Filters(kind, level, topic, track)
    choices = choose(s, queries.as_typed(words), wanted, count, everything, minutes)
    if json:
        s.data(page.data(choices))
        return
    s.number(choices.numbered)
    s.show(page.lines(choices, s.width, explain))
