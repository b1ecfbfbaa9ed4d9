"""What a learner writes, kept in a file until it is stored: no failure may lose it.

A draft is the file that the editor works on. Beside it, hidden, lies the text that it began with;
whoever works on the draft holds a lock on that, which no editor touches, so that another terminal
does not offer it meanwhile. All that a draft is about is in its name.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from llmpath import texts
from llmpath.errors import UsageError
from llmpath.identity import as_file_name
from llmpath.store.learner.writing import LONGEST_NOTE

FOLDER = "drafts"
MOST_BYTES = 4 * LONGEST_NOTE + 4  # in which that many fit, with a mark before them
OLD = 24 * 3600  # seconds after which nobody writes any more into a draft that is still empty
_NEW = "new"  # where the name of a draft of another note has the id of its note
_held: dict[Path, int] = {}  # the locks of this process


class Draft(NamedTuple):
    """A text that is being written: on which target, or as which note (its id, '' for a new one).

    `target` and `note` are as the file's name has them: see `identity.as_file_name`.
    """

    path: Path
    target: str
    note: str

    @property
    def beginning(self) -> Path:
        """Where the text stands that it began with."""
        return self.path.with_name(f".{self.path.name}.was")


class Waiting(NamedTuple):
    """A draft that was never stored: when it was last written (seconds since 1970), its text."""

    draft: Draft
    saved: float
    text: str


def begin(
    data: Path, learner: str, target: str, note: str, before: str, text: str | None = None
) -> Draft:
    """Make a draft of *learner* that holds *text*, else what is there *before*; lock it.

    Raises OSError where it cannot be made.
    """
    from llmpath.files import private_folder, write_file  # only where something is written

    folder = data / FOLDER
    private_folder(folder)
    parts = (
        as_file_name(learner),
        as_file_name(target),
        as_file_name(note) or _NEW,
        os.urandom(8).hex(),
    )
    draft = Draft(folder / f"{'.'.join(parts)}.md", parts[1], as_file_name(note))
    try:
        write_file(draft.beginning, before)
        hold(draft)
        given = before if text is None else text
        write_file(draft.path, given if not given or given.endswith("\n") else f"{given}\n")
    except OSError:
        drop(draft)
        raise
    return draft


def waiting(
    data: Path, ids: Collection[str], target: str = "", note: str | None = None
) -> list[Waiting]:
    """Return the drafts of the learner who has the *ids* that nobody works on, the newest first.

    Only those on *target*, if given, and only of the *note* with that id, '' for new ones. Those
    without anything new in them are left out.
    """
    found = [
        Waiting(draft, saved, _glance(draft.path))
        for draft in _all(data, ids)
        if (not target or draft.target == as_file_name(target))
        and (note is None or draft.note == as_file_name(note))
        and (saved := _saved(draft))
        and is_new(draft)
        and not _in_use(draft)
    ]
    return sorted(found, key=lambda one: (-one.saved, one.draft.path.name))


def _all(data: Path, ids: Collection[str]) -> Iterator[Draft]:
    whose = {as_file_name(id_) for id_ in ids}
    try:
        names = os.listdir(data / FOLDER)
    except OSError:
        return
    for name in names:
        parts = name.split(".")
        if len(parts) == 5 and parts[-1] == "md" and parts[0] in whose:
            yield Draft(data / FOLDER / name, parts[1], "" if parts[2] == _NEW else parts[2])


def is_new(draft: Draft) -> bool:
    """Say whether there is anything in *draft* that it did not begin with."""
    text = _glance(draft.path).strip()
    return bool(text) and text != _glance(draft.beginning).strip()


def _saved(draft: Draft) -> float:
    """Return when *draft* was last written, seconds since 1970; 0 where it has gone."""
    try:
        return draft.path.stat().st_mtime
    except OSError:
        return 0


def _glance(path: Path) -> str:
    """Return what can be read of the file at *path*; '' where there is none."""
    return _bytes(path, MOST_BYTES).decode("utf-8-sig", "replace")


def _bytes(path: Path, most: int) -> bytes:
    """Return the first bytes of the file at *path*; b'' where there is none, or a pipe, say."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return b""


