"""Settings: list, change and reset them. Comments in the config file stay."""

from pathlib import Path
from typing import Any, NamedTuple

from llmpath import kept
from llmpath.actions.outcome import Change, Outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import DatabaseTrouble, UsageError
from llmpath.settings import SETTINGS, load, parse


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
    document = _document(w, name)
    table: Any = document
    *parents, last = name.split(".")
    for parent in parents:
        if not isinstance(table.get(parent), dict):
            table[parent] = {}
        table = table[parent]
    table[last] = parsed
    return _written(w, document, "set", name, parsed)


def unset(w: Workspace, name: str) -> Set:
    """Give the setting *name* its default again; raises UsageError where it is not set.

    What is set there and is no setting at all can be taken out, too.
    """
    document = _document(w, name)
    table: Any = document
    *parents, last = name.split(".")
    for parent in parents:
        found = table.get(parent)
        table = found if isinstance(found, dict) else {}
    if isinstance(table.get(last, {}), dict):
        get(w, name)
        raise UsageError(f"{name} is not set in {_file(w)}.")
    del table[last]
    default = SETTINGS[name].default if name in SETTINGS else None
    return _written(w, document, "unset", name, default)


def _overlook(w: Workspace, changing: str | None = None) -> None:
    """Go on where the config file is wrong, and tell of it, but of a setting that is *changing*.

    Raises InvalidFile where one is changing and the file is no TOML.
    """
    w.settings = load(w.environ, strict=False)
    for name, fault in w.settings.faults.items():
        if not name and changing:
            raise fault
        if name != changing:
            w.tell(fault.message)


def _file(w: Workspace) -> Path:
    return w.settings.config / "config.toml"


def _document(w: Workspace, changing: str) -> Any:
    """Return the config file for *changing* a setting; raises InvalidFile where it is no TOML."""
    import tomlkit

    _overlook(w, changing)
    file = _file(w)
    return tomlkit.parse(file.read_text(encoding="utf-8")) if file.is_file() else tomlkit.document()


def _written(w: Workspace, document: Any, action: str, name: str, value: Any) -> Set:
    """Write *document* as the config file, and return that *name* has *value* now."""
    import tomlkit

    from llmpath.files import write_file

    before = w.settings.values.get(name)
    file = _file(w)
    try:
        if not w.trial:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_file(file, tomlkit.dumps(document), 0o666)
            kept.mark()
    except OSError as error:
        raise DatabaseTrouble(f"Cannot write {file}: {error.strerror}.") from None
    meaning = SETTINGS[name].meaning if name in SETTINGS else name
    change = Change("setting", name, meaning, {"value": before}, {"value": value})
    return Set(name, value, Outcome(action, changes=[change] if before != value else []))
