"""Record what a command does to the files of a folder, in order, by tracing its system calls.

A program of its own, of the standard library alone, because a tracer waits for every child there
is: `python recording.py FOLDER RECORD COMMAND...` runs the command and writes a `Record` to
RECORD. Whatever writes is seen, SQLite as well as Python, at the kernel's border; what was written
is read back from the file at once. Linux 5.3 or newer, on x86-64 or ARM64; nothing else is needed.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

TRACEME, SYSCALL, SETOPTIONS, GETEVENTMSG = 0, 24, 0x4200, 0x4201
GET_SYSCALL_INFO = 0x420E  # the same on every machine, where registers are not
SYSGOOD, FORK, VFORK, CLONE, EXEC, EXITKILL = 1, 2, 4, 8, 16, 1 << 20
STOPPED_BY_CALL = signal.SIGTRAP | 0x80
ALL_THREADS = 0x40000000  # __WALL
ENTRY, EXIT = 1, 2
HERE = -100  # AT_FDCWD
FICLONE = 0x40049409
NUMBERS = {  # by AUDIT_ARCH
    0xC000003E: {
        "open": 2, "creat": 85, "openat": 257, "write": 1, "pwrite": 18, "writev": 20,
        "pwritev": 296, "pwritev2": 328, "sendfile": 40, "copy_file_range": 326, "truncate": 76,
        "ftruncate": 77, "fallocate": 285, "rename": 82, "renameat": 264, "renameat2": 316,
        "link": 86, "linkat": 265, "symlink": 88, "symlinkat": 266, "unlink": 87, "unlinkat": 263,
        "mkdir": 83, "mkdirat": 258, "rmdir": 84, "fsync": 74, "fdatasync": 75, "sync": 162,
        "syncfs": 306, "ioctl": 16,
    },
    0xC00000B7: {
        "openat": 56, "write": 64, "pwrite": 68, "writev": 66, "pwritev": 70, "pwritev2": 287,
        "sendfile": 71, "copy_file_range": 285, "truncate": 45, "ftruncate": 46, "fallocate": 47,
        "renameat": 38, "renameat2": 276, "linkat": 37, "symlinkat": 36, "unlinkat": 35,
        "mkdirat": 34, "fsync": 82, "fdatasync": 83, "sync": 81, "syncfs": 267, "ioctl": 29,
    },
}  # fmt: skip
NAMES = {arch: {number: name for name, number in of.items()} for arch, of in NUMBERS.items()}

Op = tuple[Any, ...]
"""What was done, its name first; a file or folder is meant by its number, whatever it is called.

create FOLDER NAME FILE, mkdir FOLDER NAME FOLDER, symlink FOLDER NAME TARGET, link FOLDER NAME
FILE, unlink FOLDER NAME, rename FOLDER NAME FOLDER NAME, write FILE OFFSET BYTES, truncate FILE
SIZE, sync FILE, said BYTES.
"""


class Record(NamedTuple):
    """What a command did: what was there before, what it did in order, and how it ended."""

    before: dict[int, dict[str, int | str] | bytes]  # the folder itself is 0; a link is its target
    ops: list[Op]
    code: int
    out: bytes
    err: bytes


class CannotTrace(Exception):
    """This machine lets nobody trace a command."""


def record(
    folder: Path, words: Sequence[str], environ: dict[str, str], scratch: Path, **options: Any
) -> Record:
    """Run *words* and return what it did to *folder*; raise CannotTrace where that cannot be seen.

    *scratch* is a file outside of *folder* for the record.
    """
    if sys.platform != "linux":
        raise CannotTrace(f"not on {sys.platform}")
    done = subprocess.run(
        [sys.executable, "-S", __file__, str(folder), str(scratch), *words],
        env=environ, capture_output=True, check=False, **{"stdin": subprocess.DEVNULL, **options},
    )  # fmt: skip
    if done.returncode:
        raise CannotTrace(done.stderr.decode(errors="replace").strip())
    with scratch.open("rb") as file:
        return Record(*pickle.load(file))


class _Info(ctypes.Structure):
    """struct ptrace_syscall_info; what an exit returns stands where an entry has its number."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("pointer", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_int64),
        ("arguments", ctypes.c_int64 * 6),
    )


_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


def _ptrace(request: int, process: int, address: Any = 0, data: Any = 0) -> int:
    got = int(_libc.ptrace(request, process, address, data))
    if got < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return got


