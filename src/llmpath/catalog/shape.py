"""Hold one file against the entries' definition: keys, types, lengths, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from llmpath.catalog.document import FAULTS, Document, Location, Problem
from llmpath.catalog.entries import ADDRESS, EDITION, LINE, MONTH, SLUG, Entry, known_keys

ENTRIES_AT_ONCE = 1000  # entries that are held against the definition together

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")


def shape(document: Document, file: type[Entry]) -> Iterator[Problem]:
    """Yield what is wrong with each entry of *document*, a catalog *file*, taken by itself."""
    if document.is_blind(()):
        return
    if not isinstance(document.value, dict):
        keys = ", ".join(known_keys(file, ()))
        yield document.problem((), f"not a catalog file. Start it with the keys {keys}.")
        return
    told = 0
    for fault in _faults(document.value, file):
        location = tuple(fault["loc"])
        if not document.is_blind(location):
            of_key = fault["type"] == "extra_forbidden"
            yield document.problem(location, _sentence(fault, file), of_key)
            told += 1
            if told == FAULTS:  # nobody mends more at once, and each takes memory
                return


def _faults(value: dict[str, Any], file: type[Entry]) -> Iterator[Any]:
    """Yield what pydantic has to say of *value*, its long lists some ENTRIES_AT_ONCE at a time."""
    long = [
        key
        for key, items in value.items()
        if isinstance(items, list) and len(items) > ENTRIES_AT_ONCE
    ]
    yield from _said({**value, **{key: value[key][:ENTRIES_AT_ONCE] for key in long}}, file)
    for key in long:
        for start in range(ENTRIES_AT_ONCE, len(value[key]), ENTRIES_AT_ONCE):
            for fault in _said({key: value[key][start : start + ENTRIES_AT_ONCE]}, file):
                if fault["loc"][0] == key and len(fault["loc"]) > 1:
                    _, number, *rest = fault["loc"]
                    yield {**fault, "loc": (key, start + number, *rest)}


def _said(value: dict[str, Any], file: type[Entry]) -> list[Any]:
    try:
        file.model_validate(value)
    except ValidationError as error:
        return list(error.errors(include_url=False))
    return []


def _sentence(fault: Any, file: type[Entry]) -> str:
    location: Location = tuple(fault["loc"])
    name, context, given = _name(location), fault.get("ctx", {}), fault["input"]
    match fault["type"]:
        case "extra_forbidden":
            keys = known_keys(file, location[:-1])
            near = get_close_matches(str(location[-1]), keys, 1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Allowed here: {', '.join(keys)}."
            return f"unknown key {name}. {hint}"
        case "missing":
            return f"{name} is missing. Add it."
        case "enum":
            choices = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            near = get_close_matches(str(given), choices, 1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Choose from {', '.join(choices)}."
            return f"{name} cannot be {_short(given)}. {hint}"
        case "string_too_short" | "string_too_long" | "too_short" | "too_long":
            return _measured(name, fault["type"], context, given)
        case "greater_than_equal" | "less_than_equal" if location == ("version",):
            return f"'version' is {given}; this llmpath reads version 1. Set it to 1."
        case "greater_than_equal":
            return f"{name} is {given}; it must be at least {context['ge']}. Fix it."
        case "less_than_equal":
            return f"{name} is {given}; it must be at most {context['le']}. Fix it."
        case "string_pattern_mismatch":
            return f"{_short(given)} {_misformed(context['pattern'], given)}"
        case "string_type":
            return f"{name} must be text, not {_short(given)}. {_as_text(given)}"
        case "int_type":
            return f"{name} must be a whole number, not {_short(given)}. {_as_number(given)}"
        case "bool_type":
            return f"{name} must be true or false, not {_short(given)}. {_as_answer(given)}"
        case "list_type":
            return f"{name} must be a list, not {_short(given)}. Write it as [one, two]."
        case "model_type" | "model_attributes_type":
            return f"{name} must be an entry with keys, not {_short(given)}. Add its keys."
        case _:
            message = fault["msg"]
            return f"{name}: {message[0].lower()}{message[1:]}, not {_short(given)}. Fix it."


def _name(location: Location) -> str:
    if not location:
        return "the file"
    if isinstance(location[-1], int):
        around = next((part for part in reversed(location) if isinstance(part, str)), "the list")
        return f"item {location[-1] + 1} of {around!r}"
    return repr(location[-1])


def _measured(name: str, fault: str, context: Any, given: Any) -> str:
    unit = "character" if isinstance(given, str) else "item"
    has = f"{name} has {len(given)} {unit}{'s' * (len(given) != 1)}"
    if fault.endswith("too_short"):
        if not given:
            return f"{name} is empty. Fill it in, or remove the key if it is optional."
        return f"{has}; at least {context['min_length']} are needed. Add more."
    return f"{has}; at most {context['max_length']} are allowed. Shorten it."


def _misformed(pattern: str, given: str) -> str:
    match pattern:
        case _ if pattern == SLUG:
            return "is not an id. Use lower-case letters, digits and single hyphens."
        case _ if pattern == EDITION:
            return 'is not an edition. Write year and quarter: "2026.4".'
        case _ if pattern == MONTH:
            return "is not a month. Write it as 2024-05."
        case _ if pattern == LINE and "\n" in given:
            return "has more than one line. Keep it on one."
        case _ if pattern == LINE:
            return "begins or ends with a space. Remove it."
        case _ if pattern == ADDRESS and re.search(r"\s", given):
            return "is not an address: it contains a space. Write it as %20, or remove it."
        case _ if pattern == ADDRESS:
            return "is not an address. Start it with https:// and a host name."
    return f"does not look like {pattern}. Fix it."


def _as_text(given: Any) -> str:
    if given is None:
        return "Fill it in, or remove the key."
    if isinstance(given, bool):
        return f'Put it in quotes: "{str(given).lower()}".'
    if isinstance(given, int):
        return f'Put it in quotes: "{given}".'
    return "Use a single text."


def _as_number(given: Any) -> str:
    if isinstance(given, str):
        if given.isdecimal():
            return "Remove the quotes."
        if clock := _CLOCK.fullmatch(given):
            return f"Write {60 * int(clock[1]) + int(clock[2])}."
    if given is None:
        return "Fill it in, or remove the key."
    return "Use digits only."


def _as_answer(given: Any) -> str:
    word = str(given).lower()
    if word in ("yes", "on", "y", "1", "true"):
        return "Write true."
    if word in ("no", "off", "n", "0", "false"):
        return "Write false."
    return "Use one of the two."


def _short(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an entry"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
