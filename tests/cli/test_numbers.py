"""A number is one of the list in front of the learner: of this terminal, not long ago."""

import os
import sys
from pathlib import Path

import pytest

from llmpath.cli import session
from llmpath.store.learner import numbering
from tests.cli.test_daily import text
from tests.conftest import NOW, Run
from tests.terminals import Terminal

pytestmark = pytest.mark.usefixtures("small")


def test_a_list_belongs_to_its_terminal() -> None:
    with Terminal() as one, Terminal() as other:
        one.run("list")
        other.run("list", "--sort", "title")
        assert one.run("start", "1").screen == "Started: Counting, slowly\n"
        assert other.run("start", "1").screen == "Started: Adding by carrying\n"


def test_a_terminal_without_a_list_has_no_numbers() -> None:
    with Terminal() as one, Terminal() as other:
        one.run("next")
        assert other.run("done", "1", code=3).screen == text("""
            llmpath: No list in this terminal yet to take number 1 from.
              Run: llmpath next
        """)


ALONE = (sys.executable, "-c", "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])")


def test_without_a_terminal_a_session_of_processes_has_its_own_list(process: Run) -> None:
    process("next")  # in the session of this process, which goes on
    assert process("open", "1", "-n").out == "https://www.youtube.com/watch?v=count1\n"
    assert process("open", "1", "-n", code=3, prefix=ALONE).err.startswith(
        "llmpath: No list in this terminal yet"
    )


def test_commands_sent_one_by_one_go_on_from_each_other(process: Run) -> None:
    process("list", "--sort", "title", prefix=ALONE)
    process("next", prefix=ALONE)
    assert process("open", "1", "-n", prefix=ALONE).out == (
        "https://www.youtube.com/watch?v=count1\n"
    )
    process("show", "adding", prefix=ALONE)
    assert "Fast Addition" in process("show", "b", prefix=ALONE).out


def test_where_nothing_tells_terminals_apart_they_share_a_list(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "ttyname")
    monkeypatch.delattr(os, "getsid")
    assert session.terminal() == ""
    run("next")
    assert run("open", "1", "-n").out == "https://www.youtube.com/watch?v=count1\n"


def test_a_list_is_forgotten_after_twelve_hours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("next")
    monkeypatch.setenv("LLMPATH_NOW", NOW.replace("10T18:30:00", "11T06:29:59"))
    assert run("open", "1", "-n").out == "https://www.youtube.com/watch?v=count1\n"
    monkeypatch.setenv("LLMPATH_NOW", NOW.replace("10T18:30:00", "11T06:30:00"))
    assert run("done", "1", code=3).err == text("""
        llmpath: The last list in this terminal is over 12 hours old, too old to take number 1 from.
          Show a new one: llmpath next
    """)
    run("next")  # the same list, in front of the learner again
    assert run("open", "1", "-n").out == "https://www.youtube.com/watch?v=count1\n"


@pytest.mark.parametrize("page", [("show", "counting"), ("show", "adding"), ("define", "NAP")])
def test_looking_at_something_keeps_the_numbers(run: Run, page: tuple[str, ...]) -> None:
    run("next")
    before = [run("open", str(number), "-n").out for number in (1, 2)]
    assert " a " in run(*page).out
    assert [run("open", str(number), "-n").out for number in (1, 2)] == before


def test_what_a_page_lists_goes_by_letters(run: Run) -> None:
    run("show", "adding")
    assert run("start", "b").out == "Started: Fast Addition of Long Numbers\n"
    assert run("done", "A", "b").out.startswith("Done: Adding by carrying\n")
    assert run("done", "z", code=3).err == text("""
        llmpath: The last list has 4 entries; there is no letter z.
          Show another: llmpath show TOPIC
    """)


def test_why_lists_nothing_and_renumbers_nothing(run: Run) -> None:
    run("next")
    run("why", "2")
    assert run("open", "1", "-n").out == "https://www.youtube.com/watch?v=count1\n"


@pytest.mark.parametrize("command", ["know", "goal", "forget", "start", "done", "show", "skip"])
@pytest.mark.parametrize("number", ["0", "5", "13", "99", "999999999999"])
def test_a_number_beyond_the_list_is_never_a_title(run: Run, command: str, number: str) -> None:
    run("next")
    assert run(command, number, code=3).err == text(f"""
        llmpath: The last list has 4 entries; there is no number {number}.
          Show another: llmpath next
    """)
    assert run("log").out == "Nothing has happened yet.\n"


def test_a_number_stands_for_its_topic_where_a_topic_is_wanted(run: Run) -> None:
    run("next")
    ran = run("know", "1")
    assert ran.err == "1 is Counting, slowly; its topic is Counting.\n"
    assert ran.out.startswith("Known: Counting\n")
    assert run("goal", "2").err == "2 is Notes on letters; its topic is Reading.\n"
    assert run("forget", "1").out == "No longer marked as known: Counting\n"


def test_skipping_a_number_skips_the_resource_and_tells_how_to_skip_its_topic(run: Run) -> None:
    run("next")
    ran = run("skip", "1")
    assert ran.out.startswith("Skipped: Counting, slowly\n")
    assert ran.err == "To skip its topic too, Counting: llmpath skip counting\n"


def test_numbers_may_be_parted_by_commas(run: Run) -> None:
    run("next")
    both = "Started: Counting, slowly\nStarted: Notes on letters\n"
    for typed in ("1,2", "1, 2", "1 2 2", "1, 2,", "1 and 2", "2 and 1"):
        assert sorted(run("start", *typed.split()).out.splitlines()) == both.splitlines(), typed
        run("undo")
    assert run("skip", "1,2").err.count("To skip its topic too") == 2


@pytest.mark.parametrize("typed", ["1.", "#1", "1-2", "-1", "1. 2.", "(1)"])
def test_a_number_with_signs_is_no_word_of_a_title(run: Run, typed: str) -> None:
    run("next")
    assert run("done", "--", *typed.split(), code=3).err.startswith("llmpath: No resource ")


def test_a_letter_in_a_title_is_no_letter_of_a_page(run: Run) -> None:
    assert run("start", "course", "a", "first").out == (
        "Started: The Book of Numbers: a first course\n"
    )


def test_the_words_that_are_printed_name_the_thing(run: Run) -> None:
    run("next")
    for command in ("start", "done", "skip", "reset"):
        assert "Counting, slowly" in run(command, "1").out


def test_lists_that_nobody_sees_any_more_are_swept(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data / numbering.FOLDER
    gone = numbering.listing(data, "0" * 16, "/dev/pts/9")
    numbering.remember(gone, ["adding-paper"], 0)
    run("next")
    assert not gone.exists()
    assert len(list(folder.iterdir())) == 1
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_written_is_no_failure(run: Run, data: Path) -> None:
    (data / numbering.FOLDER).write_text("in the way")
    assert run("next").out.startswith("What to study next")
    assert run("done", "1", code=3).err.startswith("llmpath: No list in this terminal yet")
