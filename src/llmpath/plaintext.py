"""What a file says, as plain text: HTML without its tags, the words of a PDF, text as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from llmpath.errors import InvalidFile
from llmpath.texts import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

BEGINNING = 4096  # bytes of a file that tell whether it is a page
MOST_BYTES = 32 << 20  # of a file that are read: a PDF with many pictures
MOST_CHARACTERS = 300_000  # of its text: a book of 150 pages
MOST_PAGES = 150  # of a PDF
MOST_SECONDS = 30  # for a PDF or a page, in Python: their size does not tell how long they take

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_INLINE = "a abbr b big cite code em font i kbd mark q s small span strong sub sup u"
# What other files begin with that people have texts in.
_OTHERS = (
    (b"PK\x03\x04", "a Word file, a book or an archive"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "compressed"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


# What a terminal obeys, as a recorded session has it, and what man pages print twice to stress it.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*"
    r"(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]|[^\n]\x08"
)
_BREAKS = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")


class Plain(NamedTuple):
    """The text of a file; `left_out` says what of it was not read, '' for nothing."""

    text: str
    left_out: str = ""


def plain(data: bytes, where: str) -> Plain:
    """Return what *data* says, which was read from *where* up to MOST_BYTES and one.

    Raises InvalidFile for what is no text, or has none to be read.
    """
    if _is_pdf(data):
        return _of_pdf(data, where)
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise InvalidFile(
                f"{where} is {what}, not text.", "Save it as text, HTML or PDF, and give that file."
            )
    if len(data) > MOST_BYTES:
        end = MOST_BYTES
        while data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        data = data[:end]
    is_html = bool(_HTML.match(_uncommented(data[:BEGINNING])))
    if not is_html:
        return _bounded(decoded(data, where))
    page = _page(data, where)
    return _bounded(_within(MOST_SECONDS, lambda: _of_html(page), where))


def _is_pdf(data: bytes) -> bool:
    """Say whether *data* is a PDF; a few bytes that are no text may come before its mark."""
    if data.lstrip().startswith(b"%PDF-"):
        return True
    before, mark, _ = data[:1024].partition(b"%PDF-")
    return bool(mark) and (b"\0" in before or not before.isascii())


def _uncommented(data: bytes) -> bytes:
    """Return *data* from where the comments end that it begins with."""
    data = data.lstrip()
    while data.startswith(b"<!--"):
        _, _, data = data.partition(b"-->")
        data = data.lstrip()
    return data


def readable(text: str) -> str:
    """Return *text* without what nobody sees in it: controls, and what turns or hides letters.

    What ends a page or a paragraph is the end of a line; other white space stays.
    """
    if text.isprintable():
        return text
    text = _SEQUENCE.sub("", text).translate(_BREAKS)
    unseen = {char for char in set(text) if not (char.isprintable() or char.isspace())}
    return text.translate(dict.fromkeys(map(ord, unseen), "")) if unseen else text


def _bounded(text: str, left_out: str = "") -> Plain:
    text = readable(text)
    if len(text) <= MOST_CHARACTERS:
        return Plain(text, left_out)
    return Plain(text[:MOST_CHARACTERS], f"what comes after {MOST_CHARACTERS:,} characters")


def _page(data: bytes, where: str) -> str:
    """Return the text of an HTML page, decoded as it says itself."""
    said = _CHARSET.search(data[:4096])
    if said and said[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(said[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(data, where)


def _of_html(page: str) -> str:
    from html.parser import HTMLParser  # 5 ms, and few texts are pages

    untold = {"script", "style", "noscript", "template", "svg", "nav", "footer", "iframe", "select"}
    inline = set(_INLINE.split())

    class Reader(HTMLParser):
        """Keeps what a reader of the page sees, an element that is a block on lines of its own."""

        def __init__(self) -> None:
            super().__init__()
            self.parts: list[str] = []
            self.hidden: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag in untold:
                self.hidden.append(tag)
            elif tag in ("td", "th"):
                self.parts.append(" | ")
            elif tag not in inline:
                self.parts.append("\n")

        def handle_endtag(self, tag: str) -> None:
            if tag in self.hidden:
                while self.hidden.pop() != tag:
                    pass
            elif tag not in inline:
                self.parts.append("\n")

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                self.parts.append(" ".join(f"|{data}|".split())[1:-1])

    reader = Reader()
    reader.feed(page)
    reader.close()
    return "\n".join(filter(None, map(str.strip, "".join(reader.parts).split("\n"))))


def _of_pdf(data: bytes, where: str) -> Plain:
    """Return the text of a PDF's first pages."""
    if len(data) > MOST_BYTES:
        raise InvalidFile(
            f"{where} is larger than {MOST_BYTES >> 20} MB.", "Save its text, and give that file."
        )
    try:
        import pypdf  # 100 ms, and an extra
        from pypdf import errors
    except ImportError:
        raise InvalidFile(
            f"{where} is a PDF, and reading one needs pypdf, which is not installed.",
            "Install it: pip install 'llmpath-cli[pdf]'. Or save the text of the PDF to a file.",
        ) from None
    import logging
    from io import BytesIO

    # What it says of a page is nothing for a learner.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    numbers = [0]

    def read() -> str:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PermissionError
        numbers[0] = len(reader.pages)
        pages: list[str] = []
        for number in range(min(numbers[0], MOST_PAGES)):
            pages.append(reader.pages[number].extract_text())
            if sum(map(len, pages)) > MOST_CHARACTERS:
                break
        return "\n".join(pages)

    locked = (PermissionError, errors.DependencyError, errors.FileNotDecryptedError)
    try:
        text = _within(MOST_SECONDS, read, where)
    except InvalidFile:
        raise
    except locked:
        raise InvalidFile(
            f"{where} is encrypted.", "Save it without a password, and give that file."
        ) from None
    except Exception:  # whatever a broken file makes of its reader
        raise InvalidFile(
            f"{where} is damaged: no PDF reader can be sure of its text.",
            "Open it, save its text, and give that file.",
        ) from None
    text = "".join(char if char.isprintable() or char in "\n\t" else " " for char in text)
    if not any(map(str.isalpha, text)):
        raise InvalidFile(
            f"There is no text in {where}: its pages are pictures.",
            "Make them text first, for example with: ocrmypdf scan.pdf text.pdf",
        )
    left = f"what comes after page {MOST_PAGES}" if numbers[0] > MOST_PAGES else ""
    return _bounded(text, left)


def _within(seconds: float, read: Callable[[], str], where: str) -> str:
    """Return what *read* returns, or raise what it raises, if it ends within so many *seconds*.

    Raises InvalidFile where it does not: some files are made to keep a reader busy for ever.
    """
    from threading import Thread

    done: list[str] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            done.append(read())
        except BaseException as error:
            failed.append(error)

    reader = Thread(target=work, daemon=True)
    reader.start()
    reader.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise InvalidFile(
            f"{where} takes longer than {seconds:g} seconds to read.",
            "Save its text, and give that file.",
        )
    return done[0]
