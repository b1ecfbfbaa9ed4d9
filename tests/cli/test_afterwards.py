"""What failed after something was stored is not told as if nothing had happened."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from llmpath import kept
from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")
FULL = "sh", "-c", 'exec "$@" > /dev/full', "sh"
STORED = "llmpath: It was stored, but the output could not be written: No space left on device.\n"


@pytest.mark.parametrize(
    "words",
    [
        "note counting x",
        "done counting-video",
        "spent 5 counting-video",
        "goal adding",
        "know counting",
        "plan --to adding",
        "config set next.count 3",
        "user add bob",
        "backup",
    ],
)
def test_a_full_disk_behind_the_output_does_not_deny_what_is_stored(
    process: Run, words: str
) -> None:
    process("note", "adding", "so that there is a learner")
    ran = process(*words.split(), prefix=FULL, code=1)
    assert ran.err == f"{STORED}  There is no need to repeat the command.\n"


@pytest.mark.parametrize("words", ["next", "notes", "done counting-video -n", "undo -n"])
def test_what_stores_nothing_says_nothing_of_it(process: Run, words: str) -> None:
    process("note", "adding", "so that there is a learner")
    ran = process(*words.split(), prefix=FULL, code=1)
    assert ran.err.splitlines()[-1] == "llmpath: No space left on device."


def test_the_first_command_is_not_said_to_have_stored_what_nobody_asked_for(
    process: Run, data: Path
) -> None:
    data.joinpath("llmpath.db").unlink()
    ran = process("list", prefix=FULL, code=1)
    assert ran.err.endswith("llmpath: No space left on device.\n")


def test_a_fault_after_the_commit_does_not_say_that_data_is_unchanged(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("llmpath.actions.notes._stored", broken)
    ran = run("note", "counting", "x", code=1)
    assert ran.err == (
        "llmpath: unexpected error: ZeroDivisionError: a bug\n"
        "  What was done before that is stored. To see the details to report, set"
        " LLMPATH_DEBUG=1.\n"
    )
    ran = run("show", "nonesuch", code=3)
    assert "stored" not in ran.err
    assert not kept.something()


def test_answers_with_bad_bytes_are_asked_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(b"\xff\nn\n"), encoding="utf-8", errors="strict")
    monkeypatch.setattr(sys, "stdin", given)
    assert "Type , y, n" not in run("place").out


def test_an_endless_input_that_answers_nothing_ends(process: Run) -> None:
    ran = process("place", stdin="what\n" * 1000, code=2)
    assert ran.err.startswith("llmpath: None of these lines is an answer.\n")
