"""What is offered, in which order, and why."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmpath.model import Goal, Learned, Node, Resource
from llmpath.settings import SETTINGS, WEIGHTS
from llmpath.study.choices import is_settled, led, recommend, varied
from llmpath.study.graph import PASSED, Roadmap, opened_by, states
from llmpath.study.recommend import (
    Pick,
    Situation,
    candidates,
    ceilings,
    duration,
    in_rank,
    listed,
    open_goals,
    open_topics,
    ranked,
)
from llmpath.vocab import State, Status
from tests.study.conftest import as_goals, learners, material, roadmaps

DEFAULTS = {name: float(SETTINGS[name].default) for name in WEIGHTS}


def situation(roadmap: Roadmap, learned: Learned, *goals: str) -> Situation:
    return Situation(roadmap, states(roadmap, learned), learned, as_goals(roadmap, goals), DEFAULTS)


def work(id_: str, topic: str, **more: object) -> Resource:
    base = Resource(id_, id_, f"https://x.example/{id_}", "article", "beginner", (topic,))
    return base._replace(**more)


def offer(where: Situation, count: int = 5) -> list[Pick]:
    open_ = set(open_topics(where))
    works = {id_: found for id_, found in material(where.roadmap).items() if id_ in open_}
    return recommend(where, works, count)


NOBODY = Learned({}, frozenset())
FORK = Roadmap(
    [
        Node("root", "Root", "m", "k", (), ("r1", "r2"), 1),
        Node("other", "Other", "m", "k", (), ("o1",), 1),
        Node("leaf", "Leaf", "m", "k", ("root",), ("l1",), 1),
        Node("twig", "Twig", "m", "k", ("root",), ("w1",), 1),
    ]
)


def test_the_topic_that_opens_more_comes_first() -> None:
    picks = offer(situation(FORK, NOBODY))
    assert [pick.resource.id for pick in picks] == ["r1", "o1"]
    assert picks[0].reason == "opens Leaf and Twig"


def test_a_goal_leaves_only_what_leads_there() -> None:
    picks = offer(situation(FORK, NOBODY, "leaf"))
    assert {pick.topic for pick in picks} == {"root"}
    assert picks[0].reason == "on the path to Leaf, opens Leaf"


def test_a_goal_that_is_ready_is_named_as_such() -> None:
    done = Learned({"r1": Status.DONE}, frozenset())
    picks = offer(situation(FORK, done, "leaf"))
    assert [(pick.topic, pick.reason) for pick in picks] == [("leaf", "your goal Leaf")]


def test_reached_goals_restrict_nothing() -> None:
    done = Learned({"r1": Status.DONE, "l1": Status.DONE}, frozenset())
    assert {pick.topic for pick in offer(situation(FORK, done, "leaf"))} == {"other", "twig"}


def test_what_is_in_progress_comes_first() -> None:
    begun = Learned({"o1": Status.DOING}, frozenset())
    picks = offer(situation(FORK, begun))
    assert picks[0].resource.id == "o1"
    assert picks[0].reason == "in progress"


def test_done_and_skipped_resources_are_not_offered() -> None:
    some = Learned({"r1": Status.SKIPPED, "o1": Status.DONE}, frozenset())
    assert [pick.resource.id for pick in offer(situation(FORK, some))] == ["r2"]


def test_opens_is_said_only_when_this_resource_completes_the_topic() -> None:
    two = Roadmap(
        [
            Node("root", "Root", "m", "k", (), ("r1", "r2"), 2),
            Node("leaf", "Leaf", "m", "k", ("root",), ("l1",), 1),
        ]
    )
    assert offer(situation(two, NOBODY))[0].reason == "step 1 of 2"
    begun = Learned({"r1": Status.DONE}, frozenset())
    assert offer(situation(two, begun))[0].reason == "opens Leaf, step 2 of 2"


def test_reasons_name_the_editors_choice_and_the_length() -> None:
    works = {
        "other": [work("o1", "other", essential=True, minutes=45, sources=("a", "b"))],
        "root": [work("r1", "root", essential=True, minutes=150, sources=("a",))],
    }
    picks = recommend(situation(FORK, NOBODY), works, 5)
    assert {pick.topic: pick.reason for pick in picks} == {
        "root": "opens Leaf and Twig, must-read, 2.5 h",
        "other": "must-read, 45 min",
    }


def test_reasons_tell_what_a_resource_costs_and_needs() -> None:
    works = {
        "root": [work("r1", "root", minutes=45, needs=("gpu", "api-key"))],
        "other": [work("o1", "other", minutes=45, cost="paid", upkeep="archived")],
    }
    picks = recommend(situation(FORK, NOBODY), works, 5)
    assert {pick.topic: pick.reason for pick in picks} == {
        "root": "opens Leaf and Twig, needs a GPU and an API key, 45 min",
        "other": "archived, paid, 45 min",
    }


def test_the_parts_of_a_goal_count_in_their_order() -> None:
    both = Goal("both", "Both", ("other", "root"), "use")
    where = situation(FORK, NOBODY)._replace(goals=(both,))
    terms = {
        pick.topic: {term.name: term.amount for term in pick.terms}["goal"] for pick in offer(where)
    }
    assert terms == {"other": 1.0, "root": 0.5}


def test_an_overview_comes_before_what_opens_more() -> None:
    nodes = [*FORK.nodes.values()]
    first = Roadmap([node._replace(overview=node.id == "other") for node in nodes])
    assert [pick.topic for pick in offer(situation(first, NOBODY))] == ["other", "root"]


def test_the_terms_add_up_to_the_score() -> None:
    works = {"other": [work("o1", "other", essential=True, minutes=30)]}
    pick = recommend(situation(FORK, NOBODY), works, 1)[0]
    assert {term.name: (term.amount, term.weight) for term in pick.terms} == {
        "core": (1.0, 20.0),
        "essential": (1.0, 2.0),
        "quick": (5 / 6, 3.0),
    }
    assert pick.score == 20 + 2 + 2.5


def test_weights_change_the_order() -> None:
    works = {
        "root": [work("r1", "root")],
        "other": [work("o1", "other", essential=True)],
    }
    where = situation(FORK, NOBODY)
    assert [pick.topic for pick in recommend(where, works, 2)] == ["root", "other"]
    keen = where._replace(weights={**DEFAULTS, "weight.essential": 50.0})
    assert [pick.topic for pick in recommend(keen, works, 2)] == ["other", "root"]


def test_lists_and_lengths_read_as_people_write_them() -> None:
    assert [listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C", "D"])] == [
        "A",
        "A and B",
        "A, B and 2 more",
    ]
    assert listed(["A", "B", "C"], 3) == "A, B and C"
    lengths = [duration(n) for n in (5, 59, 60, 62, 90, 150, 600, 7200)]
    assert lengths == ["5 min", "59 min", "1 h", "1 h", "1.5 h", "2.5 h", "10 h", "120 h"]


@given(st.data())
def test_a_locked_topic_is_never_recommended(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    learned = data.draw(learners(roadmap))
    goals = data.draw(st.lists(st.sampled_from(list(roadmap.nodes)), max_size=2, unique=True))
    where = situation(roadmap, learned, *goals)
    unreached = [goal for goal in goals if where.states[goal] not in PASSED]
    for pick in offer(where, 20):
        assert where.states[pick.topic] is State.READY
        assert learned.statuses.get(pick.resource.id) not in (Status.DONE, Status.SKIPPED)
        if unreached:
            assert pick.topic in roadmap.on_the_way(unreached)


@given(st.data())
def test_the_reasons_are_true_of_the_state(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    where = situation(roadmap, data.draw(learners(roadmap)))
    for pick in offer(where, 20):
        if pick.opens:
            after = Learned(
                {**where.learned.statuses, pick.resource.id: Status.DONE}, where.learned.known
            )
            now = states(roadmap, after)
            assert set(pick.opens) == {
                id_
                for id_ in roadmap.nodes
                if (where.states[id_], now[id_]) == (State.LOCKED, State.READY)
            }
            assert list(pick.opens) == opened_by(roadmap, where.states, pick.topic)


@given(st.data())
def test_the_same_state_gives_the_same_answer_in_whatever_order_it_came_about(
    data: st.DataObject,
) -> None:
    roadmap = data.draw(roadmaps())
    learned = data.draw(learners(roadmap))
    shuffled = dict(data.draw(st.permutations(list(learned.statuses.items()))))
    one = offer(situation(roadmap, learned), 20)
    two = offer(situation(roadmap, Learned(shuffled, learned.known)), 20)
    assert one == two


@given(st.data())
def test_following_next_with_a_goal_takes_the_fewest_topics(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    goal = data.draw(st.sampled_from(list(roadmap.nodes)))
    learned = data.draw(learners(roadmap))
    needed = {
        id_ for id_ in roadmap.on_the_way([goal]) if states(roadmap, learned)[id_] not in PASSED
    }
    steps = 0
    while goal not in learned.known and states(roadmap, learned)[goal] not in PASSED:
        topic = open_topics(situation(roadmap, learned, goal))[0]
        learned = Learned(learned.statuses, learned.known | {topic})
        steps += 1
    # A learner may have passed the goal, or something on the way, without what it requires.
    assert steps <= len(needed)
    assert states(roadmap, learned)[goal] in PASSED


def test_the_curated_order_decides_within_a_topic() -> None:
    works = {
        "other": [
            work("o1", "other", minutes=90),
            work("o2", "other", essential=True, minutes=5),
            work("o3", "other", essential=True, minutes=1),
        ]
    }
    for count, ids in ((5, ["o1", "o2"]), (6, ["o1", "o2", "o3"])):
        picks = recommend(situation(FORK, NOBODY), works, count)
        assert [pick.resource.id for pick in picks] == ids


def test_another_way_into_a_topic_is_offered_where_there_is_no_other_topic_or_many_are_wanted() -> (
    None
):
    works = {"other": [work(f"o{i}", "other", minutes=30) for i in range(1, 5)]}
    picks = recommend(situation(FORK, NOBODY), works, 5)
    assert [(pick.resource.id, pick.reasons[0]) for pick in picks] == [
        ("o1", "30 min"),
        ("o2", "instead of o1"),
    ]
    works["root"] = [work(f"r{i}", "root", minutes=30) for i in range(1, 5)]
    assert [pick.resource.id for pick in recommend(situation(FORK, NOBODY), works, 5)] == [
        "r1",
        "o1",
    ]
    assert len(recommend(situation(FORK, NOBODY), works, 8)) == 8


def test_what_a_topic_takes_besides_is_no_other_way_into_it() -> None:
    two = Roadmap(
        [
            Node("root", "Root", "m", "k", (), ("r1", "r2", "r3"), 2),
            Node("other", "Other", "m", "k", (), ("o1",), 1),
        ]
    )
    works = {
        "root": [work(f"r{i}", "root", minutes=30) for i in range(1, 4)],
        "other": [work("o1", "other", minutes=30)],
    }
    found = ranked(situation(two, NOBODY), works)
    assert [(pick.resource.id, pick.needed) for pick in varied(found, 5, 5)] == [
        ("r1", True),
        ("o1", True),
        ("r2", True),
    ]
    assert [pick.resource.id for pick in varied(found, 5)] == ["r1", "o1"]
    assert [pick.needed for pick in found if pick.resource.id == "r3"] == [False]


def test_what_takes_much_longer_comes_after_the_other_ways() -> None:
    works = {
        "root": [work("r1", "root", minutes=30), work("r2", "root", minutes=3000)],
        "other": [
            work("o1", "other", minutes=30),
            work("o2", "other", minutes=40),
        ],
    }
    picks = recommend(situation(FORK, NOBODY), works, 6)
    assert [pick.resource.id for pick in picks] == ["r1", "o1", "o2", "r2"]


def test_two_topics_are_offered_even_when_much_of_one_is_in_progress() -> None:
    begun = Learned({f"r{i}": Status.DOING for i in range(1, 5)}, frozenset())
    works = {
        "root": [work(f"r{i}", "root") for i in range(1, 5)],
        "other": [work("o1", "other")],
    }
    picks = recommend(situation(FORK, begun), works, 3)
    assert [pick.resource.id for pick in picks] == ["r1", "r2", "o1"]


@given(st.data())
def test_reading_the_likeliest_topics_alone_changes_no_choice(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    where = situation(roadmap, data.draw(learners(roadmap)))
    topics = [id_ for id_ in open_topics(where) if candidates(where, id_)]
    works = {id_: found for id_, found in material(roadmap).items() if id_ in topics}
    count = data.draw(st.integers(1, 4))
    begun = {
        id_: found
        for id_, found in works.items()
        if any(where.learned.statuses.get(one.id) is Status.DOING for one in found)
    }
    found = ranked(where, begun)
    for topic, ceiling in ceilings(where, topics):
        if is_settled(found, count, ceiling):
            break
        found = in_rank(where, [*found, *ranked(where, {topic: works[topic]})])
    assert varied(found, count) == recommend(where, works, count)


# The order of goals, and what a plan has.


@given(st.data())
def test_what_leads_to_an_earlier_goal_comes_before_what_leads_only_to_later_ones(
    data: st.DataObject,
) -> None:
    roadmap = data.draw(roadmaps())
    learned = data.draw(learners(roadmap))
    ids = data.draw(st.lists(st.sampled_from(list(roadmap.nodes)), min_size=1, unique=True))
    where = situation(roadmap, learned, *ids)
    goals = open_goals(where)
    ways = [roadmap.still_to_pass(goal.topics, where.states) for goal in goals]
    picks = [
        pick
        for pick in ranked(where, material(roadmap))
        if pick.status is not Status.DOING and any(pick.topic in way for way in ways)
    ]
    firsts = [next(i for i, way in enumerate(ways) if pick.topic in way) for pick in picks]
    assert firsts == sorted(firsts)


def test_with_one_goal_its_order_is_no_term() -> None:
    (pick, *_) = offer(situation(FORK, NOBODY, "leaf"))
    assert "later" not in {term.name for term in pick.terms}


def test_what_is_planned_comes_after_what_is_in_progress_and_before_the_rest() -> None:
    def pick(id_: str, topic: str, status: Status = Status.TODO) -> Pick:
        return Pick(work(id_, topic), topic, status, "", (), (), ())

    begun, other = pick("b", "b", Status.DOING), pick("x", "x", Status.DOING)
    one, two = pick("a1", "a"), pick("c1", "c")
    rest = [other, begun, pick("a2", "a"), pick("d1", "d"), one]
    assert [p.resource.id for p in led([one, begun, two], rest, 9)] == ["b", "x", "a1", "c1", "d1"]
    assert [p.resource.id for p in led([one, begun, two], rest, 3)] == ["b", "x", "a1"]
    # One is no choice: another of the same topic stands beside it.
    assert [p.resource.id for p in led([one], [one, pick("a2", "a")], 5)] == ["a1", "a2"]
    assert led([], rest, 9) == rest[:2] + rest[2:]
