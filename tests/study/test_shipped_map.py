"""What must hold of every recommendation, on the roadmap that is shipped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from llmpath.model import Learned
from llmpath.study.graph import CLEARED, PASSED, states
from llmpath.study.path import topics_to
from llmpath.vocab import State, Status
from tests.study import shipped

NOBODY = Learned({}, frozenset())
TOPICS = st.deferred(lambda: st.sampled_from(list(shipped.roadmap().nodes)))
LEARNERS = st.deferred(shipped.learners)
few = hypothesis(max_examples=40, deadline=None)


@few
@given(learned=LEARNERS, goals=st.lists(TOPICS, max_size=2, unique=True))
def test_nothing_locked_is_offered(learned: Learned, goals: list[str]) -> None:
    where = shipped.situation(learned, *goals)
    unreached = [goal for goal in goals if where.states[goal] not in CLEARED]
    picks = shipped.offer(where, 20)
    assert picks or not unreached
    for pick in picks:
        assert where.states[pick.topic] is State.READY
        assert pick.waits == ()
        if unreached:
            assert pick.topic in topics_to(where.roadmap, where.states, unreached)


@few
@given(learned=LEARNERS)
def test_locks_can_be_ignored_and_are_then_named(learned: Learned) -> None:
    where = shipped.situation(learned)
    for pick in shipped.offer(where, 50, locked=True):
        missing = [
            id_
            for id_ in where.roadmap.nodes[pick.topic].requires
            if where.states[id_] not in CLEARED
        ]
        assert list(pick.waits) == missing
        assert ("locked until" in pick.reason) == bool(missing)


@few
@given(learned=LEARNERS, goals=st.lists(TOPICS, max_size=2, unique=True))
def test_there_are_two_topics_to_choose_from_where_there_are_two(
    learned: Learned, goals: list[str]
) -> None:
    where = shipped.situation(learned, *goals)
    every = {pick.topic for pick in shipped.offer(where, 10_000)}
    if len(every) > 1:
        assert len({pick.topic for pick in shipped.offer(where, 3)}) > 1


@few
@given(learned=LEARNERS, more=LEARNERS)
def test_finishing_or_knowing_never_locks_a_ready_topic(learned: Learned, more: Learned) -> None:
    done = {id_: s for id_, s in more.statuses.items() if s is Status.DONE}
    after = Learned({**learned.statuses, **done}, learned.known | more.known)
    old = states(shipped.roadmap(), learned)
    new = states(shipped.roadmap(), after)
    assert all(new[id_] is not State.LOCKED for id_ in old if old[id_] is State.READY)


@few
@given(learned=LEARNERS, goal=TOPICS)
def test_following_next_reaches_the_goal_in_the_fewest_topics(learned: Learned, goal: str) -> None:
    fewest = topics_to(shipped.roadmap(), states(shipped.roadmap(), learned), [goal])
    topics, after = shipped.follow(learned, goal)
    # No topic beside the way; fewer than all of it where what was read serves two topics.
    assert set(topics) <= set(fewest)
    now = states(shipped.roadmap(), after)
    assert now[goal] in PASSED
    twice = {id_ for topic in topics for id_ in shipped.shared(topic)}
    if not twice & after.statuses.keys():
        assert set(topics) == set(fewest)


@few
@given(learned=LEARNERS, goals=st.lists(TOPICS, max_size=2, unique=True))
def test_what_a_reason_says_is_true(learned: Learned, goals: list[str]) -> None:
    where = shipped.situation(learned, *goals)
    titles = {node.title: id_ for id_, node in where.roadmap.nodes.items()}
    for pick in shipped.offer(where, 10):
        statuses = {**learned.statuses, pick.resource.id: Status.DONE}
        after = states(where.roadmap, learned._replace(statuses=statuses))
        for id_ in pick.opens:
            assert where.states[id_] is State.LOCKED
            assert after[id_] is not State.LOCKED
        opens = [reason for reason in pick.reasons if reason.startswith("opens ")]
        for title, id_ in titles.items():
            if any(reason == f"opens {title}" for reason in opens):
                assert id_ in pick.opens
        assert ("in progress" in pick.reasons) == (pick.status is Status.DOING)
        assert any("must-read" in reason for reason in pick.reasons) == pick.resource.essential
        assert pick.score == sum(term.amount * term.weight for term in pick.terms)
        for goal in goals:
            if f"your goal {where.roadmap.nodes[goal].title}" in pick.serves.split(", ")[0]:
                assert pick.topic == goal


@few
@given(learned=LEARNERS, data=st.data())
def test_the_same_state_gives_the_same_answer(learned: Learned, data: st.DataObject) -> None:
    items = data.draw(st.permutations(list(learned.statuses.items())))
    other = learned._replace(statuses=dict(items), known=frozenset(sorted(learned.known)))
    assert shipped.offer(shipped.situation(learned), 20) == shipped.offer(
        shipped.situation(other), 20
    )
