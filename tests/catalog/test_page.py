"""docs/CATALOG.md tells of every field, and what it shows is right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from llmpath.catalog import entries, map_entries
from llmpath.vocab import Kind

PAGE = (Path(__file__).parents[2] / "docs" / "CATALOG.md").read_text(encoding="utf-8")


ENTRIES = {
    name: entry
    for module in (entries, map_entries)
    for name, entry in vars(module).items()
    if name.endswith("Entry") and name != "Entry" and entry.__module__ == module.__name__
}
KINDS = ("Resource", "Dataset", "Track", "Goal", "Topic", "Requires", "Card", "Insight")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_told_of(kind: str) -> None:
    entry: Any = ENTRIES[f"{kind}Entry"]
    told = {*re.findall(r"`(\w+)`", PAGE), *re.findall(r"\{(\w+): A, (\w+)", PAGE)[0]}
    assert [name for name in entry.model_fields if name not in told] == []


def test_every_kind_is_named_and_has_its_minutes() -> None:
    rule = PAGE[PAGE.index("**Minutes**") :].split("\n\n")[0].lower()
    named = PAGE[PAGE.index("| `kind`") :].split("\n")[0]
    assert [kind for kind in Kind if kind not in named] == []
    assert [kind for kind in Kind if kind not in rule] == []


def test_the_example_is_a_resource() -> None:
    text = PAGE[PAGE.index("```yaml") + 7 :].split("```")[0]
    [example] = yaml.safe_load(text)
    assert entries.ResourceEntry.model_validate(example).id == "illustrated-transformer"
    assert list(example) == [name for name in entries.ResourceEntry.model_fields if name in example]


def test_limits_are_those_of_the_format() -> None:
    schema = entries.ResourcesFile.model_json_schema()["$defs"]["ResourceEntry"]["properties"]
    summary = schema["summary"]["anyOf"][0]
    assert f"{summary['minLength']} to {summary['maxLength']} characters" in PAGE
    because = map_entries.RequiresEntry.model_json_schema()["properties"]["because"]
    assert f"({because['minLength']} to {because['maxLength']}\ncharacters)" in PAGE


def test_the_issue_form_yields_an_entry() -> None:
    """What somebody pastes from a proposal has the keys of the catalog, in their order."""
    path = Path(__file__).parents[2] / ".github" / "ISSUE_TEMPLATE" / "resource.yml"
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    fields = {part["id"]: part for part in form["body"] if "id" in part}
    area = fields["entry"]["attributes"]
    assert (fields["entry"]["type"], area["render"]) == ("textarea", "yaml")
    [entry] = yaml.safe_load(area["value"])
    assert list(entry) == [name for name in entries.ResourceEntry.model_fields if name in entry]
    entry["url"] = "https://example.org/work"
    assert entries.ResourceEntry.model_validate(entry).sources == ["editors"]
    kinds = area["value"].split("kind: article  # ")[1].split("\n")[0].split()
    assert kinds == [str(kind) for kind in Kind]
