"""Remember what the numbers and letters on a page meant, so that `done 2` is what was seen.

Each terminal has its own: what another one shows is not in front of the learner here. So have
the resources that a page lists beside what it is about: they go by letters, and leave the numbers
of the last list as they are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from llmpath.identity import as_file_name
from llmpath.phrases import LETTERS

LONGEST_AGE = 12 * 3600  # seconds after which a list is no longer before anybody's eyes
FOLDER = "lists"
# The names of ours in that folder, and of what a command that was killed left of one.
_OURS = r"([0-9a-f]{16}|other-[0-9a-f]{8}|nobody)(-[\w-]+)?(\.letters)?"
_OURS = rf"{_OURS}|\.({_OURS})\.[0-9a-f]{{16}}\.new"


class Outdated(Exception):
    """The last list of a terminal was shown too long ago."""


def remember(path: Path, ids: Sequence[str], now: float) -> None:
    """Keep *ids* as what was listed at *now* (seconds since 1970); where it cannot be, do not.

    A file rather than a table: a list is no reason for a durable write to the database.
    """
    text = "".join(f"{id_}\n" for id_ in ids)
    try:
        if not _has(path, text):
            from llmpath import files  # a list shown again is not written again

            files.private_folder(path.parent)
            if not path.exists():
                _sweep(path.parent, now)
            files.write_file(path, text, durable=False, follow=False)
        os.utime(path, (now, now))
    except OSError:
        return


def recall(path: Path, now: float) -> list[str] | None:
    """Return the ids that were listed, the first being number 1 or letter a; None for no list.

    Raises Outdated when it was LONGEST_AGE ago or more.
    """
    try:
        shown = os.stat(path).st_mtime
        found = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    if now - shown >= LONGEST_AGE:
        raise Outdated
    return found


def left_behind(path: Path) -> Path:
    """Return the list at *path*, or the newest that another session of processes has left there.

    Commands sent one by one, over ssh or into a container, are each a session of their own: what
    one of them has shown is in front of whoever sends the next. A session that still runs keeps
    its list to itself. The name of such a list has the number of the session behind it.
    """
    if path.exists():
        return path
    start = path.stem.rstrip("0123456789")
    others = [
        other
        for other in path.parent.glob(f"{start}*{path.suffix}")
        if other.suffix == path.suffix and _is_over(other.stem.removeprefix(start))
    ]
    return max(others, key=lambda other: other.stat().st_ctime_ns, default=path)


def _is_over(session: str) -> bool:
    """Say whether the session of processes with this number has ended."""
    try:
        os.kill(int(session), 0)
    except ProcessLookupError:
        return True
    except (ValueError, OSError, OverflowError):
        return False
    return False


def listing(data: Path, learner: str, terminal: str, lettered: bool = False) -> Path:
    """Return where the last list of *learner* in *terminal* is kept, or what was *lettered*."""
    where = "".join(char if char.isalnum() else "-" for char in terminal)
    name = f"{as_file_name(learner) or 'nobody'}{'-' if where else ''}{where}"
    return data / FOLDER / (f"{name}.letters" if lettered else name)


def forget(data: Path, learner: str) -> None:
    """Remove what *learner* was shown, in any terminal."""
    folder, learner = data / FOLDER, as_file_name(learner)
    for path in (folder / learner, *folder.glob(f"{learner}[-.]*")):
        with suppress(OSError):
            path.unlink()


def place_of(sign: str) -> int:
    """Return the place in a list that the number or letter *sign* stands for, the first being 0."""
    if not sign.isdecimal():
        return LETTERS.index(sign)
    return int(sign) - 1 if len(sign) < 9 else -1


def _has(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _sweep(folder: Path, now: float) -> None:
    """Remove what terminals have left that nobody will ask for again."""
    for entry in os.scandir(folder):
        if not re.fullmatch(_OURS, entry.name):
            continue
        with suppress(OSError):  # another command was quicker
            if now - entry.stat(follow_symlinks=False).st_mtime >= LONGEST_AGE:
                os.unlink(entry)
