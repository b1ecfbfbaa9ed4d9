"""What a learner reads is plain English: words that sound translated stay out of it.

Held against the table: every string of the program (docstrings count only where they are help
texts), the pages, and the prose of the catalog.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "llmpath"


class Rule(NamedTuple):
    """A pattern that sounds translated, and what people say instead."""

    pattern: str
    instead: str


# Kept out of everything that is read.
RULES = (
    Rule(r"mend(?:s|ed|ing)?", "fix, rebuild"),
    Rule(r"anew", "again; rebuild, rewrite"),
    Rule(r"(?:take|takes|taken|taking|took) (?:\w+ ){0,3}back", "undo"),
    Rule(r"(?:be|been|are|is|you|get|gets) through(?= on| by|[.,;:]|$)", "finish"),
    Rule(r"heed(?:s|ed|ing)?", "restore, stop ignoring"),
    Rule(r"so long(?! as)", "at most N minutes"),
    Rule(r"of (?:yours|ours|theirs|hers)", "your, our, their"),
    Rule(r"hang(?:s|ing)? (?:on|in the air)", "depends on; is not connected"),
    Rule(r"get(?:s|ting)? at (?:it|them|\{)", "can read"),
    Rule(r"dear(?:er|est|ly)?", "expensive"),
    Rule(r"(?:keep|keeps|kept|keeping) (?:\w+ )?aside", "set aside"),
    Rule(r"(?:on|at) (?:the|your) way there|the way there", "the path there"),
    Rule(r"all the same(?! \w)", "anyway, still"),
    Rule(r"as before(?=:)", "already done; nothing changed"),
    Rule(r"bit for bit", "exactly"),
    Rule(r"in a blink", "instantly"),
    Rule(r"from now on", "now"),
    Rule(r"wants? (?:more|understanding)", "needs"),
)

# Kept out of what the program and the pages say. In the catalog they are the ordinary words for
# what models do: a whole text, a layer that leaves out the mean, a chapter that lays out a method.
RULES_OF_THE_PROGRAM = (
    Rule(r"whole", "complete, entire; ok"),
    Rule(r"(?:taken?|takes|taking|took) (?:\w+ )?away", "remove"),
    Rule(r"(?:is|are|be|nothing) like that", "no matches"),
    Rule(r"(?:lay|lays|laid|laying) (?:\w+ )?out", "format"),
    Rule(r"(?:leave|leaves|left|leaving) (?:\w+ ){0,3}out", "skip, omit, remove, hide"),
    Rule(r"the way (?:to|from)", "the path to; how to"),
    Rule(r"on (?:the|your) way to", "on the path to"),
    Rule(r"(?:if (?:\w+ ){1,4})say so|say another", "give, choose; mark"),
    Rule(r"(?:only|just) says?", "only show"),
    Rule(r"(?:has|have) no place in", "is not allowed in"),
    Rule(r"stands? (?:at|in|twice)", "is at, is on, appears"),
    Rule(r"(?:is|are) wanted", "is needed"),
    Rule(r"(?:of|from) before", "earlier, former"),
    Rule(r"(?:is|are) no (?:export|number|id|address|date)", "is not a"),
    Rule(r"(?:could|can) you (?:have told|tell)", "did you know it"),
    Rule(r"could be (?:\w+|\{[^}]*\}) things", "matches N entries"),
    Rule(r"(?:digits|alone)\. Write|digits alone", "digits only"),
    Rule(r"one's own|one (?:can|may|disagrees|gets|codes)", "you, your"),
    Rule(r"some(?:body|one) of", "someone"),
    Rule(r"bring(?:s|ing)? (?:\w+ )?up to date|brought (?:\w+ )?up to date", "upgrade"),
)

# Phrases with a word of the table that are right as they are; they are cut before the search.
ALLOWED = (
    r"whole[- ]numbers?",  # arithmetic has no other word
    r"whole[- ]words?",  # of search
    r"(?:as|on) (?:a|the) whole",
    # The older name of `ignore --undo`, kept for those who use it: the command, and what the log
    # calls it.
    r"^heed\Z",
    r"^opinions:heed\Z",
    r"llmpath heed\b",
    r"`heed`",
    # Keys that other programs read: of exports, and in the JSON of `place` and `doctor --fix`.
    r"^whole\Z",
    r"`whole`",
    r"^mended\Z",
    r"`mended`",
    # What a check of `doctor` is called, in JSON too.
    r"^kept aside\Z",
)

PAGES = (
    "README.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/cli.md",
    *(
        f"docs/{path.name}"
        for path in sorted((ROOT / "docs").glob("*.md"))
        if path.name != "cli.md"
    ),
)
PROSE = ("summary", "because", "ask", "answer", "text", "definition")

# Word lists that search reads, never a learner.
UNREAD = {"words.py", "search/words.py", "search/letters.py", "search/spelling.py"}

_STATEMENT = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|SAVEPOINT|ROLLBACK|RELEASE"
    r"|WITH \w+ AS|FROM \w+|(?:LEFT )?JOIN|WHERE|ORDER BY)\b"
)


def _joined(rules: Sequence[Rule]) -> re.Pattern[str]:
    """Return one pattern for all *rules*, a group for each; a phrase may go over two lines."""
    groups = "|".join(f"({rule.pattern})" for rule in rules).replace(" ", r"\s+")
    return re.compile(rf"\b(?:{groups})\b", re.I)


_ALLOWED = re.compile("|".join(ALLOWED), re.I)
_EVERYWHERE = (RULES, _joined(RULES))
_PROGRAM = ((*RULES, *RULES_OF_THE_PROGRAM), _joined((*RULES, *RULES_OF_THE_PROGRAM)))


def faults(text: str, of_catalog: bool = False) -> list[tuple[int, str]]:
    """Return what in *text* sounds translated: the line within it, from 0, and the remedy."""
    rules, pattern = _EVERYWHERE if of_catalog else _PROGRAM
    read = _ALLOWED.sub(lambda found: "~" * len(found[0]), text)
    return [
        (
            text.count("\n", 0, found.start()),
            f"{' '.join(found[0].split())!r}: say {rules[(found.lastindex or 1) - 1].instead!r}",
        )
        for found in pattern.finditer(read)
    ]


def _of_re(function: ast.expr) -> bool:
    """Say whether a *function* that is called is one of the module re: its strings are patterns."""
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    )


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each string of a module that a learner may read, with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name = path.relative_to(SOURCE).as_posix()
    nodes = list(ast.walk(tree))
    unread: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            helps = isinstance(node, ast.FunctionDef) and (
                name.startswith("cli/commands/") or (name == "cli/app.py" and node.name == "root")
            )
            first = node.body[0] if node.body else None
            if not helps and isinstance(first, ast.Expr):
                unread.add(id(first.value))
        elif isinstance(node, ast.Call) and _of_re(node.func):
            unread |= {id(part) for part in ast.walk(node)}
    for node in nodes:
        if id(node) in unread:
            continue
        if isinstance(node, ast.JoinedStr):
            unread |= {id(part) for part in ast.walk(node)}
            text = "".join(
                part.value if isinstance(part, ast.Constant) else "{}"  # type: ignore[misc]
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if not _STATEMENT.match(text):
            yield node.lineno, text


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each text of a catalog file, with its line; read by lines, for speed."""
    start = 0
    parts: list[str] = []
    field = re.compile(r"(\s*)(?:- )?(\w+): ?(?:[>|]-?$)?(.*)")
    margin = -1
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        indent = len(row) - len(row.lstrip())
        if parts and indent > margin:
            parts.append(row)
            continue
        if parts:
            yield start, "\n".join(parts)
        parts = []
        found = field.match(row)
        if found and found[2] in PROSE:
            margin = indent + (2 if row.lstrip().startswith("- ") else 0)
            start, parts = number, [found[3]]
    if parts:
        yield start, "\n".join(parts)


