"""Find things by words: `search`."""

from typing import Annotated

import typer

from llmpath.actions import searching
from llmpath.actions.querying import Filters
from llmpath.cli import filters, options, queries
from llmpath.cli.session import session


def search(
    ctx: typer.Context,
    words: queries.Words = None,
    kind: filters.Kinds = None,
    level: filters.Levels = None,
    track: filters.Track = None,
    minutes: filters.Minutes = None,
    topic: filters.Topic = None,
    exact: Annotated[
        bool, typer.Option("--exact", "-x", help="Search for the words exactly as typed.")
    ] = False,
    limit: Annotated[int, options.limit()] = 10,
    json: options.Json = False,
) -> None:
    """Search for resources and topics.

    Entries with all the words come first, best match on top. Acronyms, other forms of a word and
    typos are understood. Filters narrow the results: kind, level, topic, track, author, year,
    minutes, language, source, is (todo, doing, done, skipped, ready, locked, known, learned,
    essential), has:note, sort. A minus excludes; quotes keep words together.

    \b
    Examples:
      llmpath search quantization
      llmpath search make a chatbot over my pdfs
      llmpath search attention kind:video,paper year:2020..2023 -level:advanced
      llmpath search 'rlhf "reward model" sort:year-'
      llmpath search rag -graph
      llmpath search author:karpathy is:todo minutes:..60
    """
    from llmpath.render.pages import search as page

    s = session(ctx)
    wanted = Filters(kind, level, topic, track, minutes=minutes)
    found = searching.search(s, queries.as_typed(words), wanted, limit, exact)
    s.present(page, found, json, found.numbered)
