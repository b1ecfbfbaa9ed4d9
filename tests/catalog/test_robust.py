"""Whatever a file holds, it is told of or it can be used; nothing in between."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from llmpath.catalog import load
from llmpath.catalog.locate import Files
from llmpath.errors import InvalidFile
from llmpath.store.catalog import sync
from tests.catalog.samples import RESOURCES, ROADMAP

ROWS = [*RESOURCES.splitlines(), *ROADMAP.splitlines()]
SNIPPETS = st.one_of(
    st.sampled_from(ROWS).map(lambda row: f"\n{row}\n"),
    st.sampled_from(["[", "]", "{", "}", ": ", "- ", "#", '"', "'", "&a ", "*a", "!!x ", "null"]),
    st.sampled_from(["vectors", "attention", "guide", "\n", "  ", "\t", "\x07", "|", "\u2028"]),
    st.text(max_size=5),
)


def cut(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, length, put in edits:
        at = start % (len(text) + 1)
        text = text[:at] + put + text[at + length :]
    return text


EDITS = st.lists(
    st.tuples(st.integers(0, 5000), st.sampled_from([0, 0, 1, 5, 40]), SNIPPETS), max_size=3
)


def try_out(resources: bytes, roadmap: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = Files(folder / "resources.yaml", folder / "roadmap.yaml")
        files.resources.write_bytes(resources)
        files.roadmap.write_bytes(roadmap)
        found = load.check(folder, files)
        refused: list[str] = []
        try:
            catalog = load.load(files)
        except InvalidFile as error:
            refused = list(error.details)
        if refused:  # for what the check tells too
            assert {one.split(": ")[0] for one in refused} <= {
                str(one).split(": ")[0] for one in found
            }
            return
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute("CREATE TABLE progress (resource_id)")
        connection.execute("CREATE TABLE topic_mark (topic_id)")
        connection.execute("CREATE TABLE goal (topic_id)")
        connection.execute("CREATE TABLE note (target)")
        connection.execute("CREATE TABLE ignored_prerequisite (topic_id, requires_id)")
        connection.execute("CREATE TABLE plan_step (topic_id, resource_id)")
        sync.rebuild(connection, files, catalog)
        count = connection.execute("SELECT count(*) FROM resource").fetchone()[0]
        connection.close()
        assert count == len(catalog.resources)


@given(EDITS, EDITS)
def test_a_catalog_is_refused_with_reasons_or_it_can_be_used(
    resources: list[tuple[int, int, str]], roadmap: list[tuple[int, int, str]]
) -> None:
    try_out(
        cut(RESOURCES, resources).encode("utf-8", "surrogatepass"),
        cut(ROADMAP, roadmap).encode("utf-8", "surrogatepass"),
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_told_of(data: bytes) -> None:
    try_out(data, ROADMAP.encode())
