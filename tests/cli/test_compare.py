"""`compare`: things side by side, to the letter on the small catalog, and what people ask."""

from __future__ import annotations

import json
import re
import shlex
from textwrap import dedent
from typing import Any

import pytest

from tests.conftest import Run

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


@pytest.fixture
def drawn(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as on a terminal of so many columns; what it draws comes without colour."""

    def drawn(*arguments: str, columns: int = 80) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LLMPATH_COLOR", "always")
        return ESCAPES.sub("", run(*arguments).out)

    return drawn


@pytest.mark.usefixtures("small")
def test_two_topics_stand_beside_each_other(drawn: Run) -> None:
    assert drawn("compare", "adding", "word-problems") == text("""
        Adding                                    Word problems
        · locked, 1.2 h to study, after 1         · locked, 1.5 h to study, after 3
          topic (30 min)                            topics (2.1 h)
        Putting two counts together, and doing    Stories with a sum in them, to be
        so quickly for long numbers.              found and then to be worked out.

                                                  Needed for this alone
                                                    ○ Reading

        Terms
          Carry

        Start with                                Start with
         1   Adding by carrying                    2   Word problems, worked
             article, beginner, 15 min                 notebook, intermediate, 1.5 h

        Adding comes before Word problems: needed to use it.
          The story hides an addition that has to be done.

        Both build on
          ○ Counting

        Resources on both
         2   Word problems, worked                     notebook     intermediate   1.5 h

        What to study for both: llmpath path adding word-problems
    """)


@pytest.mark.usefixtures("small")
def test_in_fifty_columns_one_stands_under_the_other(drawn: Run) -> None:
    assert drawn("compare", "adding", "vs", "story", "sums", columns=50) == text("""
        Adding
        · locked, 1.2 h to study, after 1 topic (30 min)
        Putting two counts together, and doing so quickly
        for long numbers.

        Terms
          Carry

        Start with
         1   Adding by carrying
             article, beginner, 15 min

        Word problems
        · locked, 1.5 h to study, after 3 topics (2.1 h)
        Stories with a sum in them, to be found and then
        to be worked out.

        Needed for this alone
          ○ Reading

        Start with
         2   Word problems, worked
             notebook, intermediate, 1.5 h

        Adding comes before Word problems: needed to use
        it.
          The story hides an addition that has to be done.

        Both build on
          ○ Counting

        Resources on both
         2   Word problems, worked
             notebook, intermediate, 1.5 h

        What to study for both:
        llmpath path adding word-problems
    """)


@pytest.mark.usefixtures("small")
def test_two_terms_in_a_pipe_come_with_their_topics(run: Run) -> None:
    assert run("compare", "nap", "and", "carry").out == text("""
        NAP: number and place
        Reading a digit by where it stands, so that ten signs are enough for all
        numbers.
        Also: place value, digits

        Topic
        ○ Counting
          ready, 30 min to study
        Saying how many there are, by naming numbers in order, one for each thing.

        Start with
         1   Counting, slowly                          video        beginner      30 min

        Carry
        The ten that is handed on to the next place when a sum is greater than nine.
        Also: carrying the ten

        Topic
        · Adding
          locked, 1.2 h to study, after 1 topic (30 min)
        Putting two counts together, and doing so quickly for long numbers.

        Opens
          Word problems

        Start with
         2   Adding by carrying                        article      beginner      15 min

        Counting comes before Adding: needed to use it.
          A sum is a count of two heaps at once.

        Resources on both
         3   The Book of Numbers: a first course       book         intermediate    10 h
         4   Fast Addition of Long Numbers             paper        advanced         1 h
         2   Adding by carrying                        article      beginner      15 min

        What to study for both: llmpath path counting adding
    """)


@pytest.mark.usefixtures("small")
def test_two_resources_with_what_the_learner_did(run: Run) -> None:
    run("done", "counting-video", "--minutes", "25", "--rating", "4")
    assert run("compare", "counting-video", "counting-book").out == text("""
        1 Counting, slowly
        kind    video, beginner, must-read
        by      Cora Count
        year    2020
        takes   30 min
        cost    free
        topics  Counting
        status  done on 2026-03-10, rated 4 of 5
        spent   25 min
        One hour of numbers, shown with apples and pears before any sign is written.

        2 The Book of Numbers: a first course
        kind    book, intermediate
        by      Nora Number and Cora Count
        year    2011
        takes   10 h
        cost    free
        topics  Counting, Adding
        status  not started
        Goes from counting on fingers to long addition, with exercises after each
        chapter.

        Both treat
          Counting
    """)


@pytest.mark.usefixtures("small")
def test_a_term_and_its_topic_with_a_question_and_its_answer(run: Run) -> None:
    shown = run("compare", "nap", "counting").out
    assert "\nNAP belongs to Counting.\n" in shown
    assert "llmpath path counting\n" in shown
    asked = "  - Why does the last number said tell how many there are?\n"
    assert f"Ask yourself\n{asked}    The answers: the same with --answers\n" in shown
    answered = run("compare", "nap", "counting", "--answers").out
    told = "Each thing got one number, so the last number is also their count."
    assert f"Ask yourself\n{asked}    {told}\n" in answered
    assert "--answers" not in answered


@pytest.mark.usefixtures("small")
def test_in_words_alone_signs_are_said(run: Run) -> None:
    shown = run("--plain", "compare", "adding", "reading").out
    assert shown.startswith("Adding\nlocked: 1.2 h to study, after 1 topic (30 min)\n")
    assert "\nReading\nready: 20 min to study\n" in shown
    assert "Neither needs the other, and there is nothing that they share on the map.\n" in shown
    assert "No resource treats both of them.\n" in shown


@pytest.mark.usefixtures("small")
def test_what_is_listed_has_its_number_for_the_next_command(run: Run) -> None:
    run("compare", "adding", "word-problems")
    assert "Word problems, worked" in run("show", "2").out
    run("list", "kind:paper,book")
    assert run("compare", "1", "2").out.startswith("1 The Book of Numbers")


@pytest.mark.usefixtures("small")
def test_three_and_four_things_are_compared(run: Run) -> None:
    shown = run("compare", "counting", "adding", "word-problems").out
    assert shown.count(" comes before ") == 2  # each before the next; past it, that is told
    assert "\nWhat to study for all: llmpath path counting adding word-problems\n" in shown
    four = run("compare", "adding,", "writing,", "reading", "and", "word-problems", "--json").out
    found = json.loads(four)
    assert [side["id"] for side in found["sides"]] == [
        "adding",
        "writing",
        "reading",
        "word-problems",
    ]
    assert [(lead["before"], lead["after"]) for lead in found["leads"]] == [
        ("reading", "writing"),
        ("adding", "word-problems"),
        ("reading", "word-problems"),
    ]
    assert [topic["id"] for topic in found["in_part"]] == ["counting"]


@pytest.mark.usefixtures("small")
def test_passed_topics_are_not_to_be_studied(run: Run) -> None:
    run("know", "adding", "reading")
    shown = run("compare", "adding", "reading").out
    assert "Start with" not in shown
    assert "llmpath path" not in shown
    assert shown.count("✓ known") == 2


@pytest.mark.usefixtures("small")
def test_what_is_ignored_leads_to_nothing(run: Run) -> None:
    run("ignore", "word-problems", "adding")
    shown = run("compare", "adding", "word-problems").out
    assert "Neither needs the other" in shown


@pytest.mark.usefixtures("small")
def test_the_shape_for_programs(run: Run) -> None:
    found = json.loads(run("compare", "adding", "carrying the ten", "--json").out)
    assert list(found) == [
        "schema_version",
        "sides",
        "shared",
        "nearest_shared",
        "in_part",
        "leads",
        "results",
        "questions",
        "insights",
    ]
    one, two = found["sides"]
    assert list(one) == list(two)
    assert (one["what"], one["id"], one["read_as"]) == ("topic", "adding", None)
    assert (two["what"], two["term"]["id"], two["topic"]["id"]) == ("term", "carry", "adding")
    assert one["topic"]["waits"] == 1
    assert one["topic"]["minutes_before"] == 30
    assert one["topic"]["start"]["id"] == "adding-article"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        (["adding"], 2, "Compare Adding with what?\n  For example: llmpath compare adding "),
        (["story sums"], 2, "Compare Word problems with what?\n  For example: llmpath compare wor"),
        (["story", "sums"], 2, "; or, of two: llmpath compare story vs sums"),
        (["adding", "vs"], 2, "Compare Adding with what?"),
        (["vs"], 2, "Compare what?\n  For example: llmpath compare rag 'fine tuning'"),
        (["?"], 2, "Compare what?"),
        ([], 2, "Missing argument"),
        (["how many", "numerals"], 2, "'how many' and 'numerals' both mean Counting.\n  See it wi"),
        (["adding", "ADDING"], 2, "both mean Adding.\n  See it with: llmpath show adding"),
        (["nap", "place value"], 2, "both mean NAP.\n  See it with: llmpath show counting"),
        (["a1", "b1", "c1", "d1", "e1"], 2, "At most 4 things can be compared at once, and these"),
        (["adding", "xyzzyqw"], 3, "No resource or topic 'xyzzyqw'.\n  Find it with: llmpath sea"),
        (["adding", "numbers"], 3, "'numbers' is a track that takes several topics.\n  See them"),
        (["adding", "7"], 3, "7"),
        (["adding", "!"], 2, "Compare Adding with what?\n  For example: llmpath compare adding "),
        (["x" * 1001], 2, "...' is too long for names to compare.\n  For example: llmpath compar"),
        (["adding", "x" * 200], 3, "No resource or topic 'xxx"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else None,
)
def test_what_cannot_be_compared_is_told_with_a_next_step(
    run: Run, names: list[str], code: int, said: str
) -> None:
    ran = run("compare", *names, code=code)
    assert said in ran.err
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 2


@pytest.mark.usefixtures("small")
def test_what_several_terms_are_called_is_asked(run: Run, edition: Any) -> None:
    edition(("term: Carry", "term: Carry\n    stands_for: number and place"))
    ran = run("compare", "number and place", "writing", code=3)
    assert "'number and place' matches 2 entries." in ran.err
    assert "carry  Carry: number and place" in ran.err


@pytest.mark.usefixtures("small")
def test_any_words_are_read_as_the_topic_that_a_search_means(run: Run) -> None:
    shown = run("compare", "decipher letters aloud", "adding").out
    assert shown.startswith("Read 'decipher letters aloud' as Reading.\n\nReading\n")
    found = json.loads(run("compare", "decipher letters aloud", "adding", "--json").out)
    assert [side["read_as"] for side in found["sides"]] == ["Reading", None]


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("asked", "sides", "topics"),
    [
        ("rag vs fine tuning", ["rag", "fine-tuning"], ["rag", "full-fine-tuning"]),
        ("lora vs qlora", ["lora", "qlora"], ["lora", "qlora"]),
        ("AWQ vs GPTQ", ["awq", "gptq"], ["post-training-quantization"] * 2),
        ("encoder vs decoder", ["encoder-models", "decoder-models"], None),
        ("langchain vs llamaindex", ["langchain", "llamaindex"], ["orchestrators"] * 2),
        ("微调和RAG的区别", ["fine-tuning", "rag"], ["full-fine-tuning", "rag"]),
        ("vllm vs llama.cpp", ["vllm", "llama-cpp"], ["serving-engines", "gguf-llama-cpp"]),
        ("vllm vs llama cpp", ["vllm", "llama-cpp"], ["serving-engines", "gguf-llama-cpp"]),
        ("difference between dpo and ppo", ["dpo", "ppo"], ["dpo", "ppo"]),
        ("full training or rag, which is better", ["full-fine-tuning", "rag"], None),
    ],
)
def test_what_people_ask_of_the_shipped_catalog(
    run: Run, asked: str, sides: list[str], topics: list[str] | None
) -> None:
    found = json.loads(run("compare", asked, "--json").out)
    assert [side["id"] for side in found["sides"]] == sides
    assert [side["topic"]["id"] for side in found["sides"]] == (topics or sides)


@pytest.mark.usefixtures("shipped")
def test_a_question_that_decides_between_two_topics_is_asked(run: Run) -> None:
    shown = run("compare", "rag", "fine tuning").out
    assert "Ask yourself\n" in shown
    assert "Why is RAG usually the first" in shown
    assert "compared with LoRA?" in run("compare", "lora", "full-fine-tuning").out
    assert "needed\nonly to understand it.\n" in run("compare", "lora", "full-fine-tuning").out


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    "asked",
    [
        "prompt engineering vs fine tuning",
        "bm25 vs embeddings",
        "pytorch or jax which should i choose",
        "difference between agents and workflows",
        "is a vector database better than a knowledge graph",
        "预训练和微调的区别",
        "small model vs large model for cheap phones",
    ],
)
def test_whatever_search_offers_is_answered(run: Run, asked: str) -> None:
    sides = json.loads(run("search", asked, "--json").out)["sides"]
    assert len(sides) == 2
    found = json.loads(run("compare", *sides, "--json").out)
    assert len({(side["what"], side["id"]) for side in found["sides"]}) == 2


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("pytorch vs tensorflow", ["PyTorch", "TensorFlow"]),
        ("encoder vs decoder", ["Encoder models and BERT", "Decoder models: GPT and LLaMA"]),
        ("what is the difference between rag and fine tuning", None),
        ("layernorm vs rmsnorm", ["LayerNorm", "RMSNorm"]),
        ("gpt-4 vs claude", []),  # the catalog has neither by that name
        ("lora or qlora which should i choose", None),
        ("预训练和微调的区别", None),
    ],
)
def test_the_command_that_search_offers_compares_what_was_asked(
    run: Run, asked: str, titles: list[str] | None
) -> None:
    offered = re.search(r"Side by side: (llmpath compare .*)", run("search", asked).out)
    if not offered:
        assert titles == []
        return
    found = json.loads(run(*shlex.split(offered[1])[1:], "--json").out)["sides"]
    assert len({(side["what"], side["id"]) for side in found}) == 2
    if titles is not None:
        assert [side["title"] for side in found] == titles


@pytest.mark.usefixtures("shipped")
def test_two_names_are_two_though_people_ask_for_one_of_them_by_both(run: Run) -> None:
    found = json.loads(run("compare", "pytorch", "tensorflow", "--json").out)["sides"]
    assert [side["title"] for side in found] == ["PyTorch", "TensorFlow"]
    told = run("compare", "vector", "databases", code=2).err
    assert "Compare Vector databases with what?" in told
