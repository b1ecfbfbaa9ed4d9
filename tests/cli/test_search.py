"""`search`, `related`, `define`, and queries in `list`, `next` and `notes`, to the letter."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


@pytest.fixture
def columns(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Lay out for as many columns as the test's marker says."""
    monkeypatch.setenv("COLUMNS", str(request.param))


narrow = pytest.mark.parametrize("columns", [60], indirect=True)
wide = pytest.mark.parametrize("columns", [100], indirect=True)


@narrow
@pytest.mark.usefixtures("columns")
def test_hits_at_sixty_columns(run: Run) -> None:
    assert run("search", "long", "numbers").out == text("""
        Topic  · Adding: locked, 0 of 2 done
        Topic  ○ Counting: ready, 0 of 2 done

         1   Fast Addition of Long Numbers
             paper, advanced, 1 h, 2019
         2   The Book of Numbers: a first course
             book, intermediate, 10 h, 2011, by Nora Number, Cora
             Count
             Goes from counting on fingers to long addition, with e…
         3   Counting, slowly
             video, beginner, 30 min, 2020
             One hour of numbers, shown with apples and pears befor…
         4   Adding by carrying
             article, beginner, 15 min, on the same topic
             Why one carries the ten, drawn step by step on squared…
         5   Word problems, worked
             notebook, intermediate, 1.5 h, on the same topic
             Twelve stories turned into sums, each cell asking what…

        5 resources: 2 with all the words, 1 with some, 2 on the
        same topic
        Kinds: article 1, book 1, notebook 1, paper 1, 1 more
        Topics: Adding 2, Counting 2, Word problems 1
    """)


@wide
@pytest.mark.usefixtures("columns")
def test_hits_at_a_hundred_columns(run: Run) -> None:
    run("start", "adding-paper")
    run("note", "reading-notes", "Long vowels are a pain.")
    assert run("search", "long", "numbers", "-n", "3").out == text("""
        Topic  · Adding: locked, 0 of 2 done
        Topic  ○ Counting: ready, 0 of 2 done

         1 ◐ Fast Addition of Long Numbers
             paper, advanced, 1 h, 2019, doing
         2   Notes on letters
             article, beginner, 20 min, in your notes
             Two pages on which letters sound alike and how to tell them apart.
         3   The Book of Numbers: a first course
             book, intermediate, 10 h, 2011, by Nora Number, Cora Count
             Goes from counting on fingers to long addition, with exercises after each chapter.

        6 resources: 2 with all the words, 2 with some, 2 on the same topic; showing the best 3; use --limit
        for more
        Kinds: article 2, book 1, notebook 1, paper 1, 1 more
        Topics: Adding 2, Counting 2, Reading 1, Word problems 1
    """)  # noqa: E501
    assert run("done", "1").out.startswith("Done: Fast Addition of Long Numbers")


def test_topics_come_first_as_topics(run: Run) -> None:
    run("done", "counting-video")
    assert run("search", "NAP").out == text("""
        Topic  ✓ Counting: learned, 1 of 2 done

         1   Fast Addition of Long Numbers
             paper, advanced, 1 h, 2019
             …looked ahead, which makes the sum of n digits take log n steps.
         2 ✓ Counting, slowly
             video, beginner, 30 min, 2020, done, on the same topic
             One hour of numbers, shown with apples and pears before any sign is writte…
         3   The Book of Numbers: a first course
             book, intermediate, 10 h, 2011, on the same topic
             Goes from counting on fingers to long addition, with exercises after each…

        3 resources
        Kinds: book 1, paper 1, video 1
        Topics: Counting 2, Adding 1
    """)


def test_a_correction_is_shown(run: Run) -> None:
    assert run("search", "additon", "--limit", "1").out == text("""
        Searched for 'addition' instead of 'additon'; --exact keeps it.

         1   Fast Addition of Long Numbers
             paper, advanced, 1 h, 2019

        2 resources; showing the best 1; use --limit for more
        Kinds: book 1, paper 1
        Topics: Adding 1, Counting 1
    """)


