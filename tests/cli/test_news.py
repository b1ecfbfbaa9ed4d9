"""The dashboard tells of a new edition of the catalog, for a fortnight."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmpath.catalog import locate
from llmpath.store.opening import open_database
from tests.conftest import Edition, Run
from tests.editions import SECOND, Change

# The third edition has two topics more: one on the way to word problems, one on no way.
THIRD: tuple[Change, ...] = (
    *SECOND,
    ('edition: "2026.1"', 'edition: "2026.2"'),
    (
        "  - id: adding\n    title: Adding\n",
        """\
  - id: carrying
    title: Carrying
    module: sums
    summary: Handing on the ten to the next place, which every longer sum needs.
    requires:
      - {topic: counting, because: One counts the ones before there is a ten.}
    core: [counting-book]

  - id: taking-away
    title: Taking away
    module: sums
    summary: What is left of a heap after some of it has been taken away.
    requires:
      - {topic: counting, because: What is left has to be counted.}
    core: [counting-book]

  - id: adding
    title: Adding
""",
    ),
    (
        "{topic: counting, because: A sum is a count of two heaps at once.}",
        "{topic: carrying, because: A long sum hands on a ten at every place.}",
    ),
)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock to a day of March 2026, or of a later month."""

    def at(day: int, month: int = 3) -> None:
        monkeypatch.setenv("LLMPATH_NOW", f"2026-{month:02}-{day:02}T09:00:00+00:00")

    return at


def news(run: Run) -> Any:
    return json.loads(run("--json").out)["news"]


def told(run: Run) -> list[str]:
    return [row for row in run().out.splitlines() if row.startswith("Edition ")]


def test_a_new_edition_is_told_of_with_what_it_brings(
    run: Run, aimed: Path, edition: Edition
) -> None:
    run("start", "counting-video")
    assert news(run) is None
    edition(*THIRD)
    assert told(run) == ["Edition 2026.2: 2 new topics"]
    assert news(run) == {"edition": "2026.2", "topics": 2, "on_the_way": 0}
    run("goal", "word-problems")
    assert told(run) == ["Edition 2026.2: 2 new topics, 1 on your way"]
    assert news(run) == {"edition": "2026.2", "topics": 2, "on_the_way": 1}
    run("goal", "taking-away")
    assert told(run) == ["Edition 2026.2: 2 new topics, 2 on your way"]
    run("know", "adding")  # what lies behind something known is on no way any more
    assert news(run)["on_the_way"] == 1
    assert run().out.splitlines()[1:4] == [
        "Goal: Word problems, 1 topic to go",
        "Goal: Taking away, 1 topic to go",
        "Edition 2026.2: 2 new topics, 1 on your way",
    ]


def test_it_is_news_for_a_fortnight(run: Run, aimed: Path, edition: Edition, at: Any) -> None:
    run("start", "counting-video")
    at(12)
    edition(*THIRD)
    run("next")
    for day, month, expected in ((12, 3, 1), (20, 3, 1), (26, 3, 1), (27, 3, 0), (12, 4, 0)):
        at(day, month)
        assert len(told(run)) == expected, (day, month)
        assert (news(run) is not None) == expected


def test_it_is_news_from_the_day_it_is_first_used(
    run: Run, aimed: Path, edition: Edition, at: Any
) -> None:
    run("start", "counting-video")
    folder = edition(*THIRD)
    # Synced on one day and settled on another, as after a crash.
    open_database(aimed, locate.files(str(folder))).connection.close()
    at(20)
    assert len(told(run)) == 1
    at(3, 4)
    assert len(told(run)) == 1
    at(4, 4)
    assert told(run) == []


def test_a_change_within_an_edition_is_no_news(run: Run, aimed: Path, edition: Edition) -> None:
    run("start", "counting-video")
    edition(*THIRD, ('edition: "2026.2"', 'edition: "2026.1"'))
    assert told(run) == []
    assert news(run) is None


def test_a_catalog_without_an_edition_tells_nothing(
    run: Run, small: Path, edition: Edition
) -> None:
    run("start", "counting-video")
    edition(
        *[
            (old, new.replace('edition: "2026.1"\n', ""))
            for old, new in THIRD
            if "2026.2" not in new
        ]
    )
    assert told(run) == []
    assert news(run) is None


def test_who_comes_new_has_no_news(run: Run, aimed: Path, edition: Edition) -> None:
    edition(*THIRD)
    assert told(run) == []
    run("start", "counting-video")
    assert told(run) == []


def test_the_first_edition_is_news_after_a_catalog_without_any(
    run: Run, small: Path, edition: Edition
) -> None:
    run("start", "counting-video")
    edition(*THIRD)
    assert told(run) == ["Edition 2026.2: 2 new topics"]


def test_a_renamed_topic_is_not_new(run: Run, aimed: Path, edition: Edition) -> None:
    run("goal", "word-problems")
    edition(*THIRD, ("  - id: taking-away\n", "  - id: taking\n    former_ids: [writing]\n"),
            ("  - id: writing\n", "  - id: penning\n"), ("topics: [writing]", "topics: [taking]"),
            ("topics: [word-problems, writing]", "topics: [word-problems]"))  # fmt: skip
    assert news(run) == {"edition": "2026.2", "topics": 2, "on_the_way": 1}


def test_a_later_change_within_the_edition_keeps_the_news(
    run: Run, aimed: Path, edition: Edition, at: Any
) -> None:
    run("start", "counting-video")
    edition(*THIRD)
    run("next")
    at(15)
    edition(*THIRD, ("core: [writing-guide]\n", "core: [writing-guide]\n    enough: 1\n"))
    assert told(run) == ["Edition 2026.2: 2 new topics"]
    edition(
        *THIRD, ("core: [reading-notes, reading-course]", "core: [reading-course, reading-notes]")
    )
    assert told(run) == ["Edition 2026.2: 2 new topics"]
    at(25)
    assert told(run) == []  # counted from the 10th


def test_an_edition_that_changes_works_alone_is_told_by_its_name(
    run: Run, aimed: Path, edition: Edition
) -> None:
    run("start", "counting-video")
    edition(*SECOND, ('edition: "2026.1"', 'edition: "2026.2"'), ("year: 2020\n", "year: 2026\n"))
    assert told(run) == ["Edition 2026.2 of the catalog"]


def test_news_are_for_every_learner(run: Run, aimed: Path, edition: Edition) -> None:
    run("start", "counting-video")
    run("user", "add", "bob")
    run("--user", "bob", "goal", "taking-away", code=3)
    edition(*THIRD)
    run("next")
    run("--user", "bob", "goal", "taking-away")
    assert json.loads(run("--user", "bob", "--json").out)["news"]["on_the_way"] == 1
    assert news(run)["on_the_way"] == 0
