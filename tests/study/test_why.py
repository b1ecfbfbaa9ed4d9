"""Why something is or is not recommended now."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from llmpath.model import Learned
from llmpath.study.graph import CLEARED
from llmpath.study.recommend import open_goals, open_topics
from llmpath.study.why import Hindrance, judge_resource, judge_topic
from llmpath.vocab import State, Status
from tests.study import shipped

TOPICS = st.deferred(lambda: st.sampled_from(list(shipped.roadmap().nodes)))
LEARNERS = st.deferred(shipped.learners)
few = hypothesis(max_examples=40, deadline=None)


@few
@given(learned=LEARNERS, goals=st.lists(TOPICS, max_size=2, unique=True), topic=TOPICS)
def test_what_is_said_of_a_topic_is_true(learned: Learned, goals: list[str], topic: str) -> None:
    where = shipped.situation(learned, *goals)
    choices = shipped.offer(where, 10_000)
    verdict = judge_topic(where, topic, choices)
    state = where.states[topic]
    assert (verdict.pick is None) == (topic not in {pick.topic for pick in choices})
    assert bool(verdict.hindrances) == (verdict.pick is None)
    assert (Hindrance.LOCKED in verdict.hindrances) == (state is State.LOCKED)
    if Hindrance.OFF_GOAL in verdict.hindrances:
        assert open_goals(where)
        assert topic not in open_topics(where)
    known = learned.known | set(verdict.waits)
    after = shipped.situation(learned._replace(known=frozenset(known)), *goals)
    assert state in CLEARED or after.states[topic] is State.READY


@few
@given(learned=LEARNERS, data=st.data())
def test_every_resource_is_either_a_choice_or_has_something_against_it(
    learned: Learned, data: st.DataObject
) -> None:
    where = shipped.situation(learned)
    work = shipped.works()[data.draw(st.sampled_from(sorted(shipped.works())))]
    choices = shipped.offer(where, 10_000)
    verdict = judge_resource(where, work, choices)
    assert (verdict.pick is None) == bool(verdict.hindrances)
    if verdict.pick:
        assert choices[verdict.place - 1].resource == work
    done = learned.statuses.get(work.id) is Status.DONE
    assert (Hindrance.DONE in verdict.hindrances) == done
