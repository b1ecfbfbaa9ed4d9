"""What is written in an editor is a draft until it is stored: no failure loses it."""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import signal
import sqlite3
import stat
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from llmpath.actions import notes
from llmpath.actions.workspace import Workspace
from llmpath.cli import editor as editing
from llmpath.errors import UsageError
from tests.conftest import Ran, Run
from tests.terminals import on_terminal

pytestmark = pytest.mark.usefixtures("small")
HEAD = """import os, signal, subprocess, sys
path = sys.argv[-1]
llmpath = [sys.executable, '-m', 'llmpath']
"""
WRITE = "open(path, 'w').write('First.\\n    code\\n')\n"
Editor = Callable[..., Path]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Make a program the learner's editor: Python, in which `path` is the file."""

    def editor(body: str, name: str = "ed") -> Path:
        path = tmp_path / name
        path.write_text(f"#!{sys.executable}\n{HEAD}{body}", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(path))
        return path

    return editor


@pytest.fixture
def seated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the input be a terminal's, for commands of this process."""
    monkeypatch.setattr(editing, "is_terminal", lambda: True)


def kept(data: Path) -> list[str]:
    """Return the texts of the drafts, after a look at their rights."""
    folder = data / "drafts"
    if not folder.exists():
        return []
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} <= {0o600}
    return [one.read_text(encoding="utf-8") for one in sorted(folder.glob("[!.]*.md"))]


def bodies(run: Run) -> list[str]:
    return [note["body"] for note in json.loads(run("notes", "--json").out)["notes"]]


def told_where(ran: Ran, data: Path, command: str) -> Path:
    """Return the draft that *ran* tells of, with the command that continues it."""
    (path,) = (data / "drafts").glob("[!.]*.md")
    assert f"  Your text is kept in {path}\n  To continue it: {command}\n" in ran.err
    return path


@pytest.mark.usefixtures("seated")
def test_a_text_is_stored_and_its_draft_is_gone(run: Run, editor: Editor, data: Path) -> None:
    editor(WRITE)
    assert run("note", "counting").out == "Note 1 on Counting\n"
    assert bodies(run) == ["First.\n    code"]
    assert list((data / "drafts").iterdir()) == []


@pytest.mark.usefixtures("seated")
def test_a_locked_database_keeps_the_text(
    run: Run, editor: Editor, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "counting", "so that there is a learner")
    editor(WRITE)
    monkeypatch.setattr("llmpath.store.database.connection.PATIENCE", 0)
    holder = sqlite3.connect(data / "llmpath.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    ran = run("note", "adding", code=5)
    holder.close()
    path = told_where(ran, data, "llmpath note adding")
    assert kept(data) == ["First.\n    code\n"]
    shown = run("notes", "adding").out
    assert "Unsaved drafts\n  Adding, " in shown
    assert f"2 lines\n    First.\n    llmpath note adding\n    {path}\n" in shown
    (one,) = json.loads(run("notes", "--json").out)["drafts"]
    assert (one["target"], one["number"], one["text"]) == ("adding", None, "First.\n    code\n")
    assert "Unsaved" not in run("notes", "counting").out


def test_a_piped_text_is_kept_and_goes_once_it_is_stored(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def piped(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    def broken(*_: object) -> int:
        raise OverflowError("Python int too large to convert to SQLite INTEGER")

    with monkeypatch.context() as patch:
        patch.setattr("llmpath.store.learner.journal.number", broken)
        piped("Twenty minutes.\n")
        path = told_where(run("note", "adding", code=1), data, "llmpath note adding")
    assert "There is an unsaved draft of " in run("note", "adding", "something else").err
    piped(path.read_text(encoding="utf-8"))
    run("note", "adding")
    assert kept(data) == []


@pytest.mark.usefixtures("seated")
def test_a_fault_of_our_own_keeps_the_text(
    run: Run, editor: Editor, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise OverflowError("Python int too large to convert to SQLite INTEGER")

    editor(WRITE)
    monkeypatch.setattr("llmpath.store.learner.journal.number", broken)
    told_where(run("note", "counting", code=1), data, "llmpath note counting")


@pytest.mark.usefixtures("seated")
@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (f"{WRITE}sys.exit(3)", 2, "The editor exited with code 3; nothing was stored."),
        (f"{WRITE}os.kill(os.getpid(), 9)", 2, "The editor was ended by SIGKILL;"),
        ("open(path, 'wb').write(b'caf\\xe9')", 4, ":1:4: not UTF-8 from here on."),
        (f"{WRITE}os.kill(os.getppid(), 15); signal.pause()", 143, "Stopped by SIGTERM;"),
        ("open(path, 'w').write('x' * 1_000_001)", 2, "at most 1,000,000 are kept."),
    ],
)
def test_an_editor_that_ends_badly_keeps_the_text(
    run: Run, editor: Editor, data: Path, body: str, code: int, message: str
) -> None:
    editor(body)
    ran = run("note", "counting", code=code)
    assert message in ran.err
    told_where(ran, data, "llmpath note counting")
    assert bodies(run) == []


@pytest.mark.usefixtures("seated")
@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(1)",
        "os.unlink(path)",
        "open(path, 'w').write(' \\n')",
        "os.unlink(path); os.mkfifo(path)",
    ],
)
def test_nothing_written_leaves_no_draft(run: Run, editor: Editor, data: Path, body: str) -> None:
    editor(body, "vim")
    run("note", "counting", code=2)
    assert kept(data) == []
    assert list((data / "drafts").iterdir()) == []


