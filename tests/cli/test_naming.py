"""What a name means: a whole phrase before its words, words whole or begun, and never a guess."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmpath.actions.naming import find, find_all
from llmpath.actions.workspace import Workspace
from llmpath.cli import asking
from llmpath.errors import Ambiguous, LlmpathError, NotFound
from llmpath.store.catalog.naming import SORTS, Named, phrase
from llmpath.words import words_of
from tests.cli.test_daily import text
from tests.conftest import Run
from tests.terminals import Terminal

KINDS = {
    "topic": "topic",
    "resource": "resource",
    "destination": "goal",
    "module": "module",
    "track": "track",
}


@pytest.fixture
def w(shipped: Path) -> Iterator[Workspace]:
    """A workspace with the shipped catalog."""
    workspace = Workspace()
    yield workspace
    workspace.close()


@pytest.fixture
def unhinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the names that come close, which take longest to find."""
    monkeypatch.setattr("difflib.get_close_matches", lambda *_: [])


def named(w: Workspace) -> list[tuple[str, str, str]]:
    """Return (what, id, a title or alias of it as it is written) of everything in the catalog."""
    found = []
    for table, what in KINDS.items():
        found += w.connection.execute(f"SELECT '{what}', id, title FROM {table}").fetchall()
    found += w.connection.execute("SELECT 'topic', topic, alias FROM alias").fetchall()
    return found


def bearers(w: Workspace) -> dict[str, set[tuple[str, str]]]:
    """Return the things that go by each name, or have it as their id."""
    found: dict[str, set[tuple[str, str]]] = {}
    for what, id_, name in named(w):
        for said in (phrase(name), phrase(id_)):
            found.setdefault(said, set()).add((what, id_))
    return found


def names_by_id(w: Workspace) -> dict[tuple[str, str], list[str]]:
    """Return every name of every thing, its id too, as words."""
    found: dict[tuple[str, str], list[str]] = {}
    for what, id_, name in named(w):
        found.setdefault((what, id_), [phrase(id_)]).append(phrase(name))
    return found


@pytest.mark.usefixtures("unhinted")
@pytest.mark.parametrize("what", ["topics", "goal", "things", "resource"])
def test_every_name_in_its_words_means_that_thing_or_is_asked_about(
    w: Workspace, what: str
) -> None:
    of, wrong = bearers(w), []
    every = 4 if what == "resource" else 1  # what is none of a sort takes longest to be refused
    for _, _, name in named(w)[::every]:
        fit = {thing for thing in of[phrase(name)] if thing[0] in SORTS[what]}
        try:
            found = find_all(w, name.split(), what)
        except (Ambiguous, NotFound):
            continue
        said = {(one.what, one.id) for one in found}
        if fit and not (len(said) == 1 and said <= fit):
            wrong.append((name, found))
        if not fit and what != "resource":  # a word of a title may be an alias of a topic
            wrong.append((name, found))
    assert wrong == []


def test_what_is_called_the_same_is_never_guessed_at(w: Workspace) -> None:
    for what in ("topics", "things"):
        shared = {
            name: things
            for name, bearing in bearers(w).items()
            if len(things := {thing for thing in bearing if thing[0] in SORTS[what]}) > 1
        }
        assert shared
        for name, things in shared.items():
            if any(id_ == name for _, id_ in things):
                continue  # an id is meant as it stands
            with pytest.raises(Ambiguous):
                find_all(w, name.split(), what)


@pytest.mark.usefixtures("unhinted")
def test_words_match_whole_or_at_their_start_and_never_inside(w: Workspace) -> None:
    """Starts and pairs of words of the catalog, of a fixed seed."""
    chance = random.Random(11)
    names = names_by_id(w)
    words = sorted({word for all_ in names.values() for name in all_ for word in name.split()})
    asked = [chance.choice(words)[: chance.randint(2, 7)] for _ in range(200)]
    asked += [" ".join(chance.sample(words, 2)) for _ in range(200)]
    hits = 0
    for query in asked:
        for what in ("topics", "things"):
            try:
                found = find_all(w, query.split(), what)
            except LlmpathError:
                continue
            hits += 1
            said = words_of(query)
            if len(found) > 1:  # each word is the whole name of something
                for one, word in zip(found, said, strict=True):
                    assert word in names[one.what, one.id], (query, found)
                continue
            assert any(
                all(any(word.startswith(part) for word in name.split()) for part in said)
                for name in names[found[0].what, found[0].id]
            ), (query, found)
    assert hits > 20


