"""What should be text is decoded by its mark, or refused with its place; nothing is replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath import texts
from llmpath.errors import InvalidFile, UsageError

PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"))


@given(
    PLAIN,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_text_survives_any_mark_and_any_line_ends(text: str, encoding: str, end: str) -> None:
    assert texts.decoded(text.replace("\n", end).encode(encoding), "stdin") == text


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"caf\xe9", "1:4: not UTF-8 from here on."),
        ("äö\nü".encode() + b"\xff", "2:2: not UTF-8 from here on."),
        (b"\r\n\r\n\xed\xa0\x80", "3:1: not UTF-8 from here on."),
        ("é".encode()[:1], "1:1: not UTF-8 from here on."),
        (b"\xff\xfea\0\x00\xd8", "1:2: not UTF-16 from here on."),
        (b"h\0i\0", "1:2: a NUL character; this is not plain text."),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, place: str) -> None:
    with pytest.raises(InvalidFile) as refused:
        texts.decoded(data, "stdin")
    assert refused.value.message == f"stdin:{place}"
    said = "save it again" if data.startswith(b"\xff\xfe") else "iconv"
    assert said in refused.value.hint


def test_the_hint_names_the_encoding_that_zeros_tell_of() -> None:
    with pytest.raises(InvalidFile) as refused:
        texts.decoded("Grüße".encode("utf-16-le"), "stdin")
    assert refused.value.hint.endswith("iconv -f utf-16le -t utf-8")


@pytest.mark.parametrize("text", ["a\0b", "caf\udce9"])
def test_an_argument_that_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        texts.plain(text, "the note")