@pytest.mark.usefixtures("seated")
@pytest.mark.parametrize(
    ("data_written", "body"),
    [
        (b"\xef\xbb\xbfone\r\ntwo\r\n", "one\ntwo"),
        ("\ufeffgrün\n".encode("utf-16-le"), "grün"),
    ],
)
def test_marks_and_line_ends_of_editors_are_read(
    run: Run, editor: Editor, data_written: bytes, body: str
) -> None:
    editor(f"open(path, 'wb').write({data_written!r})")
    run("note", "counting")
    assert bodies(run) == [body]


@pytest.mark.usefixtures("seated")
def test_a_file_replaced_by_a_rename_is_read_by_its_name(run: Run, editor: Editor) -> None:
    editor("open(path + '~', 'w').write('Atomic.'); os.replace(path + '~', path)")
    run("note", "counting")
    assert bodies(run) == ["Atomic."]


def test_a_killed_program_leaves_its_draft_and_the_next_one_continues_it(
    editor: Editor, data: Path, run: Run
) -> None:
    editor(f"{WRITE}os.kill(os.getppid(), 9)")
    on_terminal("note", "counting")
    assert kept(data) == ["First.\n    code\n"]
    editor("text = open(path).read(); open(path, 'w').write(text + 'Second.\\n')")
    shown = on_terminal("note", "counting", typed=["y"])
    assert "(2 lines). Continue it? [Y/n, or d to delete it] y" in shown.screen
    assert bodies(run) == ["First.\n    code\nSecond."]
    assert kept(data) == []


def test_a_draft_that_is_not_continued_stays_until_it_is_deleted(
    editor: Editor, data: Path, run: Run
) -> None:
    editor(f"{WRITE}sys.exit(1)")
    on_terminal("note", "counting")
    editor("open(path, 'w').write('Afresh.')")
    on_terminal("note", "counting", typed=["n"])
    assert (bodies(run), kept(data)) == (["Afresh."], ["First.\n    code\n"])
    assert on_terminal("note", "counting").code == 130  # no answer: nothing happens
    on_terminal("note", "counting", typed=["d"])
    assert (bodies(run), kept(data)) == (["Afresh.", "Afresh."], [])


@pytest.mark.usefixtures("seated")
def test_a_draft_somebody_works_on_is_not_offered(run: Run, editor: Editor, data: Path) -> None:
    editor(
        f"{WRITE}said = subprocess.run([*llmpath, 'note', 'counting', 'Meanwhile.'],"
        " capture_output=True)\nassert not said.stderr and said.returncode == 0, said\n"
    )
    run("note", "counting")
    assert bodies(run) == ["Meanwhile.", "First.\n    code"]


@pytest.mark.usefixtures("seated")
@pytest.mark.parametrize(
    ("meanwhile", "message", "way"),
    [
        (
            "['--edit', '1', 'Theirs.']",
            "Note 1 was changed meanwhile; nothing was overwritten.",
            "To replace the note by it: llmpath note --edit 1 < ",
        ),
        (
            "['--delete', '1']",
            "Note 1 was deleted meanwhile; nothing was changed.",
            "To add it as a new note: llmpath note counting < ",
        ),
    ],
)
def test_two_editors_on_one_note_are_told_apart(
    run: Run, editor: Editor, data: Path, meanwhile: str, message: str, way: str
) -> None:
    run("note", "counting", "Ours.")
    editor(f"subprocess.run([*llmpath, 'note', *{meanwhile}], check=True)\n{WRITE}")
    ran = run("note", "--edit", "1", code=3 if "delete" in meanwhile else 1)
    assert ran.err.startswith(f"llmpath: {message}\n")
    (path,) = (data / "drafts").glob("[!.]*.md")
    assert f"  Your text is kept in {path}\n  {way}{path}\n" in ran.err
    assert bodies(run) == (["Theirs."] if "Theirs" in meanwhile else [])


