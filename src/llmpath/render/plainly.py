"""Say lines in words alone, for a screen reader or a terminal that draws nothing."""

import re
from collections.abc import Iterable, Iterator

from llmpath.render.layout import Line, Span, harmless, told

WIDTH = 1000  # columns that pages lay out for: titles stay whole, a fact is a line
# Styles of what only helps the eye.
_DRAWN = ("bar", "bar-rest", "tree", "legend")
# Signs that pages write into a text of theirs; titles and links keep their own.
_SAID = str.maketrans({"…": "...", "→": "to", "·": "-"})
_TITLES = ("title", "hit")


def rows(lines: Iterable[Line], width: int = 0) -> Iterator[str]:
    """Yield *lines* as words: signs as what they mean, columns parted by signs of a sentence.

    A longer line is broken between words at *width* columns, if any.
    """
    for spans in lines:
        row = _row(spans)
        if spans and not row.strip() and any(span.style in _DRAWN for span in spans):
            continue  # a row of nothing else
        if width and len(row) > width:
            lead = row[: len(row) - len(row.lstrip())]
            yield from (lead + part for part in told(row, width - len(lead), 2))
        else:
            yield row


def document(text: str) -> str:
    """Return the Markdown *text* without bars, and with stars counted."""
    text = re.sub("[▰▱]+", "", text)
    return re.sub("(★+)☆*", lambda found: f"{len(found[1])} of 5", text)


def _row(spans: Line) -> str:
    """Return *spans* as one text; where they leave blanks between them, a sign parts them."""
    text = ""
    gap = 0
    parted = False
    word = ""  # what a sign said, which the figures need not say again
    for span in spans:
        if span.style in _DRAWN:
            gap += 2 * bool(text)
            continue
        shown = _said(span)
        if word and span.style == "dim":
            shown = re.sub(rf"^([:\s]*){word}(?:, *|(?!\S))", r"\1", shown)
            shown = "" if shown.strip() == ":" else shown
        bare = shown.strip(" ")
        lead = len(shown) - len(shown.lstrip(" "))
        if not bare:
            gap += len(shown)
            continue
        gap += lead
        if not text.strip():
            text = " " * gap
        elif gap > 1 and text[-1] not in ":,;":
            text += ", " if parted else ": "
            parted = True
        elif gap:
            text += " "
        text += bare
        gap = len(shown) - len(shown.rstrip(" "))
        if span.word:
            word = span.word
            text, gap, parted = f"{text}:", 1, True
    return text


def _said(span: Span) -> str:
    if span.word:
        return span.word
    shown = harmless(span.text)
    if span.link or span.style in _TITLES:
        return shown
    if span.style == "dim":
        shown = re.sub(r"(?<=\S) {2,}(?=\S)", ", ", shown)
    return re.sub(r"(?<=\S) {2,}(?=[0-9])", ": ", shown).translate(_SAID)  # a column of figures
