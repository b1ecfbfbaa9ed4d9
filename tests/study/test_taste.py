"""What somebody would rather study decides among ways into a topic, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.model import Learned, Node, Resource
from llmpath.plans import Depth
from llmpath.settings import SETTINGS, WEIGHTS
from llmpath.study.choices import recommend
from llmpath.study.graph import CLEARED, Roadmap, states
from llmpath.study.path import reading, route
from llmpath.study.recommend import Pick, Situation, ceilings, open_topics, ranked
from llmpath.study.taste import Taste, among
from llmpath.vocab import Kind, Level, Status
from tests.study.conftest import as_goals, learners, roadmaps

DEFAULTS = {name: float(SETTINGS[name].default) for name in WEIGHTS}
NOBODY = Learned({}, frozenset())
VIDEOS = Taste(("video",))
TASTES = st.builds(
    Taste,
    st.lists(st.sampled_from([str(kind) for kind in Kind]), unique=True, max_size=3).map(tuple),
    st.sampled_from(["", *Level]),
    st.just(("English",)),
)


def work(id_: str, kind: str = "article", level: str = "beginner", minutes: int = 60) -> Resource:
    return Resource(id_, id_, f"https://x.example/{id_}", kind, level, ("a",), minutes=minutes)


def shelf(*works: Resource) -> dict[str, Resource]:
    return {one.id: one for one in works}


SHELF = shelf(
    work("text"),
    work("film", "video", minutes=80),
    work("series", "video", minutes=600),
    work("proof", "paper", "advanced", 90),
)
ALONE = Roadmap([Node("a", "A", "m", "k", (), tuple(SHELF), 1)])
PAIR = Roadmap([Node("a", "A", "m", "k", (), tuple(SHELF), 2)])


def read(roadmap: Roadmap, taste: Taste, learned: Learned = NOBODY) -> list[str]:
    return reading(roadmap, learned, ["a"], Depth.ENOUGH, SHELF, taste)["a"][0]


def offered(roadmap: Roadmap, taste: Taste, learned: Learned = NOBODY) -> list[Pick]:
    where = Situation(roadmap, states(roadmap, learned), learned, (), DEFAULTS, taste)
    return ranked(where, {"a": list(SHELF.values())})


@pytest.mark.parametrize(
    ("work_", "taste", "amount"),
    [
        (work("x", "video"), Taste(("video", "article")), 1.0),
        (work("x", "article"), Taste(("video", "article")), 0.5),
        (work("x", "paper"), Taste(("video", "article")), 0.0),
        (work("x", level="advanced"), Taste(level="advanced"), 1.0),
        (work("x", level="intermediate"), Taste(level="advanced"), 0.0),
        (work("x", level="beginner"), Taste(level="advanced"), -1.0),
        (work("x", "video", "beginner"), Taste(("video",), "beginner"), 2.0),
        (work("x", "video", "beginner"), Taste(), 0.0),
    ],
)
def test_liking_is_counted(work_: Resource, taste: Taste, amount: float) -> None:
    assert taste.amount(work_) == amount


def test_a_preferred_kind_wins_where_it_takes_about_as_long() -> None:
    assert read(ALONE, Taste()) == ["text"]
    assert read(ALONE, VIDEOS) == ["film"]
    assert read(ALONE, Taste(level="advanced")) == ["proof"]
    assert read(ALONE, Taste(("course",))) == ["text"]


def test_what_is_chosen_is_read_in_the_curated_order() -> None:
    assert read(PAIR, Taste(("paper", "video"))) == ["film", "proof"]
    assert read(PAIR, VIDEOS) == ["text", "film"]


def test_the_long_one_is_never_chosen_for_its_kind() -> None:
    works = shelf(work("text"), work("series", "video", minutes=91))
    assert among(list(works), 1, works, VIDEOS) == ["text"]
    assert among(list(works), 1, {**works, "series": work("series", "video", minutes=90)}, VIDEOS)
    short = shelf(work("text", minutes=10), work("film", "video", minutes=40))
    assert among(list(short), 1, short, VIDEOS) == ["film"]


def test_what_is_in_progress_goes_before_taste() -> None:
    begun = Learned({"series": Status.DOING}, frozenset())
    assert read(ALONE, Taste(("paper",)), begun) == ["series"]
    assert read(PAIR, Taste(("paper",)), begun) == ["series", "proof"]
    assert offered(PAIR, Taste(("paper",)), begun)[0].resource.id == "series"


def test_next_begins_with_what_a_path_begins_with() -> None:
    for taste in (Taste(), VIDEOS, Taste(level="advanced"), Taste(("paper", "video"))):
        for roadmap in (ALONE, PAIR):
            picks = offered(roadmap, taste)
            chosen = read(roadmap, taste)
            assert [pick.resource.id for pick in picks][: len(chosen)] == chosen, taste


def test_other_ways_are_in_the_order_of_taste() -> None:
    assert [pick.resource.id for pick in offered(ALONE, VIDEOS)] == [
        "film",
        "series",
        "text",
        "proof",
    ]


def test_taste_is_a_term_of_the_score() -> None:
    terms = {term.name: term.points for term in offered(ALONE, VIDEOS)[0].terms}
    assert terms["taste"] == DEFAULTS["weight.taste"]
    assert all(term.name != "taste" for pick in offered(ALONE, Taste()) for term in pick.terms)


def test_taste_does_not_outweigh_what_a_topic_opens() -> None:
    nodes = [
        Node("root", "Root", "m", "k", (), ("r",), 1),
        Node("film", "Film", "m", "k", (), ("f",), 1),
        Node("leaf", "Leaf", "m", "k", ("root",), ("l",), 1),
        Node("twig", "Twig", "m", "k", ("root",), ("t",), 1),
    ]
    roadmap = Roadmap(nodes)
    where = Situation(roadmap, states(roadmap, NOBODY), NOBODY, (), DEFAULTS, VIDEOS)
    found = recommend(where, {"film": [work("f", "video")], "root": [work("r")]}, 5)
    assert [pick.resource.id for pick in found] == ["r", "f"]


@given(roadmaps(), st.data(), TASTES)
def test_taste_changes_neither_topics_nor_whether_they_pass(
    roadmap: Roadmap, data: st.DataObject, taste: Taste
) -> None:
    learned = data.draw(learners(roadmap))
    present = states(roadmap, learned)
    kinds, levels = st.sampled_from([str(kind) for kind in Kind]), st.sampled_from(list(Level))
    works = {
        id_: work(id_, data.draw(kinds), str(data.draw(levels)), data.draw(st.integers(5, 200)))
        for node in roadmap.nodes.values()
        for id_ in node.core
    }
    goals = as_goals(roadmap, [data.draw(st.sampled_from(list(roadmap.nodes)))])
    plain = route(roadmap, present, learned, goals, Depth.ENOUGH, works)
    liked = route(roadmap, present, learned, goals, Depth.ENOUGH, works, taste)
    assert [step.topic for step in liked.steps] == [step.topic for step in plain.steps]
    assert [step.enough for step in liked.steps] == [step.enough for step in plain.steps]
    for step in liked.steps:
        core = roadmap.nodes[step.topic].core
        fresh = [id_ for id_ in core if learned.statuses.get(id_) is not Status.DOING]
        read_ = [one.id for one in step.works if one.id in fresh]
        assert read_ == sorted(read_, key=core.index)
    where = Situation(roadmap, present, learned, (), DEFAULTS, taste)
    topics = [id_ for id_ in open_topics(where) if present[id_] not in CLEARED]
    material = {id_: [works[one] for one in roadmap.nodes[id_].core] for id_ in topics}
    most = dict(ceilings(where, topics))
    for pick in ranked(where, material):
        assert pick.status is Status.DOING or pick.score <= most[pick.topic] + 1e-9


@given(roadmaps(), st.data())
def test_without_preferences_everything_is_in_the_curated_order(
    roadmap: Roadmap, data: st.DataObject
) -> None:
    learned = data.draw(learners(roadmap))
    works = {id_: work(id_) for node in roadmap.nodes.values() for id_ in node.core}
    for depth in Depth:
        assert reading(roadmap, learned, roadmap.nodes, depth, works, Taste()) == reading(
            roadmap, learned, roadmap.nodes, depth
        )


def test_what_cannot_be_read_is_not_on_the_path_and_said_to_be_missing() -> None:
    chinese = work("text")._replace(language="Chinese")
    works = {"text": chinese}
    roadmap = Roadmap([Node("a", "A", "m", "k", (), ("text",), 1)])
    goals = as_goals(roadmap, ["a"])

    def step(learned: Learned, taste: Taste) -> tuple[list[str], bool, tuple[str, ...]]:
        found = route(
            roadmap, states(roadmap, learned), learned, goals, Depth.ENOUGH, works, taste
        ).steps[0]
        return [one.id for one in found.works], found.enough, found.unread

    assert step(NOBODY, Taste()) == ([], False, ("Chinese",))
    assert step(NOBODY, Taste(languages=("English", "Chinese"))) == (["text"], True, ())
    assert step(Learned({"text": Status.DOING}, frozenset()), Taste()) == (["text"], True, ())
