"""The JSON schemas say what the program itself accepts, and are current."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from llmpath.catalog import document, locate
from llmpath.catalog.entries import GlossaryFile, ResourcesFile
from llmpath.catalog.map_entries import RoadmapFile
from llmpath.catalog.schema import SCHEMAS, schema, schema_text
from llmpath.catalog.shape import shape
from tests.catalog.conftest import SOURCE
from tests.catalog.samples import Broken, broken

FOLDER = Path(__file__).parents[2] / "data" / "schema"
BY_FILE = {"resources.yaml": ResourcesFile, "roadmap.yaml": RoadmapFile}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_current(name: str) -> None:
    path = FOLDER / name
    assert path.read_text(encoding="utf-8") == schema_text(SCHEMAS[name]), (
        "write it anew: python -m llmpath.catalog.schema"
    )


def test_there_is_no_schema_that_nothing_makes() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(SCHEMAS)


def test_the_module_writes_the_schemas_where_it_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    ran = subprocess.run(
        [sys.executable, "-m", "llmpath.catalog.schema", str(folder)],
        env={**os.environ, "PYTHONPATH": SOURCE},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0
    assert ran.stdout.split() == [str(folder / name) for name in SCHEMAS]
    for name in SCHEMAS:
        assert (folder / name).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_says_what_it_means(name: str) -> None:
    found = schema(SCHEMAS[name])
    entries = {"the file": found, **found["$defs"]}
    bare = [
        f"{entry}.{key}"
        for entry, part in entries.items()
        for key, value in part.get("properties", {}).items()
        if not value.get("description")
    ]
    assert bare == []
    assert all(part.get("description") for part in entries.values())


def faults(value: Any, part: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    """Yield what *part* of a schema has against *value*: the keywords that ours use, no others."""
    for word, rule in part.items():
        match word:
            case "$ref":
                yield from faults(value, whole["$defs"][rule.rsplit("/", 1)[1]], whole)
            case "anyOf":
                if all(any(faults(value, one, whole)) for one in rule):
                    yield "anyOf"
            case "type":
                types = {"string": str, "integer": int, "boolean": bool, "array": list}
                wanted = {**types, "object": dict, "null": type(None)}[rule]
                if type(value) is not wanted:
                    yield f"type {rule}"
            case "enum" if value not in rule:
                yield "enum"
            case "pattern" if isinstance(value, str) and not re.search(rule, value):
                yield "pattern"
            case "minLength" | "maxLength" if isinstance(value, str):
                if (len(value) < rule) if word == "minLength" else (len(value) > rule):
                    yield word
            case "minItems" | "maxItems" if isinstance(value, list):
                if (len(value) < rule) if word == "minItems" else (len(value) > rule):
                    yield word
            case "minimum" | "maximum" if isinstance(value, int):
                if (value < rule) if word == "minimum" else (value > rule):
                    yield word
            case "items" if isinstance(value, list):
                for item in value:
                    yield from faults(item, rule, whole)
            case "properties" if isinstance(value, dict):
                for key, inner in value.items():
                    if key in rule:
                        yield from faults(inner, rule[key], whole)
            case "required" if isinstance(value, dict):
                yield from (f"required {key}" for key in rule if key not in value)
            case "additionalProperties" if isinstance(value, dict) and rule is False:
                yield from (f"unknown {key}" for key in value if key not in part["properties"])


@pytest.mark.parametrize(
    ("path", "kind"),
    [*zip(locate.files(), (ResourcesFile, RoadmapFile, GlossaryFile), strict=True)],
)
def test_the_schema_accepts_the_shipped_files(path: Path, kind: Any) -> None:
    whole = schema(kind)
    assert list(faults(document.read_document(path).value, whole, whole)) == []


@pytest.mark.parametrize("case", list(broken()), ids=lambda case: case.name)
def test_the_schema_refuses_what_the_program_refuses_by_itself(case: Broken) -> None:
    for name, kind in BY_FILE.items():
        try:
            found = document.read_text(Path(name), case.files[name])
        except document.Unreadable:
            continue
        whole = schema(kind)
        assert bool(list(faults(found.value, whole, whole))) == bool(list(shape(found, kind))) or (
            found.blind
        )
