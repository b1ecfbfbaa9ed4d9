"""The catalog's files missing, half written, broken, or replaced while commands read them."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

from llmpath.catalog import locate
from llmpath.catalog.load import load
from llmpath.errors import InvalidFile
from tests.conftest import SMALL
from tests.faults.place import Place, Tally, Tallying

STANDS = "the last good one stays in use"


def faulty_catalogs(folder: Path, one_in: int = 1) -> Tally:
    """Break the files in one in *one_in* of the ways: the last good catalog stays in use."""
    tallying = Tallying("catalog missing, half written, broken")
    shutil.copytree(SMALL, folder / "catalog")
    place = Place(folder / "place", folder / "catalog")
    good = place.must("list", "--limit", "0")
    for name in ("resources.yaml", "roadmap.yaml"):
        file = place.catalog / name
        whole = file.read_bytes()
        broken: dict[str, bytes | None] = {
            "missing": None,
            "empty": b"",
            "binary": bytes(range(256)) * 8,
            "a tab": whole.replace(b"    ", b"\t", 1),
            "another key": whole + b"\nhello: world\n",
            **{f"cut at {i}/7": whole[: len(whole) * i // 7] for i in range(1, 7)},
        }
        for fault, content in list(broken.items())[::one_in]:
            if content is None:
                file.unlink()
            else:
                file.write_bytes(content)
            for words in (["list", "--limit", "0"], ["note", "counting", f"{name} {fault}"]):
                ran = place.run(*words)
                tallying.ran(ran, (0,))
                if not ran.err and is_usable(place.catalog):
                    break  # cut where an optional key ends: that is a catalog, too
                tallying.check(STANDS in ran.err, f"{name} {fault}: {ran.err or 'no warning'}")
                tallying.check(str(place.catalog) in ran.err, f"{fault}: where? {ran.err}")
                if words[0] == "list":
                    tallying.check(ran.out == good, f"{name} {fault}: another list")
                tallying.message = tallying.message or ran.err.splitlines()[0]
            file.write_bytes(whole)
        healed = place.run("list", "--limit", "0")
        tallying.ran(healed, (0,))
        tallying.check(healed.out == good and not healed.err, f"mended {name}: {healed.err}")
    tallying.wrong += place.complaints()
    return tallying.tally()


def is_usable(folder: Path) -> bool:
    """Say whether the files in *folder* are a catalog that can be used."""
    try:
        load(locate.files(str(folder)))
    except InvalidFile:
        return False
    return True


def replaced_catalog(folder: Path, rounds: int) -> Tally:
    """Replace the catalog all the while: each command shows one whole edition."""
    tallying = Tallying("catalog replaced while in use")
    shutil.copytree(SMALL, folder / "catalog")
    place = Place(folder / "place", folder / "catalog")
    file = place.catalog / "resources.yaml"
    text = file.read_text(encoding="utf-8")
    editions = [text, text.replace("Adding by carrying", "Sums on paper"), text[:700]]
    shown = []
    for edition in editions[:2]:
        replace(file, edition)
        shown.append(place.must("list", "--limit", "0"))
    over = threading.Event()

    def keep_replacing() -> None:
        number = 0
        while not over.wait(0.003):
            number += 1
            replace(file, editions[number % 3] + f"# {number}\n")

    writer = threading.Thread(target=keep_replacing)
    writer.start()
    try:
        for number in range(rounds):
            ran = place.run("list", "--limit", "0")
            tallying.ran(ran, (0,))
            tallying.check(ran.out in shown, f"neither edition: {ran.out} {ran.err}")
            ran = place.run("note", "counting", f"round {number}")
            tallying.ran(ran, (0,))
            tallying.lost += not ran.out
    finally:
        over.set()
        writer.join()
    for edition, listing in zip(editions[:2], shown, strict=True):
        replace(file, edition)
        ran = place.run("list", "--limit", "0")
        tallying.ran(ran, (0,))
        tallying.check(ran.out == listing and not ran.err, f"not the last edition: {ran.err}")
    notes = place.must("notes", "--json")
    tallying.lost += sum(f'"round {number}"' not in notes for number in range(rounds))
    tallying.wrong += place.complaints()
    return tallying.tally()


def replace(file: Path, text: str) -> None:
    """Write *file* anew in one stroke."""
    partial = file.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, file)