class Files:
    """The files of a folder by number, and what is done to them."""

    def __init__(self, folder: str) -> None:
        self.folder = os.path.realpath(folder)
        self.numbers: dict[tuple[int, int], int] = {}  # by device and inode
        self.ops: list[Op] = []
        self.before: dict[int, dict[str, int | str] | bytes] = {}
        self._counted = count()
        self._walk(self.folder)

    def _walk(self, path: str) -> int:
        number = self.new(path)
        if os.path.isdir(path):
            names: dict[str, int | str] = {}
            for one in os.scandir(path):
                names[one.name] = os.readlink(one) if one.is_symlink() else self._walk(one.path)
            self.before[number] = names
        else:
            self.before[number] = Path(path).read_bytes()
        return number

    def new(self, path: str) -> int:
        """Return the number of what has just been made at *path*."""
        number = self.numbers[self._inode(path)] = next(self._counted)
        return number

    def number(self, path: str) -> int | None:
        """Return the number of what stands at *path*, which may lie under /proc; None: not ours."""
        try:
            return self.numbers.get(self._inode(path))
        except OSError:
            return None

    def place(self, path: str) -> tuple[int, str] | None:
        """Return the folder and the name of *path*, if it is ours."""
        folder, name = os.path.split(path)
        number = self.number(folder or "/")
        return None if number is None else (number, name)

    @staticmethod
    def _inode(path: str) -> tuple[int, int]:
        stat = os.stat(path)
        return stat.st_dev, stat.st_ino


