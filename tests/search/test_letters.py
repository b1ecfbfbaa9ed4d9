"""Words are found however their letters are typed: the index and a query fold alike."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from pathlib import Path
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.store.database.schema import WORDS
from llmpath.words import folded, indexed, quoted, tokens, tokens_of, words_of
from tests.conftest import SMALL, Run

FORMS = ("NFC", "NFD", "NFKC", "NFKD")
# Letters of many scripts, with the marks and invisible signs that stand in their words.
LETTERS = st.characters(
    categories=("Lu", "Ll", "Lt", "Lo", "Nd", "Mn", "Mc"), include_characters="\u00ad\u200b\u200d²ﬁ"
)
TITLES = {
    "Große Straße": ["strasse", "STRASSE", "STRAẞE", "grosse", "große"],
    "Søren Ærø": ["soren", "søren", "SØREN", "aero", "ærø"],
    "Łódź": ["lodz", "łódź", "ŁÓDŹ"],
    "Þór Guðmundur": ["thor", "gudmundur"],
    "İstanbul ılık": ["istanbul", "ISTANBUL", "ilik"],
    "ＡＩ ﾃﾞｰﾀ": ["ai", "AI", "データ"],
    "ﬁne œuvre": ["fine", "oeuvre", "œuvre"],
    "Ελλάς": ["ΕΛΛΑΣ", "ελλας", "ελλασ"],
    "Ещё йога": ["еще", "ЕЩЁ", "йога"],
    "हिन्दी भाषा": ["हिन्दी", "भाषा"],
    "한국어 모델을": ["모델을", "모델"],
    "学习RAG了注意力机制": ["学习", "rag", "注意力", "学习rag"],
    "اَلْعَرَبِيَّة": ["العربية"],
    "שָׁלוֹם": ["שלום"],
    "co\u00adoperative": ["cooperative", "co\u200boperative"],
    "Комп’ютер": ["комп'ютер", "компʼютер", "комп’ютер"],
    "Übung naïve": ["ubung", "übung", "naive"],
    "x² über": ["x2", "x²"],
}


def index_of(*texts: str) -> sqlite3.Connection:
    """Return an index of *texts* as the catalog's is."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE VIRTUAL TABLE t USING fts5(x, tokenize = "{WORDS}")')
    connection.executemany("INSERT INTO t VALUES (?)", [(indexed(text),) for text in texts])
    connection.execute("CREATE VIRTUAL TABLE cut USING fts5vocab('t', 'instance')")
    return connection


def test_the_index_cuts_each_character_of_unicode_as_we_do() -> None:
    texts = [
        f"a{char}b {char}"
        for char in map(chr, range(sys.maxunicode + 1))
        if category(char) not in ("Cs", "Cn")
    ]
    connection = index_of(*texts)
    cut: dict[int, list[str]] = {}
    for term, row in connection.execute("SELECT term, doc FROM cut ORDER BY doc, offset"):
        cut.setdefault(row, []).append(term)
    for row, text in enumerate(texts, 1):
        assert cut[row] == [token for _, _, token in tokens(text)], ascii(text)


@given(st.text(LETTERS, min_size=1, max_size=12))
def test_a_word_is_found_in_every_way_it_may_be_typed(word: str) -> None:
    if not words_of(word):
        return
    connection = index_of(f"before {word} after")
    typed = [word, word.upper(), word.lower(), folded(word)]
    for form in (*typed, *(normalize(name, one) for name in FORMS for one in typed)):
        found = connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (quoted(form),))
        assert found.fetchone() == (1,), ascii(form)
    connection.close()


@given(st.text(max_size=30))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert words_of(" ".join(words_of(text))) == words_of(text)


@given(st.text(max_size=30))
def test_the_tokens_say_where_they_stand_in_the_text(text: str) -> None:
    found = list(tokens(text))
    assert tokens_of(text).split() == [token for _, _, token in found]
    for start, end, token in found:
        assert token in tokens_of(text[start:end]).split()


def catalog(folder: Path) -> Path:
    """Return a folder with the small catalog and a resource for each of TITLES."""
    shutil.copytree(SMALL, folder)
    with (folder / "resources.yaml").open("a", encoding="utf-8") as file:
        for number, title in enumerate(TITLES):
            file.write(
                f"\n  - {{id: letters-{number}, title: {json.dumps(title)},"
                f' url: "https://letters.example/{number}", kind: article, level: beginner,'
                f" topics: [adding], authors: [{json.dumps(title)}],"
                " summary: Only here for the letters of its title and nothing more than that.,"
                " sources: [guide-a]}\n"
            )
    return folder


@pytest.fixture
def lettered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLMPATH_CATALOG", str(catalog(tmp_path / "catalog")))


def test_titles_authors_and_names_are_found_by_their_letters(lettered: None, run: Run) -> None:
    for number, (title, queries) in enumerate(TITLES.items()):
        for query in queries:
            hits = json.loads(run("search", "--exact", "--json", "--", query).out)["results"]
            assert hits[0]["id"] == f"letters-{number}", query
            assert hits[0]["title"] == title
            assert "title" in hits[0]["matched_in"], query
        for form in (title, title.upper(), folded(title), normalize("NFD", title)):
            assert run("show", form).out.startswith(run("show", f"letters-{number}").out[:30]), form
    listed = json.loads(run("list", "author:soren", "--json").out)["results"]
    assert [one["authors"] for one in listed] == [["Søren Ærø"]]


def test_what_matched_is_marked_in_the_title_as_it_is_written(
    lettered: None, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("LLMPATH_COLOR", "always")
    assert "\x1b[1;4mStraße" in run("search", "strasse").out


@pytest.mark.parametrize(
    ("body", "typed", "not_typed"),
    [
        ("今天学习了注意力机制", ["注意力", "今天 注意力", '"了注意"'], ["意注", '"今天注意"']),
        ("学习RAG了", ["rag", "学习", "学习rag"], ["习学"]),
        ("모델을 봤다", ["모델", "모델을"], ["델을"]),
        ("Søren sagde ja", ["soren", "SØREN"], ["sore"]),
        ("ลองใช้โมเดล", ["โมเดล"], []),
        ("データ基盤", ["ﾃﾞｰﾀ", "基盤"], ["テータ"]),
    ],
)
def test_words_inside_notes_are_found(
    small: Path, run: Run, body: str, typed: list[str], not_typed: list[str]
) -> None:
    run("note", "counting", body)
    run("note", "adding", "Something else altogether.")
    for query in typed:
        assert body in run("notes", query).out, query
        assert run("search", query).out.startswith("Topic  ○ Counting: ready"), query
    for query in not_typed:
        assert body not in run("notes", query, "with").out


def test_filters_narrow_topics_and_the_notes_on_them(small: Path, run: Run) -> None:
    run("note", "adding", "Carry the ten.")
    run("know", "counting", "-y")
    for query in ("topic:adding", "is:ready", "-is:known", "has:note", "-kind:video", "ten"):
        assert "Carry the ten." in run("notes", query).out, query
    for query in ("topic:counting", "is:known", "-is:ready", "kind:video", "is:todo"):
        assert "Carry the ten." not in run("notes", query).out, query
    assert run("search", "is:known").out.startswith("Topic  ✓ Counting: known, 0 of 2 done\n")
    assert "Topic" not in run("search", "adding", "is:known").out
    assert run("search", "ten").out.startswith("Topic  ○ Adding: ready")
