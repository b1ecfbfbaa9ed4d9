"""What a learner's words mean: things of the catalog, and parts of the map."""

from __future__ import annotations

from collections.abc import Sequence

from llmpath.actions.workspace import Workspace
from llmpath.errors import Ambiguous, NotFound
from llmpath.store.catalog import naming
from llmpath.store.catalog.naming import Named


def find(w: Workspace, name: str, what: str = "") -> Named:
    """Return the resource or topic that *name* means; only of the sort *what* when given."""
    numbered = w.numbered if name.isdecimal() else []
    return naming.find(w.connection, name, numbered, what)


def find_all(w: Workspace, names: Sequence[str], what: str = "") -> list[Named]:
    """Return what *names* mean, each once; a phrase of several words may come unquoted.

    `done illustrated transformer` means one resource: where the words don't each name
    something, all of them together may.
    """
    try:
        found = [find(w, name, what) for name in names]
    except (NotFound, Ambiguous) as error:
        if len(names) < 2:
            raise
        try:
            found = [naming.find(w.connection, " ".join(names), [], what)]
        except (NotFound, Ambiguous):
            raise error from None
    return list(dict.fromkeys(found))


def topic_id(w: Workspace, name: str | None) -> str:
    """Return the id of the topic called *name*, '' for none."""
    return find(w, name, "topic").id if name else ""


def part_id(w: Workspace, column: str, name: str | None) -> str:
    """Return the id of the track, module or study guide called *name*, '' for none.

    Raises NotFound where there is none, or more than one.
    """
    if not name:
        return ""
    from llmpath.store.catalog import reading  # 1 ms, and most names are of things

    rows = reading.titles_of(w.connection, column)
    hits = called(rows, name)
    if len(hits) != 1:
        what = "study guide" if column == "source" else column
        ids = ", ".join(id_ for id_, _ in rows)
        raise NotFound(f"No {what} {name!r}.", f"Choose from: {ids}.")
    return hits[0]


def called(rows: Sequence[tuple[str, str]], name: str) -> list[str]:
    """Return the ids of (id, title) *rows* that *name* means.

    They are those of which it is the id or title; else the start of the id; else a part of the
    title.
    """
    wanted = name.casefold()
    return (
        [id_ for id_, title in rows if wanted in (id_, title.casefold())]
        or [id_ for id_, _ in rows if id_.startswith(wanted)]
        or [id_ for id_, title in rows if wanted in title.casefold()]
    )
