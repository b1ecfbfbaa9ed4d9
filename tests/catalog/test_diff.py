"""What an update changes is told entry by entry, and what it touches of the learner's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.catalog import diff, load
from llmpath.catalog.locate import Files
from llmpath.curriculum import Catalog
from llmpath.model import Learned, Node, Resource
from llmpath.study.update import Carried, Kept, Possessions, StateChange, carry, effect
from llmpath.vocab import State, Status
from tests.catalog.conftest import SOURCE, Command
from tests.catalog.samples import RESOURCES, ROADMAP


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


# An update with one change of each sort: a resource and a topic renamed, one of each added, a
# resource removed, fields changed.
NEW_RESOURCES = (
    changed(
        RESOURCES,
        ("id: vectors-course", "id: vectors-in-pictures"),
        (
            "    sources: [guide]\n\n  - id: attention-paper",
            "    sources: [guide]\n    former_ids: [vectors-course]\n\n  - id: attention-paper",
        ),
        ("minutes: 90", "minutes: 75"),
        ("[Ada, Grace]", "[Grace, Edsger]"),
        ("    title: Pairs\n", "    title: Numbered pairs\n"),
        ("rows: 12k", "rows: 13k"),
        ("[attention, embeddings]", "[attention, meanings]"),
    )
    + """
  - id: heads-article
    title: Many heads
    url: https://heads.example/
    kind: article
    level: beginner
    topics: [heads]
    summary: >-
      Shows what each of several attention heads looks at, on one sentence with many meanings.
    sources: [guide]
"""
)
NEW_ROADMAP = (
    changed(
        ROADMAP,
        ("core: [vectors-course]", "core: [vectors-in-pictures, heads-article]\n    enough: 2"),
        ("id: embeddings\n", "id: meanings\n    former_ids: [embeddings]\n"),
        ("topic: embeddings", "topic: meanings"),
        ("so know what they hold", "so learn what they hold"),
        ("much two vectors", "far two vectors"),
    )
    + """
  - id: heads
    title: Many heads
    module: models
    summary: Several attentions side by side, each with an eye for something else.
    requires:
      - topic: attention
        because: Many heads are several attentions at once.
    core: [heads-article]
"""
)
NEW_RESOURCES = NEW_RESOURCES.replace("topics: [heads]", "topics: [heads, vectors]")


@pytest.fixture
def update(tmp_path: Path) -> Path:
    made = tmp_path / "update"
    made.mkdir()
    (made / "resources.yaml").write_text(NEW_RESOURCES, encoding="utf-8")
    (made / "roadmap.yaml").write_text(NEW_ROADMAP, encoding="utf-8")
    return made


def catalog(folder: Path) -> Catalog:
    return load.load(Files(folder / "resources.yaml", folder / "roadmap.yaml"))


CHANGES = """\
Topics: 1 added, 1 renamed, 1 changed
  + heads  Many heads
  > embeddings is now meanings
  ~ vectors
      core: -vectors-course +vectors-in-pictures +heads-article
      enough: 1 → 2

Prerequisites: 1 added, 2 renamed, 1 changed
  + heads <- attention  Many heads are several attentions at once.
  > embeddings <- vectors is now meanings <- vectors
  > attention <- embeddings is now attention <- meanings
  ~ attention <- meanings
      because: Attention mixes embeddings, so know what they hold. → Attention
      mixes embeddings, so learn what they hold.

Cards: 1 changed
  ~ vectors-dot
      answer: How much two vectors point the same way. → How far two vectors
      point the same way.

Resources: 1 added, 1 renamed, 3 changed
  + heads-article  Many heads
  > vectors-course is now vectors-in-pictures
  ~ vectors-in-pictures
      authors: -Ada +Edsger
      minutes: 90 → 75
  ~ attention-paper
      topics: -embeddings +meanings
  ~ pairs-dataset
      title: Pairs → Numbered pairs
      dataset: rows 12k, category general, released 2024-05 → rows 13k, category
      general, released 2024-05
