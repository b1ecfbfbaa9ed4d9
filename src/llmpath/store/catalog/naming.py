"""Find what a learner means by a name: an id, a title, an alias, an address, words of them.

A name is tried whole before its words are, and words match whole or at their start, never inside:
"math" is no name for *Aftermath*. What several things go by is never guessed at. The titles and
aliases are compared as `phrase` gives them, so that case, accents and punctuation do not matter.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from llmpath.errors import Ambiguous, NotFound, quoted

MOST_WORDS = 40  # in a name; what is longer is none

# What can be meant, by what is asked for: a goal may be whatever takes one topic or several. Where
# it is "either", an alias of a topic is not taken for what may be the start of a resource's title.
SORTS = {
    "": ("resource", "topic"),
    "resource": ("resource",),
    "topic": ("topic",),
    "topics": ("topic", "module", "track"),
    "things": ("resource", "topic", "module", "track"),
    "either": ("resource", "topic", "module", "track"),
    "goal": ("goal", "topic", "module", "track"),
    "part": ("module", "track"),
    "module": ("module",),
    "track": ("track",),
}
CALLED = {
    **{what: what for what in SORTS},
    "": "resource or topic",
    "topics": "topic",
    "things": "resource or topic",
    "either": "resource or topic",
    "goal": "topic or goal",
    "part": "track or module",
}


class Named(NamedTuple):
    """A thing of the catalog: what it is, its id and title.

    It is a resource, a topic, a goal (an outcome that takes several topics), a module or a track.
    """

    what: str
    id: str
    title: str


def phrase(text: str) -> str:
    """Return *text* as names are compared, see `words.phrase`."""
    from llmpath import words  # 0.3 ms, and many name by a number

    return words.phrase(text)


def exactly(connection: sqlite3.Connection, name: str, what: str = "") -> Named | None:
    """Return what is called just *name*: by its id, an address, a title, an alias, a former id.

    None where nothing is. Raises Ambiguous where several things are, and NotFound where only
    something that cannot be meant by *what* is: a resource where a topic is asked for.
    """
    others: list[Named] = []
    for step in (_id, _address, _phrase, _former):
        found = step(connection, name)
        fit = _fit(found, what)
        if step is _id:
            fit = fit[:1]  # an id is meant as it stands; topics come first
        if what == "either" and fit and _only_aliases(fit, name):
            fit += _titled_from(connection, name)
        if fit:
            return _one(name, fit)
        others += found
    if others and not (what == "resource" and _only_aliases(others, name)):
        raise _unlike(connection, others[0])
    return None


def by_start(connection: sqlite3.Connection, name: str, what: str = "") -> Named | None:
    """Return what has an id that begins with *name*, as a shell or an eye has cut it.

    None where nothing has, or *name* has no hyphen and may be a word. Raises Ambiguous.
    """
    if "-" not in name or " " in name:
        return None
    start = name.lower()
    rows = _things(
        connection.execute(f"{_IDS} WHERE id >= ? AND id < ?", (start, start + "\U0010ffff"))
    )
    return _one(name, _fit(rows, what))


def by_words(connection: sqlite3.Connection, name: str, what: str = "") -> Named | None:
    """Return what has all words of *name* in one of its names: whole, or else begun.

    None where nothing has, or *name* is but numbers, or a single character of a script in which
    most words have several. Raises Ambiguous.
    """
    from llmpath.words import is_unspaced, words_of

    typed = words_of(name)
    words = [phrase(word) for word in typed]
    if any(len(word) == 1 and is_unspaced(word) for word in typed):
        return None
    if all(word.isdecimal() for word in words) or len(words) > MOST_WORDS:
        return None
    tests = " AND ".join("instr(' ' || name, ?)" for _ in words)
    names = " UNION ALL ".join(_NAMES[sort] for sort in SORTS[what])
    hits = connection.execute(
        f"SELECT what, id, title, name FROM ({names}) WHERE {tests}"
        " ORDER BY length(name), what, id",  # what the words say most of comes first
        [f" {word}" for word in words],
    ).fetchall()
    begun = [(Named(*one), called) for *one, called in hits]
    begun.sort(key=lambda hit: phrase(hit[0].title) != hit[1])  # a title says more than an alias
    whole = [one for one, called in begun if all(f" {word} " in f" {called} " for word in words)]
    return _one(name, whole or [one for one, _ in begun])


def at(connection: sqlite3.Connection, id_: str) -> Named | None:
    """Return what has, or had, the id *id_*; None where nothing has."""
    return next(iter([*_id(connection, id_), *_former(connection, id_)]), None)


def home_of(connection: sqlite3.Connection, resource: str) -> Named:
    """Return the topic that *resource* belongs to in the first place."""
    row = connection.execute(
        "SELECT 'topic', topic.id, topic.title FROM resource JOIN topic ON topic.id = home"
        " WHERE resource.id = ?",
        (resource,),
    ).fetchone()
    return Named(*row)


def topics_in(connection: sqlite3.Connection, part: Named) -> list[Named]:
    """Return the topics of a module or track in map order; of a topic itself alone."""
    if part.what == "topic":
        return [part]
    rows = connection.execute(
        f"SELECT 'topic', id, title FROM topic WHERE {part.what} = ? ORDER BY position",
        (part.id,),
    )
    return _things(rows)


def unknown(connection: sqlite3.Connection, name: str, what: str = "") -> NotFound:
    """Return the failure to tell where nothing goes by *name*."""
    if what in ("part", *_PARTS):
        tables = [table for table in _PARTS if table in SORTS[what]]
        ids = [id_ for table in tables for id_ in _all_ids(connection, table)]
        return NotFound(f"No {CALLED[what]} {quoted(name)}.", f"Choose from: {', '.join(ids)}.")
    from difflib import get_close_matches  # only on the way to an error

    ids = [one.id for one in _fit(_things(connection.execute(_IDS)), what)]
    near = get_close_matches(phrase(name).replace(" ", "-"), ids, 2, 0.75)
    return NotFound.named(CALLED[what], name, near)


def titles(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of things by id; an id the catalog lacks titles itself."""
    wanted = list(dict.fromkeys(ids))
    found = dict(zip(wanted, wanted, strict=True))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        for table in reversed(_TABLES):  # a topic's title before that of a part of the same id
            found |= dict(
                connection.execute(
                    f"SELECT id, title FROM {table} WHERE id IN ({marks})", part
                ).fetchall()
            )
    return found


