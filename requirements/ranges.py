"""Print what to install for the tests at one end of the ranges: `ranges.py newest` or `oldest`.

The newest are whatever the ranges of pyproject.toml allow today, of llmpath's own dependencies, of
its extras and of what tests it. The oldest are the lower bounds of its own dependencies and its
extras; what tests it is as in the lock, since nobody who uses llmpath needs it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

LOCK = Path(__file__).with_name("lock.txt")
PROJECT = LOCK.parents[1] / "pyproject.toml"


def plain(name: str) -> str:
    """Return the name of a package as the lock writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    """Return the name of the package that *requirement* asks for."""
    found = re.match(r"[\w.-]+", requirement)
    assert found, requirement
    return plain(found[0])


def lower_bound(requirement: str) -> str:
    """Return *requirement* at the oldest version it allows."""
    found = re.search(r">=\s*([\w.]+)", requirement)
    if not found:
        sys.exit(f"{requirement}: has no lower bound. Write one into pyproject.toml.")
    return f"{name_of(requirement)}=={found[1]}"


def pinned(lock: str) -> dict[str, str]:
    """Return what *lock* asks for, by the name of the package."""
    found = re.findall(r"^([\w-]+)==([\w.]+)", lock, re.MULTILINE)
    return {name: f"{name}=={version}" for name, version in found}


def requirements(end: str) -> list[str]:
    """Return what to install for the *end* of the ranges, one requirement a line."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    own = [
        *project["project"]["dependencies"],
        *(one for extra in project["project"]["optional-dependencies"].values() for one in extra),
    ]
    tools = project["dependency-groups"]["test"]
    if end == "newest":
        return [*own, *tools]
    locked = pinned(LOCK.read_text(encoding="utf-8"))
    return [*map(lower_bound, own), *(locked[name_of(tool)] for tool in tools)]


if __name__ == "__main__":
    if sys.argv[1:] not in (["newest"], ["oldest"]):
        sys.exit(__doc__)
    print("\n".join(requirements(sys.argv[1])))
