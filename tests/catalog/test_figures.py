"""The catalog's figures, to the letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.catalog.conftest import Command
from tests.catalog.samples import RESOURCES

STATS = """\
The catalog
  resources           3
  topics              3
  modules             2
  tracks              1
  prerequisites       2
  goals               0
  cards               1
  insights            1
  aliases             1

Topics by track
  basics       3

Resources by kind
  course        1
  dataset       1
  paper         1

Resources by level
  advanced           1
  beginner           1
  intermediate       1

Resources by study guide
  guide         2
  editors       1

Added by the editors: 1, by home topic
  attention 1

How complete the resources are
  title          100.0 %
  url            100.0 %
  kind           100.0 %
  level          100.0 %
  topics         100.0 %
  authors         33.3 %
  year            33.3 %
  minutes         33.3 %
  summary        100.0 %

... by kind, in %
           authors     year  minutes  summary
  course     100.0    100.0    100.0    100.0
  dataset      0.0      0.0      0.0    100.0
  paper        0.0      0.0      0.0    100.0

How complete the topics are
  summary        100.0 %
  aliases         33.3 %
  prerequisites   66.7 %
  core           100.0 %
  cards           33.3 %
  insights        33.3 %

The graph
  with a reason  2 of 2 (100.0 %)
  roots          1: vectors
  longest chain  3 topics
    vectors → embeddings → attention
"""


@pytest.fixture(autouse=True)
def in_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = RESOURCES.replace("resources:\n", "  - {id: editors, title: The editors}\nresources:\n")
    head, tail = text.rsplit("sources: [guide]", 1)
    text = f"{head}sources: [editors]{tail}"
    (folder / "resources.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("LLMPATH_CATALOG", str(folder))


def test_stats_counts_everything_and_how_complete_it_is(command: Command) -> None:
    ran = command("stats")
    assert ran.stdout == STATS


def test_stats_are_there_as_data(command: Command) -> None:
    found = json.loads(command("stats", "--json").stdout)
    assert found["totals"]["resources"] == 3
    assert found["filled_by_kind"]["paper"] == {
        "authors": 0, "year": 0, "minutes": 0, "summary": 1,
    }  # fmt: skip
    assert found["topics_filled"]["core"] == 3
    assert found["edges_with_reason"] == 2
    assert found["roots"] == ["vectors"]
    assert found["longest_chain"] == ["vectors", "embeddings", "attention"]
    assert found["added"] == {"attention": 1}
