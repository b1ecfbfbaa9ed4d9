"""Bytes that should be text, and text that should be plain: decoded by their mark, or refused.

Nothing is guessed and nothing replaced: what was stored damaged could never be read again.
"""

from __future__ import annotations

import codecs

from llmpath.errors import InvalidFile, UsageError

# The marks that a text may begin with, and what it is in then; UTF-32's begins as UTF-16's does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes, where: str) -> str:
    """Return the text in *data*, which was read from *where*: its lines end in a line feed.

    In UTF-8, or in what a byte order mark at its start says. Raises InvalidFile with the line and
    column from which on it is no text.
    """
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
    data = data[len(mark) :]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode(encoding, "replace"))
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        source = "utf-16le" if b"\0" in data else "latin1"
        hint = f"Convert it first, for example: iconv -f {source} -t utf-8"
        if mark:
            hint = "It is damaged or cut off; save it again as UTF-8."
        raise InvalidFile(f"{where}:{place}: not {name} from here on.", hint) from None
    before, nul, _ = text.partition("\0")
    if nul:
        raise InvalidFile(
            f"{where}:{_place(before)}: a NUL character; this is not plain text.",
            "If it is UTF-16 without a mark, convert it first: iconv -f utf-16le -t utf-8",
        )
    return with_line_feeds(text)


def _place(before: str) -> str:
    """Return the line and column that come after the text *before*."""
    lines = with_line_feeds(before).split("\n")
    return f"{len(lines)}:{len(lines[-1]) + 1}"


def with_line_feeds(text: str) -> str:
    """Return *text* with each line ending in a line feed, wherever it was written."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(text: str, what: str) -> str:
    """Return *text*, which is called *what*, with line feeds; raises UsageError for what is none.

    An argument that is not valid in the terminal's encoding arrives with surrogates in it, which
    stand for bytes: in a locale without UTF-8, for those of UTF-8.
    """
    if "\0" in text:
        raise UsageError(f"There is a NUL character in {what}; this is not plain text.")
    try:
        text = text.encode("utf-8", "surrogateescape").decode()
    except UnicodeError:
        raise UsageError(
            f"There are bytes in {what} that are not UTF-8.", "Nothing was changed."
        ) from None
    return with_line_feeds(text)