def test_a_word_of_ones_own_notes_is_no_typing_error(run: Run) -> None:
    run("note", "writing-guide", "additon is how my daughter spells it")
    assert run("search", "additon").out == text("""
         1   Writing it down
             docs, beginner, 45 min, in your notes
             How to hold the pen, and why the first line of every story names a person.

        1 resource
    """)


def test_nothing_found_says_what_to_do(run: Run) -> None:
    assert run("search", "zzxqy").out == text("""
        Nothing found for 'zzxqy'.
        Try fewer or other words, or browse: llmpath roadmap --all
    """)
    assert run("search", "addition", "kind:video").out == text("""
        Nothing found for 'addition kind:video'.
        Remove a filter to see more.
    """)


def test_search_as_json(run: Run) -> None:
    found = json.loads(run("search", "additon foo:carries", "--json").out)
    assert list(found) == [
        "schema_version",
        "query",
        "corrected",
        "translated",
        "unknown",
        "sides",
        "warnings",
        "total",
        "all_words",
        "facets",
        "topics",
        "results",
    ]
    assert found["query"] == "additon foo:carries"
    assert found["corrected"] == [{"typed": "additon", "used": "addition"}]
    assert found["warnings"][0].startswith("There is no field 'foo'")
    assert found["facets"]["kind"] == {"article": 1, "book": 1, "notebook": 1, "paper": 1}
    assert found["facets"]["topic"] == {"adding": 2, "counting": 1, "word-problems": 1}
    assert [one["id"] for one in found["topics"]] == ["adding"]
    first = found["results"][0]
    assert {key: first[key] for key in ("id", "kind", "level", "year", "minutes", "status")} == {
        "id": "adding-paper",
        "kind": "paper",
        "level": "advanced",
        "year": 2019,
        "minutes": 60,
        "status": "todo",
    }
    assert first["matched_in"] == ["title", "summary"]
    assert first["url"] == "https://arxiv.org/abs/1901.00001"
    assert first["score"] >= found["results"][-1]["score"] > 0


def ids(run: Run, *arguments: str) -> list[str]:
    found = json.loads(run(*arguments, "--json").out)
    return [one["id"] for one in found["results"]]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["-kind:paper", "topic:adding"],
            ["counting-book", "adding-article", "word-problems-notebook"],
        ),
        (["kind:video,paper"], ["counting-video", "adding-paper"]),
        (["type:video", "kind:paper"], ["counting-video", "adding-paper"]),
        (["level:advanced"], ["adding-paper"]),
        (["tag:reading"], ["reading-course", "reading-notes"]),
        (
            ["track:letters", "-topic:reading"],
            ["writing-guide", "word-problems-notebook", "word-problems-dataset"],
        ),
        (["author:cora"], ["counting-video", "counting-book"]),
        (["by:Bea Binary"], ["adding-paper"]),
        (["-author:cora", "topic:counting"], []),
        (["year:2019..2020"], ["counting-video", "adding-paper"]),
        (["year:2021.."], ["word-problems-dataset"]),
        (["minutes:..20"], ["adding-article", "reading-notes", "word-problems-dataset"]),
        (["is:essential"], ["counting-video", "word-problems-notebook"]),
        (["is:doing"], ["adding-paper"]),
        (["-is:todo"], ["counting-video", "adding-paper"]),
        (["is:ready"], ["reading-course", "reading-notes", "adding-article", "adding-paper"]),
        (["is:locked", "kind:docs"], ["writing-guide"]),
        (["has:note"], ["writing-guide"]),
        (["source:guide-a", "level:beginner"], ["counting-video", "reading-course"]),
        (
            ["minutes:..20", "sort:minutes-"],
            ["reading-notes", "word-problems-dataset", "adding-article"],
        ),
    ],
    ids=lambda value: " ".join(value),
)
def test_the_same_filters_serve_search_and_list(
    run: Run, arguments: list[str], expected: list[str]
) -> None:
    run("done", "counting-video")
    run("start", "adding-paper")
    run("note", "writing-guide", "a thought")
    assert sorted(ids(run, "search", *arguments)) == sorted(expected)
    assert sorted(ids(run, "list", *arguments)) == sorted(expected)
    if arguments[-1].startswith("sort:"):
        assert ids(run, "search", *arguments) == ids(run, "list", *arguments) == expected


