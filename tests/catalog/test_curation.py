"""What a curator should mend, and what new keys a catalog may not have wrong, with places."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.catalog import load
from llmpath.catalog.curation import cheapest
from llmpath.catalog.locate import Files
from llmpath.errors import InvalidFile
from tests.catalog.samples import RESOURCES, ROADMAP

Told = Callable[..., list[str]]


@pytest.fixture
def told(folder: Path) -> Told:
    """Return what is told of the small catalog with (old, new) texts replaced."""

    def told(*changes: tuple[str, str]) -> list[str]:
        texts = {"resources.yaml": RESOURCES, "roadmap.yaml": ROADMAP}
        for old, new in changes:
            assert any(old in text for text in texts.values()), old
            texts = {name: text.replace(old, new) for name, text in texts.items()}
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        found = load.check(folder, Files(folder / "resources.yaml", folder / "roadmap.yaml"))
        return [str(problem).replace(f"{folder}{os.sep}", "") for problem in found]

    return told


def usable(folder: Path) -> bool:
    """Say whether a learner may use the catalog, whatever a curator should mend."""
    try:
        load.load(Files(folder / "resources.yaml", folder / "roadmap.yaml"))
    except InvalidFile:
        return False
    return True


# The least minutes of study.


def test_the_cheapest_way_is_that_of_the_shortest_works() -> None:
    assert cheapest([(60, 1), (10, 1), (30, 1)], 1) == 10
    assert cheapest([(60, 1), (10, 1), (30, 1)], 2) == 40
    assert cheapest([(60, 1), (10, 1)], 2) == 70
    assert cheapest([], 1) == 0


def test_a_work_that_teaches_several_topics_counts_with_its_share() -> None:
    assert cheapest([(600, 3), (250, 1)], 1) == 200
    assert cheapest([(600, 3), (150, 1)], 2) == 350


@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(1, 9)), max_size=9), st.integers(1, 9))
def test_no_choice_of_works_is_cheaper(works: list[tuple[int, int]], enough: int) -> None:
    shares = [minutes / topics for minutes, topics in works]
    least = cheapest(works, enough)
    assert least <= sum(shares) + 1e-6
    assert cheapest([*works, (1, 9)], enough + 1) >= least
    if len(works) >= enough:
        assert least <= sum(shares[:enough]) + 1e-6
        assert least <= cheapest([(minutes, 1) for minutes, _ in works], enough)


def test_a_topic_is_to_take_its_size(told: Told) -> None:
    sized = "core: [vectors-course]\n    size: {}\n"
    assert told(("core: [vectors-course]\n", sized.format(90))) == []
    assert told(("core: [vectors-course]\n", sized.format(91))) == [
        "roadmap.yaml:15:11: 'vectors' can be passed in 90 minutes, and its size is 91."
        " Move what is too short from 'core' to 'further', or raise 'enough'."
    ]


def test_works_in_the_core_of_two_topics_count_half_for_each(told: Told) -> None:
    minutes = (
        "topics: [attention, embeddings]\n",
        "topics: [attention, embeddings]\n    minutes: 100\n",
    )
    size = ("    enough: 1\n", "    enough: 1\n    size: {}\n")
    assert told(minutes, (size[0], size[1].format(50))) == []
    assert told(minutes, (size[0], size[1].format(51))) == [
        "roadmap.yaml:39:11: 'attention' can be passed in 50 minutes, and its size is 51."
        " Move what is too short from 'core' to 'further', or raise 'enough'."
    ]
    # Alone in one core, it counts in full.
    alone = (
        "    core: [attention-paper]\n    enough: 1\n",
        "    core: [pairs-dataset]\n    size: 1\n",
    )
    assert told(minutes, alone, ("  - id: attention\n", "  - id: attention\n")) == [
        "roadmap.yaml:38:11: 'attention' can be passed in 0 minutes, and its size is 1."
        " Move what is too short from 'core' to 'further', or raise 'enough'."
    ]


def test_a_size_is_one_of_a_topic_that_can_be_studied(told: Told, folder: Path) -> None:
    (problem,) = told(("    core: [vectors-course]\n", "    size: 90\n"))
    assert "'vectors' has no core resource" in problem
    assert usable(folder)
    (problem,) = told(("core: [vectors-course]\n", "core: [vectors-course]\n    size: long\n"))
    assert (
        problem == "roadmap.yaml:15:11: 'size' must be a whole number, not 'long'. Use digits only."
    )
    assert not usable(folder)


# The editors' choice.


def test_a_must_read_says_why_and_nothing_else_does(told: Told, folder: Path) -> None:
    because = "because: It draws what others only compute, and so is never forgotten."
    both = ("    minutes: 90\n", f"    minutes: 90\n    essential: true\n    {because}\n")
    assert told(both) == []
    assert told(("    minutes: 90\n", "    minutes: 90\n    essential: true\n")) == [
        "resources.yaml:14:5: 'essential' without a reason. Say under 'because' why nobody should"
        " miss it."
    ]
    assert usable(folder)
    for more in ("", "    essential: false\n"):
        (problem,) = told(("    minutes: 90\n", f"    minutes: 90\n{more}    {because}\n"))
        assert problem.endswith(
            ":5: 'because' is the reason of 'essential: true'. Add that, or remove the reason."
        )
    (problem,) = told(
        ("    minutes: 90\n", "    minutes: 90\n    essential: true\n    because: Good.\n")
    )
    assert "'because' has 5 characters; at least 20 are needed." in problem


# How works are kept up.


@pytest.mark.parametrize("status", ["archived", "stub", "superseded"])
def test_nobody_is_sent_to_what_is_not_kept_up(told: Told, folder: Path, status: str) -> None:
    more = "\n    superseded_by: attention-paper" if status == "superseded" else ""
    assert told(("    year: 2018\n", f"    year: 2018\n    status: {status}{more}\n")) == [
        f"roadmap.yaml:14:12: 'vectors-course' is {status}; nobody should be sent there to learn"
        " 'vectors'. Move it to 'further', or take another."
    ]
    assert usable(folder)
    beside = ("    topics: [attention]\n", f"    topics: [attention]\n    status: {status}{more}\n")
    assert told(beside) == []


def test_what_is_superseded_names_what_took_its_place(told: Told, folder: Path) -> None:
    at = "    topics: [attention]\n"
    assert told((at, f"{at}    status: superseded\n")) == [
        "resources.yaml:35:13: superseded by what? Name it under 'superseded_by'."
    ]
    assert usable(folder)
    assert told((at, f"{at}    status: superseded\n    superseded_by: atention-paper\n")) == [
        "resources.yaml:36:20: no resource 'atention-paper'. Did you mean 'attention-paper'?"
    ]
    assert not usable(folder)


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("status", "old", "'status' cannot be 'old'."),
        ("cost", "much", "'cost' cannot be 'much'."),
        ("needs", "[tpu]", "'needs' cannot be 'tpu'"),
        ("verified", "2026", "'verified' must be text, not 2026."),
        ("verified", '"2026-13"', "is not a month. Write it as 2024-05."),
        ("updated", "1066", "'updated' is 1066; it must be at least 1900."),
    ],
)
def test_what_an_entry_says_of_itself_is_one_of_a_few(
    told: Told, folder: Path, key: str, value: str, problem: str
) -> None:
    at = "    topics: [attention]\n"
    (found,) = told((at, f"{at}    {key}: {value}\n"))
    assert found.startswith(f"resources.yaml:35:{7 + len(key)}") or key == "needs"
    assert problem in found
    assert not usable(folder)


# Works that round a topic off.


def test_further_works_are_there_cover_the_topic_and_stand_in_no_core(
    told: Told, folder: Path
) -> None:
    at = "    enough: 1\n"
    assert told((at, f"{at}    further: [pairs-dataset]\n")) == []
    assert told((at, f"{at}    further: [attention-paper]\n")) == [
        "roadmap.yaml:39:15: 'attention-paper' is in 'core' already. Remove it from 'further'."
    ]
    assert told((at, f"{at}    further: [vectors-course]\n")) == [
        "roadmap.yaml:39:15: 'vectors-course' does not cover 'attention'. Add the topic to its"
        " 'topics', or remove it from 'further'."
    ]
    assert usable(folder)
    assert told((at, f"{at}    further: [pair-dataset, pairs-dataset, pairs-dataset]\n")) == [
        "roadmap.yaml:39:15: no resource 'pair-dataset'. Did you mean 'pairs-dataset'?",
        "roadmap.yaml:39:44: resource 'pairs-dataset' is listed twice. Keep one.",
    ]
    assert not usable(folder)


# Goals.

GOAL = """\
goals:
  - id: {id}
    title: See why it works
    summary: For whoever wants to see why a model answers as it does.
    aim: {aim}
    topics: [{topics}]
