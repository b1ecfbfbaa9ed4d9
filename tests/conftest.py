"""Every test has an empty home, a fixed clock and a fixed width, and cannot touch the real home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from hypothesis import HealthCheck, settings

from llmpath.catalog import locate
from llmpath.store.opening import open_database
from tests.editions import SECOND, edited

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "small"
NOW = "2026-03-10T18:30:00+00:00"
# How long something takes is measured in bench/: here others may need the processors, too.
settings.register_profile("llmpath", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("llmpath")

KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "COVERAGE_PROCESS_START")

FIXED = {
    "LLMPATH_NOW": NOW,
    "LLMPATH_USER": "",
    "LOGNAME": "ada",
    "COLUMNS": "80",
    "NO_COLOR": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
}


class Ran(NamedTuple):
    """What a command did: its exit code and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Finished databases of the small and of the shipped catalog, to be copied."""
    made = {}
    for name, files in (("small", locate.files(str(SMALL))), ("shipped", locate.files())):
        path = tmp_path_factory.mktemp(name) / "llmpath.db"
        open_database(path, files).connection.close()
        made[name] = path
    return made


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and an environment with nothing of this machine in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in list(os.environ):
        if name not in KEPT:
            monkeypatch.delenv(name)
    places = {"HOME": str(folder), "LLMPATH_HOME": str(folder / "data")}
    for name, value in {**FIXED, **places}.items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def data(home: Path) -> Path:
    """The folder that llmpath keeps its data in."""
    return home / "data"


@pytest.fixture
def small(data: Path, databases: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with the small catalog; returns its path."""
    monkeypatch.setenv("LLMPATH_CATALOG", str(SMALL))
    return _place(databases["small"], data)


@pytest.fixture
def shipped(data: Path, databases: Mapping[str, Path]) -> Path:
    """A database with the shipped catalog; returns its path."""
    return _place(databases["shipped"], data)


def _place(source: Path, folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    shutil.copy(source, folder / "llmpath.db")
    return folder / "llmpath.db"


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process; the exit code is asserted to be 0 unless given."""
    from llmpath.cli import app

    def run(*arguments: str, code: int = 0) -> Ran:
        capsys.readouterr()
        got = app.run(arguments)
        captured = capsys.readouterr()
        assert got == code, f"exit {got}: {captured.err or captured.out}"
        return Ran(got, captured.out, captured.err)

    return run


@pytest.fixture
def process() -> Run:
    """Run a command line in a process of its own, through the program's real entry."""

    def process(
        *arguments: str,
        code: int | None = 0,
        environ: Mapping[str, str | None] | None = None,
        stdin: str | None = None,
        prefix: Sequence[str] = (),
    ) -> Ran:
        given = {**os.environ, **(environ or {})}
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "llmpath", *arguments],
            env={name: value for name, value in given.items() if value is not None},
            input=stdin.encode() if stdin is not None else None,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            timeout=120,
            check=False,
        )
        ran = Ran(
            done.returncode,
            done.stdout.decode("utf-8", "surrogateescape"),
            done.stderr.decode("utf-8", "surrogateescape"),
        )
        assert code is None or ran.code == code, f"exit {ran.code}: {ran.err or ran.out}"
        assert "Traceback" not in ran.err
        return ran

    return process


class Edition(Protocol):
    """Writes an edition of a catalog: (old, new) texts are replaced in a copy of *base*."""

    def __call__(self, *changes: tuple[str, str], base: Path = SMALL) -> Path:
        """Return the folder of the edition, which is in use from now on."""
        ...


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """Use another edition of the small catalog; without any changes, the first one again."""
    numbers = iter(range(100))

    def edition(*changes: tuple[str, str], base: Path = SMALL) -> Path:
        folder = edited(base, tmp_path / f"edition-{next(numbers)}", *changes)
        monkeypatch.setenv("LLMPATH_CATALOG", str(folder))
        return folder

    return edition


@pytest.fixture
def aimed(small: Path, edition: Edition) -> Path:
    """A database with the small catalog in its second edition: see `editions.SECOND`."""
    edition(*SECOND)
    return small
