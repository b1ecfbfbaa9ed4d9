"""Every file that is written outside the database: whole or not at all, and to the right place.

What a name leads to is written, never a link replaced; what is no regular file (a device, a pipe)
is written through; a file that stands there keeps its mode and its owner, and a new one is private.
Nothing else in the program opens a file for writing: a test holds that.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

if sys.platform != "win32":
    import fcntl

BESIDE = ("-journal", "-wal", "-shm")  # what SQLite puts beside a database, by the end of the name
PRIVATE = 0o600
LEFT = 24 * 3600  # seconds after which nobody will finish a file; processes have no number abroad
LONGEST_NAME = 200  # bytes that leave room for what an unfinished file has besides
MOST_LINKS = 40  # that lead to one another, as Linux has it
# The names of what we build in our own folders: hidden, the name it will have, a token of our own.
_UNFINISHED = r"\.(llmpath.*|config\.toml)\.([0-9]+|[0-9a-f]{16})\.new(-journal|-wal|-shm)?"
# What a file may have besides a mode: lists of who may read it, and whatever its owner noted.
_KEPT = ("system.posix_acl_", "user.")


class Target(NamedTuple):
    """Where what is written under a name goes: the file that links lead to.

    `status` is what stands there, None for nothing. `through` says that it is to be opened and
    written to as it is, for it is no regular file, or an open file of a process.
    """

    path: Path
    status: os.stat_result | None
    through: bool


def target(path: Path) -> Target:
    """Return where what is written to *path* goes.

    Raises OSError where that is a folder or a file that is not to be written to.
    """
    name = os.fspath(path)
    for _ in range(MOST_LINKS):
        folder = os.path.realpath(os.path.dirname(name) or ".")
        name = os.path.join(folder, os.path.basename(name))
        if folder == "/dev" or folder.startswith(("/dev/fd", "/proc/")):
            return Target(Path(name), os.stat(name), True)
        if not os.path.islink(name):
            break
        if _planted(name, folder):
            raise PermissionError(errno.EACCES, "another user has put a link there")
        name = os.path.join(folder, os.readlink(name))
    else:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    try:
        status = os.stat(name)
    except FileNotFoundError:
        return Target(Path(name), None, False)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(name, os.W_OK):  # it could be replaced all the same
        raise PermissionError(errno.EACCES, "it is read-only")
    return Target(Path(name), status, not stat.S_ISREG(status.st_mode))


def _planted(link: str, folder: str) -> bool:
    """Say whether somebody else may have put *link* into *folder*, where everybody may.

    Linux follows no such link, but what we read out of one it does not see.
    """
    around = os.stat(folder)
    everybodys = around.st_mode & stat.S_ISVTX and around.st_mode & stat.S_IWOTH
    return bool(everybodys) and os.lstat(link).st_uid not in (os.geteuid(), around.st_uid)


def write_file(
    path: Path, text: str | bytes, mode: int = PRIVATE, durable: bool = True, follow: bool = True
) -> None:
    """Write *text*, in UTF-8, to the file at *path*, whole or not at all.

    A new file gets the permissions *mode*, private to its owner unless said otherwise. A *durable*
    one survives a power cut once this returns; one that is not costs no flush. A link at a name
    that we chose and nobody asked for is not to be *followed*: it is replaced. Raises OSError
    where it cannot be written; what was there is as before then, unless it could only be written
    to in place and its disk failed.
    """
    data = text.encode() if isinstance(text, str) else text
    to = target(path) if follow else Target(path, None, False)
    if not to.through:
        try:
            _replace(to, data, mode, durable)
            return
        except PermissionError:  # nothing can be made in that folder
            if to.status is None:
                raise
    with _opened(to, len(data)) as file:
        file.write(data)


def _replace(to: Target, data: bytes, mode: int, durable: bool) -> None:
    with being_built(to.path) as partial:
        with open(partial, "r+b", opener=_itself) as file:
            file.write(data)
        if to.status is None:
            os.chmod(partial, mode)
        put(partial, to, durable)


def _itself(path: str, flags: int) -> int:
    """Open the file at *path*, which we made, and no link that somebody has put there since."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


@contextmanager
def being_built(path: Path, otherwise: Path | None = None) -> Iterator[Path]:
    """Give an empty, private file beside *path* to build something in, as a block.

    Where nothing can be made beside it, the file is in the folder *otherwise*. Whatever is left of
    it when the block ends, and of what SQLite put beside it, is removed: the block puts it into
    its place once it is complete. Raises OSError where it cannot be made.
    """
    partial = _unfinished(path)
    with _gone_afterwards(partial):
        try:
            os.close(_made_at(partial))
        except PermissionError:
            if otherwise is None:
                raise
        else:
            yield partial
            return
    private_folder(otherwise)
    with being_built(otherwise / path.name) as partial:
        yield partial


@contextmanager
def _gone_afterwards(partial: Path) -> Iterator[None]:
    """Let *partial* be gone after a block, and when somebody ends this process, as by `kill`."""
    import signal  # 1 ms, for those who write alone

    def remove() -> None:
        for tail in ("", *BESIDE):
            with suppress(OSError):
                os.unlink(f"{partial}{tail}")

    def end(number: int, frame: object) -> None:
        remove()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    ends = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    given = [number for number in ends if signal.getsignal(number) is signal.SIG_DFL]
    with suppress(ValueError):  # only the first thread may
        for number in given:
            signal.signal(number, end)
    try:
        yield
    finally:
        remove()
        with suppress(ValueError):
            for number in given:
                signal.signal(number, signal.SIG_DFL)