topics:
  - id: vectors
"""


def goal(
    id_: str = "see-why", aim: str = "understand", topics: str = "attention"
) -> tuple[str, str]:
    return "topics:\n  - id: vectors\n", GOAL.format(id=id_, aim=aim, topics=topics)


def test_a_goal_has_topics_an_aim_and_an_id_of_its_own(told: Told, folder: Path) -> None:
    assert told(goal()) == []
    assert told(goal(topics="atention, vectors, vectors")) == [
        "roadmap.yaml:14:14: no topic 'atention'. Did you mean 'attention'?",
        "roadmap.yaml:14:33: topic 'vectors' is listed twice. Keep one.",
    ]
    assert not usable(folder)
    assert told(goal(aim="know"))[0].startswith("roadmap.yaml:13:10: 'aim' cannot be 'know'.")
    (problem,) = told(goal(topics=""))
    assert problem.startswith("roadmap.yaml:14:")
    assert told(goal(id_="attention")) == [
        "roadmap.yaml:10:9: id 'attention' is already used at roadmap.yaml:36:9. Choose another."
    ]
    assert told(goal(id_="pairs-dataset")) == [
        "roadmap.yaml:10:9: id 'pairs-dataset' is already used at resources.yaml:29:9."
        " Choose another."
    ]


def test_a_former_id_of_a_goal_is_no_other_entrys(told: Told, folder: Path) -> None:
    old, new = goal()
    new = new.replace(
        "    topics: [attention]\n", "    topics: [attention]\n    former_ids: [vectors]\n"
    )
    assert told((old, new)) == [
        "roadmap.yaml:15:18: former id 'vectors' is in use at roadmap.yaml:17:9. Remove it here."
    ]
    assert not usable(folder)


# Cards.


def test_a_former_id_of_a_card_is_on_one_card_and_in_use_on_none(told: Told, folder: Path) -> None:
    card = (
        "      - id: {}\n        ask: What do two of them make?\n"
        "        answer: Another vector, longer or shorter.\n        former_ids: [{}]\n"
    )
    at = "        answer: How much two vectors point the same way.\n"
    assert told((at, at + card.format("a-card", "old-card"))) == []
    both = at + card.format("a-card", "old-card") + card.format("b-card", "old-card")
    assert told((at, both)) == [
        "roadmap.yaml:26:22: former id 'old-card' is also at roadmap.yaml:22:22."
        " Keep it only on the card that replaced it."
    ]
    assert told((at, at + card.format("a-card", "vectors-dot"))) == [
        "roadmap.yaml:22:22: former id 'vectors-dot' is in use at roadmap.yaml:16:13."
        " Remove it here."
    ]
    assert not usable(folder)
    (problem,) = told((at, f"{at}        asks: think\n"))
    assert problem.startswith("roadmap.yaml:19:15: 'asks' cannot be 'think'.")


# Prerequisites.


def needs(*edges: tuple[str, str]) -> tuple[str, str]:
    """Return a change after which attention needs embeddings and *edges*: (topic, aim)."""
    old = "        because: Attention mixes embeddings, so know what they hold.\n"
    rows = "".join(
        f"      - topic: {topic}\n        to: {aim}\n        because: That is how it is computed.\n"
        for topic, aim in edges
    )
    return old, old + rows


EMBEDDINGS_TO = "      - topic: vectors\n", "      - topic: vectors\n        to: understand\n"


def test_what_is_implied_to_use_is_implied(told: Told, folder: Path) -> None:
    sentence = "'vectors' is implied: attention -> embeddings -> vectors. Remove it."
    assert told(needs(("vectors", "use"))) == [f"roadmap.yaml:37:16: {sentence}"]
    assert told(needs(("vectors", "understand"))) == [f"roadmap.yaml:37:16: {sentence}"]
    assert usable(folder)


def test_what_is_implied_to_understand_alone_may_be_needed_to_use(told: Told) -> None:
    # Attention cannot be used without vectors, which embeddings need only to be understood.
    assert told(EMBEDDINGS_TO, needs(("vectors", "use"))) == []
    assert told(EMBEDDINGS_TO, needs(("vectors", "understand"))) == [
        "roadmap.yaml:38:16: 'vectors' is implied: attention -> embeddings -> vectors. Remove it."
    ]


def test_a_circle_is_one_whatever_its_edges_are_needed_for(told: Told, folder: Path) -> None:
    old = "    core: [vectors-course]\n"
    new = (
        "    requires:\n      - topic: attention\n        to: understand\n"
        f"        because: That is how it is computed.\n{old}"
    )
    (problem,) = told((old, new))
    assert "prerequisites in a circle: " in problem
    assert not usable(folder)


def test_an_aim_is_one_of_two(told: Told) -> None:
    (problem,) = told(
        ("        because: An embedding", "        to: know\n        because: An embedding")
    )
    assert problem.startswith("roadmap.yaml:27:13: 'to' cannot be 'know'.")
    (problem,) = told(("    title: Basics\n", "    title: Basics\n    aim: know\n"))
    assert problem.startswith("roadmap.yaml:5:10: 'aim' cannot be 'know'.")


# Editions.


@pytest.mark.parametrize("edition", ["2026.1", "2026.4"])
def test_an_edition_is_a_year_and_a_quarter(told: Told, folder: Path, edition: str) -> None:
    assert told(("version: 1\ntracks", f'version: 1\nedition: "{edition}"\ntracks')) == []
    found = load.load(Files(folder / "resources.yaml", folder / "roadmap.yaml"))
    assert found.edition == edition


@pytest.mark.parametrize("edition", ["2026.5", "2026", "26.1", "2026-1", "2026.1b"])
def test_anything_else_is_no_edition(told: Told, folder: Path, edition: str) -> None:
    (problem,) = told(("version: 1\ntracks", f'version: 1\nedition: "{edition}"\ntracks'))
    assert problem == (
        f'roadmap.yaml:2:10: {edition!r} is not an edition. Write year and quarter: "2026.4".'
    )
    assert not usable(folder)


def test_an_edition_needs_no_quotes(told: Told, folder: Path) -> None:
    assert told(("version: 1\ntracks", "version: 1\nedition: 2026.1\ntracks")) == []
    found = load.load(Files(folder / "resources.yaml", folder / "roadmap.yaml"))
    assert found.edition == "2026.1"
