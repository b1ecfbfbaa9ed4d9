"""Which learners are one: the same whoever hears of it first, and nobody by accident."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.errors import LlmpathError
from llmpath.identity import id_of
from llmpath.store.database.meta import GUEST
from llmpath.store.history import records, transfer
from llmpath.store.history.ledger import Row
from llmpath.store.history.merge import merge
from llmpath.store.history.people import (
    Said,
    Tables,
    arrived,
    everybody,
    merged_learners,
    recognized,
    roots,
    united,
)
from tests.store.machines import STEPS, Machine, Step, lived

NAMES = ("ada", "bob", "cleo", "dan", "eve")
SIDE = st.lists(
    st.tuples(st.sampled_from(["merge", "rename", "remove"]), st.integers(0, 4), st.integers(0, 4)),
    max_size=8,
)


def side(steps: list[tuple[str, int, int]]) -> list[Row]:
    """Return the rows of five learners on a machine where *steps* were taken."""
    rows: list[Row] = [
        {"id": id_of(name), "name": name, "created_at": "2026", "removed_at": None, "same_as": None}
        for name in NAMES
    ]
    for what, one, other in steps:
        found = roots(rows)
        first, second = (found[id_of(NAMES[number])] for number in (one, other))
        here = {row["id"]: row for row in rows}
        if what == "merge" and first != second:
            if not here[first]["removed_at"] and not here[second]["removed_at"]:
                rows = united(rows, first, second)
        elif what == "rename":
            here[first]["name"] = f"{NAMES[one]} {other}"
        elif what == "remove":
            for row in rows:
                if found[row["id"]] == first:
                    row["removed_at"] = f"202{other}"
    names = [row["name"] for row in rows]
    for row in rows:  # a name is given once
        if names.count(row["name"]) > 1:
            row["name"] += f" the {row['id']}"
    return rows


@given(sides=st.tuples(SIDE, SIDE, SIDE))
@settings(max_examples=300)
def test_classes_are_joined_whatever_the_order(sides: Any) -> None:
    one, two, three = (merged_learners(side(steps), []) for steps in sides)
    together = merged_learners(merged_learners(one, two), three)
    for first, second, third in itertools.permutations((one, two, three)):
        assert merged_learners(first, merged_learners(second, third)) == together
        assert merged_learners(together, first) == together
    names = [row["name"] for row in together]
    assert len(set(names)) == len(names)
    found = roots(together)
    for rows in (one, two, three):
        for id_, root in roots(rows).items():
            assert found[id_] == found[root]
    for row in together:
        assert (row["same_as"] or row["id"]) == found[row["id"]] <= row["id"]
        assert row["removed_at"] == next(
            other["removed_at"] for other in together if other["id"] == found[row["id"]]
        )


@given(steps=STEPS)
@settings(max_examples=100)
def test_the_data_of_a_class_stands_under_the_id_it_goes_by(steps: list[Step]) -> None:
    for machine in lived(steps):
        tables = machine.tables
        aliases = {row["id"] for row in tables["learner"] if row["same_as"]}
        for name in set(tables) - {"learner", "event", "meta"}:
            assert not aliases & {row["learner_id"] for row in tables[name]}
        assert not any(f'"{alias}"' in repr(tables["event"]) for alias in aliases)
        assert transfer.coherent(tables, {}) == ""


QUIET = st.lists(  # what one learner does, without becoming another
    st.sampled_from(["done", "start", "spent", "know", "goal", "note", "edit", "undo", "redo"]),
    min_size=1,
    max_size=15,
)


def taken(teacher: Machine, theirs: Tables, said: Said) -> bool:
    """Let *teacher* import what a student has; say whether that was anything new."""
    before = teacher.tables
    found = recognized("FILE", before, theirs, False, said)
    assert found.doubts == []
    merged = merge(before, found.tables, {})
    teacher.put(arrived(before, merged.tables))
    return merged.changed


@given(early=QUIET, late=QUIET)
@settings(max_examples=100)
def test_a_student_taken_by_another_name_is_known_by_it(early: list[str], late: list[str]) -> None:
    student, teacher = Machine(), Machine()
    for machine in (student, teacher):  # both are ada
        machine.take("note", 0, 0)
    said = Said(names={id_of("ada"): "bo"})
    for steps in (early, late):
        for number, what in enumerate(steps):
            with suppress(LlmpathError):  # nothing to undo
                student.take(what, number % 6, number % 6)
        taken(teacher, student.tables, said)
        assert not taken(teacher, student.tables, said)
        said = Said()  # from then on by what they did
        assert not taken(teacher, student.tables, said)
        ada, bo = sorted(everybody(teacher.tables), key=lambda one: one.name)
        assert (ada.name, len(ada.commands), bo.name) == ("ada", 1, "bo")
        assert bo.commands == everybody(student.tables)[0].commands
        assert theirs(teacher, bo.id) == theirs(student, id_of("ada"))
        assert GUEST + bo.id in {row["key"] for row in teacher.tables["meta"]}


def theirs(machine: Machine, id_: str) -> list[str]:
    """Return the rows of the learner with this id, without the id."""
    rows = records.stored_rows(machine.connection)
    found = [(table, key, row) for (table, key), row in rows.items() if id_ in key + row]
    return sorted(repr(one).replace(id_, "") for one in found)


def test_of_two_logins_nobody_knows_anything_until_they_have_met() -> None:
    one, two = Machine(), Machine()
    one.take("note", 1, 1)
    two.take("note", 2, 2)

    def doubts(mine: Tables, trusted: bool = False, said: Said = Said()) -> list[str]:
        return [doubt.here for doubt in recognized("FILE", mine, two.tables, trusted, said).doubts]

    assert doubts(one.tables) == ["ada"]
    assert doubts(one.tables, trusted=True) == []
    assert doubts(one.tables, said=Said(same=[id_of("ada")])) == []
    assert doubts(Machine().tables) == []
    guest = Machine()
    guest.put(arrived(guest.tables, merge(guest.tables, one.tables, {}).tables))
    assert doubts(guest.tables, trusted=True) == ["ada"]
    one.receive(two.tables)
    assert doubts(one.tables) == []


def test_a_new_name_gets_an_id_of_its_own_where_that_of_the_name_is_taken() -> None:
    here, there = Machine(), Machine()
    here.take("note", 0, 0)
    here.connection.execute("UPDATE learner SET name = 'lovelace'")
    there.take("note", 1, 1)
    said = Said(names={id_of("ada"): "ada"})
    found = recognized("FILE", here.tables, there.tables, False, said)
    merged = merge(here.tables, found.tables, {}).tables
    assert {row["name"]: row["id"] for row in merged["learner"]} == {
        "lovelace": id_of("ada"),
        "ada": id_of("ada\n2"),
    }
    assert recognized("FILE", merged, there.tables, False, said).tables["learner"] == [
        {**row, "removed_at": None} for row in merged["learner"] if row["name"] == "ada"
    ]


def test_names_that_look_the_same_are_told_apart() -> None:
    def row(id_: str, name: str) -> Row:
        began = {"created_at": "2026", "removed_at": None, "same_as": None}
        return {"id": id_, "name": name, **began}

    found = merged_learners([row("aaaa1", "Ren\u00e9")], [row("bbbb1", "Rene\u0301")])
    assert [one["name"] for one in found] == ["Ren\u00e9", "Rene\u0301-bbbb"]
    assert merged_learners(found, found) == found
