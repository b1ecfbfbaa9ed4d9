"""`need`: what a text needs, in whatever form the text comes, and what can be made of it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from llmpath import plaintext
from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")

TEXT = "Story sums for the second year: adding with a carry, counting and numerals."
ALL = ["counting", "adding", "word-problems"]


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def as_json(run: Run, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("need", *words, "--json").out)
    return found


def lacking(run: Run, *words: str) -> list[str]:
    found: list[str] = as_json(run, *words)["lacking"]
    return found


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def pdf(*pages: str) -> bytes:
    """Return a PDF with the lines of a text on each of its pages."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, page in enumerate(pages):
        rows = " T* ".join(f"({row}) Tj" for row in page.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 72 700 Td {rows} ET" if page else ""
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


# The page.


def test_a_text_is_told_apart_into_what_you_have_and_lack(run: Run) -> None:
    run("know", "counting")
    assert run("need", TEXT).out == text("""
        What your text needs: 3 topics
        It is about: Adding; Counting; Word problems

        You have: Counting

        You lack 2, in the order to learn:
         1  ○ Adding                                                               1.2 h
              adding, carry
         2  · Word problems                                                        1.5 h
              Story sums

        These need 1 more: Reading
        In all, to understand it: 3 topics, 3.1 h
        Begin with Adding: Adding by carrying (article, 15 min)

        Not right? Remove a topic with --drop 1, add one with --add TOPIC.
        To make what you lack your goals, add --goal.
        """)


def test_everything_fits_into_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert max(map(len, run("need", TEXT).out.splitlines())) <= 50


def test_who_knows_it_all_lacks_nothing(run: Run) -> None:
    run("know", "word-problems")
    out = run("need", TEXT).out
    assert "You have: Counting, Adding and Word problems" in out
    assert "You lack nothing of it." in out
    assert "--goal" not in out


def test_what_is_skipped_is_not_lacking(run: Run) -> None:
    run("skip", "counting")
    assert "You skip: Counting" in run("need", TEXT).out
    assert lacking(run, TEXT) == ["adding", "word-problems"]


def test_a_text_that_names_nothing_says_what_to_do(run: Run) -> None:
    assert run("need", "zebras", "graze").out == text("""
        No topic of the map is named in your text, and none is near.
        Name one yourself with --add TOPIC, or look for its words: llmpath search WORDS
        """)


def test_json_has_the_words_and_the_steps(run: Run) -> None:
    found = as_json(run, "story sums")
    assert found["topics"] == [
        {
            "id": "word-problems",
            "title": "Word problems",
            "state": "locked",
            "main": True,
            "score": found["topics"][0]["score"],
            "words": ["story sums"],
            "added": False,
        }
    ]
    assert [(one["id"], one["needed"]) for one in found["steps"]] == [
        ("counting", False),
        ("adding", False),
        ("reading", False),
        ("word-problems", True),
    ]
    assert found["minutes"] == sum(one["minutes"] for one in found["steps"])
    assert found["begin"]["topic"] == "counting"


# Editing it.


def test_topics_are_added_and_removed_by_name_and_by_number(run: Run) -> None:
    assert lacking(run, TEXT, "--drop", "adding", "--add", "writing") == [
        "counting",
        "word-problems",
        "writing",
    ]
    run("need", TEXT)
    assert lacking(run, TEXT, "--drop", "1", "--drop", "3") == ["adding"]
    assert "added by you" in run("need", "story sums", "--add", "reading").out


def test_what_is_removed_keeps_its_number_when_the_command_is_repeated(run: Run) -> None:
    run("need", TEXT)
    first = run("need", TEXT, "--drop", "2", "--add", "reading").out
    assert "Removed: Adding\n" in first
    numbered = [row[:14] for row in first.splitlines() if row[:2].strip().isdigit()]
    assert numbered == [" 1  ○ Counting", " 4  ○ Reading ", " 3  · Word pro"]
    assert "--drop 1, add" in first
    assert run("need", TEXT, "--drop", "2", "--add", "reading").out == first
    run("need", TEXT, "--drop", "2", "--add", "reading", "--goal")
    goals = json.loads(run("goal", "--json").out)["goals"]
    assert sorted(one["id"] for one in goals) == ["counting", "reading", "word-problems"]


def test_who_removes_everything_is_not_told_that_there_was_nothing(run: Run) -> None:
    out = run("need", "story sums", "--drop", "word-problems", "--goal").out
    assert out.startswith("You removed all that your text needs.\nRemoved: Word problems\n")


def test_what_the_text_does_not_need_cannot_be_removed_unnoticed(run: Run) -> None:
    assert "Not needed anyway: Reading\n" in run("need", TEXT, "--drop", "reading").out
    found = as_json(run, TEXT, "--drop", "reading", "--drop", "adding")
    assert (found["removed"], found["not_needed"]) == (["adding"], ["reading"])


def test_nothing_is_both_added_and_removed(run: Run) -> None:
    err = run("need", TEXT, "--add", "reading", "--drop", "reading", code=2).err
    assert "Reading is both added and removed." in err


def test_a_number_is_that_of_the_list_shown(run: Run) -> None:
    run("need", TEXT)
    assert "Adding" in run("show", "2").out
    assert as_json(run, "2")["lacking"] == ["adding"]
    err = run("need", TEXT, "--drop", "4", code=3).err
    assert "The last list has 3 entries; there is no number 4." in err


def test_what_is_lacking_becomes_goals_in_one_command(run: Run) -> None:
    out = run("need", TEXT, "--goal").out
    assert out.endswith("\nSet: 3 goals\nllmpath path, llmpath next, llmpath undo\n")
    goals = json.loads(run("goal", "--json").out)["goals"]
    assert [one["id"] for one in goals] == ALL
    assert "They are your goals already." in run("need", TEXT, "--goal").out
    run("undo")
    assert json.loads(run("goal", "--json").out)["goals"] == []


def test_goals_have_the_aim_that_is_given(run: Run) -> None:
    run("need", "story sums", "--goal", "--aim", "use")
    assert [one["aim"] for one in json.loads(run("goal", "--json").out)["goals"]] == ["use"]


def test_a_dry_run_sets_no_goals(run: Run) -> None:
    done = run("need", TEXT, "--goal", "-n")
    assert "Dry run: nothing was changed." in done.err
    assert json.loads(run("goal", "--json").out)["goals"] == []


def test_json_of_a_command_that_sets_goals_says_what_changed(run: Run) -> None:
    found = as_json(run, "story sums", "--goal")
    assert [one["id"] for one in found["changed"]] == ["word-problems"]
    assert found["lacking"] == ["word-problems"]


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody who can be asked; the answers they give, first to last."""
    from llmpath.cli import asking

    answers: list[str] = []
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr(asking, "typed", lambda: answers.pop(0) if answers else "")
    return answers


def test_more_than_three_goals_are_asked_for(run: Run, at_a_terminal: list[str]) -> None:
    more = (TEXT, "--add", "reading", "--goal")
    at_a_terminal[:] = ["n\n"]
    err = run("need", *more, code=130).err
    assert "Make these 4 topics your goals? [y/N]" in err
    assert json.loads(run("goal", "--json").out)["goals"] == []
    at_a_terminal[:] = ["y\n"]
    assert "Set: 4 goals" in run("need", *more).out
    run("undo")
    assert "Set: 4 goals" in run("need", *more, "-y").out


# Where the text comes from.


def test_a_text_may_come_through_a_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, TEXT.encode())
    assert as_json(run, "-")["source"] == "stdin"
    pipe(monkeypatch, TEXT.encode())
    assert lacking(run) == ALL


def test_a_file_is_read_whatever_it_is_called(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a text"
    path.write_text(TEXT)
    assert lacking(run, str(path)) == ALL
    path.write_bytes(TEXT.encode("utf-16"))
    assert lacking(run, str(path)) == ALL


def test_of_a_page_only_what_a_reader_sees_counts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html><html><head><script>var reading = 'writing';</script></head>"
        "<body><nav>Reading</nav><h1>Story <b>sums</b></h1><ul><li>pl</li><li>us</li></ul>"
        "<p>Caf&eacute;</body></html>"
    )
    assert lacking(run, str(path)) == ["word-problems"]


def test_a_page_in_another_encoding_says_so_itself() -> None:
    page = '<html><meta charset="latin-1"><p>Prüfung</p></html>'
    assert plaintext.plain(page.encode("latin-1"), "page").text == "Prüfung"


def test_a_resource_counts_with_its_topics(run: Run) -> None:
    for name in ("look-ahead-paper", "adding-paper", "https://arxiv.org/pdf/1901.00001"):
        found = as_json(run, name)
        assert found["resource"] == "adding-paper"
        assert found["topics"][0]["id"] == "adding"
    run("search", "carrying")
    assert as_json(run, "1")["resource"] == "adding-article"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("\x1b[31mstory\x1b[0m sums", "story sums"),
        ("\x1b]0;a title\x07Story\x9b1m sums", "Story sums"),
        ("\x1b]8;;https://example.org\x1b\\Story sums\x1b]8;;\x1b\\", "Story sums"),
        ("S\x08St\x08to\x08or\x08ry\x08y sums", "Story sums"),
        ("sto\u00adry\u202e su\u200bms\x7f", "story sums"),
        ("writers\x0cstory sums", "writers\nstory sums"),
    ],
)
def test_what_nobody_sees_is_not_read(run: Run, tmp_path: Path, written: str, said: str) -> None:
    assert plaintext.readable(written) == said
    path = tmp_path / "session.log"
    path.write_text(written)
    for source in (str(path), written):
        assert as_json(run, source)["topics"][0]["words"] == [said.split("\n")[-1]]


def test_names_of_files_that_are_not_there_are_not_read_as_a_text(run: Run) -> None:
    assert "There is no file 'story.md'." in run("need", "story.md", "sums.md", code=3).err


def test_a_pdf_is_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf("Story sums for the second year: ad-\nding with a carry,", "counting."))
    assert lacking(run, str(path)) == ALL


def test_of_a_long_pdf_the_first_pages_are_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plaintext, "MOST_PAGES", 2)
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf("story sums", "counting", "writing"))
    assert "Not read: what comes after page 2." in run("need", str(path)).out
    assert lacking(run, str(path)) == ["counting", "word-problems"]


def test_of_a_long_text_the_beginning_is_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("story sums\n" + "zebra " * 60_000 + "writing")
    found = as_json(run, str(path))
    assert found["left_out"] == "what comes after 300,000 characters"
    assert "writing" not in found["lacking"]


def test_a_file_that_is_too_large_is_cut_between_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plaintext, "MOST_BYTES", 4)
    assert plaintext.plain("aaaéé".encode()[:5], "text").text == "aaa"


# What is none.


@pytest.mark.parametrize(
    ("word", "code", "said"),
    [
        ("paper.pdf", 3, "There is no file 'paper.pdf'."),
        ("./paper", 3, "There is no file './paper'."),
        ("~/paper", 3, "There is no file '~/paper'."),
        ("https://example.com/x", 3, "The catalog has no https://example.com/x, and nothing is"),
        ("example.com/x.html", 3, "The catalog has no example.com/x.html, and nothing is fetched."),
        ("...", 2, "There is nothing to read in your text."),
        (".", 2, ". is a folder."),
    ],
)
def test_what_is_no_text_is_told(run: Run, word: str, code: int, said: str) -> None:
    assert said in run("need", word, code=code).err


def test_nothing_at_all_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b"")
    assert "There is nothing to read in stdin." in run("need", code=2).err
    from llmpath.cli import editor

    monkeypatch.setattr(editor, "is_terminal", lambda: True)
    assert "What text?" in run("need", code=2).err


def test_two_files_are_too_many(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    assert "That is more than one text." in run("need", "a.txt", "b.txt", code=2).err


def test_yes_without_a_question_is_told(run: Run) -> None:
    assert "--yes is for --goal." in run("need", TEXT, "-y", code=2).err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n", "is a picture, not text."),
        (b"PK\x03\x04rest", "is a Word file, a book or an archive, not text."),
        (b"Pr\xfcfung", ":1:3: not UTF-8 from here on."),
        (b"a\0b", ":1:2: a NUL character; this is not plain text."),
        (pdf(""), "its pages are pictures."),
        (pdf("story sums")[:300], "is damaged: no PDF reader can be sure of its text."),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "is damaged"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    done = run("need", str(path), code=4)
    assert said in done.err
    assert len(done.err.splitlines()) == 2 + done.err.startswith("Your study database")


def test_an_encrypted_pdf_is_told(run: Run, tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    path = tmp_path / "paper.pdf"
    for password, code in (("secret", 4), ("", 0)):  # many are but kept from being changed
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("story sums"))))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        writer.write(path)
        assert ("is encrypted." in run("need", str(path), code=code).err) == bool(code)


def test_a_pdf_without_its_reader_says_how_to_get_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf("story sums"))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    err = run("need", str(path), code=4).err
    assert "reading one needs pypdf, which is not installed." in err
    assert "pip install 'llmpath-cli[pdf]'" in err


def test_a_pdf_that_keeps_its_reader_busy_is_given_up(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    import pypdf

    never = Event()
    monkeypatch.setattr(plaintext, "MOST_SECONDS", 0)
    monkeypatch.setattr(pypdf, "PdfReader", lambda _: never.wait())
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf("story sums"))
    assert "takes longer than 0 seconds to read." in run("need", str(path), code=4).err
    never.set()
