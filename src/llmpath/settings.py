"""Where things are and how the learner wants them: flag > environment > file > default."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from llmpath.errors import DatabaseTrouble, InvalidFile, UsageError, arguments, quoted


class Setting(NamedTuple):
    """One thing a learner can set: its type, default and meaning.

    `choices` are what it can be besides its default; `words` gives what each word of a list can be.
    """

    default: int | float | str
    meaning: str
    least: float | None = None
    choices: tuple[str, ...] = ()
    words: Callable[[], tuple[str, ...]] | None = None
    hour: bool = False  # a time of the morning, HH:MM


def _kinds() -> tuple[str, ...]:
    from llmpath.vocab import Kind

    return tuple(Kind)


def _languages() -> tuple[str, ...]:
    from llmpath.languages import Language  # 0.2 ms, and few read another than English

    return tuple(Language)


SETTINGS: Mapping[str, Setting] = {
    "next.count": Setting(5, "how many choices `next` offers", least=1),
    "aim": Setting(
        "track",
        "what you want of topics: to use them, to understand them, or what their track is for",
        choices=("track", "use", "understand"),
    ),
    "prefer.kinds": Setting(
        "", "kinds you would rather study, best first, such as video,article", words=_kinds
    ),
    "prefer.level": Setting(
        "",
        "the level you would rather study at",
        choices=("beginner", "intermediate", "advanced"),
    ),
    "languages": Setting(
        "English", "languages you read; nothing in another is offered", words=_languages
    ),
    "plan.hours": Setting(5.0, "hours a week that `plan` assumes by default", least=0.5),
    "day.start": Setting(
        "00:00",
        "when your day begins: at 04:00, an hour after midnight is still yesterday",
        hour=True,
    ),
    "color": Setting("auto", "when to use colour", choices=("auto", "always", "never")),
    "links": Setting(
        "auto",
        "whether titles link to what they name, where a terminal can",
        choices=("auto", "never"),
    ),
    "plain": Setting(
        "no", "words instead of signs, bars and colour, for a screen reader", choices=("no", "yes")
    ),
    "catalog": Setting("", "a folder with your own resources.yaml and roadmap.yaml"),
    "backup.daily": Setting(7, "how many daily backups to keep; 0 makes none", least=0),
    "backup.weekly": Setting(4, "how many weekly backups to keep beyond those", least=0),
    "weight.doing": Setting(100.0, "points for something you have started"),
    "weight.core": Setting(20.0, "points for a core resource of a topic"),
    "weight.order": Setting(8.0, "points lost for each resource of the topic that comes before it"),
    "weight.opens": Setting(
        6.0, "points for each topic this one opens, up to three; with goals, on the path to them"
    ),
    "weight.reach": Setting(
        6.0, "points for the share of the map, or of the path to your goals, beyond the topic"
    ),
    "weight.begun": Setting(8.0, "points when you have already done something in the topic"),
    "weight.refresh": Setting(4.0, "points for a topic you marked as shaky"),
    "weight.essential": Setting(2.0, "points for a must-read"),
    "weight.goal": Setting(
        8.0, "points for a topic that is a goal, or part of one; for the first part most"
    ),
    "weight.later": Setting(
        80.0, "points lost for each open goal before the first that a topic leads to"
    ),
    "weight.overview": Setting(30.0, "points for an overview that belongs before all else"),
    "weight.quick": Setting(3.0, "points for taking under three hours; the shorter, the more"),
    "weight.taste": Setting(
        1.0, "points for the kind you like best, and for your level; fewer for other kinds"
    ),
}

_SIXTY = tuple(f"{number:02}" for number in range(60))
LATEST_START = 12  # the hour before which a day begins: later, most of it would be another's
# What people write for yes and no.
SWITCHED = {
    **dict.fromkeys(("1", "true", "on", "y"), "yes"),
    **dict.fromkeys(("0", "false", "off", "n"), "no"),
}
CALLED = {int: "a whole number", float: "a number", str: "text"}
WEIGHTS = tuple(name for name in SETTINGS if name.startswith("weight."))


class Settings(NamedTuple):
    """The folders in use and every setting's value.

    `faults` is what is wrong with the config file, by the name of the setting; '' for all of it.
    """

    data: Path
    config: Path
    values: Mapping[str, Any]
    faults: Mapping[str, InvalidFile] = {}

    @property
    def grave(self) -> InvalidFile | None:
        """The fault that leaves open which catalog and which rules the learner wants, if any."""
        return self.faults.get("") or self.faults.get("catalog")

    @property
    def database(self) -> Path:
        """The learner's database."""
        return self.data / "llmpath.db"

    def value(self, name: str) -> Any:
        """Return the value of the setting *name*."""
        return self.values[name]


