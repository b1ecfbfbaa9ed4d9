"""Find things by words: `search`."""

from typing import Annotated

import typer

from llmpath.cli import options, queries
from llmpath.cli.session import session
from llmpath.cli.standpoint import standpoint
from llmpath.errors import UsageError
from llmpath.store.catalog.selection import Selection
from llmpath.vocab import Status


def search(
    ctx: typer.Context,
    words: queries.Words = None,
    kind: options.Kinds = None,
    level: options.Levels = None,
    track: options.Track = None,
    minutes: options.Minutes = None,
    exact: Annotated[
        bool, typer.Option("--exact", "-x", help="Take words as they are: correct nothing.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=0, help="How many at most; 0 for all.")
    ] = 10,
    json: options.Json = False,
) -> None:
    """Find resources and topics by words.

    What has all the words comes first, best match on top. Acronyms, other forms of a word and
    mistyped words are understood. Filters narrow it: kind, level, topic, track, author, year,
    minutes, language, source, is (todo, doing, done, skipped, ready, locked, known, learned,
    essential), has:note, sort. A minus leaves out; quotes keep words together.

    \b
    Examples:
      llmpath search quantization
      llmpath search make a chatbot over my pdfs
      llmpath search attention kind:video,paper year:2020..2023 -level:advanced
      llmpath search 'rlhf "reward model" sort:year-'
      llmpath search rag -graph
      llmpath search author:karpathy is:todo minutes:..60
    """
    from llmpath.render.pages import search
    from llmpath.search import engine

    s = session(ctx)
    asked = queries.read(s, words)
    if not (asked.wanted or asked.filters or asked.excluded or asked.sort):
        raise UsageError("Search for what?", "For example: llmpath search quantization")
    selection = Selection(
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        track=queries.part_of(s, "track", track),
        minutes=minutes,
    )
    selection = queries.narrow(s, selection, asked)
    found = engine.search(s.connection, s.learner.id, asked, selection, limit or -1, exact)
    shown = {*found.topics, *list(found.homes)[: search.FACETS]}
    point = standpoint(s.connection, s.learner.id, shown)
    statuses = point.learned.statuses
    page = search.Page(
        asked,
        found,
        [statuses.get(hit.resource.id, Status.TODO) for hit in found.hits],
        [
            search.shown_topic(point.roadmap.nodes[id_], point.states[id_], point.learned)
            for id_ in found.topics
        ],
        {id_: node.title for id_, node in point.roadmap.nodes.items()},
    )
    if json:
        s.data(search.data(page))
        return
    s.number([hit.resource.id for hit in found.hits])
    s.show(search.lines(page, s.width))
