"""Search finds what is meant, ranks it and says why."""

from __future__ import annotations

import sqlite3

import pytest

from llmpath.identity import Moment
from llmpath.search import engine, ranking
from llmpath.search.why import around
from llmpath.store.learner import journal, writing
from tests.search.conftest import NOW, find, ids


def test_a_word_is_found_in_its_other_forms(numbers: sqlite3.Connection) -> None:
    assert "adding-article" in ids(find(numbers, "carries"))
    assert "counting-video" in ids(find(numbers, "counted"))


def test_what_has_all_the_words_leads(numbers: sqlite3.Connection) -> None:
    found = find(numbers, "long numbers fast")
    assert ids(found)[0] == "adding-paper"
    assert found.all_words == 1
    assert found.total > 1


def test_an_acronym_and_what_it_stands_for_find_each_other(field: sqlite3.Connection) -> None:
    short = set(ids(find(field, "RLHF")))
    long = set(ids(find(field, "reinforcement learning from human feedback")))
    assert len(short & long) >= 7


def test_the_acronym_that_was_typed_is_told(field: sqlite3.Connection) -> None:
    hits = {hit.resource.id: hit for hit in find(field, "RLHF", limit=-1).hits}
    assert "RLHF" in hits["rlhf-book"].why.same_as


@pytest.mark.parametrize("text", ["fine-tune", "finetune", "fine tuning", "finetuning"])
def test_compounds_are_found_joined_and_parted(field: sqlite3.Connection, text: str) -> None:
    top = find(field, text).hits
    assert all("tun" in hit.resource.title.casefold() for hit in top[:2])


def test_a_whole_title_comes_first_though_it_is_of_stop_words(field: sqlite3.Connection) -> None:
    assert find(field, "attention is all you need").hits[0].resource.title == (
        "Attention Is All You Need"
    )


def test_a_correction_is_told_and_exact_turns_it_off(field: sqlite3.Connection) -> None:
    found = find(field, "tranformer")
    assert [tuple(one) for one in found.corrections] == [("tranformer", "transformer")]
    assert find(field, "tranformer", exact=True).corrections == ()


def test_an_exact_phrase_must_stand_as_it_is(field: sqlite3.Connection) -> None:
    texts = [
        f"{hit.resource.title} {hit.resource.summary}".casefold()
        for hit in find(field, '"dot product"', limit=-1).hits
    ]
    assert texts == [text for text in texts if "dot product" in text or "dot-product" in text]


def test_what_is_left_out_is_not_found(numbers: sqlite3.Connection) -> None:
    assert "adding-paper" in ids(find(numbers, "addition"))
    assert "adding-paper" not in ids(find(numbers, "addition -carries"))
    assert "adding-paper" not in ids(find(numbers, "addition -kind:paper"))


def test_filters_alone_list_in_the_order_of_the_map(numbers: sqlite3.Connection) -> None:
    found = find(numbers, "kind:article,paper")
    assert ids(found) == ["adding-article", "adding-paper", "reading-notes"]
    assert find(numbers, "sort:year-").hits[0].resource.year == 2021


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sort:year-", ["word-problems-dataset", "counting-video", "adding-paper"]),
        ("sort:year+", ["counting-book", "adding-paper", "counting-video"]),
        ("sort:minutes-", ["reading-course", "counting-book", "word-problems-notebook"]),
        ("sort:minutes+", ["adding-article", "reading-notes", "word-problems-dataset"]),
        ("sort:title-", ["writing-guide", "word-problems-notebook", "counting-book"]),
    ],
)
def test_a_sort_orders_what_was_found(
    numbers: sqlite3.Connection, text: str, expected: list[str]
) -> None:
    assert ids(find(numbers, text, limit=3)) == expected


def test_a_sort_orders_the_hits_of_words_too(numbers: sqlite3.Connection) -> None:
    found = find(numbers, "numbers sums sort:year+", limit=-1)
    years = [hit.resource.year for hit in found.hits]
    known = [year for year in years if year]
    assert known == sorted(known)
    assert years == known + [None] * (len(years) - len(known))


def test_topics_that_match_come_as_topics(field: sqlite3.Connection) -> None:
    assert find(field, "quantization").topics[0] == "quantization"
    assert find(field, "RAG").topics[0] == "rag"
    assert find(field, "llm").topics[0] == "llm-introduction"


def test_a_word_of_every_document_is_ranked_by_the_editors(field: sqlite3.Connection) -> None:
    found = find(field, "llm", limit=8)
    assert found.total > 300
    core_or_must = [hit for hit in found.hits if hit.resource.essential]
    assert len(core_or_must) >= 4