def _unfinished(path: Path) -> Path:
    """Return a name beside *path* that nobody can foresee."""
    name = path.name if len(os.fsencode(path.name)) < LONGEST_NAME else "llmpath"
    return path.with_name(f".{name}.{os.urandom(8).hex()}.new")


def put(partial: Path, to: Target, durable: bool = True) -> None:
    """Let the complete file *partial* be what *to* is, in one step where that can be.

    What stands there keeps its mode, its owner and its attributes. Where a new file could not have
    them, or has other names (hard links), its content is replaced instead. Raises OSError.
    """
    if durable:
        with partial.open("r+b") as file:
            flush(file)
    if not to.through and partial.parent == to.path.parent and _takes_after(partial, to):
        os.replace(partial, to.path)
        if durable:
            keep_names(to.path.parent)
        return
    size = partial.stat().st_size
    with partial.open("rb") as source, _opened(to, size) as file:
        shutil.copyfileobj(source, file)


def _takes_after(partial: Path, to: Target) -> bool:
    """Make *partial* have the mode, owner and attributes of the file it replaces, if it can."""
    if to.status is None:
        return True
    if to.status.st_nlink > 1:
        return False
    made = os.stat(partial)
    try:
        if (made.st_uid, made.st_gid) != (to.status.st_uid, to.status.st_gid):
            os.chown(partial, to.status.st_uid, to.status.st_gid)
        os.chmod(partial, stat.S_IMODE(to.status.st_mode))
        if not hasattr(os, "listxattr"):
            return True
        kept = [name for name in os.listxattr(to.path) if name.startswith(_KEPT)]
        for name in kept:
            os.setxattr(partial, name, os.getxattr(to.path, name))
        for name in os.listxattr(partial):  # what the folder gives to new files
            if name.startswith(_KEPT) and name not in kept:
                os.removexattr(partial, name)
    except OSError as error:
        return error.errno == errno.ENOTSUP  # a file system without attributes
    return True


@contextmanager
def _opened(to: Target, size: int) -> Iterator[IO[bytes]]:
    """Open what is there and can only be written to as it is, as a block that writes *size* bytes.

    What is no regular file is written to from where it is. The content of a file is replaced, if
    there is room for all of it.
    """
    number = os.open(to.path, os.O_WRONLY | (os.O_APPEND if to.through else os.O_CREAT), PRIVATE)
    with open(number, "wb") as file:
        if not to.through:
            _make_room(number, size)
        yield file
        file.flush()
        if not to.through:
            file.truncate()
            flush(file)


def _make_room(number: int, size: int) -> None:
    """Let the open file *number* have room for *size* bytes, or be as it is. Raises OSError."""
    before = os.fstat(number).st_size
    if size <= before or not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(number, 0, size)
    except OSError as error:
        os.ftruncate(number, before)
        if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):  # a file system that cannot tell
            raise


def put_new(partial: Path, path: Path) -> bool:
    """Let the complete file *partial* be at *path*; say whether nobody else was quicker."""
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if os.path.exists(path):
            return False
        os.rename(partial, path)
    keep_names(path.parent)
    return True


def keep_aside(path: Path, aside: Path) -> None:
    """Let what is at *path* be at *aside* too, safe from a power cut. Raises OSError."""
    try:
        os.link(os.path.realpath(path), aside)
    except OSError:  # another disk, or a file system without links
        with being_built(aside) as partial:
            with path.open("rb") as source, partial.open("r+b") as file:
                shutil.copyfileobj(source, file)
                flush(file)
            os.rename(partial, aside)
    else:
        with open(aside, "rb") as file:
            flush(file)


def _made_at(path: Path) -> int:
    """Return a new, empty, private file at *path*, open for writing. Raises OSError."""
    number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
    if hasattr(os, "fchmod"):
        os.fchmod(number, PRIVATE)  # whatever the umask
    return number


def private_folder(path: Path) -> None:
    """Make the folder *path* where it is missing, and those above it, for its owner alone.

    Its name survives a power cut, as do those of the folders that were made above it.
    """
    if path.is_dir():
        return
    if not path.parent.is_dir():
        private_folder(path.parent)
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
    path.chmod(0o700)  # whatever the umask
    keep_names(path.parent)


def flush(file: IO[bytes]) -> None:
    """Let what was written to *file* survive a power cut. Raises OSError."""
    file.flush()
    if sys.platform == "darwin":  # where fsync leaves it in the memory of the disk
        with suppress(OSError):  # not every file system knows it
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
            return
    os.fsync(file.fileno())


def keep_names(folder: Path) -> None:
    """Make sure that the names in *folder* survive a power cut, as the files' contents do.

    Raises OSError where the disk fails.
    """
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a system without folders to open
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno == errno.EIO:  # others say that folders are not flushed there
            raise
    finally:
        os.close(number)


def sweep(folder: Path) -> None:
    """Remove from *folder*, one of our own, what commands that were killed had not finished.

    Only what nobody has touched for a day: a process of another machine may still be at it.
    """
    with suppress(OSError):
        for entry in os.scandir(folder):
            if re.fullmatch(_UNFINISHED, entry.name):
                with suppress(OSError):  # another command was quicker
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime >= LEFT:
                        os.unlink(entry)


def lock_fault(folder: Path) -> int:
    """Return the number of the system's error where a file in *folder* cannot be locked, else 0.

    It is tried with an empty one. Where no file can be made, that is no fault of locks.
    """
    if sys.platform == "win32":
        return 0
    with suppress(OSError), being_built(folder / "llmpath") as empty, open(empty, "r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno or 0
    return 0


def discard(stream: IO[str]) -> None:
    """Let what is still to be written to *stream* go nowhere: its reader has closed it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