def load(environ: Mapping[str, str], text: str | None = None) -> Settings:
    """Return the settings in force under *environ*, or if the config file had this *text*.

    What is wrong in the config file is left out, and among the `faults`: a newer version may have
    written it. Raises UsageError where a variable holds no value of its setting, and
    DatabaseTrouble where the environment leaves no place for the data.
    """
    data, config = _folders(environ)
    values: dict[str, Any] = {name: setting.default for name, setting in SETTINGS.items()}
    found, faults = _from_file(config / "config.toml", text)
    values.update(found)
    for name in SETTINGS:
        text = environ.get(variable(name))
        if text:
            try:
                values[name] = parse(name, text)
            except UsageError as error:
                raise UsageError(f"{variable(name)}: {error.message}", error.hint) from None
    if environ.get("NO_COLOR") and variable("color") not in environ:
        values["color"] = "never"
    return Settings(data, config, values, faults)


def variable(name: str) -> str:
    """Return the environment variable that overrides the setting *name*."""
    return "LLMPATH_" + name.upper().replace(".", "_")


def parse(name: str, text: str) -> int | float | str:
    """Return *text* as a value of the setting *name*, or raise UsageError."""
    if name not in SETTINGS:
        raise UsageError(
            f"There is no setting {quoted(name)}.", "See them all with: llmpath config"
        )
    setting = SETTINGS[name]
    kind = type(setting.default)
    try:
        value: int | float | str = kind(text)
    except ValueError:
        raise UsageError(f"{name} takes {CALLED[kind]}, not {quoted(text)}.") from None
    return check(name, value)


def check(name: str, value: int | float | str) -> int | float | str:
    """Return *value* as the setting *name* can have it, or raise UsageError."""
    setting = SETTINGS[name]
    if setting.words:
        return _list(name, setting, str(value))
    if setting.hour:
        return _hour(name, str(value))
    if setting.choices:
        value = str(value).casefold()
        if "yes" in setting.choices:
            value = SWITCHED.get(value, value)
    if setting.choices and value not in (*setting.choices, setting.default):
        raise UsageError(f"{name} must be one of {', '.join(setting.choices)}, not {value!r}.")
    if isinstance(value, float) and not -1e6 < value < 1e6:
        raise UsageError(f"{name} takes a number between -1000000 and 1000000, not {value!r}.")
    if setting.least is not None and not isinstance(value, str) and value < setting.least:
        raise UsageError(f"{name} must be at least {setting.least:g}, not {value!r}.")
    return value