def test_words_are_found_inside_unspaced_text(field: sqlite3.Connection) -> None:
    assert ids(find(field, "生成式"))[0] == "hung-yi-lee-genai-2024-lecture-0"
    assert ids(find(field, "課程說明"))[0] == "hung-yi-lee-genai-2024-lecture-0"


def test_parts_of_words_are_found_when_nothing_else_is(field: sqlite3.Connection) -> None:
    found = find(field, "ransformer", exact=True)
    assert found.all_words == 0
    assert any("ransformer" in hit.resource.title for hit in found.hits)
    assert {hit.why.matched_in for hit in found.hits} == {("letters",)}


def test_nonsense_finds_nothing(field: sqlite3.Connection) -> None:
    assert find(field, "xqzvwjk").total == 0


def test_what_matched_is_marked_in_the_text(numbers: sqlite3.Connection) -> None:
    hit = find(numbers, "carrying").hits[0]
    assert hit.resource.id == "adding-article"
    assert hit.why.title == (("Adding by ", False), ("carrying", True))
    assert "".join(text for text, _ in hit.why.title) == hit.resource.title
    assert hit.why.matched_in == ("title", "name")
    summary = find(numbers, "squared paper").hits[0].why
    assert summary.excerpt == (
        ("…", False),
        ("carries the ten, drawn step by step on ", False),
        ("squared", True),
        (" ", False),
        ("paper", True),
        (".", False),
    )


def test_kinds_count_everything_that_was_found(field: sqlite3.Connection) -> None:
    found = find(field, "quantization", limit=3)
    assert sum(found.kinds.values()) == found.total
    assert list(found.kinds.values()) == sorted(found.kinds.values(), reverse=True)


def test_topics_are_counted_over_the_best_hits(field: sqlite3.Connection) -> None:
    found = find(field, "quantization", limit=-1)
    best = [hit.resource.topics[0] for hit in found.hits[: engine.COUNTED]]
    assert sum(found.homes.values()) == engine.COUNTED < found.total
    assert dict(found.homes) == {home: best.count(home) for home in best}
    assert list(found.homes.values()) == sorted(found.homes.values(), reverse=True)


def test_a_line_shows_a_summary_and_never_the_names_of_a_topic(field: sqlite3.Connection) -> None:
    aliases = {alias for (alias,) in field.execute("SELECT alias FROM alias")}
    for asked in ("chat with my pdfs", "run a model on my laptop", "make the model smaller"):
        for hit in find(field, asked).hits:
            shown = "".join(text for text, _ in hit.why.excerpt).removeprefix("…")
            assert shown in hit.resource.summary
            assert shown.casefold() not in aliases
            assert shown or any(marked for _, marked in hit.why.title)


def test_a_line_shows_where_most_of_the_words_stand() -> None:
    start = ("Numbers", True), (" of all sorts, and much later the story of how people", False)
    rest = (" came to write them down on stone and clay, ", False)
    end = ("long", True), (" and ", False), ("short", True), (" ones", False)
    assert around((*start, rest, *end)) == (
        ("…", False),
        ("to write them down on stone and clay, ", False),
        *end,
    )
    assert around(end) == end
    assert around((rest,)) == ()


def test_the_learners_notes_are_searched(numbers: sqlite3.Connection, ada: str) -> None:
    with journal.command(numbers, ada, Moment(NOW, "2026-03-10"), "note", "") as entry:
        writing.add_note(entry, "writing-guide", "Ink *smudges* on squared paper.")
    found = find(numbers, "smudge", ada)
    assert ids(found)[0] == "writing-guide"
    assert "notes" in found.hits[0].why.matched_in
    assert ids(find(numbers, "has:note", ada)) == ["writing-guide"]
    assert ids(find(numbers, "smudge -kind:docs", ada)) == []
    assert "writing-guide" not in ids(find(numbers, "smudge", "somebody else"))


def test_the_same_query_has_the_same_answer(field: sqlite3.Connection) -> None:
    assert find(field, "how do llms learn") == find(field, "how do llms learn")


def test_words_in_too_many_documents_are_not_scored_one_by_one(
    field: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a hundred thousand resources do, with bounds that the shipped catalog reaches."""
    whole = find(field, "quantization gptq")
    alone = find(field, "quantization")
    monkeypatch.setattr(ranking, "MOST_ROWS", 20)
    monkeypatch.setattr(ranking, "RANKED_DOCUMENTS", 10)
    few = find(field, "quantization gptq")
    assert len(few.hits) == 10
    assert few.all_words <= whole.all_words
    assert set(ids(few)[:3]) & set(ids(whole))
    bounded = find(field, "quantization")
    assert bounded.hits
    assert bounded.total <= alone.total
