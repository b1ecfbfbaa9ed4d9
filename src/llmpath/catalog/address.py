"""Compare addresses by what they lead to rather than by their spelling."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# Never part of what a page is: they name the campaign or the person who shared the link.
TRACKING = r"utm_\w+|fbclid|gclid|ab_channel|si|usp"
_TRACKING = re.compile(TRACKING)
# Besides, what says where a visitor came from, or how the page is shown.
_NOISE = re.compile(f"{TRACKING}|gi|ref|source|feature|t")
_ARXIV = re.compile(r"/(?:abs|pdf|html)/(.+?)(?:v\d+)?(?:\.pdf)?")


def canonical(url: str) -> str:
    """Return a form of *url* that is equal for two spellings of one page.

    Scheme, `www.`, tracking parameters and a trailing slash do not count; nor does the form in
    which arXiv, YouTube, OpenReview, the ACL Anthology and GitHub name a paper, video or
    repository. A text that is no address is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    path = re.sub("/+", "/", quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._")).rstrip("/")
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _NOISE.fullmatch(pair[0])
    ]
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    if host == "youtu.be":
        host, path, query = "youtube.com", "/watch", [("v", path.strip("/")), *query]
    elif host in ("arxiv.org", "export.arxiv.org"):
        host = "arxiv.org"
        if match := _ARXIV.fullmatch(path):
            path, query = f"/abs/{match[1]}", []
    elif host == "openreview.net" and path == "/pdf":
        path = "/forum"
    elif host == "aclanthology.org":
        path = path.removesuffix(".pdf")
    elif host == "github.com":
        owner, _, rest = path.lstrip("/").partition("/")
        name, _, inside = rest.partition("/")
        if inside in ("tree/main", "tree/master"):
            inside = ""
        path = "/".join(["", owner.lower(), name.lower().removesuffix(".git"), inside]).rstrip("/")
    tail = "?" + urlencode(query) if query else ""
    return host + path + tail + ("#" + fragment if fragment else "")


def doubtful(url: str) -> str:
    """Return what is wrong with *url*, an address by its form, and what to do; else ''."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "is not an address: its host cannot be read. Fix it."
    if parts.username is not None:
        return "contains a user name. Remove everything before the @."
    if not re.fullmatch(r"([\w-]+\.)+[\w-]*[^\W\d][\w-]*", host):
        return "does not point to a public host. Use the full host name."
    if noise := [name for name, _ in parse_qsl(parts.query) if _TRACKING.fullmatch(name)]:
        return f"contains a tracking parameter. Remove {', '.join(noise)}."
    return ""
