"""The log as values: statuses and rows follow from it alone."""

from __future__ import annotations

from llmpath.store.history.ledger import Event
from llmpath.store.history.replay import Command, Rules, replay, statuses


def command(seq: int, *events: Event, undoings: tuple[tuple[int, bool], ...] = ()) -> Command:
    return Command(seq, "ada", "now", "today", "done", "", events, undoings)


def put(key: str, before: str | None, after: str | None) -> Event:
    return Event("goal", key, before, after)


def test_a_command_stands_as_its_last_undoing_says() -> None:
    commands = [
        command(1),
        command(2, undoings=((3, True),)),
        command(4, undoings=((5, True), (6, False))),
    ]
    assert statuses(commands) == {1: "live", 2: "discarded", 4: "live"}


def test_what_was_undone_can_be_redone_until_something_newer_is_live() -> None:
    undone = [command(1, undoings=((4, True),)), command(2, undoings=((3, True),))]
    assert statuses(undone) == {1: "undone", 2: "undone"}
    assert statuses([*undone, command(5)]) == {1: "discarded", 2: "discarded", 5: "live"}
    # That the newer one was undone as well does not bring the older ones back.
    assert statuses([*undone, command(5, undoings=((6, True),))]) == {
        1: "discarded",
        2: "discarded",
        5: "undone",
    }


def test_rows_are_what_the_live_events_leave_and_before_is_derived() -> None:
    commands = [
        command(1, put("a", None, "1")),
        command(2, put("a", "never", "2"), put("b", None, "1")),
        command(3, put("b", "1", None)),
        command(4, put("a", None, "4"), undoings=((5, True),)),
    ]
    given = replay(commands)
    assert given.rows == {("goal", "a"): "2"}
    assert given.commands[1].events[0].before == "1"
    assert given.commands[3].events[0] == put("a", "2", "4")  # as it will be when redone
    assert replay(given.commands) == given


def test_numbered_rows_get_the_next_number() -> None:
    commands = [
        command(seq, Event("note", key, None, '{"body": "x", "number": 1}'))
        for seq, key in ((1, "a"), (2, "b"), (3, "c"))
    ]
    commands.append(command(4, Event("note", "c", '{"body": "x", "number": 3}', None)))
    commands.append(command(5, Event("note", "d", None, '{"body": "x", "number": 1}')))
    rows = replay(commands, Rules({"note": "number"}, {})).rows
    assert [rows["note", key] for key in ("a", "b", "d")] == [
        f'{{"body": "x", "number": {number}}}' for number in (1, 2, 3)
    ]
