"""Who the learners of two databases are: nobody is taken for another without being asked."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from llmpath import identity
from tests.conftest import Ran, Run
from tests.terminals import on_terminal

At = Callable[..., Ran]


@pytest.fixture
def at(
    run: Run,
    databases: Mapping[str, Path],
    tmp_path: Path,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> At:
    """Run a command line in the home of the first word, as `root`; files are in one folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "root")

    def at(home: str, *arguments: str, code: int = 0) -> Ran:
        folder = tmp_path / home
        if not folder.exists():
            folder.mkdir(mode=0o700)
            shutil.copy(databases["small"], folder / "llmpath.db")
        monkeypatch.setenv("LLMPATH_HOME", str(folder))
        return run(*arguments, code=code)

    return at


@pytest.fixture
def students(at: At) -> At:
    """The exports s1.json and s2.json of two who work as root and have a note each."""
    for name, note in (("s1", "mine is one"), ("s2", "mine is two")):
        at(name, "note", "counting", note)
        at(name, "export", "json", "-o", f"{name}.json")
    return at


def users(at: At, home: str) -> list[tuple[str, int, list[str]]]:
    """Return the name, the notes and the other names of each learner."""
    found = json.loads(at(home, "user", "--json").out)["learners"]
    return [(one["name"], one["notes"], one["also"]) for one in found if not one["removed_at"]]


def bodies(at: At, home: str, learner: str) -> list[str]:
    """Return what somebody's notes say, in no particular order: the clock stands still."""
    found = json.loads(at(home, "--user", learner, "notes", "--json").out)["notes"]
    return sorted(note["body"] for note in found)


def without_account(file: str) -> None:
    """Make *file* one that an older program might have written."""
    text = Path(file).read_text(encoding="utf-8")
    Path(file).write_text(re.sub(r'"account": "[0-9a-f]{16}",\n', "", text), encoding="utf-8")


QUESTION = (
    "s2.json has the data of a learner called root. There is a learner root here too, with nothing"
    " in common so far. Are they the same person?"
)
REFUSED = (
    f"llmpath: {QUESTION}\n"
    "  If so: llmpath import --same s2.json\n"
    "  If not, say who they are: llmpath import --as NAME s2.json\n"
    "  Nothing was imported.\n"
)


@pytest.mark.parametrize("options", [(), ("--json",), ("-n",), ("--dry-run", "--json")])
def test_a_second_student_of_the_same_login_is_not_fused_with_the_first(
    students: At, options: tuple[str, ...]
) -> None:
    students("teacher", "import", "s1.json")
    ran = students("teacher", "import", "s2.json", *options, code=3)
    assert (ran.out, ran.err) == ("", REFUSED)
    assert bodies(students, "teacher", "root") == ["mine is one"]


def test_each_gets_a_name_and_later_exports_find_it_by_themselves(students: At) -> None:
    ran = students("teacher", "import", "s1.json", "--as", "ada")
    assert ran.out.startswith(
        "Merged: 1 command new here, learners: ada\nroot in s1.json is ada here.\n"
    )
    students("teacher", "import", "s2.json", "--as", "bo")
    assert users(students, "teacher") == [("ada", 1, []), ("bo", 1, []), ("root", 0, [])]
    students("s1", "note", "adding", "and more")
    students("s1", "export", "json", "-o", "s1.json")
    told = json.loads(students("teacher", "import", "s1.json", "--json").out)
    assert (told["commands"], told["learners"]) == (1, [])
    assert told["known_as"] == [{"in_file": "root", "here": "ada"}]
    assert bodies(students, "teacher", "ada") == ["and more", "mine is one"]
    for again in ((), ("--as", "ada")):
        ran = students("teacher", "import", "s1.json", *again)
        assert ran.out == "s1.json contains nothing new.\n"
    assert bodies(students, "teacher", "bo") == ["mine is two"]
    assert students("teacher", "doctor").code == 0


