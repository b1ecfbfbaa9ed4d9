"""Settings, catalog and health."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from llmpath.store.database.connection import VERSION
from tests.conftest import SMALL, Run


@pytest.mark.usefixtures("small")
def test_a_setting_is_that_of_flag_then_environment_then_file_then_default(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offered(*options: str) -> int:
        found = json.loads(run("next", "--json", *options).out)
        return len(found["picks"]) + len(found.get("then", ()))

    assert offered() == 4  # all there is
    assert run("config", "set", "next.count", "2").out == "next.count = 2\n"
    assert offered() == 2
    monkeypatch.setenv("LLMPATH_NEXT_COUNT", "1")
    assert offered() == 1
    assert offered("-n", "6") == 6
    monkeypatch.delenv("LLMPATH_NEXT_COUNT")
    assert run("config", "unset", "next.count").out == "next.count = 5\n"
    assert offered() == 4


def test_comments_in_the_config_file_stay(run: Run, data: Path) -> None:
    data.mkdir()
    file = data / "config.toml"
    file.write_text("# mine\n[weight]\nessential = 9.5 # keen\n", encoding="utf-8")
    run("config", "set", "weight.quick", "1")
    assert file.read_text(encoding="utf-8") == (
        "# mine\n[weight]\nessential = 9.5 # keen\nquick = 1.0\n"
    )
    assert run("config", "get", "weight.essential").out == "9.5\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("color = ", "is not valid TOML"),
        ("catalog = 3", "catalog takes text, not 3."),
    ],
)
def test_a_faulty_config_file_is_named(run: Run, data: Path, content: str, message: str) -> None:
    data.mkdir()
    (data / "config.toml").write_text(content, encoding="utf-8")
    ran = run("next", code=4)
    assert ran.err.startswith(f"llmpath: {data / 'config.toml'}")
    assert message in ran.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("colour = 'never'", "there is no setting 'colour'."),
        ("color = 'purple'", "color must be one of auto, always, never, not 'purple'."),
        ("[next]\ncount = 'x'", "next.count takes a whole number, not 'x'."),
        ("[next]\ncount = 0", "next.count must be at least 1, not 0."),
    ],
)
def test_what_another_version_may_have_set_is_told_and_left_out(
    run: Run, data: Path, content: str, message: str
) -> None:
    plain = run("next")
    (data / "config.toml").write_text(content, encoding="utf-8")
    ran = run("next")
    assert ran.out == plain.out
    assert f"{data / 'config.toml'}: {message} It is ignored." in ran.err


FAULTS = {
    "prefer": 'prefer = "x"\n',
    "prefer.level": '[prefer]\nlevel = "hard"\n',
    "languages": "languages = 3\n",
    "next.count": "[next]\ncount = 0\n",
    "nonsense": "nonsense = 1\n",
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_setting_is_mended_as_the_hint_says(run: Run, data: Path, name: str) -> None:
    data.mkdir(exist_ok=True)
    file = data / "config.toml"
    file.write_text(f"# mine\ncolor = 'never'\n{FAULTS[name]}", encoding="utf-8")
    hint = run("next").err.splitlines()[-1]
    assert hint.endswith(f" It is ignored. To reset it: llmpath config unset {name}")
    unknown = name in ("nonsense", "prefer")  # by this version, and so none of its business
    sign, code = ("✓", 0) if unknown else ("✗", 5)
    assert run("doctor", code=code).out.startswith(f"{sign} settings\n  {file}: ")
    assert run("config", "path").err.startswith(f"{file}: ")
    assert run(*hint.split("llmpath ")[1].split()).err == ""
    run("next")
    assert file.read_text(encoding="utf-8").startswith("# mine\ncolor = 'never'\n")


@pytest.mark.usefixtures("small")
def test_several_faulty_settings_are_mended_one_by_one(run: Run, data: Path) -> None:
    data.mkdir(exist_ok=True)
    file = data / "config.toml"
    file.write_text('prefer = "x"\nnext.count = 0\n', encoding="utf-8")
    ran = run("config", "set", "prefer.level", "Beginner")
    assert ran.out == "prefer.level = beginner\n"
    assert f"{file}: next.count must be at least 1, not 0.\n" in ran.err
    assert run("config", "set", "next.count", "2").err == ""
    run("next")


def test_a_section_is_no_setting_to_reset(run: Run) -> None:
    run("config", "set", "next.count", "2")
    assert "There is no setting 'next'" in run("config", "unset", "next", code=2).err
    assert run("config", "get", "next.count").out == "2\n"


@pytest.mark.usefixtures("small")
def test_what_is_no_toml_is_left_alone(run: Run, data: Path) -> None:
    data.mkdir(exist_ok=True)
    file = data / "config.toml"
    file.write_text("garbage", encoding="utf-8")
    assert "is not valid TOML" in run("config", "set", "next.count", "2", code=4).err
    assert run("config", "path").out.startswith(f"{file}\n")
    assert run("doctor", code=5).out.startswith("✗ settings\n")
    assert file.read_text(encoding="utf-8") == "garbage"


@pytest.mark.usefixtures("small")
def test_config_explains_every_setting(run: Run) -> None:
    from llmpath.settings import SETTINGS

    out = run("config").out
    assert [name for name in SETTINGS if f"{name} = " not in out] == []
    assert set(json.loads(run("config", "list", "--json").out)["settings"]) == set(SETTINGS)


def test_paths_are_told(run: Run, data: Path) -> None:
    assert run("config", "path").out == f"{data}/config.toml\n{data}/llmpath.db\n"
    names = [Path(row).name for row in run("catalog", "path").out.splitlines()]
    assert names == ["resources.yaml", "roadmap.yaml", "glossary.yaml"]


@pytest.mark.usefixtures("small")
def test_a_healthy_database_is_found_well(run: Run, small: Path) -> None:
    run("done", "counting-video")
    out = run("doctor").out
    assert re.sub(r"[\d,]+ MB", "N MB", out) == (
        f"✓ database\n  {small}, schema {VERSION}\n✓ integrity\n  ok\n✓ catalog\n"
        f"  9 resources from {SMALL}\n✓ log\n  1 command; replay matches the stored data\n"
        "✓ clock\n  no command is dated in the future\n✓ backups\n  none yet\n✓ privacy\n"
        "  only you can read it\n✓ room\n  N MB free on disk\n"
    )


def test_a_damaged_database_is_found_and_left_alone(run: Run, small: Path) -> None:
    whole = small.read_bytes()
    small.write_bytes(whole[:50_000] + b"\0" * 8192 + whole[58_192:])
    damaged = small.read_bytes()
    findings = json.loads(run("doctor", "--json", code=5).out)
    assert findings["well"] is False
    assert small.read_bytes() == damaged


def test_doctor_without_a_database_makes_none(run: Run, data: Path) -> None:
    assert run("doctor").out.startswith("✓ database\n  none yet at ")
    assert not data.exists()


def test_a_database_that_others_can_read_is_found(run: Run, small: Path) -> None:
    small.chmod(0o644)
    ran = run("doctor", code=5)
    assert f"chmod 600 {small}" in " ".join(ran.out.split())


def test_the_first_command_says_where_the_database_is(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLMPATH_CATALOG", str(SMALL))
    assert run("next").err == f"Your study database is {data}/llmpath.db\n"
    assert run("next").err == ""


def test_a_time_that_is_none_is_refused(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLMPATH_NOW", "yesterday")
    assert run("next", code=2).err == (
        "llmpath: LLMPATH_NOW is not a time: 'yesterday'.\n"
        "  Write it as 2026-11-20T09:00:00+00:00.\n"
    )
