"""What a learner says of topics: skipped, shaky; and of prerequisites: ignored, disputed."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


def text(block: str) -> str:
    return dedent(block).removeprefix("\n")


def topics(run: Run) -> list[str]:
    return [pick["topic"] for pick in json.loads(run("next", "--json").out)["picks"]]


def state(run: Run, topic: str) -> str:
    return str(json.loads(run("show", topic, "--json").out)["state"])


def test_a_skipped_topic_keeps_nothing_waiting(run: Run) -> None:
    assert run("skip", "reading").out == text("""
        Skipped: Reading
          unlocks 1 topic: Writing
    """)
    assert state(run, "reading") == "skipped"
    assert set(topics(run)) == {"counting", "writing"}
    assert run("reset", "reading").out == "Reset: Reading\n"
    assert (state(run, "reading"), state(run, "writing")) == ("ready", "locked")


def test_a_skipped_topic_counts_nowhere(run: Run) -> None:
    run("skip", "reading")
    assert run("goal", "word-problems").out == text("""
        Word problems
          0 of 3 topics passed
          to understand, 3.2 h to study
    """)
    assert run().out.startswith("ada: 0 of 4 topics passed")


def test_resources_and_topics_can_be_skipped_in_one_command(run: Run) -> None:
    run("skip", "reading", "counting-video")
    assert run("undo").out == "Undone: skip Reading, Counting, slowly\n"
    assert state(run, "reading") == "ready"


def test_skipping_all_but_one_leaves_that_one_to_be_enough(run: Run) -> None:
    run("done", "counting-video")
    run("skip", "adding-paper")
    assert run("done", "adding-article").out == text("""
        Done: Adding by carrying
          passed Adding
    """)


def test_a_shaky_topic_comes_back_and_closes_nothing(run: Run) -> None:
    run("know", "adding")
    assert run("shaky", "counting", "reading").out == text("""
        Shaky: Counting; `next` offers to refresh
        Not passed yet, so nothing to refresh: Reading
    """)
    assert (state(run, "counting"), state(run, "adding")) == ("known", "known")
    out = run("next").out
    assert "Counting: to refresh, because you marked it as shaky, must-read" in out
    run("done", "counting-video")
    assert "counting" not in topics(run)
    assert state(run, "counting") == "learned"


def test_knowing_a_shaky_topic_makes_it_firm(run: Run) -> None:
    run("know", "counting")
    run("shaky", "counting")
    run("know", "counting")
    assert "counting" not in topics(run)
    run("undo")
    assert "counting" in topics(run)


def test_what_was_read_before_is_offered_again_when_all_of_it_was(run: Run) -> None:
    run("done", "counting-video", "counting-book")
    run("shaky", "counting")
    picks = json.loads(run("next", "--json").out)["picks"]
    assert [pick["id"] for pick in picks if pick["topic"] == "counting"] == ["counting-video"]
    assert run("done", "counting-video").code == 0
    assert "counting" not in topics(run)


def test_an_ignored_prerequisite_is_not_waited_for(run: Run) -> None:
    assert run("ignore", "word-problems", "adding").out == text("""
        Ignored: Adding for Word problems
        To tell the curators: llmpath dispute word-problems adding
    """)
    assert run("ignore", "word-problems", "reading").out == text("""
        Ignored: Reading for Word problems
          unlocks 1 topic: Word problems
        To tell the curators: llmpath dispute word-problems reading
    """)
    assert "word-problems" in topics(run)
    assert run("ignore").out == text("""
        Adding for Word problems
            llmpath ignore --undo word-problems adding
        Reading for Word problems
            llmpath ignore --undo word-problems reading
    """)
    run("undo")
    assert state(run, "word-problems") == "locked"
    run("redo")
    assert (
        run("heed", "word-problems", "adding").out
        == "No longer ignored: Adding for Word problems\n"
    )
    assert state(run, "word-problems") == "locked"


def test_what_one_ignores_is_ones_own(run: Run) -> None:
    run("user", "add", "bob")
    run("ignore", "adding", "counting")
    assert json.loads(run("ignore", "--json").out)["ignored"] == [
        {"topic": "adding", "requires": "counting"}
    ]
    assert run("--user", "bob", "ignore").out == "You ignore no prerequisites.\n"


@pytest.mark.parametrize("action", ["ignore", "heed", "dispute"])
def test_only_a_prerequisite_can_be_ignored(run: Run, action: str) -> None:
    assert run(action, "word-problems", "counting", code=3).err == text("""
        llmpath: Counting is not a direct prerequisite of Word problems.
          Its prerequisites: adding, reading.
    """)
    assert run(action, "adding", code=2).err.startswith("llmpath: Which prerequisite")


def test_a_dispute_is_text_for_an_issue(run: Run) -> None:
    from llmpath import __version__

    out = run("dispute", "adding", "counting", "--because", "<b>One can</b> guess.").out
    assert out == text(f"""
        # Adding should not require Counting

        In `data/roadmap.yaml`, the topic `adding` requires `counting`, because:

        > A sum is a count of two heaps at once.

        I disagree:

        > &lt;b>One can&lt;/b> guess.

        Proposal: remove the prerequisite, or replace it with a closer one.

        Seen with llmpath {__version__}.
    """)
    assert run("log").out == "Nothing has happened yet.\n"