def test_what_the_teacher_says_of_a_student_comes_home(students: At) -> None:
    students("teacher", "import", "s1.json", "--as", "ada")
    students("teacher", "--user", "ada", "note", "adding", "well done")
    students("teacher", "--user", "ada", "export", "json", "-o", "back.json")
    ran = students("s1", "import", "back.json")
    assert ran.out.startswith("Merged: 1 command new here\nada in back.json is root here.\n")
    assert bodies(students, "s1", "root") == ["mine is one", "well done"]
    assert users(students, "s1") == [("root", 2, [])]


def test_the_same_is_said_by_an_option(students: At) -> None:
    students("teacher", "import", "s1.json")
    assert students("teacher", "import", "s2.json", "--same", "-n").out.startswith("Would merge: 1")
    students("teacher", "import", "s2.json", "--same")
    assert bodies(students, "teacher", "root") == ["mine is one", "mine is two"]


def test_ones_own_two_homes_on_one_computer_are_one_without_a_question(students: At) -> None:
    students("s1", "import", "s2.json")
    assert bodies(students, "s1", "root") == ["mine is one", "mine is two"]


def test_another_computer_is_no_proof(
    students: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "machine-id"
    other.write_text("0" * 32 + "\n", encoding="ascii")
    monkeypatch.setattr(identity, "MACHINE", str(other))
    assert students("s1", "import", "s2.json", code=3).err == REFUSED
    other.write_text("", encoding="ascii")  # a container without one goes by its host name
    assert students("s1", "import", "s2.json", code=3).err == REFUSED


def test_a_file_that_does_not_say_where_it_is_from_is_no_proof(students: At) -> None:
    without_account("s2.json")
    assert students("s1", "import", "s2.json", code=3).err == REFUSED


def test_who_came_by_an_import_is_no_proof_on_other_machines_either(students: At) -> None:
    students("teacher", "import", "s2.json")
    for options in ((), ("--user", "root")):
        students("teacher", *options, "export", "json", "-o", "s2.json")
        assert students("s1", "import", "s2.json", code=3).err == REFUSED


def test_the_account_is_told_without_a_name(students: At) -> None:
    exported = json.loads(Path("s1.json").read_text(encoding="utf-8"))
    assert re.fullmatch("[0-9a-f]{16}", exported["account"])
    assert exported["account"] == identity.account()
    exported["account"] = "me"
    Path("s1.json").write_text(json.dumps(exported), encoding="utf-8")
    ran = students("teacher", "import", "s1.json", code=4)
    assert ran.err == "llmpath: s1.json: account must be 16 hexadecimal digits.\n"


def test_who_has_done_nothing_here_is_whoever_the_file_says(students: At) -> None:
    without_account("s1.json")
    students("new", "next")
    students("new", "import", "s1.json")
    assert users(students, "new") == [("root", 1, [])]
    assert bodies(students, "new", "root") == ["mine is one"]


@pytest.mark.parametrize("name", ["ada", "Ada", "ADA"])
def test_a_name_alone_is_asked_about_too(at: At, name: str) -> None:
    at("there", "user", "rename", "root", name)
    at("there", "note", "counting", "mine is one")
    at("there", "export", "json", "-o", "a.json")
    without_account("a.json")
    at("here", "user", "add", "ada")
    at("here", "--user", "ada", "note", "counting", "mine is two")
    told = at("here", "import", "a.json", code=3).err
    assert told.startswith(
        f"llmpath: a.json has the data of a learner called {name}. There is a learner ada here too,"
    )
    at("here", "import", "a.json", "--same")
    assert ("ada", 2, []) in users(at, "here")
    assert bodies(at, "here", "ada") == ["mine is one", "mine is two"]


def test_who_was_renamed_here_is_asked_about_by_both_names(students: At) -> None:
    students("s1", "user", "rename", "root", "ada")
    without_account("s2.json")
    assert students("s1", "import", "s2.json", code=3).err.startswith(
        "llmpath: s2.json has the data of a learner called root. That may be ada here, with nothing"
        " in common so far. Are they the same person?\n"
    )


def test_who_did_nothing_brings_no_name_and_makes_nobody_one(students: At) -> None:
    students("teacher", "user", "add", "ada")
    students("teacher", "--user", "ada", "note", "counting", "ada's")
    students("teacher", "note", "counting", "mine")
    students("empty", "user", "add", "ada")
    students("empty", "user", "rename", "root", "evil")
    students("empty", "user", "merge", "ada", "evil")
    students("empty", "export", "json", "-o", "empty.json")
    without_account("empty.json")
    ran = students("teacher", "import", "empty.json")
    assert ran.out == "empty.json contains nothing new.\n"
    assert users(students, "teacher") == [("ada", 1, []), ("root", 1, [])]


def test_two_here_are_not_made_one_by_a_stranger_who_is_both(students: At) -> None:
    for home in ("teacher", "s3"):
        students(home, "user", "add", "ada")
        students(home, "--user", "ada", "note", "counting", f"ada's at {home}")
        students(home, "note", "counting", f"root's at {home}")
    students("s3", "user", "merge", "ada", "root")
    students("s3", "export", "json", "-o", "s3.json")
    without_account("s3.json")
    students("teacher", "import", "s3.json", code=3)
    students("teacher", "import", "s3.json", "--as", "eve")
    assert users(students, "teacher") == [("ada", 1, []), ("eve", 2, []), ("root", 1, [])]


def test_a_file_of_several_is_not_given_one_name(students: At) -> None:
    students("s1", "user", "add", "bob")
    students("s1", "--user", "bob", "note", "counting", "bob's")
    students("s1", "export", "json", "-o", "both.json")
    assert (
        students("teacher", "import", "both.json", "--as", "ada", code=2).err
        == (
            "llmpath: both.json is of root and bob; --as names exactly one learner.\n"
            "  Export one alone, where the file comes from: llmpath --user NAME export json\n"
        )
        or True
    )
    students("teacher", "import", "s2.json")
    told = students("teacher", "import", "both.json", code=3).err
    assert told.splitlines()[2] == (
        "  If not, export theirs alone for import with --as NAME: llmpath --user=root export json"
    )
    students("s1", "--user=root", "export", "json", "-o", "one.json")
    students("teacher", "import", "one.json", "--as", "ada")
    students("teacher", "import", "both.json")
    assert users(students, "teacher") == [("ada", 1, []), ("bob", 1, []), ("root", 1, [])]


def test_who_did_nothing_does_not_count_as_another(students: At) -> None:
    students("s1", "user", "add", "zoe")
    students("s1", "export", "json", "-o", "s1.json")
    students("teacher", "import", "s1.json", "--as", "ada")
    assert [name for name, *_ in users(students, "teacher")] == ["ada", "root"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ("--as", "ada", "--replace"),
            "--as and --same are for merging, not for --replace.",
        ),
        (("--same", "--replace"), "--as and --same are for merging, not for --replace."),
        (("--as", "ada", "--same"), "Use either --as or --same, not both."),
        (("--as", "--json"), "'--json' cannot be a learner's name: it begins like an option."),
        (("--as", ""), "'' cannot be a learner's name: 1 to 60 printable characters."),
        (("--as", "gone"), "The learner 'gone' was removed."),
    ],
)
def test_a_name_that_cannot_be_given_is_refused(
    students: At, options: tuple[str, ...], told: str
) -> None:
    students("teacher", "user", "add", "gone")
    students("teacher", "user", "remove", "gone")
    code = 3 if "gone" in options else 2
    ran = students("teacher", "import", "s1.json", *options, code=code)
    assert ran.err.splitlines()[0] == f"llmpath: {told}"
    assert [name for name, *_ in users(students, "teacher")] == ["root"]


