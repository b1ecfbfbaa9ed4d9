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
