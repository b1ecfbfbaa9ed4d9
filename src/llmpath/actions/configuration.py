"""Settings: list, change and reset them. Comments in the config file stay."""

from typing import Any, NamedTuple

from llmpath.actions.outcome import Change, Outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import DatabaseTrouble, UsageError
from llmpath.settings import SETTINGS, parse


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
    return [
        SettingRow(name, w.settings.value(name), one.default, one.meaning)
        for name, one in SETTINGS.items()
    ]


def get(w: Workspace, name: str) -> Any:
    """Return the value of the setting *name*; raises UsageError where there is none."""
    if name not in SETTINGS:
        parse(name, "")
    return w.settings.value(name)


def change(w: Workspace, name: str, value: str) -> Set:
    """Set *name* to *value* in the config file."""
    parsed = parse(name, value)
    document = _document(w)
    table: Any = document
    *parents, last = name.split(".")
    for parent in parents:
        table = table.setdefault(parent, {})
    table[last] = parsed
    return _written(w, document, "set", name, parsed)


def unset(w: Workspace, name: str) -> Set:
    """Give the setting *name* its default again; raises UsageError where it is not set."""
    get(w, name)
    document = _document(w)
    table: Any = document
    *parents, last = name.split(".")
    for parent in parents:
        table = table.get(parent, {})
    if last not in table:
        raise UsageError(f"{name} is not set in {w.settings.config / 'config.toml'}.")
    del table[last]
    return _written(w, document, "unset", name, SETTINGS[name].default)


def _document(w: Workspace) -> Any:
    import tomlkit

    file = w.settings.config / "config.toml"
    return tomlkit.parse(file.read_text(encoding="utf-8")) if file.is_file() else tomlkit.document()


def _written(w: Workspace, document: Any, action: str, name: str, value: Any) -> Set:
    """Write *document* as the config file, and return that *name* has *value* now."""
    import tomlkit

    from llmpath.files import write_file

    before = w.settings.value(name)
    file = w.settings.config / "config.toml"
    try:
        if not w.trial:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_file(file, tomlkit.dumps(document), 0o666)
    except OSError as error:
        raise DatabaseTrouble(f"Cannot write {file}: {error.strerror}.") from None
    change = Change("setting", name, SETTINGS[name].meaning, {"value": before}, {"value": value})
    return Set(name, value, Outcome(action, changes=[change] if before != value else []))
