"""The file that carries a learner's data: `llmpath export json` writes it, `import` reads it.

Reading trusts nothing: size, depth and repeated keys are bounded as JSON is parsed. What is in the
rows is held against the tables in `checking`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from llmpath import texts
from llmpath.errors import InvalidFile
from llmpath.inputs import read_file
from llmpath.store.history.checking import fault, once, refuse
from llmpath.store.history.people import Tables

STDIN, SHOWN = Path("-"), Path("stdin")  # what stands for it, and what it is called
FORMAT = "llmpath-learners"
FORMAT_VERSION = 1
MOST_BYTES = 256 * 1024 * 1024  # bytes; 100,000 commands with their events take 80 million
MOST_VALUES = 16_000_000  # values; 100,000 commands have three million
LONGEST_NUMBER = 20  # digits; 64 bits are at most that

# Controls that JSON lets through but a terminal would obey: written as escapes.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Document(NamedTuple):
    """What a file carries: the schema of its tables, whether all learners are in it, the rows.

    Its rows have the ids that its catalog had; *names* are those its log has as ids of before.
    *account* is that of who made it (see `identity.account`), '' where it is not known.
    """

    schema: int
    whole: bool
    tables: Tables
    names: Mapping[str, str] = {}
    account: str = ""


def written(document: Document, at: str, program: str) -> str:
    """Return *document* as the text of a file, a row on a line; made *at* a time by *program*."""
    head = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "schema": document.schema,
        "whole": document.whole,
        "exported_at": at,
        "program": program,
        **({"account": document.account} if document.account else {}),
        **({"renamed": document.names} if document.names else {}),
    }
    parts = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    tables = []
    for name, rows in document.tables.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        tables.append(f"{json.dumps(name)}: [\n{lines}\n]" if rows else f"{json.dumps(name)}: []")
    text = "{\n" + ",\n".join([*parts, '"tables": {\n' + ",\n".join(tables) + "\n}"]) + "\n}\n"
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def read_export(path: Path, newest: int) -> Document:
    """Return the document in the file at *path*, whose schema is at most *newest*.

    Its rows are not yet held against the tables: see `checking`. Raises InvalidFile.
    """
    value = _parsed(path)
    path = called(path)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InvalidFile(
            f"{path} is not an llmpath export.", "Make one with: llmpath export json -o FILE"
        )
    for name, most in (("version", FORMAT_VERSION), ("schema", newest)):
        number = value.get(name)
        if type(number) is not int or number < 1:
            raise InvalidFile(f"{path}: {name} must be a whole number of at least 1.")
        if number > most:
            raise InvalidFile(
                f"{path} was written by a newer llmpath ({name} {number}, this one knows {most}).",
                "Install the newest llmpath.",
            )
    tables = value.get("tables")
    if not isinstance(tables, dict) or not all(isinstance(rows, list) for rows in tables.values()):
        raise InvalidFile(f"{path}: tables must have a list of rows for each table.")
    names = value.get("renamed", {})
    if not isinstance(names, dict) or not all(
        isinstance(name, str) and not fault("", name, "TEXT", True)
        for pair in names.items()
        for name in pair
    ):
        raise InvalidFile(f"{path}: renamed must have a new id for each former id.")
    account = value.get("account", "")
    if not isinstance(account, str) or not re.fullmatch("(?:[0-9a-f]{16})?", account):
        raise InvalidFile(f"{path}: account must be 16 hexadecimal digits.")
    return Document(value["schema"], value.get("whole") is True, tables, names, account)


def called(path: Path) -> Path:
    """Return the file at *path* as it is called in messages."""
    return SHOWN if path == STDIN else path


def _parsed(path: Path) -> Any:
    """Return the JSON in the file at *path*, or raise InvalidFile with the place of its fault."""
    source, path = None if path == STDIN else path, called(path)
    try:
        known = source.stat().st_size if source else 0
        data = b"" if known > MOST_BYTES else read_file(source, MOST_BYTES)
        if max(known, len(data)) > MOST_BYTES:
            raise InvalidFile(f"{path} has over {MOST_BYTES:,} bytes; at most that many are read.")
        text = texts.decoded(data, str(path))
    except OSError as error:
        raise InvalidFile(f"Cannot read {path}: {error.strerror}.") from None
    except MemoryError:
        raise InvalidFile(f"{path} is too large to be read.") from None
    # What stands in texts counts as well: a bound will do.
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        raise InvalidFile(
            f"{path} has more than {MOST_VALUES:,} values; at most that many are read."
        )
    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=refuse, parse_int=_whole)
    except json.JSONDecodeError as error:
        where = f"{path}:{error.lineno}:{error.colno}"
        raise InvalidFile(f"{where}: not valid JSON: {error.msg}.") from None
    except RecursionError:
        raise InvalidFile(f"{path}: nested too deeply to be an export.") from None
    except ValueError as error:  # a repeated key, NaN, or a number of thousands of digits
        raise InvalidFile(f"{path}: {str(error).partition(';')[0]}.") from None


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(digits):,} digits")
    return int(digits)
