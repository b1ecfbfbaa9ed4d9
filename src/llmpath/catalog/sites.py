"""How well-known sites name one page in several ways.

A rule takes an address apart as `Parts` and returns them as the one form that stands for all. Only
what is certain is here: an address that nobody knows keeps all that may choose the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Parts(NamedTuple):
    """An address without its scheme: a path without slash at the end, and pairs of the query."""

    host: str
    path: str
    query: tuple[tuple[str, str], ...] = ()


# Never part of what a page is: they name the campaign or the person who shared the link.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)"
)
_SHARED = {
    "youtube.com": {"ab_channel", "feature", "pp", "si"},
    "youtu.be": {"feature", "pp", "si"},
    "docs.google.com": {"usp"},
    "drive.google.com": {"usp"},
    "medium.com": {"gi", "sk", "source"},
    "towardsdatascience.com": {"gi", "sk", "source"},
    "substack.com": {"isFreemail", "post_id", "publication_id", "r", "showWelcomeOnShare"},
    "wikipedia.org": {"wprov"},
    "x.com": {"s", "t"},
    "twitter.com": {"ref_src", "s", "t"},
}
# Besides, how the page is shown: from which second on, and in which tab or form.
_SHOWN = {
    "youtube.com": {"app", "index", "start", "t", "time_continue"},
    "github.com": {"plain", "raw"},
}

_ARXIV_NEW = r"\d{4}\.\d{4,5}"
_ARXIV_OLD = r"[a-z-]+(?:\.[a-z]{2})?/\d{7}"
ARXIV_ID = re.compile(
    rf"(?i)(?:arxiv:)?({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.-]+\])?"
)
_ARXIV_PAGE = re.compile(r"/(?:abs|pdf|html|ps|format|e-print|src|overview|papers)/(.+)")
_DOI_OF_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)")
_DOI_OF_ACL = re.compile(r"10\.18653/v1/(.+)")
_ACL_END = re.compile(r"(?:(?:v\d+)?\.pdf)+$")
_NEURIPS = re.compile(
    r"/(?:paper_files/)?paper/(\d{4})/(?:hash|file)/([0-9a-f]{32})-(?:Abstract|Paper)[\w-]*\.\w+"
)
_PMLR = re.compile(r"/(v\d+|r\d+)/([\w-]+)(?:\.html|/\2\.pdf)")


def tracking(host: str, name: str) -> bool:
    """Return whether the parameter *name* only says how somebody came to a page of *host*."""
    return bool(_TRACKING.fullmatch(name)) or name in _of(_SHARED, host)


def _noise(host: str, name: str) -> bool:
    return tracking(host, name) or name in _of(_SHOWN, host)


def _of(table: dict[str, set[str]], host: str) -> set[str]:
    """Return what *table* has for the site that *host* is a part of."""
    while "." in host:
        if host in table:
            return table[host]
        host = host.partition(".")[2]
    return set()


def one_form(parts: Parts) -> Parts:
    """Return the one form of *parts* that stands for all spellings of the page."""
    host = _HOSTS.get(parts.host, parts.host)
    if re.fullmatch(r"[\w-]+\.m\.wikipedia\.org", host):
        host = host.replace(".m.", ".", 1)
    query = tuple(pair for pair in parts.query if not _noise(host, pair[0]))
    parts = Parts(host, parts.path, query)
    rule = _RULES.get(host)
    return rule(parts) if rule else parts


def arxiv(id_: str) -> Parts | None:
    """Return the page of what *id_* names on arXiv; None where it is no identifier of it."""
    match = ARXIV_ID.fullmatch(id_)
    if not match:
        return None
    name = re.sub(r"\.[a-z]{2}/", "/", match[1].lower())  # math.GT/0309136 is math/0309136
    return Parts("arxiv.org", f"/abs/{name}")


def doi(name: str) -> Parts:
    """Return the page of the DOI *name*; case does not count in one."""
    name = name.lower()
    if match := _DOI_OF_ARXIV.fullmatch(name):
        return arxiv(match[1]) or Parts("doi.org", f"/{name}")
    if match := _DOI_OF_ACL.fullmatch(name):
        return Parts("aclanthology.org", "/" + re.sub(r"^[a-z](?=\d)", _upper, match[1]))
    return Parts("doi.org", f"/{name}")


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def _of_arxiv(parts: Parts) -> Parts:
    page = _ARXIV_PAGE.fullmatch(parts.path)
    return (page and arxiv(page[1])) or parts


def _of_doi(parts: Parts) -> Parts:
    name = parts.path.lstrip("/").replace("%2F", "/")
    if re.match(r"10\.\d{4,9}/", name):
        return doi(name)
    return parts


def _of_acm(parts: Parts) -> Parts:
    match = re.fullmatch(r"/doi/(?:(?:abs|full|pdf|epdf|fullHtml)/)?(10\.\d{4,9}/.+)", parts.path)
    return doi(match[1]) if match else parts


def _of_youtube(parts: Parts) -> Parts:
    asked = dict(reversed(parts.query))
    match = re.fullmatch(r"/(?:embed|live|shorts|v|e|watch)/([\w-]+)", parts.path)
    video = match[1] if match else ""
    if parts.path == "/watch" and (named := re.match(r"[\w-]+", asked.get("v", ""))):
        video = named[0]
    if video and video != "videoseries":
        return Parts("youtube.com", "/watch", (("v", video),))
    if asked.get("list") and parts.path in ("/playlist", "/watch", "/embed/videoseries"):
        return Parts("youtube.com", "/playlist", (("list", asked["list"]),))
    return parts


def _of_youtu_be(parts: Parts) -> Parts:
    short = re.fullmatch(r"/([\w-]+)", parts.path)
    if short and short[1] not in ("watch", "playlist"):
        return Parts("youtube.com", "/watch", (("v", short[1]),))
    return _of_youtube(Parts("youtube.com", parts.path, parts.query))


def _of_openreview(parts: Parts) -> Parts:
    asked = dict(parts.query)
    if parts.path in ("/forum", "/pdf") and "id" in asked:
        return Parts(parts.host, "/forum", (("id", asked["id"]),))
    return parts


def _of_acl(parts: Parts) -> Parts:
    path = _ACL_END.sub("", parts.path)
    return Parts(parts.host, path.rstrip("/"), parts.query) if path.strip("/") else parts


def _of_aclweb(parts: Parts) -> Parts:
    match = re.fullmatch(r"/anthology/([\w.-]+)", parts.path)
    return _of_acl(Parts("aclanthology.org", f"/{match[1]}")) if match else parts


def _of_neurips(parts: Parts) -> Parts:
    if match := _NEURIPS.fullmatch(parts.path):
        path = f"/paper/{match[1]}/hash/{match[2]}-Abstract.html"
        return Parts("proceedings.neurips.cc", path)
    return Parts("proceedings.neurips.cc", parts.path, parts.query)


def _of_pmlr(parts: Parts) -> Parts:
    match = _PMLR.fullmatch(parts.path)
    return Parts(parts.host, f"/{match[1]}/{match[2]}.html") if match else parts


def _of_github(parts: Parts) -> Parts:
    owner, _, rest = parts.path.lstrip("/").partition("/")
    name, _, inside = rest.partition("/")
    name = re.sub(r"(?:\.git)+$", "", name.lower()) or name.lower()
    inside = re.sub(r"^raw(?=/)", "blob", inside)
    inside = re.sub(r"^((?:blob|tree)/)(?:refs/heads/)+", r"\1", inside)
    query: Iterable[tuple[str, str]] = parts.query
    if inside in ("", "tree/main", "tree/master", "tree/HEAD"):
        inside = ""
        query = (pair for pair in query if pair != ("tab", "readme-ov-file"))
    path = "/".join(["", owner.lower(), name, inside]).rstrip("/")
    return Parts("github.com", path, tuple(query))


def _of_raw_github(parts: Parts) -> Parts:
    owner, name, inside = [*parts.path.lstrip("/").split("/", 2), "", ""][:3]
    if not inside:
        return parts
    return _of_github(Parts("github.com", f"/{owner}/{name}/blob/{inside}"))


def _of_hugging_face(parts: Parts) -> Parts:
    if parts.path.startswith("/papers/"):
        return _of_arxiv(parts)
    path = re.sub(r"^((?:/datasets|/spaces)?/[^/]+/[^/]+)/tree/main$", r"\1", parts.path)
    path = re.sub(r"^((?:/datasets|/spaces)?/[^/]+/[^/]+)/(?:resolve|raw)/", r"\1/blob/", path)
    return Parts(parts.host, path, parts.query)


def _of_open_substack(parts: Parts) -> Parts:
    match = re.fullmatch(r"/pub/([\w-]+)/(p/[\w-]+)", parts.path)
    return Parts(f"{match[1].lower()}.substack.com", f"/{match[2]}") if match else parts


# Other names of one host.
_HOSTS = {
    "export.arxiv.org": "arxiv.org",
    "browse.arxiv.org": "arxiv.org",
    "ar5iv.org": "ar5iv.labs.arxiv.org",
    "dx.doi.org": "doi.org",
    "hf.co": "huggingface.co",
    "m.youtube.com": "youtube.com",
    "music.youtube.com": "youtube.com",
    "youtube-nocookie.com": "youtube.com",
}
_RULES: dict[str, Callable[[Parts], Parts]] = {
    "aclanthology.org": _of_acl,
    "aclweb.org": _of_aclweb,
    "alphaxiv.org": _of_arxiv,
    "ar5iv.labs.arxiv.org": _of_arxiv,
    "arxiv.org": _of_arxiv,
    "dl.acm.org": _of_acm,
    "doi.org": _of_doi,
    "github.com": _of_github,
    "huggingface.co": _of_hugging_face,
    "open.substack.com": _of_open_substack,
    "openreview.net": _of_openreview,
    "papers.neurips.cc": _of_neurips,
    "papers.nips.cc": _of_neurips,
    "proceedings.mlr.press": _of_pmlr,
    "proceedings.neurips.cc": _of_neurips,
    "raw.githubusercontent.com": _of_raw_github,
    "youtu.be": _of_youtu_be,
    "youtube.com": _of_youtube,
}
