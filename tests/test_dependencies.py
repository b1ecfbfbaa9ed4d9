"""What is imported is declared, what is declared is locked, and the lock fits every machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import Any, NamedTuple

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = ROOT / "requirements" / "lock.txt"
RANGES = ROOT / "requirements" / "ranges.py"

MACHINES = [
    {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": "nt" if platform == "win32" else "posix",
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    for python in ("3.11", "3.12", "3.13")
    for platform, system, machine in (
        ("linux", "Linux", "x86_64"),
        ("linux", "Linux", "aarch64"),
        ("darwin", "Darwin", "arm64"),
        ("win32", "Windows", "AMD64"),
    )
]


class Pin(NamedTuple):
    """A package of the lock: its version, where it is wanted, and how many files it may be."""

    name: str
    version: str
    marker: str
    hashes: int


def pins() -> list[Pin]:
    """Return what the lock says; a line that says anything else is an error."""
    text = re.sub(r"^ *#.*\n", "", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        what, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
        requirement = Requirement(what)
        (version,) = requirement.specifier
        assert version.operator == "=="
        assert all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)
        found.append(
            Pin(requirement.name, version.version, str(requirement.marker or ""), len(hashes))
        )
    return found


PINS = pins()


def declared(part: str) -> list[Requirement]:
    """Return the requirements of a part of pyproject.toml: runtime, extras, build, or a group."""
    match part:
        case "runtime":
            lines: list[Any] = PROJECT["project"]["dependencies"]
        case "extras":
            extras = PROJECT["project"]["optional-dependencies"]
            lines = [line for extra in extras.values() for line in extra]
        case "build":
            lines = PROJECT["build-system"]["requires"]
        case _:
            lines = PROJECT["dependency-groups"][part]
    return [Requirement(line) for line in lines]


def imported() -> set[str]:
    """Return the top modules, not of Python and not of ours, that any module imports anywhere."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {one.name.split(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"llmpath"}


def test_what_is_imported_is_what_is_declared() -> None:
    owners = packages_distributions()
    used = {canonicalize_name(owner) for module in imported() for owner in owners[module]}
    assert used == {
        canonicalize_name(one.name) for part in ("runtime", "extras") for one in declared(part)
    }


@pytest.mark.parametrize("part", ["runtime", "extras", "build", "test", "lint"])
def test_the_lock_has_what_is_declared_within_its_range(part: str) -> None:
    locked = {pin.name: pin for pin in PINS}
    for requirement in declared(part):
        pin = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pin.version), pin
        assert not pin.marker, f"{pin.name} would be missing somewhere"


def test_every_group_is_in_the_environment_of_developers() -> None:
    groups = PROJECT["dependency-groups"]
    assert groups["dev"] == [{"include-group": name} for name in groups if name != "dev"]
    assert set(groups) == {"dev", "test", "lint"}


def test_a_build_needs_nothing_that_is_not_locked() -> None:
    from hatchling import build

    wanted = [*build.get_requires_for_build_editable(), *build.get_requires_for_build_wheel()]
    locked = {pin.name: pin.version for pin in PINS}
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)])


def test_every_package_of_the_lock_has_one_version_on_every_machine_and_its_hashes() -> None:
    for machine in MACHINES:
        here = [pin.name for pin in PINS if not pin.marker or Marker(pin.marker).evaluate(machine)]
        assert len(here) == len(set(here))
    assert all(pin.hashes for pin in PINS)
    assert [pin.name for pin in PINS] == sorted(pin.name for pin in PINS)


def test_the_lock_names_no_place_to_fetch_from() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert re.findall(r"^\s*-+[a-z-]+", text, re.MULTILINE) == ["    --hash"] * sum(
        pin.hashes for pin in PINS
    )


def ranges(end: str) -> list[str]:
    """Return what is installed for the tests at an *end* of the ranges."""
    done = subprocess.run([sys.executable, RANGES, end], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_oldest_are_the_lower_bounds_with_the_tools_of_the_lock() -> None:
    locked = {pin.name: pin.version for pin in PINS}
    bounds = {
        canonicalize_name(one.name): next(
            part.version for part in one.specifier if part.operator == ">="
        )
        for part in ("runtime", "extras")
        for one in declared(part)
    }
    tools = {canonicalize_name(one.name) for one in declared("test")}
    asked = dict(line.split("==") for line in ranges("oldest"))
    assert asked == {**{name: locked[name] for name in tools}, **bounds}


def test_the_newest_are_the_ranges_as_they_are() -> None:
    project = PROJECT["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    lines = [*project["dependencies"], *extras, *PROJECT["dependency-groups"]["test"]]
    assert ranges("newest") == lines


def test_an_end_that_there_is_not_is_refused() -> None:
    done = subprocess.run([sys.executable, RANGES, "middle"], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout == b""


@pytest.mark.parametrize("page", ["Makefile", ".ci/run"])
def test_nothing_is_installed_past_the_lock_but_where_that_is_meant(page: str) -> None:
    """The newest, the oldest and what writes the lock are what is meant."""
    rows = (ROOT / page).read_text(encoding="utf-8").splitlines()
    installs = [row.split("INSTALL)")[1].strip() for row in rows if "$(INSTALL)" in row]
    bound = ("--require-hashes ", "$(OURSELVES)", "--requirement $@/requirements.txt", "uv")
    assert all(row.startswith(bound) for row in installs)
    assert len([row for row in rows if re.search(r"\b(pip|uv|pipx) +install", row)]) <= 1
