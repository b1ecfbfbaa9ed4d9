"""Where the database and the configuration are."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from unittest.mock import patch

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath import settings
from llmpath.errors import DatabaseTrouble, UsageError

FOLDERS = st.sampled_from(["", "/", "/home/ada", "/home/ada/", "relative", "~/x", "/a b/ü", "//x"])


@given(
    st.fixed_dictionaries(
        {"HOME": FOLDERS}, optional={"XDG_DATA_HOME": FOLDERS, "XDG_CONFIG_HOME": FOLDERS}
    )
)
def test_folders_are_where_platformdirs_says(environ: dict[str, str]) -> None:
    with patch.dict(os.environ, environ, clear=True):
        found = settings.load(environ)
        dirs = platformdirs.PlatformDirs("llmpath", appauthor=False)
        assert (found.data, found.config) == (Path(dirs.user_data_dir), Path(dirs.user_config_dir))


@pytest.mark.parametrize("name", ["XDG_DATA_HOME", "XDG_CONFIG_HOME"])
def test_a_folder_of_ones_own_is_taken_for_both(name: str, tmp_path: Path) -> None:
    found = settings.load({"HOME": "/home/ada", name: "/x", "LLMPATH_HOME": str(tmp_path)})
    assert (found.data, found.config) == (tmp_path, tmp_path)


def test_the_library_is_asked_where_folders_are_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "platformdirs", raising=False)
    settings.load({"HOME": "/home/ada"})
    assert ("platformdirs" in sys.modules) == (sys.platform != "linux")
    settings.load({"HOME": "/home/ada", "ANDROID_ROOT": "/system"})
    assert "platformdirs" in sys.modules


@pytest.mark.parametrize(
    ("text", "value"),
    [("4", "04:00"), ("04:00", "04:00"), ("0:30", "00:30"), (" 11:59 ", "11:59"), ("3:", "03:00")],
)
def test_a_day_begins_at_a_time_of_the_morning(text: str, value: str) -> None:
    assert settings.parse("day.start", text) == value


@pytest.mark.parametrize(
    "text", ["12", "4:60", "", ":30", "-1", "4am", "04:00:00", "٤", "9" * 5000]
)
def test_a_day_begins_at_no_other_time(text: str) -> None:
    with pytest.raises(UsageError, match="before noon"):
        settings.parse("day.start", text)


def test_a_home_that_is_no_whole_path_is_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings.load({"LLMPATH_HOME": "-study"}).database == tmp_path / "-study" / "llmpath.db"
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(DatabaseTrouble, match="in a folder that is no longer there"):
        settings.load({"LLMPATH_HOME": "study"})
    monkeypatch.chdir(tmp_path)
