"""Clocks that go backwards, daylight saving, and travel: streaks and dates stay right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from tests.faults.place import Place, Tally, Tallying


class Journey(NamedTuple):
    """Commands at (UTC time, zone), and the streak that the last of them must see."""

    name: str
    steps: tuple[tuple[str, str], ...]
    streak: int


JOURNEYS = (
    Journey(
        "three days, each near midnight",
        (
            ("2026-03-10T23:50:00+00:00", "UTC"),
            ("2026-03-11T00:10:00+00:00", "UTC"),
            ("2026-03-12T23:59:59+00:00", "UTC"),
        ),
        3,
    ),
    Journey(
        "spring forward in Berlin: the hour that is missing",
        (
            ("2026-03-28T22:30:00+00:00", "Europe/Berlin"),  # 23:30
            ("2026-03-28T23:30:00+00:00", "Europe/Berlin"),  # 00:30 on the 29th
            ("2026-03-29T22:30:00+00:00", "Europe/Berlin"),  # 00:30 on the 30th, summer time
        ),
        3,
    ),
    Journey(
        "fall back in New York: the hour that comes twice",
        (
            ("2026-11-01T03:30:00+00:00", "America/New_York"),  # 23:30 on the 31st
            ("2026-11-01T05:30:00+00:00", "America/New_York"),  # 01:30, summer time
            ("2026-11-01T06:30:00+00:00", "America/New_York"),  # 01:30 again
            ("2026-11-02T05:30:00+00:00", "America/New_York"),  # 00:30 on the 2nd
        ),
        3,
    ),
    Journey(
        "eastwards over the date line: a date is skipped",
        (
            ("2026-06-01T08:00:00+00:00", "Pacific/Honolulu"),  # 31 May
            ("2026-06-01T20:00:00+00:00", "Pacific/Honolulu"),  # 1 June
            ("2026-06-02T06:00:00+00:00", "Asia/Tokyo"),  # 2 June
        ),
        3,
    ),
    Journey(
        "westwards over the date line: a date comes twice",
        (
            ("2026-06-02T01:00:00+00:00", "Asia/Tokyo"),  # 2 June
            ("2026-06-02T03:00:00+00:00", "Pacific/Honolulu"),  # 1 June again
        ),
        2,
    ),
    Journey(
        "a clock two days fast, then set right",
        (
            ("2026-06-05T12:00:00+00:00", "UTC"),
            ("2026-06-08T12:00:00+00:00", "UTC"),
            ("2026-06-06T12:00:00+00:00", "UTC"),
        ),
        2,
    ),
)


def clocks(folder: Path) -> Tally:
    """Make every journey; what is stored is UTC with the learner's own date beside it."""
    tallying = Tallying("clock backwards, DST, travel")
    template = Place(folder / "template")
    template.must("next")
    for number, journey in enumerate(JOURNEYS):
        place = template.copy(folder / str(number))
        zone: dict[str, str | None] = {}
        for at, name in journey.steps:
            zone = {"LLMPATH_NOW": at, "TZ": name}
            ran = place.run("spent", "1", "counting-video", environ=zone)
            tallying.ran(ran, (0,))
        ran = place.run("--json", environ=zone)
        tallying.ran(ran, (0,))
        streak = json.loads(ran.out)["days_in_a_row"]
        tallying.check(streak == journey.streak, f"{journey.name}: {streak} days in a row")
        logged = json.loads(place.must("log", "--json", environ=zone))["commands"]
        tallying.check(
            [entry["at"] for entry in reversed(logged)] == [at for at, _ in journey.steps],
            f"{journey.name}: the log is not in the order of the commands: {logged}",
        )
        undone = place.run("undo", environ=zone)
        tallying.ran(undone, (0,))
        tallying.wrong += place.complaints()
    return tallying.tally()