def _hour(name: str, text: str) -> str:
    """Return *text* as a time of the morning, HH:MM, or raise UsageError."""
    hours, _, minutes = text.strip().partition(":")
    known = all(part in _SIXTY for part in (hours.zfill(2), minutes.zfill(2)))
    if hours and known and int(hours) < LATEST_START:
        return f"{int(hours):02}:{int(minutes or 0):02}"
    raise UsageError(
        f"{name} takes a time before noon, not {quoted(text)}.",
        f"For example: llmpath config set {name} 04:00",
    )


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of the list *text*, which commas or spaces part."""
    return tuple(text.replace(",", " ").split())


def _list(name: str, setting: Setting, text: str) -> str:
    """Return *text* as a list of the words that the setting *name* can have, each once."""
    choices = {word.casefold(): word for word in setting.words()} if setting.words else {}
    found: dict[str, None] = {}
    for word in words_in(text):
        low = word.casefold()
        known = choices.get(low) or choices.get(low.removesuffix("s"))
        if not known:
            raise UsageError(
                f"{name} cannot be {quoted(word)}.",
                f"Choose from: {', '.join(choices.values())}.",
            )
        found[str(known)] = None
    if setting.default and not found:
        raise UsageError(f"{name} cannot be empty.", f"Choose from: {', '.join(choices.values())}.")
    return ",".join(found)


def _folders(environ: Mapping[str, str]) -> tuple[Path, Path]:
    home = environ.get("LLMPATH_HOME")
    if home:
        try:
            folder = Path(home).expanduser().absolute()  # what is advised works anywhere
            return folder, folder
        except RuntimeError:
            raise DatabaseTrouble(
                f"LLMPATH_HOME is {home}, and there is no such home directory.",
                "Set LLMPATH_HOME to a folder you own.",
            ) from None
        except FileNotFoundError:
            raise DatabaseTrouble(
                f"LLMPATH_HOME is {home}, in a folder that is no longer there.",
                "Set LLMPATH_HOME to a folder you own.",
            ) from None
    if sys.platform == "linux" and environ.get("HOME", "").startswith("/") and _plain(environ):
        # As platformdirs says, whose import takes 3 ms of the 60 that a command has.
        return _xdg(environ, "DATA", ".local/share"), _xdg(environ, "CONFIG", ".config")
    import platformdirs

    try:
        dirs = platformdirs.PlatformDirs("llmpath", appauthor=False)
        data, config = Path(dirs.user_data_dir), Path(dirs.user_config_dir)
    except RuntimeError:
        data = config = Path("~")
    if not (data.is_absolute() and config.is_absolute()):
        raise DatabaseTrouble(
            "There is no home directory to keep your progress in.",
            "Set LLMPATH_HOME to a folder you own.",
        )
    return data, config


def _plain(environ: Mapping[str, str]) -> bool:
    """Say whether this is no Android, whose folders are elsewhere."""
    return not hasattr(sys, "getandroidapilevel") and "ANDROID_ROOT" not in environ


def _xdg(environ: Mapping[str, str], name: str, usual: str) -> Path:
    """Return our folder by the XDG Base Directory Specification, which skips relative paths."""
    base = environ.get(f"XDG_{name}_HOME", "")
    if not base.startswith("/"):
        base = f"{environ['HOME'].rstrip('/')}/{usual}"
    return Path(base) / "llmpath"


def _from_file(path: Path, text: str | None) -> tuple[dict[str, Any], dict[str, InvalidFile]]:
    """Return the settings in the file at *path*, or in its *text*, and what is wrong with others.

    Raises DatabaseTrouble where its folder cannot be read.
    """
    try:
        if text is None and not path.is_file():
            if path.is_dir() or path.is_fifo() or path.is_socket():
                return {}, {"": InvalidFile(f"{path} is no file with settings.", "Move it away.")}
            return {}, {}
    except OSError as error:
        raise DatabaseTrouble(
            f"Cannot read {path.parent}: {error.strerror}.",
            "Set LLMPATH_HOME to a folder you own.",
        ) from None
    import tomllib  # 3 ms, only where there is a config file

    try:
        # Editors on Windows put a mark before a text.
        document = tomllib.loads(path.read_text(encoding="utf-8-sig") if text is None else text)
    except OSError as error:
        return {}, {"": InvalidFile(f"Cannot read {path}: {error.strerror}.")}
    except UnicodeDecodeError:
        return {}, {"": InvalidFile(f"{path} is not in UTF-8.", "Save it as UTF-8, or remove it.")}
    except tomllib.TOMLDecodeError as error:
        fault = InvalidFile(f"{path} is not valid TOML: {error}.", "Fix or remove it.")
        return {}, {"": fault}
    found: dict[str, Any] = {}
    faults: dict[str, InvalidFile] = {}
    for name, value in _flat(document):
        try:
            found[name] = _filed(name, value)
        except UsageError as error:
            reset = f"To reset it: llmpath config unset {arguments(name)}"
            told = [error.hint] if error.hint else []
            faults[name] = InvalidFile(f"{path}: {error.message}", reset, told)
    return found, faults


def _filed(name: str, value: Any) -> int | float | str:
    """Return *value*, as it stands in a file, as the setting *name* has it; or raise UsageError."""
    if name not in SETTINGS:
        raise UsageError(f"there is no setting {name!r}.")
    wanted = type(SETTINGS[name].default)
    if SETTINGS[name].words and isinstance(value, list):
        value = ",".join(map(str, value))
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not wanted:
        raise UsageError(f"{name} takes {CALLED[wanted]}, not {value!r}.")
    return check(name, value)


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + key, value))
    return rows


def environment() -> Mapping[str, str]:
    """Return this process's environment."""
    return os.environ