def test_list_takes_words_that_must_all_stand(run: Run) -> None:
    assert ids(run, "list", "long", "numbers") == ["counting-book", "adding-paper"]
    assert ids(run, "list", "sums", "-kind:notebook") == [
        "adding-article",
        "adding-paper",
        "word-problems-dataset",
    ]


def test_a_word_after_a_minus_is_left_out_and_a_short_option_is_one(run: Run) -> None:
    assert ids(run, "list", "numbers", "-long") == ["counting-video"]
    assert ids(run, "list", "numbers", "-notes") == ids(run, "list", "numbers")
    assert ids(run, "list", "numbers", "-kvideo") == ["counting-video"]
    assert ids(run, "list", "numbers", "-n1") == ids(run, "list", "numbers")[:1]
    assert run("list", "numbers", "-q", code=2).err == (
        "llmpath: No such option: -q\n  See: llmpath list --help\n"
    )


def test_next_takes_filters(run: Run) -> None:
    found = json.loads(run("next", "-kind:video", "minutes:..60", "--json").out)
    assert [pick["id"] for pick in found["picks"]] == ["reading-notes"]
    assert run("next", "kind:leaderboard").out.splitlines()[0]


def test_notes_are_searched_by_words_and_filters(run: Run) -> None:
    run("note", "counting-video", "Apples, then pears.")
    run("note", "adding-paper", "Look ahead for the pear.")
    run("note", "adding", "A topic's note on pears.")

    def numbers(*arguments: str) -> list[int]:
        return [
            note["number"] for note in json.loads(run("notes", *arguments, "--json").out)["notes"]
        ]

    assert numbers("pears") == [1, 2, 3]
    assert numbers("pears -apples") == [2, 3]
    assert numbers("kind:paper") == [2]
    assert numbers("-kind:paper") == [1, 3]  # a topic is no paper
    assert numbers("adding-paper") == [2]
    assert "No notes with 'kiwis'" in run("notes", "kiwis", code=3).err


def test_a_bad_filter_is_refused_with_an_example(run: Run) -> None:
    refused = run("search", "year:soon", code=2)
    assert refused.out == ""
    assert refused.err == text("""
        llmpath: year:soon is not a year.
          Write it as year:2020..2023 or year:2020..
    """)
    assert run("list", "topic:cooking", code=3).err.startswith("llmpath: No topic 'cooking'.")


def test_an_unknown_field_is_searched_as_text_with_a_warning(run: Run) -> None:
    told = run("search", "foo:numbers")
    assert told.err.startswith("There is no field 'foo'; it was searched for as text.")
    assert "The Book of Numbers" in told.out


def test_search_needs_something_to_search_for(run: Run) -> None:
    assert run("search", code=2).err == text("""
        llmpath: Search for what?
          For example: llmpath search quantization
    """)


@pytest.mark.parametrize(
    "words", ["C++", '"', "NEAR", "*", "", "(", "模型", "-", "--", "🤖", "a" * 9_000]
)
def test_hostile_words_end_in_a_sentence(run: Run, words: str) -> None:
    from llmpath.cli import app

    code = app.run(["search", "--", words])
    assert code in (0, 2)


@narrow
@pytest.mark.usefixtures("columns")
def test_related_at_sixty_columns(run: Run) -> None:
    assert run("related", "adding-paper", "-n", "2").out == text("""
        Similar to Fast Addition of Long Numbers

         1   Adding by carrying
             article, beginner, 15 min
             0.16, shares: adding, adam, adder, carries
         2   The Book of Numbers: a first course
             book, intermediate, 10 h
             0.14, shares: addition, adding, long, numbers
    """)


