"""Start the learner's editor, let it have the terminal, and tell how it ended."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from llmpath.errors import LlmpathError, UsageError

USUAL = ("editor", "sensible-editor", "nano", "vim", "vi", "micro", "emacs", "notepad")
AT_ONCE = 2.0  # seconds within which nobody has written anything

# Editors with a window of their own, and how each is made to wait until that is closed.
_VSCODE = "code code-insiders codium vscodium code-oss cursor windsurf positron"
_JETBRAINS = "idea pycharm webstorm goland clion rubymine phpstorm rider studio"
_OTHERS = "subl sublime_text atom zed zeditor mate bbedit nova gedit xed"
_WAITING = {
    **dict.fromkeys(f"{_VSCODE} {_JETBRAINS} {_OTHERS}".split(), "--wait"),
    "gvim": "-f",
    "mvim": "-f",
    "neovide": "--no-fork",
    "gnome-text-editor": "--standalone",
    "kate": "--block",
    "mousepad": "--disable-server",
    "open": "-W -n -t",
}
_SAME = {
    "--wait": ("-w",),
    "-f": ("--nofork",),
    "--block": ("-b",),
    "--standalone": ("-s",),
    "-W -n -t": ("-Wnt", "-nWt"),
}
_IN_THE_TERMINAL = (
    "vi vim nvim view nano pico rnano micro ed ex red helix hx kak joe jed jmacs jove mg zile ne"
    " mcedit editor sensible-editor tilde dte vis amp emacs emacsclient"
)


class Ended(NamedTuple):
    """How an editor ended: its exit code, below 0 for a signal, and after how many seconds.

    `stopped` is the signal that was to end this process meanwhile, 0 for none.
    """

    code: int
    seconds: float
    stopped: int = 0


def command(environ: Mapping[str, str]) -> list[str]:
    """Return the words that start the editor which *environ* names, else one that is there.

    A program's path may have spaces in it. Raises UsageError where there is no editor.
    """
    pass_it = 'Set EDITOR, or pass the text: llmpath note TOPIC "..."'
    for name in ("VISUAL", "EDITOR"):
        value = environ.get(name, "").strip()
        if not value:
            continue
        expanded = os.path.expanduser(value)
        if shutil.which(expanded):
            return [expanded]
        import shlex

        try:
            words = shlex.split(value)
        except ValueError:
            raise UsageError(f"{name} has a quote without its end: {value}", pass_it) from None
        words = [os.path.expandvars(os.path.expanduser(word)) for word in words]
        if not words or not shutil.which(words[0]):
            raise UsageError(
                f"The editor {words[0] if words else value!r} cannot be started: it is not there,"
                f" or not a program ({name}).",
                pass_it,
            )
        return words
    for usual in USUAL:
        if shutil.which(usual):
            return [usual]
    raise UsageError("There is no editor to write in.", pass_it)


def run(words: Sequence[str], path: Path) -> Ended:
    """Let the editor that *words* start work on the file at *path*, and wait for its end.

    Ctrl-C is the editor's meanwhile. Raises UsageError where it cannot be started.
    """
    import subprocess  # 5 ms, which what is given or piped does without
    from time import monotonic

    # vim and others draw on stdout, which may be a pipe to another program.
    output = sys.stderr if sys.stderr.isatty() and not sys.stdout.isatty() else None
    sys.stdout.flush()
    began = monotonic()
    with _terminal_kept(), _signals_left() as got:
        try:
            process = subprocess.Popen([*words, str(path)], stdout=output)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UsageError(
                f"The editor {words[0]!r} cannot be started: {reason}.",
                'Set EDITOR, or pass the text: llmpath note TOPIC "..."',
            ) from None
        got.child = process.pid
        code = process.wait()
    return Ended(code, monotonic() - began, got.number)


class _Got:
    """A signal that was to end this process, and the child that has to go first."""

    number = 0
    child = 0


@contextmanager
def _signals_left() -> Iterator[_Got]:
    """Leave signals to the editor: what the keyboard sends is not for us; an end waits for it.

    Handlers, not SIG_IGN, which the editor would inherit.
    """
    got = _Got()

    def end(number: int, frame: object) -> None:
        got.number = number
        # A closed terminal tells only who leads its session; a shell there passes it on.
        if got.child and (number == signal.SIGTERM or os.getsid(0) == os.getpid()):
            with suppress(OSError):
                os.kill(got.child, number)

    before = {}
    for name in ("SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        act = end if name in ("SIGTERM", "SIGHUP") else lambda number, frame: None
        with suppress(ValueError):  # not in the main thread
            before[number] = signal.signal(number, act)
    try:
        yield got
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _terminal_kept() -> Iterator[None]:
    """Give the terminal the modes it has now once the block ends: a killed editor does not."""
    try:
        import termios

        modes = termios.tcgetattr(sys.stdin.fileno())
    except Exception:  # no terminal, or none that has modes
        yield
        return
    yield
    with suppress(OSError, termios.error):  # it was closed meanwhile
        if termios.tcgetattr(sys.stdin.fileno()) != modes:
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, modes)


def check(ended: Ended) -> None:
    """Raise LlmpathError where an editor did not end well: what was written is not to be stored."""
    if ended.stopped:
        raise Stopped(ended.stopped)
    if ended.code < 0:
        name = signal.Signals(-ended.code).name
        raise UsageError(f"The editor was ended by {name}; nothing was stored.")
    if ended.code:
        raise UsageError(f"The editor exited with code {ended.code}; nothing was stored.")


class Stopped(LlmpathError):
    """This process was told to end while the editor was open."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Stopped by {signal.Signals(number).name}; nothing was stored.")
        self.exit_code = 128 + number


def has_window(words: Sequence[str]) -> bool:
    """Say whether the editor is known to open a window of its own, and not told to wait for it."""
    flag = _flag(words)
    return bool(flag) and not {flag.split()[0], *_SAME.get(flag, ())} & set(words)


def advice(words: Sequence[str], ended: Ended) -> str:
    """Return what to tell of an editor that *ended* and left the file as it was; '' for nothing.

    One that is still open would be written in for nothing.
    """
    name = _name(words)
    client = name == "emacsclient" and bool({"-n", "--no-wait"} & set(words))
    in_terminal = name in _IN_THE_TERMINAL.split() and not client and not _flag(words)
    if in_terminal or ended.code or (ended.seconds >= AT_ONCE and not has_window(words)):
        return ""
    if client:
        waiting = " ".join(word for word in words if word not in ("-n", "--no-wait"))
    else:
        flag = _flag(words)
        waiting = " ".join([*words, flag]) if flag and has_window(words) else "code --wait"
    return (
        "The editor returned at once, and the file is unchanged. If it has a window of its own,"
        f' make it wait until you close that: EDITOR="{waiting}"'
    )


def _name(words: Sequence[str]) -> str:
    return os.path.basename(words[0]).removesuffix(".exe").removesuffix(".cmd").lower()


def _flag(words: Sequence[str]) -> str:
    """Return what makes the editor wait; '' where nothing is known to, or it always does."""
    name = _name(words)
    return _WAITING["gvim"] if name in ("vi", "vim") and "-g" in words else _WAITING.get(name, "")
