"""The comparison with other programs counts what it says it counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import peers
from bench.peer_tools import Tool

# A program that keeps a line for each entry: `add TITLE`, `list`. What it does wrong is its name.
PROGRAM = """#!/bin/sh
[ "$1" = list ] && exec cat "$HOME/entries"
case "$(basename "$0")" in
honest) printf '%s\\n' "$2" >> "$HOME/entries" ;;
lossy) [ "${2%% *}" = first ] || exit 0; printf '%s\\n' "$2" >> "$HOME/entries" ;;
twice) printf '%s\\n%s\\n' "$2" "$2" >> "$HOME/entries" ;;
refusing) [ "${2%% *}" = first ] || exit 1; printf '%s\\n' "$2" >> "$HOME/entries" ;;
esac
"""


def tool(name: str, folder: Path) -> Tool:
    path = folder / name
    path.write_text(PROGRAM)
    path.chmod(0o755)
    return Tool(
        name,
        str(path),
        [],
        lambda home, version: None,
        lambda title, number: ["add", title],
        ["list"],
        ["list"],
        str.splitlines,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("honest", peers.AtOnce(said=8, lost=0, doubled=0, refused=0, unreadable=0)),
        ("lossy", peers.AtOnce(said=8, lost=8, doubled=0, refused=0, unreadable=0)),
        ("twice", peers.AtOnce(said=8, lost=0, doubled=10, refused=0, unreadable=0)),
        ("refusing", peers.AtOnce(said=0, lost=0, doubled=0, refused=8, unreadable=0)),
    ],
)
def test_entries_added_at_once_are_counted(
    name: str, expected: peers.AtOnce, tmp_path: Path
) -> None:
    counted = peers.at_once(tool(name, tmp_path), "1", tmp_path / "homes", adds=2, repeats=2)
    assert counted == expected


def test_an_entry_that_has_no_room_is_not_stored(tmp_path: Path) -> None:
    honest = tool("honest", tmp_path)
    counted = peers.full(honest, "1", tmp_path / "limit", (0, 64), peers.under_limit)
    assert (counted.tried, counted.said, counted.lost, counted.earlier) == (2, 1, 0, 0)


def test_escapes_that_a_listing_passes_on_are_told(tmp_path: Path) -> None:
    honest = tool("honest", tmp_path)
    assert peers.reach(honest, "1", tmp_path / "place") == ["colour, window title"] * 2
