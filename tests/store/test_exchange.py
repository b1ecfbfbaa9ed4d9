"""What an import takes from a file: days that are days, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("goal", "until", "soon"),
        ("goal", "until", "20270301"),
        ("plan", "until", "2027-02-30"),
        ("plan", "off", "never..ever"),
        ("plan", "off", "2026-12-21"),
        ("plan", "off", "2027-01-03..2026-12-21"),
        ("plan", "off", "0001-01-01..9999-12-31"),
        ("sitting", "day", "2026-3-10"),
    ],
)
def test_a_day_that_is_none_is_refused_with_its_place(
    run: Run, tmp_path: Path, table: str, column: str, value: str
) -> None:
    run("goal", "adding", "--by", "2026-04-01")
    run("plan", "--hours", "5", "--by", "2026-04-01", "--off", "2026-03-20..2026-03-21", "--yes")
    run("spent", "30", "counting-video")
    file = tmp_path / "all.json"
    run("export", "json", "-o", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["tables"][table][0][column]
    document["tables"][table][0][column] = value
    file.write_text(json.dumps(document), encoding="utf-8")
    ran = run("import", str(file), code=4)
    assert f"tables.{table}[0].{column} " in ran.err
    assert run("doctor", "--quick").code == 0


def test_goals_days_off_and_sittings_come_back_as_they_went(run: Run, tmp_path: Path) -> None:
    run("goal", "adding", "--by", "2026-04-01")
    run("goal", "reading", "--first")
    run("plan", "--hours", "5", "--off", "2026-03-20..2026-03-21")
    run("spent", "30", "counting-video", "--on", "yesterday")
    file = tmp_path / "all.json"
    run("export", "json", "-o", str(file))
    before = [run(*words, "--json").out for words in (("goal",), ("plan", "show"), ("log",))]
    run("import", str(file), "--replace")
    after = [run(*words, "--json").out for words in (("goal",), ("plan", "show"), ("log",))]
    assert after == before
