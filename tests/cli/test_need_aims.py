"""What a text needs takes less where using it is enough: on the shipped catalog."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Run


def test_a_shorter_path_is_told_where_using_it_is_enough(run: Run, shipped: Path) -> None:
    assert shipped.exists()
    said = "We fine-tune a model with LoRA."
    found = json.loads(run("need", said, "--json").out)
    assert found["aim"] == "understand"
    assert found["to_use"]["topics"] < len(found["steps"])
    lines = run("need", said).out.splitlines()
    [line] = [line for line in lines if line.startswith("Only to use it: ")]
    assert line.startswith(f"Only to use it: {found['to_use']['topics']} topics, ")
    again = run("need", said, "--aim", "use").out
    assert "Only to use it" not in again
    assert f"In all, to use it: {found['to_use']['topics']} topics" in again
