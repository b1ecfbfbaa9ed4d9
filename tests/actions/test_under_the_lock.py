"""What a command decides on is read under the write lock: another terminal may just have written.

`between` lets it write at the last moment before the lock is taken.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from llmpath.actions import (
    goals,
    knowledge,
    learners,
    opinions,
    placing,
    planning,
    progress,
    sittings,
)
from llmpath.actions.workspace import Workspace
from llmpath.errors import Ambiguous, NotFound
from llmpath.identity import id_of
from llmpath.store.learner import journal, learning
from llmpath.study.placement import Answer
from llmpath.vocab import Status
from tests.actions.conftest import Between


@pytest.mark.parametrize(
    "act",
    [
        lambda w: knowledge.know(w, ["st"]),
        lambda w: goals.add_goals(w, ["st"]),
        lambda w: progress.skip(w, ["st"]),
        lambda w: planning.make(w, planning.Wish(to=["st"])),
    ],
)
def test_nobody_is_asked_while_others_wait(
    w: Workspace, act: Callable[[Workspace], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bool] = []

    def pick(unclear: Ambiguous) -> int:
        locked.append(w.connection.in_transaction)
        return 0

    monkeypatch.setattr(w, "pick", pick)
    act(w)
    assert locked == [False]


def test_a_topic_is_shaky_only_if_it_is_passed_then(w: Workspace, between: Between) -> None:
    progress.finish(w, ["counting-video"])
    between(lambda other: progress.reset(other, ["counting-video"]))
    shaken = knowledge.shake(w, ["counting"])
    assert shaken.shaken == []
    assert [topic.id for topic in shaken.others] == ["counting"]
    assert shaken.outcome.command is None
    assert not learning.learned(w.connection, w.learner.id).shaky


def test_a_sitting_adds_to_the_total_that_was_said_then(w: Workspace, between: Between) -> None:
    between(lambda other: progress.finish(other, ["counting-video"], minutes=40))
    logged = sittings.spend(w, 30, ["counting-video"])
    assert (logged.tallies[0].status, logged.tallies[0].total) == (Status.DONE, 70)
    assert [change.what for change in logged.outcome.changes] == ["resource", "sitting"]


def test_nothing_is_written_for_whoever_goes_by_another_id_then(
    w: Workspace, between: Between
) -> None:
    progress.finish(w, ["counting-video"])
    own = w.learner
    for name in ("bob", "cleo"):  # one of them has the smaller id
        learners.add(w, name)
    first = min(("bob", "cleo"), key=id_of)
    assert id_of(first) < own.id
    between(lambda other: learners.merge(other, own.name, first))
    with pytest.raises(NotFound, match="You have just been merged with another learner"):
        progress.finish(w, ["adding-paper"])
    again = Workspace(own.name, environ=w.environ)
    progress.finish(again, ["adding-paper"])
    assert len(learning.progress(again.connection, again.learner.id)) == 2


def test_the_goals_dropped_are_all_that_are_set_then(w: Workspace, between: Between) -> None:
    goals.add_goals(w, ["adding"])
    between(lambda other: goals.add_goals(other, ["reading"]))
    cleared = goals.clear_goals(w)
    assert cleared.rows == []
    assert {change.id for change in cleared.outcome.changes} == {"adding", "reading"}


def test_a_plan_has_no_topic_that_is_known_then(w: Workspace, between: Between) -> None:
    between(lambda other: knowledge.know(other, ["counting"]))
    page = planning.make(w, planning.Wish(hours=5, to=["adding"]))
    assert {slot.topic for slot in page.plan.slots} == {"adding"}
    assert {slot.topic for slot in planning.present(w).plan.slots} == {"adding"}


def test_a_plan_goes_on_from_the_one_made_then(w: Workspace, between: Between) -> None:
    between(lambda other: planning.make(other, planning.Wish(hours=2, to=["adding"])))
    page = planning.make(w, planning.Wish(by="none"))
    assert (page.plan.brief.hours, [goal.id for goal in page.goals]) == (2, ["adding"])


def test_dropping_a_plan_finds_the_one_made_then(w: Workspace, between: Between) -> None:
    between(lambda other: planning.make(other, planning.Wish(hours=2, to=["adding"])))
    assert [change.what for change in planning.drop(w).changes] == ["plan"]


def test_placement_marks_nothing_that_is_passed_then(w: Workspace, between: Between) -> None:
    def study(other: Workspace) -> None:
        progress.finish(other, ["counting-video"])
        knowledge.shake(other, ["counting"])

    between(study)
    placed = placing.settle(w, [Answer("adding", True)])
    assert placed.known == ["adding"]
    assert learning.learned(w.connection, w.learner.id).shaky == {"counting"}
    assert journal.log(w.connection, w.learner.id, 1)[0].summary == "known: Adding"


def test_an_answer_on_a_topic_that_is_gone_by_then_is_left_out(w: Workspace) -> None:
    placed = placing.settle(w, [Answer("gone", True), Answer("counting", True)])
    assert placed.known == ["counting"]


def test_what_ignoring_opens_is_what_was_locked_then(w: Workspace, between: Between) -> None:
    between(lambda other: knowledge.know(other, ["counting"]))
    done = opinions.ignore(w, "adding", "counting").outcome
    assert len(done.changes) == 1
    assert list(done.unlocks) == []


def test_what_was_done_then_is_not_started_again_by_opening_it(
    w: Workspace, between: Between
) -> None:
    work = progress.to_open(w, "counting-video")
    between(lambda other: progress.finish(other, ["counting-video"]))
    opened = progress.opened(w, work)
    assert opened.before == "done"
    assert opened.outcome.command is None
