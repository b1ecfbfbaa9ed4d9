"""Who runs a command, and when: what every command needs, and hardly more.

Apart from `model`, whose values take 1 ms to define: `undo` and the like handle none of them.
"""

from typing import Literal, NamedTuple

LONGEST_NAME = 60
LONGEST_ID = 64  # of what becomes part of a file's name as it is
MACHINE = "/etc/machine-id"  # a random number that Linux gives each installation


class Learner(NamedTuple):
    """Somebody who learns; `id` is stable, `name` may change."""

    id: str
    name: str


class Moment(NamedTuple):
    """When a command runs: UTC as ISO 8601, and the learner's own date."""

    at: str
    local_date: str


def alike(name: str) -> str:
    """Return *name* in the form in which names that look the same are the same."""
    return _normal("NFKC", _normal("NFKC", " ".join(name.split())).casefold())


def _normal(form: Literal["NFC", "NFKC"], text: str) -> str:
    if text.isascii():
        return text
    from unicodedata import normalize  # 0.3 ms

    return normalize(form, text)


def clean_name(name: str) -> str:
    """Return *name* if it can be a learner's: one line of printable characters; else ''.

    Its letters are composed (NFC), as most systems write them.
    """
    name = _normal("NFC", name.strip())
    return name if name.isprintable() and 0 < len(name) <= LONGEST_NAME else ""


def id_of(name: str) -> str:
    """Return the id that the first learner of a *name* gets: the same on every machine.

    So the data of somebody who learns on two machines is known as one person's.
    """
    from binascii import crc32  # for a new learner alone

    given = name.encode()
    return f"{crc32(given):08x}{crc32(given[::-1] + b'.'):08x}"


def as_file_name(id_: str) -> str:
    """Return the *id_* of a learner, or of anything, as part of a file's name.

    Ids of ours are letters, digits and dashes; one in a database from elsewhere may be a path.
    """
    plain = id_.replace("-", "").replace("_", "")
    if not id_ or (plain.isascii() and plain.isalnum() and len(id_) <= LONGEST_ID):
        return id_
    from binascii import crc32

    return f"other-{crc32(id_.encode(errors='replace')):08x}"


def account() -> str:
    """Return what tells this account of this computer from any other, and nothing else of it.

    It is 16 hexadecimal digits, the same whenever it is asked for.
    """
    import os
    from hashlib import sha256  # 1 ms, for an export or import alone
    from platform import node

    try:
        with open(MACHINE, encoding="ascii") as file:
            machine = file.read(64).strip()
    except (OSError, UnicodeDecodeError):
        machine = ""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    # With the host's name, since copies of one installation have its number in common.
    return sha256(f"llmpath {machine} {node()} {user}".encode()).hexdigest()[:16]
