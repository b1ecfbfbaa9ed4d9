"""Text may begin with a dash; a misspelled option is never taken for text."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("small")


@pytest.mark.parametrize(
    ("words", "body"),
    [
        (["- item"], "- item"),
        (["-", "[ ]", "todo"], "- [ ] todo"),
        (["- [ ] todo"], "- [ ] todo"),
        (["--edit is an option"], "--edit is an option"),
        (["-1"], "-1"),
        (["-- so"], "-- so"),
        (["---"], "---"),
        (["->", "b"], "-> b"),
        (["--", "--help"], "--help"),
        (["use", "--wait", "with", "it"], "use --wait with it"),
        (["--json", "- item"], "- item"),
        (["- item", "--json"], "- item"),
        (["--user", "ada", "- item"], "- item"),
        (["--user=ada", "- item", "- and another"], "- item - and another"),
    ],
)
def test_text_may_begin_with_a_dash(run: Run, words: list[str], body: str) -> None:
    run("note", "counting", "first")
    run("note", "counting", *words)
    assert json.loads(run("notes", "--json").out)["notes"][1]["body"] == body
    run("note", "--edit", "1", *words)
    assert json.loads(run("notes", "--json").out)["notes"][0]["body"] == body


@pytest.mark.parametrize("words", [["--jsn"], ["x", "--jsn"], ["--jsn", "x"], ["-x"]])
def test_a_misspelled_option_is_no_text(run: Run, words: list[str]) -> None:
    assert "No such option: -" in run("note", "counting", *words, code=2).err
    assert run("notes").out.startswith("No notes.")


def test_other_free_text_may_begin_with_a_dash(run: Run) -> None:
    run("done", "counting-video", "--note", "- item")
    assert "   - item\n" in run("notes").out
    assert "in your notes" in run("search", "- item").out
    assert "   - item\n" in run("notes", "- item").out
    assert "- I can." in run("dispute", "adding", "counting", "--because", "- I can.").out


@pytest.mark.parametrize("width", ["50", "80"])
def test_notes_keep_their_shape(run: Run, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    body = (
        "    indented first\n\n```\ndef f():\n\treturn  1\n```\n- item\n  - nested, and so long"
        " that it goes on in another line, which begins below its text\n      code  =  1"
    )
    run("note", "counting", body)
    assert json.loads(run("notes", "--json").out)["notes"][0]["body"] == body
    for command, indent in (("notes", "   "), ("show", "  ")):
        out = run(command, "counting").out
        assert f"\n{indent}    indented first\n\n{indent}```\n{indent}def f():\n" in out
        assert f"\n{indent}    return  1\n" in out
        assert f"\n{indent}- item\n{indent}  - nested, and so long" in out
        assert f"\n{indent}    " in out.split("nested")[1].split("code")[0]
        assert f"\n{indent}      code  =  1\n" in out
        assert max(map(len, out.splitlines())) <= int(width)