def text(draft: Draft) -> str:
    """Return the text of *draft* as it stands now, and see that it survives a power cut.

    '' where it is no file any more. Raises InvalidFile where it is no text, UsageError where it is
    too long.
    """
    from llmpath.files import flush, keep_names  # only where something is written

    if not draft.path.is_file():
        return ""
    try:
        with draft.path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
            with suppress(OSError):  # some systems only let who writes do so
                flush(file)
        keep_names(draft.path.parent)  # an editor may have put another file in its place
    except FileNotFoundError:
        return ""
    refuse_excess(data)
    return texts.decoded(data, str(draft.path))


def raw(draft: Draft) -> bytes:
    """Return what is in the file of *draft*, text or not; b'' where it was deleted."""
    return _bytes(draft.path, MOST_BYTES + 1)


def refuse_excess(data: bytes) -> None:
    """Raise UsageError where *data* is more than any note has."""
    if len(data) > MOST_BYTES:
        raise UsageError(f"A note has at most {LONGEST_NOTE:,} characters; this has more.")


def before(draft: Draft) -> str | None:
    """Return the text that *draft* began with; None where that is not known any more."""
    try:
        return draft.beginning.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def rebase(draft: Draft, text: str) -> None:
    """Let *draft* have begun with *text*: its writer knows of it."""
    from llmpath.files import write_file

    release(draft)
    write_file(draft.beginning, text)
    hold(draft)


def hold(draft: Draft) -> bool:
    """Lock *draft* for this process until it is dropped or released; False where another has it."""
    try:
        import fcntl

        number = os.open(draft.beginning, os.O_RDONLY)
    except (ImportError, OSError):
        return True  # nothing to lock it by
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        return False
    except OSError:
        pass  # a file system without locks
    _held[draft.path] = number
    return True


def release(draft: Draft) -> None:
    """Let others have *draft*."""
    number = _held.pop(draft.path, None)
    if number is not None:
        os.close(number)


def _in_use(draft: Draft) -> bool:
    if draft.path in _held:
        return True
    if not hold(draft):
        return True
    release(draft)
    return False


def drop(draft: Draft) -> None:
    """Remove *draft* with what an editor has left beside it: its text is stored, or not wanted."""
    release(draft)
    token = draft.path.name.split(".")[3]
    with suppress(OSError):
        for name in os.listdir(draft.path.parent):
            if token in name:
                with suppress(OSError):
                    (draft.path.parent / name).unlink()


def stored(data: Path, ids: Collection[str], target: str, note: str, body: str) -> None:
    """Drop the drafts on *target* and *note* that say what is stored now: *body*.

    They are those of the learner who has the *ids*.
    """
    if os.path.isdir(data / FOLDER):
        for one in waiting(data, ids, target, note):
            if texts.with_line_feeds(one.text).strip() == body.strip():
                drop(one.draft)


def sweep(data: Path, ids: Collection[str], now: float) -> None:
    """Remove the drafts of the *ids* that nobody wrote anything into for a day."""
    for draft in _all(data, ids):
        saved = _saved(draft)
        if saved and now - saved >= OLD and not is_new(draft) and not _in_use(draft):
            drop(draft)


def forget(data: Path, ids: Collection[str]) -> None:
    """Remove all that is left of drafts of the learner who had the *ids*: it is for good."""
    for draft in _all(data, ids):
        drop(draft)
    whose = tuple(f"{as_file_name(id_)}." for id_ in ids)
    with suppress(OSError):
        for name in os.listdir(data / FOLDER):
            if name.removeprefix(".").startswith(whose):
                with suppress(OSError):  # of a command that was killed half way
                    (data / FOLDER / name).unlink()
