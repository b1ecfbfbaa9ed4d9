"""Markdown that is data stays data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from llmpath.export import markdown

HTML = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_text_renders_as_itself(text: str) -> None:
    tokens = HTML.parseInline("x" + markdown.text(text) + "x")
    shown = "".join(child.content for token in tokens for child in token.children or [])
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special"}
    assert shown == "x" + " ".join(markdown.harmless(text).split()) + "x"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://x.example/a_(b)", "[A \\[x\\]](https://x.example/a_%28b%29)"),
        ("javascript:alert(1)", "A \\[x\\]"),
        ("file:///etc/passwd", "A \\[x\\]"),
    ],
)
def test_links_go_to_the_web_only(url: str, shown: str) -> None:
    assert markdown.link("A [x]", url) == shown


def test_a_note_keeps_its_formatting_but_no_html() -> None:
    note = (
        "# Head\n<script>alert(1)</script> *kept* `a<b` 1 < 2\n```\n<div>\n```\n[l](javascript:x)"
    )
    assert markdown.quoted(note) == [
        "> # Head",
        "> &lt;script>alert(1)&lt;/script> *kept* `a<b` 1 < 2",
        "> ```",
        "> <div>",
        "> ```",
        "> [l](#x)",
    ]


def test_an_open_fence_ends_with_the_note() -> None:
    assert markdown.quoted("```\ncode")[-1] == "> ```"
    rendered = HTML.render("\n".join(markdown.quoted("```\ncode")) + "\n\nafter")
    assert "<p>after</p>" in rendered


@given(st.text(alphabet="<>`~ab \n/!?-*[]():", max_size=60))
def test_no_note_brings_html_into_a_report(note: str) -> None:
    tokens = HTML.parse("\n".join(markdown.quoted(note)))
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or []}
    assert not kinds & {"html_block", "html_inline"}