def test_names_in_a_list_are_told_apart(w: Workspace) -> None:
    """Pairs of titles and aliases, of a fixed seed; there are commas and "and" in some."""
    chance = random.Random(3)
    called = [(id_, name) for what, id_, name in named(w) if what == "topic"]
    for _ in range(400):
        (one, its_name), (other, others_name) = chance.sample(called, 2)
        typed = its_name + chance.choice((", ", ",", " and ", ", and ")) + others_name
        try:
            found = find_all(w, typed.split(), "topics")
        except Ambiguous:
            continue
        assert [thing.id for thing in found] == list(dict.fromkeys([one, other])), typed


def test_module_and_track_titles_and_ids_are_names(w: Workspace) -> None:
    for table in ("module", "track"):
        for id_, title in w.connection.execute(f"SELECT id, title FROM {table}").fetchall():
            assert find(w, id_, "topics") == Named(table, id_, title)
            with_topics = [one.id for one in find_all(w, [id_], "things")]
            assert with_topics == [id_]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("rag evaluation", ["rag-evaluation"]),
        ("chat templates", ["chat-templates"]),
        ("llm engineer", ["engineer"]),
        ("advanced rag", ["advanced-rag"]),
        ("linear algebra and probability", ["linear-algebra", "probability"]),
        ("python-basics, pytorch", ["python-basics", "pytorch"]),
        ("linear algebra, probability and pytorch", ["linear-algebra", "probability", "pytorch"]),
        ("python-basics pytorch", ["python-basics", "pytorch"]),
        ("rag agents", ["rag", "agents"]),
        ("RAG", ["rag"]),
        ("rag,", ["rag"]),
        ("rag rag", ["rag"]),
        ("python-basics, pytorch, and rag", ["python-basics", "pytorch", "rag"]),
        ("rag, and agents", ["rag", "agents"]),
        ("and rag and", ["rag"]),
        ("rag and agents", ["rag", "agents"]),
        ("rag, evaluation", ["rag", "evaluation"]),
        ("pipecat and livekit and rag", ["speech-and-voice", "rag"]),
        (
            "rag, Post-training quantization: GPTQ, AWQ and others, lora",
            ["rag", "post-training-quantization", "lora"],
        ),
        ("Linear-Algebra", ["linear-algebra"]),
        ("Retrieval-Augmented Generation", ["rag"]),
    ],
)
def test_words_are_one_phrase_before_they_are_several_names(
    w: Workspace, typed: str, ids: list[str]
) -> None:
    assert [one.id for one in find_all(w, typed.split(), "topics")] == ids


@pytest.mark.parametrize(
    "typed", ["math", "deep learning", "transformers", "inference", "python", "learning deep"]
)
def test_what_could_be_several_things_is_not_taken_for_one(w: Workspace, typed: str) -> None:
    with pytest.raises(Ambiguous):
        find_all(w, typed.split(), "topics")


@pytest.mark.parametrize("typed", ["pytorch bayesi zzzzz", "lora merging", "merging lora"])
def test_words_are_several_names_only_if_each_is_a_whole_name(w: Workspace, typed: str) -> None:
    with pytest.raises(NotFound):
        find_all(w, typed.split(), "topics")


def test_what_is_missing_among_several_names_is_told(run: Run, shipped: Path) -> None:
    assert run("know", "lora", "merging", code=3).err == text("""
        llmpath: No topic is called just 'merging'.
          Put commas between several names: lora, merging
    """)
    assert run("know", "python-basics", "pytroch", code=3).err == text("""
        llmpath: No topic 'pytroch'.
          Did you mean pytorch?
    """)
    assert "its topic is Tran" in run("know", "rag", "illustrated-transformer", code=3).err


