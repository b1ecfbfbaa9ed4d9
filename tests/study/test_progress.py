"""What commands do to the progress on a resource."""

from __future__ import annotations

from llmpath.model import Learned, Node, Progress
from llmpath.study import knowledge, progress
from llmpath.study.graph import Roadmap
from llmpath.vocab import Status

EARLY, LATE = "2026-01-01T10:00:00+00:00", "2026-02-01T10:00:00+00:00"
FRESH = Progress("r")


def test_start_notes_when_and_is_idempotent() -> None:
    begun = progress.start(FRESH, EARLY)
    assert begun == Progress("r", Status.DOING, EARLY)
    assert progress.start(begun, LATE) == begun


def test_what_is_done_stays_done_when_it_is_started_again() -> None:
    done = progress.finish(FRESH, EARLY, minutes=30, rating=4)
    assert progress.start(done, LATE) == Progress("r", Status.DONE, LATE, EARLY, 30, 4)


def test_finish_says_the_minutes_in_all_and_keeps_the_first_date() -> None:
    once = progress.finish(progress.start(FRESH, EARLY), EARLY, minutes=30)
    twice = progress.finish(once, LATE, minutes=45, rating=5)
    assert once == Progress("r", Status.DONE, EARLY, EARLY, 30, None)
    assert twice == Progress("r", Status.DONE, EARLY, EARLY, 45, 5)
    assert progress.finish(twice, LATE) == twice


def test_a_day_that_is_named_is_the_end_and_no_beginning_comes_after_it() -> None:
    done = progress.finish(progress.start(FRESH, LATE), LATE)
    assert progress.finish(done, EARLY, dated=True) == Progress("r", Status.DONE, EARLY, EARLY)
    begun = progress.start(FRESH, EARLY)
    assert progress.finish(begun, LATE, dated=True).started_at == EARLY


def test_a_sitting_begins_what_is_not_begun_and_leaves_the_rest_as_it_is() -> None:
    assert progress.spend(FRESH, EARLY, 30) == Progress("r", Status.DOING, EARLY)
    assert progress.spend(progress.skip(FRESH), EARLY, 30) == Progress("r", Status.DOING, EARLY)
    begun = progress.start(FRESH, EARLY)
    assert progress.spend(begun, LATE, 30) == begun
    done = progress.finish(begun, EARLY)
    assert progress.spend(done, LATE, 30) == done


def test_a_sitting_adds_to_a_total_that_was_said() -> None:
    done = progress.finish(FRESH, EARLY, minutes=40)
    assert progress.spend(done, LATE, 30).minutes == 70


def test_skip_and_reset() -> None:
    done = progress.finish(FRESH, EARLY, minutes=30)
    assert progress.skip(done) == Progress("r", Status.SKIPPED, None, None, 30)
    assert progress.reset(done) == FRESH


CHAIN = Roadmap(
    [
        Node("a", "A", "m", "k", (), ("ra",), 1),
        Node("b", "B", "m", "k", ("a",), ("rb",), 1),
        Node("c", "C", "m", "k", ("b",), ("rc",), 1),
    ]
)


def test_knowing_a_topic_implies_its_unpassed_prerequisites() -> None:
    nothing = Learned({}, frozenset())
    assert knowledge.to_mark(CHAIN, nothing, ["c"]) == ["a", "b", "c"]
    learned = Learned({"ra": Status.DONE}, frozenset({"b"}))
    assert knowledge.to_mark(CHAIN, learned, ["c"]) == ["c"]


def test_a_learned_topic_can_be_marked_as_known_by_name() -> None:
    learned = Learned({"ra": Status.DONE}, frozenset())
    assert knowledge.to_mark(CHAIN, learned, ["a"]) == ["a"]


def test_only_marks_are_taken_back() -> None:
    learned = Learned({}, frozenset({"a", "c"}))
    assert knowledge.to_unmark(CHAIN, learned, ["c", "b"]) == ["c"]
