"""Clocks, zones and folders that are not as one would expect: each works, or is told in a line."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Be somewhere at some time."""

    def live(zone: str, now: str) -> None:
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("LLMPATH_NOW", now)
        time.tzset()

    yield live
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def streak(run: Run) -> int:
    found = json.loads(run("--json").out)
    return int(found["days_in_a_row"])


@pytest.mark.usefixtures("small")
def test_who_flies_west_keeps_the_streak(run: Run, live: Callable[..., None]) -> None:
    for day in ("08", "09", "10"):
        live("Asia/Tokyo", f"2026-03-{day}T03:00:00+00:00")
        run("note", "counting", f"in Tokyo on the {day}th")
    live("America/Los_Angeles", "2026-03-10T05:00:00+00:00")  # where it is still the 9th
    assert streak(run) == 3
    run("spent", "20", "counting-video")
    assert streak(run) == 3
    live("America/Los_Angeles", "2026-03-11T05:00:00+00:00")
    assert streak(run) == 3
    assert {one["at"][:10] for one in json.loads(run("log", "--json").out)["commands"]} == {
        "2026-03-08",
        "2026-03-09",
        "2026-03-10",
    }


@pytest.mark.usefixtures("small")
def test_to_delete_a_note_is_no_study(run: Run, live: Callable[..., None]) -> None:
    live("UTC", "2026-03-09T12:00:00+00:00")
    run("note", "counting", "one")
    run("note", "counting", "two")
    live("UTC", "2026-03-10T12:00:00+00:00")
    run("note", "--delete", "1")
    assert streak(run) == 1
    run("undo")
    assert streak(run) == 1
    run("note", "counting", "three")
    assert streak(run) == 2


def test_an_entry_at_the_end_of_the_calendar_is_shown(
    run: Run, small: Path, live: Callable[..., None]
) -> None:
    run("done", "counting-video")
    connection = sqlite3.connect(small)
    for table, column in (("command", "at"), ("progress", "finished_at")):
        connection.execute(f"UPDATE {table} SET {column} = '9999-12-31T23:59:59+00:00'")
    connection.commit()
    connection.close()
    live("Asia/Tokyo", "2026-03-10T18:30:00+00:00")
    assert "9999-12-31 23:59" in run("log").out
    run("report")
    run("show", "counting-video")


@pytest.mark.usefixtures("small")
def test_a_clock_that_is_far_off_is_told_by_doctor(run: Run, live: Callable[..., None]) -> None:
    run("note", "counting", "one")
    for now in ("1970-06-01T00:00:00+00:00", "2150-06-01T00:00:00+00:00"):
        live("UTC", now)
        run("next")
        clock = json.loads(run("doctor", "--json", code=5).out)["findings"]
        (seen,) = [one["seen"] for one in clock if one["check"] == "clock"]
        assert seen == f"this computer's clock says {now[:10]}"


@pytest.mark.usefixtures("small")
def test_a_clock_beyond_all_is_told_in_a_line(run: Run, live: Callable[..., None]) -> None:
    for now in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        live("Asia/Tokyo", now)
        for words in (("next",), ("report",), ("doctor",), ("note", "counting", "x")):
            told = run(*words, code=2).err.splitlines()
            assert told[0].startswith("llmpath: The clock says ")
            assert len(told) == 2


@pytest.mark.usefixtures("small")
def test_a_zone_that_is_none_is_told_in_a_line(run: Run, live: Callable[..., None]) -> None:
    live("UTC+99", "2026-03-10T18:30:00+00:00")
    for words in (("next",), ("report",), ("note", "counting", "x")):
        assert run(*words, code=2).err.startswith("llmpath: TZ is 'UTC+99', a day or more")


def test_a_home_of_nobody_is_told_in_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLMPATH_HOME", "~nobody-of-that-name")
    for words in (("next",), ("doctor",), ("config", "path"), ("restore", "x")):
        assert run(*words, code=5).err.startswith("llmpath: LLMPATH_HOME is ~nobody-of-that-name")


def test_a_home_that_is_a_file_is_told_in_a_line(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "file"
    file.write_text("")
    loop = home / "loop"
    loop.symlink_to(loop)
    for place in (file, file / "below", loop):
        monkeypatch.setenv("LLMPATH_HOME", str(place))
        told = run("next", code=5).err
        assert told.startswith(f"llmpath: Cannot create {place}/llmpath.db: ")
        assert "is not a folder." in told


def test_a_catalog_of_nobody_is_a_missing_one(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LLMPATH_CATALOG")
    run("config", "set", "catalog", "~nobody-of-that-name/x")
    for words in (("next",), ("log",), ("search", "adding"), ("note", "counting", "x")):
        told = run(*words).err
        assert "files are missing in ~nobody-of-that-name/x" in told
        assert "llmpath config unset catalog" in told
    found = json.loads(run("doctor", "--json", code=5).out)["findings"]
    (remedy,) = [one["remedy"] for one in found if not one["well"]]
    assert "llmpath config unset catalog" in remedy
    small.unlink()
    assert "llmpath config unset catalog" in run("next", code=4).err