@pytest.mark.parametrize("between", [" ", ", ", ","])
def test_addresses_are_several_names(w: Workspace, between: str) -> None:
    papers = ["https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/2205.14135"]
    found = find_all(w, between.join(papers).split(), "resource")
    assert [one.id for one in found] == ["attention-is-all-you-need-paper", "flash-attention-paper"]


@pytest.mark.parametrize("typed", ["", " ", ",", ", ,", "!", "???"])
def test_a_name_has_words(w: Workspace, typed: str) -> None:
    for look in (lambda: find(w, typed, "topics"), lambda: find_all(w, typed.split(), "topics")):
        with pytest.raises(NotFound, match=r"^Give the name of a topic\.$"):
            look()


def test_a_name_of_very_many_words_is_none(w: Workspace) -> None:
    with pytest.raises(NotFound):
        find(w, "a " * 5000, "things")


def test_skipping_takes_no_topic_for_a_resource_that_begins_so(run: Run, shipped: Path) -> None:
    assert run("skip", "learn", "python", code=3).err == text("""
        llmpath: 'learn python' matches 2 entries.
          python-basics  Python basics (topic)
          freecodecamp-learn-python  Learn Python - Full Course for Beginners [Tutorial] (resource)
          Use one of these ids.
    """)
    assert run("show", "learn", "python").out.startswith("Python basics\n")


def test_titles_come_before_what_is_only_an_alias(run: Run, shipped: Path) -> None:
    told = run("goal", "inference", code=3).err.splitlines()
    assert told[1:3] == [
        "  inference-performance  Inference performance (topic)",
        "  inference-optimization  Inference optimization (module)",
    ]


def test_a_resource_points_to_its_topic_where_a_topic_is_wanted(run: Run, shipped: Path) -> None:
    assert run("know", "the", "illustrated", "transformer", code=3).err == text("""
        llmpath: 'The Illustrated Transformer' is a resource; its topic is Transformer architecture.
          Name that instead: transformer-architecture
    """)


def test_quoted_names_are_names(w: Workspace) -> None:
    found = find_all(w, ["linear algebra", "probability"], "topics")
    assert [one.id for one in found] == ["linear-algebra", "probability"]


def test_what_a_page_has_no_room_for_has_no_letter(run: Run, shipped: Path) -> None:
    shown = re.findall(r"^ ([a-z])  ", run("show", "instruction-datasets").out, re.M)
    last, beyond = (chr(ord(shown[-1]) + step) for step in (0, 1))
    run("open", last, "-n")
    assert run("open", beyond, "-n", code=3).err.startswith(
        f"llmpath: The last list has {len(shown)} entries; there is no letter {beyond}."
    )


# Asking.


def test_an_unclear_name_is_answered_with_a_number(run: Run, shipped: Path) -> None:
    with Terminal() as terminal:
        shown = terminal.run("show", "linear", "algebra", typed=["9", "1"]).screen
    assert shown.startswith(
        "'linear algebra' matches 2 entries.\n"
        "  1  Linear algebra (topic)\n"
        "  2  Linear algebra (resource)\n"
        "Which one? [1-2, Enter for none] 9\n"
        "Type a number from 1 to 2.\n"
        "Which one? [1-2, Enter for none] 1\n"
    )
    assert "linear-algebra, ready" in shown


def test_an_unclear_name_that_is_not_answered_changes_nothing(run: Run, shipped: Path) -> None:
    with Terminal() as terminal:
        shown = terminal.run("know", "math", typed=[""], code=3).screen
        assert "Which one?" in shown
    assert run("log").out == "Nothing has happened yet.\n"


def test_on_no_terminal_an_unclear_name_is_told_with_ids(run: Run, shipped: Path) -> None:
    assert run("know", "reinforcement", "learning", code=3).err == text("""
        llmpath: 'reinforcement learning' matches 2 entries.
          reinforcement-learning  Reinforcement learning for LLMs (module)
          reinforcement-learning-basics  Reinforcement learning basics (topic)
          Use one of these ids.
    """)


