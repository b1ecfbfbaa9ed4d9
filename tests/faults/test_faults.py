"""Every fault through real processes; `python -m bench.soak` tries each of them more often."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import (
    catalogs,
    clocks,
    damage,
    disks,
    kills,
    migrating,
    neighbours,
    owners,
    scale,
    surroundings,
)
from tests.faults.place import Tally

TRIALS = {
    "a killed command": lambda folder: kills.kills(folder, 20),
    "a killed first command": lambda folder: kills.killed_beginnings(folder, 3),
    "a full disk": lambda folder: disks.full_disk(folder, 60),
    "two terminals": lambda folder: neighbours.terminals(folder, 2, 12),
    "two first runs": lambda folder: neighbours.first_runs(folder, 2),
    "undo against done": lambda folder: neighbours.undo_against_done(folder, 5),
    "a locked database": lambda folder: neighbours.locked(folder, 2),
    "no rights": owners.owners,
    "odd surroundings": lambda folder: surroundings.surroundings(folder, 5),
    "no database of ours": lambda folder: damage.refused(folder, 4),
    "flipped bits": lambda folder: damage.flipped(folder, 3),
    "an interrupted migration": lambda folder: migrating.interrupted_migrations(folder, 12),
    "a faulty catalog": lambda folder: catalogs.faulty_catalogs(folder, 4),
    "a catalog replaced while in use": lambda folder: catalogs.replaced_catalog(folder, 3),
    "clocks and zones": clocks.clocks,
    "a great deal of data": lambda folder: scale.scale(folder, 1000, 100, 50_000),
}


@pytest.mark.parametrize("name", TRIALS)
def test_a_fault_loses_nothing_and_is_told_in_a_line(name: str, tmp_path: Path) -> None:
    tally: Tally = TRIALS[name](tmp_path)
    assert tally.tried > 0
    assert tally.lost == 0
    assert tally.wrong == []
