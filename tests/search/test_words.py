"""Words are cut as the index cuts them, and their forms are told."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.words import (
    FAMILY,
    SAME,
    SISTER,
    key_of,
    kinship,
    quoted,
    singular,
    spellings,
    spoken,
    tokens,
    words_of,
)


@pytest.mark.parametrize(
    ("one", "two", "kin"),
    [
        ("token", "tokens", SAME),
        ("quantize", "quantizing", SAME),
        ("quantized", "quantizes", SAME),
        ("embed", "embedding", SAME),
        ("embed", "embeddings", SAME),
        ("overfit", "overfitting", SAME),
        ("memory", "memories", SAME),
        ("token", "tokenization", FAMILY),
        ("agent", "agentic", FAMILY),
        ("evaluating", "evaluation", SISTER),
        ("summary", "summarize", FAMILY),
        ("quantize", "quantization", SISTER),
        ("general", "generation", 0),
        ("policy", "police", 0),
        ("model", "modern", 0),
        ("bert", "bart", 0),
        ("rag", "rags", SAME),
        ("a", "as", 0),
    ],
)
def test_forms_and_families_are_told_apart(one: str, two: str, kin: int) -> None:
    assert kinship(one, two) == kin
    assert kinship(two, one) == kin


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("quantisation", ["quantization"]),
        ("quantization", ["quantisation"]),
        ("behaviour", ["behavior"]),
        ("analyse", ["analyze"]),
        ("optimizers", ["optimisers"]),
        ("rag", []),
    ],
)
def test_other_spellings_are_known(word: str, others: list[str]) -> None:
    assert spellings(word) == others


def test_plurals_are_made_singular() -> None:
    words = ["models", "queries", "corpus", "classes", "loss", "gpus", "as"]
    assert [singular(word) for word in words] == [
        "model",
        "query",
        "corpus",
        "classe",
        "loss",
        "gpu",
        "as",
    ]


def test_names_compare_in_any_order_without_stop_words() -> None:
    assert key_of(words_of("chain of thought")) == key_of(words_of("thought chains"))
    assert key_of(["what", "is"]) == "is what"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_one_string_of_a_match(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    connection.execute("SELECT * FROM t WHERE t MATCH ?", (quoted(text),)).fetchall()
    connection.execute("SELECT * FROM t WHERE t MATCH ?", (quoted(text, True),)).fetchall()
    connection.close()


@given(st.lists(st.sampled_from(["rag", "llama", "模型", "naïve", "c", "x1"]), min_size=1))
def test_a_quoted_text_is_read_back_as_its_tokens(words: list[str]) -> None:
    text = " ".join(words)
    assert spoken(quoted(text)) == (tuple(token for _, _, token in tokens(text)), False)
    assert spoken(quoted(text, True))[1]
