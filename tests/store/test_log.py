"""The log as values: standings and rows follow from it alone."""

from __future__ import annotations

from llmpath.store.history.replay import Act, Change, Rules, replay, standings


def act(seq: int, *changes: Change, turns: tuple[tuple[int, bool], ...] = ()) -> Act:
    return Act(seq, "ada", "now", "today", "done", "", changes, turns)


def put(key: str, before: str | None, after: str | None) -> Change:
    return Change("goal", key, before, after)


def test_a_command_stands_as_its_last_turn_says() -> None:
    acts = [act(1), act(2, turns=((3, True),)), act(4, turns=((5, True), (6, False)))]
    assert standings(acts) == {1: "live", 2: "discarded", 4: "live"}


def test_what_was_undone_can_be_redone_until_something_newer_is_live() -> None:
    undone = [act(1, turns=((4, True),)), act(2, turns=((3, True),))]
    assert standings(undone) == {1: "undone", 2: "undone"}
    assert standings([*undone, act(5)]) == {1: "discarded", 2: "discarded", 5: "live"}
    # That the newer one was undone as well does not bring the older ones back.
    assert standings([*undone, act(5, turns=((6, True),))]) == {
        1: "discarded",
        2: "discarded",
        5: "undone",
    }


def test_rows_are_what_the_live_events_leave_and_before_is_derived() -> None:
    acts = [
        act(1, put("a", None, "1")),
        act(2, put("a", "never", "2"), put("b", None, "1")),
        act(3, put("b", "1", None)),
        act(4, put("a", None, "4"), turns=((5, True),)),
    ]
    given = replay(acts)
    assert given.rows == {("goal", "a"): "2"}
    assert given.acts[1].changes[0].before == "1"
    assert given.acts[3].changes[0] == put("a", "2", "4")  # as it will be when redone
    assert replay(given.acts) == given


def test_numbered_rows_get_the_next_number() -> None:
    acts = [
        act(seq, Change("note", key, None, '{"body": "x", "number": 1}'))
        for seq, key in ((1, "a"), (2, "b"), (3, "c"))
    ]
    acts.append(act(4, Change("note", "c", None, None)))
    acts.append(act(5, Change("note", "d", None, '{"body": "x", "number": 1}')))
    rows = replay(acts, Rules({"note": "number"}, {})).rows
    assert [rows["note", key] for key in ("a", "b", "d")] == [
        f'{{"body": "x", "number": {number}}}' for number in (1, 2, 3)
    ]
