"""Typing errors are undone, and real words are left alone."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.search.correction import corrected
from llmpath.search.dictionary import inflected
from llmpath.search.lexicon import Lexicon
from llmpath.search.spelling import (
    AGAIN,
    NEVER,
    Candidate,
    allowed,
    cost,
    distance,
    guesses,
    other_starts,
)

LETTERS = st.text("abcd", max_size=6)


def reference(a: str, b: str) -> int:
    """Return the optimal string alignment distance, by its definition."""
    if not a or not b:
        return len(a) + len(b)
    best = min(
        reference(a[1:], b) + 1,
        reference(a, b[1:]) + 1,
        reference(a[1:], b[1:]) + (a[0] != b[0]),
    )
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        best = min(best, reference(a[2:], b[2:]) + 1)
    return best


@given(LETTERS, LETTERS)
def test_the_distance_is_that_of_its_definition(a: str, b: str) -> None:
    assert distance(a, b, 12) == reference(a, b)
    assert distance(a, b, 1) == min(reference(a, b), 2)


@pytest.mark.parametrize(
    ("word", "edits"), [("rag", 0), ("lora", 1), ("pruning", 1), ("tokenizer", 2)]
)
def test_longer_words_are_forgiven_more(word: str, edits: int) -> None:
    assert allowed(word) == edits


def likeliest(word: str, candidates: list[Candidate]) -> str:
    """Return the candidate that *word* was most likely meant to be, or ''."""
    found = guesses(word, candidates)
    return found[0].word if found else ""


def test_the_nearest_is_taken_then_a_name_then_the_commonest() -> None:
    words = [
        Candidate("transformers", 90, True),
        Candidate("transformer", 80, True),
        Candidate("transform", 5, False),
    ]
    assert likeliest("tranformer", words) == "transformer"
    assert likeliest("xransformer", words) == "transformer"
    assert likeliest("tronsfarmxr", words) == ""
    pair = [Candidate("toke", 9, False), Candidate("token", 3, True)]
    assert likeliest("tokem", pair) == "token"
    starts = [Candidate("rages", 9, True), Candidate("drags", 9, True)]
    assert likeliest("rags", starts) == "rages"


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("tranformer", "transformer"),
        ("langchian", "langchain"),
        ("karpaty", "karpathy"),
        ("retreival", "retrieval"),
        ("quantisation", ""),
        ("transform", ""),
        ("rag", ""),
        ("guitar", ""),
        ("banana", ""),
        ("模型", ""),
    ],
)
def test_words_that_stand_nowhere_are_corrected(
    field: sqlite3.Connection, typed: str, used: str
) -> None:
    terms, changes, _ = corrected([(typed,)], Lexicon(field))
    assert terms == ((used or typed,),)
    assert [tuple(change) for change in changes] == ([(typed, used)] if used else [])


@given(LETTERS, LETTERS)
def test_a_slip_costs_as_its_edits_and_nothing_else(a: str, b: str) -> None:
    assert (cost(a, b) == 0) == (a == b)
    assert cost(a, b) >= (distance(a, b, 12) - 1) * AGAIN
    assert cost(a, b) < NEVER


@given(LETTERS, LETTERS, st.sampled_from("0123456789"), st.sampled_from("0123456789"))
def test_a_digit_is_never_a_slip(a: str, b: str, one: str, two: str) -> None:
    assert (cost(f"{a}{one}", f"{a}{two}") >= NEVER) == (one != two)
    assert cost(f"{a}{one}{b}", f"{a}{b}") >= NEVER
    assert cost(f"{a}{b}", f"{a}{one}{b}") >= NEVER
    assert guesses(f"token{one}", [Candidate(f"toke{one}n", 9, True)]) == []


@pytest.mark.parametrize(
    ("easy", "hard", "meant"),
    [
        ("prunning", "pruxning", "pruning"),  # a letter twice, any letter put in
        ("mdoel", "mosel", "model"),  # swapped, changed
        ("modek", "modeq", "model"),  # the key beside, one far off
        ("attantion", "attxntion", "attention"),  # a vowel for a vowel
        ("tansformer", "ransformer", "transformer"),  # within the word, its first letter
    ],
)
def test_what_happens_easily_costs_less(easy: str, hard: str, meant: str) -> None:
    assert cost(easy, meant) < cost(hard, meant)


def test_a_first_letter_may_be_wrong_missing_doubled_or_swapped() -> None:
    for typed in ("xodel", "odel", "mmodel", "omdel"):
        assert "model" in other_starts(typed)
    assert guesses("omdel", [Candidate("model", 9, True)])[0].edits == 1


@pytest.mark.parametrize(
    ("word", "bases"),
    [
        ("models", ["model"]),
        ("queries", ["query"]),
        ("batches", ["batch", "batche"]),
        ("planning", ["plan"]),
        ("planing", ["plane"]),
        ("filling", ["fil", "fill"]),
        ("tuned", ["tune"]),
        ("tokenized", ["tokeniz", "tokenize"]),
        ("trainning", []),
        ("updatees", ["updatee"]),
        ("biggest", ["big"]),
        ("happiest", ["happy"]),
        ("techer", []),
        ("loss", []),
        ("string", []),
    ],
)
def test_a_form_is_made_of_its_base_by_the_rules(word: str, bases: list[str]) -> None:
    assert inflected(word) == bases