"""


def test_every_sort_of_change_is_told(command: Command, update: Path) -> None:
    ran = command("diff", ".", str(update))
    assert (ran.returncode, ran.stderr, ran.stdout) == (0, "", CHANGES)


def test_the_way_back_is_told_too(command: Command, update: Path) -> None:
    out = command("diff", str(update), ".").stdout
    assert "  - heads-article  Many heads\n" in out
    assert "  - vectors-in-pictures  Vectors in pictures\n" in out
    assert "  + vectors-course  Vectors in pictures\n" in out
    assert "  - heads <- attention  Many heads are several attentions at once.\n" in out


def test_the_same_catalog_does_not_differ(command: Command) -> None:
    assert command("diff", ".", ".").stdout == "No differences.\n"


def test_a_reading_order_that_changes_is_told(folder: Path, command: Command) -> None:
    path = folder / "other.yaml"
    path.write_text(RESOURCES.replace("[Ada, Grace]", "[Grace, Ada]"), encoding="utf-8")
    assert command("diff", "resources.yaml", "other.yaml").stdout == (
        "Resources: 1 changed\n  ~ vectors-course\n      authors: in another order: Grace, Ada\n"
    )


GLOSSARY = """\
version: 1
terms:
  - {id: dot, term: Dot, topic: vectors, definition: How much two vectors point the same way.}
  - {id: head, term: Head, topic: attention, definition: One of several attentions side by side.}
everyday:
  - {say: arrow, mean: [vector]}
"""


def test_what_changes_in_the_glossary_is_told(
    folder: Path, command: Command, tmp_path: Path
) -> None:
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    after = tmp_path / "after"
    shutil.copytree(folder, after)
    text = changed(GLOSSARY, ("id: head, term: Head", "id: heads, term: Heads"))
    text = changed(text, ("mean: [vector]", "mean: [vector, embedding]"))
    (after / "glossary.yaml").write_text(
        changed(text, ("term: Dot", "term: Dot, stands_for: dot product")), encoding="utf-8"
    )
    assert command("diff", ".", str(after)).stdout == (
        "Terms: 1 added, 1 removed, 1 changed\n"
        "  + heads  Heads\n"
        "  - head  Head\n"
        "  ~ dot\n"
        "      stands_for: none → dot product\n"
        "\n"
        "Everyday words: 1 changed\n"
        "  ~ arrow\n"
        "      mean: +embedding\n"
    )


def test_a_folders_glossary_is_held_against_its_own_roadmap(folder: Path, command: Command) -> None:
    text = changed(GLOSSARY, ("topic: attention", "topic: atention"))
    (folder / "glossary.yaml").write_text(text, encoding="utf-8")
    ran = command("diff", ".", ".")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert "glossary.yaml:4:35: no topic 'atention'. Did you mean 'attention'?" in ran.stderr


def test_a_lone_file_takes_its_other_half_from_the_folder(
    folder: Path, command: Command, tmp_path: Path
) -> None:
    lone = tmp_path / "new.yaml"
    lone.write_text(ROADMAP.replace("title: Attention\n", "title: Attending\n"), encoding="utf-8")
    assert command("diff", ".", str(lone)).stdout == (
        "Topics: 1 changed\n  ~ attention\n      title: Attention → Attending\n"
    )


def test_a_broken_catalog_is_not_compared(folder: Path, command: Command) -> None:
    (folder / "broken.yaml").write_text("version: 1\nsources: no\nresources: []\n")
    ran = command("diff", "resources.yaml", "broken.yaml")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr == (
        "llmpath: The catalog has 1 problem.\n"
        "  broken.yaml:2:10: 'sources' must be a list, not 'no'. Write it as [one, two].\n"
    )


# What it touches.


@pytest.fixture
def learner(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has something of everything in the small catalog."""
    monkeypatch.setenv("LLMPATH_CATALOG", str(folder))
    for line in (
        "done vectors-course",
        "start attention-paper",
        "know embeddings",
        "goal attention",
        "goal embeddings",
        "note pairs-dataset small-enough",
    ):
        subprocess.run(
            [sys.executable, "-m", "llmpath", *line.split()],
            env={**os.environ, "PYTHONPATH": SOURCE},
            check=True,
            capture_output=True,
            timeout=60,
        )


