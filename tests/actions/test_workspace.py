"""Actions without a command line: any face makes a workspace and shows what it gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from llmpath.actions import dashboard, goals, history, knowledge, next, progress, show
from llmpath.actions.workspace import Workspace
from llmpath.errors import NotFound, UsageError
from tests.conftest import NOW, SMALL


def test_a_session_of_actions_returns_values_and_prints_nothing(
    w: Workspace, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    goals.add_goals(w, ["word-problems"])
    choices = next.choose(w)
    w.number(choices.numbered)
    assert choices.numbered[0] == "counting-video"
    done = progress.finish(w, ["1"], minutes=30)
    assert [change.id for change in done.changes] == ["counting-video"]
    assert [node.id for node, _ in done.passed] == ["counting"]
    assert dashboard.dashboard(w).done == 1
    page = show.show(w, "counting")
    assert isinstance(page, show.TopicPage)
    assert page.standing.state == "learned"
    (line,) = history.undo(w).commands
    assert (line.seq, line.status) == (done.command, "undone")
    with pytest.raises(NotFound, match="No resource 'nothing'"):
        progress.start(w, ["nothing"])
    assert capsys.readouterr() == ("", "")
    assert told == []


def test_what_is_beside_the_matter_is_told_to_whoever_listens(
    home: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLMPATH_CATALOG", str(SMALL))
    workspace = Workspace(tell=told.append)
    path = workspace.settings.database
    assert workspace.learner.name == "ada"
    assert told == [f"Your study database is {path}"]
    knowledge.know(workspace, ["counting"])
    workspace.close()
    # The next day a backup would be made, but something stands where its folder should be.
    (path.parent / "backups").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("LLMPATH_NOW", NOW.replace("-10T", "-11T"))
    for well in (False, True):
        workspace = Workspace(tell=told.append)
        (knowledge.know if well else knowledge.forget)(workspace, ["counting"])
        assert len(told) == 1  # not before it is clear how the command ends
        workspace.close(well)
    assert len(told) == 2
    assert told[1].startswith("Today's backup could not be made: ")


def test_an_environment_may_be_given(small: Path) -> None:
    environ = {"LLMPATH_HOME": str(small.parent), "LLMPATH_CATALOG": str(SMALL)}
    workspace = Workspace("eva", environ={**environ, "LLMPATH_NOW": "yesterday"})
    with pytest.raises(UsageError, match="LLMPATH_NOW is not a time"):
        assert workspace.now
    workspace = Workspace("eva", environ=environ)
    with pytest.raises(NotFound, match="No learner 'eva'"):
        assert workspace.learner
    workspace.close()


def test_an_outcome_tells_of_each_row_once(w: Workspace) -> None:
    done = progress.finish(w, ["counting-video", "reading-notes"], rating=5, note="good")
    told = [(change.what, change.id) for change in done.changes]
    assert told == [
        ("resource", "counting-video"),
        ("note", "counting-video"),
        ("resource", "reading-notes"),
        ("note", "reading-notes"),
    ]
    rows = w.connection.execute(
        "SELECT key, after FROM event WHERE command_seq = ? ORDER BY seq", (done.command,)
    ).fetchall()
    assert len(rows) == len(told)
    bodies = [json.loads(after).get("body") for _, after in rows]
    assert bodies == [(change.after or {}).get("body") for change in done.changes]