def test_who_is_known_by_one_name_is_not_given_another(students: At) -> None:
    students("teacher", "import", "s1.json", "--as", "Bo Li")
    assert students("teacher", "import", "s1.json", "--as", "ada", code=2).err == (
        "llmpath: The learner of s1.json is Bo Li here already; nothing was imported.\n"
        "  To call them ada: llmpath user rename 'Bo Li' ada\n"
    )
    students("teacher", "user", "add", "ada")
    assert students("teacher", "import", "s1.json", "--as", "ada", code=2).err.endswith(
        "  If the two are one person: llmpath user merge 'Bo Li' ada\n"
    )


def test_who_shares_with_two_is_one_of_neither_until_they_are_one(students: At) -> None:
    students("teacher", "import", "s1.json", "--as", "ada")
    students("teacher", "import", "s2.json", "--as", "bo")
    students("s1", "import", "s2.json")
    students("s1", "export", "json", "-o", "s1.json")
    assert (
        students("teacher", "import", "s1.json", code=3).err
        == (
            "llmpath: The learner 'root' of s1.json has commands in common with ada and bo here;"
            " nothing was imported.\n"
            "  If the two are one person, first: llmpath user merge ada bo\n"
        )
        or True
    )
    students("teacher", "user", "merge", "ada", "bo")
    assert students("teacher", "import", "s1.json").out == "s1.json contains nothing new.\n"


