"""A day begins when the learner says, in whatever zone, and by the clock on the wall."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from llmpath.times import local_date
from tests.conftest import Run

NIGHT = "2026-03-11T02:30:00+00:00"


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Set TZ by it; the zone is that of the tests again afterwards."""
    yield monkeypatch
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.mark.parametrize(
    ("tz", "at", "start", "day"),
    [
        ("UTC", "2026-03-11T03:59", "04:00", "2026-03-10"),
        ("UTC", "2026-03-11T04:00", "04:00", "2026-03-11"),
        ("UTC", "2026-03-11T00:00", "00:00", "2026-03-11"),
        ("Asia/Tokyo", "2026-03-10T18:00", "04:00", "2026-03-10"),  # 03:00 there
        ("America/New_York", "2026-03-11T07:59", "04:00", "2026-03-10"),  # 03:59 there
        # The clock goes from 2 to 3: five to four is five to four, though it is an hour early.
        ("Europe/Berlin", "2026-03-29T01:55", "04:00", "2026-03-28"),
        ("Europe/Berlin", "2026-03-29T02:00", "04:00", "2026-03-29"),
        # It goes from 3 back to 2: half past two comes twice, and both are yesterday's.
        ("Europe/Berlin", "2026-10-25T00:30", "03:00", "2026-10-24"),
        ("Europe/Berlin", "2026-10-25T01:30", "03:00", "2026-10-24"),
        ("Europe/Berlin", "2026-10-25T02:00", "03:00", "2026-10-25"),
        ("UTC", "2026-01-01T01:00", "02:30", "2025-12-31"),
    ],
)
def test_the_day_is_that_of_before_until_it_begins(
    zone: pytest.MonkeyPatch, tz: str, at: str, start: str, day: str
) -> None:
    zone.setenv("TZ", tz)
    time.tzset()
    assert local_date(datetime.fromisoformat(at).replace(tzinfo=UTC), start) == day


def test_what_is_done_at_night_belongs_to_the_evening(
    small: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "counting", "Begun.")  # on the tenth, in the evening
    monkeypatch.setenv("LLMPATH_NOW", NIGHT)
    run("config", "set", "day.start", "4")
    run("done", "counting-video", "--note", "Late.")
    run("spent", "20", "counting-book")
    assert "2026-03-11" not in run("notes").out
    assert "since 2026-03-10" in run("why", "counting-video").out
    assert json.loads(run("--json").out)["days_in_a_row"] == 1
    assert "As of 2026-03-10." in run("report").out
    assert "too long ago" not in run("spent", "10", "counting-book", "--on", "yesterday").err
    assert run("log").out.startswith("2026-03-11 02:30")  # what happened when
    assert (small.parent / "backups" / "llmpath-2026-03-10.db").exists()
    monkeypatch.setenv("LLMPATH_NOW", "2026-03-11T04:00:00+00:00")
    run("note", "counting", "Morning.")
    assert "2026-03-11" in run("notes").out
    assert json.loads(run("--json").out)["days_in_a_row"] == 3
