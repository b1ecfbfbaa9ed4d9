"""The shipped catalog keeps its promises."""

from __future__ import annotations

import pytest

from llmpath.catalog import formatting, load, locate
from llmpath.curriculum import Catalog
from llmpath.model import Learned
from llmpath.study.graph import Roadmap, states
from llmpath.vocab import State


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
    assert 100 <= len(catalog.topics) <= 140


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
    roadmap = Roadmap(catalog.nodes())
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