@pytest.mark.usefixtures("seated")
def test_a_number_that_went_to_another_note_is_not_written_into(run: Run, editor: Editor) -> None:
    run("note", "counting", "Ours.")
    editor(
        "subprocess.run([*llmpath, 'note', '--delete', '1'], check=True)\n"
        f"subprocess.run([*llmpath, 'note', 'adding', 'Another.'], check=True)\n{WRITE}"
    )
    run("note", "--edit", "1", code=3)
    assert bodies(run) == ["Another."]


def test_a_draft_of_a_note_that_was_changed_is_stored_once_that_is_said(
    run: Run, editor: Editor, data: Path
) -> None:
    run("note", "counting", "Ours.")
    editor(f"subprocess.run([*llmpath, 'note', '--edit', '1', 'Theirs.'], check=True)\n{WRITE}")
    assert on_terminal("note", "--edit", "1").code == 1
    editor("open(path, 'a').write('Seen.\\n')")
    shown = on_terminal("note", "--edit", "1", typed=["y"])
    assert "Note 1 was changed since; storing this replaces it." in shown.screen
    assert (bodies(run), kept(data)) == (["First.\n    code\nSeen."], [])


@pytest.mark.usefixtures("seated")
def test_a_learner_who_was_removed_meanwhile_gets_no_note(
    run: Run, editor: Editor, data: Path
) -> None:
    run("note", "counting", "Ours.")
    editor(f"subprocess.run([*llmpath, 'user', 'remove', 'ada', '--yes'], check=True)\n{WRITE}")
    ran = run("note", "counting", code=3)
    assert ran.err.startswith("llmpath: The learner 'ada' was removed meanwhile.\n")
    told_where(ran, data, "llmpath note counting")


@pytest.mark.usefixtures("seated")
def test_an_unchanged_text_is_no_change(run: Run, editor: Editor, data: Path) -> None:
    run("note", "counting", "Ours.")
    editor("", "vim")
    assert run("note", "--edit", "1").out == "Nothing to change\n"
    assert list((data / "drafts").iterdir()) == []


def test_a_note_is_of_the_moment_it_is_stored() -> None:
    environ = {**os.environ, "LLMPATH_NOW": "2026-03-10T18:30:00+00:00"}
    w = Workspace(environ=environ)

    def write(task: notes.Task) -> notes.Written:
        w.pause()
        environ["LLMPATH_NOW"] = "2026-03-10T18:50:00+00:00"
        return notes.Written("Twenty minutes.")

    notes.add(w, "counting", write)
    (note,) = notes.notebook(w, []).notes
    assert note.created_at == "2026-03-10T18:50:00+00:00"
    w.close()


@pytest.mark.usefixtures("seated")
def test_an_editor_that_returns_at_once_gets_a_hint_and_keeps_its_file(
    run: Run, editor: Editor, data: Path
) -> None:
    path = editor("", "code")
    ran = run("note", "counting", code=2)
    assert f'make it wait until you close that: EDITOR="{path} --wait"\n' in ran.err
    (draft,) = (data / "drafts").glob("[!.]*.md")
    assert "Unsaved" not in run("notes").out  # nothing is in it yet
    draft.write_text("Written in the window.", encoding="utf-8")
    assert "Written in the window." in run("notes").out
    run("note", "adding", "x")
    run("note", "--edit", "1")  # the same, and nothing to change
    assert bodies(run) == ["x"]


@pytest.mark.usefixtures("seated")
def test_a_dry_run_opens_no_editor(run: Run, editor: Editor, data: Path) -> None:
    editor(WRITE)
    ran = run("note", "counting", "--dry-run", code=2)
    assert ran.err.startswith("llmpath: A dry run opens no editor: ")
    assert kept(data) == []


@pytest.mark.usefixtures("seated")
def test_who_is_erased_leaves_no_drafts(run: Run, editor: Editor, data: Path) -> None:
    editor(f"{WRITE}sys.exit(1)")
    run("note", "counting", code=2)
    run("user", "add", "bob")
    run("user", "remove", "ada", "--yes")
    run("user", "remove", "ada", "--erase", "--yes")
    assert list((data / "drafts").iterdir()) == []


