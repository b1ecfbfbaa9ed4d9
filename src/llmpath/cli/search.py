"""Find things by words: `search`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.names import part
from llmpath.cli.session import session
from llmpath.cli.situation import standpoint
from llmpath.store.selection import Selection
from llmpath.vocab import Status


def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What to look for.")],
    kind: options.Kinds = None,
    level: options.Levels = None,
    track: options.Track = None,
    minutes: options.Minutes = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=0, help="How many at most; 0 for all.")
    ] = 10,
    json: options.Json = False,
) -> None:
    """Find resources and topics by words.

    What has all the words comes first, best match on top.

    \b
    Examples:
      llmpath search quantization
      llmpath search fine-tune llama on one gpu
      llmpath search attention --kind video --limit 3
    """
    from llmpath.render import listing
    from llmpath.search import engine, query

    s = session(ctx)
    selection = Selection(
        kinds=tuple(kind or ()),
        levels=tuple(level or ()),
        track=part(s, "track", track),
        minutes=minutes,
    )
    asked = query.parse(" ".join(words))
    found = engine.search(s.connection, s.learner.id, asked, selection, limit or -1)
    point = standpoint(s.connection, s.learner.id)
    topics = [(point.roadmap.nodes[id_], point.states[id_]) for id_ in found.topics]
    statuses = point.learned.statuses
    rows = [(hit.resource, statuses.get(hit.resource.id, Status.TODO)) for hit in found.hits]
    if json:
        s.data(listing.search_data(asked, found, rows, topics))
        return
    s.number([work.id for work, _ in rows])
    s.show(listing.search_lines(asked, found, rows, topics, s.width))
