"""What readers of a Markdown file make of it, and what they must never make of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

# What Markdown by itself is rendered as. What notes in tests write as HTML is none of it.
_TAGS = (
    "p h1 h2 h3 h4 h5 h6 blockquote ul ol li em strong s del code pre hr br a img input"
    " table thead tbody tr th td"
)
TAGS = frozenset(_TAGS.split())
SCHEMES = {"http", "https", "mailto"}


@cache
def markdown_it(preset: str) -> Callable[[str], str]:
    """Return a reader that takes every address there is for a link."""
    parser = MarkdownIt(preset, {"html": True, "linkify": False, "maxNesting": 300})
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return lambda text: str(parser.render(text))


def cmark(text: str) -> str:
    return str(cmarkgfm.markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE))


def github(text: str) -> str:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return str(cmarkgfm.github_flavored_markdown_to_html(text, options=options))


READERS: dict[str, Callable[[str], str]] = {
    "CommonMark by markdown-it": lambda text: markdown_it("commonmark")(text),
    "GitHub's by markdown-it": lambda text: markdown_it("gfm-like")(text),
    "CommonMark by cmark": cmark,
    "GitHub's by cmark": github,
}


class _Faults(HTMLParser):
    """Collects what came out of a note that must not."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            address = (value or "").strip()
            if name.startswith("on") or (name == "style" and "text-align" not in address):
                self.found.append(f"{name}={value}")
            if name in ("href", "src") and not address.startswith("#"):
                if urlsplit(address).scheme in SCHEMES:
                    continue
                self.found.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}")


def faults(html: str) -> list[str]:
    """Return the tags, comments and addresses in *html* that no note may give."""
    reading = _Faults()
    reading.feed(html)
    reading.close()
    return reading.found