@wide
@pytest.mark.usefixtures("columns")
def test_related_at_a_hundred_columns(run: Run) -> None:
    assert run("related", "adding-paper", "-n", "2").out == text("""
        Similar to Fast Addition of Long Numbers

         1   Adding by carrying                                            article      beginner      15 min
             0.16, shares: adding, adam, adder, carries
         2   The Book of Numbers: a first course                           book         intermediate    10 h
             0.14, shares: addition, adding, long, numbers
    """)  # noqa: E501


def test_related_as_json(run: Run) -> None:
    found = json.loads(run("related", "adding-paper", "-n", "1", "--json").out)
    assert found["id"] == "adding-paper"
    assert found["results"][0]["id"] == "adding-article"
    assert found["results"][0]["likeness"] == pytest.approx(0.15, abs=0.01)
    assert found["results"][0]["shared"] == ["adding", "adam", "adder", "carries"]


def test_show_has_what_is_related(run: Run) -> None:
    assert "\nRelated\n a   Adding by carrying" in run("show", "adding-paper").out
    related = json.loads(run("show", "adding-paper", "--json").out)["related"]
    assert [one["id"] for one in related] == ["adding-article", "counting-book"]


@narrow
@pytest.mark.usefixtures("columns")
def test_define_at_sixty_columns(run: Run) -> None:
    assert run("define", "number", "and", "place").out == text("""
        NAP: number and place
        Reading a digit by where it stands, so that ten signs are
        enough for all numbers.
        Also: place value, digits

        Topic  ○ Counting: ready
        Saying how many there are, by naming numbers in order, one
        for each thing.

        Where to start
         a   Counting, slowly
             video, beginner, 30 min
         b   The Book of Numbers: a first course
             book, intermediate, 10 h
    """)


@wide
@pytest.mark.usefixtures("columns")
def test_define_at_a_hundred_columns(run: Run) -> None:
    assert (
        run("define", "nap").out
        == run("define", "place values").out
        == text("""
        NAP: number and place
        Reading a digit by where it stands, so that ten signs are enough for all numbers.
        Also: place value, digits

        Topic  ○ Counting: ready
        Saying how many there are, by naming numbers in order, one for each thing.

        Where to start
         a   Counting, slowly                                              video        beginner      30 min
         b   The Book of Numbers: a first course                           book         intermediate    10 h
    """)  # noqa: E501
    )


def test_define_lists_the_glossary_and_names_what_is_near(run: Run) -> None:
    assert run("define").out == text("""
        Carry  The ten that is handed on to the next place when a sum is greater than nine.
        NAP    number and place

        2 terms
    """).replace("greater than nine.", "greater than n…")
    assert run("define", "cary", code=3).err == text("""
        llmpath: 'cary' is not in the glossary.
          Did you mean Carry?
    """)


def test_define_as_json(run: Run) -> None:
    (term,) = json.loads(run("define", "NAP", "--json").out)["terms"]
    assert term["stands_for"] == "number and place"
    assert term["topic"] == {"id": "counting", "title": "Counting", "state": "ready"}
    assert [work["id"] for work in term["start"]] == ["counting-video", "counting-book"]


@wide
@pytest.mark.usefixtures("columns")
def test_list_with_a_query_at_a_hundred_columns(run: Run) -> None:
    assert run("list", "sums", "-kind:paper").out == text("""
         1   Adding by carrying                                            article      beginner      15 min
         2   Word problems, worked                                         notebook     intermediate   1.5 h
         3   Ten thousand word problems                                    dataset      intermediate  20 min

        3 resources
    """)  # noqa: E501


def test_list_tells_of_notes_on_topics(run: Run) -> None:
    run("note", "counting", "fingers first")
    told = "No resource has a note, but 1 topic has one. To see: llmpath search has:note\n"
    assert run("list", "has:note").out == told
    assert run("list", "has:note", "--kind", "paper").out == told
    run("note", "counting-book", "page 3")
    assert "1 resource" in run("list", "has:note").out
