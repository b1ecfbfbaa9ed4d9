"""What is like a resource: `related`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.names import one
from llmpath.cli.session import session
from llmpath.store.learner import learning
from llmpath.vocab import Status


def related(
    ctx: typer.Context,
    name: options.Name,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="How many at most.")
    ] = 8,
    json: options.Json = False,
) -> None:
    """Resources like one, by the words they share.

    \b
    Examples:
      llmpath related illustrated-transformer
      llmpath related 1 --limit 3
    """
    from llmpath.render.pages import related
    from llmpath.search.related import related as like

    s = session(ctx)
    named = one(s, name, "resource")
    found = like(s.connection, named.id, limit)
    statuses = learning.learned(s.connection, s.learner.id).statuses
    rows = [(hit, statuses.get(hit.resource.id, Status.TODO)) for hit in found]
    if json:
        s.data(related.data(named.id, named.title, rows))
        return
    s.number([hit.resource.id for hit in found])
    s.show(related.lines(named.title, rows, s.width))