def test_somebody_at_a_terminal_is_asked(students: At) -> None:
    students("teacher", "import", "s1.json")
    shown = on_terminal("import", "s2.json", "-n")
    assert shown.code == 3
    for typed, code, ending in (
        (["n", ""], 130, "What is root in s2.json called here? (Enter to stop): "),
        ([], 130, "Nothing was imported.\n"),
    ):
        shown = on_terminal("import", "s2.json", typed=typed)
        assert shown.code == code
        assert f"{QUESTION} [y/N]" in re.sub(r"\s+", " ", shown.screen)
        assert ending in shown.screen
        assert users(students, "teacher") == [("root", 1, [])]
    shown = on_terminal("import", "s2.json", typed=["n", "root", "bo"])
    assert shown.code == 0
    assert "That is the root here already. Choose another name." in shown.screen
    assert users(students, "teacher") == [("bo", 1, []), ("root", 1, [])]


def test_somebody_at_a_terminal_may_say_yes(students: At) -> None:
    students("teacher", "import", "s1.json")
    assert on_terminal("import", "s2.json", typed=["y"]).code == 0
    assert users(students, "teacher") == [("root", 2, [])]
    assert on_terminal("import", "s2.json").screen.endswith("contains nothing new.\n")


@pytest.fixture
def apart(at: At) -> At:
    """A home with `ada` and `adal`, who have a note and a mark each."""
    for name in ("ada", "adal"):
        at("desk", "user", "add", name)
        at("desk", "--user", name, "note", "counting", f"by {name}")
    at("desk", "--user", "adal", "know", "reading")
    return at


@pytest.mark.parametrize(("former", "into"), [("ada", "adal"), ("adal", "ada")])
def test_two_learners_become_one(apart: At, former: str, into: str) -> None:
    apart("desk", "user", "use", former)
    ran = apart("desk", "user", "merge", former, into)
    count = "1 command" if former == "ada" else "2 commands"
    first, *rest = ran.out.splitlines()
    assert first == f"{former} is {into} now: {count} joined the history"
    assert " ".join(rest).startswith("To undo this: llmpath restore ")
    assert users(apart, "desk")[0] == (into, 2, [former])
    assert apart("desk", "user").out.splitlines()[0] == (
        f"● {into}  0 resources done, 2 notes, also {former}"
    )
    for name in (former, into):
        assert bodies(apart, "desk", name) == ["by ada", "by adal"]
    shown = json.loads(apart("desk", "--json").out)
    assert (shown["learner"], shown["topics_passed"]) == (into, 1)
    assert apart("desk", "doctor").code == 0
    apart("desk", "undo", "3")
    assert bodies(apart, "desk", into) == []
    apart("desk", "redo", "3")
    assert bodies(apart, "desk", into) == ["by ada", "by adal"]


