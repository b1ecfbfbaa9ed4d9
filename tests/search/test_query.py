"""What somebody typed is read as words, phrases and filters."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.errors import UsageError
from llmpath.search.query import Filter, parse


def test_words_that_stand_everywhere_are_dropped() -> None:
    assert parse("how do I make a chatbot").terms == (("chatbot",),)


def test_words_that_stand_everywhere_are_kept_when_there_are_no_others() -> None:
    assert parse("how do I").terms == (("how",), ("do",), ("i",))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("fine-tune", [("fine", "tune")]),
        ("llama.cpp", [("llama", "cpp")]),
        ("RAG, DPO; (KTO)", [("rag",), ("dpo",), ("kto",)]),
        ("C++", [("c",)]),
        ("what's LoRA", [("lora",)]),
        ("Rößler naïve", [("rossler",), ("naive",)]),
        ("rag rag RAG", [("rag",)]),
        ("GPT-4: what", [("gpt", "4")]),
        ("https://arxiv.org/abs/1706.03762", [("arxiv", "org"), ("abs",), ("1706", "03762")]),
    ],
)
def test_pieces_of_text_are_terms(text: str, terms: list[tuple[str, ...]]) -> None:
    found = [term for term in parse(text).terms if term != ("https",)]
    assert found == terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind:video,paper", Filter("kind", ("video", "paper"))),
        ("KIND:Videos", Filter("kind", ("video",))),
        ("type:book", Filter("kind", ("book",))),
        ("-kind:dataset", Filter("kind", ("dataset",), True)),
        ("level:beginner", Filter("level", ("beginner",))),
        ("tag:rag", Filter("topic", ("rag",))),
        ("track:engineer", Filter("track", ("engineer",))),
        ('by:"Jay Alammar"', Filter("author", ("jay alammar",))),
        ("author:karpathy,weng", Filter("author", ("karpathy", "weng"))),
        ("is:done", Filter("is", ("done",))),
        ("is:must-read", Filter("is", ("essential",))),
        ("status:ready", Filter("is", ("ready",))),
        ("has:notes", Filter("has", ("note",))),
        ("source:llm-powerhouse", Filter("source", ("llm-powerhouse",))),
        ("year:2020", Filter("year", ("2020", "2020"))),
        ("year:2020..2023", Filter("year", ("2020", "2023"))),
        ("year:2020-2023", Filter("year", ("2020", "2023"))),
        ("year:2020..", Filter("year", ("2020", ""))),
        ("year:..2023", Filter("year", ("", "2023"))),
        ("year:>=2020", Filter("year", ("2020", ""))),
        ("year:>2020", Filter("year", ("2021", ""))),
        ("year:<2020", Filter("year", ("", "2019"))),
        ("minutes:..30", Filter("minutes", ("", "30"))),
        ("minutes:30", Filter("minutes", ("", "30"))),
        ("minutes:30..60min", Filter("minutes", ("30", "60"))),
        ("minutes:1h30", Filter("minutes", ("", "90"))),
        ("minutes:..1:30", Filter("minutes", ("", "90"))),
        ("minutes:1.5h..", Filter("minutes", ("90", ""))),
        ("minutes:1h-2h", Filter("minutes", ("60", "120"))),
        ("minutes:>1h", Filter("minutes", ("61", ""))),
    ],
)
def test_filters_are_read(text: str, expected: Filter) -> None:
    found = parse(f"rag {text}")
    assert found.filters == (expected,)
    assert found.terms == (("rag",),)
    assert found.warnings == ()


def test_kinds_and_levels_asked_for_twice_are_choices() -> None:
    assert parse("kind:video kind:paper -kind:book").filters == (
        Filter("kind", ("video", "paper")),
        Filter("kind", ("book",), True),
    )


def test_phrases_and_what_is_left_out_are_kept_apart() -> None:
    found = parse('rag "dense retrieval" -graph -"knowledge base"')
    assert found.terms == (("rag",),)
    assert found.phrases == ("dense retrieval",)
    assert found.excluded == ("graph", "knowledge base")


def test_a_phrase_without_an_end_goes_to_the_end() -> None:
    assert parse('"attention is all').phrases == ("attention is all",)


@pytest.mark.parametrize("text", ["sort:year-", "sort:minutes+", "sort:title", "sort:relevance"])
def test_orders_are_read(text: str) -> None:
    assert parse(text).sort == text.removeprefix("sort:")


def test_an_unknown_field_is_text_with_a_warning() -> None:
    found = parse("foo:bar rag")
    assert found.terms == (("foo",), ("bar",), ("rag",))
    assert found.filters == ()
    assert found.warnings == (
        "There is no field 'foo'; it was searched for as text. Fields: kind, level, topic, track,"
        " author, year, is, has, minutes, language, cost, needs, verified, source, sort.",
    )


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("year:soon", "year:soon is not a year.", "year:2020..2023"),
        ("year:2020...", "year:2020... is not a year.", "year:2020..2023"),
        ("year:-", "year:- is not a year.", "year:2020..2023"),
        ("minutes:long", "minutes:long is not a length of time.", "minutes:..30"),
        ("kind:vidoe", "kind:vidoe is not a valid filter.", "Did you mean kind:video?"),
        (
            "level:guru",
            "level:guru is not a valid filter.",
            "Choose from: beginner, intermediate, advanced.",
        ),
        ("is:finished", "is:finished is not a valid filter.", "done"),
        ("sort:size", "sort:size is not a valid filter.", "relevance"),
    ],
)
def test_a_bad_value_is_told_with_an_example(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert caught.value.message == message
    assert hint in caught.value.hint


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    with suppress(UsageError):
        found = parse(text)
        assert all(term and all(term) for term in found.terms)
        assert "\0" not in "".join(found.phrases)


def test_only_so_much_is_read() -> None:
    found = parse("word " * 5_000 + " ".join(f"w{i}" for i in range(5_000)))
    assert len(found.terms) <= 24