def _complaints(
    path: Path, texts: Iterator[tuple[int, str]], of_catalog: bool = False
) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line + offset}: {remedy}"
        for line, text in texts
        for offset, remedy in faults(text, of_catalog)
    ]


def test_what_the_program_says_is_plain() -> None:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.relative_to(SOURCE).as_posix() not in UNREAD:
            found += _complaints(path, strings(path))
    assert found == []


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_plain(name: str) -> None:
    path = ROOT / name
    assert _complaints(path, iter([(1, path.read_text(encoding="utf-8"))])) == []


@pytest.mark.parametrize("name", ["resources", "roadmap", "glossary"])
def test_the_catalog_is_plain(name: str) -> None:
    path = ROOT / "data" / f"{name}.yaml"
    texts = list(prose(path))
    assert len(texts) > 100
    assert _complaints(path, iter(texts), of_catalog=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "Take back the last command whole.",
        "Only what takes at most so long.",
        "You are through on 2026-12-11, 35 days early.",
        "You would be through on 2026-12-11.",
        "Nothing you are ready for is like that.",
        "As before: Counting",
        "The way to where? You have no goal yet.",
        "Left out, since you know it: Counting",
        "Not recommended: you left it out.",
        "To choose from it all the same: llmpath next",
        "Commands are Bo Li's from now on",
        "The backup is not whole",
        "order does not hang on it",
        "Have it built anew: llmpath doctor --fix",
        "others can get at it (mode 0755)",
        "'counting' hangs in the air. Mend it.",
        "Take it away. Write digits alone.",
        "would be laid out anew",
        "what you have now is kept aside",
        "brings it back bit for bit",
        "'python' could be 3 things.",
        "YAML files that anybody can mend",
        "in your terminal, in a blink and with reasons",
        "an experiment too dear for a paper",
        "Set LLMPATH_HOME to a folder of yours.",
        "a command can be taken\n    back",
    ],
)
def test_a_sentence_that_sounded_translated_is_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "'year' must be a whole number, not 'no'.",
        "Searches for whole words only.",
        "Restore a prerequisite: llmpath heed rag llm-apis",
        "Skip through the list, in the end.",
        "All the same words in another order.",
    ],
)
def test_a_plain_sentence_is_not(text: str) -> None:
    assert faults(text) == []
