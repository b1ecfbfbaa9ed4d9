"""Which form of the derived tables a database has, and which catalog they were built from."""

from collections.abc import Mapping

CATALOG_FORMAT = 11  # raised when a derived table changes, so that it is rebuilt
PENDING = "replaced"  # the key of catalog_state under which the catalog of before waits


def is_ours(state: Mapping[str, str]) -> bool:
    """Say whether the derived tables, given what they were built from, have our columns."""
    return state.get("hash", "").startswith(f"{CATALOG_FORMAT}:")


def with_format(text: str) -> str:
    """Return *text*, which stands for the catalog's files, with the format of their tables."""
    return f"{CATALOG_FORMAT}:{text}" if text else ""