def test_marking_more_than_three_topics_is_shown_and_asked(run: Run, shipped: Path) -> None:
    with Terminal() as terminal:
        refused = terminal.run("know", "rag", typed=["n"], code=130).screen
        assert refused == (
            "  Python basics\n  What a large language model is\n  Prompt engineering\n  LLM APIs\n"
            "  Splitting documents\n  Embedding models and semantic search\n  Vector databases\n"
            "  Retrieval-augmented generation\n"
            "Mark these 8 topics as known? [y/N] n\nllmpath: Nothing was changed.\n"
        )
        assert run("log").out == "Nothing has happened yet.\n"
        assert "Known: Retrieval" in terminal.run("know", "rag", typed=["y"]).screen
        assert "?" not in terminal.run("forget", "rag, prompt-engineering", "-y").screen
        assert "[y/N]" in terminal.run("skip", "mathematics", typed=["n"], code=130).screen


def test_for_json_nothing_is_asked(run: Run, shipped: Path) -> None:
    with Terminal() as terminal:
        assert "Which one?" not in terminal.run("know", "math", "--json", code=3).screen
        shown = terminal.run("know", "rag", "--json").screen
    assert shown.startswith("{")


def test_what_is_tried_is_not_asked_about(run: Run, shipped: Path) -> None:
    with Terminal() as terminal:
        shown = terminal.run("know", "rag", "--dry-run").screen
    assert shown.startswith("Known: ")
    assert shown.endswith("Dry run: nothing was changed.\n")
    assert run("log").out == "Nothing has happened yet.\n"


def test_three_topics_are_marked_without_asking(shipped: Path) -> None:
    with Terminal() as terminal:
        shown = terminal.run("know", "python-basics", "linear-algebra").screen
    assert shown.startswith("Known: Python basics and Linear algebra\n")


def test_on_no_terminal_nothing_is_asked(run: Run, shipped: Path) -> None:
    assert run("know", "mathematics").out.startswith(
        "Known: Mathematics for machine learning: 6 topics\n"
    )


def test_a_module_can_be_known_forgotten_skipped_reset_and_shown(run: Run, small: Path) -> None:
    assert run("know", "sums").out == text("""
        Known: Sums: 2 topics
          Counting and Adding
    """)
    assert run("skip", "stories").out.splitlines()[:3] == [
        "Skipped: Reading",
        "Skipped: Writing",
        "Skipped: Word problems",
    ]
    assert run("reset", "letters").out.splitlines()[0] == "Reset: Reading"
    assert run("show", "stories").out.startswith("Letters  (letters)\n   Stories")
    assert run("forget", "numbers").out.startswith("No longer marked as known: Numbers")


def test_a_part_is_no_topic_where_one_topic_is_wanted(run: Run, small: Path) -> None:
    assert run("why", "stories", code=3).err == text("""
        llmpath: 'stories' is a module that takes several topics.
          See them with: llmpath roadmap stories
    """)


def test_an_interrupted_question_ends_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(asking, "typed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        asking.confirmed("Sure?")
    assert capsys.readouterr().err == "Sure? [y/N] \n"


def test_an_and_alone_is_no_name(run: Run, shipped: Path) -> None:
    assert run("know", "and", code=3).err.startswith("llmpath: No topic 'and'.\n")


def test_of_several_names_an_unclear_one_is_asked_about(run: Run, shipped: Path) -> None:
    assert run("know", "python", "rag", code=3).err.startswith(
        "llmpath: 'python' matches 7 entries.\n"
    )


def test_a_long_list_says_how_many_more_there_are(shipped: Path) -> None:
    with Terminal() as terminal:
        shown = terminal.run("goal", "ai", typed=[""], code=3).screen
    assert "more: use more words of the name\nWhich one? [1-9, Enter for none]" in shown


def test_a_word_of_another_language_names_what_it_means(run: Run, shipped: Path) -> None:
    assert shipped.exists()
    assert run("show", "注意力机制").out.splitlines()[0] == "Attention mechanisms"
    assert run("define", "微調").out.splitlines()[0] == "Fine-tuning"
    assert "Retrieval-augmented generation" in run("goal", "検索拡張生成", "-n").out
    assert run("show", "力", code=3).err.startswith("llmpath: No resource or topic '力'.")
