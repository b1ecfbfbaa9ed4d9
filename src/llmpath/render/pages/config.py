"""Show the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.render.layout import Line, line, paragraph
from llmpath.settings import variable

if TYPE_CHECKING:
    from llmpath.actions.configuration import Set, SettingRow


def lines(rows: Sequence[SettingRow], width: int) -> list[Line]:
    """Return every setting with its value, its default where that differs, and its meaning."""
    shown: list[Line] = []
    for row in rows:
        default = "" if row.value == row.default else f"  (default {value_text(row.default)})"
        name = (row.name, "id")
        shown.append(line(name, " = ", (value_text(row.value), "title"), (default, "dim")))
        shown += paragraph(f"{row.meaning}; {variable(row.name)}", width, 4, "dim")
    return shown


def value_text(value: Any) -> str:
    """Return a value as it is written in the config file or on the command line."""
    return f"{value:g}" if isinstance(value, float) else str(value) or '""'


def data(rows: Sequence[SettingRow]) -> dict[str, Any]:
    """Return the settings for other programs."""
    return {"settings": {row.name: row.value for row in rows}}


def changed(done: Set) -> list[Line]:
    """Return the value that a setting has now; None where there is no such setting."""
    if done.value is None:
        return [line(f"{done.name} is no longer there")]
    return [line(f"{done.name} = {value_text(done.value)}")]
