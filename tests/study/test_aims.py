"""Which prerequisites count for what somebody wants of a topic."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.model import Goal, Learned, Node
from llmpath.study.aims import aims, behind_each, counting, topics_of
from llmpath.study.graph import CLEARED, Roadmap, states, without
from llmpath.study.path import topics_to
from llmpath.vocab import Aim


def node(id_: str, requires: str = "", understand: str = "", aim: str = "understand") -> Node:
    needs, more = tuple(requires.split()), tuple(understand.split())
    return Node(id_, id_.title(), "m", "k", needs, (f"{id_}-1",), 1, more, aim=aim)


def goal(topics: str, aim: str) -> Goal:
    return Goal(topics, topics, tuple(topics.split()), aim)


# To use `tuning` takes `code`; to understand it takes `maths` as well, which takes `proofs` to be
# understood. `code` itself takes `logic` to be understood.
MAP = [
    node("logic"),
    node("proofs"),
    node("maths", "", "proofs"),
    node("code", "", "logic"),
    node("tuning", "code", "maths"),
    node("serving", "code", aim="use"),
    node("vision", "", "maths", aim="use"),
]


def counted(*goals: Goal, default: str = "") -> dict[str, set[str]]:
    """Return the prerequisites that count, of the topics that have any."""
    found = {one.id: set(one.requires) for one in counting(MAP, goals, default)}
    return {id_: needs for id_, needs in found.items() if needs}


def test_without_goals_a_topic_has_the_aim_of_its_track() -> None:
    assert counted() == {
        "maths": {"proofs"},
        "code": {"logic"},
        "tuning": {"code", "maths"},
        "serving": {"code"},
    }


@pytest.mark.parametrize(
    ("default", "of_tuning", "of_vision"),
    [("use", {"code"}, set()), ("understand", {"code", "maths"}, {"maths"})],
)
def test_an_aim_set_for_all_topics_outranks_that_of_the_track(
    default: str, of_tuning: set[str], of_vision: set[str]
) -> None:
    found = counted(default=default)
    assert (found["tuning"], found.get("vision", set())) == (of_tuning, of_vision)


def test_the_aim_of_a_goal_holds_for_all_that_leads_there() -> None:
    found = counted(goal("tuning", "use"))
    assert found["tuning"] == {"code"}
    assert "code" not in found  # its logic is for whoever wants to understand it
    assert found["maths"] == {"proofs"}  # off the way: as its track has it


def test_what_only_understanding_takes_is_on_the_way_of_whoever_wants_that() -> None:
    found = counted(goal("vision", "understand"))
    assert (found["vision"], found["maths"]) == ({"maths"}, {"proofs"})


def test_of_two_goals_to_understand_outranks_to_use_where_both_need_a_topic() -> None:
    both = (goal("serving", "use"), goal("tuning", "understand"))
    assert counted(*both)["code"] == {"logic"}
    assert counted(*reversed(both)) == counted(*both)
    assert "code" not in counted(both[0])
    # What leads to the one alone has the aim of that one.
    assert counted(goal("tuning", "use"), goal("vision", "understand")) == {
        "maths": {"proofs"},
        "tuning": {"code"},
        "vision": {"maths"},
        "serving": {"code"},
    }


def test_an_outcome_gives_its_aim_to_each_of_its_topics() -> None:
    found = counted(goal("tuning vision", "use"))
    assert (found["tuning"], found.get("vision")) == ({"code"}, None)


def test_what_does_not_count_stands_beside() -> None:
    (tuning,) = (one for one in counting(MAP, [goal("tuning", "use")]) if one.id == "tuning")
    assert (tuning.requires, tuning.understand) == (("code",), ("maths",))
    (tuning,) = (one for one in counting(MAP, []) if one.id == "tuning")
    assert (tuning.requires, tuning.understand) == (("code", "maths"), ())


def test_a_goal_that_is_not_on_the_map_changes_nothing() -> None:
    assert counting(MAP, [goal("gone", "use")]) == counting(MAP, [])
    cut = [one for one in MAP if one.id != "maths"]
    assert counting(cut, [goal("tuning", "use")])[2].requires == ()


def test_the_topics_of_goals_are_named_once() -> None:
    goals = [goal("tuning vision", "use"), goal("vision code", "understand")]
    assert topics_of(goals) == ["tuning", "vision", "code"]


@st.composite
def maps(draw: st.DrawFn) -> list[Node]:
    """A map some of whose prerequisites are for understanding alone."""
    nodes = []
    for i in range(draw(st.integers(1, 9))):
        needs = draw(st.sets(st.integers(0, i - 1), max_size=3)) if i else set()
        more = draw(st.sets(st.sampled_from(sorted(needs)))) if needs else set()
        use, understand = (" ".join(f"t{j}" for j in sorted(part)) for part in (needs - more, more))
        nodes.append(node(f"t{i}", use, understand, draw(st.sampled_from(Aim))))
    return nodes


def edges(nodes: Iterable[Node]) -> set[tuple[str, str]]:
    return {(one.id, need) for one in nodes for need in one.requires}


def drawn(data: st.DataObject, nodes: list[Node]) -> list[Goal]:
    ids = st.lists(st.sampled_from([one.id for one in nodes]), min_size=1, max_size=3, unique=True)
    pairs = data.draw(st.lists(st.tuples(ids, st.sampled_from(Aim)), min_size=1, max_size=3))
    return [Goal(" ".join(topics), "", tuple(topics), aim) for topics, aim in pairs]


@given(st.data())
def test_what_counts_to_use_counts_to_understand(data: st.DataObject) -> None:
    nodes = data.draw(maps())
    goals = drawn(data, nodes)
    use, understand = (
        edges(counting(nodes, [one._replace(aim=aim) for one in goals])) for aim in Aim
    )
    assert edges(nodes) <= use <= understand
    every = edges(counting(nodes, [], Aim.UNDERSTAND))
    assert edges(counting(nodes, [], Aim.USE)) == edges(nodes)
    assert understand <= every


@given(st.data())
def test_the_way_to_use_lies_within_the_way_to_understand(data: st.DataObject) -> None:
    nodes = data.draw(maps())
    topics = topics_of(drawn(data, nodes))
    known = data.draw(st.sets(st.sampled_from([one.id for one in nodes])))
    learned = Learned({}, frozenset(known))
    ways = []
    for aim in Aim:
        roadmap = Roadmap(counting(nodes, [Goal("", "", tuple(topics), aim)]))
        ways.append(set(topics_to(roadmap, states(roadmap, learned), topics)))
    assert ways[0] <= ways[1]


@given(st.data())
def test_a_topic_off_every_way_has_the_aim_of_its_track(data: st.DataObject) -> None:
    nodes = data.draw(maps())
    goals = drawn(data, nodes)
    found = Roadmap(counting(nodes, goals))
    wide = Roadmap(counting(nodes, [], Aim.UNDERSTAND))
    way = wide.on_the_way(topics_of(goals))
    alone = Roadmap(counting(nodes, []))
    for id_ in found.nodes.keys() - way:
        assert found.nodes[id_] == alone.nodes[id_]


@given(st.data())
def test_the_order_of_goals_changes_nothing_and_another_only_adds(data: st.DataObject) -> None:
    nodes = data.draw(maps())
    goals = drawn(data, nodes)
    shuffled = data.draw(st.permutations(goals))
    assert counting(nodes, shuffled) == counting(nodes, goals)
    # With an aim to use set for all, what counts is what some goal wants to be understood.
    every = [edges(counting(nodes, [one], Aim.USE)) for one in goals]
    assert set().union(*every) <= edges(counting(nodes, goals, Aim.USE))


@given(st.data())
def test_an_ignored_prerequisite_counts_for_nobody(data: st.DataObject) -> None:
    nodes = data.draw(maps())
    every = sorted((one.id, need) for one in nodes for need in (*one.requires, *one.understand))
    ignored = data.draw(st.sets(st.sampled_from(every))) if every else set()
    goals = drawn(data, nodes)
    after = without(counting(nodes, goals), ignored)
    assert edges(after).isdisjoint(ignored)
    roadmap = Roadmap(after)
    present = states(roadmap, Learned({}, frozenset()))
    assert all(present[id_] not in CLEARED for id_ in present)


def test_what_a_topic_implies_follows_the_aim_it_has_itself() -> None:
    of = aims(MAP, [])
    assert (of["serving"], of["tuning"]) == ("use", "understand")
    behind = behind_each(MAP, of)
    assert behind["serving"] == {"code"}  # who serves need not understand the code
    assert behind["code"] == {"logic"}
    assert behind["tuning"] == {"code", "logic", "maths", "proofs"}
    assert behind_each(MAP, aims(MAP, [], "use"))["tuning"] == {"code"}


@given(st.data())
def test_what_is_implied_to_use_is_implied_to_understand(data: st.DataObject) -> None:
    nodes = data.draw(maps())
    use, understand = (behind_each(nodes, aims(nodes, [], aim)) for aim in Aim)
    own = behind_each(nodes, aims(nodes, []))
    for id_ in use:
        assert use[id_] <= own[id_] <= understand[id_]
        roadmap = Roadmap(counting(nodes, [], Aim.UNDERSTAND))
        assert understand[id_] == roadmap.behind([id_])
