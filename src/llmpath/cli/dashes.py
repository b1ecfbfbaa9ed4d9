"""Arguments that begin with a dash and are text all the same: `llmpath note attention "- item"`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# Marks what is not an option, so that Click lets it pass: no shell can put a NUL into an argument.
KEPT = "\0"


def as_typed(words: Sequence[str] | None) -> list[str]:
    """Return *words* as they stood on the command line."""
    return [word.removeprefix(KEPT) for word in words or ()]


def is_text(arg: str, known: Mapping[str, Any]) -> bool:
    """Say whether *arg*, which begins with a dash, can be no option: of those *known* none is it.

    No option has white space in its name, nor begins with a digit, nor is without a letter.
    """
    if not any(map(str.isalnum, arg)):
        return arg not in ("-", "--")
    if arg[1:2].isdigit():
        return arg[:2] not in known
    name = arg.partition("=")[0]
    return any(map(str.isspace, arg)) and name not in known


def marked(args: Sequence[str], known: Mapping[str, Any], names: int) -> Iterator[str]:
    """Yield *args* with text marked that Click would take for options.

    *known* are the options by name, with how many values each takes. After *names* arguments a
    text has begun, in which a word with a dash is one, unless it looks like an option misspelled.
    """
    rest = iter(args)
    for arg in rest:
        name, equals, _ = arg.partition("=")
        if arg == "--":
            yield arg
            yield from rest
        elif len(arg) < 2 or not arg.startswith("-"):
            names -= 1
            yield arg
        elif name in known:
            yield arg
            for _ in range(0 if equals else known[name]):
                yield from (value for value in [next(rest, None)] if value is not None)
        elif is_text(arg, known) or (names < 0 and not _misspelled(name, known)):
            names -= 1
            yield KEPT + arg
        else:
            yield arg


def _misspelled(name: str, known: Mapping[str, Any]) -> bool:
    from difflib import get_close_matches  # 1 ms, and hardly anybody writes so

    return bool(get_close_matches(name, known, cutoff=0.75))


def options_of(params: Sequence[Any]) -> dict[str, int]:
    """Return the options among *params* by their names, with how many values each takes."""
    return {
        name: 0 if param.is_flag or param.count else param.nargs
        for param in params
        if param.param_type_name == "option"
        for name in (*param.opts, *param.secondary_opts)
    }
