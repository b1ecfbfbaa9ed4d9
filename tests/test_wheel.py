"""The package as people install it: built, put into a new environment, run outside the checkout.

Nothing is fetched for it: it is built with what is installed, and the new environment gets the
same versions of what the package depends on, and of nothing else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT


def needed(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """Add to *found* what the package *name* depends on here, directly or by way of others."""
    for text in distribution(name).requires or ():
        asked = Requirement(text)
        one = canonicalize_name(asked.name)
        if one not in found and (not asked.marker or asked.marker.evaluate({"extra": ""})):
            found[one] = distribution(one)
            needed(one, found)
    return found


def put(packages: dict[str, Distribution], site: Path) -> None:
    """Link all files of *packages* into *site*."""
    for package in packages.values():
        tops = {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}
        for top in tops:
            (site / top).symlink_to(Path(str(package.locate_file(top))))


def test_the_wheel_carries_the_catalog_and_runs_anywhere(tmp_path: Path) -> None:
    def call(*command: str | Path) -> str:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=tmp_path,
            env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
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
    (metadata,) = [name for name in names if name.endswith(".dist-info/METADATA")]
    assert b"\nLicense-Expression: MIT AND LicenseRef-SCOWL\n" in zipfile.ZipFile(wheel).read(
        metadata
    )
    licenses = metadata.replace("METADATA", "licenses/")
    assert {licenses + "LICENSE", licenses + "LICENSES/SCOWL.txt"} <= set(names)

    env = tmp_path / "env"
    venv.create(env)
    scheme = {"base": str(env), "platbase": str(env)}
    put(needed("llmpath-cli", {}), Path(sysconfig.get_path("purelib", "venv", scheme)))
    folder = Path(sysconfig.get_path("scripts", "venv", scheme))
    pip = (sys.executable, "-m", "pip", "--python", folder / "python")
    call(*pip, "install", "--quiet", "--no-index", wheel)  # what it depends on has to be there
    call(*pip, "check")
    out = call(folder / "llmpath", "next", "-n", "3")
    assert out.startswith("What to study next\n\n 1  ")
    where = call(folder / "llmpath", "catalog", "path")
    assert str(env) in where
    assert str(ROOT) not in where
