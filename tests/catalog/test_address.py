"""Two spellings of one page compare equal; two pages do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.catalog.address import canonical


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("http://www.x.org/a/", "https://x.org/a"),
        ("https://x.org/a?utm_source=l&b=1", "https://x.org/a?b=1"),
        ("https://x.org//a//b", "https://x.org/a/b"),
        ("https://x.org/a%20b", "https://x.org/a b"),
        ("https://x.org/a#part", "https://x.org/a"),
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "https://arxiv.org/abs/1706.03762"),
        ("https://arxiv.org/pdf/1706.03762", "http://export.arxiv.org/abs/1706.03762"),
        ("https://youtu.be/kCc8FmEb1nY?si=x", "https://www.youtube.com/watch?v=kCc8FmEb1nY&t=187s"),
        ("https://openreview.net/pdf?id=abc", "https://openreview.net/forum?id=abc"),
        (
            "https://aclanthology.org/2023.inlg-main.35.pdf",
            "https://aclanthology.org/2023.inlg-main.35",
        ),
        ("https://github.com/Own/Repo.git", "https://github.com/own/repo/tree/main"),
    ],
)
def test_spellings_of_one_page_are_equal(one: str, two: str) -> None:
    assert canonical(one) == canonical(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://x.org/a", "https://x.org/b"),
        ("https://x.org/a?v=1", "https://x.org/a?v=2"),
        ("https://x.org/A", "https://x.org/a"),
        ("https://youtube.com/watch?v=abc", "https://youtube.com/watch?v=ABC"),
        ("https://github.com/o/r/tree/main/x", "https://github.com/o/r"),
        ("https://x.org/#/one", "https://x.org/#/two"),
        ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03763"),
    ],
)
def test_different_pages_are_not(one: str, two: str) -> None:
    assert canonical(one) != canonical(two)


@given(st.text(max_size=60))
def test_any_text_has_a_form_that_is_its_own(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once or "://" in text


@given(st.text(alphabet="abc/.?=&#%:[]@ ", max_size=40))
def test_no_address_is_too_odd(rest: str) -> None:
    assert isinstance(canonical(f"https://{rest}"), str)
