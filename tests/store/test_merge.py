"""Merging two machines' data: the same whatever the order, and nothing is lost."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.errors import LlmpathError
from llmpath.model import Spent
from llmpath.store.history import records, transfer
from llmpath.store.history.ledger import LEDGER, Event
from llmpath.store.history.merge import (
    Merged,
    Tables,
    _log_tables,
    _row_tables,
    merge,
    merged_learners,
)
from llmpath.store.history.replay import RULES, Command, replay
from llmpath.store.history.uniting import united as both
from llmpath.store.learner import journal, learning, writing
from llmpath.vocab import Status
from tests.store.machines import CLOCKS, OFF, STEPS, Machine, Step, lived, lost, when

RUNS = int(os.environ.get("LLMPATH_MERGE_RUNS", "100"))


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
@given(steps=STEPS, clocks=CLOCKS)
@settings(max_examples=RUNS, deadline=None)
def test_merging_is_commutative_associative_and_idempotent(
    names: dict[str, str], steps: list[Step], clocks: tuple[int, ...]
) -> None:
    def united(*all_tables: Tables) -> Tables:
        return union(*all_tables, names=names)

    one, two, three = (machine.tables for machine in lived(steps, clocks))
    merged = learned(united(one, two, three))
    for order in itertools.permutations((one, two, three)):
        assert learned(united(*order)) == merged
    assert learned(united(one, united(two, three))) == merged
    for again in (one, two, three, united(one, two)):
        assert learned(united(united(one, two, three), again)) == merged
        assert not merge(united(one, two, three), again, names).changed


@pytest.mark.parametrize("names", NAMES, ids=len)
@given(steps=STEPS, clocks=CLOCKS)
@settings(max_examples=RUNS, deadline=None)
def test_nothing_is_lost_and_all_of_it_can_be_undone(
    names: dict[str, str], steps: list[Step], clocks: tuple[int, ...]
) -> None:
    machines = lived(steps, clocks)
    merged = union(*(machine.tables for machine in machines), names=names)
    together = Machine()
    together.connection.executemany("INSERT INTO renamed VALUES (?, ?)", names.items())
    together.put(merged)
    assert transfer.coherent(together.tables, names) == ""
    for machine in machines:
        for table in ("command", "learner"):
            ids = {row["id" if table == "learner" else "seq"] for row in machine.tables[table]}
            assert ids <= {row["id" if table == "learner" else "seq"] for row in merged[table]}
    assert lost(machines, merged, names) == []
    rows = records.stored_rows(together.connection)
    undone = []
    for row in merged["learner"]:
        try:
            lines = journal.undo(together.connection, row["id"], 10_000, when(9)).lines
        except LlmpathError:
            continue
        undone.append((row["id"], len(lines)))
    assert records.stored_rows(together.connection) == {}
    for learner, count in undone:
        # Those that had been undone before can be redone after them: they come later.
        journal.redo(together.connection, learner, count, when(9))
    assert records.stored_rows(together.connection) == rows
    assert transfer.coherent(together.tables, names) == ""


@given(steps=STEPS, off=st.sampled_from(OFF))
@settings(max_examples=RUNS, deadline=None)
def test_what_one_machine_wrote_comes_out_as_it_wrote_it(steps: list[Step], off: int) -> None:
    alone = [(0, *step[1:]) for step in steps if step[1] not in ("import", "take")]
    machine, *_ = lived(alone, (off, 0, 0))
    rows = records.stored_rows(machine.connection)
    assert replay(records.commands_in(machine.connection), RULES).rows == rows
    merged = merge(machine.tables, machine.tables, {})
    assert not merged.changed
    assert merged.conflicts == []
    assert {name: learned(merged.tables)[name] for name in LEDGER} == {
        name: learned(machine.tables)[name] for name in LEDGER
    }


@given(steps=STEPS)
@settings(max_examples=50, deadline=None)
def test_machines_with_catalogs_of_different_age_double_nothing(steps: list[Step]) -> None:
    older, newer, _ = (machine.tables for machine in lived(steps))
    there = merge(newer, older, NAMES[1]).tables
    back = merge(older, there, {}).tables
    assert learned(back) == learned(union(older, newer, names={}))
    assert not merge(there, back, NAMES[1]).changed


def row_of(tables: Tables, table: str = "progress") -> dict[str, Any]:
    (row,) = tables[table]
    return row


def say(machine: Machine, minute: int, **fields: Any) -> None:
    """Let somebody say something of a resource."""
    with journal.command(machine.connection, machine.learner().id, when(minute), "done") as entry:
        present = learning.progress_of(machine.connection, entry.learner, "counting-video")
        writing.save_progress(entry, present._replace(**fields))


def both_ways(one: Machine, two: Machine) -> Merged:
    """Merge two machines, either into the other, which must be the same."""
    here, there = merge(one.tables, two.tables, {}), merge(two.tables, one.tables, {})
    assert learned(here.tables) == learned(there.tables)
    assert [c._replace(at="") for c in here.conflicts] == [
        c._replace(at="") for c in there.conflicts
    ]
    one.receive(two.tables)
    assert merge(one.tables, two.tables, {}).conflicts == []
    assert transfer.coherent(one.tables, {}) == ""
    return here


def test_what_was_done_on_one_machine_stays_done_and_that_is_listed() -> None:
    for first, second in ((1, 2), (2, 1)):
        one, two = Machine(), Machine()
        one.take("done", 1, first)
        two.take("start", 1, second)
        merged = both_ways(one, two)
        row = row_of(merged.tables)
        assert (row["status"], row["finished_at"]) == ("done", when(first).at)
        assert (row["minutes"], row["rating"]) == (90, 5)
        assert (
            row["started_at"] == when(second).at
        )  # the word that does not hold fills what is empty
        assert [(c.place[0], c.at, c.fields) for c in merged.conflicts] == (
            [("progress", when(first).at, ("status",))]
        )
        (conflict,) = merged.conflicts
        assert conflict.kept
        assert json.loads(conflict.kept)["status"] == "done"
        assert conflict.over
        assert json.loads(conflict.over)["status"] == "doing"


def test_what_is_not_done_on_either_is_as_the_later_word_says() -> None:
    for later, expected in ((2, "skipped"), (0, "doing")):
        one, two = Machine(), Machine()
        one.take("start", 0, 1)
        two.take("skip", 0, later)
        merged = both_ways(one, two)
        assert row_of(merged.tables)["status"] == expected
        assert [(c.at, c.fields) for c in merged.conflicts] == [
            (when(max(1, later)).at, ("status",))
        ]


def test_minutes_and_rating_outlast_a_later_word_that_says_none() -> None:
    one, two = Machine(), Machine()
    say(one, 1, status=Status.DONE, finished_at=when(1).at, minutes=90, rating=5)
    say(two, 2, status=Status.DONE, finished_at=when(2).at)
    merged = both_ways(one, two)
    row = row_of(merged.tables)
    assert (row["minutes"], row["rating"], row["finished_at"]) == (90, 5, when(2).at)
    assert merged.conflicts == []


def test_the_later_word_on_a_field_holds_and_names_what_it_replaced() -> None:
    one, two = Machine(), Machine()
    say(one, 1, status=Status.DONE, finished_at=when(1).at, minutes=90, rating=5)
    say(two, 2, status=Status.DONE, finished_at=when(1).at, rating=3)
    merged = both_ways(one, two)
    row = row_of(merged.tables)
    assert (row["minutes"], row["rating"]) == (90, 3)
    (conflict,) = merged.conflicts
    assert conflict.fields == ("rating",)
    assert conflict.over
    assert json.loads(conflict.over)["rating"] == 5
    assert conflict.at == when(2).at


def test_who_knew_that_it_was_done_may_take_that_back() -> None:
    for what in ("reset", "skip"):
        one, two = Machine(), Machine()
        one.take("done", 0, 1)
        two.receive(one.tables)
        two.take(what, 0, 2)
        merged = both_ways(one, two)
        assert [row["status"] for row in merged.tables["progress"]] == (
            ["skipped"] if what == "skip" else []
        )
        assert merged.conflicts == []


def test_a_reset_by_somebody_who_did_not_know_leaves_what_was_done() -> None:
    one, two = Machine(), Machine()
    one.take("start", 0, 1)
    two.receive(one.tables)
    one.take("done", 1, 2)
    one.take("done", 0, 2)
    two.take("reset", 0, 3)
    merged = both_ways(one, two)
    done = {row["resource_id"]: row["status"] for row in merged.tables["progress"]}
    assert done == {"counting-video": "done", "adding-article": "done"}
    (conflict,) = merged.conflicts
    assert conflict.over is None
    assert conflict.at == when(2).at


@pytest.mark.parametrize("first", [1, 2])
def test_a_sitting_adds_to_a_total_as_on_one_machine(first: int) -> None:
    one, two, alone = Machine(), Machine(), Machine()
    one.take("start", 0, 0)
    two.receive(one.tables)
    alone.receive(one.tables)
    sitting = ("spent", 4, 3 - first)
    for machine, word in ((one, None), (two, sitting), (alone, sitting if first == 2 else None)):
        if word:
            machine.take(*word)
        if machine is not two:
            say(machine, first, status=Status.DONE, finished_at=when(first).at, minutes=90)
    if first == 1:
        alone.take(*sitting)
    merged = both_ways(one, two)
    assert row_of(merged.tables)["minutes"] == (95 if first == 1 else 90)
    assert row_of(merged.tables)["minutes"] == row_of(alone.tables)["minutes"]
    learner = one.learner().id
    journal.undo(one.connection, learner, 1, when(5))
    assert row_of(one.tables)["minutes"] == (90 if first == 1 else None)
    journal.redo(one.connection, learner, 1, when(5))
    assert row_of(one.tables)["minutes"] == (95 if first == 1 else 90)


def test_a_text_that_who_deleted_the_note_had_not_seen_stays() -> None:
    for seen in (False, True):
        one, two = Machine(), Machine()
        one.take("note", 0, 1)
        two.receive(one.tables)
        one.take("edit", 3, 2)
        if seen:
            two.receive(one.tables)
        two.take("delete", 0, 3)
        merged = both_ways(one, two)
        bodies = [row["body"] for row in merged.tables["note"]]
        assert bodies == ([] if seen else ["better thought 3"])
        assert len(merged.conflicts) == (not seen)


def test_of_two_texts_of_a_note_the_later_holds_and_the_other_is_told() -> None:
    one, two = Machine(), Machine()
    one.take("note", 0, 1)
    two.receive(one.tables)
    one.take("edit", 3, 2)
    two.take("edit", 4, 3)
    merged = both_ways(one, two)
    assert row_of(merged.tables, "note")["body"] == "better thought 4"
    (conflict,) = merged.conflicts
    assert conflict.fields == ("body",)
    assert conflict.over
    assert json.loads(conflict.over)["body"] == "better thought 3"


def test_options_of_a_goal_given_on_two_machines_are_both_kept() -> None:
    one, two = Machine(), Machine()
    one.take("goal", 3, 1)  # by a day
    one.take("goal", 0, 2)
    two.take("first", 0, 3)
    merged = both_ways(one, two)
    row = row_of(merged.tables, "goal")
    assert (row["until"], row["place"], row["set_at"]) == ("2026-06-01", -1, when(1).at)


def test_of_two_plans_the_later_holds_whole() -> None:
    one, two = Machine(), Machine()
    one.take("plan", 4, 1)
    two.take("plan", 1, 2)
    merged = both_ways(one, two)
    assert row_of(merged.tables, "plan")["hours"] == 2.0
    assert len(merged.tables["plan_step"]) == 2
    (conflict,) = merged.conflicts
    assert conflict.over
    assert json.loads(conflict.over)["made_at"] == when(1).at


def old_join(one: Machine, two: Machine) -> None:
    """Let *one* have what both have, as merging was before it went field by field."""
    log = sorted(
        {command for machine in (one, two) for command in records.commands_in(machine.connection)},
        key=lambda command: command.seq,
    )
    replayed = replay(log)
    one.put(
        {
            **one.tables,
            "learner": merged_learners(one.tables["learner"], two.tables["learner"]),
            **_log_tables(replayed.commands, replayed.status),
            **_row_tables(replayed),
        }
    )


def test_a_log_merged_row_by_row_gets_back_what_it_lost_from_a_machine_that_still_knows() -> None:
    one, two = Machine(), Machine()
    one.take("done", 1, 1)
    two.take("start", 1, 2)
    two.take("note", 0, 3)
    old_join(one, two)
    assert row_of(one.tables)["status"] == "doing"  # as it was then
    assert transfer.coherent(one.tables, {}) == ""
    here, there = merge(one.tables, two.tables, {}), merge(two.tables, one.tables, {})
    assert learned(here.tables) == learned(there.tables)
    assert here.changed
    row = row_of(here.tables)
    assert (row["status"], row["minutes"], row["rating"]) == ("done", 90, 5)


@given(steps=STEPS)
@settings(max_examples=RUNS, deadline=None)
def test_logs_merged_row_by_row_merge_in_any_order(steps: list[Step]) -> None:
    numbered = ("note", "edit", "delete", "plan", "drop")  # of which merging knew more even then
    alone = [step for step in steps if step[1] not in ("import", "take", "remove", *numbered)]
    machines = lived(alone)
    for one, two in ((0, 1), (2, 1)):
        old_join(machines[one], machines[two])
    one, two, three = (machine.tables for machine in machines)
    merged = union(one, two, three, names={})
    for order in itertools.permutations((one, two, three)):
        assert learned(union(*order, names={})) == learned(merged)
    assert learned(union(one, union(two, three, names={}), names={})) == learned(merged)
    assert not merge(merged, two, {}).changed
    assert transfer.coherent(merged, {}) == ""


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
    left = both(both([one], [two], {}), [three], {})
    right = both([one], both([three], [two], {}), {})
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
