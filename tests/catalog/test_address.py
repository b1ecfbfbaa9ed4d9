"""Two spellings of one page compare equal; two pages do not."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmpath.catalog.address import LONGEST, canonical, doubtful
from tests.conftest import ROOT

_TEXT = (ROOT / "tests" / "catalog" / "spellings.txt").read_text(encoding="utf-8")
_BLOCKS = [
    [line for line in block.splitlines() if not line.startswith("# ")]
    for block in _TEXT.split("\n\n")
]
WORKS = [block for block in _BLOCKS if block]
SPELLINGS = [(work[0], spelling) for work in WORKS for spelling in work]


@pytest.mark.parametrize(("work", "spelling"), SPELLINGS)
def test_spellings_of_one_page_are_equal(work: str, spelling: str) -> None:
    assert canonical(spelling) == canonical(work)
    assert canonical(canonical(spelling)) == canonical(spelling)


def test_different_pages_are_not() -> None:
    assert len(SPELLINGS) >= 150
    forms = [canonical(work[0]) for work in WORKS]
    assert not [(a, b) for a, b in combinations(forms, 2) if a == b]


@pytest.mark.parametrize(
    "text",
    [
        *("", "attention", "GPT-3.5", "a/b", "me@x.example", "1706.03762", "mailto:me@x.example"),
        *(
            "javascript:alert(1)",
            "ftp://x.example/a",
            "https://",
            "https://[::1]/a",
            "http://a:b/c",
        ),
        *("arXiv:attention", "doi:11.1/a", "the paper at x.example/a", "https://x.example:99a/"),
    ],
)
def test_what_is_no_address_of_the_web_is_left_as_it_is(text: str) -> None:
    assert canonical(f" {text}\n") == text


PIECES = [
    *("https://", "http://", "//", "git@", "ssh://", "git+", "doi:", "arXiv:", "10.48550/", "www."),
    *("arxiv.org", "ar5iv.org", "doi.org", "youtube.com", "youtu.be", "github.com", "hf.co"),
    *("web.archive.org/web/2020/", "google.com/amp/s/", "google.com/url?q=", "aclanthology.org"),
    *("raw.githubusercontent.com", "openreview.net", "aclweb.org/anthology", "x.org", "bücher.de"),
    *("/abs/", "/pdf/", "1706.03762", "v2", ".pdf", "cs/0101001", "arXiv.", "/watch?v=", "/embed/"),
    *(
        "videoseries",
        "playlist?list=",
        "/o/r",
        ".git",
        "/tree/main",
        "/blob/",
        "refs/heads/",
        "raw",
    ),
    *(
        "/",
        "//",
        "..",
        ".",
        ":",
        ":443",
        ":80",
        ":8080",
        "?",
        "&",
        "=",
        "#",
        "#/",
        "#!",
        "%",
        "%2F",
    ),
    *(
        "%41",
        "%zz",
        "+",
        " ",
        "é",
        "a",
        "B",
        "1",
        "id=",
        "t=1",
        "utm_x=1",
        "@",
        "[",
        "]",
        "<",
        "xn--",
    ),
]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@settings(max_examples=300)
@given(st.text(max_size=60), st.sampled_from(["", "https://", "x.org/", "https://x.org/?", "doi:"]))
def test_any_text_has_a_form_that_is_its_own(text: str, start: str) -> None:
    once = canonical(start + text)
    assert canonical(once) == once


def test_what_is_longer_than_any_address_is_left_as_it_is() -> None:
    for text in ("https://x.org/" + "a/" * LONGEST, "web.archive.org/web/1/" * 100_000):
        assert canonical(text) == text


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://x.example/?si=x&t=1&ref=y", ""),
        ("https://youtu.be/a?si=x", "contains a tracking parameter. Remove si."),
        ("https://x.example/?utm_source=x", "contains a tracking parameter. Remove utm_source."),
    ],
)
def test_what_is_noise_depends_on_the_site(url: str, fault: str) -> None:
    assert doubtful(url) == fault