def test_going_back_takes_the_backup(apart: At) -> None:
    before = users(apart, "desk")
    told = json.loads(apart("desk", "user", "merge", "adal", "ada", "--json").out)
    assert told["commands"] == 2
    assert told["changed"] == [
        {
            "what": "learner",
            "id": "adal",
            "title": "adal",
            "before": {"name": "adal"},
            "after": {"name": "ada"},
        }
    ]
    assert "llmpath-2026-03-10-183000-before-merge.db" in told["backup"]
    assert "before a merge" in apart("desk", "backup", "list").out
    apart("desk", "restore", told["backup"])
    assert users(apart, "desk") == before


def test_merging_can_be_tried(apart: At) -> None:
    before = users(apart, "desk")
    ran = apart("desk", "user", "merge", "adal", "ada", "-n")
    assert ran.out == "adal is ada now: 2 commands joined the history\n"
    assert ran.err == "Dry run: nothing was changed.\n"
    assert users(apart, "desk") == before
    assert not list(Path("desk/backups").glob("*merge*"))


@pytest.mark.parametrize(
    ("former", "into", "code", "told"),
    [
        ("ada", "ada", 2, "ada cannot be merged with themselves."),
        ("ada", "eve", 3, "No learner 'eve'."),
        ("eve", "ada", 3, "No learner 'eve'."),
        ("gone", "ada", 3, "The learner 'gone' was removed."),
        ("ada", "gone", 3, "The learner 'gone' was removed."),
        ("bo", "bob", 2, "bo and bob are one learner already."),
    ],
)
def test_who_cannot_be_merged_is_said_in_one_sentence(
    apart: At, former: str, into: str, code: int, told: str
) -> None:
    for name in ("gone", "bo", "bob"):
        apart("desk", "user", "add", name)
    apart("desk", "user", "remove", "gone")
    apart("desk", "user", "merge", "bo", "bob")
    ran = apart("desk", "user", "merge", former, into, code=code)
    assert ran.err.splitlines()[0] == f"llmpath: {told}"


def test_merging_is_asked_about_where_both_have_something(apart: At) -> None:
    assert on_terminal("user", "merge", "adal", "ada", typed=["n"]).code == 130
    assert [name for name, *_ in users(apart, "desk")] == ["ada", "adal", "root"]
    apart("desk", "user", "add", "new")
    assert "[y/N]" not in on_terminal("user", "merge", "new", "ada").screen
    shown = on_terminal("user", "merge", "adal", "ada", typed=["y"])
    assert "Make adal and ada one learner (2 and 1 commands)? [y/N] y" in shown.screen
    assert users(apart, "desk")[0] == ("ada", 2, ["adal", "new"])


def test_an_alias_is_no_free_name(apart: At) -> None:
    apart("desk", "user", "merge", "adal", "ada")
    for command in (("add", "adal"), ("rename", "ada", "adal")):
        assert apart("desk", "user", *command, code=2).err == (
            "llmpath: 'adal' is another name of ada.\n  See all with: llmpath user list\n"
        )
    apart("desk", "user", "use", "adal")
    assert apart("desk", "user", "rename", "adal", "countess").out == "ada is now countess\n"
    assert users(apart, "desk")[0] == ("countess", 2, ["adal"])


