"""Each way to break a catalog is told of with its place and what to do."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from llmpath.catalog import document, load
from llmpath.catalog.locate import Files
from llmpath.errors import InvalidFile
from tests.catalog.conftest import Command
from tests.catalog.samples import RESOURCES, ROADMAP, Broken, broken

CASES = list(broken())


def files(folder: Path) -> Files:
    return Files(folder / "resources.yaml", folder / "roadmap.yaml")


def told(folder: Path, path: Path | None = None) -> list[str]:
    found = load.check(path or folder, files(folder))
    return [str(problem).replace(f"{folder}{os.sep}", "") for problem in found]


def lay(folder: Path, case: Broken) -> None:
    for name, text in case.files.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_file_is_told_of_with_places(folder: Path, case: Broken) -> None:
    lay(folder, case)
    assert told(folder) == case.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_told_stands_inside_the_file_and_ends_as_a_sentence(
    folder: Path, case: Broken
) -> None:
    lay(folder, case)
    for problem in load.check(folder, files(folder)):
        rows = problem.path.read_text(encoding="utf-8").split("\n")
        assert 1 <= problem.place.line <= len(rows)
        assert 1 <= problem.place.column <= len(rows[problem.place.line - 1]) + 1
        assert problem.text.endswith((".", "?"))


def test_there_are_enough_broken_files_each_with_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 80


def test_the_sound_catalog_has_no_problem(folder: Path) -> None:
    assert told(folder) == []
    assert [topic.id for topic in load.load(files(folder)).topics] == [
        "vectors",
        "embeddings",
        "attention",
    ]


def test_a_key_without_a_value_is_as_if_it_were_not_there(folder: Path) -> None:
    path = folder / "resources.yaml"
    path.write_text(RESOURCES.replace("year: 2018", "year:"), encoding="utf-8")
    assert told(folder) == []
    assert load.load(files(folder)).resources[0].year is None


def test_all_problems_of_both_files_are_told_at_once_in_order(folder: Path) -> None:
    text = RESOURCES.replace("kind: course", "kind: coarse").replace("[vectors]", "[vector]")
    text = text.replace("title: Pairs", "title: Pa\u202eirs").replace("rows: 12k", "row: 12k")
    (folder / "resources.yaml").write_text(text, encoding="utf-8")
    text = ROADMAP.replace("module: maths", "module: math").replace("opinion: true", "opinion: no")
    (folder / "roadmap.yaml").write_text(text, encoding="utf-8")
    assert told(folder) == [
        "resources.yaml:8:11: 'kind' cannot be 'coarse'. Did you mean 'course'?",
        "resources.yaml:10:14: no topic 'vector'. Did you mean 'vectors'?",
        "resources.yaml:30:14: U+202E, right-to-left override, is not allowed in text. Remove it.",
        "resources.yaml:38:15: unknown key 'row'. Did you mean 'rows'?",
        "roadmap.yaml:7:14: module 'maths' has no topics. Add one, or remove the module.",
        "roadmap.yaml:12:13: no module 'math'. Did you mean 'maths'?",
        "roadmap.yaml:42:18: 'opinion' must be true or false, not 'no'. Write false.",
    ]


def test_two_circles_are_told_of_as_two(folder: Path) -> None:
    edges = {"a1": "a2", "a2": "a1", "b1": "b2", "b2": "b3", "b3": "b1", "c1": "a1"}
    text = ROADMAP[: ROADMAP.index("topics:")] + "topics:\n"
    for topic, need in edges.items():
        text += (
            f"  - id: {topic}\n    title: {topic}\n    module: maths\n"
            "    summary: One of the topics that lead around in a circle.\n"
            f"    requires: [{{topic: {need}, because: As it is needed for that.}}]\n"
        )
    path = folder / "roadmap.yaml"
    path.write_text(text, encoding="utf-8")
    circles = [row for row in told(folder) if "circle:" in row]
    assert circles == [
        "roadmap.yaml:14:24: prerequisites in a circle: a1 -> a2 -> a1. Remove one of them.",
        "roadmap.yaml:24:24: prerequisites in a circle: b1 -> b2 -> b3 -> b1. Remove one of them.",
    ]


def test_advice_for_curators_keeps_no_learner_from_a_catalog(folder: Path) -> None:
    path = folder / "roadmap.yaml"
    path.write_text(ROADMAP.replace("    core: [vectors-course]\n", ""), encoding="utf-8")
    assert len(told(folder)) == 1
    assert load.load(files(folder)).topics[0].core == ()


def test_a_broken_catalog_is_refused_with_every_problem(folder: Path) -> None:
    text = RESOURCES.replace("kind: course", "kind: 7").replace("year: 2018", "year: no")
    (folder / "resources.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        load.load(files(folder))
    assert caught.value.message == "The catalog has 2 problems."
    assert len(caught.value.details) == 2


def test_columns_count_characters_not_bytes(folder: Path) -> None:
    text = RESOURCES.replace("[Ada, Grace]", "[Žofie Š., 50]")
    (folder / "resources.yaml").write_text("\ufeff" + text, encoding="utf-8")
    expected = (
        "resources.yaml:11:25: item 2 of 'authors' must be text, not 50. Put it in quotes: \"50\"."
    )
    assert told(folder) == [expected]


def test_lines_of_other_systems_are_lines(folder: Path) -> None:
    text = RESOURCES.replace("year: 2018", "year: no")
    for end in ("\r\n", "\r"):
        (folder / "resources.yaml").write_bytes(text.replace("\n", end).encode())
        assert told(folder) == [
            "resources.yaml:12:11: 'year' must be a whole number, not 'no'. Use digits only."
        ]


def test_bytes_that_are_no_text_are_placed(folder: Path) -> None:
    (folder / "resources.yaml").write_bytes("version: 1\n# Žofie ".encode() + b"\xff\n")
    assert told(folder)[0] == ("resources.yaml:2:9: not UTF-8 from here on. Save it as UTF-8.")


def test_a_file_that_is_no_catalog_says_what_one_starts_with(folder: Path) -> None:
    sentence = "resources.yaml:1:1: not a catalog file. Start it with the keys"
    for text in ("", "# nothing yet\n", "- a list\n", "just words\n"):
        (folder / "resources.yaml").write_text(text, encoding="utf-8")
        assert told(folder, folder / "resources.yaml")[0] == (
            f"{sentence} version, sources, resources."
        )


def test_a_missing_file_is_told_of_and_the_other_still_checked(folder: Path) -> None:
    (folder / "roadmap.yaml").unlink()
    text = RESOURCES.replace("kind: course", "kind: coarse")
    (folder / "resources.yaml").write_text(text, encoding="utf-8")
    assert told(folder) == [
        "resources.yaml:8:11: 'kind' cannot be 'coarse'. Did you mean 'course'?",
        "roadmap.yaml:1:1: cannot be read: No such file or directory. Check the path.",
    ]


def test_a_lone_file_is_held_against_the_catalog_in_use(folder: Path, tmp_path: Path) -> None:
    lone = tmp_path / "mine.yaml"
    lone.write_text(RESOURCES.replace("[vectors]", "[vector]"), encoding="utf-8")
    found = load.check(lone, files(folder))
    assert [str(problem) for problem in found] == [
        f"{lone}:10:14: no topic 'vector'. Did you mean 'vectors'?"
    ]


# The guard's limits.


@pytest.mark.parametrize(
    ("text", "place"),
    [("[" * 200_000, (1, 21)), ("{a: " * 200_000, (1, 81)), ("- " * 200_000, (1, 41))],
    ids=["lists", "mappings", "dashes"],
)
def test_nesting_without_end_is_refused_at_the_limit(
    tmp_path: Path, text: str, place: tuple[int, int]
) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(document.Unreadable) as caught:
        document.read_document(path)
    assert [(one.place, one.text) for one in caught.value.problems] == [
        (place, "nested more than 20 deep. Flatten it.")
    ]


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(document.LARGEST + 1)
    with pytest.raises(document.Unreadable) as caught:
        document.read_document(path)
    assert str(caught.value) == (f"{path}:1:1: the file has more than 67,108,864 bytes. Split it.")


def test_too_many_values_are_refused_where_they_pass_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "MOST", 100)
    path = tmp_path / "many.yaml"
    path.write_text("[" + "a," * 1000 + "]", encoding="utf-8")
    with pytest.raises(document.Unreadable) as caught:
        document.read_document(path)
    assert str(caught.value) == f"{path}:1:200: more than 100 values. Split the file."


def test_a_bomb_of_aliases_is_never_written_out(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 30)]
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(rows), encoding="utf-8")
    found = document.read_document(path)
    assert len(found.faults) == 30 + 29 * 10
    assert found.value["a29"] == [None] * 10


def test_faults_without_number_are_told_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "noise.yaml"
    path.write_text("version: 1 # " + "\x07" * 100_000, encoding="utf-8")
    found = document.read_document(path)
    assert len(found.faults) == document.FAULTS
    assert found.faults[-1].place == (1, 13 + document.FAULTS)


@pytest.mark.parametrize("bomb", ["[" * 200_000, "? " * 200_000, "&a [" * 200_000, "'" * 300_001])
def test_bombs_leave_a_process_with_little_memory_alive(
    folder: Path, command: Command, bomb: str
) -> None:
    (folder / "resources.yaml").write_text(bomb, encoding="utf-8")
    ran = command("validate", "resources.yaml", memory=400 * 1024 * 1024)
    assert ran.returncode == 4
    assert "Traceback" not in ran.stderr
    assert ran.stderr.startswith("llmpath: The catalog has ")


def test_the_command_prints_problems_on_stderr_and_leaves_with_4(
    folder: Path, command: Command
) -> None:
    path = folder / "resources.yaml"
    path.write_text(RESOURCES.replace("kind: course", "kind: coarse"), encoding="utf-8")
    ran = command("validate", "resources.yaml")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr == (
        "llmpath: The catalog has 1 problem.\n"
        "  resources.yaml:8:11: 'kind' cannot be 'coarse'. Did you mean 'course'?\n"
    )


def test_the_command_is_content_with_a_sound_folder(command: Command) -> None:
    ran = command("validate", ".")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, ".: no problems\n", "")


def test_the_command_gives_problems_as_data(folder: Path, command: Command) -> None:
    path = folder / "roadmap.yaml"
    path.write_text(ROADMAP.replace("enough: 1", "enough: 3"), encoding="utf-8")
    ran = command("validate", "roadmap.yaml", "--json")
    assert ran.returncode == 4
    assert json.loads(ran.stdout) == {
        "schema_version": 1,
        "valid": False,
        "problems": [
            {
                "file": "roadmap.yaml",
                "line": 38,
                "column": 13,
                "problem": "'enough' is 3, but 'core' has 1. Lower it.",
            }
        ],
    }
