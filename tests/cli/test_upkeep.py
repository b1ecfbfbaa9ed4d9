"""What is no longer kept up is never offered; `show`, `why`, `list` and filters tell of it."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import pytest

from tests.conftest import Edition, Run
from tests.editions import SECOND

pytestmark = pytest.mark.usefixtures("aimed")

# The course on reading, in its core, is no longer kept up, in one of three ways.
NOTES = "minutes: 1200\n"


def kept(status: str) -> tuple[tuple[str, str], ...]:
    after = "    superseded_by: reading-notes\n" if status == "superseded" else ""
    return (*SECOND, (NOTES, f"{NOTES}    status: {status}\n{after}"))


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def as_json(run: Run, *words: str) -> Any:
    return json.loads(run(*words, "--json").out)


def offered(run: Run, *words: str) -> set[str]:
    return {pick["id"] for pick in as_json(run, "next", "-n", "50", *words)["picks"]}


def listed(run: Run, *words: str) -> list[str]:
    return [one["id"] for one in json.loads(run("list", "--json", "--", *words).out)["results"]]


@pytest.mark.parametrize("status", ["archived", "stub", "superseded"])
def test_what_is_not_kept_up_is_never_offered(run: Run, edition: Edition, status: str) -> None:
    for words in ([], ["--topic", "reading"], ["--kind", "course"], ["--all"], ["reading"]):
        assert "reading-course" in offered(run, *words), words
    edition(*kept(status))
    for words in (
        [],
        ["--topic", "reading"],
        ["--kind", "course"],
        ["--all"],
        ["reading"],
        [f"is:{status}"],
    ):
        assert "reading-course" not in offered(run, *words), words
    assert "reading-notes" in offered(run, "--topic", "reading")
    run("skip", "reading-notes")  # not even where nothing else is left
    run("goal", "reading")
    assert offered(run) == set()
    day = as_json(run)
    assert "reading-course" not in {pick["id"] for pick in [*day["next"], *day["in_progress"]]}


def test_a_work_beside_the_core_is_not_offered_either(run: Run) -> None:
    run("know", "adding", "reading")
    run("goal", "word-problems")
    assert offered(run) == {"word-problems-notebook"}
    assert offered(run, "--kind", "dataset") == set()


def test_what_is_in_progress_stays_and_says_that_it_is_not_kept_up(
    run: Run, edition: Edition
) -> None:
    run("start", "reading-course")
    edition(*kept("superseded"))
    (pick,) = [pick for pick in as_json(run, "next")["picks"] if pick["id"] == "reading-course"]
    assert "in progress" in pick["reason"]
    assert "superseded, see reading-notes" in pick["reason"]


@pytest.mark.parametrize(
    ("status", "told", "shown"),
    [
        ("archived", "Never recommended: it is archived.\n", "Archived: no longer kept up.\n"),
        ("stub", "Never recommended: it is a stub.\n", "A stub: there is hardly anything in it.\n"),
        (
            "superseded",
            "Never recommended: it is superseded. See instead: llmpath show reading-notes\n",
            "Superseded.\nSee instead: llmpath show reading-notes\n",
        ),
    ],
)
def test_why_and_show_say_so_and_name_the_successor(
    run: Run, edition: Edition, status: str, told: str, shown: str
) -> None:
    edition(*kept(status))
    assert " ".join(told.split()) in " ".join(run("why", "reading-course").out.split())
    assert [one["name"] for one in as_json(run, "why", "reading-course")["hindrances"]] == [
        "not-live"
    ]
    assert run("show", "reading-course").out.startswith(
        f"Reading aloud\nhttps://school.example/reading\n\n{shown}\n"
    )
    # What is done says that first.
    run("done", "reading-course")
    assert "Not recommended: you have done it" in run("why", "reading-course").out


def test_show_tells_of_cost_needs_years_and_reasons(run: Run) -> None:
    assert run("show", "counting-book").out.split("\n\n")[2] == text("""
        id         counting-book
        kind       book, intermediate
        by         Nora Number, Cora Count
        year       2011, updated 2024
        takes      10 h
        cost       paid
        needs      an account
        topics     Counting (ready), Adding (locked)
        listed in  Guide A
        status     not started""")
    rows = run("show", "adding-paper").out.splitlines()
    assert "cost       free, with an account" in rows
    assert "needs      a GPU and an API key" in rows
    assert "checked    2025-02" in rows
    assert run("show", "counting-video").out.split("\n\n")[2] == text("""
        Must-read: It shows numbers before it writes any, as nobody else does.""")


def test_show_as_json_has_all_of_it(run: Run) -> None:
    found = as_json(run, "show", "counting-book")
    assert {
        key: found[key]
        for key in ("upkeep", "superseded_by", "cost", "needs", "verified", "updated", "because")
    } == {
        "upkeep": "live",
        "superseded_by": None,
        "cost": "paid",
        "needs": ["account"],
        "verified": None,
        "updated": 2024,
        "because": "",
    }
    found = as_json(run, "show", "word-problems-dataset")
    assert (found["upkeep"], found["superseded_by"]) == ("superseded", "word-problems-notebook")


def test_a_topic_shows_what_rounds_it_off_and_what_is_old_last(run: Run, edition: Edition) -> None:
    out = run("show", "adding").out
    assert out[out.index("Study") : out.index("From the guides")] == text("""
        Study  2 of 2 is enough to move on
         a   Adding by carrying                        article      beginner      15 min
         b   Fast Addition of Long Numbers             paper        advanced         1 h

        To round it off
         c   The Book of Numbers: a first course       book         intermediate    10 h

        More on this topic
         d   Word problems, worked                     notebook     intermediate   1.5 h

    """)
    assert run("start", "c").out == "Started: The Book of Numbers: a first course\n"
    found = as_json(run, "show", "adding")
    assert [work["id"] for work in found["further_resources"]] == ["counting-book"]
    assert [work["id"] for work in found["other_resources"]] == ["word-problems-notebook"]
    edition(
        *SECOND,
        ("year: 2011\n", "year: 2011\n    status: archived\n"),
        ("    further: [counting-book]\n", "    size: 30\n"),
        (
            "    core: [writing-guide]\n",
            "    core: [writing-guide]\n    lasting: Pens have not changed in a hundred years.\n",
        ),
    )
    found = as_json(run, "show", "adding")
    assert (found["size"], found["lasting"], found["further_resources"]) == (30, "", [])
    assert [work["id"] for work in found["other_resources"]] == [
        "word-problems-notebook",
        "counting-book",
    ]
    lasting = as_json(run, "show", "writing")["lasting"]
    assert lasting == "Pens have not changed in a hundred years."


def test_list_marks_what_is_not_kept_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("list", "--topic", "word-problems").out == text("""
         1   Word problems, worked                     notebook     intermediate   1.5 h
         2   Ten thousand word problems                dataset      superseded    20 min

        2 resources
    """)
    monkeypatch.setenv("COLUMNS", "50")
    assert (
        "dataset, intermediate, 20 min, superseded\n" in run("list", "--topic", "word-problems").out
    )
    (one,) = as_json(run, "list", "--kind", "dataset")["results"]
    assert one["upkeep"] == "superseded"


# Filters.


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["is:superseded"], ["word-problems-dataset"]),
        (["is:archived"], []),
        (["is:archived,superseded"], ["word-problems-dataset"]),
        (["is:live", "topic:word-problems"], ["word-problems-notebook"]),
        (["-is:live"], ["word-problems-dataset"]),
        (["cost:paid"], ["counting-book"]),
        (["cost:paid,account"], ["counting-book", "adding-paper"]),
        (["cost:paid", "cost:account"], ["counting-book", "adding-paper"]),
        (["cost:free", "topic:adding"], ["adding-article", "word-problems-notebook"]),
        (["-cost:free"], ["counting-book", "adding-paper"]),
        (["needs:gpu"], ["adding-paper"]),
        (["needs:account"], ["counting-book"]),
        (["needs:account,api-key"], ["counting-book", "adding-paper"]),
        (
            ["-needs:gpu", "topic:adding"],
            ["counting-book", "adding-article", "word-problems-notebook"],
        ),
        (["verified:2026"], ["adding-article"]),
        (["verified:2026-11"], ["adding-article"]),
        (["verified:2026-10"], []),
        (["verified:2026,2025-02"], ["adding-article", "adding-paper"]),
        (["-verified:2026", "kind:article"], ["reading-notes"]),
    ],
    ids=" ".join,
)
def test_filters_find_just_these(run: Run, words: list[str], ids: list[str]) -> None:
    assert listed(run, *words) == ids
    found = json.loads(run("search", "--json", "--", *words).out)["results"]
    assert sorted(one["id"] for one in found) == sorted(ids)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("cost:much", "cost:much is not a valid filter.\n  Choose from: free, account, paid.\n"),
        ("needs:tpu", "needs:tpu is not a valid filter.\n  Did you mean needs:gpu?\n"),
        ("needs:x", "needs:x is not a valid filter.\n  Choose from: gpu, account, api-key.\n"),
        (
            "verified:soon",
            "verified:soon is not a year or month.\n"
            "  Write it as verified:2026 or verified:2026-11\n",
        ),
        (
            "verified:2026-1",
            "verified:2026-1 is not a year or month.\n"
            "  Write it as verified:2026 or verified:2026-11\n",
        ),
        ("is:old", "is:old is not a valid filter."),
    ],
)
def test_a_filter_that_is_none_is_refused(run: Run, word: str, message: str) -> None:
    for command in ("list", "search", "next"):
        assert run(command, word, code=2).err.startswith(f"llmpath: {message}")


# How old the catalog is.


def test_freshness_tells_how_old_it_is(run: Run) -> None:
    assert run("catalog", "freshness").out == text("""
        Edition 2026.1, seen in 2026

        Topics by the newest work in their core
          2024         1
          2019         1
          unknown      3

        5 topics without a new work in the core, or a reason
          unknown reading (letters)
          unknown writing (letters)
          unknown word-problems (letters)
          2019 adding (numbers)
          2024 counting (numbers)

        Resources by their newest year
          2024         1
          2021         1
          2020         1
          2019         1
          unknown      5

        Resources by when they were last checked
          2026-11      1
          2025-02      1
          never        7

        Resources by how they are kept up
          live         8
          superseded   1
    """)


def test_freshness_counts_this_year_and_the_last_as_new_and_what_lasts_never_as_old(
    run: Run, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale() -> list[str]:
        return list(as_json(run, "catalog", "freshness")["stale"])

    assert stale() == ["counting", "adding", "reading", "writing", "word-problems"]
    monkeypatch.setenv("LLMPATH_NOW", "2025-12-31T12:00:00+00:00")
    assert stale() == ["adding", "reading", "writing", "word-problems"]
    lasting = "\n    lasting: What there is to say of it was said a while ago.\n"
    edition(
        *SECOND,
        (
            "core: [adding-article, adding-paper]\n",
            f"core: [adding-article, adding-paper]{lasting}",
        ),
        ("core: [writing-guide]\n", f"core: [writing-guide]{lasting}"),
        ("core: [word-problems-notebook]\n", f"core: [word-problems-notebook]{lasting}"),
        (NOTES, f"{NOTES}    year: 2025\n"),
    )
    assert stale() == []
    assert (
        "Every topic has a new work in its core, or a reason why older ones stay best.\n"
        in run("catalog", "freshness").out
    )
    found = as_json(run, "catalog", "freshness")
    assert (found["edition"], found["year"]) == ("2026.1", 2025)
    assert found["topics"][0] == {
        "id": "counting",
        "title": "Counting",
        "track": "numbers",
        "newest": 2024,
        "lasting": "",
    }
    assert found["by_year"]["unknown"] == 4
    assert found["verified"] == {"2026-11": 1, "2025-02": 1, "never": 7}
    assert found["upkeep"] == {"live": 8, "superseded": 1}


def test_a_catalog_without_an_edition_has_none_to_tell(run: Run, edition: Edition) -> None:
    edition()
    assert run("catalog", "freshness").out.splitlines()[0] == "2026"
    assert as_json(run, "catalog", "freshness")["edition"] is None
    assert run("catalog", "stats").out.splitlines()[0] == "The catalog"
    edition(*SECOND)
    assert run("catalog", "stats").out.splitlines()[0] == "The catalog, edition 2026.1"
    assert as_json(run, "catalog", "stats")["edition"] == "2026.1"
