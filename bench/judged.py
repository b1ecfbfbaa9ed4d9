"""The judged queries, and engines to run them: ours and the simple ones beside it."""

from __future__ import annotations

import json
import random
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from llmpath.catalog.address import canonical
from llmpath.search import query
from llmpath.search.answer import answer
from llmpath.search.engine import Found
from llmpath.search.filters import narrowed
from llmpath.store.catalog.selection import Selection
from llmpath.words import words_of

JUDGEMENTS = Path(__file__).with_name("judgements.jsonl")
WORKS = Path(__file__).with_name("judged_works.txt")  # ids of what the judges had before them
TYPOS = Path(__file__).with_name("typos.txt")  # a line each: as mistyped, as meant
SLIPS = Path(__file__).with_name("slips.txt")  # a line each: kind, as mistyped, as meant
KINDS = ("insert", "delete", "change", "swap", "double")  # the last: doubled, or not; or the first
DEPTH = 20
DEEP = 200  # hits asked for, of which many may be unjudged
Engine = Callable[[sqlite3.Connection, str], list[str]]


class Judged(NamedTuple):
    """A query with its sort, and the grades (1 to 3) of the resources that answer it, by id."""

    qid: str
    text: str
    sort: str
    grades: Mapping[str, int]


def judged(connection: sqlite3.Connection, path: Path = JUDGEMENTS) -> list[Judged]:
    """Return the judged queries; what is judged but not in the catalog keeps its address as id."""
    ids = by_address(connection)
    entries = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Judged(one["qid"], one["query"], one["sort"], grades(one["relevant"], ids))
        for one in entries
    ]


