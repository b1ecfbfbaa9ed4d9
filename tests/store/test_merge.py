"""Merging two machines' data: the same whatever the order, and nothing is lost."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from llmpath.errors import LlmpathError
from llmpath.model import Spent
from llmpath.store.history import records, transfer
from llmpath.store.history.ledger import Event
from llmpath.store.history.merge import Tables, _united, merge, merged_learners
from llmpath.store.history.replay import Command, replay
from llmpath.store.learner import journal, learning
from tests.store.machines import STEPS, Machine, Step, lived, when


def learned(tables: Tables) -> Tables:
    """Return what is the learners', in an order of its own: not what is the machine's."""
    return {
        name: sorted(rows, key=lambda row: sorted(row.items(), key=str).__repr__())
        for name, rows in tables.items()
        if name != "meta"
    }


def union(*all_tables: Tables, names: Mapping[str, str]) -> Tables:
    merged = all_tables[0]
    for tables in all_tables[1:]:
        merged = merge(merged, tables, names).tables
    return merged


# Nothing renamed since; a topic renamed; both resources and two topics having become one.
NAMES = (
    {},
    {"reading": "letters"},
    {"counting-video": "adding-article", "reading": "counting"},
)


@pytest.mark.parametrize("names", NAMES, ids=len)
@given(steps=STEPS)
@settings(max_examples=100, deadline=None)
def test_merging_is_commutative_associative_and_idempotent(
    names: dict[str, str], steps: list[Step]
) -> None:
    def united(*all_tables: Tables) -> Tables:
        return union(*all_tables, names=names)

    one, two, three = (machine.tables for machine in lived(steps))
    merged = learned(united(one, two, three))
    for order in itertools.permutations((one, two, three)):
        assert learned(united(*order)) == merged
    assert learned(united(one, united(two, three))) == merged
    for again in (one, two, three, united(one, two)):
        assert learned(united(united(one, two, three), again)) == merged
        assert not merge(united(one, two, three), again, names).changed


@pytest.mark.parametrize("names", NAMES, ids=len)
@given(steps=STEPS)
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost_and_all_of_it_can_be_undone(
    names: dict[str, str], steps: list[Step]
) -> None:
    machines = lived(steps)
    merged = union(*(machine.tables for machine in machines), names=names)
    together = Machine()
    together.connection.executemany("INSERT INTO renamed VALUES (?, ?)", names.items())
    together.put(merged)
    assert transfer.coherent(together.tables, names) == ""
    for machine in machines:
        for table in ("command", "learner"):
            ids = {row["id" if table == "learner" else "seq"] for row in machine.tables[table]}
            assert ids <= {row["id" if table == "learner" else "seq"] for row in merged[table]}
        bodies = {row["after"] for row in machine.tables["event"] if row["entity"] == "progress"}
        assert bodies <= {row["after"] for row in merged["event"]}
    for row in merged["learner"]:
        try:
            journal.undo(together.connection, row["id"], 10_000, when(9))
        except LlmpathError:
            pass
        else:
            journal.redo(together.connection, row["id"], 10_000, when(9))
            journal.undo(together.connection, row["id"], 10_000, when(9))
    assert records.stored_rows(together.connection) == {}


@given(steps=STEPS)
@settings(max_examples=50, deadline=None)
def test_machines_with_catalogs_of_different_age_double_nothing(steps: list[Step]) -> None:
    older, newer, _ = (machine.tables for machine in lived(steps))
    there = merge(newer, older, NAMES[1]).tables
    back = merge(older, there, {}).tables
    assert learned(back) == learned(union(older, newer, names={}))
    assert not merge(there, back, NAMES[1]).changed


def test_the_later_word_holds_and_is_listed() -> None:
    one, two = Machine(), Machine()
    one.take("done", 0, 1)
    two.take("start", 0, 2)
    for first, second in ((one, two), (two, one)):
        merged = merge(first.tables, second.tables, {})
        assert [row["status"] for row in merged.tables["progress"]] == ["doing"]
        assert [(conflict.place[0], conflict.at) for conflict in merged.conflicts] == [
            ("progress", when(2).at)
        ]
    one.receive(two.tables)
    assert merge(one.tables, two.tables, {}).conflicts == []


def test_the_sittings_of_both_add_up() -> None:
    one, two = Machine(), Machine()
    one.take("spent", 0, 1)
    two.receive(one.tables)
    one.take("spent", 2, 2)
    two.take("spent", 4, 3)
    here, there = merge(one.tables, two.tables, {}), merge(two.tables, one.tables, {})
    assert learned(here.tables) == learned(there.tables)
    assert here.conflicts == there.conflicts == []
    one.receive(two.tables)
    found = learning.spent(one.connection, one.learner().id)
    assert found == {"counting-video": Spent(1 + 3 + 5, 3)}


def test_what_one_machine_undid_stays_undone() -> None:
    one, two = Machine(), Machine()
    one.take("done", 0, 1)
    two.receive(one.tables)
    one.take("undo", 0, 2)
    two.receive(one.tables)
    assert two.tables["progress"] == []
    two.take("redo", 0, 3)
    one.receive(two.tables)
    assert [row["status"] for row in one.tables["progress"]] == ["done"]


def test_notes_of_both_are_numbered_anew_in_the_order_written() -> None:
    one, two = Machine(), Machine()
    one.take("note", 1, 1)
    two.take("note", 2, 2)
    one.take("note", 3, 3)
    merged = merge(two.tables, one.tables, {}).tables
    numbered = {row["number"]: row["body"] for row in merged["note"]}
    assert numbered == {1: "thought 1", 2: "thought 2", 3: "thought 3"}


def test_two_commands_of_one_number_are_both_kept() -> None:
    def command(key: str) -> Command:
        return Command(
            7 << 31, "ada", "now", "today", "goal", "", (Event("goal", key, None, "{}"),)
        )

    one, two, three = command("a"), command("b"), command("c")
    left = _united(_united([one], [two]), [three])
    right = _united([one], _united([three], [two]))
    assert left == right
    assert {each.events for each in left} == {one.events, two.events, three.events}
    assert set(replay(left).rows) == {("goal", key) for key in "abc"}


@pytest.mark.parametrize("names", [("ada", "ada"), ("ada", "lovelace"), ("x", "y")])
def test_a_learner_is_known_by_id_and_renamed_by_either(names: tuple[str, str]) -> None:
    from llmpath.identity import id_of

    def row(name: str, removed: str | None) -> dict[str, str | None]:
        began = {"id": id_of("ada"), "created_at": "now", "same_as": None}
        return {**began, "name": name, "removed_at": removed}

    one, two = row(names[0], "then"), row(names[1], None)
    (merged,) = merged_learners([one], [two])
    assert [merged] == merged_learners([two], [one])
    assert merged["name"] == max(names)
    assert merged["removed_at"] is None
