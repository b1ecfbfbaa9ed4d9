"""Who runs a command, and when: what every command needs, and hardly more.

Apart from `model`, whose values take 1 ms to define: `undo` and the like handle none of them.
"""

from typing import NamedTuple

LONGEST_NAME = 60
FIRST_YEAR, LAST_YEAR = 1970, 2199  # in which commands can be: any zone's clock has such times


class Learner(NamedTuple):
    """Somebody who learns; `id` is stable, `name` may change."""

    id: str
    name: str


class Moment(NamedTuple):
    """When a command runs: UTC as ISO 8601, and the learner's own date."""

    at: str
    local_date: str


def clean_name(name: str) -> str:
    """Return *name* if it can be a learner's: one line of printable characters; else ''."""
    name = name.strip()
    return name if name.isprintable() and 0 < len(name) <= LONGEST_NAME else ""


def id_of(name: str) -> str:
    """Return the id that the first learner of a *name* gets: the same on every machine.

    So the data of somebody who learns on two machines is known as one person's.
    """
    from binascii import crc32  # for a new learner alone

    given = name.encode()
    return f"{crc32(given):08x}{crc32(given[::-1] + b'.'):08x}"
