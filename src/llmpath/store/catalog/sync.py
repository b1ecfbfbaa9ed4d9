"""Keep the database's catalog in step with the catalog's files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from llmpath.catalog import locate
from llmpath.catalog.load import load
from llmpath.catalog.locate import Files
from llmpath.curriculum import Catalog
from llmpath.errors import DatabaseTrouble, InvalidFile
from llmpath.store.catalog import indexing, replaced, resources
from llmpath.store.catalog.edition import is_ours, with_format
from llmpath.store.catalog.naming import phrase
from llmpath.store.database import schema
from llmpath.store.database.connection import transaction
from llmpath.store.database.failures import BUSY, NO_ROOM, READ_ONLY, failed
from llmpath.store.history import renaming
from llmpath.store.history.ledger import former_ids
from llmpath.vocab import Aim
from llmpath.words import key_of, words_of

LAST_GOOD = "the last good one stays in use"
READ_ATTEMPTS = 3  # at reading files that somebody is just replacing


def follow(connection: sqlite3.Connection, files: Files, state: Mapping[str, str]) -> list[str]:
    """Bring the derived tables in step with *files*, given what they were built from.

    Returns what the learner should be told: the last good catalog stays in use while the files
    are missing or faulty, or the database cannot be written to. One in the form of another version
    of llmpath is of no use, though: DatabaseTrouble or InvalidFile is raised then.
    """
    try:
        if not files.signature():
            raise OSError(f"its files are missing in {files.resources.parent}")
        now = _marks(files)
        if now["hash"] == state.get("hash"):
            with transaction(connection):
                _set_state(connection, now)
            return []
        catalog, marks = read_catalog(files)
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with transaction(connection):
                rebuild(connection, files, catalog, marks)
        finally:
            connection.execute("PRAGMA foreign_keys = ON")
    except OSError as error:
        if not is_ours(state):
            raise DatabaseTrouble(
                f"The catalog cannot be read ({error}), and the one in use was built by"
                " another version of llmpath.",
                "Put the files back, or set LLMPATH_CATALOG to another folder.",
            ) from None
        return [f"The catalog cannot be read ({error}); {LAST_GOOD}.", way_to_ours(files)]
    except InvalidFile as error:
        if not is_ours(state):
            raise
        first = error.details[0] if error.details else error.message
        return [
            f"The catalog has errors; {LAST_GOOD}. The first: {first}",
            "See all with: llmpath catalog validate",
        ]
    except sqlite3.OperationalError as error:
        if not failed(error, *READ_ONLY, *BUSY, *NO_ROOM):
            raise
        if not is_ours(state):
            raise DatabaseTrouble(
                "The catalog in use was built by another version of llmpath, and the"
                " database cannot be written to now.",
                "Run llmpath next where it can be written to, or set LLMPATH_HOME to a copy.",
            ) from None
        if failed(error, *READ_ONLY):
            return []
        return [f"The catalog has changed, but cannot be loaded now; {LAST_GOOD}."]
    return []


def way_to_ours(files: Files) -> str:
    """Return how to get back from a catalog that cannot be read to the one that we ship."""
    if files == locate.files():
        return "Reinstall llmpath to get it back."
    return "To use the catalog of llmpath: llmpath config unset catalog, or unset LLMPATH_CATALOG"


def read_catalog(files: Files) -> tuple[Catalog, Mapping[str, str]]:
    """Return the catalog in *files* and the marks of just those contents.

    Files that are replaced while they are read are read again; raises InvalidFile when they
    never come to rest.
    """
    for _ in range(READ_ATTEMPTS):
        marks = _marks(files)
        try:
            catalog = load(files)
        except InvalidFile:
            if marks == _marks(files):
                raise
            continue
        if marks == _marks(files):
            return catalog, marks
    raise InvalidFile("The catalog's files keep changing while they are read.", "Try again.")


def digest(files: Files) -> str:
    """Return a hash of the files' contents. Raises OSError when one cannot be read."""
    import hashlib  # 18 ms

    from llmpath.catalog.document import LARGEST
    from llmpath.inputs import read_file

    parts = [read_file(path, LARGEST) for path in files.present()]
    return with_format(hashlib.sha256(b"\0".join(parts)).hexdigest())


def rebuild(
    connection: sqlite3.Connection,
    files: Files,
    catalog: Catalog,
    state: Mapping[str, str] | None = None,
) -> None:
    """Replace the derived tables by *catalog*, marked as built from *state* (else from *files*).

    The caller's transaction makes it all or nothing.
    """
    before = former_ids(connection)
    kept = replaced.remembered(connection)
    schema.rebuild_catalog_tables(connection)
    for table, columns, rows in _tables(catalog):
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
    renaming.settle(connection, before, former_ids(connection))
    _set_state(connection, {**(state or _marks(files)), "edition": catalog.edition})
    replaced.remember(connection, kept)


def _marks(files: Files) -> dict[str, str]:
    return {"signature": with_format(files.signature()), "hash": digest(files)}


def _set_state(connection: sqlite3.Connection, marks: Mapping[str, str]) -> None:
    connection.executemany(
        "INSERT INTO catalog_state (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        list(marks.items()),
    )


