"""What goes wrong is told in one clear line, with the documented exit code and no traceback."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SMALL, Run
from tests.rights import unknown_user, without_rights


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        (
            ["show", "nonesuch"],
            3,
            "llmpath: No resource or topic 'nonesuch'.\n  Find it with: llmpath search nonesuch\n",
        ),
        (
            ["show", "addding"],
            3,
            "llmpath: No resource or topic 'addding'.\n  Did you mean adding?\n",
        ),
        (
            ["show", "reading-"],
            3,
            "llmpath: 'reading-' matches 2 entries.\n"
            "  reading-course  Reading aloud\n"
            "  reading-notes  Notes on letters\n"
            "  Use one of these ids.\n",
        ),
        (
            ["done", "7"],
            3,
            "llmpath: No list in this terminal yet to take number 7 from.\n  Run: llmpath next\n",
        ),
        (["nxt"], 2, "llmpath: No command 'nxt'.\n  Did you mean next?\n"),
        (["next", "--foo"], 2, "llmpath: No such option: --foo\n  See: llmpath next --help\n"),
        (
            ["next", "-m", "soon"],
            2,
            "llmpath: 'soon' is not a length of time.\n  Write it as 30, 30m, 1h30 or 1.5h.\n",
        ),
        (
            ["next", "--kind", "song"],
            2,
            "llmpath: Invalid value for '--kind' / '-k': 'song' is not one of 'article', 'paper',"
            " 'video', 'course', 'book', 'docs', 'notebook', 'repo', 'tool', 'dataset', 'model',"
            " 'project', 'leaderboard'.\n  See: llmpath next --help\n",
        ),
        (
            ["next", "--track", "zebra"],
            3,
            "llmpath: No track 'zebra'.\n  Choose from: numbers, letters.\n",
        ),
        (["show"], 2, "llmpath: Missing argument 'NAME'.\n  See: llmpath show --help\n"),
        (
            ["done", "counting-video", "--rating", "9"],
            2,
            "llmpath: Invalid value for '--rating' / '-r': 9 is not in the range 1<=x<=5.\n"
            "  See: llmpath done --help\n",
        ),
        (
            ["--user", "zoe", "next"],
            3,
            "llmpath: No learner 'zoe'.\n  Add them with: llmpath user add zoe\n",
        ),
        (
            ["next", "--user", "zoe"],
            3,
            "llmpath: No learner 'zoe'.\n  Add them with: llmpath user add zoe\n",
        ),
        (
            ["config", "set", "next.count", "many"],
            2,
            "llmpath: next.count takes a whole number, not 'many'.\n",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_gets_a_line_and_a_next_step(
    process: Run, command: list[str], code: int, message: str
) -> None:
    ran = process(*command, code=code)
    assert (ran.out, ran.err) == ("", message)


def test_a_broken_catalog_is_named_with_line_and_column(
    process: Run, tmp_path: Path, data: Path
) -> None:
    shutil.copytree(SMALL, tmp_path / "mine")
    roadmap = tmp_path / "mine" / "roadmap.yaml"
    text = roadmap.read_text(encoding="utf-8")
    roadmap.write_text(text.replace("module: sums", "module: summs"), encoding="utf-8")
    ran = process("next", code=4, environ={"LLMPATH_CATALOG": str(tmp_path / "mine")})
    assert ran.err == (
        "llmpath: The catalog has 1 problem.\n"
        f"  {roadmap}:28:13: no module 'summs'. Did you mean 'sums'?\n"
    )
    assert not data.exists()


@pytest.mark.usefixtures("small")
def test_a_catalog_broken_later_leaves_the_last_good_one_in_use(
    process: Run, tmp_path: Path
) -> None:
    shutil.copytree(SMALL, tmp_path / "mine")
    (tmp_path / "mine" / "resources.yaml").write_text("resources: [}", encoding="utf-8")
    ran = process("next", environ={"LLMPATH_CATALOG": str(tmp_path / "mine")})
    assert ran.out.startswith("What to study next\n")
    assert ran.err.splitlines() == [
        "The catalog has errors; the last good one stays in use. The first:"
        f" {tmp_path}/mine/resources.yaml:1:13: not valid YAML: a value is missing here. Add it,"
        " or remove the comma or bracket.",
        "See all with: llmpath catalog validate",
    ]


def test_a_read_only_folder_can_be_read_but_not_written(process: Run, small: Path) -> None:
    process("done", "counting-video")
    small.parent.chmod(0o555)
    small.chmod(0o444)
    read = process("roadmap", prefix=without_rights())
    assert read.err == ""
    assert "The basics                                          1/1" in read.out
    write = process("done", "reading-notes", code=5, prefix=without_rights())
    small.parent.chmod(0o700)
    assert write.out == ""
    assert write.err == (
        f"llmpath: Cannot write to {small}: the file or its folder is read-only.\n"
        "  Nothing was changed. Set LLMPATH_HOME to a folder you can write to.\n"
    )


def as_by_an_older_version(database: Path) -> None:
    """Give the derived tables the form that an earlier version of llmpath made them in."""
    connection = sqlite3.connect(database)
    connection.execute("ALTER TABLE resource DROP COLUMN language")
    connection.execute("UPDATE catalog_state SET value = '3:' || substr(value, 3)")
    connection.commit()
    connection.close()


def test_a_catalog_in_an_older_form_is_rebuilt(process: Run, small: Path) -> None:
    process("done", "counting-video")
    as_by_an_older_version(small)
    ran = process("show", "counting-video", "--json")
    assert ran.err == ""
    shown = json.loads(ran.out)
    assert (shown["language"], shown["status"]) == ("English", "done")


def test_a_catalog_in_an_older_form_is_no_last_good_one(
    process: Run, small: Path, tmp_path: Path
) -> None:
    process("done", "counting-video")
    as_by_an_older_version(small)
    before = small.read_bytes()
    shutil.copytree(SMALL, tmp_path / "mine")
    elsewhere = {"LLMPATH_CATALOG": str(tmp_path / "mine")}
    roadmap = tmp_path / "mine" / "roadmap.yaml"
    text = roadmap.read_text(encoding="utf-8")
    roadmap.write_text(text.replace("module: sums", "module: summs"), encoding="utf-8")
    assert process("next", code=4, environ=elsewhere).err == (
        "llmpath: The catalog has 1 problem.\n"
        f"  {roadmap}:28:13: no module 'summs'. Did you mean 'sums'?\n"
    )
    roadmap.unlink()
    assert process("next", code=5, environ=elsewhere).err == (
        f"llmpath: The catalog cannot be read (its files are missing in {tmp_path / 'mine'}),"
        " and the one in use was built by another version of llmpath.\n"
        "  Put the files back, or set LLMPATH_CATALOG to another folder.\n"
    )
    small.parent.chmod(0o555)
    small.chmod(0o444)
    ran = process("next", code=5, prefix=without_rights())
    small.parent.chmod(0o700)
    assert (ran.out, ran.err) == (
        "",
        "llmpath: The catalog in use was built by another version of llmpath, and the"
        " database cannot be written to now.\n"
        "  Run llmpath next where it can be written to, or set LLMPATH_HOME to a copy.\n",
    )
    assert small.read_bytes() == before


def test_no_database_can_be_made_in_a_read_only_home(process: Run, home: Path, data: Path) -> None:
    home.chmod(0o555)
    ran = process("next", code=5, prefix=without_rights())
    assert ran.err == (
        f"llmpath: Cannot create {data}/llmpath.db: Permission denied.\n"
        "  Set LLMPATH_HOME to a folder you can write to.\n"
    )


@pytest.mark.usefixtures("shipped")
def test_a_closed_pipe_is_no_failure() -> None:
    command = f"{sys.executable} -m llmpath list --limit 0"
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -1; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert lines[1] == "0"
    assert done.stderr == ""


@pytest.mark.usefixtures("small")
def test_an_output_that_cannot_be_written_is_a_failure(process: Run) -> None:
    done = subprocess.run(
        f"{sys.executable} -m llmpath next > /dev/full",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "llmpath: No space left on device.\n"


def test_no_home_at_all_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.delenv("HOME")
    monkeypatch.delenv("LLMPATH_HOME")
    monkeypatch.setattr("pwd.getpwuid", nobody)  # as in a container with an unknown uid
    assert run("next", code=5).err == (
        "llmpath: There is no home directory to keep your progress in.\n"
        "  Set LLMPATH_HOME to a folder you own.\n"
    )


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
@pytest.mark.usefixtures("shipped")
def test_a_locale_without_our_signs_works(process: Run, environ: dict[str, str]) -> None:
    for command in (["roadmap", "--all"], ["list", "--limit", "0"], ["show", "attention"]):
        ran = process(*command, environ=environ)
        assert ran.out
        assert ran.err == ""


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("columns", ["20", "1", "1000", "nonsense"])
def test_any_width_works(process: Run, columns: str) -> None:
    for command in ([], ["next"], ["roadmap"], ["show", "adding"], ["list"]):
        ran = process(*command, environ={"COLUMNS": columns})
        limit = {"1000": 100, "nonsense": 100}.get(columns, 20)
        assert max(len(line) for line in ran.out.splitlines()) <= max(limit, 36)


@pytest.mark.usefixtures("small")
def test_closed_streams_lose_nothing(data: Path) -> None:
    program = f"{sys.executable} -m llmpath"
    subprocess.run(f"{program} done counting-video <&- >&- 2>&-", shell=True, check=False)
    done = subprocess.run(
        f"{program} list --status done --json", shell=True, capture_output=True, check=True
    )
    assert b"counting-video" in done.stdout


@pytest.mark.usefixtures("home")
def test_an_unknown_uid_is_called_learner(process: Run) -> None:
    prefix = unknown_user()
    name = "learner" if prefix else pwd.getpwuid(os.getuid()).pw_name
    assert process("user", environ={"LOGNAME": None}, prefix=prefix).out.split()[1] == name


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_catalog_without_end_is_no_catalog(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    catalog = tmp_path / "endless"
    shutil.copytree(SMALL, catalog)
    monkeypatch.setenv("LLMPATH_CATALOG", str(catalog))
    first = run("next").out
    (catalog / "resources.yaml").unlink()
    if kind == "pipe":
        os.mkfifo(catalog / "resources.yaml")
    else:
        (catalog / "resources.yaml").symlink_to("/dev/zero")
    ran = run("next")
    assert ran.out == first
    assert "the last good one stays in use" in ran.err