class Tracer:
    """Follows a command with all its threads and children."""

    def __init__(self, files: Files, out: int) -> None:
        self.files = files
        stat = os.fstat(out)
        self.out = stat.st_dev, stat.st_ino
        self.entered: dict[int, tuple[str, list[int], Any]] = {}

    def run(self, words: list[str], streams: tuple[int, int]) -> int:
        """Run *words* and return its exit code."""
        child = os.fork()
        if not child:
            for number, stream in enumerate(streams, 1):
                os.dup2(stream, number)
            _ptrace(TRACEME, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
            os.execv(words[0], words)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            raise OSError(0, "no command may be traced here")
        _ptrace(SETOPTIONS, child, 0, SYSGOOD | FORK | VFORK | CLONE | EXEC | EXITKILL)
        _ptrace(SYSCALL, child)
        code = 0
        while True:
            try:
                process, status = os.waitpid(-1, ALL_THREADS)
            except ChildProcessError:
                return code
            if not os.WIFSTOPPED(status):
                if process == child:
                    code = os.waitstatus_to_exitcode(status)
                continue
            given = os.WSTOPSIG(status)
            if given == STOPPED_BY_CALL:
                self._stopped(process)
                given = 0
            elif given in (signal.SIGTRAP, signal.SIGSTOP):
                given = 0  # a new thread or child, or an exec
            with suppress(ProcessLookupError):
                _ptrace(SYSCALL, process, 0, given)

    def _stopped(self, process: int) -> None:
        info = _Info()
        _ptrace(GET_SYSCALL_INFO, process, ctypes.sizeof(info), ctypes.byref(info))
        if info.op == ENTRY:
            name = NAMES[info.arch].get(info.number)
            if name:
                arguments = list(info.arguments)
                self.entered[process] = name, arguments, self._enter(process, name, arguments)
        elif info.op == EXIT and process in self.entered:
            name, arguments, kept = self.entered.pop(process)
            if info.number >= 0:
                self._leave(process, name, arguments, kept, info.number)

    def _enter(self, process: int, name: str, arguments: list[int]) -> Any:
        """Return what has to be known from before a call: paths, and what stands there."""
        if name in ("open", "creat", "openat"):
            at = arguments if name == "openat" else [HERE, *arguments]
            flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC if name == "creat" else at[2]
            path = os.path.realpath(self._path(process, at[0], at[1]))
            return flags, os.path.exists(path), path
        if name in ("rename", "link", "renameat", "renameat2", "linkat"):
            at = (
                arguments
                if name.endswith(("at", "at2"))
                else [HERE, arguments[0], HERE, *arguments[1:]]
            )
            return [self._entry(process, *at[:2]), self._entry(process, *at[2:4])]
        if name in ("unlink", "rmdir", "mkdir"):
            return self._entry(process, HERE, arguments[0])
        if name in ("unlinkat", "mkdirat"):
            return self._entry(process, *arguments[:2])
        if name in ("symlink", "symlinkat"):
            at = arguments if name == "symlinkat" else [arguments[0], HERE, arguments[1]]
            return self._text(process, at[0]), self._entry(process, *at[1:3])
        if name == "truncate":
            return os.path.realpath(self._path(process, HERE, arguments[0]))
        return None

    def _leave(self, process: int, name: str, arguments: list[int], kept: Any, result: int) -> None:
        do, files = self.files.ops.append, self.files
        if name in ("open", "creat", "openat"):
            flags, there, path = kept
            if not there and flags & os.O_CREAT and (place := files.place(path)):
                do(("create", *place, files.new(path)))
            elif flags & os.O_TRUNC and (number := files.number(path)) is not None:
                do(("truncate", number, 0))
        elif name in ("write", "writev"):
            self._written(process, arguments[0], None, result)
        elif name.startswith("pwrite"):
            offset = arguments[3] if arguments[3] >= 0 else None
            self._written(process, arguments[0], offset, result)
        elif name in ("sendfile", "copy_file_range"):
            into = arguments[0 if name == "sendfile" else 2]
            self._written(process, into, None, result)
        elif name == "ioctl" and arguments[1] & 0xFFFFFFFF == FICLONE:
            size = os.stat(f"/proc/{process}/fd/{arguments[0]}").st_size
            self._written(process, arguments[0], 0, size)
        elif name in ("truncate", "ftruncate"):
            path = kept or f"/proc/{process}/fd/{arguments[0]}"
            if (number := files.number(path)) is not None:
                do(("truncate", number, arguments[1]))
        elif name == "fallocate":
            path = f"/proc/{process}/fd/{arguments[0]}"
            if (number := files.number(path)) is not None:
                do(("truncate", number, os.stat(path).st_size))
        elif name in ("fsync", "fdatasync"):
            number = files.number(f"/proc/{process}/fd/{arguments[0]}")
            if number is not None:
                do(("sync", number))
        elif name in ("sync", "syncfs"):
            for number in sorted(files.numbers.values()):
                do(("sync", number))
        elif name.startswith(("rename", "link")):
            self._renamed(name, *kept)
        elif name.startswith("symlink"):
            if kept[1]:
                do(("symlink", *files.place(kept[1]), kept[0]))  # type: ignore[misc]
        elif kept and (place := files.place(kept)):
            if name.startswith("mkdir"):
                do(("mkdir", *place, files.new(kept)))
            else:
                do(("unlink", *place))

    def _renamed(self, name: str, source: str | None, target: str | None) -> None:
        old = self.files.place(source) if source else None
        new = self.files.place(target) if target else None
        if new is None:
            return  # carried out of the folder, or nothing of ours
        if old is None:
            raise ValueError(f"{name} from outside: {source}")
        if name.startswith("rename"):
            self.files.ops.append(("rename", *old, *new))
        else:
            assert target is not None
            self.files.ops.append(("link", *new, self.files.number(target)))

    def _written(self, process: int, number: int, offset: int | None, size: int) -> None:
        path = f"/proc/{process}/fd/{number}"
        try:
            stat = os.stat(path)
        except OSError:
            return
        key = self.files.numbers.get((stat.st_dev, stat.st_ino))
        said = (stat.st_dev, stat.st_ino) == self.out
        if not size or (key is None and not said):
            return
        if offset is None:
            with open(f"/proc/{process}/fdinfo/{number}", encoding="ascii") as file:
                offset = int(file.readline().split()[1]) - size
        with open(path, "rb") as file:
            file.seek(offset)
            data = file.read(size)
        if said:
            self.files.ops.append(("said", data))
        else:
            self.files.ops.append(("write", key, offset, data))

    def _entry(self, process: int, at: int, pointer: int) -> str | None:
        """Return the path of a name itself, links in its folder resolved; None: not ours."""
        folder, name = os.path.split(self._path(process, at, pointer).rstrip("/"))
        folder = os.path.realpath(folder or "/")
        return os.path.join(folder, name) if self.files.number(folder) is not None else None

    def _path(self, process: int, at: int, pointer: int) -> str:
        text = self._text(process, pointer)
        at = struct.unpack("i", struct.pack("I", at & 0xFFFFFFFF))[0]
        base = f"/proc/{process}/cwd" if at == HERE else f"/proc/{process}/fd/{at}"
        return text if text.startswith("/") else os.path.join(os.readlink(base), text)

    @staticmethod
    def _text(process: int, pointer: int) -> str:
        with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
            found = b""
            while b"\0" not in found:
                memory.seek(pointer + len(found))
                found += memory.read(256 - (pointer + len(found)) % 256)  # never past a page
        return os.fsdecode(found.partition(b"\0")[0])


def main() -> int:
    """Trace a command; return 0 whatever became of it, 1 where it could not be traced."""
    folder, target, *words = sys.argv[1:]
    files = Files(folder)
    out, err = (
        os.open(f"{target}.{name}", os.O_RDWR | os.O_CREAT | os.O_TRUNC) for name in ("out", "err")
    )
    try:
        code = Tracer(files, out).run(words, (out, err))
    except (OSError, AttributeError) as error:
        print(f"Cannot trace: {error}", file=sys.stderr)
        return 1
    said = [Path(f"{target}.{name}").read_bytes() for name in ("out", "err")]
    with open(target, "wb") as file:
        pickle.dump((files.before, files.ops, code, *said), file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
