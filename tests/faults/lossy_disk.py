"""What may be on a disk after the power was cut, given what was done to it in order.

Two models of a disk, because what a program may rely on differs. With a *journal*, names and sizes
reach the disk in the order they were changed in, and a sync of anything takes along all of
them that went before; data is there only once its own file was synced (ext4, XFS). At its
*weakest*, as POSIX has it, a name is there only once its folder was synced, and until then each
change of a name may have happened or not, whatever became of the others.

Each leaves three kinds of states at any moment: nothing of what was not synced, all names and sizes
but none of the data, or a random part: some writes, some pages of others, in no order.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from tests.faults.recording import Op, Record

MODELS = ("journal", "weakest")
WAYS = ("nothing unsynced", "names, no data", "a random part")

State = dict[str, bytes | str | None]
"""What is at each path: the bytes of a file, the target of a link, None for a folder."""


class _File:
    def __init__(self, content: bytes = b"") -> None:
        self.durable = content
        self.now = bytearray(content)
        self.pending: list[tuple[int, Op]] = []  # writes and truncations, with their time
        self.certain = -1  # truncations up to this time have happened


class Disk:
    """A disk that loses what was not synced; *syncing* False takes every sync for nothing."""

    def __init__(self, record: Record, model: str, syncing: bool = True) -> None:
        self.ordered = model == "journal"
        self.syncing = syncing
        self.time = 0
        self.files: dict[int, _File] = {}
        self.durable: dict[int, dict[str, int | str]] = {}
        self.now: dict[int, dict[str, int | str]] = {}
        self.pending: list[tuple[int, list[_Change]]] = []  # of names, with their time
        for number, content in record.before.items():
            if isinstance(content, bytes):
                self.files[number] = _File(content)
            else:
                self.durable[number], self.now[number] = dict(content), dict(content)

    def do(self, op: Op) -> None:
        """Let *op* happen."""
        self.time += 1
        kind, *given = op
        if kind == "sync":
            if self.syncing:
                self._sync(given[0])
        elif kind in ("write", "truncate"):
            file = self.files[given[0]]
            _apply(file.now, op)
            file.pending.append((self.time, op))
        elif kind == "create":
            self.files[given[2]] = _File()
            self._name((given[0], given[1], given[2]))
        elif kind == "mkdir":
            self.durable[given[2]], self.now[given[2]] = {}, {}
            self._name((given[0], given[1], given[2]))
        elif kind in ("link", "symlink"):
            self._name((given[0], given[1], given[2]))
        elif kind == "unlink":
            self._name((given[0], given[1], None))
        elif kind == "rename":
            old, name, new, target = given
            self._name((new, target, self.now[old][name]), (old, name, None))

    def _name(self, *changes: _Change) -> None:
        _rename(self.now, changes)
        self.pending.append((self.time, list(changes)))

    def _sync(self, number: int) -> None:
        if number in self.files:
            file = self.files[number]
            file.durable, file.pending = bytes(file.now), []
        if self.ordered:
            for _, changes in self.pending:
                _rename(self.durable, changes)
            self.pending = []
            for file in self.files.values():
                file.certain = self.time
        elif number in self.durable:
            kept = []
            for time, changes in self.pending:
                _rename(self.durable, [one for one in changes if one[0] == number])
                left = [one for one in changes if one[0] != number]
                if left:
                    kept.append((time, left))
            self.pending = kept

    def whole(self) -> State:
        """Return what the disk has while the power is on."""
        return self._state(self.now, lambda file: bytes(file.now))

    def left(self, way: str, chance: random.Random) -> State:
        """Return what the disk may have after a power cut now."""
        if way == WAYS[0]:
            return self._state(self.durable, lambda file: _content(file, file.certain))
        if way == WAYS[1]:
            holes = chance.random() < 0.5
            return self._state(self.now, lambda file: _without_data(file, self.time, holes))
        names = {number: dict(of) for number, of in self.durable.items()}
        reached = chance.randint(0, self.time)  # by the journal
        for time, changes in self.pending:
            if time <= reached if self.ordered else chance.random() < 0.5:
                # Between two folders, a file may have its new name and still the old one.
                both = self.ordered or changes[0][0] == changes[-1][0] or chance.random() < 0.5
                _rename(names, changes if both else changes[:1])
        certain = reached if self.ordered else -1
        likely, page = chance.random(), chance.choice((512, 4096))

        def torn(file: _File) -> bytes:
            return _content(file, max(file.certain, certain), chance, likely, page, self.ordered)

        return self._state(names, torn)

    def _state(self, names: dict[int, dict[str, int | str]], content: Any) -> State:
        found: State = {}

        def walk(number: int, path: str) -> None:
            for name, value in sorted(names[number].items()):
                here = f"{path}{name}"
                if isinstance(value, str):
                    found[here] = value
                elif value in self.files:
                    found[here] = content(self.files[value])
                else:
                    found[here] = None
                    walk(value, f"{here}/")

        walk(0, "")
        return found


_Change = tuple[int, str, int | str | None]  # a folder, a name in it, and what it is from now on


def _rename(names: dict[int, dict[str, int | str]], changes: Iterable[_Change]) -> None:
    for folder, name, value in changes:
        if value is None:
            names[folder].pop(name, None)
        else:
            names[folder][name] = value


def _apply(content: bytearray, op: Op) -> None:
    if op[0] == "truncate":
        size = op[2]
        del content[size:]
        content.extend(bytes(size - len(content)))
    else:
        _, _, offset, data = op
        content.extend(bytes(max(0, offset - len(content))))
        content[offset : offset + len(data)] = data


def _content(
    file: _File,
    certain: int,
    chance: random.Random | None = None,
    likely: float = 0,
    page: int = 512,
    ordered: bool = True,
) -> bytes:
    """Return what is durable of *file*, its truncations up to *certain*, and by *chance* more."""
    content = bytearray(file.durable)
    for time, op in file.pending:
        if op[0] == "truncate":
            if time <= certain or (chance and not ordered and chance.random() < likely):
                _apply(content, op)
        elif chance:
            _, number, offset, data = op
            begin = offset
            while begin < offset + len(data):
                end = min(offset + len(data), (begin // page + 1) * page)
                if chance.random() < likely:
                    _apply(content, ("write", number, begin, data[begin - offset : end - offset]))
                begin = end
    return bytes(content)


def _without_data(file: _File, time: int, holes: bool) -> bytes:
    content = bytearray(_content(file, time))
    if holes and len(content) < len(file.now):
        content.extend(bytes(len(file.now) - len(content)))
    return bytes(content)