Rows = tuple[str, Sequence[str], Iterable[Sequence[Any]]]


def _tables(catalog: Catalog) -> Iterator[Rows]:
    track_of = {module.id: module.track for module in catalog.modules}
    aim_of = {track.id: track.aim for track in catalog.tracks}
    position = {work.id: i for i, work in enumerate(catalog.resources, 1)}
    lengths = {work.id: str(work.minutes) for work in catalog.resources if work.minutes is not None}
    yield (
        "catalog_source",
        ("position", "id", "title", "author", "url"),
        ((i, *source) for i, source in enumerate(catalog.sources, 1)),
    )
    yield (
        "track",
        ("position", "id", "title", "summary", "aim"),
        ((i, *track) for i, track in enumerate(catalog.tracks, 1)),
    )
    yield (
        "module",
        ("position", "id", "title", "track"),
        ((i, *module) for i, module in enumerate(catalog.modules, 1)),
    )
    yield (
        "topic",
        TOPIC_COLUMNS,
        (
            (
                i,
                topic.id,
                topic.title,
                topic.module,
                track_of[topic.module],
                topic.summary,
                " ".join(edge.topic for edge in topic.requires if edge.to == Aim.USE),
                " ".join(topic.core),
                " ".join(lengths.get(id_, "0") for id_ in topic.core),
                topic.enough,
                " ".join(edge.topic for edge in topic.requires if edge.to != Aim.USE),
                " ".join(topic.further),
                aim_of[track_of[topic.module]],
                topic.size,
                topic.lasting,
                int(topic.overview),
            )
            for i, topic in enumerate(catalog.in_map_order(), 1)
        ),
    )
    yield (
        "requirement",
        ("topic", "requires", "position", "because", "aim"),
        (
            (topic.id, edge.topic, i, edge.because, edge.to)
            for topic in catalog.topics
            for i, edge in enumerate(topic.requires, 1)
        ),
    )
    yield (
        "alias",
        ("alias", "topic", "position"),
        (
            (alias, topic.id, i)
            for topic in catalog.topics
            for i, alias in enumerate(dict.fromkeys(map(str.casefold, topic.aliases)), 1)
        ),
    )
    yield "name", ("phrase", "what", "id"), sorted(_names(catalog))
    yield (
        "card",
        ("id", "topic", "position", "ask", "answer", "asks"),
        (
            (card.id, topic.id, i, card.ask, card.answer, card.asks)
            for topic in catalog.topics
            for i, card in enumerate(topic.cards, 1)
        ),
    )
    yield (
        "destination",
        ("position", "id", "title", "summary", "topics", "aim"),
        (
            (i, one.id, one.title, one.summary, " ".join(one.topics), one.aim)
            for i, one in enumerate(catalog.destinations, 1)
        ),
    )
    yield (
        "insight",
        ("topic", "position", "text", "by", "opinion"),
        (
            (topic.id, i, insight.text, insight.by, int(insight.opinion))
            for topic in catalog.topics
            for i, insight in enumerate(topic.insights, 1)
        ),
    )
    yield (
        "resource",
        resources.COLUMNS,
        (resources.row_of(position[work.id], work) for work in catalog.resources),
    )
    yield (
        "resource_topic",
        ("topic", "resource_position", "is_home"),
        (
            (topic, position[work.id], int(topic == work.topics[0]))
            for work in catalog.resources
            for topic in work.topics
        ),
    )
    from llmpath.catalog.address import canonical

    yield (
        "address",
        ("canonical", "resource"),
        {
            (canonical(address), work.id)
            for work in catalog.resources
            for address in (work.url, *work.also)
        },
    )
    yield (
        "renamed",
        ("former", "id"),
        (
            (former, thing.id)
            for things in (catalog.resources, catalog.topics, catalog.destinations)
            for thing in things
            for former in thing.former_ids
        ),
    )
    yield from indexing.tables(catalog, catalog.in_map_order())


def _names(catalog: Catalog) -> set[tuple[str, str, str]]:
    """Return (name as it is compared, what it is of, id) for titles, aliases and translations."""
    titled: tuple[tuple[str, Iterable[Any]], ...] = (
        ("resource", catalog.resources),
        ("topic", catalog.topics),
        ("goal", catalog.destinations),
        ("module", catalog.modules),
        ("track", catalog.tracks),
    )
    called = [(one.title, what, one.id) for what, things in titled for one in things]
    called += [(alias, "topic", topic.id) for topic in catalog.topics for alias in topic.aliases]
    topics: dict[str, set[str]] = {}
    for name, what, id_ in called:
        if what == "topic":
            topics.setdefault(key_of(words_of(name)), set()).add(id_)
    for one in catalog.translations:
        for mean in one.mean:
            meant = topics.get(key_of(words_of(mean)), ())
            called += [(said, "topic", id_) for said in one.say for id_ in meant if len(meant) == 1]
    return {(phrase(name), what, id_) for name, what, id_ in called}


TOPIC_COLUMNS = (
    "position",
    "id",
    "title",
    "module",
    "track",
    "summary",
    "requires",
    "core",
    "core_minutes",
    "enough",
    "understand",
    "further",
    "aim",
    "size",
    "lasting",
    "overview",
)
