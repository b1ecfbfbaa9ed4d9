"""Calls made at random are always the same ones, reach every command, and are judged rightly."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmpath.cli.registry import COMMANDS
from tests.faults.forking import Call, Done, Forks, hand_over
from tests.faults.fuzz import CODES, Case, judged, leaves, made

CASE = Case(1, ["next"], {}, "/dev/null", "")


def kinds(code: int, out: bytes = b"", err: bytes = b"", case: Case = CASE) -> list[str]:
    """Return the kinds of faults in a call that ended so."""
    return [fault.kind for fault in judged(case, Done(code, out, err, 0.1, 50))]


def test_a_case_is_the_same_each_time_and_every_command_is_among_few() -> None:
    commands = leaves()
    assert {path[0] for path in commands if path} == set(COMMANDS)
    assert ("catalog", "diff") in commands
    assert [made(number, commands) for number in range(50)] == [
        made(number, commands) for number in range(50)
    ]
    asked = {word for number in range(1000) for word in made(number, commands).words}
    assert set(COMMANDS) <= asked
    assert "--dry-run" in asked


def test_what_is_told_in_a_line_is_no_fault() -> None:
    for code in CODES:
        assert kinds(code, err=b"llmpath: No topic 'x'.\n  See: llmpath roadmap\n") == []
    assert kinds(1, err=b"llmpath: /x: Permission denied.\n") == []
    assert kinds(0, out="Nächstes\n\tzwei\n".encode()) == []


@pytest.mark.parametrize(
    ("code", "out", "err", "kind"),
    [
        (1, b"", b"Traceback (most recent call last):\n  x\nValueError: y\n", "bug"),
        (1, b"", b"llmpath: unexpected error: ValueError: y\n  Your data ...\n", "bug"),
        (0, b"fine\n", b"Exception ignored in: <x>\n", "bug"),
        (1, b"half an answer\n", b"", "exit 1 without a word"),
        (3, b"", b"", "failed without a word"),
        (-1, b"", b"", "hangs"),
        (-11, b"", b"", "exit -11"),
        (0, b"a\x1b[31mb\n", b"", "obeyed by a terminal"),
        (2, b"", "llmpath: \u202eabc\n".encode(), "obeyed by a terminal"),
        (0, b"caf\xe9\n", b"", "not UTF-8"),
    ],
)
def test_what_a_learner_should_never_see_is_a_fault(
    code: int, out: bytes, err: bytes, kind: str
) -> None:
    assert kinds(code, out, err) == [kind]


def test_a_fault_is_told_as_a_line_that_a_shell_takes() -> None:
    case = Case(7, ["note", "\udcff\u202e", "it's"], {"TZ": "x y", "HOME": None}, "binary", "gone")
    assert case.told() == (
        "env TZ='x y' -u HOME llmpath note $'\\xff\\xe2\\x80\\xae' 'it'\"'\"'s' < binary > gone"
    )


def test_a_call_runs_in_surroundings_of_its_own(tmp_path: Path) -> None:
    work, said = tmp_path / "work", tmp_path / "said"
    for folder in (work, said):
        folder.mkdir()
        hand_over(folder)
    environ = {"HOME": str(work), "LLMPATH_HOME": "data", "LLMPATH_USER": "grace", "PATH": ""}
    forks = Forks(work, said, 60)
    try:
        for user in ("grace", "ada"):
            done = forks.run(Call(["user"], {**environ, "LLMPATH_USER": user}))
            assert done.code in (0, 3), done.err
            assert user in (done.out + done.err).decode()
        impatient = Forks(work, said, 0)
        assert impatient.run(Call(["doctor"], environ)).code == -1
        impatient.close()
    finally:
        forks.close()
    assert (work / "data" / "llmpath.db").exists()