def controlled(*words: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start a command on a terminal that is its own, so that Ctrl-C typed there is a signal."""
    ours, theirs = pty.openpty()

    def own() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)  # whoever runs the tests may ignore them

    started = subprocess.Popen(
        [sys.executable, "-m", "llmpath", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=own,
    )
    os.close(theirs)
    return started, ours


def screen(terminal: int, until: bytes = b"") -> bytes:
    """Return what is on the *terminal*, to its end or *until* something is there."""
    shown = b""
    while not until or until not in shown:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    return shown


@pytest.mark.parametrize("survives", [True, False])
def test_ctrl_c_is_for_the_editor(run: Run, editor: Editor, data: Path, survives: bool) -> None:
    # It ends in the handler: Ctrl-C may come before the pause.
    caught = "lambda *_: sys.exit(open(path, 'a').write('Caught.') * 0)"
    editor(
        f"{WRITE}signal.signal(signal.SIGINT, {caught if survives else 'signal.SIG_DFL'})\n"
        "sys.stdout.write('ready'); sys.stdout.flush(); signal.pause()\n"
    )
    started, terminal = controlled("note", "counting")
    screen(terminal, b"ready")
    os.write(terminal, b"\x03")
    shown = screen(terminal).decode().replace("\r\n", "\n")
    assert started.wait() == (0 if survives else 2), shown
    os.close(terminal)
    if survives:
        assert (bodies(run), kept(data)) == (["First.\n    code\nCaught."], [])
    else:
        assert "The editor was ended by SIGINT; nothing was stored." in shown
        assert (bodies(run), kept(data)) == ([], ["First.\n    code\n"])


def test_a_closed_terminal_loses_nothing(editor: Editor, data: Path) -> None:
    editor(f"{WRITE}sys.stdout.write('ready'); sys.stdout.flush(); signal.pause()\n")
    started, terminal = controlled("note", "counting")
    screen(terminal, b"ready")
    os.close(terminal)
    assert started.wait() == 128 + signal.SIGHUP
    assert kept(data) == ["First.\n    code\n"]


@pytest.mark.usefixtures("seated")
def test_what_is_typed_up_to_ctrl_c_is_kept(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Typing(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            line = self.readline()
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Typing(b"Half a\nthought.\n")))
    ran = run("note", "counting", "-", code=130)
    assert ran.err.startswith("Type the note, and end it with Ctrl-D on a line of its own.\n")
    told_where(ran, data, "llmpath note counting")
    assert kept(data) == ["Half a\nthought.\n"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{}", ["{}"]),
        ("'{}' --wait", ["{}", "--wait"]),
        ("~/my\\ dir/ed -x", ["{}", "-x"]),
        ('"$HOME/my dir/ed"', ["{}"]),
        ("~/my dir/ed", ["{}"]),
    ],
)
def test_an_editor_may_have_spaces_in_its_path(home: Path, value: str, words: list[str]) -> None:
    from llmpath.cli.editors import command

    path = home / "my dir" / "ed"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    assert command({"EDITOR": value.format(path)}) == [one.format(path) for one in words]


def test_the_visual_editor_comes_first_and_a_missing_one_is_told(home: Path) -> None:
    from llmpath.cli.editors import command

    assert command({"VISUAL": "true -x", "EDITOR": "false"}) == ["true", "-x"]
    assert command({"VISUAL": " ", "EDITOR": "false"}) == ["false"]
    for value in ("nosuch --wait", "'true"):
        with pytest.raises(UsageError) as refused:
            command({"EDITOR": value})
        assert "EDITOR" in refused.value.message
        assert "pass the text" in refused.value.hint


def test_without_a_setting_an_editor_that_is_there_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from llmpath.cli.editors import command

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="There is no editor to write in"):
        command({})
    (tmp_path / "nano").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "nano").chmod(0o755)
    assert command({}) == ["nano"]


@pytest.mark.usefixtures("seated")
def test_the_command_that_continues_is_for_the_same_learner(
    run: Run, editor: Editor, data: Path
) -> None:
    run("user", "add", "bob jay")
    editor(f"{WRITE}sys.exit(1)")
    ran = run("--user", "bob jay", "note", "counting", code=2)
    told_where(ran, data, "llmpath --user 'bob jay' note counting")
    assert json.loads(run("--user", "bob jay", "notes", "--json").out)["drafts"][0]["command"] == (
        "llmpath --user 'bob jay' note counting"
    )


@pytest.mark.usefixtures("seated")
def test_what_a_killed_command_left_of_a_draft_goes_with_who_is_erased(
    run: Run, editor: Editor, data: Path
) -> None:
    editor(f"{WRITE}sys.exit(1)")
    run("note", "counting", code=2)
    (draft,) = (data / "drafts").glob("*.md")
    (data / "drafts" / f".{draft.name}.0123456789abcdef.new").touch()
    draft.unlink()  # and what it began with is left, hidden
    run("user", "add", "bob")
    run("user", "remove", "ada", "--yes")
    run("user", "remove", "ada", "--erase", "--yes")
    assert list((data / "drafts").iterdir()) == []
