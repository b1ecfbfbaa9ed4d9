"""All trials of faults, each with a quick share for the tests and its full count for the soak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.faults import (
    catalogs,
    clocks,
    damage,
    disks,
    fuzz,
    hostile,
    kills,
    migrating,
    neighbours,
    owners,
    power,
    scale,
    surroundings,
)
from tests.faults.place import Tally


class Trial(NamedTuple):
    """A fault, tried in a folder: a little of it, and all of it."""

    quick: Callable[[Path], Tally]
    full: Callable[[Path], Tally]


TRIALS = {
    "killed": Trial(
        lambda folder: kills.kills(folder, 20),
        lambda folder: kills.kills(folder, 200),
    ),
    "killed-first": Trial(
        lambda folder: kills.killed_beginnings(folder, 3),
        lambda folder: kills.killed_beginnings(folder, 50),
    ),
    "power": Trial(
        lambda folder: power.power_cuts(folder, power.QUICK, 12, 6),
        lambda folder: power.power_cuts(folder, tuple(power.COMMANDS), 80, 20),
    ),
    "disk-full": Trial(
        lambda folder: disks.full_disk(folder, 60),
        lambda folder: disks.full_disk(folder, 1),
    ),
    "fuzz": Trial(
        lambda folder: fuzz.fuzzed(folder, 150, 30),
        lambda folder: fuzz.fuzzed(folder, 10_000, 30),
    ),
    "owners": Trial(owners.owners, owners.owners),
    "locked": Trial(
        lambda folder: neighbours.locked(folder, 2),
        lambda folder: neighbours.locked(folder, 10),
    ),
    "terminals": Trial(
        lambda folder: neighbours.terminals(folder, 2, 12),
        lambda folder: neighbours.terminals(folder, 2, 200),
    ),
    "first-runs": Trial(
        lambda folder: neighbours.first_runs(folder, 2),
        lambda folder: neighbours.first_runs(folder, 50),
    ),
    "undo-against-done": Trial(
        lambda folder: neighbours.undo_against_done(folder, 5),
        lambda folder: neighbours.undo_against_done(folder, 100),
    ),
    "refused": Trial(
        lambda folder: damage.refused(folder, 4),
        damage.refused,
    ),
    "flipped": Trial(
        lambda folder: damage.flipped(folder, 3),
        lambda folder: damage.flipped(folder, 100),
    ),
    "migrations": Trial(
        lambda folder: migrating.interrupted_migrations(folder, 12),
        lambda folder: migrating.interrupted_migrations(folder, 1),
    ),
    "catalogs": Trial(
        lambda folder: catalogs.faulty_catalogs(folder, 4),
        catalogs.faulty_catalogs,
    ),
    "replaced-catalog": Trial(
        lambda folder: catalogs.replaced_catalog(folder, 3),
        lambda folder: catalogs.replaced_catalog(folder, 100),
    ),
    "surroundings": Trial(
        lambda folder: surroundings.surroundings(folder, 5),
        surroundings.surroundings,
    ),
    "clocks": Trial(clocks.clocks, clocks.clocks),
    "scale": Trial(
        lambda folder: scale.scale(folder, 1000, 100, 50_000),
        lambda folder: scale.scale(folder, 100_000, 5000, 10_000_000, 5),
    ),
    "hostile": Trial(
        lambda folder: hostile.refused(folder, 15),
        hostile.refused,
    ),
}
