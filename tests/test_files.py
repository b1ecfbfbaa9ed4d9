"""One writer for all files: what it keeps, what it refuses, and that nothing goes past it."""

from __future__ import annotations

import ast
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from llmpath import files
from llmpath.actions import configuration
from llmpath.actions.workspace import Workspace
from tests.conftest import ROOT, Run

SOURCE = ROOT / "src" / "llmpath"
# What opens a file for writing, or puts one into another's place, by the name it is called by.
WRITERS = {
    *("write_text", "write_bytes", "touch", "symlink_to", "hardlink_to"),
    *("rename", "replace_file", "copy2", "copyfile", "copytree", "move", "mkstemp"),
    *("NamedTemporaryFile", "TemporaryDirectory", "mkdtemp"),
}
OTHERS = {("formatter", "write_text"), ("learners", "rename"), ("members", "rename")}  # no files
OF_OS = {"replace", "link", "rename", "symlink", "truncate", "mkfifo", "open"}


def writes(path: Path) -> Iterator[str]:
    """Yield the calls in the module at *path* that write files by themselves."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        owner = getattr(getattr(called, "value", None), "id", "")
        if (owner, name) in OTHERS:
            continue
        flags = {
            one.attr for arg in node.args for one in ast.walk(arg) if isinstance(one, ast.Attribute)
        }
        if name == "open" and owner == "os" and not flags & {"O_WRONLY", "O_RDWR", "O_CREAT"}:
            continue
        if name in WRITERS or (owner == "os" and name in OF_OS):
            yield f"{path.name}:{node.lineno}: {name}"
        elif name == "open":
            modes = [*node.args, *(word.value for word in node.keywords if word.arg == "mode")]
            said = [one.value for one in modes if isinstance(one, ast.Constant)]
            if any(isinstance(one, str) and set(one) & set("wax+") for one in said):
                yield f"{path.name}:{node.lineno}: open for writing"


def test_nothing_else_opens_a_file_for_writing() -> None:
    found = {str(path.relative_to(SOURCE)): list(writes(path)) for path in SOURCE.rglob("*.py")}
    assert found.pop("files.py")  # so the look sees what it looks for
    assert {name: calls for name, calls in found.items() if calls} == {}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=["report", "export", "backup"])
def output(request: pytest.FixtureRequest, run: Run, small: Path) -> Callable[..., Any]:
    """Return what runs a command with -o and a file."""
    assert small.exists()
    run("note", "counting", "a note")
    words = {"report": ["report"], "export": ["export", "json"], "backup": ["backup"]}
    command = words[request.param]

    def give(path: Path | str, code: int = 0) -> Any:
        return run(*command, "-o", str(path), code=code)

    return give


def test_a_new_file_is_private_whatever_the_umask(
    output: Callable[..., Any], tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        output(tmp_path / "new")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == 0o600


@pytest.mark.parametrize("kept", [0o600, 0o640, 0o664])
def test_a_file_keeps_its_mode(output: Callable[..., Any], tmp_path: Path, kept: int) -> None:
    path = tmp_path / "there"
    path.touch()
    path.chmod(kept)
    output(path)
    assert path.stat().st_size > 0
    assert mode(path) == kept


def test_a_link_stays_and_what_it_leads_to_is_written(
    output: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "far").mkdir()
    real = tmp_path / "far" / "real"
    first, second = tmp_path / "first", tmp_path / "far" / "second"
    first.symlink_to("far/second")
    second.symlink_to("real")
    output(first)
    assert first.is_symlink()
    assert second.is_symlink()
    assert real.is_file()
    assert not real.is_symlink()


def test_hard_links_stay_one_file(output: Callable[..., Any], tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.touch()
    two.hardlink_to(one)
    output(one)
    assert one.samefile(two)
    assert two.stat().st_size > 0


def test_a_pipe_is_written_through(output: Callable[..., Any], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    output(pipe)
    reader.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert len(got[0]) > 100
    assert [one.name for one in tmp_path.glob("pipe*")] == ["pipe"]


def test_a_device_stays_a_device(output: Callable[..., Any]) -> None:
    output("/dev/null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.parametrize("which", ["llmpath.db", "llmpath.db-wal", "llmpath.db-journal"])
@pytest.mark.parametrize("how", ["plainly", "by a link", "by another path"])
def test_own_data_is_never_written_over(
    output: Callable[..., Any], small: Path, tmp_path: Path, which: str, how: str
) -> None:
    own = small.with_name(which)
    before = small.read_bytes()
    named = own
    if how == "by a link":
        named = tmp_path / "link"
        named.symlink_to(own)
    elif how == "by another path":
        named = own.parent / ".." / own.parent.name / own.name
    ran = output(named, code=2)
    assert (
        ran.err == f"llmpath: {named} is part of your own llmpath data.\n  Choose another file.\n"
    )
    assert small.read_bytes() == before


def test_a_hard_link_to_own_data_is_own_data(
    output: Callable[..., Any], small: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").hardlink_to(small)
    assert "part of your own" in output(tmp_path / "other", code=2).err


def test_a_backup_that_stands_is_not_written_over_by_something_else(
    output: Callable[..., Any], run: Run, small: Path
) -> None:
    run("backup")
    (kept,) = (one for one in (small.parent / "backups").glob("llmpath-*-*-*-*.db"))
    before = kept.read_bytes()
    assert "part of your own" in output(kept, code=2).err
    assert kept.read_bytes() == before


def test_a_folder_is_no_file(output: Callable[..., Any], tmp_path: Path) -> None:
    ran = output(tmp_path, code=2)
    assert ran.err.splitlines()[0] == f"llmpath: {tmp_path} is a folder."
    assert output("", code=2).err == "llmpath: -o needs the name of a file.\n"
    assert list(tmp_path.glob(".*")) == []


def test_a_circle_of_links_is_told(output: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    ran = output(tmp_path / "a", code=5)
    assert "Too many levels of symbolic links" in ran.err


def test_a_name_too_long_is_told(output: Callable[..., Any], tmp_path: Path) -> None:
    assert "File name too long" in output(tmp_path / ("n" * 300), code=5).err
    output(tmp_path / ("ñ" * 120))  # 240 bytes, and so is no name of an unfinished file beside it


def test_a_dash_is_stdout(run: Run, small: Path, tmp_path: Path) -> None:
    assert small.exists()
    assert run("report", "-o", "-").out == run("report").out
    assert run("export", "json", "-o", "-").out.startswith("{")
    assert not (Path.cwd() / "-").exists()
    assert list(tmp_path.glob("-")) == []


def test_a_backup_replaces_a_backup_and_nothing_else(run: Run, small: Path, tmp_path: Path) -> None:
    assert small.exists()
    thesis, kept = tmp_path / "thesis.tex", tmp_path / "kept.db"
    thesis.write_text("years of work", encoding="utf-8")
    ran = run("backup", "-o", str(thesis), code=2)
    assert ran.err.startswith(f"llmpath: {thesis} is no backup of llmpath.")
    assert thesis.read_text(encoding="utf-8") == "years of work"
    run("backup", "-o", str(kept))
    run("note", "counting", "later")
    run("backup", "-o", str(kept))
    assert run("restore", str(kept), "-n").out.endswith("checksum and structure are ok\n")


def test_only_our_own_unfinished_files_of_long_ago_go(
    run: Run, small: Path, tmp_path: Path
) -> None:
    token = "0123456789abcdef"
    theirs = [".thesis.3999999.newest.tex", ".draft.2023.new", f".thesis.{token}.new"]
    ours = [f".llmpath.db.{token}.new", ".llmpath.db.39999.new-wal", f".config.toml.{token}.new"]
    for folder in (tmp_path, small.parent):
        for name in (*theirs, *ours):
            (folder / name).touch()
            os.utime(folder / name, (0, 0))
    fresh = small.with_name(f".llmpath.db.{token[::-1]}.new")
    fresh.touch()
    run("note", "counting", "one")
    run("undo")
    run("note", "counting", "two")  # makes the backup of the day
    run("backup", "-o", str(tmp_path / "b.db"))
    assert all((tmp_path / name).exists() for name in (*theirs, *ours))
    assert all((small.parent / name).exists() for name in theirs)
    assert [name for name in ours if (small.parent / name).exists()] == []
    assert fresh.exists()


def test_a_planted_link_at_a_checksum_leads_nowhere(run: Run, small: Path, tmp_path: Path) -> None:
    assert small.exists()
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    (tmp_path / "b.db.sha256").symlink_to(victim)
    run("backup", "-o", str(tmp_path / "b.db"))
    assert victim.read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / "b.db.sha256").is_symlink()


def test_an_attribute_goes_along(tmp_path: Path) -> None:
    path = tmp_path / "there"
    path.touch()
    try:
        os.setxattr(path, "user.mine", b"1")
    except (OSError, AttributeError):
        path.write_text("a disk without attributes", encoding="utf-8")
    files.write_file(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    if hasattr(os, "listxattr") and os.listxattr(path):
        assert os.getxattr(path, "user.mine") == b"1"


def test_two_terminals_keep_both_settings(data: Path) -> None:
    data.mkdir()
    environ = {"LLMPATH_HOME": str(data), "HOME": str(data)}
    names = ["next.count", "backup.daily", "backup.weekly", "plan.hours", "weight.core"]

    def change(name: str) -> None:
        configuration.change(Workspace(environ=environ), name, "3")

    for _ in range(8):
        (data / "config.toml").unlink(missing_ok=True)
        threads = [threading.Thread(target=change, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        values = Workspace(environ=environ).settings.values
        assert [values[name] for name in names] == [3, 3, 3, 3.0, 3.0]


def test_a_setting_goes_through_a_link_and_is_private(run: Run, data: Path, tmp_path: Path) -> None:
    data.mkdir()
    real = tmp_path / "dotfiles.toml"
    (data / "config.toml").symlink_to(real)
    run("config", "set", "next.count", "4")
    assert (data / "config.toml").is_symlink()
    assert real.read_text(encoding="utf-8") == "[next]\ncount = 4\n"
    assert mode(real) == 0o600


def test_a_quoted_key_is_the_setting_it_names(run: Run, data: Path) -> None:
    data.mkdir()
    file = data / "config.toml"
    file.write_text('"next.count" = 3\n', encoding="utf-8")
    assert run("config", "set", "next.count", "4").out == "next.count = 4\n"
    assert file.read_text(encoding="utf-8") == '"next.count" = 4\n'
    assert run("config", "unset", "next.count").out == "next.count = 5\n"
    assert file.read_text(encoding="utf-8") == ""


def test_what_an_environment_variable_overrides_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLMPATH_NEXT_COUNT", "2")
    ran = run("config", "set", "next.count", "4")
    assert ran.out == "next.count = 2\n"
    assert ran.err == "LLMPATH_NEXT_COUNT is set, and goes before the config file.\n"


def test_an_endless_file_is_not_read_to_its_end(run: Run) -> None:
    ran = run("import", "/dev/zero", code=4)
    assert ran.err == "llmpath: /dev/zero has over 268,435,456 bytes; at most that many are read.\n"
