"""What a learner's words on the command line mean."""

from __future__ import annotations

from collections.abc import Sequence

from llmpath.cli.session import Session
from llmpath.errors import Ambiguous, NotFound
from llmpath.store.catalog import naming, reading


def one(session: Session, name: str, what: str = "") -> naming.Named:
    """Return the resource or topic that *name* means."""
    numbered = session.numbered if name.isdecimal() else []
    return naming.find(session.connection, name, numbered, what)


def several(session: Session, names: Sequence[str], what: str) -> list[naming.Named]:
    """Return what *names* mean, each once; a phrase of several words may come unquoted.

    `done illustrated transformer` means one resource: where the words don't each name
    something, all of them together may.
    """
    try:
        found = [one(session, name, what) for name in names]
    except (NotFound, Ambiguous) as error:
        if len(names) < 2:
            raise
        try:
            found = [naming.find(session.connection, " ".join(names), [], what)]
        except (NotFound, Ambiguous):
            raise error from None
    return list(dict.fromkeys(found))


def part(session: Session, column: str, name: str | None) -> str:
    """Return the id of the track, module or study guide called *name*, or raise NotFound."""
    if not name:
        return ""
    rows = {
        "track": [(track.id, track.title) for track in reading.tracks(session.connection)],
        "module": [(module.id, module.title) for module in reading.modules(session.connection)],
        "source": [(source.id, source.title) for source in reading.sources(session.connection)],
    }[column]
    wanted = name.casefold()
    hits = [id_ for id_, title in rows if wanted in (id_, title.casefold())] or [
        id_ for id_, title in rows if id_.startswith(wanted) or wanted in title.casefold()
    ]
    if len(hits) != 1:
        what = "study guide" if column == "source" else column
        ids = ", ".join(id_ for id_, _ in rows)
        raise NotFound(f"No {what} {name!r}.", f"There are: {ids}.")
    return hits[0]
