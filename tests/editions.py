"""Editions of the small catalog: copies in which some text is replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

Change = tuple[str, str]

# What the second edition has besides: a track and an outcome to use things, a prerequisite that
# only understanding takes, works that round a topic off, and entries that say how they are kept up.
SECOND: tuple[Change, ...] = (
    (
        "version: 1\ntracks:\n",
        """\
version: 1
edition: "2026.1"
goals:
  - id: tell-a-sum
    title: Tell a sum as a story
    summary: For whoever has to explain a sum to somebody who does not like sums.
    aim: use
    topics: [word-problems, writing]
    former_ids: [story-teller]
tracks:
""",
    ),
    ("title: Letters\n    summary:", "title: Letters\n    aim: use\n    summary:"),
    (
        "{topic: reading, because: The numbers",
        "{topic: reading, to: understand, because: The numbers",
    ),
    (
        "core: [adding-article, adding-paper]\n",
        "core: [adding-article, adding-paper]\n    further: [counting-book]\n",
    ),
    ("year: 2011\n", "year: 2011\n    updated: 2024\n    cost: paid\n    needs: [account]\n"),
    (
        "topics: [adding]\n    authors: [Adam Adder]\n",
        "topics: [adding]\n    authors: [Adam Adder]\n    verified: 2026-11\n",
    ),
    (
        "    year: 2019\n",
        "    year: 2019\n    needs: [gpu, api-key]\n    cost: account\n    verified: 2025-02\n",
    ),
    (
        "    year: 2021\n    minutes: 20\n",
        "    year: 2021\n    minutes: 20\n    status: superseded\n"
        "    superseded_by: word-problems-notebook\n",
    ),
)


def edited(base: Path, folder: Path, *changes: Change) -> Path:
    """Return *folder*, made a copy of the catalog *base* with each old text replaced by the new."""
    shutil.copytree(base, folder)
    for old, new in changes:
        found = False
        for file in folder.glob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            found = found or old in text
            file.write_text(text.replace(old, new), encoding="utf-8")
        assert found, old
    return folder
