"""Markdown that is data stays data."""

from __future__ import annotations

from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from llmpath.export import markdown
from tests.export.rendering import READERS, cmark, faults, github

HTML = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_text_renders_as_itself(text: str) -> None:
    tokens = HTML.parseInline("x" + markdown.text(text) + "x")
    shown = "".join(child.content for token in tokens for child in token.children or [])
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special"}
    assert shown == "x" + markdown.harmless(" ".join(text.split())) + "x"


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


def test_an_open_fence_ends_with_the_note() -> None:
    assert markdown.quoted("```\ncode")[-1] == "> ```"
    rendered = HTML.render("\n".join(markdown.quoted("```\ncode")) + "\n\nafter")
    assert "<p>after</p>" in rendered


@pytest.mark.parametrize(
    "title",
    [
        "- a",
        "+ a",
        "1. a",
        "12) a",
        "= a",
        "---",
        "# a #",
        "[ ] a",
        "<x-y>",
        "a | b",
        "[a](javascript:x)",
        "[r]: javascript:x",
        "ftp://a.bc",
        "www.a.bc",
        "https://a.bc",
        "a `b` *c* _d_ ~~e~~ &lt; $x$",
        "\\",
    ],
)
def test_a_title_is_text_to_every_reader_wherever_it_stands(title: str) -> None:
    for render in READERS.values():
        shown = render(markdown.text(title))
        assert unescape(shown) == f"<p>{title}</p>\n"
        for around in ("- {}", "# {}", "**{}**", "| {} |\n|---|"):
            html = render(around.format(markdown.text(title)))
            assert escape(title, quote=False) in html.replace("&quot;", '"')
            assert not faults(html)


def test_an_address_for_a_chat_is_no_link_in_a_title() -> None:
    assert not faults(github(markdown.text("see xmpp:a@b.cd")))


def test_an_entity_in_an_address_stays_as_it_is_written() -> None:
    assert 'href="https://a.bc/?a=1&amp;amp;lt;=2&amp;b"' in cmark(
        markdown.link("A", "https://a.bc/?a=1&amp;lt;=2&b")
    )
