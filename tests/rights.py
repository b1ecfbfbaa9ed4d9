"""Run commands without the rights of root, or as somebody the system does not know.

For tests that may or may not be run by root, on a checkout that others may not be able to enter.
"""

from __future__ import annotations

import os

# Without capabilities root is bound by the modes of its own files, as everybody else is.
_WITHOUT = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
# Somebody without a name, who can still enter the checkout and the folder of the test.
_UNKNOWN = (
    "setpriv",
    "--reuid=54321",
    "--regid=54321",
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
)


def without_rights() -> tuple[str, ...]:
    """Return the words before a command that take rights away, if we have more than others."""
    return _WITHOUT if os.geteuid() == 0 else ()


def unknown_user() -> tuple[str, ...]:
    """Return the words before a command that run it as nobody known, if we may do that."""
    return _UNKNOWN if os.geteuid() == 0 else ()
