"""Settings: list, change and reset them. Comments in the config file stay."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from llmpath import files as filing
from llmpath import kept, locks
from llmpath.actions.outcome import Change, Outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import DatabaseTrouble, UsageError
from llmpath.settings import SETTINGS, load, parse, variable


class SettingRow(NamedTuple):
    """A setting: its name, value, default and meaning."""

    name: str
    value: Any
    default: Any
    meaning: str


class Set(NamedTuple):
    """A setting with the value that it has now, and what changed."""

    name: str
    value: Any
    outcome: Outcome


def settings(w: Workspace) -> list[SettingRow]:
    """Return every setting with its value in force."""
    _overlook(w)
    return [
        SettingRow(name, w.settings.value(name), one.default, one.meaning)
        for name, one in SETTINGS.items()
    ]


def get(w: Workspace, name: str) -> Any:
    """Return the value of the setting *name*; raises UsageError where there is none."""
    if name not in SETTINGS:
        parse(name, "")
    _overlook(w)
    return w.settings.value(name)


def files(w: Workspace) -> tuple[Path, Path]:
    """Return where the config file and the database are, whatever is in them."""
    _overlook(w)
    return _file(w), w.settings.database


def change(w: Workspace, name: str, value: str) -> Set:
    """Set *name* to *value* in the config file."""
    parsed = parse(name, value)

    def edit(document: Any) -> None:
        places = _places(document, name)
        for table, key in places[1:]:
            del table[key]
        if places:
            table, key = places[0]
        else:
            table, key = _section(document, name)
        table[key] = parsed

    return _edited(w, "set", name, edit)


def unset(w: Workspace, name: str) -> Set:
    """Give the setting *name* its default again; raises UsageError where it is not set.

    What is set there and is no setting at all can be taken out, too.
    """

    def edit(document: Any) -> None:
        places = _places(document, name)
        if not places:
            get(w, name)
            raise UsageError(f"{name} is not set in {_file(w)}.")
        for table, key in places:
            del table[key]

    return _edited(w, "unset", name, edit)


def _places(table: Any, name: str) -> list[tuple[Any, str]]:
    """Return where *name* is set in a *table*: next.count may be in [next], or a quoted key."""
    found: list[tuple[Any, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            if name.startswith(f"{key}."):
                found += _places(value, name[len(key) + 1 :])
        elif key == name:
            found.append((table, key))
    return found


def _section(document: Any, name: str) -> tuple[Any, str]:
    """Return the table of *document* in which to set *name*, and by what key."""
    table = document
    *parents, last = name.split(".")
    for parent in parents:
        if not isinstance(table.get(parent), dict):
            table[parent] = {}
        table = table[parent]
    return table, last


def _text(file: Path) -> str:
    """Return what is in the config *file*, its line ends as they are; '' where there is none.

    Raises OSError, and DatabaseTrouble for what would not keep a setting.
    """
    to = filing.target(file)
    if to.through and to.status:
        raise DatabaseTrouble(f"{file} is no file that keeps settings.", "Move it away.")
    return to.path.read_bytes().decode("utf-8-sig") if to.status else ""


def _overlook(w: Workspace, changing: str | None = None) -> None:
    """Go on where the config file is wrong, and tell of it, but of a setting that is *changing*.

    Raises InvalidFile where one is changing and the file is no TOML.
    """
    w.settings = load(w.environ)
    for name, fault in w.settings.faults.items():
        if not name and changing:
            raise fault
        if name != changing:
            w.tell(fault.message)


def _file(w: Workspace) -> Path:
    return w.settings.config / "config.toml"


def _edited(w: Workspace, action: str, name: str, edit: Callable[[Any], None]) -> Set:
    """Let *edit* change the config file for the setting *name*; return what it is now.

    No other command changes the file meanwhile. Raises InvalidFile where it is no TOML, and
    DatabaseTrouble where it cannot be written.
    """
    import tomlkit

    _overlook(w, name)
    file = _file(w)
    before = w.settings.values.get(name)
    try:
        if not w.trial:
            filing.private_folder(file.parent)
        with locks.locked(Path(os.path.realpath(file)).parent):
            text = _text(file)
            document = tomlkit.parse(text)
            edit(document)
            if not w.trial:
                filing.write_file(file, tomlkit.dumps(document))
                kept.mark()
    except OSError as error:
        raise DatabaseTrouble(f"Cannot write {file}: {error.strerror}.") from None
    value = load(w.environ, tomlkit.dumps(document)).values.get(name)
    if name in SETTINGS and w.environ.get(variable(name)):
        w.tell(f"{variable(name)} is set, and goes before the config file.")
    meaning = SETTINGS[name].meaning if name in SETTINGS else name
    change = Change("setting", name, meaning, {"value": before}, {"value": value})
    return Set(name, value, Outcome(action, changes=[change] if before != value else []))