@pytest.mark.usefixtures("learner")
def test_what_is_the_learners_is_followed(command: Command, update: Path) -> None:
    text = (update / "resources.yaml").read_text(encoding="utf-8")
    start = text.index("\n  - id: pairs-dataset")
    cut = text[:start] + text[text.index("\n  - id: heads-article") :]
    (update / "resources.yaml").write_text(cut, encoding="utf-8")
    ran = command("diff", ".", str(update))
    assert ran.stdout[ran.stdout.index("For ada") :] == (
        "For ada\n"
        "  progress on vectors-course continues as vectors-in-pictures\n"
        "  known topic on embeddings continues as meanings\n"
        "  goal on embeddings continues as meanings\n"
        "  note on pairs-dataset is kept, although the catalog no longer has it\n"
        "  vectors: learned → known\n"
        "  1 new topic: heads (locked)\n"
    )


@pytest.mark.usefixtures("learner")
def test_an_update_that_is_in_use_is_told_the_same_but_for_what_was_kept_by_then(
    command: Command, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = json.loads(command("diff", ".", str(update), "--json").stdout)
    monkeypatch.setenv("LLMPATH_CATALOG", str(update))
    command("stats")  # any command takes the update in
    after = json.loads(command("diff", ".", str(update), "--json").stdout)
    before["yours"]["states"].remove({"topic": "vectors", "before": "learned", "after": "known"})
    assert after == before


@pytest.mark.usefixtures("learner")
def test_the_same_is_there_as_data(command: Command, update: Path) -> None:
    found = json.loads(command("diff", ".", str(update), "--json").stdout)
    assert found["schema_version"] == 1
    assert set(found["changes"]) == {
        "sources", "tracks", "modules", "topics", "prerequisites", "cards", "goals", "resources",
        "terms", "everyday words", "translations",
    }  # fmt: skip
    assert found["changes"]["resources"]["renamed"] == [
        {"from": "vectors-course", "to": "vectors-in-pictures"}
    ]
    assert found["changes"]["resources"]["changed"][0] == {
        "id": "vectors-in-pictures",
        "fields": [
            {"field": "authors", "before": ["Ada", "Grace"], "after": ["Grace", "Edsger"]},
            {"field": "minutes", "before": 90, "after": 75},
        ],
    }
    assert found["yours"] == {
        "carried": [
            {"what": "progress", "from": "vectors-course", "to": "vectors-in-pictures"},
            {"what": "known topic", "from": "embeddings", "to": "meanings"},
            {"what": "goal", "from": "embeddings", "to": "meanings"},
        ],
        "kept_aside": [],
        "states": [
            {"topic": "vectors", "before": "learned", "after": "known"},
            {"topic": "heads", "before": None, "after": "locked"},
        ],
    }


def test_without_a_database_none_is_made(command: Command, update: Path, tmp_path: Path) -> None:
    found = json.loads(command("diff", ".", str(update), "--json").stdout)
    assert found["yours"] is None
    assert not list(tmp_path.rglob("*.db"))


def node(id_: str, requires: str = "", core: str = "", enough: int = 1) -> Node:
    return Node(id_, id_, "m", "t", tuple(requires.split()), tuple(core.split()), enough)


def test_states_turn_with_prerequisites_and_with_what_is_enough() -> None:
    old = [node("a", core="x"), node("b", "a", "y"), node("gone"), node("c", "gone")]
    new = [node("a", core="x z", enough=2), node("b", "a", "y"), node("c"), node("new")]
    learned = Learned({"x": Status.DONE, "w": Status.SKIPPED}, frozenset({"gone"}))
    rows = [("progress", "x"), ("progress", "w"), ("known topic", "gone"), ("goal", "gone")]
    rows += [("goal", "c"), ("note", "b"), ("note", "gone"), ("note", "gone")]
    found = effect(
        Possessions(learned, (), tuple(rows)),
        old,
        new,
        {},
        frozenset("abcxyz"),
    )
    assert found.kept == (
        Kept("progress", "w"),
        Kept("known topic", "gone"),
        Kept("goal", "gone"),
        Kept("note", "gone"),
    )
    assert found.state_changes == (
        StateChange("a", State.LEARNED, State.KNOWN),
        StateChange("new", None, State.READY),
        StateChange("gone", State.KNOWN, None),
    )


def test_two_that_become_one_keep_what_is_there_already() -> None:
    rows = {"a": 1, "b": 2, "c": 3}
    assert carry(rows, {"a": "c", "b": "d"}) == {"a": 1, "c": 3, "d": 2}
    learned = Learned({"a": Status.DONE, "b": Status.DONE}, frozenset())
    held = Possessions(learned, (), (("progress", "a"), ("progress", "b")))
    found = effect(held, [], [], {"a": "n", "b": "n"}, frozenset({"n"}))
    assert found.carried == (Carried("progress", "a", "n"), Carried("progress", "b", "n"))


def test_what_is_skipped_shaky_or_ignored_is_followed_too() -> None:
    old = [node("a", core="x"), node("b", "a"), node("s"), node("t", "s"), node("u", "s a")]
    new = [node("a2", core="x"), node("b", "a2"), node("t"), node("u", "a2")]
    learned = Learned(
        {"x": Status.SKIPPED}, frozenset(), skipped=frozenset({"s"}), shaky=frozenset({"a"})
    )
    rows = (("shaky topic", "a"), ("skipped topic", "s"), ("ignored prerequisite", "a"))
    found = effect(
        Possessions(learned, (("b", "a"),), rows), old, new, {"a": "a2"}, frozenset("bxtu") | {"a2"}
    )
    assert found.carried == (
        Carried("shaky topic", "a", "a2"),
        Carried("ignored prerequisite", "a", "a2"),
    )
    assert found.kept == (Kept("skipped topic", "s"),)
    assert found.state_changes == (StateChange("s", State.SKIPPED, None),)


IDS = st.sets(st.sampled_from("abcdefgh"), max_size=8)


@given(IDS, IDS, st.sets(st.sampled_from("abcdefgh")))
def test_nothing_a_learner_has_is_forgotten(old: set[str], new: set[str], has: set[str]) -> None:
    learned = Learned(dict.fromkeys(sorted(has), Status.DONE), frozenset())
    nodes = [node(id_) for id_ in sorted(old)], [node(id_) for id_ in sorted(new)]
    held = Possessions(learned, (), tuple(("progress", id_) for id_ in sorted(has)))
    found = effect(held, *nodes, {}, frozenset(new))
    assert {kept.id for kept in found.kept} == has - new
    assert {change.topic for change in found.state_changes} == old ^ new


def test_added_removed_and_renamed_account_for_every_entry(folder: Path, update: Path) -> None:
    old, new = catalog(folder), catalog(update)
    for before, after in ((old, new), (new, old), (old, old)):
        part = diff.compare(before, after).parts["resources"]
        ids = {work.id for work in before.resources}
        ids -= {id_ for id_, _ in part.removed} | {was for was, _ in part.renamed}
        ids |= {id_ for id_, _ in part.added} | {now for _, now in part.renamed}
        assert ids == {work.id for work in after.resources}


def edited(tmp_path: Path, resources: str, roadmap: str) -> Path:
    made = tmp_path / "edited"
    made.mkdir()
    (made / "resources.yaml").write_text(resources, encoding="utf-8")
    (made / "roadmap.yaml").write_text(roadmap, encoding="utf-8")
    return made


def test_an_id_that_changed_without_a_word_is_told(command: Command, tmp_path: Path) -> None:
    new = edited(
        tmp_path,
        RESOURCES.replace("vectors-course", "vectors-2026").replace(
            "topics: [attention, embeddings]", "topics: [attention, meanings]"
        ),
        changed(
            ROADMAP,
            ("vectors-course", "vectors-2026"),
            ("id: embeddings\n", "id: meanings\n"),
            ("topic: embeddings", "topic: meanings"),
            ("id: vectors-dot", "id: vectors-product"),
        ),
    )
    ran = command("diff", ".", str(new))
    shown = " ".join(ran.stdout.split())
    assert (
        "? vectors-2026 has the same address as vectors-course. If it is the same, give it"
        " former_ids: [vectors-course], so that what learners have follows."
    ) in shown
    assert "? meanings has the same title as embeddings." in shown
    assert "? vectors-product has the same question as vectors-dot." in shown
    assert "Resources: 1 added, 1 removed" in shown
    changes = json.loads(command("diff", ".", str(new), "--json").stdout)["changes"]
    assert changes["resources"]["proposed"] == [
        {
            "id": "vectors-2026",
            "from": ["vectors-course"],
            "by": "address",
            "former_ids": ["vectors-course"],
        }
    ]
    assert changes["sources"]["proposed"] == changes["resources"]["reused"] == []


def shelf(*works: Resource) -> Catalog:
    return Catalog((), (), (), (), works)


def work(id_: str, title: str, url: str, *also: str, former: tuple[str, ...] = ()) -> Resource:
    return Resource(id_, title, url, "article", "beginner", (), also=also, former_ids=former)


def resources(old: Catalog, new: Catalog) -> diff.Part:
    return diff.compare(old, new).parts["resources"]


def test_two_works_that_became_one_want_both_ids_named() -> None:
    old = shelf(work("a", "A", "https://a.bc"), work("b", "B", "https://b.cd/x"))
    new = shelf(work("c", "C", "http://www.a.bc/", "b.cd/x", former=("z",)))
    assert resources(old, new).proposed == (
        diff.Proposal("c", ("a", "b"), "address", ("z", "a", "b")),
    )
    kept = shelf(work("a", "A", "https://a.bc", "https://b.cd/x"))
    assert resources(old, kept).proposed == (diff.Proposal("a", ("b",), "address", ("b",)),)


def test_what_is_named_or_in_two_places_is_not_proposed() -> None:
    old = shelf(work("a", "A", "https://a.bc", "https://a.bc/2"))
    assert not resources(old, shelf(work("b", "A", "https://a.bc", former=("a",)))).proposed
    apart = shelf(work("b", "B", "https://a.bc"), work("c", "C", "https://a.bc/2"))
    assert not resources(old, apart).proposed
    assert not resources(old, shelf(work("b", "B", "https://b.cd"))).proposed


def test_a_work_that_moved_as_well_is_known_by_its_title() -> None:
    old = shelf(work("a", "A  work", "https://a.bc"), work("k", "Kept", "https://k.bc"))
    new = shelf(work("b", "A Work", "https://b.cd"), work("k", "Kept", "https://k.bc"))
    assert resources(old, new).proposed == (diff.Proposal("b", ("a",), "title", ("a",)),)
    namesakes = shelf(*new.resources, work("c", "A work", "https://c.de"))
    assert not resources(old, namesakes).proposed
    assert not resources(old, shelf(work("k", "A work", "https://k.bc"))).proposed


def test_an_id_that_stands_for_another_work_is_told(command: Command, tmp_path: Path) -> None:
    old = shelf(work("a", "A", "https://a.bc"))
    assert resources(old, shelf(work("a", "B", "https://b.cd"))).reused == (
        diff.Reused("a", "A", "B"),
    )
    for same in (("B", "http://a.bc/"), ("a ", "https://b.cd"), ("A", "https://a.bc")):
        assert not resources(old, shelf(work("a", *same))).reused
    new = edited(
        tmp_path,
        changed(
            RESOURCES,
            ("    title: Pairs\n", "    title: Numbered triples\n"),
            ("https://data.example/pairs", "https://data.example/triples"),
        ),
        ROADMAP,
    )
    assert (
        "! pairs-dataset has another title and another address. If it is another work, give it a"
        " new id, or who finished the old one has finished this."
    ) in " ".join(command("diff", ".", str(new)).stdout.split())
