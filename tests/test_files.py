"""One writer for all files: what it keeps, what it refuses, and that nothing goes past it."""

from __future__ import annotations

import ast
import errno
import os
import shutil
import signal
import stat
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from llmpath import files
from llmpath.actions import configuration
from llmpath.actions.workspace import Workspace
from tests.conftest import ROOT, Run
from tests.terminals import on_terminal

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


def test_what_sqlite_has_beside_a_linked_database_is_no_output(
    output: Callable[..., Any], small: Path, tmp_path: Path
) -> None:
    real = tmp_path / "elsewhere" / "real.db"
    real.parent.mkdir()
    small.rename(real)
    small.symlink_to(real)
    for tail in ("", *files.BESIDE):
        said = output(f"{real}{tail}", code=2).err
        assert said.startswith(f"llmpath: {real}{tail} is part of your own llmpath data.")
    output(real.with_name("REAL.DB-wal"), code=2)  # which some disks take for the same name


def test_a_backup_behind_a_link_or_of_an_upgrade_is_no_output(
    output: Callable[..., Any], small: Path, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    shutil.rmtree(small.parent / "backups", ignore_errors=True)
    (small.parent / "backups").symlink_to(tmp_path / "stick")
    old = small.parent / "llmpath-before-version-5-from-1.db"
    for path in (tmp_path / "stick" / "llmpath-2026-03-09.db", old):
        shutil.copy(small, path)
        before = path.read_bytes()
        output(path, code=2)
        assert path.read_bytes() == before


def test_a_link_that_another_user_has_planted_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, mine = tmp_path / "shared", tmp_path / "mine"
    shared.mkdir()
    mine.write_text("a thesis", encoding="utf-8")
    (shared / "report.md").symlink_to(mine)
    monkeypatch.setattr(os, "geteuid", lambda: shared.stat().st_uid + 1)
    files.target(shared / "report.md")  # not everybody's folder
    shared.chmod(0o1777)
    files.target(shared / "report.md")  # whose folder it is may do so
    real = os.lstat

    def of_another(path: Any) -> Any:
        found = list(real(path))
        found[stat.ST_UID] += 2
        return os.stat_result(found)

    monkeypatch.setattr(os, "lstat", of_another)
    with pytest.raises(PermissionError, match="another user has put a link there"):
        files.write_file(shared / "report.md", "new")
    assert mine.read_text(encoding="utf-8") == "a thesis"


def test_a_name_that_ends_in_a_slash_is_no_file(output: Callable[..., Any], tmp_path: Path) -> None:
    said = output(f"{tmp_path}/new/", code=2).err
    assert "' is no name of a file." in said
    assert not (tmp_path / "new").exists()


def test_any_umask_leaves_files_to_their_owner(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        files.private_folder(tmp_path / "one" / "two")
        files.write_file(tmp_path / "one" / "two" / "file", "text")
    finally:
        os.umask(before)
    assert [mode(tmp_path / "one" / name) for name in (".", "two", "two/file")] == [
        0o700,
        0o700,
        0o600,
    ]


def test_where_there_is_no_room_the_content_of_a_hard_link_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("old", encoding="utf-8")
    two.hardlink_to(one)

    def full(number: int, start: int, size: int) -> None:
        os.ftruncate(number, size - 1)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(OSError, match="No space left"):
        files.write_file(one, "a longer text")
    assert two.read_text(encoding="utf-8") == "old"


def test_what_a_killed_command_was_building_goes_with_it(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, signal, sys; from llmpath import files\n"
        "with files.being_built(pathlib.Path(sys.argv[1])) as partial:\n"
        "    partial.with_name(partial.name + '-wal').touch()\n"
        "    os.kill(os.getpid(), signal.SIGTERM)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path / "report.md")], check=False)
    assert ended.returncode == -signal.SIGTERM
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == []


@pytest.mark.parametrize("name", ["llmpath-mine.2023.new", ".llmpath.2023.newest", "shopping"])
def test_folders_of_the_learner_are_not_swept(
    run: Run, small: Path, tmp_path: Path, name: str
) -> None:
    theirs = [tmp_path / "backups" / f".{name}", small.parent / "lists" / name]
    for path in theirs:
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.utime(path, (0, 0))
    run("note", "counting", "one")
    run("next")
    run("backup", "-o", str(tmp_path / "backups" / "mine.db"))
    assert all(path.exists() for path in theirs)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_settings_in_what_is_no_file_are_told_of(
    run: Run, data: Path, make: Callable[[Path], None]
) -> None:
    data.mkdir()
    make(data / "config.toml")
    assert "is no file with settings." in run("config", "set", "next.count", "3", code=4).err
    assert "is no file with settings." in run("config", "get", "next.count").err


def test_a_setting_is_not_sent_to_a_device(run: Run, data: Path) -> None:
    data.mkdir()
    (data / "config.toml").symlink_to(os.devnull)
    assert "keeps settings" in run("config", "set", "next.count", "3", code=5).err


def test_a_config_file_of_windows_is_read_and_keeps_its_line_ends(run: Run, data: Path) -> None:
    data.mkdir()
    file = data / "config.toml"
    file.write_bytes(b"\xef\xbb\xbf# mine\r\nnext.count = 4\r\n")
    assert run("config", "get", "next.count").out == "4\n"
    run("config", "set", "next.count", "3")
    assert file.read_bytes() == b"# mine\r\nnext.count = 3\r\n"
    file.write_bytes("next.count = 4".encode("utf-16"))
    assert f"{file} is not in UTF-8." in run("next", code=4).err


def test_what_a_folder_lets_others_do_is_not_given_to_a_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "there"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    all_of_them = ((1, 6, -1), (2, 6, 1001), (4, 4, -1), (16, 6, -1), (32, 0, -1))
    rights = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *one) for one in all_of_them)
    try:
        os.setxattr(tmp_path, "system.posix_acl_default", rights)
    except (OSError, AttributeError):
        path.write_text("a disk without such lists", encoding="utf-8")
    files.write_file(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert mode(path) == 0o640
    if hasattr(os, "listxattr"):
        assert "system.posix_acl_access" not in os.listxattr(path)


@pytest.mark.parametrize("command", [("import",), ("catalog", "validate")])
def test_a_terminal_is_read_until_its_end(command: tuple[str, ...]) -> None:
    ran = on_terminal(*command, "/dev/tty", typed=["not this\n\x04"])
    assert "unexpected" not in ran.screen
    assert ran.code == 4


def test_a_backup_is_no_output_of_another_command_and_takes_no_name_beside_it(
    run: Run, small: Path, tmp_path: Path
) -> None:
    assert small.exists()
    run("backup", "-o", str(tmp_path / "b.db"))
    ran = run("report", "-o", str(tmp_path / "b.db"), code=2)
    assert ran.err.startswith(f"llmpath: {tmp_path / 'b.db'} is a backup of your llmpath data.")
    (tmp_path / "x.sha256").write_text("mine", encoding="utf-8")
    ran = run("backup", "-o", str(tmp_path / "x"), code=2)
    assert "x.sha256 is no checksum of a backup" in ran.err
    assert (tmp_path / "x.sha256").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "x").exists()
    own = small.with_name("llmpath-2027.db")
    assert "part of your own" in run("report", "-o", str(own), code=2).err
