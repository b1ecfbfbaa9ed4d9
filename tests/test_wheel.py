"""The package as people install it: built, put into a new environment, run outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

from tests.conftest import ROOT


def test_the_wheel_carries_the_catalog_and_runs_anywhere(tmp_path: Path) -> None:
    def call(*command: str | Path, **more: str) -> str:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=tmp_path,
            env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path)
    call(*build, ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.startswith("llmpath_cli-")
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {f"llmpath/data/{name}.yaml" for name in ("resources", "roadmap", "glossary")}
    assert shipped <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]

    venv.create(tmp_path / "env", with_pip=True)
    folder = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    call(folder / "python", "-m", "pip", "install", "--quiet", wheel)
    out = call(folder / "llmpath", "next", "-n", "3")
    assert out.startswith("What to study next\n\n 1  ")
    where = call(folder / "llmpath", "catalog", "path")
    assert str(tmp_path / "env") in where
    assert str(ROOT) not in where
