"""The canonical layout changes neither values nor comments, and is found the same again."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from llmpath.catalog import formatting, locate
from llmpath.catalog.document import Document, read_document, read_text
from llmpath.catalog.entries import GlossaryFile, ResourcesFile
from llmpath.catalog.layout import laid_out
from llmpath.catalog.map_entries import RoadmapFile
from llmpath.errors import InvalidFile
from tests.catalog.conftest import Command
from tests.catalog.samples import RESOURCES, ROADMAP

HERE = Path("resources.yaml")

DISORDERLY = """\
# The material.

# Keep it choice.
resources:   # in order of interest
# the first
- kind: course     # taught in spring
  id: vectors-course
  url: "https://vectors.example/course"
  'title': 'Vectors: a course'
  # how long
  minutes:   90
  level: beginner
  # beyond the definition
  colour: blue
  summary: "Draws vectors before it computes with them, so that a dot product is seen
    first, and only then written down."   # agreed
  topics:
  - vectors
  - attention # a little
  authors: [ "Ada", 'no', 1:30, ]
  dataset: {released: 2024-05,   category: general, rows: "804"}
- {id: short, title: 'C#, said', url: https://short.example/,
  summary: "A poem\\n  in lines\\n"}
version: 1 # of the format
sources: []
# the end
"""

ORDERLY = """\
# The material.

# Keep it choice.
version: 1  # of the format
sources: []
resources:  # in order of interest
  # the first
  - id: vectors-course  # taught in spring
    title: "Vectors: a course"
    url: https://vectors.example/course
    kind: course
    level: beginner
    topics:
      [
        vectors,
        attention,  # a little
      ]
    authors: [Ada, "no", "1:30"]
    # how long
    minutes: 90
    summary: >-  # agreed
      Draws vectors before it computes with them, so that a dot product is seen first, and only then
      written down.
    dataset: {rows: "804", category: general, released: 2024-05}
    # beyond the definition
    colour: blue

  - id: short
    title: C#, said
    url: https://short.example/
    summary: |
      A poem
        in lines
