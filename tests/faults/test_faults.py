"""Every fault through real processes; `make soak` tries each of them more often."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.trials import TRIALS

# Elsewhere no command can be traced, as `make soak` says.
HERE = [name for name in TRIALS if name != "power" or sys.platform == "linux"]


@pytest.mark.parametrize("name", HERE)
def test_a_fault_loses_nothing_and_is_told_in_a_line(name: str, tmp_path: Path) -> None:
    tally = TRIALS[name].quick(tmp_path)
    assert tally.tried > 0
    assert tally.lost == 0
    assert tally.wrong == []
