"""Text for Markdown files: whatever it holds, it shows as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmpath.render.layout import harmless

_SIGNS = re.compile(r"([\\`*_\[\]<>|~$#&!])")
# At the start of a line, a list, a rule or an underline; and what GitHub makes a link of.
_PLACES = re.compile(r"(?i)^(?:(?=[-+=])|\d{1,9}(?=[.)](?: |$)))|\bwww(?=\.)|(?<=\w)(?=://)")
# Links on GitHub, whether the colon is escaped or not; of `_mailto:a@b.c` it makes a wrong one.
_CHAT = re.compile(r"(?i)(?:xmpp|mailto):(?=\S)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Without any of these, text can neither hold a tag nor a link, nor leave a fence open.
_ACTIVE = re.compile(r"(?i)[<\[]|```|~~~|&#|(?:javascript|vbscript|data|file|ftp):|xmpp|mailto")


def text(value: str) -> str:
    """Return *value* on one line, no sign of it taken as markup."""
    shown = _SIGNS.sub(r"\\\1", harmless(" ".join(value.split())))
    return _CHAT.sub("\\g<0>\u200c", _PLACES.sub(r"\g<0>\\", shown))


def link(title: str, url: str) -> str:
    """Return a link, or the title alone when *url* is not a web address."""
    if not url.startswith(("https://", "http://")):
        return text(title)
    safe = harmless(url).translate({ord(c): f"%{ord(c):02X}" for c in "()<>\"'` \\|"})
    return f"[{text(title)}]({_ENTITY.sub('&amp;', safe)})"


def quoted(markdown: str) -> list[str]:
    """Return a learner's Markdown as a quotation: theirs to format, but without effect outside.

    See `quotation.tamed`. What cannot be tamed is quoted as code, to be read as it was written.
    """
    rows = [harmless(row.expandtabs(4)) for row in markdown.splitlines() or [""]]
    # Space alone on a line means something to cmark in an empty item of a list.
    quotation = "\n".join(f"> {row}" if row.strip("> ") else f"> {row}".rstrip() for row in rows)
    if _ACTIVE.search(quotation):
        from llmpath.export.quotation import tamed  # 40 ms, for the parser

        tame = tamed(quotation)
        if tame is None:
            return [f">     {row}".rstrip() for row in rows]
        quotation = tame
    return quotation.split("\n")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table of cells that are Markdown already; columns named `#...` align right."""
    marks = ["--:" if name.startswith("#") else "---" for name in header]
    return [
        "| " + " | ".join(name.lstrip("#") for name in header) + " |",
        "| " + " | ".join(marks) + " |",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
