"""The lists of real words are clean, and have what their first lines say."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from llmpath.search import dictionary
from llmpath.search.correction import corrected
from llmpath.search.dictionary import ENGLISH, FOREIGN, NAMES
from llmpath.search.lexicon import Lexicon
from llmpath.search.mentions import mentions
from llmpath.search.wording import Wording

TYPED = "ajax bing gcloud iframe jquery nodejs sqrt stdin timm uber webp wget wordpress"
OF_THE_FIELD = "faiss dspy vllm ollama gguf lora langchain llama cuda deepspeed chromadb sglang"
LISTS = (*ENGLISH, *FOREIGN, *NAMES)


def listed(name: str) -> list[str]:
    text = Path(dictionary.__file__).with_name(name).read_text(encoding="utf-8")
    return [word for row in text.split("\n") if not row.startswith("#") for word in row.split()]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_each_word_once_folded_and_in_order(name: str) -> None:
    words = listed(name)
    assert words == sorted(set(words))
    assert all(word == word.lower() and word.isascii() and word.isalnum() for word in words)


def test_no_english_word_stands_in_two_lists() -> None:
    english, more, names = (set(listed(name)) for name in (*ENGLISH, *NAMES))
    assert not english & more
    assert not (english | more) & names
    assert dictionary.english() == english | more


def test_the_second_list_has_no_short_words_and_no_regular_forms() -> None:
    words = listed("more_english.txt")
    assert min(map(len, words)) == 4
    english = dictionary.english()
    assert [word for word in words if english.intersection(dictionary.inflected(word))] == []


@pytest.mark.parametrize("word", ["brandy", "bardzo", "jquery", "warmer"])
def test_what_a_list_has_is_a_word(word: str) -> None:
    assert dictionary.is_word(word)


@pytest.mark.parametrize("word", ["brandq", "copyright 2000", "scowl's", "zacs", "aftie", "ffffff"])
def test_what_stands_in_no_list_or_in_its_first_lines_is_none(word: str) -> None:
    assert not dictionary.is_word(word)


@pytest.mark.parametrize("word", ["warmest", "happiest", "abbeys", "adorning", "acquitted"])
def test_a_regular_form_of_a_listed_word_is_left_out_and_known_all_the_same(word: str) -> None:
    assert not dictionary.is_word(word)
    assert dictionary.is_form(word)


def test_what_no_word_has_is_odd() -> None:
    assert dictionary.oddities("attention") == 0
    assert dictionary.oddities("attqxtion") >= 2


@pytest.mark.parametrize("name", TYPED.split())
def test_a_name_that_people_type_is_no_slip(field: sqlite3.Connection, name: str) -> None:
    assert corrected(((name,),), Lexicon(field)).changes == ()


@pytest.mark.parametrize("name", OF_THE_FIELD.split())
def test_a_name_of_the_field_is_no_english_word(name: str) -> None:
    assert name not in dictionary.english()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("faiss", True),
        ("dspy", True),
        ("chromadb", True),
        ("langgraph", True),
        ("rope", False),
        ("RoPE", True),
        ("react", False),
        ("ReAct", True),
    ],
)
def test_only_names_that_are_english_words_need_their_capitals(
    field: sqlite3.Connection, said: str, found: bool
) -> None:
    text = f"every evening my brother and I tell our old neighbour that we like {said} so much"
    assert (said in [one.said for one in mentions([text], Wording(field).names)]) == found


@pytest.mark.parametrize(
    "holder", ["Kevin Atkinson", "Princeton University", "Benjamin Titze", "Geoff Kuenning"]
)
def test_the_notices_that_the_second_list_must_go_with_are_complete(holder: str) -> None:
    notices = Path(__file__).parents[2] / "LICENSES" / "SCOWL.txt"
    assert holder in notices.read_text(encoding="utf-8")
