"""Measure how well `need` tells which topics a text needs: `python -m bench.needs [FILE]...`.

Each line of a file is a judged text: `id`, `sort`, `text`, `main` (what it is about, best first)
and `topics` with grades, 1 for needed and 2 for what it is about. Without a file, the texts are
those of `bench/needed.jsonl`: collected and judged by somebody who had only the map before them.
They are other people's, so only the words of the field are kept of them, in their places; each run
of others is an x. The finding was set on the texts that are not `held_out`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import measures
from llmpath.catalog import locate
from llmpath.search import needs
from llmpath.search.lexicon import Lexicon
from llmpath.search.wording import Wording
from llmpath.store.opening import open_database

NEEDED = Path(__file__).with_name("needed.jsonl")
FIRST = 3  # places in which the main topic should be


class Text(NamedTuple):
    """A judged text: the topics it is about, best first, and the grades of all it needs."""

    id: str
    sort: str
    text: str
    main: Sequence[str]
    topics: Mapping[str, int]
    held_out: bool = False


class Told(NamedTuple):
    """What was found for a text: how many topics, right ones and judged ones; the main topic.

    `first` and `in_three` are of the first main topic, `any_in_three` of any of grade 2.
    """

    sort: str
    found: int
    right: int
    judged: int
    first: bool
    in_three: bool
    any_in_three: bool


def texts(paths: Iterable[Path]) -> list[Text]:
    """Return the judged texts of the files at *paths*, or of the files in a folder there."""
    files = [
        file
        for path in paths
        for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])
    ]
    rows = [json.loads(row) for file in files for row in file.read_text("utf-8").splitlines()]
    return [Text(**{name: row[name] for name in Text._fields if name in row}) for row in rows]


def told(connection: sqlite3.Connection, judged: Sequence[Text]) -> list[Told]:
    """Return what is found for each of the *judged* texts."""
    wording, lexicon = Wording(connection), Lexicon(connection)
    rows = []
    for one in judged:
        found = [
            need.topic for need in needs.needs(needs.read(one.text, wording, lexicon), wording)
        ]
        about = {topic for topic, grade in one.topics.items() if grade == 2}
        rows.append(
            Told(
                one.sort,
                len(found),
                len(set(found) & one.topics.keys()),
                len(one.topics),
                found[:1] == list(one.main[:1]),
                one.main[0] in found[:FIRST],
                bool(about & set(found[:FIRST])),
            )
        )
    return rows


def precision(rows: Sequence[Told]) -> float:
    """Return the share of the topics found that are right, over all texts."""
    return sum(row.right for row in rows) / max(sum(row.found for row in rows), 1)


def recall(rows: Sequence[Told]) -> float:
    """Return the share of the topics judged that are found, over all texts."""
    return sum(row.right for row in rows) / max(sum(row.judged for row in rows), 1)


def report(rows: Sequence[Told]) -> list[str]:
    """Return the figures by sort, those over all with an interval."""
    lines = [f"{'':12}{'texts':>6}{'precision':>18}{'recall':>18}   main first, in 3, any in 3"]
    for sort in (*dict.fromkeys(row.sort for row in rows), "all"):
        part = [row for row in rows if sort in (row.sort, "all")]
        figures = ""
        for measure in (precision, recall):
            low, high = measures.interval(part, measure)
            figures += f"{measure(part):>8.3f} ({low:.2f}-{high:.2f})"
        main = [
            sum(row.first for row in part),
            sum(row.in_three for row in part),
            sum(row.any_in_three for row in part),
        ]
        lines.append(f"{sort:12}{len(part):>6}{figures}   {', '.join(map(str, main))}")
    return lines


def main(arguments: Sequence[str]) -> None:
    """Print the figures of the files named in *arguments*."""
    paths = [Path(one) for one in arguments] or [NEEDED]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        sys.exit(f"There is no {', '.join(missing)}.")
    judged = texts(paths)
    with tempfile.TemporaryDirectory() as folder:
        connection = open_database(Path(folder) / "llmpath.db", locate.files()).connection
        for held_out, name in ((False, "Texts to develop on"), (True, "Texts held out")):
            part = [text for text in judged if text.held_out == held_out]
            if part:
                print("\n".join([name, *report(told(connection, part))]))
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1:])