def by_address(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the ids of the resources by canonical address."""
    return dict(connection.execute("SELECT canonical, resource FROM address").fetchall())


def grades(relevant: Mapping[str, int], ids: Mapping[str, str]) -> dict[str, int]:
    """Return the grades by id of what is *relevant* by address; of two for one id, the better."""
    found: dict[str, int] = {}
    for url, grade in relevant.items():
        key = ids.get(canonical(url), canonical(url))
        found[key] = max(grade, found.get(key, 0))
    return found


def seen(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of the resources that the judges had before them.

    What has come into the catalog since is unjudged, not irrelevant: rankings are measured without
    it, as condensed lists (Sakai, "Alternatives to Bpref", 2007).
    """
    names = dict(connection.execute("SELECT former, id FROM renamed").fetchall())
    rows = WORKS.read_text(encoding="utf-8").split()
    return frozenset(names.get(id_, id_) for id_ in rows)


def condensed(run: Engine, judged_works: frozenset[str]) -> Engine:
    """Return *run* with what was never judged left out of its rankings."""
    return lambda connection, text: [id_ for id_ in run(connection, text) if id_ in judged_works][
        :DEPTH
    ]


def ours(connection: sqlite3.Connection, text: str) -> list[str]:
    """Run the search of llmpath."""
    return [hit.resource.id for hit in searched(connection, text).hits]


def searched(connection: sqlite3.Connection, text: str) -> Found:
    """Return what the search of llmpath finds, with topics."""
    asked = query.parse(text)
    selection = narrowed(Selection(), asked, "", lambda _, name: name, dict)
    return answer(connection, "", asked, selection, DEEP)


def like(connection: sqlite3.Connection, text: str) -> list[str]:
    """Find the text as it stands, as LIKE and grep do, in catalog order."""
    rows = connection.execute(
        "SELECT id FROM resource WHERE title || ' ' || authors || ' ' || topics || ' ' || summary"
        " LIKE ? ESCAPE '\\' ORDER BY position LIMIT ?",
        ("%" + re.sub(r"([%_\\])", r"\\\1", text) + "%", DEEP),
    )
    return [id_ for (id_,) in rows]


def default_fts5(connection: sqlite3.Connection, text: str) -> list[str]:
    """Find what has every word, by FTS5 as it comes."""
    words = words_of(text)
    if not words:
        return []
    if not connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'plain'").fetchone():
        connection.execute(
            "CREATE VIRTUAL TABLE temp.plain USING fts5(title, authors, topics, summary)"
        )
        connection.execute(
            "INSERT INTO temp.plain (rowid, title, authors, topics, summary)"
            " SELECT position, title, authors, topics, summary FROM resource"
        )
    rows = connection.execute(
        "SELECT resource.id FROM temp.plain JOIN resource ON position = plain.rowid"
        " WHERE plain MATCH ? ORDER BY plain.rank, position LIMIT ?",
        (" ".join(f'"{word}"' for word in words), DEEP),
    )
    return [id_ for (id_,) in rows]


ENGINES: Mapping[str, Engine] = {"llmpath": ours, "FTS5 as it is": default_fts5, "LIKE": like}


class Typo(NamedTuple):
    """A word of the catalog with one edit, and the grades of the resources that have the word."""

    typed: str
    word: str
    grades: Mapping[str, int]


def typos(connection: sqlite3.Connection) -> list[Typo]:
    """Return the words of TYPOS as they are mistyped there, with what they should find.

    The list is the same at every edition of the catalog: were it drawn anew, as by `drawn`, the
    rewording of a summary would draw other words, and luck would tell more than search. What is a
    word of the catalog by now is no typing error and is left out.

    A resource with the word in its title is graded 3, in its topics or authors 2, in its summary 1.
    """
    lines = TYPOS.read_text(encoding="utf-8").splitlines()
    return _graded(connection, [(typed, word) for typed, word in map(str.split, lines)])


def slips(connection: sqlite3.Connection) -> dict[str, list[Typo]]:
    """Return the words of SLIPS like `typos`, by kind of slip."""
    rows = [row.split() for row in SLIPS.read_text(encoding="utf-8").splitlines()]
    return {
        kind: _graded(connection, [(typed, word) for one, typed, word in rows if one == kind])
        for kind in KINDS
    }


def _graded(connection: sqlite3.Connection, pairs: Sequence[tuple[str, str]]) -> list[Typo]:
    texts = connection.execute(
        "SELECT resource.id, resource_index.title, resource_index.topics || ' ' ||"
        " resource_index.authors, resource_index.summary FROM resource_index JOIN resource"
        " ON position = resource_index.rowid"
    ).fetchall()
    having = [(id_, [set(words_of(text)) for text in parts]) for id_, *parts in texts]
    known = {word for (word,) in connection.execute("SELECT word FROM word WHERE documents")}
    found: list[Typo] = []
    for typed, word in pairs:
        grades = {}
        for id_, parts in having:
            grade = next((3 - i for i, part in enumerate(parts) if word in part), 0)
            if grade:
                grades[id_] = grade
        if grades and typed not in known:
            found.append(Typo(typed, word, grades))
    return found


def drawn(connection: sqlite3.Connection, number: int = 300, seed: int = 20261120) -> list[str]:
    """Return *number* lines for TYPOS: names of the catalog, each with one random edit."""
    draw = random.Random(seed)
    words, known = _names(connection), _known(connection)
    pairs = ((edited(word, draw), word) for word in iter(lambda: draw.choice(words), None))
    fresh = (f"{typed} {word}" for typed, word in pairs if typed not in known)
    return list(islice(fresh, number))


def drawn_slips(connection: sqlite3.Connection, each: int = 80, seed: int = 20261128) -> list[str]:
    """Return *each* lines of every kind for SLIPS, no word twice."""
    draw = random.Random(seed)
    words, known = _names(connection), _known(connection)
    draw.shuffle(words)
    lines = []
    for kind in KINDS:
        pairs = ((slipped(word, kind, draw), word) for word in iter(words.pop, None))
        fresh = (f"{kind} {typed} {word}" for typed, word in pairs if typed not in known)
        lines += islice(fresh, each)
    return lines


def _names(connection: sqlite3.Connection) -> list[str]:
    return [
        word
        for (word,) in connection.execute(
            "SELECT word FROM word WHERE is_name AND documents > 1 AND length >= 5 ORDER BY word"
        )
        if word.isascii() and word.isalpha()
    ]


def _known(connection: sqlite3.Connection) -> set[str]:
    return {word for (word,) in connection.execute("SELECT word FROM word")}


def edited(word: str, draw: random.Random) -> str:
    """Return *word* with one letter put in, left out, changed or swapped with its neighbour."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    while True:
        at = draw.randrange(1, len(word))
        result = {
            "insert": word[:at] + draw.choice(letters) + word[at:],
            "delete": word[:at] + word[at + 1 :],
            "change": word[:at] + draw.choice(letters) + word[at + 1 :],
            "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        }[draw.choice(("insert", "delete", "change", "swap"))]
        if result != word:
            return result


def slipped(word: str, kind: str, draw: random.Random) -> str:
    """Return *word* with a slip of *kind*.

    "double" is a letter twice, a double letter once, or a first letter that is missing or wrong.
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    at = draw.randrange(1, len(word))
    if kind == "double":
        twice = [i for i in range(1, len(word)) if word[i] == word[i - 1]]
        which = draw.choice(("twice", "once" if twice else "twice", "missing", "wrong"))
        at = draw.choice(twice) if which == "once" else at
        result = {
            "twice": word[:at] + word[at - 1] + word[at:],
            "once": word[:at] + word[at + 1 :],
            "missing": word[1:],
            "wrong": draw.choice(letters) + word[1:],
        }[which]
    else:
        result = {
            "insert": word[:at] + draw.choice(letters) + word[at:],
            "delete": word[:at] + word[at + 1 :],
            "change": word[:at] + draw.choice(letters) + word[at + 1 :],
            "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        }[kind]
    return result if result != word else slipped(word, kind, draw)


# Real words that a catalog on language models lacks, each near to words that it has.
_REAL = """
abandon acorn album alley amber arrow attic avenue bakery bamboo banner barley basin bazaar beacon
bishop blossom boulder bouquet brandy bronze burglar cactus camera caravan carbon cavalry cedar
cellar chapel cheetah chorus cider clover cobbler comet copper coral cottage crayon cricket crystal
dagger daisy dairy dolphin donkey drought dungeon elbow ember falcon feather ferry fiddle flannel
fountain gallop garlic gazelle glacier goblet granite gravel grocery guitar hammock harvest hazel
heron honey hurdle igloo ivory jacket jasmine jersey jungle kettle ladder lantern lavender lemon
lettuce lizard magnet mango maple marble meadow melon mitten monsoon mosaic muffin needle nickel
nutmeg oasis orchard otter oyster paddle panther parsley pebble pepper pigeon pillow planet plaza
pottery puddle quartz quilt rabbit raccoon raisin ribbon saddle salmon sandal scarf shovel sparrow
spinach squash stadium sunset swallow tailor temple thistle thunder timber tomato trumpet turnip
umbrella valley velvet village violin walnut weasel whistle willow winter wizard zebra
"""
REAL = _REAL.split()


def lacked(connection: sqlite3.Connection, number: int = 60) -> Sequence[str]:
    """Return the first *number* of REAL that the catalog lacks, spread over the alphabet."""
    known = {word for (word,) in connection.execute("SELECT word FROM word")}
    absent = [word for word in REAL if word not in known]
    step = max(len(absent) // number, 1)
    return absent[::step][:number]
