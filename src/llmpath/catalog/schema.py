"""Write the JSON schemas of the catalog's files: `python -m llmpath.catalog.schema [FOLDER]`.

Editors complete and check the files by them: the first line of each file names its schema.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from llmpath.catalog.entries import Entry, GlossaryFile, ResourcesFile
from llmpath.catalog.locate import files
from llmpath.catalog.map_entries import RoadmapFile
from llmpath.files import write_file

PUBLIC = 0o644  # a schema holds nothing of anybody's
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: dict[str, type[Entry]] = {
    "resources.schema.json": ResourcesFile,
    "roadmap.schema.json": RoadmapFile,
    "glossary.schema.json": GlossaryFile,
}


def schema(file: type[Entry]) -> dict[str, Any]:
    """Return the JSON schema of a catalog *file*, each key with what it means."""
    found = file.model_json_schema()
    return {"$schema": DIALECT, **_plain(found)}


def _plain(part: Any) -> Any:
    """Return *part* without the titles that pydantic makes from names: they say nothing new.

    A title is taken for one only where it is a text: a key may be called `title` too.
    """
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if isinstance(part, dict):
        return {
            key: _plain(value)
            for key, value in part.items()
            if not (key == "title" and isinstance(value, str))
        }
    return part


def schema_text(file: type[Entry]) -> str:
    """Return the schema of a catalog *file* as it is written."""
    return json.dumps(schema(file), indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> list[Path]:
    """Write all schemas into *folder* and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, file in SCHEMAS.items():
        path = folder / name
        write_file(path, schema_text(file), PUBLIC)
        paths.append(path)
    return paths


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else files().resources.parent / "schema"
    for path in write(target):
        print(path)
