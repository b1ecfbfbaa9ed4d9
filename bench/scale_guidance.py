"""Time `next`, `path` and `why` against the floor, with the shipped catalog and with a huge one.

The huge one has 100,000 resources over 5,000 topics and is written straight into the tables: a
catalog of that size as YAML would take longer to read than anything here takes to run. Two
learners are timed on it: one who has done nothing, and one who knows a third of the map.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.commands import DRAWN, LARGE, Case, measure, surroundings
from llmpath.catalog import locate
from llmpath.model import Resource
from llmpath.store.catalog.resources import COLUMNS, row_of
from llmpath.store.catalog.sync import TOPIC_COLUMNS
from llmpath.store.opening import open_database

TOPICS, RESOURCES, MODULES, TRACKS = 5_000, 100_000, 60, 6
KINDS = ("article", "paper", "video", "course", "book", "docs")
LEVELS = ("beginner", "intermediate", "advanced")
CORE = 4  # resources of a topic that are its core


def roadmap(draw: random.Random) -> list[tuple[Any, ...]]:
    """Return rows of `topic`: each requires one to three earlier ones.

    In the shipped map a topic stands on 14 others on average and on 29 at most, 15 deep; here on
    94 on average, 22 deep, and the last one, which is the goal, on 208.
    """
    rows = []
    for i in range(TOPICS):
        wanted = draw.choice((1, 1, 1, 1, 2, 2, 3)) if i >= 40 else 0
        near = [int(i * draw.uniform(0.35, 0.95)) for _ in range(wanted)]
        requires = " ".join(f"topic-{j}" for j in sorted(set(near)))
        core = " ".join(f"work-{i}-{j}" for j in range(CORE))
        lengths = " ".join(str(minutes(i, j)) for j in range(CORE))
        module = i * MODULES // TOPICS
        rows.append(
            (
                i + 1,
                f"topic-{i}",
                f"Topic number {i}",
                f"module-{module}",
                f"track-{module * TRACKS // MODULES}",
                f"What topic number {i} is about, in a sentence or two.",
                requires,
                core,
                lengths,
                draw.choice((1, 2)),
                "",
                "",
                "understand",
                None,
                "",
                0,
            )
        )
    return rows


def minutes(topic: int, place: int) -> int:
    """Return the length of a resource."""
    return (10, 30, 45, 60, 120, 600)[(7 * topic + 5 * place) % 6]


def works(draw: random.Random) -> Iterator[Resource]:
    """Yield twenty resources for each topic, four of them its core."""
    for i in range(TOPICS):
        for j in range(RESOURCES // TOPICS):
            yield Resource(
                f"work-{i}-{j}",
                f"Work number {j} on topic number {i}",
                f"https://works.example/{i}/{j}",
                draw.choice(KINDS),
                draw.choice(LEVELS),
                (f"topic-{i}",),
                ("Ann Author",),
                2000 + draw.randint(0, 26),
                minutes(i, j),
                draw.random() < 0.1,
                "What one gets out of it, in a sentence or two of no importance.",
                ("guide",),
            )


def build(home: Path) -> None:
    """Write the huge database into *home*, with a newcomer, and an `expert`."""
    home.mkdir(parents=True, exist_ok=True)
    connection = open_database(home / "llmpath.db", locate.files()).connection
    draw = random.Random(2)
    topics = roadmap(draw)
    connection.execute("BEGIN")
    for table in ("topic", "module", "track", "resource", "resource_topic", "requirement"):
        connection.execute(f"DELETE FROM {table}")
    many = connection.executemany
    many(
        "INSERT INTO track (position, id, title, summary, aim) VALUES (?, ?, ?, '', 'understand')",
        [(i + 1, f"track-{i}", f"Track {i}") for i in range(TRACKS)],
    )
    many(
        "INSERT INTO module (position, id, title, track) VALUES (?, ?, ?, ?)",
        [(i + 1, f"module-{i}", f"Module {i}", f"track-{i // 10}") for i in range(MODULES)],
    )
    many(
        f"INSERT INTO topic ({', '.join(TOPIC_COLUMNS)})"
        f" VALUES ({', '.join('?' * len(TOPIC_COLUMNS))})",
        topics,
    )
    many(
        "INSERT INTO requirement (topic, requires, position, because, aim)"
        " VALUES (?, ?, ?, ?, 'use')",
        [
            (row[1], needed, k, "One cannot do without it, as anybody who has tried will say.")
            for row in topics
            for k, needed in enumerate(row[6].split(), 1)
        ],
    )
    rows = [row_of(place, work) for place, work in enumerate(works(draw), 1)]
    many(
        f"INSERT INTO resource ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",
        rows,
    )
    home, place = COLUMNS.index("home"), COLUMNS.index("position")
    many(
        "INSERT INTO resource_topic (topic, resource_position, is_home) VALUES (?, ?, 1)",
        [(row[home], row[place]) for row in rows],
    )
    for name in ("newcomer", "expert"):
        connection.execute(
            "INSERT INTO learner (id, name, created_at) VALUES (?, ?, '2026-01-01T00:00:00+00:00')",
            (name, name),
        )
    many(
        "INSERT INTO topic_mark (learner_id, topic_id, mark, marked_at)"
        " VALUES ('expert', ?, 'known', '2026-01-01T00:00:00+00:00')",
        [(f"topic-{i}",) for i in range(TOPICS // 3)],
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def drawn(commands: Mapping[str, Sequence[str]], budget: float) -> list[Case]:
    """Return *commands* by name as cases on a terminal."""
    return [Case(name, words, True, budget) for name, words in commands.items()]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each command")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="llmpath-scale-"))
    try:
        small = surroundings(home / "shipped")
        for words in (["know", "neural-network-training"], ["goal", "rag"]):
            subprocess.run(
                [sys.executable, "-m", "llmpath", *words],
                env=small,
                check=True,
                capture_output=True,
            )
        cases = {
            "next": ["next"],
            "next --minutes 30": ["next", "--minutes", "30"],
            "path rag": ["path", "rag"],
            "why rag": ["why", "rag"],
            "why illustrated-transformer": ["why", "illustrated-transformer"],
        }
        measure("shipped catalog", drawn(cases, DRAWN), small, options.runs)
        build(home / "huge")
        huge = surroundings(home / "huge")
        cases = {
            f"{' '.join(words) or 'dashboard'}, {who}": [*words, "--user", who]
            for who in ("newcomer", "expert")
            for words in (
                [],
                ["next"],
                ["next", "--minutes", "30"],
                ["roadmap"],
                ["show", f"topic-{TOPICS - 1}"],
                ["path", f"topic-{TOPICS - 1}"],
                ["why", f"topic-{TOPICS - 1}"],
                ["why", f"topic-{TOPICS // 3 + 3 if who == 'expert' else 3}"],
            )
        }
        title = f"{RESOURCES:,} over {TOPICS:,} topics"
        measure(title, drawn(cases, LARGE), huge, options.runs)
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