def _fit(found: Sequence[Named], what: str) -> list[Named]:
    return [one for one in found if one.what in SORTS[what]]


def _one(name: str, hits: Sequence[Named]) -> Named | None:
    """Return the only one of *hits*, None for none; raises Ambiguous for several."""
    several = list(dict.fromkeys(hits))
    if len(several) > 1:
        raise Ambiguous(name, several)
    return several[0] if several else None


def _only_aliases(topics: Sequence[Named], name: str) -> bool:
    """Say whether *name* is but an alias of *topics*: it may stand in a resource's title, too."""
    said = phrase(name)
    return all(
        one.what == "topic" and said not in (phrase(one.title), phrase(one.id)) for one in topics
    )


def _unlike(connection: sqlite3.Connection, thing: Named) -> NotFound:
    """Return the failure to tell where what is called so is *thing*, of a sort not asked for."""
    if thing.what == "resource":
        home = home_of(connection, thing.id)
        return NotFound(
            f"{quoted(thing.title)} is a resource; its topic is {home.title}.",
            f"Name that instead: {home.id}",
        )
    if thing.what == "topic":
        return NotFound(
            f"{quoted(thing.title)} is a topic.",
            f"See what to study for it: llmpath show {thing.id}",
        )
    see = "path" if thing.what == "goal" else "roadmap"
    return NotFound(
        f"{quoted(thing.id)} is a {thing.what} that takes several topics.",
        f"See them with: llmpath {see} {thing.id}",
    )


def _all_ids(connection: sqlite3.Connection, table: str) -> list[str]:
    return [id_ for (id_,) in connection.execute(f"SELECT id FROM {table} ORDER BY position")]


def _things(rows: Iterable[tuple[str, str, str]]) -> list[Named]:
    return [Named(*row) for row in rows]


_TABLES = ("topic", "resource", "destination", "module", "track")  # in this order on one id
_WHAT = {"destination": "goal"}
_PARTS = ("track", "module")  # also the columns of a topic that say where it is
_IDS = (
    "SELECT what, id, title FROM ("
    + " UNION ALL ".join(
        f"SELECT {place} AS place, '{_WHAT.get(table, table)}' AS what, id, title FROM {table}"
        for place, table in enumerate(_TABLES)
    )
    + ")"
)
_NAMES = {
    (what := _WHAT.get(table, table)): (
        f"SELECT what, id, title, phrase AS name FROM name JOIN {table} USING (id)"
        f" WHERE what = '{what}'"
        f" UNION ALL SELECT '{what}', id, title, replace(id, '-', ' ') FROM {table}"
    )
    for table in _TABLES
}


def _id(connection: sqlite3.Connection, name: str) -> list[Named]:
    return _things(connection.execute(f"{_IDS} WHERE id = ?", (name,)))


def _address(connection: sqlite3.Connection, name: str) -> list[Named]:
    if not {".", ":", "/"} & set(name):
        return []  # as most names; the next line takes 5 ms
    from llmpath.catalog.address import canonical

    return _things(
        connection.execute(
            "SELECT 'resource', id, title FROM address JOIN resource ON resource.id ="
            " address.resource WHERE canonical = ?",
            (canonical(name),),
        )
    )


def _titled_from(connection: sqlite3.Connection, name: str) -> list[Named]:
    """Return the resources whose title begins with the words of *name* and goes on."""
    said = phrase(name)
    return _things(
        connection.execute(
            "SELECT what, id, title FROM name JOIN resource USING (id)"
            " WHERE what = 'resource' AND phrase > ? AND phrase < ? ORDER BY position",
            (f"{said} ", f"{said}!"),
        )
    )


def _former(connection: sqlite3.Connection, name: str) -> list[Named]:
    return _things(
        connection.execute(f"{_IDS} WHERE id = (SELECT id FROM renamed WHERE former = ?)", (name,))
    )


def _phrase(connection: sqlite3.Connection, name: str) -> list[Named]:
    said = phrase(name)
    if not said or name.endswith("-"):  # an id that was cut is no title
        return []
    found = _things(connection.execute(f"{_IDS} WHERE id = ?", (said.replace(" ", "-"),)))
    for table in _TABLES:
        what = _WHAT.get(table, table)
        found += _things(
            connection.execute(
                f"SELECT '{what}', {table}.id, title FROM name JOIN {table} ON {table}.id = name.id"
                f" WHERE phrase = ? AND what = '{what}' ORDER BY position",
                (said,),
            )
        )
    if "," in name:  # it parts names, unless it is in a title
        found = [one for one in found if "," in one.title]
    return list(dict.fromkeys(found))
