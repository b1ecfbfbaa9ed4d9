"""Folders and files that may be read but not written, or not even read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.faults.place import Place, Tally, Tallying
from tests.rights import without_rights

LEAVES_A_LOG = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("UPDATE meta SET value = value")
connection.execute("INSERT INTO meta VALUES ('left', 'in the log')")
connection.commit()
os._exit(0)  # as if killed: the log is not taken into the database
"""


def _all_read_only(place: Place) -> None:
    place.database.chmod(0o444)
    place.data.chmod(0o555)


def _file_read_only(place: Place) -> None:
    place.database.chmod(0o444)
    place.data.chmod(0o777)


def _log_left(place: Place) -> None:
    subprocess.run([sys.executable, "-c", LEAVES_A_LOG, str(place.database)], check=True)
    for one in place.data.iterdir():
        one.chmod(0o444)
    place.data.chmod(0o555)


def _unreadable_file(place: Place) -> None:
    place.database.chmod(0o000)
    place.data.chmod(0o755)


def _unreadable_folder(place: Place) -> None:
    place.data.chmod(0o000)


# What is done to the place, and whether it can still be read.
CASES: dict[str, tuple[Callable[[Place], None], bool]] = {
    "folder and file read-only": (_all_read_only, True),
    "file read-only": (_file_read_only, True),
    "read-only, with a log that was not taken in": (_log_left, True),
    "file not readable": (_unreadable_file, False),
    "folder not readable": (_unreadable_folder, False),
}


def owners(folder: Path) -> Tally:
    """Read and write in places that belong to somebody else."""
    tallying = Tallying("read-only folder or file, another owner")
    prefix = without_rights()
    template = Place(folder / "template")
    template.must("done", "counting-video", "--note", "kept")
    for number, (name, (change, readable)) in enumerate(CASES.items()):
        place = template.copy(folder / str(number))
        bytes_before = place.database.read_bytes()
        change(place)
        for words in (["next"], ["roadmap"], ["list", "--json"], ["notes"], []):
            ran = place.run(*words, prefix=prefix)
            tallying.ran(ran)
            if readable:
                tallying.check(ran.code == 0 and not ran.err, f"{name}: {words}: {ran.err}")
            else:
                tallying.check(ran.code == 5, f"{name}: {words}: exit {ran.code}")
        for words in (["note", "counting", "new"], ["done", "adding-paper"], ["undo"]):
            ran = place.run(*words, prefix=prefix)
            tallying.ran(ran, (5,))
            tallying.check(
                "read-only" in ran.err or "Permission denied" in ran.err, f"{name}: {ran.err}"
            )
            tallying.check(len(ran.err.splitlines()) == 2, f"{name}: {ran.err}")
        place.data.chmod(0o700)
        place.database.chmod(0o600)
        if name != "read-only, with a log that was not taken in":
            tallying.check(place.database.read_bytes() == bytes_before, f"{name}: bytes changed")
        tallying.wrong += place.complaints()
    return tallying.tally()
