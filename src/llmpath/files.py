"""Files written whole or not at all: their names, and what is left when that was cut short."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BESIDE = ("-journal", "-wal", "-shm")  # what SQLite puts beside a database, by the end of the name


def unfinished(path: Path) -> Path:
    """Return where to write what will be *path* once it is complete: beside it, hidden."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def write_file(path: Path, text: str, mode: int = 0o600, durable: bool = True) -> None:
    """Write *text* to the file at *path*, whole or not at all; lines end in a line feed.

    With the permissions *mode*, less the umask: private to its owner unless said otherwise.
    A *durable* file survives a power cut once this returns; one that is not costs no flush.
    Raises OSError where it cannot be written; what was there is as before then.
    """
    partial = unfinished(path)
    partial.unlink(missing_ok=True)
    try:
        number = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        with open(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(partial, path)
        if durable:
            keep_names(path.parent)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def being_built(path: Path) -> Iterator[Path]:
    """Give an empty, private file beside *path* to build a database in, as a block.

    Whatever is left of it when the block ends, and of what SQLite put beside it, is removed: the
    block moves it into its place once it is complete. Raises OSError where it cannot be made.
    """
    partial = unfinished(path)
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield partial
    finally:
        for tail in ("", *BESIDE):
            Path(f"{partial}{tail}").unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove from *folder* what commands that were killed had not finished writing.

    Unfinished files carry the number of their process; those of living ones are left.
    """
    for one in folder.glob(".*.new*"):
        number = one.name.partition(".new")[0].rpartition(".")[2]
        if number.isdecimal() and not _lives(int(number)):
            one.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True


def keep_names(folder: Path) -> None:
    """Make sure that the names in *folder* survive a power cut, as the files' contents do."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a system without folders to open
    try:
        os.fsync(number)
    except OSError:
        pass
    finally:
        os.close(number)
