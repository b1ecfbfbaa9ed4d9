"""Figures of progress."""

from __future__ import annotations

import pytest

from llmpath.model import Node, TopicStanding
from llmpath.study.graph import Roadmap
from llmpath.study.stats import Share, by_module, by_track, share, streak
from llmpath.vocab import State


@pytest.mark.parametrize(
    ("dates", "today", "days"),
    [
        ([], "2026-03-10", 0),
        (["2026-03-10"], "2026-03-10", 1),
        (["2026-03-09"], "2026-03-10", 1),
        (["2026-03-08"], "2026-03-10", 0),
        (["2026-03-10", "2026-03-09", "2026-03-08", "2026-03-06"], "2026-03-10", 3),
        (["2026-02-28", "2026-03-01"], "2026-03-01", 2),
        (["2025-12-31", "2026-01-01"], "2026-01-02", 2),
        (["2026-03-08", "2026-03-09", "2026-03-10"], "2026-03-09", 3),  # flown west
        (["2026-03-10"], "2026-03-09", 1),
        (["2026-03-11"], "2026-03-09", 0),  # by a clock that was fast
    ],
)
def test_streak_counts_days_in_a_row_up_to_today_or_yesterday(
    dates: list[str], today: str, days: int
) -> None:
    assert streak(dates, today) == days


def test_shares_by_track_and_module() -> None:
    roadmap = Roadmap(
        [
            Node("a", "A", "m1", "k1", (), (), 1),
            Node("b", "B", "m2", "k1", (), (), 1),
            Node("c", "C", "m3", "k2", (), (), 1),
        ]
    )
    standing = {
        "a": TopicStanding(State.KNOWN, 0, 0),
        "b": TopicStanding(State.READY, 1, 40),
        "c": TopicStanding(State.LOCKED, 0, 30),
    }
    assert by_track(roadmap, standing) == {"k1": Share(1, 1, 2, 40), "k2": Share(0, 0, 1, 30)}
    assert by_module(roadmap, standing)["m2"] == Share(0, 1, 1, 40)
    assert share(standing, ["a", "b"]).part == 0.5
    assert share(standing, []).part == 0.0
