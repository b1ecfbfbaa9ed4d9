"""A small sound catalog that the tests break, lay out and compare."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Broken(NamedTuple):
    """A way to break the small catalog: the files as they are then, and the problems told."""

    name: str
    files: dict[str, str]
    problems: list[str]


def broken() -> Iterator[Broken]:
    """Yield what is in broken.txt; its first paragraph says how it is written."""
    text = Path(__file__).with_name("broken.txt").read_text(encoding="utf-8")
    text = re.sub("‹([0-9A-F]{4})›", lambda code: chr(int(code[1], 16)), text.split("\n\n", 2)[2])
    for part in text.split("== ")[1:]:
        name, *rows = part.rstrip("\n").split("\n")
        files = {"resources.yaml": RESOURCES.split("\n"), "roadmap.yaml": ROADMAP.split("\n")}
        problems: list[str] = []
        file, at = "", 0
        for row in rows:
            if row.startswith("@ "):
                file, number = row[2:].split()
                shift = len(files[file]) - len(SOUND[file].split("\n"))
                at = int(number) - 1 + shift
            elif row.startswith("-"):
                assert files[file].pop(at) == row[1:], f"{name}: {row} is not at line {at + 1}"
            elif row.startswith("+"):
                files[file].insert(at, row[1:])
                at += 1
            else:
                problems.append(row)
        yield Broken(name, {key: "\n".join(value) for key, value in files.items()}, problems)


RESOURCES = """\
version: 1
sources:
  - {id: guide, title: A study guide, author: Ada, url: https://guide.example/}
resources:
  - id: vectors-course
    title: Vectors in pictures
    url: https://vectors.example/course
    kind: course
    level: beginner
    topics: [vectors]
    authors: [Ada, Grace]
    year: 2018
    minutes: 90
    summary: >-
      Draws vectors before it computes with them, so that a dot product is seen first.
    sources: [guide]

  - id: attention-paper
    title: "Attention: a paper"
    url: https://papers.example/attention.pdf
    kind: paper
    level: advanced
    topics: [attention, embeddings]
    summary: >-
      States what attention computes in one page of formulas, each of them explained.
    sources: [guide]
    also: [https://old.example/attention]

  - id: pairs-dataset
    title: Pairs
    url: https://data.example/pairs
    kind: dataset
    level: intermediate
    topics: [attention]
    summary: >-
      A few thousand pairs of questions and answers, small enough to read in an evening.
    sources: [guide]
    dataset: {rows: 12k, category: general, released: 2024-05}
"""

ROADMAP = """\
version: 1
tracks:
  - id: basics
    title: Basics
    summary: What everything else stands on, to be gone through in order.
    modules:
      - {id: maths, title: Mathematics}
      - {id: models, title: Models}
topics:
  - id: vectors
    title: Vectors
    module: maths
    summary: Arrows and lists of numbers, which every model computes with.
    core: [vectors-course]
    cards:
      - id: vectors-dot
        ask: What does a dot product tell?
        answer: How much two vectors point the same way.

  - id: embeddings
    title: Embeddings
    module: models
    summary: Words as vectors, so that near means alike to a model.
    aliases: [words as numbers]
    requires:
      - topic: vectors
        because: An embedding is a vector, and likeness is a dot product.
    core: [attention-paper]

  - id: attention
    title: Attention
    module: models
    summary: How each word looks at the others, which is what a transformer does.
    requires:
      - topic: embeddings
        because: Attention mixes embeddings, so know what they hold.
    core: [attention-paper]
    enough: 1
    insights:
      - text: Read the formula aloud once before you read on.
        by: Ada
        opinion: true
"""

SOUND = {"resources.yaml": RESOURCES, "roadmap.yaml": ROADMAP}