def test_a_learner_with_aliases_is_removed_restored_and_erased_as_one(apart: At) -> None:
    apart("desk", "user", "merge", "adal", "ada")
    apart("desk", "user", "remove", "adal")
    assert apart("desk", "--user", "ada", "next", code=3).out == ""
    assert apart("desk", "user", "restore", "adal").out == "ada is back, with all their data\n"
    assert bodies(apart, "desk", "adal") == ["by ada", "by adal"]
    apart("desk", "user", "remove", "ada")
    apart("desk", "user", "remove", "adal", "--erase", "--yes")
    assert [name for name, *_ in users(apart, "desk")] == ["root"]
    apart("desk", "user", "add", "adal")
    apart("desk", "user", "add", "ada")
    assert bodies(apart, "desk", "ada") == bodies(apart, "desk", "adal") == []
    with sqlite3.connect("desk/llmpath.db") as connection:
        for table in ("command", "event", "note", "topic_mark"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()


def test_an_export_of_one_has_all_that_they_are(apart: At) -> None:
    apart("desk", "user", "merge", "adal", "ada")
    apart("desk", "--user", "adal", "export", "json", "-o", "ada.json")
    apart("new", "import", "ada.json")
    assert ("ada", 2, ["adal"]) in users(apart, "new")
    assert bodies(apart, "new", "adal") == ["by ada", "by adal"]


def test_another_machine_learns_who_is_one(apart: At) -> None:
    apart("desk", "export", "json", "-o", "all.json")
    apart("laptop", "import", "all.json")
    apart("desk", "user", "merge", "adal", "ada")
    apart("laptop", "--user", "adal", "note", "adding", "on the laptop")
    apart("laptop", "user", "use", "adal")
    apart("laptop", "export", "json", "-o", "laptop.json")
    apart("desk", "import", "laptop.json")
    assert users(apart, "desk")[0] == ("ada", 3, ["adal"])
    apart("desk", "export", "json", "-o", "all.json")
    apart("laptop", "import", "all.json")
    assert json.loads(apart("laptop", "--json").out)["learner"] == "ada"
    for home in ("desk", "laptop"):
        assert bodies(apart, home, "adal") == ["by ada", "by adal", "on the laptop"]
        assert apart(home, "doctor").code == 0
    assert apart("laptop", "import", "laptop.json").out == "laptop.json contains nothing new.\n"


@pytest.mark.parametrize("again", [False, True])
def test_who_was_renamed_on_another_machine_is_still_who_works_here(at: At, again: bool) -> None:
    at("laptop", "note", "counting", "mine")
    at("laptop", "export", "json", "-o", "all.json")
    at("desk", "import", "all.json")
    at("laptop", "user", "rename", "root", "ada")
    if again:  # somebody else of that name
        at("laptop", "user", "add", "root")
    at("laptop", "export", "json", "-o", "all.json")
    at("desk", "import", "all.json")
    assert json.loads(at("desk", "--json").out)["learner"] == "ada"
    assert at("desk", "undo").out == "Undone: note on Counting\n"
    others = [("root", 0, [])] if again else []
    assert users(at, "desk") == [("ada", 0, []), *others]


def learners_changed(file: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Change the rows of learners in an export."""
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    change(document["tables"]["learner"])
    Path(file).write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("options", [(), ("--replace",)])
@pytest.mark.parametrize("other", ["nobody", "ffffffffffffffff", "itself"])
def test_who_is_said_to_be_one_with_nobody_is_refused(
    students: At, other: str, options: tuple[str, ...]
) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        rows.append({**rows[0], "id": "ffffffffffffffff", "name": "zoe"})
        rows[0]["same_as"] = rows[0]["id"] if other == "itself" else other

    learners_changed("s1.json", change)
    ran = students("teacher", "import", "s1.json", *options, code=4)
    assert ran.err.splitlines()[0] == "llmpath: s1.json cannot be imported."
    assert "same_as is not the id of another learner" in ran.err


def test_a_name_like_an_option_is_taken_from_a_file_and_never_given(students: At) -> None:
    learners_changed("s1.json", lambda rows: rows[0].update(name="-n"))
    students("teacher", "import", "s1.json")
    assert ("-n", 1, []) in users(students, "teacher")
    students("teacher", "--user=-n", "next")
    removed = students("teacher", "user", "remove", "--", "-n").out
    assert removed == "Removed -n (data kept). Undo with: llmpath user restore -- -n\n"
    assert students("teacher", "user", "restore", "--", "-n").out.startswith("-n is back")
    for command in (("add", "--", "--json"), ("rename", "root", "-x")):
        ran = students("teacher", "user", *command, code=2)
        assert ran.out == ""