# the end
"""


def document(text: str) -> Document:
    return read_text(HERE, text)


def test_keys_comments_quotes_and_lists_get_their_place() -> None:
    assert laid_out(document(DISORDERLY), ResourcesFile) == ORDERLY
    assert laid_out(document(ORDERLY), ResourcesFile) == ORDERLY


@pytest.mark.parametrize(
    ("path", "kind"),
    [*zip(locate.files(), (ResourcesFile, RoadmapFile, GlossaryFile), strict=True)],
)
def test_the_shipped_files_keep_their_values_and_comments(
    path: Path, kind: type[ResourcesFile | RoadmapFile | GlossaryFile]
) -> None:
    before = read_document(path)
    text = laid_out(before, kind)
    after = read_text(path, text)
    assert ordered(after.value) == ordered(before.value)
    assert text.split("\n")[0] == before.text.split("\n")[0]
    assert laid_out(after, kind) == text


def test_long_lists_are_broken_between_names() -> None:
    names = [f"name-number-{i}" for i in range(12)]
    text = f"resources:\n  - topics: [{', '.join(names)}]\n"
    assert laid_out(document(text), ResourcesFile) == (
        "resources:\n"
        "  - topics:\n"
        "      [\n"
        "        name-number-0, name-number-1, name-number-2, name-number-3, name-number-4,"
        " name-number-5,\n"
        "        name-number-6, name-number-7, name-number-8, name-number-9, name-number-10,"
        " name-number-11,\n"
        "      ]\n"
    )


READERS_DIFFER = [
    "no",
    "Yes",
    "on",
    "1:30",
    "2018",
    "1e3",
    "0x1F",
    "1_000",
    "2024-05-01",
    "~",
    "=",
    "<<",
]


@pytest.mark.parametrize(
    "text", [*READERS_DIFFER, "", " a", "a ", "a: b", "a #b", "- a", "'", "[a", "a:"]
)
def test_a_text_is_the_same_text_to_every_reader(text: str) -> None:
    quoted = yaml.safe_dump({"resources": [{"title": text, "authors": [text]}]})
    made = laid_out(document(quoted), ResourcesFile)
    assert yaml.safe_load(made) == {"resources": [{"title": text, "authors": [text]}]}


# Properties. The characters are those that a catalog may hold, the troublesome ones often.

TROUBLE = " \t\n:#-?,[]{}&*!|>'\"%@`=~\\.0129aéж字🙂\xa0\u3000\u200d"
TEXT = st.text(st.one_of(st.sampled_from(TROUBLE), st.characters(codec="utf-8")), max_size=40)
TEXT = TEXT.filter(lambda text: not document(yaml.safe_dump([text], allow_unicode=False)).faults)
SINGLE = st.one_of(TEXT, st.integers(-(10**17), 10**17), st.booleans(), st.none())
KEY = st.one_of(
    st.sampled_from(["id", "title", "summary", "topics", "authors", "dataset", "text", "rows"]),
    TEXT,
).filter(lambda key: key != "<<")
VALUE = st.recursive(
    SINGLE,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEY, inner, max_size=4)),
    max_leaves=12,
)
FILE = st.dictionaries(
    st.one_of(st.sampled_from(["resources", "topics", "sources", "tracks"]), KEY),
    VALUE,
    min_size=1,
    max_size=4,
)


def ordered(value: Any) -> Any:
    """Return *value* with keys in a fixed order, and true told from 1."""
    if isinstance(value, dict):
        return sorted((key, ordered(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return [ordered(inner) for inner in value]
    return repr(value)


@given(FILE)
def test_no_value_changes_whatever_it_is(value: dict[str, Any]) -> None:
    before = document(yaml.safe_dump(value, allow_unicode=False))
    text = laid_out(before, ResourcesFile)
    assert ordered(document(text).value) == ordered(before.value)
    assert laid_out(document(text), ResourcesFile) == text


@given(FILE)
def test_another_reader_finds_the_same_values(value: dict[str, Any]) -> None:
    text = laid_out(document(yaml.safe_dump(value, allow_unicode=False)), ResourcesFile)
    assert ordered(yaml.safe_load(text)) == ordered(value)


def with_comments(text: str, above: set[int], beside: set[int], shift: int) -> str:
    """Return *text* with comments above and beside the lines of these numbers, where any may be.

    None may be inside a text, whether quoted or a block; at most *shift* columns further left
    than the line they are about.
    """
    rows, depth, quoted = [], -1, False
    for number, row in enumerate(text.split("\n")):
        margin = len(row) - len(row.lstrip())
        if 0 <= depth < margin:  # in a block
            rows.append(row)
            continue
        depth = -1
        if number in above and not quoted:
            rows.append(f"{' ' * max(0, margin - shift)}# above {number}")
        quoted ^= row.count('"') % 2 == 1
        if number in beside and not quoted and row:
            row += f" # beside {number}"
        rows.append(row)
        if re.search(r"[>|]-?( #.*)?$", row):
            depth = margin
    return "\n".join(rows)


LINES = st.sets(st.integers(0, 45))


@given(st.sampled_from([RESOURCES, ROADMAP, DISORDERLY, ORDERLY]), LINES, LINES, st.integers(0, 4))
def test_comments_stay_wherever_they_are(
    text: str, above: set[int], beside: set[int], shift: int
) -> None:
    kind = RoadmapFile if text is ROADMAP else ResourcesFile
    before = with_comments(re.sub("(?m)(^| +)#.*", "", text), above, beside, shift)
    after = laid_out(document(before), kind)
    put = re.findall("# (?:above|beside) [0-9]+", before)
    assert sorted(re.findall("# (?:above|beside) [0-9]+", after)) == sorted(put)
    assert ordered(document(after).value) == ordered(document(before).value)
    assert laid_out(document(after), kind) == after


# The command.


def test_check_prints_the_difference_and_writes_nothing(folder: Path, command: Command) -> None:
    path = folder / "resources.yaml"
    text = RESOURCES.replace("title: Pairs", "title: 'Pairs'")
    path.write_text(text, encoding="utf-8")
    ran = command("format", "--check", "resources.yaml")
    assert (ran.returncode, ran.stderr) == (4, "resources.yaml: would be reformatted\n")
    assert ran.stdout == (
        "--- resources.yaml\n"
        "+++ resources.yaml (formatted)\n"
        "@@ -27,7 +27,7 @@\n"
        "     also: [https://old.example/attention]\n"
        " \n"
        "   - id: pairs-dataset\n"
        "-    title: 'Pairs'\n"
        "+    title: Pairs\n"
        "     url: https://data.example/pairs\n"
        "     kind: dataset\n"
        "     level: intermediate\n"
    )
    assert path.read_text(encoding="utf-8") == text


def test_format_writes_what_check_then_finds_in_order(folder: Path, command: Command) -> None:
    path = folder / "resources.yaml"
    path.write_bytes(RESOURCES.replace("\n", "\r\n").encode("utf-8-sig"))
    path.chmod(0o640)
    ran = command("format", ".")
    assert (ran.returncode, ran.stdout, ran.stderr) == (
        0,
        "resources.yaml: reformatted\nroadmap.yaml: reformatted\n",
        "",
    )
    assert path.read_bytes() == RESOURCES.encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(os.listdir(folder)) == ["resources.yaml", "roadmap.yaml"]
    ran = command("format", "--check", ".")
    assert (ran.returncode, ran.stdout) == (0, "")


def test_a_link_stays_a_link(folder: Path, tmp_path: Path, command: Command) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(folder / "resources.yaml")
    (folder / "resources.yaml").write_text(RESOURCES + "\n\n", encoding="utf-8")
    assert command("format", str(link)).returncode == 0
    assert link.is_symlink()
    assert (folder / "resources.yaml").read_text(encoding="utf-8") == RESOURCES


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "version: [1\n",
            "1:10: not valid YAML: a list that is not closed, or is missing a comma.",
        ),
        ("a: &x 1\nb: *x\n", "1:4: anchor &x is not allowed. Write each value out."),
        ("- 1\n", "1:1: not a catalog file: it has no keys."),
    ],
)
def test_what_cannot_be_read_whole_stays_as_it_is(folder: Path, text: str, told: str) -> None:
    path = folder / "resources.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        formatting.changes(path)
    assert caught.value.details[0].startswith(f"{path}:{told}")
    assert path.read_text(encoding="utf-8") == text


def test_a_key_too_long_to_write_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "resources.yaml"
        path.write_text(f"? {'k' * 2000}\n: 1\n", encoding="utf-8")
        with pytest.raises(InvalidFile, match="without changing its values"):
            formatting.changes(path)
