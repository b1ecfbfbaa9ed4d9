"""The shipped catalog keeps its promises."""

from __future__ import annotations

import pytest

from llmpath.catalog import formatting, load, locate
from llmpath.curriculum import Catalog
from llmpath.model import Goal, Learned
from llmpath.plans import Depth
from llmpath.study.aims import counting
from llmpath.study.graph import Roadmap, states
from llmpath.study.path import reading, topics_to
from llmpath.vocab import Aim, State, Task


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load.load(locate.files())


def test_it_has_no_problem() -> None:
    files = locate.files()
    assert load.check(files.resources.parent, files) == []


def test_it_has_the_guides_resources_and_a_map_of_the_field(catalog: Catalog) -> None:
    guides = {source.id for source in catalog.sources if source.id != "editors"}
    assert len(guides) == 5
    assert sum(bool(guides & set(work.sources)) for work in catalog.resources) >= 527
    assert 160 <= len(catalog.topics) <= 180


def test_every_topic_can_be_learned_and_every_module_has_topics(catalog: Catalog) -> None:
    assert [topic.id for topic in catalog.topics if not topic.core] == []
    used = {topic.module for topic in catalog.topics}
    assert [module.id for module in catalog.modules if module.id not in used] == []


def test_core_resources_treat_their_topic(catalog: Catalog) -> None:
    works = {work.id: work for work in catalog.resources}
    stray = [
        (topic.id, id_)
        for topic in catalog.topics
        for id_ in topic.core
        if topic.id not in works[id_].topics
    ]
    assert stray == []


def test_every_resource_is_described_and_has_a_length(catalog: Catalog) -> None:
    assert [work.id for work in catalog.resources if not work.summary or not work.minutes] == []


def test_following_what_is_ready_reaches_every_topic(catalog: Catalog) -> None:
    everything = [Goal(topic.id, "", (topic.id,), Aim.UNDERSTAND) for topic in catalog.topics]
    roadmap = Roadmap(counting(catalog.nodes(), everything))
    known: frozenset[str] = frozenset()
    for _ in catalog.topics:
        present = states(roadmap, Learned({}, known))
        known |= {id_ for id_, state in present.items() if state is State.READY}
    assert known == set(roadmap.nodes)


def test_addresses_are_of_the_web(catalog: Catalog) -> None:
    addresses = [address for work in catalog.resources for address in (work.url, *work.also)]
    assert [one for one in addresses if not one.startswith(("https://", "http://"))] == []
    noise = ("utm_", "ab_channel", "&si=", "?si=", "usp=sharing", "fbclid")
    assert [work.id for work in catalog.resources if any(n in work.url for n in noise)] == []


def test_the_files_are_laid_out_canonically_and_name_their_schemas() -> None:
    files = locate.files()
    changes = formatting.changes(files.resources.parent)
    assert [change.path.name for change in changes if change.is_one] == []
    for path in files:
        schema = f"schema/{path.stem}.schema.json"
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema={schema}"
        assert (path.parent / schema).is_file()


NEW = 2025  # from here on a work is one of the last two years of this edition


def test_the_edition_is_of_the_year_its_newest_works_are_from(catalog: Catalog) -> None:
    year = int(catalog.edition.partition(".")[0])
    assert year - 1 == NEW
    assert max(work.newest for work in catalog.resources) == year


def test_a_quarter_of_the_resources_is_new(catalog: Catalog) -> None:
    fresh = [work.id for work in catalog.resources if (work.year or 0) >= NEW]
    assert len(fresh) >= len(catalog.resources) / 4


def test_every_topic_outside_foundations_has_a_new_work_or_says_why_not(catalog: Catalog) -> None:
    works = {work.id: work for work in catalog.resources}
    track = {module.id: module.track for module in catalog.modules}
    stale = [
        topic.id
        for topic in catalog.topics
        if track[topic.module] != "foundations"
        and not topic.lasting
        and max(works[id_].newest for id_ in topic.core) < NEW
    ]
    assert stale == []


def test_no_topic_is_learned_in_less_than_an_hour(catalog: Catalog) -> None:
    """`validate` holds the cheapest way through a topic against its size."""
    assert [topic.id for topic in catalog.topics if (topic.size or 0) < 60] == []


def test_cards_ask_for_more_than_recall(catalog: Catalog) -> None:
    assert [topic.id for topic in catalog.topics if len(topic.cards) < 2] == []
    cards = [card for topic in catalog.topics for card in topic.cards]
    assert sum(card.asks != Task.RECALL for card in cards) >= len(cards) / 3


def test_a_must_read_is_a_choice_with_a_reason(catalog: Catalog) -> None:
    chosen = [work for work in catalog.resources if work.essential]
    assert len(catalog.resources) / 15 <= len(chosen) <= len(catalog.resources) / 8
    assert [work.id for work in chosen if not work.because or not work.is_live] == []
    must = {"attention-is-all-you-need-paper", "lora-paper", "dpo-paper", "deepseek-r1-paper"}
    must |= {"anthropic-building-effective-agents"}
    assert must <= {work.id for work in chosen}


MATHEMATICS = {"mathematics", "neural-networks", "nlp"}  # modules


@pytest.mark.parametrize(
    "goal", ["rag", "agents", "evaluation-in-practice", "llm-as-judge", "hosted-fine-tuning"]
)
def test_a_builder_needs_no_mathematics(catalog: Catalog, goal: str) -> None:
    """Who knows Python gets there in twelve hours, without classic machine learning."""
    roadmap = Roadmap(counting(catalog.nodes(), [Goal(goal, "", (goal,), Aim.USE)]))
    learned = Learned({}, frozenset({"python-basics"}))
    route = topics_to(roadmap, states(roadmap, learned), [goal])
    modules = {roadmap.nodes[id_].module for id_ in route}
    assert not modules & {*MATHEMATICS, "python"}
    lengths = {work.id: work.minutes or 0 for work in catalog.resources}
    read = reading(roadmap, learned, route, Depth.ENOUGH)
    assert sum(lengths[id_] for works, _ in read.values() for id_ in works) <= 12 * 60
    assert all(enough for _, enough in read.values())


def test_outcomes_to_use_need_no_mathematics_either(catalog: Catalog) -> None:
    assert len(catalog.destinations) >= 6
    for one in catalog.destinations:
        if one.aim == Aim.USE:
            goal = Goal(one.id, one.title, one.topics, one.aim)
            roadmap = Roadmap(counting(catalog.nodes(), [goal]))
            way = roadmap.on_the_way(one.topics)
            way -= {"word-embeddings"}  # what the curious see of vectors, in pictures
            assert not {roadmap.nodes[id_].module for id_ in way} & MATHEMATICS, one.id
