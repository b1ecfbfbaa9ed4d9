"""Text for Markdown files: whatever it holds, it shows as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmpath.render.layout import harmless

_SIGNS = re.compile(r"([\\`*_\[\]<>|~$#&!])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_CODE = re.compile(r"(`+[^`\n]*`+)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DANGEROUS_LINK = re.compile(
    r"(?i)(\]\(\s*<?|^\s*\[[^\]]*\]:\s*<?)\s*(?!https?:|mailto:|#)[a-z][\w+.-]*:"
)


def text(value: str) -> str:
    """Return *value* on one line, no sign of it taken as markup."""
    return _SIGNS.sub(r"\\\1", " ".join(harmless(value).split()))


def link(title: str, url: str) -> str:
    """Return a link, or the title alone when *url* is not a web address."""
    if not url.startswith(("https://", "http://")):
        return text(title)
    safe = harmless(url).translate({ord(c): f"%{ord(c):02X}" for c in "()<>\"'` \\|"})
    return f"[{text(title)}]({safe})"


def quoted(markdown: str) -> list[str]:
    """Return a learner's Markdown as a quotation: theirs to format, but no HTML in it."""
    rows, fence = [], ""
    for row in markdown.split("\n"):
        row = harmless(row.replace("\t", "    "))
        opened = _FENCE.match(row)
        if fence:
            if opened and opened[1].startswith(fence):
                fence = ""
        elif opened:
            fence = opened[1]
        else:
            parts = _CODE.split(row)
            row = "".join(
                part if i % 2 else _DANGEROUS_LINK.sub(r"\1#", _TAG.sub("&lt;", part))
                for i, part in enumerate(parts)
            )
        rows.append(f"> {row}".rstrip())
    if fence:
        rows.append(f"> {fence}")
    return rows


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table of cells that are Markdown already; columns named `#...` align right."""
    marks = ["--:" if name.startswith("#") else "---" for name in header]
    return [
        "| " + " | ".join(name.lstrip("#") for name in header) + " |",
        "| " + " | ".join(marks) + " |",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
